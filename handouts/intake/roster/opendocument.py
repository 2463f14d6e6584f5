"""Tables in OpenDocument spreadsheets (.ods), a row at a time.

Such a file says of each cell what it shows, beside what it holds (ODF 1.3 part 3, 9.1.4).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.limits import MEGABYTE, Limit, OverLimitError, memory_within
from handouts.basics.workers import apart
from handouts.intake.roster.long_rows import MOST_ROWS, check_columns
from handouts.intake.roster.reading import AS_FOUND, Reading
from handouts.intake.roster.sheet_rows import SheetText, Span, in_one_row, marked, others_told
from handouts.intake.roster.text import HEADER_WITHIN
from handouts.intake.roster.workbook_parts import check_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from xml.etree.ElementTree import Element

MOST_CELLS = 30_000_000
"""As many as of an Excel workbook."""
MOST_ALIKE = 10_000
"""Rows of text that stand there once for all of them; nobody prints so many sheets alike."""
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_OPENING_BYTES = 1_000 * MEGABYTE
_ROWS_BYTES = 500 * MEGABYTE
_ROWS_AT_ONCE = 1000
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, KeyError, RuntimeError, NotImplementedError, EOFError,
    ValueError, ParseError, DefusedXmlException,
)  # fmt: skip
"""What is raised for parts that are damaged, locked or hostile."""

_SPACES = {
    name: f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "table", "text", "style")
}
_TABLE, _ROW = (f"{_SPACES['table']}{name}" for name in ("table", "table-row"))
_CELL, _COVERED = (f"{_SPACES['table']}{name}" for name in ("table-cell", "covered-table-cell"))
_STYLE = f"{_SPACES['style']}style"
_PARAGRAPH = f"{_SPACES['text']}p"
_NOT_SHOWN = frozenset(
    {
        f"{_SPACES['office']}annotation",
        f"{_SPACES['text']}ruby-text",
        f"{_SPACES['text']}note",
    }
)
_INSTEAD = {f"{_SPACES['text']}tab": "\t", f"{_SPACES['text']}line-break": "\n"}


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table in one sheet of an OpenDocument spreadsheet."""

    path: Path
    worksheet: str
    merged: tuple[Span, ...]
    findings: tuple[Finding, ...] = ()
    from_1904: bool = False
    lettered: bool = True
    ragged: bool = True

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Give every row's cells as the sheet shows them; a formula itself where it has no value.

        Rows that are hidden, struck through or merged say so.
        """
        merged = in_one_row(self.merged)
        for row in _rows(self.path, self.worksheet):
            yield marked(
                row.cells,
                hidden=row.hidden,
                struck=row.struck,
                merged=merged.get(row.number),
            )


@dataclass(slots=True)
class _Row:
    number: int
    cells: list[str] = field(default_factory=list)
    hidden: bool = False
    struck: bool = False
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    """Column, from 0, columns and rows of merged cells."""


def open_document(path: Path, reading: Reading = AS_FOUND) -> DocumentTable:
    """Find the sheet: the one that is named, or the first with a header.

    Raises:
        ContentError: there is none, or it is too large to unpack.

    """
    try:
        check_parts(path)
        limit = Limit(20 + path.stat().st_size / MEGABYTE, _OPENING_BYTES)
        return apart(_found, path, reading, limit=limit)
    except OverLimitError as error:
        mend = "save the sheet as CSV UTF-8"
        why = f"to open it takes {error.words}"
        what = "the spreadsheet is too large to unpack"
        raise ContentError(Report((Finding(what, why, mend, Place(str(path))),))) from error
    except _BROKEN as error:
        raise _unreadable(path) from error


def _found(path: Path, reading: Reading) -> DocumentTable:
    with zipfile.ZipFile(path) as parts:
        kind = parts.read("mimetype")[:200].decode("ascii", "replace").strip()
    if not kind.startswith(_KIND):
        raise ContentError.because(
            "the file is no spreadsheet",
            why="it is another kind of OpenDocument file",
            mend="name a CSV, TSV, XLSX or ODS file",
            place=Place(str(path)),
        )
    names = [*_names(path)]
    if reading.worksheet and reading.worksheet not in names:
        raise ContentError.because(
            "there is no worksheet of this name",
            mend="write one of: " + ", ".join(names),
            place=Place(str(path)),
        )
    headed = [
        name
        for name in names
        if any(
            len({*reading.columns.meanings(row.cells)} - {None}) > 1
            for row in islice(_rows(path, name), HEADER_WITHIN)
        )
    ]
    chosen = reading.worksheet or next(iter([*headed, *names]), "")
    if not chosen:
        raise ContentError.because(
            "the spreadsheet has no sheet", mend="see docs/event.md", place=Place(str(path))
        )
    findings = () if reading.worksheet else others_told(path, chosen, headed)
    return DocumentTable(path, chosen, tuple(_merged(path, chosen)), findings)


def _names(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as parts, parts.open("content.xml") as source:
        for event, node in iterparse(source, ("start", "end")):
            if event == "start" and node.tag == _TABLE:
                yield _said(node, "table", "name")
            elif event == "end" and node.tag == _ROW:
                node.clear()


def _merged(path: Path, worksheet: str) -> Iterator[Span]:
    from handouts.intake.roster.columns import letters  # noqa: PLC0415 - for names alone

    for row in _rows(path, worksheet):
        for column, wide, high in row.spans:
            end = f"{letters(column + wide - 1)}{row.number + high - 1}"
            name = f"{letters(column)}{row.number}:{end}"
            columns, rows = range(column, column + wide), range(row.number, row.number + high)
            yield Span(name, columns, rows)


def _rows(path: Path, worksheet: str) -> Iterator[_Row]:
    """Give every row up to the last with text."""
    count = cells = 0
    try:
        with zipfile.ZipFile(path) as parts, parts.open("content.xml") as source:
            rows = _parsed(path, source, worksheet)
            while True:
                with memory_within(_ROWS_BYTES):
                    some = list(islice(rows, _ROWS_AT_ONCE))
                for row in some:
                    count = row.number
                    cells += len(row.cells)
                    check_columns(len(row.cells), path, count)
                    _check_cells(path, count, cells)
                    yield row
                if not some:
                    return
    except (ContentError, OverLimitError):
        raise
    except MemoryError as error:
        why = f"they take more than {_ROWS_BYTES // MEGABYTE} MB"
        raise _too_much(path, count + 1, why) from error
    except Exception as error:
        raise _unreadable(path, count + 1) from error


def _check_cells(path: Path, row: int, cells: int) -> None:
    if cells > MOST_CELLS:
        raise _too_much(path, row, f"the limit is {MOST_CELLS:,} cells")


def _parsed(path: Path, source: Any, worksheet: str) -> Iterator[_Row]:
    """Go through the document's parts; what is done with is let go of."""
    struck: set[str] = set()
    above: list[Element] = []
    given = number = 0
    wanted = False
    for event, node in iterparse(source, ("start", "end")):
        if event == "start":
            if node.tag == _TABLE:
                _check_outermost(path, above, number)
                wanted = _said(node, "table", "name") == worksheet
            above.append(node)
            continue
        above.pop()
        if node.tag == _STYLE and _is_struck(node):
            struck.add(_said(node, "style", "name"))
        elif node.tag == _TABLE and wanted:
            return
        elif node.tag == _ROW:
            if wanted:
                row = _row(node, path, number + 1, struck)
                number += int(_said(node, "table", "number-rows-repeated") or 1)
                if any(row.cells):
                    yield from _up_to(path, given, row, number)
                    given = number
            above[-1].remove(node)


