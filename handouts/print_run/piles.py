"""A run's sheets in piles that a printer needs apart: a file for each, with a ticket of its own.

The sheets are those of the run's file, in its order. A sheet of one side keeps its blank back, so
that every pile is printed on both sides and nobody's sheet gets onto another's back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.basics.choices import Apart, Profile
from handouts.basics.counting import counted
from handouts.basics.digests import checksum
from handouts.basics.errors import ContentError
from handouts.basics.findings import Place
from handouts.basics.settings import Setting, named
from handouts.print_run.counts import Batch, PartCount, PrintedPile
from handouts.print_run.ticket import lay_out_ticket
from handouts.print_run.told import ticket_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from handouts.basics.workers import Workers
    from handouts.print_run.event import Event
    from handouts.print_run.manifest import ManifestLine
    from handouts.print_run.request import BatchRequest
    from handouts.print_run.work import RunWork


@dataclass(slots=True)
class Pile:
    """Sheets that are printed in one go."""

    name: str
    """As its file is called, such as ``letter-2-sides``."""
    lines: list[ManifestLine] = field(default_factory=list)


def refuse_unfit_piles(event: Event, request: BatchRequest) -> None:
    """Refuse to split what can't be put together again.

    Raises:
        ContentError: the run has dividers, which name pages of the whole file; or its sheets lie
            on larger ones, or in several files.

    """
    if not request.split:
        return
    unfit = (
        (event.separators, "dividers", "take separators out of the plan"),
        (
            event.order is not None,
            "sheets on larger ones",
            f"take imposition out of the plan, or {named(Setting.IMPOSE)} away",
        ),
        (event.files.chunked, "several files", "put all sheets into one file"),
        (event.use.profile is Profile.SCREEN, "no paper", "print it for an office or a press"),
    )
    for found, what, mend in unfit:
        if found:
            raise ContentError.because(
                f"a run with {what} can't be split into piles",
                mend=f"{mend}; or leave {named(Setting.SPLIT)} out",
                place=Place(file=str(request.source)),
            )


def piles_of(lines: Sequence[ManifestLine], split: Sequence[Apart]) -> list[Pile]:
    """Put the sheets of a run into piles, each in the order of the run."""
    piles: dict[str, Pile] = {}
    for line in lines:
        said = {
            Apart.PAPER: line.paper,
            Apart.SIDES: counted(line.sides, "side"),
            Apart.EDITION: line.edition,
        }
        name = "-".join(re.sub(r"[^A-Za-z0-9]+", "-", said[one]) for one in split)
        piles.setdefault(name, Pile(name)).lines.append(line)
    return list(piles.values())


def write_piles(
    event: Event,
    split: Sequence[Apart],
    lines: Sequence[ManifestLine],
    work: RunWork,
    pool: Workers,
) -> Iterator[PrintedPile]:
    """Stage a file and a ticket for each pile of a run that is staged as one file.

    Raises:
        LayoutError: a ticket can't be laid out.
        OSError: the disk is full.

    """
    from handouts.pdf.pages.split import Splitter  # noqa: PLC0415 - heavy

    files = event.files
    with Splitter(work.staged(files.target)) as whole:
        for pile in piles_of(lines, split):
            path = files.pile(pile.name, files.target.suffix)
            pages = [page for line in pile.lines for page in _pages(line)]
            work.write(path, whole.pick(pages))
            batch = _counted(event, path, pile, len(pages))
            ticket = lay_out_ticket(event.loaded, ticket_of(event, batch, work), pool)
            printed = PrintedPile(
                path,
                files.pile(pile.name, "-ticket.pdf"),
                files.pile(pile.name, "-ticket.json"),
                len(pile.lines),
                len(pages),
                checksum(work.staged(path)),
            )
            work.write(printed.ticket, ticket.pdf)
            work.write(printed.ticket_json, ticket.data)
            yield printed


def _pages(line: ManifestLine) -> range:
    """Give the pages of a sheet in the run's file, its blank back among them."""
    return range(line.first_page, line.first_page + line.sides + line.sides % 2)


def _counted(event: Event, path: Path, pile: Pile, pages: int) -> Batch:
    """Count a pile as a run is counted."""
    parts = {part.number: PartCount(part.number, part.title) for part in event.parts}
    first_page = 1
    for line in pile.lines:
        parts[line.part].add(first_page, line.sides, line.paper)
        first_page += len(_pages(line))
    return Batch(parts, PartCount(0, "Separators"), {path: len(pile.lines)}, {path: pages})
