"""Rows without end: how much one row of a table may hold before it is no row."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from handouts.basics.errors import ContentError
from handouts.basics.findings import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
"""Excel's own limits of a worksheet."""
LONGEST_ROW = 2_000_000
"""Letters in a row of text, line ends in its cells counted; a person's row has some hundreds."""


class RowLines:
    """The lines of a table's file, for the reader of its rows, who says when a row has ended."""

    def __init__(self, file: TextIO, path: Path) -> None:
        self._file = file
        self._path = path
        self._letters = 0
        self._row = 1

    def __iter__(self) -> Iterator[str]:
        """Give line after line.

        Raises:
            ContentError: the row is too long.

        """
        while line := self._file.readline(LONGEST_ROW + 1):
            self._letters += len(line)
            if self._letters > LONGEST_ROW:
                raise ContentError.because(
                    f"the row has more than {LONGEST_ROW:,} letters",
                    why="it does not end, or it is no row of a table",
                    mend="check that this is the right file, and its quotation marks",
                    place=Place(str(self._path), self._row, 1),
                )
            yield line

    def row_ended(self, cells: Sequence[object]) -> None:
        """Count the next row anew; refuse this one if it has too many cells, or is one too many."""
        check_columns(len(cells), self._path, self._row)
        if self._row > MOST_ROWS:
            raise ContentError.because(
                f"the table has more than {MOST_ROWS:,} rows",
                why="a worksheet has no more",
                mend="check that this is the right file, or split it",
                place=Place(str(self._path), self._row, 1),
            )
        self._letters = 0
        self._row += 1


def check_columns(cells: int, path: Path, row: int) -> None:
    """Refuse a row with more cells than a worksheet has columns.

    Raises:
        ContentError: as said.

    """
    if cells > MOST_COLUMNS:
        raise ContentError.because(
            f"the row has {cells:,} cells",
            why=f"the limit is {MOST_COLUMNS:,}",
            mend="check that this is the right file",
            place=Place(str(path), row, 1),
        )
