"""Tables in Excel workbooks, a row at a time."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from openpyxl.utils.datetime import MAC_EPOCH

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.limits import MEGABYTE, Limit, OverLimitError, memory_within
from handouts.basics.workers import apart
from handouts.intake.roster.long_rows import MOST_ROWS, check_columns
from handouts.intake.roster.reading import AS_FOUND, Reading
from handouts.intake.roster.sheet_cells import NamesReader, ReadRow, SheetParser, TextsReader
from handouts.intake.roster.sheet_rows import (
    Span,
    in_one_row,
    marked,
    others_told,
    span_called,
)
from handouts.intake.roster.strict_workbook import is_strict, transitional
from handouts.intake.roster.text import HEADER_WITHIN
from handouts.intake.roster.workbook_parts import check_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.reader.excel import ExcelReader
    from openpyxl.workbook import Workbook

MOST_CELLS = 30_000_000
"""A full sheet of a million rows has 30 columns."""
_OPENING_BYTES = 1_000 * MEGABYTE
"""400,000 texts in a list of 100 MB take some 600 MB."""
_ROWS_BYTES = 500 * MEGABYTE
"""A thousand rows of ten cells take 2 MB."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    KeyError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    ValueError,
)
"""What zipfile raises for parts that are damaged, locked, or packed in ways it does not know."""
_ROWS_AT_ONCE = 1000
_CHUNK_BYTES = 1 << 20
_TAIL_BYTES = 200
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:]+)\"")


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """A table in one worksheet."""

    path: Path
    worksheet: str
    member: str
    """The worksheet's part."""
    merged: tuple[Span, ...]
    """Merged cells."""
    from_1904: bool = False
    """Whether days are counted from 1904, as old Macs did."""
    changed: bytes | None = None
    """The workbook in the form that is read, where the file has another."""
    findings: tuple[Finding, ...] = ()
    lettered: bool = True
    ragged: bool = True

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Give every row's cells as the sheet shows them; a formula itself where it has no value.

        Rows that are hidden, struck through or merged say so.
        """
        merged = in_one_row(self.merged)
        for row, cells in _rows(self.path, self.changed, self.member):
            yield marked(
                cells,
                hidden=row.hidden,
                struck=row.struck,
                merged=merged.get(row.number),
            )


def open_workbook(path: Path, reading: Reading = AS_FOUND) -> WorkbookTable:
    """Find the worksheet: the one that is named, or the first with a header.

    Raises:
        ContentError: there is none, or it is too large to unpack.

    """
    try:
        check_parts(path)
        limit = Limit(20 + path.stat().st_size / MEGABYTE, _OPENING_BYTES)
        return apart(_found, path, reading, limit=limit)
    except OverLimitError as error:
        raise _too_large(path, f"to open it takes {error.words}") from error
    except _BROKEN as error:
        raise _unreadable(path) from error


def _found(path: Path, reading: Reading) -> WorkbookTable:
    changed = transitional(path) if is_strict(path) else None
    with _opened(path, changed, NamesReader) as (book, _):
        shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if reading.worksheet and reading.worksheet not in book.sheetnames:
            raise ContentError.because(
                "there is no worksheet of this name",
                mend="write one of: " + ", ".join(shown),
                place=Place(str(path)),
            )
        # the only way from a worksheet's name to its part
        members = {s.title: str(getattr(s, "_worksheet_path", "")) for s in book.worksheets}
        from_1904 = book.epoch == MAC_EPOCH
    tables = {name: WorkbookTable(path, name, members[name], (), changed=changed) for name in shown}
    headed = [name for name in shown if _has_header(tables[name], reading)]
    chosen = reading.worksheet or next(iter([*headed, *shown]), "")
    if not chosen:
        raise ContentError.because(
            "the workbook has no worksheet", mend="see docs/event.md", place=Place(str(path))
        )
    findings = () if reading.worksheet else others_told(path, chosen, headed)
    merged = _merged(path if changed is None else io.BytesIO(changed), members[chosen])
    return WorkbookTable(path, chosen, members[chosen], merged, from_1904, changed, findings)


def _too_large(path: Path, why: str) -> ContentError:
    mend = "save the worksheet as CSV UTF-8"
    return ContentError(
        Report((Finding("the workbook is too large to unpack", why, mend, Place(str(path))),))
    )


@contextmanager
def _opened(
    path: Path, changed: bytes | None, kind: type[ExcelReader] = TextsReader
) -> Iterator[tuple[Workbook, list[str]]]:
    """Open a workbook, whatever its name ends in; give its list of texts, too."""
    with path.open("rb") if changed is None else io.BytesIO(changed) as source:
        try:
            with _quiet():
                reader = kind(source, read_only=True, data_only=True, keep_links=False)
                reader.read()
        except (MemoryError, OverLimitError):
            raise
        except Exception as error:
            raise _unreadable(path) from error
        try:
            yield reader.wb, reader.shared_strings
        finally:
            reader.wb.close()


def _unreadable(path: Path, row: int = 0) -> ContentError:
    what = "the workbook can't be read"
    why = "it is damaged, or no program wrote it as Excel does"
    mend = "open it in Excel and save it as .xlsx again, or as CSV UTF-8"
    finding = Finding(what, why, mend, Place(str(path), row, int(row > 0)))
    return ContentError(Report((finding,)))


def _quiet() -> warnings.catch_warnings[None]:
    """Keep the library's remarks on styles and validations off the terminal."""
    return warnings.catch_warnings(action="ignore")


def _rows(path: Path, changed: bytes | None, member: str) -> Iterator[tuple[ReadRow, list[str]]]:
    """Give every row up to the last with its cells in their places.

    Those come, too, that are not written since they are empty.
    """
    count, cells = 0, 0
    try:
        with (
            _opened(path, changed) as (book, texts),
            zipfile.ZipFile(path if changed is None else io.BytesIO(changed)) as parts,
            parts.open(member) as part,
        ):
            rows = iter(SheetParser(part, book, texts).parse())
            while True:
                with _quiet(), memory_within(_ROWS_BYTES):
                    some = list(islice(rows, _ROWS_AT_ONCE))
                for row in some:
                    _check_order(path, count, row.number)
                    for empty in range(count + 1, row.number):
                        _check_extent(path, empty, cells)
                        yield ReadRow(empty, [], hidden=False, struck=False), []
                    count = row.number
                    width = max((column for column, _ in row.cells), default=0)
                    cells += width
                    check_columns(width, path, count)
                    _check_extent(path, count, cells)
                    yield row, _in_places(row.cells)
                if not some:
                    return
    except (ContentError, OverLimitError):
        raise
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


def _has_header(table: WorkbookTable, reading: Reading) -> bool:
    rows = islice(table.rows(), HEADER_WITHIN)
    return any(len({*reading.columns.meanings(row)} - {None}) > 1 for row in rows)


def _merged(source: Path | io.BytesIO, member: str) -> tuple[Span, ...]:
    """Look through a worksheet's part for merged cells, in constant memory."""
    merged: dict[str, None] = {}
    tail = b""
    with zipfile.ZipFile(source) as parts, parts.open(member) as part:
        while chunk := part.read(_CHUNK_BYTES):
            text = tail + chunk
            merged.update(dict.fromkeys(name.decode() for name in _MERGED.findall(text)))
            tail = text[-_TAIL_BYTES:]
    return tuple(filter(None, map(span_called, merged)))
