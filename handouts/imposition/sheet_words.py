"""The words in the margin of a press sheet, and the letters that they are set in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Alphabet:
    """A font's letters that are needed, one glyph each; lengths are in 1/1000 of its size."""

    font: bytes
    """The font program, TrueType, with those glyphs alone."""
    name: str
    glyphs: Mapping[str, tuple[int, int]]
    """For each letter its glyph's number, and how far it advances."""
    box: tuple[int, int, int, int]
    ascent: int
    descent: int

    def width(self, text: str) -> int:
        """Say how long a text is."""
        return sum(self.glyphs[letter][1] for letter in text)


@dataclass(frozen=True, slots=True)
class Described:
    """What an imposed document says of itself."""

    title: str
    version: str
    language: str
    day: str
    """The day of its content, as ISO 8601 writes it."""


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands in the margins of a press file's sheets.

    ``lines`` holds for each side, in the order of printing, the slug's lower line; ``records``
    the words that stand beside a page's place, by the page. All letters are in the alphabet.
    """

    first: str
    lines: tuple[str, ...]
    alphabet: Alphabet
    records: Mapping[int, str] = field(default_factory=dict)
