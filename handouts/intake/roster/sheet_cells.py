"""Cells of an Excel worksheet, as the sheet shows them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from handouts.intake.roster.number_formats import (
    general,
    shown_moment,
    shown_number,
    shown_text,
    shows_day,
    shows_time,
)
from handouts.intake.roster.sheet_rows import SheetText

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO
    from xml.etree.ElementTree import Element

    from openpyxl.workbook import Workbook

Moment: TypeAlias = dt.datetime | dt.date | dt.time | dt.timedelta
GENERAL = "General"
_NS = f"{{{SHEET_MAIN_NS}}}"
_TEXT, _RUN, _RUN_STYLE, _STRIKE = (f"{_NS}{name}" for name in ("t", "r", "rPr", "strike"))
_ITEM, _VALUE, _FORMULA, _INLINE = (f"{_NS}{name}" for name in ("si", "v", "f", "is"))
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OTHER_CALENDARS = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of formats that mean days of a machine's own country, in East Asia and Thailand."""
_NOT_KNOWN = "?"
"""Stands for such a format: it is none that can be worked out."""


def unescaped(text: str) -> str:
    """Decode Office's escapes: _x000D_ for a return, _x005F_ for the sign that begins one.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


class TextsReader(ExcelReader):
    """Reads a workbook's parts, its texts as they were written."""

    def read_strings(self) -> None:
        """Read the list of texts."""
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = [*_texts(source)]


class NamesReader(ExcelReader):
    """Reads which worksheets a workbook has, and none of its texts: there may be a million."""

    def read_strings(self) -> None:
        """Leave the list of texts."""


def _texts(source: IO[bytes]) -> Iterator[str]:
    for _, node in iterparse(source):
        if node.tag == _ITEM:
            yield _words(node)
            node.clear()


class StruckText(str):
    """Text of which every letter is struck through."""

    __slots__ = ()


def _words(node: Element) -> str:
    """Give the text of a cell, runs of it joined; how it is read aloud is left out."""
    if len(node) == 1 and node[0].tag == _TEXT:  # nearly all are, and a list may have a million
        return unescaped(node[0].text or "")
    runs = node.findall(_RUN)
    pieces = [*node.findall(_TEXT), *(piece for run in runs for piece in run.findall(_TEXT))]
    text = unescaped("".join(piece.text or "" for piece in pieces))
    struck = bool(runs) and all(_is_struck(run) for run in runs) and node.find(_TEXT) is None
    return StruckText(text) if struck else text


def _is_struck(run: Element) -> bool:
    style = run.find(_RUN_STYLE)
    strike = None if style is None else style.find(_STRIKE)
    return strike is not None and strike.get("val", "1") not in {"0", "false"}


@dataclass(frozen=True, slots=True)
class _Style:
    code: str
    moment: bool
    """Whether numbers are days or times."""
    length: bool
    """Whether they are lengths of time."""
    struck: bool


class _Styles(dict[int, _Style]):
    """The styles of a workbook's cells, by their numbers, each looked at once."""

    def __init__(self, book: Workbook) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, number: int) -> _Style:
        cell = ReadOnlyCell(self._book.worksheets[0], 1, 1, None, "n", number)
        code = cell.number_format or GENERAL
        if cell.style_array.numFmtId in _OTHER_CALENDARS:
            code = _NOT_KNOWN
        moment = bool(is_date_format(code))
        style = _Style(code, moment, moment and is_timedelta_format(code), bool(cell.font.strike))
        self[number] = style
        return style


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a worksheet: its number, from 1, and its cells by their columns, from 1."""

    number: int
    cells: list[tuple[int, str]]
    hidden: bool
    struck: bool


class SheetParser(WorkSheetParser):
    """Reads a worksheet's rows, each as a :class:`ReadRow` with the cells' texts."""

    def __init__(self, source: IO[bytes], book: Workbook, texts: list[str]) -> None:
        super().__init__(source, texts, data_only=True, epoch=book.epoch)
        self._styles = _Styles(book)

    def parse_row(self, row: Element) -> ReadRow:  # type: ignore[override] # its caller gives it on
        """Read a row."""
        number = row.get("r")
        self.row_counter = self.row_counter + 1 if number is None else int(float(number))
        self.col_counter = 0
        cells: list[tuple[int, str]] = []
        struck = False
        for element in row:
            column = self._column(element)
            style = self._styles[int(element.get("s", 0))]
            text = self._text(element, style)
            cells.append((column, text))
            struck = struck or (text != "" and (style.struck or isinstance(text, StruckText)))
        hidden = row.get("hidden") in {"1", "true"}
        return ReadRow(self.row_counter, cells, hidden, struck)

    def _column(self, element: Element) -> int:
        place = element.get("r")
        self.col_counter = coordinate_to_tuple(place)[1] if place else self.col_counter + 1
        return self.col_counter

    def _text(self, element: Element, style: _Style) -> str:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inline = element.find(_INLINE)
            return "" if inline is None else _as_text(_words(inline), style)
        value = element.findtext(_VALUE)
        if value:
            return self._valued(value, kind, style)
        formula = element.find(_FORMULA)
        if formula is None or (kind == "str" and value is not None):
            return ""  # a formula whose text is empty
        return f"={formula.text or ''}"

    def _valued(self, value: str, kind: str, style: _Style) -> str:
        if kind == "s":
            if (number := int(value)) < 0:
                raise IndexError(number)
            return _as_text(self.shared_strings[number], style)
        if kind == "str":
            return _as_text(unescaped(value), style)
        if kind == "b":
            return "TRUE" if int(value) else "FALSE"
        if kind == "d":
            return _as_moment(from_ISO8601(value), style)  # type: ignore[no-untyped-call]
        return value if kind == "e" else self._number(value, style)

    def _number(self, value: str, style: _Style) -> str:
        number = float(value) if "." in value or "E" in value or "e" in value else int(value)
        if not style.moment:
            return _as_number(number, style)
        try:
            moment = from_excel(number, self.epoch, timedelta=style.length)
        except (OverflowError, ValueError):
            return "#VALUE!"
        return _as_moment(moment, style)


def _as_text(text: str, style: _Style) -> str:
    if style.code == GENERAL or style.moment:
        return text
    shown = shown_text(text, style.code)
    return text if shown == text else SheetText(shown or text, shown)


def _as_number(number: float, style: _Style) -> str:
    """Write a number as the sheet shows it; one that can't be told is written in full."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e22:
        number = int(number)
    in_full = str(number) if isinstance(number, int) else repr(number)
    plain = style.code == GENERAL
    shown = general(number) if plain else shown_number(number, style.code)
    if shown is None:
        return SheetText(in_full, None)
    return shown


def _as_moment(moment: Moment, style: _Style) -> str:
    """Write a day as year-month-day, with the time if the sheet shows it; a time as it shows."""
    shown = shown_moment(moment, style.code)
    if isinstance(moment, dt.datetime | dt.date) and (
        style.code in {GENERAL, _NOT_KNOWN} or shows_day(style.code)
    ):
        text = moment.isoformat()[:10]
        if (
            isinstance(moment, dt.datetime)
            and moment.time() != dt.time()
            and (shows_time(style.code) or style.code == GENERAL)
        ):
            text = moment.isoformat(" ", "minutes")
        return SheetText(text, shown if style.code != GENERAL else None)
    return SheetText(str(moment), None) if shown is None else shown