def _check_outermost(path: Path, above: Sequence[Element], row: int) -> None:
    """Refuse a table in a table's cell: which of their rows are people's is not known."""
    if any(node.tag == _TABLE for node in above):
        raise _unreadable(path, row + 1)


def _up_to(path: Path, given: int, row: _Row, last: int) -> Iterator[_Row]:
    """Give the empty rows before a row, and the row as often as it stands there."""
    if last > MOST_ROWS:
        raise _too_much(path, row.number, f"a sheet has at most {MOST_ROWS:,} rows")
    if last - row.number >= MOST_ALIKE:
        alike = f"{last - row.number + 1:,} rows are alike"
        raise _too_much(path, row.number, f"{alike}; the limit is {MOST_ALIKE:,}")
    yield from map(_Row, range(given + 1, row.number))
    for number in range(row.number, last + 1):
        yield replace(row, number=number)


def _row(node: Element, path: Path, number: int, struck: set[str]) -> _Row:
    row = _Row(number, hidden=_said(node, "table", "visibility") in {"collapse", "filter"})
    column = 0
    for cell in node:
        if cell.tag not in {_CELL, _COVERED}:
            continue
        times = int(_said(cell, "table", "number-columns-repeated") or 1)
        text = _text(cell) if cell.tag == _CELL else ""
        if text:
            check_columns(column + times, path, number)
            row.cells += [""] * (column - len(row.cells)) + [text] * times
            row.struck = row.struck or _said(cell, "table", "style-name") in struck
        wide = int(_said(cell, "table", "number-columns-spanned") or 1)
        high = int(_said(cell, "table", "number-rows-spanned") or 1)
        if wide > 1 or high > 1:
            row.spans.append((column, wide, high))
        column += times
    return row


