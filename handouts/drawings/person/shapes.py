"""A finished drawing on the screen plane, in cm with y up, before it has inks or a size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handouts.drawings.person.body_part import Material

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Paint = Literal["tint", "tint-core", "accent", "press", "outline"] | Material


@dataclass(frozen=True)
class Area:
    """A filled shape; `shaded` takes the darker tone, `edged` adds the outline."""

    shape: BaseGeometry
    paint: Paint
    shaded: bool = False
    edged: bool = False


@dataclass(frozen=True)
class Line:
    """A stroked line of the outline's weight, or of the finer detail weight; `ghost` is dashed."""

    shape: BaseGeometry
    fine: bool = False
    ghost: bool = False


@dataclass(frozen=True)
class Bounds:
    """A rectangle on the screen plane in cm."""

    left_cm: float
    bottom_cm: float
    right_cm: float
    top_cm: float

    @property
    def width_cm(self) -> float:
        """Its width."""
        return self.right_cm - self.left_cm

    @property
    def height_cm(self) -> float:
        """Its height."""
        return self.top_cm - self.bottom_cm

    def joined(self, other: Bounds) -> Bounds:
        """The smallest rectangle that holds both."""
        return Bounds(
            min(self.left_cm, other.left_cm),
            min(self.bottom_cm, other.bottom_cm),
            max(self.right_cm, other.right_cm),
            max(self.top_cm, other.top_cm),
        )


@dataclass(frozen=True)
class Drawing:
    """Areas and lines from back to front, and the rectangle they fill.

    A `lens` is a round detail, with an edge; a `window` leaves out what is beyond it. A drawing
    that is `crossed` shows a mistake: a cross stands in it, away from this shape, its head.
    """

    items: tuple[Area | Line, ...]
    bounds: Bounds
    lens: BaseGeometry | None = None
    window: BaseGeometry | None = None
    crossed: BaseGeometry | None = None
