"""Parts of a run: some rows' words, shaped and written to a file that a later run can take up."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import HandoutsError
from handouts.basics.plain_files import plain_file
from handouts.compose.laid_out import BLACK_OVERPRINT, KNOCKOUT
from handouts.deliver.folder import owners_file
from handouts.mail_merge.layouts import findings_data, findings_from, layout_digest
from handouts.mail_merge.pdf_writer import compressed
from handouts.mail_merge.rows import ON_ONE_LINE, SLOTS, Lines, RunRow, Words, paragraph_at
from handouts.pipeline.sheet import lay_out_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from handouts.basics.findings import Report
    from handouts.compose.composed import SheetUse
    from handouts.load.content import LoadedContent
    from handouts.render.patches.shaping import Shaper
    from handouts.render.shaped import Shaped
    from handouts.render.slots import Slot


_LONGEST_HEAD_BYTES = 50_000_000
_RGB = 3
_FIRST_COLOUR = "0 0 0 rg "
"""As a page begins (ISO 32000-1, 8.4.1)."""
_STATE = " gs "
_OVERPRINTS = f"/{BLACK_OVERPRINT}{_STATE}"
_BLACK_INK = (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class PartJob:
    """Rows to be put into slots: each with its layout's number and its words."""

    path: Path
    digest: str
    rows: bytes
    """In JSON, each row's layout and its ``Words``; null for a row that is laid out alone."""
    slots: dict[int, tuple[int, tuple[Slot, ...], Lines]]
    """By a layout's number: how many pages it has, its slots, and the lines of their words."""
    bound: tuple[str, ...]
    """Phrases that are never broken over lines."""


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
        with plain_file(path, links=False) as file:
            described = json.loads(file.readline(_LONGEST_HEAD_BYTES))
            if digest is not None and described["digest"] != digest:
                return None
            return PartFile(described, memoryview(file.read()))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _write_whole(path: Path, head: dict[str, Any], data: bytes) -> None:
    """Write a file that is there only when it is whole and on the disk."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)  # nothing but parts belongs where they are
    staged = path.with_name(f"{path.name}.{os.getpid()}")
    with owners_file(staged) as file:
        file.write(json.dumps(head).encode() + b"\n" + data)
        file.flush()
        os.fsync(file.fileno())
    staged.replace(path)


def lay_out_alone(
    loaded: LoadedContent, row: RunRow, moment: datetime | None, use: SheetUse, path: Path
) -> None:
    """Lay out one person's sheet as it is made alone, and write it, or what is wrong with it."""
    digest, pages = "", 0
    try:
        digest = layout_digest(loaded, row, moment, use)
        if read_part(path, digest) is not None:
            return
        sheet = lay_out_sheet(loaded, row.sheet, moment, replace(use, record=row.record))
        pages = sheet.piece.pages
        pdf, report = sheet.piece.pdf, sheet.piece.report + sheet.composing
    except HandoutsError as error:
        pdf, report = b"", error.report
    head = {"digest": digest, "pages": pages, "findings": findings_data(report)}
    _write_whole(path, head, b"" if report.errors else pdf)


def findings_of(part: PartFile) -> Report:
    """Give what was found in a sheet that was laid out alone."""
    return findings_from(part.head["findings"])


@cache
def _shaper(styles: tuple[str, ...]) -> Shaper:
    from handouts.render.patches.shaping import Shaper  # noqa: PLC0415 - heavy

    return Shaper([json.loads(style) for style in styles])


@dataclass(frozen=True, slots=True)
class _Place:
    """A slot, as far as it can be written before its words are known."""

    word: int
    """Which of the row's words it holds, and which paragraph of them."""
    paragraph: int
    line: int
    """Which line of its paragraph, and of how many."""
    lines: int
    style: int
    width_px: float
    widths_px: tuple[float, float]
    """Of the paragraph's first line, and of the others."""
    left_px: float
    right_px: float
    turns: bool
    colour: str
    down: str