def _text(cell: Element) -> str:
    """Give what a cell shows; of a day, the day itself beside it."""
    kind = _said(cell, "office", "value-type")
    shown = "\n".join(_words(one) for one in cell if one.tag == _PARAGRAPH)
    if not kind and not shown:
        return _formula(cell)
    if kind == "date" and (day := _said(cell, "office", "date-value")):
        return _day(day, shown)
    if kind in {"float", "percentage", "currency"} and not shown:
        value = _said(cell, "office", "value")
        return value.removesuffix(".0") if kind == "float" else SheetText(value, None)
    return shown


def _day(value: str, shown: str) -> str:
    """Give a day as year-month-day, with its time if that is shown; else what is shown alone."""
    number = value[8:10].removeprefix("0")
    if shown and not re.search(rf"(?<!\d)0?{re.escape(number)}(?!\d)", shown):
        return shown
    text = value[:16].replace("T", " ").removesuffix(" 00:00")
    return SheetText(text if not shown or ":" in shown else value[:10], shown or None)


def _formula(cell: Element) -> str:
    formula = _said(cell, "table", "formula")
    return f"={formula.partition('=')[2]}" if formula else ""


def _words(node: Element) -> str:
    """Give the text of a paragraph, without comments and notes in it."""
    if node.tag in _NOT_SHOWN:
        return ""
    pieces = [_INSTEAD.get(node.tag, node.text or "")]
    if node.tag == f"{_SPACES['text']}s":
        pieces = [" " * min(1000, int(_said(node, "text", "c") or 1))]
    for child in node:
        pieces += [_words(child), child.tail or ""]
    return "".join(pieces)


def _is_struck(style: Element) -> bool:
    lines = (
        value
        for node in style
        for name, value in node.attrib.items()
        if name == f"{_SPACES['style']}text-line-through-style"
    )
    return any(line != "none" for line in lines)


def _said(node: Element, space: str, name: str) -> str:
    return node.get(f"{_SPACES[space]}{name}", "")


def _too_much(path: Path, row: int, why: str) -> ContentError:
    mend = "take out what is not the table's, or save the sheet as CSV UTF-8"
    what = "the sheet's rows can't be read from here on"
    return ContentError(Report((Finding(what, why, mend, Place(str(path), row, 1)),)))


def _unreadable(path: Path, row: int = 0) -> ContentError:
    what = "the spreadsheet can't be read"
    why = "it is damaged, or protected with a password"
    mend = "open it in its program and save it again without a password, or as CSV UTF-8"
    finding = Finding(what, why, mend, Place(str(path), row, int(row > 0)))
    return ContentError(Report((finding,)))
