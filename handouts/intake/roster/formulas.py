"""Cells in which no spreadsheet finds a formula, whatever it takes for the end of a cell.

Where Excel runs in German, a file with commas is cut at semicolons, and quotation marks that do
not begin a field mean nothing to it; others cut at tabs or bars, or by what they guess. So a
sign of a formula is guarded at the start of a cell and after each separator within it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.basics.characters import FORMULA_SIGNS, LINE_ENDS, is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GUARD = "'"
"""A field that begins with it is text to every spreadsheet (OWASP, CSV injection)."""
SEPARATORS = frozenset(',;\t|"' + "，；｜＂︐︔﹐﹔\u037e" + LINE_ENDS)
"""Beside the plain ones stand those that become plain where letters are made alike (NFKC)."""

_SIGN = re.compile(f"{GUARD}*[{re.escape(FORMULA_SIGNS)}]")
_GUARDED = re.compile(f"{GUARD}+[{re.escape(FORMULA_SIGNS)}]")


def harmless(cell: str) -> str:
    """Guard each sign that a spreadsheet could take for the beginning of a formula.

    ``as_written`` takes exactly these guards off. A number like -5 and a telephone's +1 555
    are guarded, too: a spreadsheet would take the plus away, and what looks like a number may
    go on as a formula.
    """
    return _changed(cell, _SIGN, lambda sign: GUARD + sign)


def as_written(cell: str) -> str:
    """Give the cell that ``harmless`` was given."""
    return _changed(cell, _GUARDED, lambda sign: sign.removeprefix(GUARD))


def _changed(cell: str, sign: re.Pattern[str], change: Callable[[str], str]) -> str:
    """Change each sign, with the guards before it, that stands where a field begins."""
    pieces, done = [], 0
    for start in _field_starts(cell):
        if found := sign.match(cell, start):
            pieces += [cell[done:start], change(found[0])]
            done = found.end()
    return "".join((*pieces, cell[done:]))


def _field_starts(cell: str) -> Iterator[int]:
    """Say where the text of a field could begin: what is blank before it may be cut away."""
    begins = True
    for index, letter in enumerate(cell):
        if letter in SEPARATORS:
            begins = True
        elif begins and not is_blank(letter):
            begins = False
            yield index
