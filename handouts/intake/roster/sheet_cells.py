"""Cells of an Excel worksheet, as the sheet shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

from handouts.intake.roster.cell_styles import GENERAL, NOT_KNOWN, Style, Styles
from handouts.intake.roster.cell_texts import ITEM_MARKS, StruckText, Texts, Words, unescaped
from handouts.intake.roster.long_rows import MOST_COLUMNS
from handouts.intake.roster.markup import TooManyMarksError, follow, named
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
    from collections.abc import Iterator, Mapping
    from typing import IO

Moment: TypeAlias = dt.datetime | dt.date | dt.time | dt.timedelta
MOST_OTHER_MARKS = 4_000_000
"""Marks of a worksheet that are no row, cell, value or text: links, conditions, widths."""
_DATA, _ROW, _CELL = named(SHEET_MAIN_NS, "sheetData", "row", "c")
_VALUE, _FORMULA, _INLINE = named(SHEET_MAIN_NS, "v", "f", "is")
_TRUE = frozenset({"1", "true"})


@dataclass(slots=True)
class ReadRow:
    """A row of a worksheet: its number, from 1, and its cells by their columns, from 1."""

    number: int
    hidden: bool = False
    struck: bool = False
    cells: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Cell:
    column: int
    kind: str
    style: Style
    value: list[str] | None = None
    formula: list[str] | None = None
    inline: bool = False


class SheetRows(Words):
    """Reads the rows of a worksheet, with its cells' texts."""

    __slots__ = ("_cell", "_epoch", "_others", "_row", "_rows", "_styles", "_texts")

    def __init__(self, texts: Texts, styles: Styles, *, from_1904: bool) -> None:
        super().__init__()
        self._texts = texts
        self._styles = styles
        self._epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        self._rows: list[ReadRow] = []
        self._row = ReadRow(0)
        self._cell = _Cell(0, "", styles[0])
        self._others = 0

    def of(self, part: IO[bytes]) -> Iterator[list[ReadRow]]:
        """Give the rows of a worksheet's part, some at a time.

        Raises:
            ExpatError, ValueError, LookupError: what comes next can't be read.
            TooManyMarksError: the worksheet, or the list of texts, goes on and on.

        """
        pieces = follow(part, self)
        going_on = True
        while going_on:
            failed = None
            try:
                going_on = next(pieces, self) is not self
            except Exception as error:  # noqa: BLE001 - raised after the rows before it
                failed = error
            rows, self._rows = self._rows, []
            yield rows
            if failed is not None:
                raise failed

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        within = self.around[-1]
        if name == _CELL and within == _ROW:
            self._begin_cell(attributes)
        elif name == _VALUE and within == _CELL and self._cell.value is None:
            self.into = self._cell.value = []
        elif name == _ROW and within == _DATA:
            number = attributes.get("r")
            count = self._row.number + 1 if number is None else int(float(number))
            self._row = ReadRow(count, attributes.get("hidden") in _TRUE)
        elif name == _FORMULA and within == _CELL and self._cell.formula is None:
            self.into = self._cell.formula = []
        elif name == _INLINE and within == _CELL:
            self._cell.inline = True
        else:
            super().begin(name, attributes)
            if name not in ITEM_MARKS:
                self._count_other()
            return
        self.around.append(name)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        if len(self._row.cells) > MOST_COLUMNS:
            self._rows.append(self._row)  # to be seen what it has too many
            raise ValueError("more cells than columns")
        place = attributes.get("r")
        column = coordinate_to_tuple(place)[1] if place else self._cell.column + 1
        style = self._styles[int(attributes.get("s", 0))]
        self._cell = _Cell(column, attributes.get("t", "n"), style)

    def _count_other(self) -> None:
        self._others += 1
        if self._others > MOST_OTHER_MARKS:
            raise TooManyMarksError(
                f"the worksheet has more than {MOST_OTHER_MARKS:,} marks beside its cells"
            )

    def end(self, name: str) -> None:
        """Take the end of an element."""
        super().end(name)
        if name == _CELL and self.around[-1] == _ROW:
            self._end_cell()
        elif name == _ROW and self.around[-1] == _DATA:
            self._rows.append(self._row)
            self._cell.column = 0

    def _end_cell(self) -> None:
        cell, row = self._cell, self._row
        text = self._text(cell)
        row.cells.append((cell.column, text))
        if text and (cell.style.struck or isinstance(text, StruckText)):
            row.struck = True

    def _text(self, cell: _Cell) -> str:
        if cell.inline:
            inline = self.words()
        if cell.kind == "inlineStr":
            return _as_text(inline, cell.style) if cell.inline else ""
        if cell.value:
            return self._valued("".join(cell.value), cell.kind, cell.style)
        if cell.formula is None or (cell.kind == "str" and cell.value is not None):
            return ""  # a formula whose text is empty
        return f"={''.join(cell.formula)}"

    def _valued(self, value: str, kind: str, style: Style) -> str:
        if kind == "s":
            return _as_text(self._texts[int(value)], style)
        if kind == "str":
            return _as_text(unescaped(value), style)
        if kind == "b":
            return "TRUE" if int(value) else "FALSE"
        if kind == "d":
            return _as_moment(from_ISO8601(value), style)  # type: ignore[no-untyped-call]
        return value if kind == "e" else self._number(value, style)

    def _number(self, value: str, style: Style) -> str:
        number = float(value) if "." in value or "E" in value or "e" in value else int(value)
        if not style.moment:
            return _as_number(number, style)
        try:
            moment = from_excel(number, self._epoch, timedelta=style.length)
        except (OverflowError, ValueError):
            return "#VALUE!"
        return _as_moment(moment, style)


def _as_text(text: str, style: Style) -> str:
    if style.code == GENERAL or style.moment:
        return text
    shown = shown_text(text, style.code)
    return text if shown == text else SheetText(shown or text, shown)


def _as_number(number: float, style: Style) -> str:
    """Write a number as the sheet shows it; one that can't be told is written in full."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e22:
        number = int(number)
    in_full = str(number) if isinstance(number, int) else repr(number)
    plain = style.code == GENERAL
    shown = general(number) if plain else shown_number(number, style.code)
    if shown is None:
        return SheetText(in_full, None)
    return shown


def _as_moment(moment: Moment, style: Style) -> str:
    """Write a day as year-month-day, with the time if the sheet shows it; a time as it shows."""
    shown = shown_moment(moment, style.code)
    if isinstance(moment, dt.datetime | dt.date) and (
        style.code in {GENERAL, NOT_KNOWN} or shows_day(style.code)
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