def fill_part(job: PartJob) -> None:
    """Shape the words of a part's rows and write it; rows that don't fit are named in it."""
    styles = tuple(
        sorted({_json(slot.style) for _, slots, _ in job.slots.values() for slot in slots})
    )
    shaper = _shaper(styles)
    shaper.begin()
    places = {
        number: _places(pages, slots, lines, styles)
        for number, (pages, slots, lines) in job.slots.items()
    }
    numbers: dict[str, int] = {}
    streams: list[bytes] = []
    sheets: list[list[int] | dict[str, Lines] | None] = []
    for row in json.loads(job.rows):
        pages = None if row is None else _pages(shaper, places[row[0]], row[1])
        if row is None:
            sheets.append(None)
            continue
        if pages is None:
            before = job.slots[row[0]][2]
            lines = _lines(shaper, places[row[0]], row[1], job.bound)
            sheets.append(None if lines in (None, before) else {"lines": lines})
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
    pages: int, slots: tuple[Slot, ...], lines: Lines, styles: tuple[str, ...]
) -> tuple[tuple[_Place, ...], ...]:
    """Give the slots of each page, each with the line that stands in it."""
    places: list[list[_Place]] = [[] for _ in range(pages)]
    first: dict[tuple[int, str, int], Slot] = {}
    for slot in slots:
        word = SLOTS.index(slot.name)
        paragraph, line = paragraph_at(slot.line, lines[word])
        begin = first.setdefault((slot.page, slot.name, paragraph), slot)
        places[slot.page].append(
            _Place(
                word,
                paragraph,
                line,
                lines[word][paragraph],
                styles.index(_json(slot.style)),
                slot.right_px - slot.left_px,
                (begin.right_px - begin.left_px, begin.right_px - begin.wrap_left_px),
                slot.left_px,
                slot.right_px,
                slot.turns,
                _painting(slot.colour),
                f" {slot.baseline_px:.4f} Tm ",
            )
        )
    return tuple(map(tuple, places))


def _painting(colour: tuple[float, ...]) -> str:
    """Write a colour; black ink prints over what is below it, as in every press file."""
    parts = " ".join(f"{part:.4g}" for part in colour)
    if len(colour) == _RGB:
        return f"{parts} rg "
    state = BLACK_OVERPRINT if colour == _BLACK_INK else KNOCKOUT
    return f"{parts} k /{state}{_STATE}"


def _pages(
    shaper: Shaper, places: tuple[tuple[_Place, ...], ...], words: list[Words]
) -> list[str] | None:
    """Write what a row adds to each of its pages; None where something doesn't fit."""
    pages = []
    for page in places:
        operators = ["BT "]
        colour = _FIRST_COLOUR
        for place in page:
            line = _line(shaper, place, words[place.word])
            if line is None or line.width_px > place.width_px:
                return None
            if place.colour != colour:
                colour = place.colour
                operators.append(colour)
            turned = place.turns and line.right_to_left
            left_px = place.right_px - line.width_px if turned else place.left_px
            for along_px, shown in line.parts:
                operators.append(f"1 0 0 -1 {left_px + along_px:.4f}{place.down}{shown}")
        if colour.endswith(_OVERPRINTS):  # what follows is not black text
            operators.append(f"/{KNOCKOUT} gs ")
        operators.append("ET")
        pages.append("".join(operators))
    return pages


def _line(shaper: Shaper, place: _Place, words: Words) -> Shaped | None:
    """Shape the words that stand in a slot; None where they have not as many lines as it."""
    paragraphs, size_pt = words
    text = paragraphs[place.paragraph]
    if place.lines == 1:
        return shaper.shape(place.style, size_pt, text)
    lines = shaper.lines(place.style, size_pt, text, place.widths_px)
    if lines is None or len(lines) != place.lines:
        return None
    return shaper.shape(place.style, size_pt, lines[place.line], text)


def _lines(
    shaper: Shaper,
    places: tuple[tuple[_Place, ...], ...],
    words: list[Words],
    bound: tuple[str, ...],
) -> Lines | None:
    """Say how many lines a row's words take; None where that can't be told."""
    counts: list[dict[int, int]] = [{} for _ in SLOTS]
    for place in chain.from_iterable(places):
        paragraphs, size_pt = words[place.word]
        text = paragraphs[place.paragraph]
        shaped = shaper.shape(place.style, size_pt, text)
        lines: tuple[str, ...] | None = (text,)
        if shaped is None or shaped.width_px > place.widths_px[0]:
            lines = shaper.lines(place.style, size_pt, text, place.widths_px)
        if lines is None or (len(lines) > 1 and any(phrase in text for phrase in bound)):
            return None
        if len(lines) > 1 and SLOTS[place.word] in ON_ONE_LINE:
            return None
        counts[place.word][place.paragraph] = len(lines)
    return tuple(tuple(count for _, count in sorted(found.items())) for found in counts)
