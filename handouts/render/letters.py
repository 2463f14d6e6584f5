"""Which letters each glyph of a line stands for, so that readers get them back one by one.

Readers (Poppler, PDFium) take the letters of right-to-left words in the order of their glyphs,
from left to right, and turn them round; words kept for a whole line would come out backwards. So
each glyph of such a line says its own letter, by its font's table. Glyphs beside a letter's own,
such as its dots and vowels, say nothing: what is kept beside them (ISO 32000-1, 14.9.4) is white
space, which both readers pass over. Told by a font's table, they would break word or line.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, islice, takewhile
from operator import itemgetter
from typing import TYPE_CHECKING

from handouts.compose.scripts import RIGHT_TO_LEFT_MARK, reads_back, runs_right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EMPTY_GLYPH = 0x0FFFFFFF
"""Pango's for a letter that takes no room; it is not drawn."""
PX_PER_UNIT = 1 / 1024
"""Of Pango's units."""
_HIGHEST_KEPT = "\uffff"
"""PDFium drops what lies above from words that are kept, and reads it from a font's own table."""
NOTHING = "\t"
"""Unlike an empty text, it keeps PDFium from reading the glyphs themselves."""
_SIGNS = {"Po", "Pd", "Pi", "Pf", "Zs"}
_LEAST_MOVE = 0.05
"""In thousandths of the font's size."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph as it was shaped; lengths are in Pango's units."""

    number: int
    width: int
    x_offset: int
    y_offset: int


@dataclass(frozen=True, slots=True)
class Spelled:
    """Glyphs, each by its place in the item and in the order in which they are drawn."""

    places: tuple[int, ...]
    words: str
    """What a font's table says of the first of them, in the order in which readers take it."""
    kept: str = ""
    """What is kept beside them; empty where their font tells it."""

    @property
    def told(self) -> str:
        """What readers get from them, from left to right."""
        return "" if self.kept == NOTHING else self.kept or self.words


def letter_by_letter(text: str) -> bool:
    """Say whether a line's letters have to be told one by one."""
    return runs_right_to_left(text) or max(text, default="") > _HIGHEST_KEPT


def begin_kept(letters: str) -> str:
    """Write the operator that keeps letters beside what follows, until ``EMC``."""
    return f"/Span<</ActualText<feff{letters.encode('utf-16-be').hex()}>>>BDC "


def spelled(
    glyphs: Sequence[Glyph], clusters: Sequence[int], utf8: bytes, *, backwards: bool
) -> list[Spelled]:
    """Say which letters the glyphs of an item stand for, from left to right.

    ``clusters`` has for each glyph where in the item's text, ``utf8``, its letters begin.
    """
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(utf8)], strict=True))
    drawn: dict[int, list[int]] = {start: [] for start in starts}
    for place, start in enumerate(clusters):
        if glyphs[place].number != EMPTY_GLYPH:
            drawn[start].append(place)
    shared: list[tuple[list[int], str]] = []
    for start in starts:
        letters = utf8[start : ends[start]].decode().replace(RIGHT_TO_LEFT_MARK, "")
        marks = backwards and all(map(unicodedata.combining, letters))
        if shared and (marks or not drawn[start]):  # of the letter before; joiners aren't drawn
            places = shared[-1][0]
            before = (drawn[start] + places) if backwards else (places + drawn[start])
            shared[-1] = before, shared[-1][1] + letters
        else:
            shared.append((drawn[start], letters))
    if backwards:
        shared.reverse()
    return [
        one
        for places, letters in shared
        if places
        for one in _of_cluster(glyphs, places, letters, backwards=backwards)
    ]


def _of_cluster(
    glyphs: Sequence[Glyph], places: list[int], letters: str, *, backwards: bool
) -> Iterator[Spelled]:
    """Share glyphs among the letters that they stand for together."""
    if max(letters) > _HIGHEST_KEPT or letters.isspace():
        yield from (Spelled((place,), letters if place == places[-1] else "") for place in places)
    elif not backwards:
        plain = reads_back(letters) and len(places) == 1
        yield Spelled(tuple(places), letters, "" if plain else letters)
    elif len(letters) == len(places) and not any(glyphs[place].y_offset for place in places):
        yield from (
            Spelled((place,), letter)
            for place, letter in zip(places, reversed(letters), strict=True)
        )
    else:
        *others, own = places
        yield Spelled((own,), letters[::-1])
        if others:
            yield Spelled(tuple(others), "", NOTHING)


