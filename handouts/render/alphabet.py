"""Letters for the few words in a sheet's margin, from the pieces' own face.

Such words change from sheet to sheet. To lay each out takes some milliseconds, and to write
glyphs of known widths a hundredth of that. The face is taken whole: to cut it down takes longer
than all else, and saves 30 KB in a file of many sheets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

from handouts.imposition.sheet_words import Alphabet
from handouts.render.fonts import font_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FAMILY, _FACE = "Atkinson Hyperlegible", "Regular"


def alphabet(texts: Iterable[str]) -> tuple[Alphabet, dict[str, str]]:
    """Give the letters of texts, and for each text how it is written with them.

    A letter that the face lacks is written by its number, such as U+0623, so that nothing is
    lost; a print shop's own words and record numbers seldom have one.

    Raises:
        MachineError: the font is not installed.

    """
    path = _file()
    with TTFont(path, lazy=True) as font:
        known = font.getBestCmap()
        written = {
            text: "".join(one if ord(one) in known else f"U+{ord(one):04X}" for one in text)
            for text in texts
        }
        head, across, widths = font["head"], font["hhea"], font["hmtx"].metrics

        def scaled(length: float) -> int:
            return round(1000 * length / int(head.unitsPerEm))

        glyphs = {
            letter: (font.getGlyphID(known[ord(letter)]), scaled(widths[known[ord(letter)]][0]))
            for letter in sorted(set("".join(written.values())))
        }
        box = (scaled(head.xMin), scaled(head.yMin), scaled(head.xMax), scaled(head.yMax))
        ascent, descent = scaled(across.ascent), scaled(across.descent)
    return Alphabet(path.read_bytes(), path.stem, glyphs, box, ascent, descent), written


def _file() -> Path:
    return next(path for path in font_files(_FAMILY) if path.stem.endswith(f"-{_FACE}"))
