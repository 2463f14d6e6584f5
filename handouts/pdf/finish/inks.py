"""sRGB to the inks of a press, by its ICC profile."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image, ImageCms

from handouts.basics.press_conditions import MOST_INK_PERCENT, described, in_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


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
    most_ink_percent: int = MOST_INK_PERCENT
    """Total area coverage that the paper takes."""

    @property
    def most_coloured_ink_percent(self) -> int:
        """Cyan, magenta and yellow together: black text over them stays within the limit."""
        return self.most_ink_percent - BLACK.black


def read_condition(path: Path) -> Condition:
    """Read a checked ICC profile; one of a condition's own name is that of the ICC's registry."""
    data = path.read_bytes()
    told = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(data))).strip()
    named = in_file(path.name)
    if named is not None and named.is_described(told):
        return Condition(
            named.identifier, named.registry, named.description, data, named.most_ink_percent
        )
    known = described(told)
    most = min((one.most_ink_percent for one in known), default=MOST_INK_PERCENT)
    return Condition("Custom", None, told or path.stem, data, most)


def within_limit(ink: Ink, most_ink_percent: int = MOST_INK_PERCENT) -> Ink:
    """Take what is too much of the three coloured inks out in equal parts and put it into black."""
    most = most_ink_percent - BLACK.black
    colours = list(ink[:3])
    while (over := sum(colours) - most) > 0:  # again where an ink had less than its part
        inked = [amount for amount in colours if amount]
        part = math.ceil(over / len(inked))
        colours = [max(0, amount - part) for amount in colours]
    taken = sum(ink[:3]) - sum(colours)
    cyan, magenta, yellow = colours
    return Ink(cyan, magenta, yellow, min(100, ink.black + math.ceil(taken / 3)))


class Inks:
    """Turns sRGB into inks: relative colorimetric with black point compensation."""

    overprints = True
    """Whether black text may overprint."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self._known: dict[tuple[float, float, float], Ink] = {}

    @property
    def most_ink_percent(self) -> int:
        """What the paper takes."""
        return self._condition.most_ink_percent

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
            return Ink(0, 0, 0, round(float(self._black_for_grey[red]) / 2.55))
        dot = Image.new("RGB", (1, 1), (red, green, blue))
        amounts = np.asarray(_applied(dot, self._transform)).reshape(4)
        return self.limited(Ink(*(round(int(amount) / 2.55) for amount in amounts)))

    def limited(self, ink: Ink) -> Ink:
        """Give a colour within what the paper takes."""
        return within_limit(ink, self.most_ink_percent)

    @cached_property
    def _black_for_grey(self) -> NDArray[np.float64]:
        """How much black ink (0 to 255) looks like each of the 256 greys, white to black.

        Ink spreads in the paper, so as much ink as a grey lacks in light would look too dark
        or too pale. The darkest grey is the black ink's own (black point compensation).
        """
        wedge = np.zeros((1, 256, 4), np.uint8)
        wedge[0, :, 3] = np.arange(256)
        to_lab = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(BytesIO(self._condition.profile)),
            ImageCms.createProfile("LAB"),
            "CMYK",
            "LAB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
        lab = _applied(Image.frombytes("CMYK", (256, 1), wedge.tobytes()), to_lab)
        printed = _light_of_lightness(np.asarray(lab)[0, :, 0] / 255 * 100)
        shown = _light_of_grey(np.arange(256) / 255)
        darkest, lightest = printed[-1], printed[0]
        wanted = darkest + (lightest - darkest) * shown
        black: NDArray[np.float64] = np.interp(
            wanted, np.minimum.accumulate(printed)[::-1], np.arange(255, -1, -1)
        )
        black[[0, 255]] = 255, 0
        return black

    def grey_picture(self, grey: NDArray[np.uint8]) -> bytes:
        """Give a grey picture's dots as DeviceGray bytes, which are black ink alone."""
        table = 255 - np.round(self._black_for_grey).astype(np.uint8)
        return bytes(table[grey].tobytes())

    def picture(self, picture: Image.Image) -> bytes:
        """Give an RGB picture's dots as CMYK bytes, within the same limits as flat colours."""
        amounts = np.asarray(_applied(picture, self._transform)).astype(np.int16)
        colours = amounts[..., :3]
        before = colours.sum(axis=2)
        most = math.floor(self._condition.most_coloured_ink_percent * 2.55)
        for _ in range(3):  # again where an ink had less than its part
            over = np.maximum(0, colours.sum(axis=2) - most)
            inked = np.maximum(1, (colours > 0).sum(axis=2))
            part = -(-over // inked)
            np.maximum(0, colours - part[..., None], out=colours)
        amounts[..., 3] += -(-(before - colours.sum(axis=2)) // 3)
        return amounts.clip(0, 255).astype(np.uint8).tobytes()


def _applied(picture: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    converted = ImageCms.applyTransform(picture, transform)
    if converted is None:
        raise RuntimeError("the colour engine gave no picture")
    return converted


def _light_of_lightness(lightness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn CIE L* (0 to 100) into light (0 to 1)."""
    return np.where(lightness > 8, ((lightness + 16) / 116) ** 3, lightness / 903.3)


def _light_of_grey(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn an sRGB grey into light (IEC 61966-2-1)."""
    return np.where(grey > 0.04045, ((grey + 0.055) / 1.055) ** 2.4, grey / 12.92)


class Luminosity:
    """Turns the colours of a soft mask into the black ink whose lack is the mask's opacity."""

    overprints = False
    most_ink_percent = MOST_INK_PERCENT

    def limited(self, ink: Ink) -> Ink:
        """Leave black as it is."""
        return ink

    def of(self, red: float, green: float, blue: float) -> Ink:
        """Give the black that is as dark as a colour (ISO 32000-1, 11.3.5.3)."""
        light = 0.3 * red + 0.59 * green + 0.11 * blue
        return Ink(0, 0, 0, round(100 * (1 - light)))

    def grey_picture(self, grey: NDArray[np.uint8]) -> bytes:
        """Leave a grey picture as it is."""
        return grey.tobytes()

    def picture(self, picture: Image.Image) -> bytes:
        """Give a colour picture's dots as CMYK bytes, in black alone."""
        grey = np.asarray(picture.convert("L"))
        amounts = np.zeros((*grey.shape, 4), np.uint8)
        amounts[..., 3] = 255 - grey
        return amounts.tobytes()