def ends_told(runs: list[list[Spelled]]) -> list[list[Spelled]]:
    """Let signs with which words from right to left begin or end be told with a letter.

    ``runs`` are a line's fonts' glyphs, from left to right. PDFium takes a low sign at an end for a
    part of what stands beside the line, and one beside words from left to right for one of theirs.
    """
    found: list[Spelled] = []
    every = [one for run in runs for one in run]
    for other, stretch in groupby(_beside_left_to_right(every), key=itemgetter(0)):
        part = [one for _, one in stretch]
        for step in () if other else (1, -1):
            part = _end_told(part[::step], step)[::step]
        found += part
    rest = iter(found)
    return [list(islice(rest, len(run))) for run in runs]


def _beside_left_to_right(found: list[Spelled]) -> list[tuple[bool, Spelled]]:
    """Say of each whether it belongs to words from left to right, with the blanks around them."""
    right = [any(map(_runs_right, one.told)) for one in found]
    for step in (1, -1):
        before = False
        for at in range(len(found))[::step]:
            right[at] = before = right[at] or (before and found[at].told.isspace())
    return list(zip(right, found, strict=True))


def _runs_right(letter: str) -> bool:
    return unicodedata.bidirectional(letter) == "L"


def _end_told(found: list[Spelled], step: int) -> list[Spelled]:
    """Do so at the end with which a line's glyphs begin here; ``step`` is -1 on the right."""
    signs = list(takewhile(lambda one: set(map(unicodedata.category, one.told)) <= _SIGNS, found))
    letter, *others = found[len(signs) :] or [Spelled((), "")]
    if not any(one.told for one in signs) or not runs_right_to_left(letter.told):
        return found
    in_order = [*signs, letter][::-step]
    told = replace(letter, kept="".join(one.told[::-1] for one in in_order))
    return [*(replace(one, kept=NOTHING) for one in signs), told, *others]


def tables_words(found: Sequence[Spelled], glyphs: Sequence[Glyph]) -> dict[int, str] | None:
    """Give what a font's table has to say of each glyph; None where it would have to say two."""
    words: dict[int, str] = {}
    for one in found:
        glyph = glyphs[one.places[0]].number
        if not one.kept and words.setdefault(glyph, one.words) != one.words:
            return None
    return words


def written(
    glyphs: Sequence[Glyph],
    found: Sequence[Spelled],
    size_px: float,
    advance: Callable[[int], int],
    end: int | None = None,
) -> str:
    """Write an item's glyphs as PDF operators.

    ``advance`` gives a glyph's own width, in thousandths of the font's size. Where ``found`` is
    a part of the item, what follows it begins at the glyph ``end``.
    """
    per_unit = 1000 * PX_PER_UNIT / size_px
    lefts = [0.0, *accumulate(glyph.width * per_unit for glyph in glyphs)]
    line = _Line(lefts[min(place for one in found for place in one.places)])
    for one in found:
        if one.kept:
            line.add(begin_kept(one.kept))
        for place in one.places:
            glyph = glyphs[place]
            rise_px = -glyph.y_offset * PX_PER_UNIT
            if rise_px:
                line.add(f"{rise_px:.4f} Ts ")
            line.move_to(lefts[place] + glyph.x_offset * per_unit)
            line.show(glyph.number, advance(glyph.number))
            if rise_px:
                line.add("0 Ts ")
        if one.kept:
            line.add("EMC ")
    line.move_to(lefts[len(glyphs) if end is None else end])
    return line.add("")


class _Line:
    """Operators of a line, and how far its pen has come, in thousandths of the font's size."""

    def __init__(self, at: float) -> None:
        self._at = at
        self._operators: list[str] = []
        self._array: list[str] = []

    def move_to(self, along: float) -> None:
        if abs(along - self._at) > _LEAST_MOVE:
            self._array.append(f"{self._at - along:.2f}")
            self._at = along

    def show(self, glyph: int, advance: int) -> None:
        self._array.append(f"<{glyph:04x}>")
        self._at += advance

    def add(self, operator: str) -> str:
        """Write an operator behind what is shown so far; gives all that is written."""
        if self._array:
            self._operators.append(f"[{''.join(self._array)}]TJ ".replace("><", ""))
            self._array.clear()
        self._operators.append(operator)
        return "".join(self._operators)
