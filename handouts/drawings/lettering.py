"""The letters of drawings: their font, and how wide words are in it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width, normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

FONT_FAMILY = "Atkinson Hyperlegible"
WIDTHS_EM: Mapping[float, str] = MappingProxyType(
    {
        0.16: "'",
        0.22: ".,:;",
        0.24: "l’",
        0.26: "j",
        0.28: "i",
        0.3: " !()",
        0.32: "f",
        0.34: "rt",
        0.38: "-/",
        0.42: "I1",
        0.44: "y",
        0.46: "vz",
        0.48: "sx–",
        0.5: "ck",
        0.52: "J7?",
        0.54: "aeuL",
        0.56: "hnoFT2ø",
        0.58: "bdgpqE3",
        0.6: "SVY569ß",
        0.62: "BPRZ48",
        0.64: "AKX",
        0.66: "wC0",
        0.68: "D",
        0.7: "HNU",
        0.72: "G&",
        0.74: "OØ",
        0.76: "Q",
        0.82: "M",
        0.84: "W",
        0.86: "m",
        0.88: "æ",
        0.94: "œ",
        1: "Æ",
        1.06: "Œ",
    }
)
"""How wide the letters of Atkinson Hyperlegible are: its own advances, rounded up."""
WIDEST_EM = 1.06
"""For a letter that is in no list."""
_USUAL_EM = 0.62
_NOT_ROUNDED_UP = 0.98
"""By so much the widths in the list are too large, over a line of English."""
_LETTER_EM = {letter: em for em, letters in WIDTHS_EM.items() for letter in letters}


def width_em(text: str) -> float:
    """Give the width of one line of words, in sizes of its letters; never less than it is."""
    bare = (letter for letter in normalize("NFD", text) if not combining(letter))
    return sum(_LETTER_EM.get(letter, WIDEST_EM) for letter in bare)


def lines_of(text: str, line_em: float) -> int:
    """Count the lines that words take, or in letters of no list mostly take."""
    lines, filled_em = 1, 0.0
    for word in text.split():
        word_em = sum(_LETTER_EM.get(letter, _usual_em(letter)) for letter in word)
        word_em *= _NOT_ROUNDED_UP
        with_space_em = filled_em + width_em(" ") + word_em if filled_em else word_em
        if with_space_em <= line_em:
            filled_em = with_space_em
            continue
        lines += 1 if filled_em else 0
        lines += int(word_em // line_em)  # longer than a line, it is broken
        filled_em = word_em % line_em
    return lines


def _usual_em(letter: str) -> float:
    """Say how wide a letter mostly is that is in no list; accents take no room."""
    if combining(letter):
        return 0.0
    return WIDEST_EM if east_asian_width(letter) in "WF" else _USUAL_EM
