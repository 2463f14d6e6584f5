"""Writes the family Figures: the ten figures of Noto Sans, as large as Atkinson Hyperlegible's.

Atkinson Hyperlegible's zero is slashed and has no other form; small, bold or blurred it is taken
for an 8 or a 6, which a dose can't afford (ISMP's list of error-prone symbols, 2015). The figures
are scaled to the height of that face, and given its ascent and descent, so that a line is as high
with figures as without. Run it after an upgrade of a font package; it writes the same bytes again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

from handouts.render.fonts import FIGURES, FIGURES_FOLDER, font_folder

FIGURES_TEXT = "0123456789 "
"""The space behind a figure is set with it; it is as wide as the other face's."""
WEIGHTS = {"Regular": 400, "Bold": 650}
"""Semibold for bold: in bolder figures the holes close (shared by 0, 6, 8 and 9)."""


def figures(style: str) -> TTFont:
    """Make one style of the family."""
    font = TTFont(font_folder("Noto Sans") / "NotoSans[wdth,wght].ttf", recalcTimestamp=False)
    face = TTFont(font_folder("Atkinson Hyperlegible") / f"AtkinsonHyperlegible-{style}.ttf")
    font = instantiateVariableFont(font, {"wght": WEIGHTS[style], "wdth": 100})
    options = Options(layout_features=[], name_IDs=[0, 13, 14], notdef_outline=True, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=FIGURES_TEXT)
    subsetter.subset(font)
    wanted, own = face["glyf"]["zero"].yMax, font["glyf"]["zero"].yMax
    scale_upem(font, round(font["head"].unitsPerEm * wanted / own))
    font["head"].unitsPerEm = face["head"].unitsPerEm
    font["hmtx"]["space"] = face["hmtx"]["space"]
    for table, names in {
        "hhea": ("ascent", "descent", "lineGap"),
        "OS/2": (
            "sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent",
            "sCapHeight", "sxHeight", "usWeightClass", "fsSelection",
        ),
    }.items():  # fmt: skip
        for name in names:
            setattr(font[table], name, getattr(face[table], name))
    font["head"].macStyle = face["head"].macStyle
    whole = f"{FIGURES}-{style}"
    for number, text in {1: FIGURES, 2: style, 4: f"{FIGURES} {style}", 6: whole}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    return font


def main() -> None:
    """Write the family; with ``--check`` say whether it is as this would write it."""
    stale = []
    for style in WEIGHTS:
        path = FIGURES_FOLDER / f"{FIGURES}-{style}.ttf"
        fresh = FIGURES_FOLDER / "fresh.ttf"
        figures(style).save(fresh)
        if "--check" in sys.argv:
            if not path.exists() or path.read_bytes() != fresh.read_bytes():
                stale.append(path.name)
            fresh.unlink()
        else:
            fresh.replace(path)
    if stale:
        sys.exit(f"stale: {', '.join(stale)}; run: python {Path(__file__).name}")


if __name__ == "__main__":
    main()
