"""What lies in a run, one after another: people's sheets, copies of pieces, separator sheets."""

from __future__ import annotations

import unicodedata
from collections import deque
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from handouts.basics.choices import Profile, Sort
from handouts.basics.papers import SHEETS, Paper
from handouts.intake.roster.row_reader import RosterRow
from handouts.mail_merge.rows import KeptPage, RunItem, RunRow
from handouts.models.run_plan import Before
from handouts.print_run.event import PiecePart, RosterPart
from handouts.tickets.separators import Stretch, part_label
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.basics.papers import Size
    from handouts.intake.roster.read import Roster
    from handouts.models.prescription import Prescribed
    from handouts.print_run.again import Again
    from handouts.print_run.event import Event


class ItemKind(StrEnum):
    """What an item of a run is."""

    SHEET = "sheet"
    PIECE = "piece"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class PrintItem:
    """Something that is printed, and what the lists of the run say of it."""

    kind: ItemKind
    part: int
    run: RunItem
    paper: str
    size: Size
    edition: str = ""
    row: int = 0
    record_id: str = ""
    copy: int = 1
    exercises: tuple[Prescribed, ...] = ()
    programme: str = ""
    piece: str = ""
    name: str | None = None
    stretches: tuple[Stretch, ...] = ()
    """Those that it is a part of, where separator sheets are asked for."""
    behind: tuple[Stretch, ...] = ()
    """Those that begin behind a separator."""
    number: int = 0
    """Its number in the manifest of the run that it was printed in; 0 while it is first printed."""


def items_of(event: Event, *, with_names: bool) -> Iterator[PrintItem]:
    """Give all that lies in a run, in its order; separators where they are asked for."""
    parts = (
        _sheets(event, part, with_names=with_names)
        if isinstance(part, RosterPart)
        else _copies(part)
        for part in event.parts
    )
    items = chain.from_iterable(parts)
    if event.again is not None:
        return _again(event.again, items)
    apart = event.separators and event.use.profile is not Profile.SCREEN
    return _separated(event, items) if apart else items


def _again(again: Again, items: Iterable[PrintItem]) -> Iterator[PrintItem]:
    """Give those items alone that are printed once more, without separators."""
    for item in items:
        line = again.sheets.get((item.part, item.row, item.copy))
        if line is not None:
            yield replace(item, number=line["number"])


def _sheets(event: Event, part: RosterPart, *, with_names: bool) -> Iterator[PrintItem]:
    good: Iterable[RosterRow] = (row for row in part.roster if isinstance(row, RosterRow))
    if part.sort is not Sort.ROSTER:
        key = _by_name if part.sort is Sort.NAME else _by_programme
        good = sorted(good, key=partial(key, part.roster))
    content = event.loaded.content
    programmes = content.programmes
    own_choice = language(content.language).text("separators.own_choice")
    for row in good:
        sheet, record_id = row.sheet, part.prefix + row.record_id
        programme = row.layer.prescription.programme
        item = PrintItem(
            ItemKind.SHEET,
            part.number,
            RunRow(record_id, sheet),
            sheet.paper,
            SHEETS[Paper(sheet.paper)],
            sheet.edition,
            row.number,
            record_id,
            exercises=sheet.exercises,
            programme=programmes[programme].name if programme else own_choice,
            name=sheet.patient if with_names else None,
        )
        yield item
        for copy in range(2, row.copies + 1):
            yield replace(item, copy=copy)


def _copies(part: PiecePart) -> Iterator[PrintItem]:
    one = part.standing
    for copy in range(1, part.sheets + 1):
        yield PrintItem(
            ItemKind.PIECE, part.number, one.pages, one.paper, one.size, one.edition,
            copy=copy, piece=part.piece,
        )  # fmt: skip


def _separated(event: Event, items: Iterable[PrintItem]) -> Iterator[PrintItem]:
    """Put separator sheets before the stretches that are asked for."""
    say = language(event.loaded.content.language)
    titles = {part.number: part.title for part in event.parts}
    part, programme = Stretch("", ""), Stretch("", "")
    last: PrintItem | None = None
    for item in items:
        new: list[Stretch] = []
        if last is None or last.part != item.part:
            part = Stretch(part_label(say, item.part, len(titles)), titles[item.part])
            new += [part] if Before.PART in event.separators else []
        of_roster = item.kind is ItemKind.SHEET and Before.PROGRAMME in event.separators
        again = last is not None and (last.part, last.programme) == (item.part, item.programme)
        if of_roster and not again:
            programme = Stretch(say.text("separators.programme"), item.programme)
            new.append(programme)
        if new:
            yield PrintItem(
                ItemKind.SEPARATOR, item.part, KeptPage(), item.paper, item.size, behind=tuple(new)
            )
        last = item
        yield replace(item, stretches=(part, programme) if of_roster else (part,))


def _by_name(roster: Roster, row: RosterRow) -> tuple[str, ...]:
    at = roster.columns.at
    last = row.cells[at["last_name"]] if "last_name" in at else ""
    return _folded(last), _folded(row.sheet.patient)


def _by_programme(_roster: Roster, row: RosterRow) -> tuple[str, ...]:
    programme = row.layer.prescription.programme
    return ("own", "") if programme is None else ("a programme", programme)


def _folded(text: str) -> str:
    """Leave aside case and accents."""
    parts = unicodedata.normalize("NFKD", text.strip())
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


class Chunks:
    """Cuts a run into files of so many sheets; a separator goes with what it lies before."""

    def __init__(self, items: Iterator[PrintItem], size: int | None) -> None:
        self._items, self._size = items, size
        self._ahead: deque[PrintItem] = deque()

    def __iter__(self) -> Iterator[Iterator[PrintItem]]:
        """Give the items of each file; one has to be gone through before the next."""
        while self._ahead or self._peeked():
            yield self._chunk()

    def _peeked(self) -> bool:
        self._ahead.extend(item for item in (next(self._items, None),) if item is not None)
        return bool(self._ahead)

    def _chunk(self) -> Iterator[PrintItem]:
        given = 0
        held: list[PrintItem] = []
        while self._ahead or self._peeked():
            item = self._ahead.popleft()
            if item.kind is ItemKind.SEPARATOR:
                held.append(item)
            elif given == self._size:
                self._ahead.extend((*held, item))
                for stretch in item.stretches:
                    stretch.goes_on = True
                return
            else:
                yield from held
                held.clear()
                given += 1
                yield item
