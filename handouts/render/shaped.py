"""A line of words that was shaped, and the glyphs that its fonts were used for."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shaped:
    """A line of words as PDF operators, each with its place from the line's start."""

    width_px: float
    parts: tuple[tuple[float, str], ...]
    right_to_left: bool


@dataclass(slots=True)
class FontUse:
    """The glyphs of a font that were used: their widths, and the words they stand for.

    Where a glyph stands for different words in different lines, there is a table for each.
    """

    face: str
    """Names the font: the same in every process."""
    number: int
    """Counted from 0, in the order in which they came up."""
    sample: tuple[int, int | None, str]
    """A style, a size in points and words that bring the font up."""
    widths: dict[int, int] = field(default_factory=dict)
    tables: list[dict[int, bytes]] = field(default_factory=list)
    written: dict[tuple[float, int, int, int], str] = field(default_factory=dict)
    """How a glyph is written, by the font's size, the glyph, its width and its offset."""

    def table(self, words: dict[int, bytes], *, any_words: bool) -> int:
        """Give the number of a table in which all glyphs stand for these words."""
        for number, table in enumerate(self.tables):
            if words.items() <= table.items():
                return number
            if any_words or all(table.get(glyph, text) == text for glyph, text in words.items()):
                for glyph, text in words.items():
                    table.setdefault(glyph, text)
                return number
        self.tables.append(dict(words))
        return len(self.tables) - 1
