"""Tables in Excel workbooks, a row at a time."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Self
from xml.parsers.expat import ExpatError

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.limits import MEGABYTE, Limit, OverLimitError, memory_within
from handouts.basics.workers import apart
from handouts.intake.roster.cell_styles import Styles
from handouts.intake.roster.cell_texts import Texts
from handouts.intake.roster.long_rows import MOST_ROWS, check_columns
from handouts.intake.roster.markup import TooManyMarksError
from handouts.intake.roster.reading import AS_FOUND, Reading
from handouts.intake.roster.sheet_cells import ReadRow, SheetRows
from handouts.intake.roster.sheet_rows import (
    Span,
    in_one_row,
    marked,
    others_told,
    span_called,
)
from handouts.intake.roster.strict_workbook import is_strict, transitional
from handouts.intake.roster.text import HEADER_WITHIN
from handouts.intake.roster.workbook_names import Book, Worksheet, names_of
from handouts.intake.roster.workbook_parts import check_parts, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_CELLS = 30_000_000
"""A full sheet of a million rows has 30 columns."""
_OPENING_BYTES = 1_000 * MEGABYTE
"""A list of texts of 100 MB, where a header is its last one, takes half of it."""
_OPENING_S = 10
"""For a small workbook; so much more for each megabyte."""
_ROWS_BYTES = 500 * MEGABYTE
"""For some rows, and the texts that they are the first to need: four million take 300 MB."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    OSError,
    LookupError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    ValueError,
)
"""What is raised for parts that are damaged, missing, locked, or packed in ways nobody knows."""
MOST_MERGED = 200_000
"""Merged cells: two in each of 100,000 rows, which take some 200 MB."""
_CHUNK_BYTES = 1 << 20
_TAIL_BYTES = 200
_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,150}?\bref=[\"']([A-Z0-9:]{1,21})")


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """A table in one worksheet."""

    path: Path
    book: Book
    sheet: Worksheet
    merged: tuple[Span, ...] = ()
    """Merged cells."""
    changed: bytes | None = None
    """The workbook in the form that is read, where the file has another."""
    findings: tuple[Finding, ...] = ()
    lettered: bool = True
    ragged: bool = True

    @property
    def worksheet(self) -> str:
        """The worksheet's name."""
        return self.sheet.name

    @property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904, as old Macs did."""
        return self.book.from_1904

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Give every row's cells as the sheet shows them; a formula itself where it has no value.

        Rows that are hidden, struck through or merged say so.
        """
        merged = in_one_row(self.merged)
        with (
            _parts(self.path, self.changed) as parts,
            _Opened.of(self.path, parts, self.book) as opened,
        ):
            for row, cells in _rows(opened, self.sheet):
                yield marked(
                    cells,
                    hidden=row.hidden,
                    struck=row.struck,
                    merged=merged.get(row.number),
                )


@dataclass(frozen=True, slots=True)
class _Opened:
    """A workbook whose rows are read."""

    path: Path
    parts: zipfile.ZipFile
    texts: Texts
    styles: Styles
    from_1904: bool

    @classmethod
    @contextmanager
    def of(cls, path: Path, parts: zipfile.ZipFile, book: Book) -> Iterator[Self]:
        styles = Styles(None)
        if book.styles:
            with parts.open(book.styles) as source:
                styles = Styles(source)
        with closing(Texts(parts, book.texts)) as texts:
            yield cls(path, parts, texts, styles, book.from_1904)


def open_workbook(path: Path, reading: Reading = AS_FOUND) -> WorkbookTable:
    """Find the worksheet: the one that is named, or the first with a header.

    Raises:
        ContentError: there is none, or it is too large to unpack.

    """
    try:
        check_parts(path)
        limit = Limit(_OPENING_S + path.stat().st_size / MEGABYTE, _OPENING_BYTES)
        return apart(_found, path, reading, limit=limit)
    except OverLimitError as error:
        raise too_large(path, f"to open it takes {error.words}") from error
    except _BROKEN as error:
        raise _unreadable(path) from error


