"""Tables written as text: their encoding and what stands between the cells."""

from __future__ import annotations

import codecs
import csv
import io
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.intake.roster.columns import is_failed, meanings, plain
from handouts.intake.roster.long_cells import LONGEST_CELL, first_long_cell
from handouts.intake.roster.long_rows import RowLines
from handouts.models.base import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DELIMITERS = ",;\t|"
HEADER_BYTES = 65_536
"""A header stands at the very beginning; what lies between its cells is looked for there."""
HEADER_WITHIN = 10
"""A header is one of the first rows: a title may stand above it."""
_MARKLESS_BYTES = 64
_CHUNK_BYTES = 1 << 20
_SAVE = "open it in Excel and save it as CSV UTF-8, or as .xlsx"


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table in a text file."""

    path: Path
    encoding: str
    delimiter: str
    skipped_lines: int
    """1 where the first line only tells Excel what stands between the cells."""
    findings: tuple[Finding, ...] = ()
    lettered: bool = False
    ragged: bool = False

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Give every row's cells, as they are written.

        Raises:
            ContentError: a quote is never closed, something follows a closing one, or a cell
                is longer than any text.

        """
        count = 0
        with self.path.open(encoding=self.encoding, newline="") as file:
            for _ in range(self.skipped_lines):
                file.readline()
            lines = RowLines(file, self.path)
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            line = 0
            try:
                for count, cells in enumerate(reader, 1):  # noqa: B007 - for the error
                    lines.row_ended(cells)
                    yield tuple(cells)
                    line = reader.line_num
            except csv.Error as error:
                raise self._unreadable(count + 1, self.skipped_lines + line) from error

    def _unreadable(self, row: int, lines_before: int) -> ContentError:
        """Say what keeps a row from being read: a cell too long, or else a quotation mark."""
        with self.path.open(encoding=self.encoding, newline="") as file:
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


def open_text(path: Path, delimiter: str = "") -> TextTable:
    """Find out how a text file is written.

    Raises:
        ContentError: its letters can't be read.

    """
    place = Place(str(path), 1, 1)
    with path.open("rb") as file:
        head = file.read(HEADER_BYTES)
        file.seek(0)
        encoding = _encoding(head, file)
    if encoding is None:
        raise ContentError.because(
            "the letters of this file can't be read",
            why="it is neither UTF-8, UTF-16 nor Windows-1252",
            mend=_SAVE,
            place=place,
        )
    findings: tuple[Finding, ...] = ()
    if encoding == "cp1252":
        why = "it is no UTF-8; letters with accents may come out wrong"
        what = "the file is read as Windows-1252"
        findings = (Finding(what, why, f"look at the names, or {_SAVE}", place, Severity.WARNING),)
    text = codecs.getincrementaldecoder(encoding)("strict").decode(head).removeprefix("\ufeff")
    first, _, _ = text.partition("\n")
    told = first.rstrip("\r").removeprefix("sep=")
    if first.startswith("sep=") and len(told) == 1:
        return TextTable(path, encoding, told, 1, findings)
    return TextTable(path, encoding, delimiter or _delimiter(text), 0, findings)


def _encoding(head: bytes, file: BinaryIO) -> str | None:
    """Name the encoding in which all of the file can be read."""
    if head.startswith(codecs.BOM_UTF8):
        guesses = ["utf-8-sig"]
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guesses = ["utf-16"]
    else:
        guesses = [*_unmarked_utf16(head), "utf-8", "cp1252"]
    return next((guess for guess in guesses if _readable(file, guess)), None)


def _unmarked_utf16(head: bytes) -> list[str]:
    """Tell UTF-16 without a mark by its zeros: a header's letters are mostly Latin."""
    start = head[:_MARKLESS_BYTES]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) <= len(start) / 4 or max(even, odd) < 4 * min(even, odd):
        return []
    return ["utf-16-le" if odd > even else "utf-16-be"]


def _readable(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """Find what stands between the cells: what lets most columns of the header be known."""
    for delimiter in DELIMITERS:
        if is_failed(map(plain, next(_first_rows(text, delimiter), ()))):
            return delimiter  # whatever else the cells of our own header hold
    best = max(DELIMITERS, key=lambda delimiter: _score(text, delimiter))
    return best if any(_score(text, best)) else ","


def _score(text: str, delimiter: str) -> tuple[int, int]:
    known, most = 0, 0
    for cells in _first_rows(text, delimiter):
        known = max(known, len(set(filter(None, meanings(cells)))))
        most = most or max(0, len(cells) - 1)
    return known, most


def _first_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Give the rows among which the header stands, as far as they can be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with suppress(csv.Error):
        yield from islice(reader, HEADER_WITHIN)
