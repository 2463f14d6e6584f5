"""The colours that a fixed picture's classes stand for.

A part of the class ``fill-NAME`` is filled with the colour NAME, one of ``line-NAME`` is drawn
with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.drawings.colours import LEAST_CONTRAST_OF_SHAPES, darkened, luminance, mix
from handouts.drawings.palette import SLATE

if TYPE_CHECKING:
    from handouts.drawings.palette import Palette

AREAS = 4
"""Areas that are told apart by their hue."""
PLACES = 3
"""Places in one hue, which only their hatching tells apart."""
WAVES = 10
"""Tones from a level line, 0, to the most restless one."""
_WAVE_TURN = 0.45
"""How far (0 to 1) from the level tone to the restless one the middle tone lies."""


def role_colours(palette: Palette) -> dict[str, str]:
    """Give the colour of each role, as #rrggbb.

    Where the palette has no tints, areas and places are filled with a pattern of the picture
    itself, as ``url(#hatch-1)``.
    """
    colours = {
        "ink": palette.line,
        "paper": palette.white,
        "sand": palette.sand,
        "skin": palette.skin,
        "skin-shadow": palette.skin_deep,
        "lips": palette.lips,
        "hair": palette.hair,
    }
    return colours | (_in_one_ink(palette) if palette.hatched else _in_colours(palette))


def _in_colours(palette: Palette) -> dict[str, str]:
    treated = mix(palette.skin_light, palette.accent, 0.78)
    colours = {
        "strand": mix(palette.hair, palette.white, 0.16),
        "cropped-hair": mix(palette.skin, SLATE, 0.16),
        "shirt": palette.primary,
        "rim": palette.white,
        "fibre": mix(treated, palette.white, 0.3),
        "casing": mix(palette.skin_light, palette.white, 0.5),
    }
    pale_skin = mix(palette.white, palette.skin, 0.1)
    hues = (palette.primary, palette.third, palette.accent, palette.fourth)
    for number, hue in enumerate(hues, start=1):
        tint = mix(pale_skin, hue, 0.3 + 0.2 * luminance(hue))
        colours[f"area-{number}"] = tint
        colours[f"area-{number}-deep"] = mix(tint, hue, 0.3)
        colours[f"nerve-{number}"] = darkened(
            hue, against=palette.white, ratio=LEAST_CONTRAST_OF_SHAPES
        )
    colours |= {f"place-{number}": treated for number in range(1, PLACES + 1)}
    return colours | {f"wave-{step}": _wave(step / (WAVES - 1), palette) for step in range(WAVES)}


def _wave(unrest: float, palette: Palette) -> str:
    level = mix(palette.sand, palette.primary, 0.4)
    middle = mix(palette.sand, palette.third, 0.85)
    if unrest < _WAVE_TURN:
        return mix(level, middle, unrest / _WAVE_TURN)
    return mix(middle, palette.accent, (unrest - _WAVE_TURN) / (1 - _WAVE_TURN))


def _in_one_ink(palette: Palette) -> dict[str, str]:
    white = dict.fromkeys(("cropped-hair", "shirt", "casing"), palette.white)
    lines = dict.fromkeys(("strand", "rim", "fibre"), palette.line)
    lines |= {f"nerve-{number}": palette.line for number in range(1, AREAS + 1)}
    lines |= {f"wave-{step}": palette.line for step in range(WAVES)}
    hatches = {f"place-{number}": f"url(#hatch-{number})" for number in range(1, PLACES + 1)}
    hatches |= {f"area-{number}": f"url(#hatch-{number})" for number in range(1, AREAS + 1)}
    deep = {f"area-{number}-deep": f"url(#hatch-{number})" for number in range(1, AREAS + 1)}
    return white | lines | hatches | deep
