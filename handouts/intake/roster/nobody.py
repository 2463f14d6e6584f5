"""Rows that are no people: sums below a list, headings within it, its header once more."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.intake.roster.header_words import header_words, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.intake.roster.columns import Columns
    from handouts.intake.roster.sheet_rows import Span

OF_NAMES = ("patient", "first_name", "last_name")
_FILE = "nobody.toml"
_CLOCK = re.compile(r"\d{1,2}([:.]\d{2})?( ?[ap]m)?|\d{1,4}", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+(?:[:.'’-][^\W_]+)*")
_TOTAL_OF = re.compile(
    r"(?:grand |sub ?)?total(?:s|e|en)?\b[^a-z]*"
    r"(?:of .*|(?:sheets?|copies|people|persons|patients|participants|attendees|names|rows)"
    r"[^a-z]*)?",
    re.IGNORECASE,
)
_START = 2
_TAKE_OUT = "take the row out, or write the person's name"


@dataclass(frozen=True, slots=True)
class NobodyWords:
    """What ``nobody.toml`` says."""

    total: frozenset[str]
    heading: frozenset[str]
    beside: frozenset[str]


@cache
def _words() -> NobodyWords:
    held = tomllib.loads(Path(__file__).with_name(_FILE).read_text(encoding="utf-8"))
    return NobodyWords(
        *(frozenset(map(plain, held[key])) for key in ("total", "heading", "beside"))
    )


class Nobody:
    """Finds rows of one table that are no people."""

    def __init__(self, columns: Columns) -> None:
        at = columns.at
        self._names = tuple(at[key] for key in OF_NAMES if key in at)
        self._heads = [plain(columns.header[index]) for index in self._names]
        self._others = [(key, index) for key, index in at.items() if key not in OF_NAMES]
        meanings = header_words().meanings
        self._name_words = {word for word, key in meanings.items() if key in OF_NAMES}
        words = {*_words().total, *self._heads, *self._name_words, *("grand", "sub", "total")}
        self._starts = {word[:_START] for word in words}

    def fault(self, name: str, cells: Sequence[str]) -> tuple[str, str] | None:
        """Say why a row with this name is no person's, and how to mend it; nothing if it may be."""
        if _plain_start(name) in self._starts:
            if plain(name) in _words().total or _TOTAL_OF.fullmatch(name.strip(" :*")):
                return "the row is a sum, and no person's", _TAKE_OUT
            if self._repeats_header(cells):
                return "the row repeats the header", "take it out"
        if len(cells) - cells.count("") <= len(self._names) and _is_heading(name):
            return "the row is a heading, and no person's", _TAKE_OUT
        return None

    def _repeats_header(self, cells: Sequence[str]) -> bool:
        """Say whether the cells of the names are called as their columns are, or could be."""
        found = [plain(cells[index]) for index in self._names]
        if found == self._heads:
            return True
        meanings = header_words().meanings
        return self._name_words.issuperset(found) and all(
            meanings.get(plain(cells[index])) == key
            for key, index in self._others
            if cells[index].strip()
        )


def _plain_start(name: str) -> str:
    """Give the first letters of a name, case left aside: few names share them with a word."""
    start = name.lstrip(" :*")[:_START]
    return start.casefold() if start.isascii() else plain(name)[:_START]


def _is_heading(name: str) -> bool:
    known = _words()
    words = [plain(word) for word in _WORDS.findall(name)]
    if words and name.rstrip().endswith(":"):
        return True
    rest = [word for word in words if word not in known.heading]
    return len(rest) < len(words) and all(
        word in known.beside or _CLOCK.fullmatch(word) for word in rest
    )


def merged_heading(span: Span, columns: Columns) -> bool:
    """Say whether cells merged within a row hide columns that are read."""
    read = set(columns.at.values()) & set(span.columns)
    return bool(read) and len(span.columns) > 1
