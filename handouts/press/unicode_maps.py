"""Fonts' maps from glyphs back to letters, without gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Dictionary

if TYPE_CHECKING:
    from pikepdf import Pdf

_NOTHING = b" <>\n"
_WORD_JOINER = b" <2060>\n"
"""A letter that is neither seen, nor spoken, nor a break between words."""


def fill_unicode_maps(pdf: Pdf) -> None:
    """Give each glyph a letter, as PDF/UA-1 asks (ISO 14289-1, 7.21.7).

    Where several glyphs make up one letter, such as an alef and its hamza, the engine maps the
    first to the letter and the others to nothing.
    """
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and "/ToUnicode" in thing:
            letters = thing.ToUnicode.read_bytes()
            if _NOTHING in letters:
                thing.ToUnicode.write(letters.replace(_NOTHING, _WORD_JOINER))
