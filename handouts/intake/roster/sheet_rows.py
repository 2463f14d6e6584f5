"""Rows of a worksheet, with what a row of text has not: what is shown, hidden, struck through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from handouts.basics.findings import Finding, Place, Severity
from handouts.basics.settings import Setting, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_RANGE = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")


class SheetText(str):
    """A cell's text, where the sheet shows it in another way, or in one that is not known.

    As text it is what is read: a day is year-month-day.
    """

    __slots__ = ("doubtful", "shown")

    shown: str
    """As the sheet shows it."""
    doubtful: bool
    """Whether the sheet may show it in another way than ``shown``."""

    def __new__(cls, text: str, shown: str | None) -> Self:
        """Make one; ``shown`` is None where that is not known."""
        made = super().__new__(cls, text)
        made.shown = text if shown is None else shown
        made.doubtful = shown is None
        return made


class SheetRow(tuple[str, ...]):
    """A row that is hidden or struck through, or in which cells are merged."""

    hidden = False
    struck = False
    merged: Span | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells."""

    name: str
    """As A1:B2."""
    columns: range
    """From 0."""
    rows: range
    """From 1."""


def span_called(name: str) -> Span | None:
    """Read a range as a worksheet writes it; nothing where it is none."""
    found = _RANGE.fullmatch(name)
    if found is None:
        return None
    first, top, last, bottom = found.groups()
    columns = range(_number(first), _number(last or first) + 1)
    return Span(name, columns, range(int(top), int(bottom or top) + 1))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def in_one_row(merged: Iterable[Span]) -> Mapping[int, Span]:
    """Give the merged cells that stand in a single row, by it."""
    return {span.rows.start: span for span in merged if len(span.rows) == 1}


def marked(
    cells: Sequence[str], *, hidden: bool, struck: bool, merged: Span | None
) -> tuple[str, ...]:
    """Give a row, with its marks where it has some."""
    if not (hidden or struck or merged):
        return tuple(cells)
    row = SheetRow(cells)
    row.hidden, row.struck, row.merged = hidden, struck, merged
    return row


def others_told(path: Path, chosen: str, headed: Sequence[str]) -> tuple[Finding, ...]:
    """Say how many worksheets beside the one that is read have a header, too."""
    others = [name for name in headed if name != chosen]
    if not others:
        return ()
    what = f'only the worksheet "{chosen}" is read'
    why = f"{len(others)} more {'has' if len(others) == 1 else 'have'} a header"
    mend = f"read each other one with {named(Setting.WORKSHEET, 'NAME')}"
    return (Finding(what, why, mend, Place(str(path)), Severity.WARNING),)
