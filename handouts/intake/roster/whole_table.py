"""What only a look through a whole table tells: rows that are there twice, or are hidden."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.intake.roster.sheet_rows import SheetRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.intake.roster.columns import Columns

_BITS = 1 << 23
"""A megabyte: of a hundred thousand rows, one in two hundred is looked at a second time."""
_MOST_NAMED = 8
_FEW = 0.2
"""Rows with a name alone are told where no more than a fifth of all are such."""


class _Rows:
    """Some rows: how many, and the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[int] = []

    def add(self, row: int) -> None:
        self.count += 1
        if len(self.first) < _MOST_NAMED:
            self.first.append(row)

    @property
    def told(self) -> str:
        return ", ".join(map(str, self.first)) + (", …" if self.count > len(self.first) else "")


class WholeTable:
    """Looks at each row that is read, and says at the end what was found."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._cells, self._rows = array("q"), array("I")
        self._doubted: set[int] = set()
        self._identified = "record_id" in columns.at
        self._met = bytearray(0 if self._identified else _BITS // 8)
        self._hidden, self._struck, self._alone = _Rows(), _Rows(), _Rows()
        self._count = 0

    def see(self, row: int, cells: Sequence[str]) -> None:
        """Look at a row as the table has it."""
        self._count += 1
        if not self._identified:
            self._note(hash(tuple(cells)), row)
        filled = len(cells) - cells.count("")
        if filled == 1:
            self._alone.add(row)
        if isinstance(cells, SheetRow):
            if cells.hidden:
                self._hidden.add(row)
            if cells.struck:
                self._struck.add(row)

    def _note(self, cells: int, row: int) -> None:
        """Keep a row's hash, and whether another row may have the same."""
        self._cells.append(cells)
        self._rows.append(row)
        at, bit = divmod(cells % _BITS, 8)
        if self._met[at] >> bit & 1:
            self._doubted.add(cells)
        self._met[at] |= 1 << bit

    def findings(self) -> Iterator[Finding]:
        """Say what was found, as warnings."""
        for rows, which, mend in (
            (self._hidden, "hidden or filtered out", "take them out, or show all rows and look"),
            (self._struck, "struck through", "take them out, or take the line away"),
        ):
            if rows.count:
                what = f"{_number(rows.count)} {which} and read all the same: {rows.told}"
                yield self._warning(what, "they may be meant to be left out", mend, rows.first[0])
        alone = self._alone
        if 0 < alone.count <= _FEW * self._count:
            what = f"{_number(alone.count)} filled in one column alone: {alone.told}"
            why = "it may be a heading or a remark"
            yield self._warning(what, why, "take out what is no person", alone.first[0])
        yield from self._twice()

    def _twice(self) -> Iterator[Finding]:
        """Name rows that are alike in every cell, where no id tells them apart."""
        met: set[int] = set()
        found = _Rows()
        for cells, row in zip(self._cells, self._rows, strict=True):
            if cells in self._doubted:
                if cells in met:
                    found.add(row)
                met.add(cells)
        if found.count:
            was = "row is the same as one" if found.count == 1 else "rows are the same as ones"
            what = f"{found.count:,} {was} above: {found.told}"
            why = "each is printed; a person may stand in the list twice"
            mend = 'take out what is too much, or give each person an "id"'
            yield self._warning(what, why, mend, found.first[0])

    def _warning(self, what: str, why: str, mend: str, row: int) -> Finding:
        return Finding(what, why, mend, self._columns.place(row), Severity.WARNING)


def _number(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"