def _found(path: Path, reading: Reading) -> WorkbookTable:
    changed = transitional(path) if is_strict(path) else None
    with _parts(path, changed) as parts:
        book = names_of(parts, path)
        shown = [sheet for sheet in book.worksheets if sheet.shown]
        named = [sheet for sheet in book.worksheets if sheet.name == reading.worksheet]
        if reading.worksheet and not named:
            raise ContentError.because(
                "there is no worksheet of this name",
                mend="write one of: " + ", ".join(sheet.name for sheet in shown),
                place=Place(str(path)),
            )
        with _Opened.of(path, parts, book) as opened:
            headed = [sheet for sheet in shown if _has_header(opened, sheet, reading)]
        chosen = next(iter([*named, *headed, *shown]), None)
        if chosen is None:
            raise ContentError.because(
                "the workbook has no worksheet", mend="see docs/event.md", place=Place(str(path))
            )
        merged = _merged(parts, chosen.member, path)
    names = [sheet.name for sheet in headed]
    findings = () if named else others_told(path, chosen.name, names)
    return WorkbookTable(path, book, chosen, merged, changed, findings)


@contextmanager
def _parts(path: Path, changed: bytes | None) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(path if changed is None else io.BytesIO(changed)) as parts:
        yield parts


def _unreadable(path: Path, row: int = 0) -> ContentError:
    what = "the workbook can't be read"
    why = "it is damaged, or no program wrote it as Excel does"
    mend = "open it in Excel and save it as .xlsx again, or as CSV UTF-8"
    finding = Finding(what, why, mend, Place(str(path), row, int(row > 0)))
    return ContentError(Report((finding,)))


def _rows(opened: _Opened, sheet: Worksheet) -> Iterator[tuple[ReadRow, list[str]]]:
    """Give every row up to the last with its cells in their places.

    Those come, too, that are not written since they are empty.
    """
    path = opened.path
    count, cells = 0, 0
    try:
        with opened.parts.open(sheet.member) as part:
            reader = SheetRows(opened.texts, opened.styles, from_1904=opened.from_1904)
            pieces = reader.of(part)
            while True:
                with memory_within(_ROWS_BYTES):
                    some = next(pieces, None)
                if some is None:
                    return
                for row in some:
                    _check_order(path, count, row.number)
                    for empty in range(count + 1, row.number):
                        _check_extent(path, empty, cells)
                        yield ReadRow(empty), []
                    count = row.number
                    width = max((column for column, _ in row.cells), default=0)
                    cells += width
                    check_columns(width, path, count)
                    _check_extent(path, count, cells)
                    yield row, _in_places(row.cells)
    except (ContentError, OverLimitError):
        raise
    except TooManyMarksError as error:
        raise _too_much(path, count + 1, str(error)) from error
    except MemoryError as error:
        raise _too_much(
            path, count + 1, f"they take more than {_ROWS_BYTES // MEGABYTE} MB"
        ) from error
    except Exception as error:
        raise _unreadable(path, count + 1) from error


def _in_places(cells: list[tuple[int, str]]) -> list[str]:
    """Give a row's cells from the first column to the last that is written.

    Raises:
        ValueError: two cells say that they stand in the same place.

    """
    row: list[str] = []
    for column, text in cells:
        if column == len(row) + 1:
            row.append(text)
            continue
        row += [""] * (column - len(row))
        if row[column - 1]:
            raise ValueError("two cells in one place")
        row[column - 1] = text
    return row


def _check_order(path: Path, last: int, row: int) -> None:
    if row <= last:
        raise _unreadable(path, row)


def _check_extent(path: Path, row: int, cells: int) -> None:
    if row > MOST_ROWS:
        raise _too_much(path, row, f"a worksheet has at most {MOST_ROWS:,} rows")
    if cells > MOST_CELLS:
        raise _too_much(path, row, f"the limit is {MOST_CELLS:,} cells, empty ones counted")


def _too_much(path: Path, row: int, why: str) -> ContentError:
    mend = "take out what is not the table's, or save the worksheet as CSV UTF-8"
    what = "the worksheet's rows can't be read from here on"
    return ContentError(Report((Finding(what, why, mend, Place(str(path), row, 1)),)))


def _has_header(opened: _Opened, sheet: Worksheet, reading: Reading) -> bool:
    rows = (cells for _, cells in islice(_rows(opened, sheet), HEADER_WITHIN))
    return any(len({*reading.columns.meanings(cells)} - {None}) > 1 for cells in rows)


def _merged(parts: zipfile.ZipFile, member: str, path: Path) -> tuple[Span, ...]:
    """Look through a worksheet's part for merged cells, in constant memory."""
    merged: dict[str, None] = {}
    tail = b""
    with parts.open(member) as part:
        while chunk := part.read(_CHUNK_BYTES):
            text = tail + chunk
            merged.update(dict.fromkeys(name.decode() for name in _MERGED.findall(text)))
            if len(merged) > MOST_MERGED:
                raise too_large(path, f"it has more than {MOST_MERGED:,} merged cells")
            tail = text[-_TAIL_BYTES:]
    return tuple(filter(None, map(span_called, merged)))
