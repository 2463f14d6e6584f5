"""The clinic's palette: every tone of a picture, from its two colours or from one ink."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.drawings.colours import (
    BLACK,
    LEAST_CONTRAST_OF_SHAPES,
    WHITE,
    darkened,
    distance,
    mix,
)

SLATE = "#33454a"
SAND = "#efe6d8"
SKIN = "#e8c4a4"
SKIN_SHADOW = "#7a4a32"
COMPANIONS = ("#e3a63a", "#6a4a7c", "#4f86b0", "#7f9a3f", "#a8475f", "#2f6f4f")
"""Hues which join the clinic's colours, most wanted first."""

CLEAR_DISTANCE = 100.0
"""Red-mean distance (0 to 765) from which two hues are told apart at a glance."""


def _companion(*taken: str) -> str:
    def clearance(colour: str) -> float:
        return min(distance(colour, other) for other in taken)

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
    def one_ink(cls) -> Palette:
        """Draw with black lines and hatching on white paper."""
        return cls(
            hatched=True,
            line=BLACK,
            white=WHITE,
            sand=WHITE,
            skin=WHITE,
            skin_light=WHITE,
            skin_deep=WHITE,
            lips=WHITE,
            hair=WHITE,
            primary=BLACK,
            accent=BLACK,
            third=BLACK,
            fourth=BLACK,
        )
