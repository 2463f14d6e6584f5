"""Colours: every tone of a picture, from the clinic's two colours or from one ink."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

WHITE = "#ffffff"
BLACK = "#000000"
SLATE = "#33454a"
SAND = "#efe6d8"
SKIN = "#e8c4a4"
SKIN_SHADOW = "#7a4a32"
COMPANIONS = ("#e3a63a", "#6a4a7c", "#4f86b0", "#7f9a3f", "#a8475f", "#2f6f4f")
"""Hues which join the clinic's colours, most wanted first."""

LEAST_CONTRAST = 4.5
"""Words on paper: WCAG 2, level AA."""

LEAST_CONTRAST_OF_SHAPES = 3.0
"""Shapes that mean something: WCAG 2, level AA."""

CLEAR_DISTANCE = 100.0
"""Red-mean distance (0 to 765) from which two hues are told apart at a glance."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def _channels(colour: str) -> tuple[int, int, int]:
    if not _HEX.fullmatch(colour):
        raise ValueError(f"A colour is written like #0f5c63, not {colour!r}.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """Move `colour` towards `other` by `share` (0 to 1).

    Raises ValueError if a colour isn't written as #rrggbb.
    """
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Give the WCAG relative luminance (0 to 1).

    Raises ValueError if the colour isn't written as #rrggbb.
    """

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = _channels(colour)
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(colour: str, other: str) -> float:
    """Give the WCAG contrast ratio (1 to 21) of two colours.

    Raises ValueError if a colour isn't written as #rrggbb.
    """
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str, *, against: str, ratio: float) -> str:
    """Darken `colour` just enough for a contrast of `ratio` (1 to 21) on `against`.

    Gives black if no shade of the colour reaches it.
    Raises ValueError if a colour isn't written as #rrggbb.
    """
    shades = (mix(colour, BLACK, step / 20) for step in range(21))
    return next((shade for shade in shades if contrast(shade, against) >= ratio), BLACK)


def readable(colour: str) -> str:
    """Give the colour, or the nearest darker shade in which words can be read on white.

    Raises ValueError if the colour isn't written as #rrggbb.
    """
    return darkened(colour, against=WHITE, ratio=LEAST_CONTRAST)


def _distance(colour: str, other: str) -> float:
    (red, green, blue), (red2, green2, blue2) = _channels(colour), _channels(other)
    mean = (red + red2) / 2
    square = (2 + mean / 256) * (red - red2) ** 2 + 4 * (green - green2) ** 2
    return math.sqrt(square + (2 + (255 - mean) / 256) * (blue - blue2) ** 2)


def _companion(*taken: str) -> str:
    def clearance(colour: str) -> float:
        return min(_distance(colour, other) for other in taken)

    clear = (colour for colour in COMPANIONS if clearance(colour) > CLEAR_DISTANCE)
    return next(clear, max(COMPANIONS, key=clearance))


@dataclass(frozen=True)
class Palette:
    """The tones of a picture, each as #rrggbb."""

    hatched: bool
    """Whether places are told apart by hatching, as one ink has no tints."""
    line: str
    white: str
    sand: str
    skin: str
    skin_light: str
    skin_deep: str
    lips: str
    hair: str
    primary: str
    accent: str
    third: str
    fourth: str

    @property
    def arrow(self) -> str:
        """The colour of movement arrows: the third hue, dark enough to stand on white paper."""
        return darkened(self.third, against=self.white, ratio=LEAST_CONTRAST_OF_SHAPES)

    @classmethod
    def full_colour(cls, primary: str, accent: str) -> Palette:
        """Build on the clinic's two colours, with two more hues which stand clear of them.

        Raises ValueError if a colour isn't written as #rrggbb.
        """
        third = _companion(primary, accent)
        skin_deep = mix(SKIN, SKIN_SHADOW, 0.22)
        return cls(
            hatched=False,
            line=SLATE,
            white=WHITE,
            sand=SAND,
            skin=SKIN,
            skin_light=mix(SKIN, WHITE, 0.45),
            skin_deep=skin_deep,
            lips=mix(skin_deep, "#b5533f", 0.22),
            hair=mix(primary, SLATE, 0.35),
            primary=primary,
            accent=accent,
            third=third,
            fourth=_companion(primary, accent, third),
        )

    @classmethod
    def one_ink(cls, ink: str = BLACK) -> Palette:
        """Draw with lines and hatching of one ink, on white paper.

        Raises ValueError if the ink isn't written as #rrggbb.
        """
        _channels(ink)
        return cls(
            hatched=True,
            line=ink,
            white=WHITE,
            sand=WHITE,
            skin=WHITE,
            skin_light=WHITE,
            skin_deep=WHITE,
            lips=WHITE,
            hair=WHITE,
            primary=ink,
            accent=ink,
            third=ink,
            fourth=ink,
        )
