"""Tables written as text: their encoding and what stands between the cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, TextIO

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.settings import Setting, named
from handouts.intake.roster.columns import is_failed
from handouts.intake.roster.encodings import SAVE_AS, bad_byte_places, encoding_of
from handouts.intake.roster.header_words import plain
from handouts.intake.roster.long_cells import LONGEST_CELL, first_long_cell
from handouts.intake.roster.long_rows import RowLines
from handouts.intake.roster.reading import AS_FOUND, Reading
from handouts.models.base import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.intake.roster.columns import SaidColumns
    from handouts.intake.roster.sheet_rows import Span

DELIMITERS = ",;\t|"
HEADER_BYTES = 65_536
"""A header stands at the very beginning; what lies between its cells is looked for there."""
HEADER_WITHIN = 10
"""A header is one of the first rows: a title may stand above it."""
_ANY_BYTES = "latin-1"
"""Keeps every byte as a letter."""
_OF_NAMES = ("patient", "first_name", "last_name")
_ROWS_FOR_SAMPLES = 1000
_CHUNK_LETTERS = 1 << 16
_LONGEST_SPACE = 20
_SPACE_AND_QUOTE = re.compile(f'[{re.escape(DELIMITERS)}] +"')


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table in a text file."""

    path: Path
    encoding: str
    delimiter: str
    skipped_lines: int
    """1 where the first line only tells Excel what stands between the cells."""
    errors: str = "strict"
    """What is done with bytes that are no letters, as codecs call it."""
    spaced: bool = False
    """Whether quotation marks stand after a space that is no part of the cell."""
    findings: tuple[Finding, ...] = ()
    merged: tuple[Span, ...] = ()
    from_1904: bool = False
    lettered: bool = False
    ragged: bool = False

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Give every row's cells, as they are written.

        Raises:
            ContentError: a quote is never closed, something follows a closing one, or a cell
                is longer than any text.

        """
        count = 0
        with self._open() as file:
            for _ in range(self.skipped_lines):
                file.readline()
            lines = RowLines(file, self.path)
            reader = csv.reader(
                lines, delimiter=self.delimiter, strict=True, skipinitialspace=self.spaced
            )
            line = 0
            try:
                for count, cells in enumerate(reader, 1):  # noqa: B007 - for the error
                    lines.row_ended(cells)
                    yield tuple(cells)
                    line = reader.line_num
            except csv.Error as error:
                raise self._unreadable(count + 1, self.skipped_lines + line) from error

    def _open(self) -> TextIO:
        return self.path.open(encoding=self.encoding, errors=self.errors, newline="")

    def _unreadable(self, row: int, lines_before: int) -> ContentError:
        """Say what keeps a row from being read: a cell too long, or else a quotation mark."""
        with self._open() as file:
            for _ in islice(file, lines_before):
                pass
            column = first_long_cell(file, self.delimiter)
        if column is not None:
            finding = Finding(
                f"the cell has more than {LONGEST_CELL:,} letters",
                f"the longest text of a sheet has {LONGEST_TEXT:,}",
                "write less",
                Place(str(self.path), row, column),
            )
        else:
            finding = Finding(
                "a quotation mark is not closed, or stands inside a cell",
                "where the cells end is not known from here on",
                'close it, or write a quotation mark in a quoted cell twice: ""',
                Place(str(self.path), row, 1),
            )
        return ContentError(Report((finding,)))


def open_text(path: Path, reading: Reading = AS_FOUND) -> TextTable:
    """Find out how a text file is written.

    Raises:
        ContentError: its letters can't be read; single bytes of it are none.

    """
    columns = reading.columns
    written = encoding_of(path, reading.encoding, _names(path, columns))
    errors = "surrogateescape" if written.bad_bytes else "strict"
    with path.open("rb") as file:
        head = file.read(HEADER_BYTES)
    text = codecs.getincrementaldecoder(written.encoding)(errors).decode(head)
    text = text.removeprefix("\ufeff")
    first, _, _ = text.partition("\n")
    told = first.rstrip("\r").removeprefix("sep=")
    skipped = int(first.startswith("sep=") and len(told) == 1)
    delimiter = told if skipped else _delimiter(text, columns)
    table = TextTable(path, written.encoding, delimiter, skipped, errors=errors)
    if written.bad_bytes:
        raise _bad_bytes(table)
    return replace(table, spaced=_is_spaced(table))


def _names(path: Path, columns: SaidColumns) -> Iterator[bytes]:
    """Give cells with people's names as bytes, of a file whose encoding is not known."""
    with path.open("rb") as file:
        head = file.read(HEADER_BYTES).decode(_ANY_BYTES)
    rows = [*islice(_rows_of(head, _delimiter(head, columns)), _ROWS_FOR_SAMPLES)]
    keys = [columns.meanings(cells) for cells in rows[:HEADER_WITHIN]]
    best = max(range(len(keys)), key=lambda row: len({*keys[row]} - {None}), default=0)
    named = {n for n, key in enumerate(keys[best] if keys else ()) if key in _OF_NAMES}
    below = rows[best + 1 :] if named else rows
    for cells in below:
        for index, cell in enumerate(cells):
            if (not named or index in named) and not cell.isascii():
                yield cell.encode(_ANY_BYTES)
                break


def _bad_bytes(table: TextTable) -> ContentError:
    """Say which cells hold bytes that are no letters, in a file that is UTF-8 elsewhere."""
    findings = [
        Finding(
            "a letter of this cell is not written in UTF-8, as the others of the file are",
            "two programs may have written it",
            "type it anew, and save the file as UTF-8; or, if all of it is written in another "
            f"encoding, name that with {named(Setting.ENCODING)}; or {SAVE_AS}",
            Place(str(table.path), row, column),
        )
        for row, column in bad_byte_places(table.rows())
    ]
    return ContentError(Report(tuple(findings)))


def _is_spaced(table: TextTable) -> bool:
    """Say whether quotation marks stand after a space: then the space is no part of the cell."""
    with table.path.open(encoding=table.encoding, newline="") as file:
        before = ""
        while chunk := file.read(_CHUNK_LETTERS):
            if ' "' in chunk and _SPACE_AND_QUOTE.search(before + chunk):
                break
            before = chunk[-_LONGEST_SPACE:]
        else:
            return False
    with suppress(ContentError):  # told where the rows are read
        cells = (cell for row in table.rows() for cell in row)
        return any(cell[:1] == " " and cell.lstrip(" ")[:1] == '"' for cell in cells)
    return True


def _delimiter(text: str, columns: SaidColumns) -> str:
    """Find what stands between the cells: what lets most columns of the header be known."""
    for delimiter in DELIMITERS:
        if is_failed(map(plain, next(_rows_of(text, delimiter), []))):
            return delimiter  # whatever else the cells of our own header hold
    scores = {delimiter: _score(text, delimiter, columns) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if any(scores[best]) else ","


def _score(text: str, delimiter: str, columns: SaidColumns) -> tuple[int, int]:
    known, most = 0, 0
    for cells in islice(_rows_of(text, delimiter), HEADER_WITHIN):
        known = max(known, len(set(filter(None, columns.meanings(cells)))))
        most = most or max(0, len(cells) - 1)
    return known, most


def _rows_of(text: str, delimiter: str) -> Iterator[list[str]]:
    """Give the rows of a text, as far as they can be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with suppress(csv.Error):
        yield from reader
