"""Tables in Excel workbooks, a row at a time."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

import openpyxl

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.limits import MEGABYTE, Limit, OverLimitError, memory_within
from handouts.basics.settings import Setting, named
from handouts.basics.workers import apart
from handouts.intake.roster.columns import meanings
from handouts.intake.roster.long_rows import MOST_ROWS, check_columns
from handouts.intake.roster.text import HEADER_WITHIN
from handouts.intake.roster.workbook_parts import check_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:]+)\"")


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """A table in one worksheet."""

    path: Path
    worksheet: str
    formulas: bool
    """Whether a cell of it holds a formula."""
    merged: tuple[str, ...]
    """The ranges of merged cells, as A1:B2."""
    findings: tuple[Finding, ...] = ()
    lettered: bool = True
    ragged: bool = True

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Give every row's cells as text: values, and a formula itself where it has no value."""
        values = _rows(self.path, self.worksheet, data_only=True)
        if not self.formulas:
            yield from (tuple(map(_text, row)) for row in values)
            return
        formulas = _rows(self.path, self.worksheet, data_only=False)
        for row, written in zip(values, formulas, strict=True):
            yield tuple(
                _text(value) if value is not None else _written(formula)
                for value, formula in zip_longest(row, written)
            )

    def merged_below(self, row: int) -> tuple[str, ...]:
        """Name the merged cells that reach below a row: all but their first cell are empty."""
        return tuple(name for name in self.merged if _last_row(name) > row)


def open_workbook(path: Path, worksheet: str = "") -> WorkbookTable:
    """Find the worksheet: the one that is named, or the first with a header.

    Raises:
        ContentError: there is none, or it is too large to unpack.

    """
    try:
        check_parts(path)
        limit = Limit(20 + path.stat().st_size / MEGABYTE, _OPENING_BYTES)
        return apart(_found, path, worksheet, limit=limit)
    except OverLimitError as error:
        raise _too_large(path, f"to open it takes {error.words}") from error
    except _BROKEN as error:
        raise _unreadable(path) from error


def _found(path: Path, worksheet: str) -> WorkbookTable:
    with _quiet():
        book = _open(path, data_only=True)
    try:
        shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if worksheet and worksheet not in book.sheetnames:
            raise ContentError.because(
                "there is no worksheet of this name",
                mend="write one of: " + ", ".join(shown),
                place=Place(str(path)),
            )
        headed = [name for name in shown if _has_header(path, name)]
        chosen = worksheet or next(iter([*headed, *shown]), "")
        if not chosen:
            raise ContentError.because(
                "the workbook has no worksheet", mend="see docs/event.md", place=Place(str(path))
            )
        # the only way from a worksheet's name to its part
        member: str = getattr(book[chosen], "_worksheet_path")  # noqa: B009
    finally:
        book.close()
    findings: tuple[Finding, ...] = ()
    if others := [name for name in headed if name != chosen and not worksheet]:
        what = f'only the worksheet "{chosen}" is read'
        why = f"{len(others)} more {'has' if len(others) == 1 else 'have'} a header"
        mend = f"read each other one with {named(Setting.WORKSHEET, 'NAME')}"
        findings = (Finding(what, why, mend, Place(str(path)), Severity.WARNING),)
    formulas, merged = _scan(path, member)
    return WorkbookTable(path, chosen, formulas, merged, findings)


def _too_large(path: Path, why: str) -> ContentError:
    mend = "save the worksheet as CSV UTF-8"
    return ContentError(
        Report((Finding("the workbook is too large to unpack", why, mend, Place(str(path))),))
    )


def _open(path: Path, *, data_only: bool) -> Workbook:
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=data_only, keep_links=False)
    except (MemoryError, OverLimitError):
        raise
    except Exception as error:
        raise _unreadable(path) from error


def _unreadable(path: Path, row: int = 0) -> ContentError:
    what = "the workbook can't be read"
    why = "it is damaged, or no program wrote it as Excel does"
    mend = "open it in Excel and save it as .xlsx again, or as CSV UTF-8"
    finding = Finding(what, why, mend, Place(str(path), row, int(row > 0)))
    return ContentError(Report((finding,)))


def _quiet() -> warnings.catch_warnings[None]:
    """Keep the library's remarks on styles and validations off the terminal."""
    return warnings.catch_warnings(action="ignore")


def _rows(path: Path, worksheet: str, *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    with _quiet():
        book = _open(path, data_only=data_only)
    count, cells = 0, 0
    try:
        sheet = book[worksheet]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(min_row=1, min_col=1, values_only=True)
        while True:
            with _quiet(), memory_within(_ROWS_BYTES):
                some = list(islice(rows, _ROWS_AT_ONCE))
            for row in some:
                count += 1
                cells += len(row)
                check_columns(row, path, count)
                _check_extent(path, count, cells)
                yield row
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
    finally:
        book.close()


def _check_extent(path: Path, row: int, cells: int) -> None:
    if row > MOST_ROWS:
        raise _too_much(path, row, f"a worksheet has at most {MOST_ROWS:,} rows")
    if cells > MOST_CELLS:
        raise _too_much(path, row, f"the limit is {MOST_CELLS:,} cells, empty ones counted")


def _too_much(path: Path, row: int, why: str) -> ContentError:
    mend = "take out what is not the table's, or save the worksheet as CSV UTF-8"
    what = "the worksheet's rows can't be read from here on"
    return ContentError(Report((Finding(what, why, mend, Place(str(path), row, 1)),)))


def _has_header(path: Path, worksheet: str) -> bool:
    rows = islice(_rows(path, worksheet, data_only=True), HEADER_WITHIN)
    return any(len(set(filter(None, meanings(list(map(_text, row)))))) > 1 for row in rows)


def _scan(path: Path, member: str) -> tuple[bool, tuple[str, ...]]:
    """Look through a worksheet's part for formulas and merged cells, in constant memory."""
    formulas = False
    merged: dict[str, None] = {}
    tail = b""
    with zipfile.ZipFile(path) as parts, parts.open(member) as part:
        while chunk := part.read(_CHUNK_BYTES):
            text = tail + chunk
            formulas = formulas or bool(_FORMULA.search(text))
            merged.update(dict.fromkeys(name.decode() for name in _MERGED.findall(text)))
            tail = text[-_TAIL_BYTES:]
    return formulas, tuple(merged)


def _last_row(name: str) -> int:
    """Give the last row of a range: 7 of "D5:D7"."""
    return int(re.sub(r"^.*?(\d+)$", r"\1", name))


def _text(value: Any) -> str:
    """Write a cell's value as a person would into a text file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        whole = value.time() == dt.time()
        return value.date().isoformat() if whole else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _written(formula: Any) -> str:
    """Write a formula, which may be one for a whole range."""
    return "" if formula is None else str(getattr(formula, "text", formula))
