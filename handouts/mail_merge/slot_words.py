"""A person's words set into the slots of a layout: shaped, placed and painted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from handouts.compose.laid_out import BLACK_OVERPRINT, KNOCKOUT
from handouts.mail_merge.rows import ON_ONE_LINE, SLOTS, Lines, Words, paragraph_at
from handouts.render.shaped import Shaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handouts.render.patches.shaping import Shaper
    from handouts.render.slots import Slot

_RGB = 3
_FIRST_COLOUR = "0 0 0 rg "
"""As a page begins (ISO 32000-1, 8.4.1)."""
_STATE = " gs "
_OVERPRINTS = f"/{BLACK_OVERPRINT}{_STATE}"
_BLACK_INK = (0.0, 0.0, 0.0, 1.0)
_NO_WORDS = Shaped(0.0, (), right_to_left=False)


@dataclass(frozen=True, slots=True)
class SlotPlace:
    """A slot, as far as it can be written before its words are known."""

    word: int
    """Which of the row's words it holds, and which paragraph of them."""
    paragraph: int
    line: int
    """Which line of its paragraph, and of how many."""
    lines: int
    style: int
    width_px: float
    widths_px: tuple[float, float]
    """Of the paragraph's first line, and of the others."""
    left_px: float
    right_px: float
    turns: bool
    colour: str
    down: str


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of words in its slot."""

    place: SlotPlace
    shaped: Shaped

    @property
    def left_px(self) -> float:
        """Where it begins."""
        turned = self.place.turns and self.shaped.right_to_left
        return self.place.right_px - self.shaped.width_px if turned else self.place.left_px

    @property
    def operators(self) -> str:
        """Its glyphs, each font's in its place."""
        left_px, down = self.left_px, self.place.down
        return "".join(
            f"1 0 0 -1 {left_px + along_px:.4f}{down}{shown}"
            for along_px, shown in self.shaped.parts
        )


def styles_of(slots: Iterable[Sequence[Slot]]) -> tuple[str, ...]:
    """Give the styles of the slots of layouts, each once, as JSON."""
    return tuple(sorted({_json(slot.style) for some in slots for slot in some}))


def places_of(
    pages: int, slots: tuple[Slot, ...], lines: Lines, styles: tuple[str, ...]
) -> tuple[tuple[SlotPlace, ...], ...]:
    """Give the slots of each page, each with the line that stands in it."""
    places: list[list[SlotPlace]] = [[] for _ in range(pages)]
    first: dict[tuple[int, str, int], Slot] = {}
    for slot in slots:
        word = SLOTS.index(slot.name)
        paragraph, line = paragraph_at(slot.line, lines[word])
        begin = first.setdefault((slot.page, slot.name, paragraph), slot)
        places[slot.page].append(
            SlotPlace(
                word,
                paragraph,
                line,
                lines[word][paragraph],
                styles.index(_json(slot.style)),
                slot.right_px - slot.left_px,
                (begin.right_px - begin.left_px, begin.right_px - begin.wrap_left_px),
                slot.left_px,
                slot.right_px,
                slot.turns,
                _painting(slot.colour),
                f" {slot.baseline_px:.4f} Tm ",
            )
        )
    return tuple(map(tuple, places))


def _painting(colour: tuple[float, ...]) -> str:
    """Write a colour; black ink prints over what is below it, as in every press file."""
    parts = " ".join(f"{part:.4g}" for part in colour)
    if len(colour) == _RGB:
        return f"{parts} rg "
    state = BLACK_OVERPRINT if colour == _BLACK_INK else KNOCKOUT
    return f"{parts} k /{state}{_STATE}"


def _line(shaper: Shaper, place: SlotPlace, words: Words) -> Shaped | None:
    """Shape the words that stand in a slot; None where they have not as many lines as it."""
    paragraphs, size_pt = words
    text = paragraphs[place.paragraph]
    if not text:
        return _NO_WORDS
    if place.lines == 1:
        return shaper.shape(place.style, size_pt, text)
    lines = shaper.lines(place.style, size_pt, text, place.widths_px)
    if lines is None or len(lines) != place.lines:
        return None
    return shaper.shape(place.style, size_pt, lines[place.line], text)


def line_counts(
    shaper: Shaper,
    places: tuple[tuple[SlotPlace, ...], ...],
    words: Sequence[Words],
    bound: tuple[str, ...],
    before: Lines,
) -> Lines | None:
    """Say how many lines a row's words take; None where that can't be told.

    Those that stand in no slot take as many as ``before``.
    """
    counts: list[dict[int, int]] = [{} for _ in SLOTS]
    for place in chain.from_iterable(places):
        paragraphs, size_pt = words[place.word]
        text = paragraphs[place.paragraph]
        shaped = shaper.shape(place.style, size_pt, text) if text else _NO_WORDS
        lines: tuple[str, ...] | None = (text,)
        if shaped is None or shaped.width_px > place.widths_px[0]:
            lines = shaper.lines(place.style, size_pt, text, place.widths_px)
        if lines is None or (len(lines) > 1 and any(phrase in text for phrase in bound)):
            return None
        if len(lines) > 1 and SLOTS[place.word] in ON_ONE_LINE:
            return None
        counts[place.word][place.paragraph] = len(lines)
    return tuple(
        tuple(count for _, count in sorted(found.items())) or had
        for found, had in zip(counts, before, strict=True)
    )


def set_words(
    shaper: Shaper, places: tuple[tuple[SlotPlace, ...], ...], words: Sequence[Words]
) -> list[list[SetLine]] | None:
    """Set a row's words on each of its pages, slot by slot; None where something doesn't fit."""
    pages = []
    for page in places:
        lines = []
        for place in page:
            shaped = _line(shaper, place, words[place.word])
            if shaped is None or shaped.width_px > place.width_px:
                return None
            lines.append(SetLine(place, shaped))
        pages.append(lines)
    return pages


def painted(page: Iterable[SetLine]) -> str:
    """Write what a person adds to a page, as a stream of its own."""
    operators = ["BT "]
    colour = _FIRST_COLOUR
    for line in page:
        if line.place.colour != colour:
            colour = line.place.colour
            operators.append(colour)
        operators.append(line.operators)
    if colour.endswith(_OVERPRINTS):  # what follows is not black text
        operators.append(f"/{KNOCKOUT} gs ")
    operators.append("ET")
    return "".join(operators)


def painted_in_place(line: SetLine) -> str:
    """Write a line where its slot stands within a page's stream, and leave no trace behind it."""
    return f"ET q BT {line.place.colour}{line.operators}ET Q BT" if line.operators else ""


def _json(style: dict[str, Any]) -> str:
    return json.dumps(style, sort_keys=True)
