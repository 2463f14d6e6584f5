"""Parts of a run: some rows' words, shaped and written to a file that a later run can take up."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import HandoutsError
from handouts.basics.plain_files import plain_file
from handouts.deliver.folder import owners_file
from handouts.mail_merge.layouts import findings_data, findings_from, layout_digest
from handouts.mail_merge.one_sheet import one_sheet
from handouts.mail_merge.pdf_writer import compressed
from handouts.mail_merge.slot_words import (
    line_counts,
    painted,
    places_of,
    set_words,
    styles_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from handouts.basics.findings import Report
    from handouts.compose.composed import SheetUse
    from handouts.load.content import LoadedContent
    from handouts.mail_merge.rows import Lines, RunRow
    from handouts.render.patches.shaping import Shaper
    from handouts.render.slots import Slot


_LONGEST_HEAD_BYTES = 50_000_000


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
    """Make one person's sheet as ``one_sheet`` does, and write it, or what is wrong with it."""
    digest, pages = "", 0
    try:
        digest = layout_digest(loaded, row, moment, use)
        if read_part(path, digest) is not None:
            return
        sheet = one_sheet(loaded, row, moment, use)
        pdf, pages, report = sheet.pdf, sheet.pages, sheet.report
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


def fill_part(job: PartJob) -> None:
    """Shape the words of a part's rows and write it; rows that don't fit are named in it."""
    styles = styles_of(slots for _, slots, _ in job.slots.values())
    shaper = _shaper(styles)
    shaper.begin()
    places = {
        number: places_of(pages, slots, lines, styles)
        for number, (pages, slots, lines) in job.slots.items()
    }
    numbers: dict[str, int] = {}
    streams: list[bytes] = []
    sheets: list[list[int] | dict[str, Lines] | None] = []
    for row in json.loads(job.rows):
        pages = None if row is None else set_words(shaper, places[row[0]], row[1])
        if row is None:
            sheets.append(None)
            continue
        if pages is None:
            before = job.slots[row[0]][2]
            lines = line_counts(shaper, places[row[0]], row[1], job.bound, before)
            sheets.append(None if lines in (None, before) else {"lines": lines})
            continue
        sheet = [row[0]]
        for content in map(painted, pages):
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
