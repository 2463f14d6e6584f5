"""sRGB to the inks of a press, by its ICC profile."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image, ImageCms

from handouts.assets import shipped_profile

if TYPE_CHECKING:
    from pathlib import Path

MOST_INK_PERCENT = 300
"""Total area coverage that coated sheet-fed offset takes (Fogra's data for FOGRA39: 300 to 330)."""
MOST_COLOURED_INK_PERCENT = 200
"""Cyan, magenta and yellow together: black text printed over them stays within MOST_INK_PERCENT."""


class Ink(NamedTuple):
    """A colour in whole percents of the four inks."""

    cyan: int
    magenta: int
    yellow: int
    black: int


BLACK = Ink(0, 0, 0, 100)


@dataclass(frozen=True, slots=True)
class Condition:
    """The printing condition that a file is made for."""

    identifier: str
    registry: str | None
    """Where the identifier is registered; None for a print shop's own profile."""
    description: str
    profile: bytes


def read_condition(path: Path) -> Condition:
    """Read a checked ICC profile; the shipped one is a condition of the ICC's registry."""
    data = path.read_bytes()
    if path == shipped_profile():
        return Condition(
            "FOGRA39", "http://www.color.org", "Coated FOGRA39 (ISO 12647-2:2004)", data
        )
    described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(data))).strip()
    return Condition("Custom", None, described or path.stem, data)


def within_limit(ink: Ink) -> Ink:
    """Take what is too much of the three coloured inks out in equal parts and put it into black."""
    over = sum(ink[:3]) - MOST_COLOURED_INK_PERCENT
    if over <= 0:
        return ink
    part = math.ceil(over / 3)
    cyan, magenta, yellow = (max(0, amount - part) for amount in ink[:3])
    return Ink(cyan, magenta, yellow, min(100, ink.black + part))


class Inks:
    """Turns sRGB into inks: relative colorimetric with black point compensation."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self._known: dict[tuple[float, float, float], Ink] = {}

    @cached_property
    def _transform(self) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(BytesIO(self._condition.profile)),
            "RGB",
            "CMYK",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )

    def of(self, red: float, green: float, blue: float) -> Ink:
        """Give the inks of a colour whose parts run from 0 to 1; a neutral is black ink alone."""
        colour = red, green, blue
        if colour not in self._known:
            self._known[colour] = self._find(colour)
        return self._known[colour]

    def _find(self, colour: tuple[float, float, float]) -> Ink:
        red, green, blue = (round(255 * min(1.0, max(0.0, part))) for part in colour)
        if red == green == blue:
            return Ink(0, 0, 0, round(100 * (255 - red) / 255))
        dot = Image.new("RGB", (1, 1), (red, green, blue))
        amounts = np.asarray(self._applied(dot)).reshape(4)
        return within_limit(Ink(*(round(int(amount) / 2.55) for amount in amounts)))

    def picture(self, picture: Image.Image) -> bytes:
        """Give an RGB picture's dots as CMYK bytes, within the same limits as flat colours."""
        amounts = np.asarray(self._applied(picture)).astype(np.int16)
        over = amounts[..., :3].sum(axis=2) - math.floor(MOST_COLOURED_INK_PERCENT * 2.55)
        part = np.maximum(0, -(-over // 3)).astype(np.int16)
        amounts[..., :3] -= part[..., None]
        amounts[..., 3] += part
        return amounts.clip(0, 255).astype(np.uint8).tobytes()

    def _applied(self, picture: Image.Image) -> Image.Image:
        converted = ImageCms.applyTransform(picture, self._transform)
        if converted is None:
            raise RuntimeError("the colour engine gave no picture")
        return converted
