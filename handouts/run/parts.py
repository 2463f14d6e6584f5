"""Parts of a run: some rows' words, shaped and written to a file that a later run can take up."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from handouts.compose.composed import SheetUse
from handouts.errors import HandoutsError
from handouts.findings import Finding, Report
from handouts.laying_out.sheet import lay_out_sheet
from handouts.output import owners_file
from handouts.run.layouts import layout_digest
from handouts.run.rows import SLOTS, RunRow, Words
from handouts.run.writer import compressed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.render.shaping import Shaper
    from handouts.render.slots import Slot


@dataclass(frozen=True, slots=True)
class PartJob:
    """Rows to be put into slots: each with its layout's number and its words."""

    path: Path
    digest: str
    rows: tuple[tuple[int, tuple[Words, ...]] | None, ...]
    """None for a row that is laid out alone."""
    slots: dict[int, tuple[int, tuple[Slot, ...]]]
    """By a layout's number: how many pages it has, and its slots."""


@dataclass(frozen=True, slots=True)
class PartFile:
    """A part as it was written: its description, and the data of its streams."""

    head: dict[str, Any]
    data: memoryview

    def streams(self) -> Iterator[memoryview]:
        """Give the data of each stream."""
        at = 0
        for length in self.head["streams"]:
            yield self.data[at : at + length]
            at += length


def read_part(path: Path, digest: str | None = None) -> PartFile | None:
    """Read a part, or a sheet laid out alone, that is whole and made of the same rows."""
    try:
        head, _, data = path.read_bytes().partition(b"\n")
        described = json.loads(head)
    except (OSError, ValueError):
        return None
    same = digest in (None, described["digest"])
    return PartFile(described, memoryview(data)) if same else None


def _write_whole(path: Path, head: dict[str, Any], data: bytes) -> None:
    """Write a file that is there only when it is whole and on the disk."""
    staged = path.with_name(f"{path.name}.{os.getpid()}")
    with owners_file(staged) as file:
        file.write(json.dumps(head).encode() + b"\n" + data)
        file.flush()
        os.fsync(file.fileno())
    staged.replace(path)


def lay_out_alone(loaded: LoadedContent, row: RunRow, moment: datetime | None, path: Path) -> None:
    """Lay out one person's sheet as it is made alone, and write it, or what is wrong with it."""
    digest = ""
    try:
        digest = layout_digest(loaded, row, moment)
        if read_part(path, digest) is not None:
            return
        result = lay_out_sheet(loaded, row.sheet, moment, SheetUse(row.record)).piece
        pdf, report = result.pdf, result.report
    except HandoutsError as error:
        pdf, report = b"", error.report
    errors = [[finding.what, finding.why, finding.mend] for finding in report.errors]
    _write_whole(path, {"digest": digest, "errors": errors}, b"" if errors else pdf)


def errors_of(part: PartFile) -> Report:
    """Give what was wrong with a sheet that was laid out alone."""
    return Report(tuple(Finding(*words) for words in part.head["errors"]))


@cache
def _shaper(styles: tuple[str, ...]) -> Shaper:
    from handouts.render.shaping import Shaper  # noqa: PLC0415 - heavy

    return Shaper([json.loads(style) for style in styles])


@dataclass(frozen=True, slots=True)
class _Place:
    """A slot, as far as it can be written before its words are known."""

    word: int
    """Which of the row's words it holds."""
    style: int
    width_px: float
    left_px: float
    right_px: float
    turns: bool
    colour: str
    down: str


def fill_part(job: PartJob) -> None:
    """Shape the words of a part's rows and write it; rows that don't fit are named in it."""
    styles = tuple(sorted({_json(slot.style) for _, slots in job.slots.values() for slot in slots}))
    shaper = _shaper(styles)
    shaper.begin()
    places = {number: _places(pages, slots, styles) for number, (pages, slots) in job.slots.items()}
    numbers: dict[str, int] = {}
    streams: list[bytes] = []
    sheets: list[list[int] | None] = []
    for row in job.rows:
        pages = None if row is None else _pages(shaper, places[row[0]], row[1])
        if row is None or pages is None:
            sheets.append(None)
            continue
        sheet = [row[0]]
        for content in pages:
            number = numbers.setdefault(content, len(streams))
            if number == len(streams):
                streams.append(compressed(content.encode("ascii")))
            sheet.append(number)
        sheets.append(sheet)
    fonts = [
        {
            "face": use.face,
            "style": styles[use.sample[0]],
            "size_pt": use.sample[1],
            "words": use.sample[2],
            "widths": sorted(use.widths.items()),
            "tables": [
                [[glyph, words.decode()] for glyph, words in sorted(table.items())]
                for table in use.tables
            ],
        }
        for use in shaper.uses.values()
    ]
    head = {
        "digest": job.digest,
        "sheets": sheets,
        "streams": [len(stream) for stream in streams],
        "fonts": fonts,
    }
    _write_whole(job.path, head, b"".join(streams))


def _json(style: dict[str, Any]) -> str:
    return json.dumps(style, sort_keys=True)


def _places(
    pages: int, slots: tuple[Slot, ...], styles: tuple[str, ...]
) -> tuple[tuple[_Place, ...], ...]:
    return tuple(
        tuple(
            _Place(
                SLOTS.index(slot.name),
                styles.index(_json(slot.style)),
                slot.right_px - slot.left_px,
                slot.left_px,
                slot.right_px,
                slot.turns,
                " ".join(f"{part:.4g}" for part in slot.colour) + " rg ",
                f" {slot.baseline_px:.4f} Tm ",
            )
            for slot in slots
            if slot.page == page
        )
        for page in range(pages)
    )


def _pages(
    shaper: Shaper, places: tuple[tuple[_Place, ...], ...], words: tuple[Words, ...]
) -> list[str] | None:
    """Write what a row adds to each of its pages; None where something doesn't fit."""
    pages = []
    for page in places:
        operators = ["BT "]
        colour = "0 0 0 rg "
        for place in page:
            word = words[place.word]
            line = shaper.shape(place.style, word.size_pt, word.text)
            if line is None or line.width_px > place.width_px:
                return None
            if place.colour != colour:
                colour = place.colour
                operators.append(colour)
            turned = place.turns and line.right_to_left
            left_px = place.right_px - line.width_px if turned else place.left_px
            for along_px, shown in line.parts:
                operators.append(f"1 0 0 -1 {left_px + along_px:.4f}{place.down}{shown}")
        operators.append("ET")
        pages.append("".join(operators))
    return pages
