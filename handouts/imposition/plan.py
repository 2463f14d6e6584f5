"""The plan of an imposition: sheets, their sides, and what lies where on each.

All places are in points (1/72 inch) from a side's lower left corner, as that side is seen by
somebody who looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from handouts.basics.choices import Flip, Work

Rotation: TypeAlias = Literal[0, 90, 180, 270]
"""Degrees clockwise, as ``/Rotate`` counts them (ISO 32000-2, table 31)."""


class MarkKind(StrEnum):
    """What is done along a mark."""

    CUT = "cut"
    FOLD = "fold"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a side."""

    left_pt: float
    bottom_pt: float
    right_pt: float
    top_pt: float

    @property
    def width_pt(self) -> float:
        """From the left edge to the right."""
        return self.right_pt - self.left_pt

    @property
    def height_pt(self) -> float:
        """From the bottom to the top."""
        return self.top_pt - self.bottom_pt

    def moved(self, right_pt: float) -> Box:
        """Give the box moved to the right, or with a negative length to the left."""
        return Box(self.left_pt + right_pt, self.bottom_pt, self.right_pt + right_pt, self.top_pt)


@dataclass(frozen=True, slots=True)
class Placement:
    """A page of the source at its place on a side.

    ``left_pt`` and ``bottom_pt`` are the lower left corner of the page's trim box after it was
    turned. Nothing of the page is drawn outside ``window``: there its bleed ends, or its
    neighbor begins. ``slot`` counts from 0 in reading order of the front; the place behind a
    slot bears the same number. ``page`` counts from 0; ``None`` is a blank.
    """

    page: int | None
    left_pt: float
    bottom_pt: float
    rotation: Rotation
    slot: int
    window: Box


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that says where to cut or to fold; it lies outside the bleed."""

    kind: MarkKind
    x0_pt: float
    y0_pt: float
    x1_pt: float
    y1_pt: float


@dataclass(frozen=True, slots=True)
class ImposedSide:
    """One side of a sheet."""

    placements: tuple[Placement, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ImposedSheet:
    """A sheet's front and, where it is printed on both sides, its back."""

    sides: tuple[ImposedSide, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """Where a line of text begins, and its room; ``upright`` lines run upwards."""

    x_pt: float
    y_pt: float
    width_pt: float
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands around the pieces of a sheet, the same on all its sides, in points."""

    registration: tuple[tuple[float, float], ...]
    """The middles of registration marks."""
    bar: tuple[float, float, float]
    """The left and the bottom of the colour bar, and its room to the right."""
    slug: tuple[TextLine, TextLine]
    middle: tuple[float, float]
    """Of the sheet."""
    beyond_bleed_pt: float
    """From the bleed to where marks begin."""
    upright: bool
    """Whether the numbers of pieces stand left and right of them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All sheets of a run, in the order in which they are printed. All have one size."""

    width_pt: float
    height_pt: float
    sheets: tuple[ImposedSheet, ...]
    flip: Flip | None
    """``None`` where only the fronts are printed."""
    work: Work | None = None
    """How a sheet is turned whose two sides are printed from the one that is given."""
    margin: Margin | None = None
    """What stands around the pieces of a press sheet that has room for marks."""

    @property
    def sides(self) -> tuple[ImposedSide, ...]:
        """Every side in the order of printing: front, back, front, back."""
        return tuple(side for sheet in self.sheets for side in sheet.sides)
