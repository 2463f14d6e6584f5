"""Characters that no shipped font can draw, found before anything is laid out."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from handouts.basics.findings import Finding, Place
from handouts.render.fonts import FONT_PACKAGES, SCRIPT_PACKAGES, is_covered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent
    from handouts.models.base import Path

_INVISIBLE = {"Cf", "Zs"}
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


def missing_glyphs(composed: Composed, loaded: LoadedContent) -> Iterator[Finding]:
    """Find the characters of a piece that would come out as empty boxes."""
    characters = {character for chunk in composed.chunks for character in chunk.text}
    for character in undrawable(characters):
        yield no_glyph(character, _place_of(character, composed, loaded))


def undrawable(characters: Iterable[str]) -> Iterator[str]:
    """Give the characters that no font has, in their order in Unicode."""
    for character in sorted(set(characters)):
        invisible = unicodedata.category(character) in _INVISIBLE
        if not (invisible or ord(character) in _VARIATION_SELECTORS or is_covered(character)):
            yield character


def no_glyph(character: str, place: Place) -> Finding:
    """Say that no font has a character."""
    if unicodedata.category(character) == "Co":
        return Finding(
            f"no font has the sign U+{ord(character):04X} that stands here",
            "a word processor has it in a font of its own, often as a bullet",
            "delete it; a line of a list begins with a hyphen",
            place,
        )
    name = unicodedata.name(character, "no name")
    return Finding(
        f"no font has a glyph for {character} (U+{ord(character):04X} {name})",
        f"the shipped fonts are {', '.join(FONT_PACKAGES | SCRIPT_PACKAGES)}",
        "take the character out or write it in words",
        place,
    )


def _place_of(character: str, composed: Composed, loaded: LoadedContent) -> Place:
    path = _first_with(character, loaded.source.value, ())
    if path is None:
        return Place(file="templates", piece=composed.label)
    place = loaded.place(path)
    return Place(place.file, place.line, place.column, composed.label)


def _first_with(character: str, value: Any, path: Path) -> Path | None:
    if isinstance(value, str):
        return path if character in value else None
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, tuple):
        items = enumerate(value)
    found = (_first_with(character, item, (*path, key)) for key, item in items)
    return next((place for place in found if place is not None), None)
