"""Colours as numbers: mixing them, and how well one is seen on another."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

WHITE = "#ffffff"
BLACK = "#000000"

LEAST_CONTRAST = 4.5
"""Words on paper: WCAG 2, level AA."""

LEAST_CONTRAST_OF_SHAPES = 3.0
"""Shapes that mean something: WCAG 2, level AA."""

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


@dataclass(frozen=True, slots=True)
class BrandColours:
    """How a clinic's main colour is printed, each as #rrggbb."""

    words: str
    """Headings and numbers on white."""
    ground: str
    """Filled areas."""
    on_ground: str
    """Words on such an area."""


def brand_colours(primary: str) -> BrandColours:
    """Turn a clinic's colour into colours that can be read.

    One that is nearly dark enough for words is darkened a little. A pale one would turn to
    mud: it becomes a ground under black words, and headings are black.

    Raises ValueError if the colour isn't written as #rrggbb.
    """
    if contrast(primary, WHITE) < LEAST_CONTRAST_OF_SHAPES:
        return BrandColours(BLACK, primary, BLACK)
    return BrandColours(readable(primary), readable(primary), WHITE)


def distance(colour: str, other: str) -> float:
    """Give the red-mean distance (0 to 765) of two colours: how far apart they look.

    Raises ValueError if a colour isn't written as #rrggbb.
    """
    (red, green, blue), (red2, green2, blue2) = _channels(colour), _channels(other)
    mean = (red + red2) / 2
    square = (2 + mean / 256) * (red - red2) ** 2 + 4 * (green - green2) ** 2
    return math.sqrt(square + (2 + (255 - mean) / 256) * (blue - blue2) ** 2)
