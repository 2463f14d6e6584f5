"""Finds the cell that is too long for the reader of tables, without holding it in memory."""

from __future__ import annotations

import csv
import re
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_CELL = csv.field_size_limit()
"""What Python's reader takes, in letters; an unclosed quotation mark must not fill the memory."""


def first_long_cell(lines: Iterable[str], delimiter: str) -> int | None:
    """Give the column, from 1, of the first cell of a row that is too long and has an end.

    ``lines`` begin with the row. Where a quotation mark is never closed, or something follows
    one that is, there is none.
    """
    pieces = re.compile(rf'[^"\r\n{re.escape(delimiter)}]+|.', re.DOTALL)
    column, length = 1, 0
    quoted = closed = False
    for piece in chain.from_iterable(map(pieces.findall, lines)):
        if quoted:
            if piece == '"':
                quoted, closed = False, True
            else:
                length += len(piece)
        elif piece == '"' and closed:  # the second of two: a quotation mark in the text
            quoted, closed, length = True, False, length + 1
        elif piece == '"' and not length:
            quoted = True
        elif piece in {delimiter, "\r", "\n"}:
            if length > LONGEST_CELL:
                return column
            if piece != delimiter:
                return None
            column, length, closed = column + 1, 0, False
        elif closed:
            return None
        else:
            length += len(piece)
    return column if length > LONGEST_CELL and not quoted else None
