"""What a figure is made of before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from handouts.drawings.person.geometry import Vec
    from handouts.drawings.person.solids import Blob, Solid

Material = Literal[
    "skin",
    "hair",
    "top",
    "trousers",
    "prop",
    "prop-dark",
    "mat",
    "ball",
    "pillow",
    "wall",
    "roller",
    "band",
    "weight",
]


@dataclass(frozen=True)
class Join:
    """Where a part grows out of another: no outline between them within the radius.

    `fused` parts are nearly in line, so they share one outline where the view allows it;
    `creased` ones also while they overlap a little, with a fold drawn between them.
    `sleeve_of` names the limb inside, which must not cross the other part.
    `hangs_over` is the way a limb leaves under a hem: the outlines stay, and this part lies
    over the limb there when the limb comes at the viewer, or is hardly nearer.
    """

    other: str
    centre: Vec
    radius_cm: float
    fillet_cm: float = 0.0
    fused: bool = False
    creased: bool = False
    sleeve_of: str | None = None
    hangs_over: Vec | None = None


@dataclass(frozen=True)
class SurfaceMark:
    """A thin line on a part's surface, shown while `normal` faces the viewer."""

    points: Vec
    normal: Vec
    least_facing: float = 0.12
    most_facing: float = 1.1


@dataclass(frozen=True)
class Dot:
    """A small filled mark on a part's surface, shown while `normal` faces the viewer."""

    blob: Blob
    normal: Vec
    least_facing: float = 0.12


@dataclass(frozen=True)
class BodyPart:
    """One piece drawn in one material, with an outline of its own."""

    name: str
    material: Material
    solids: tuple[Solid, ...]
    fill_cm: float = 0.0
    smooth_cm: float = 0.0
    joins: tuple[Join, ...] = ()
    marks: tuple[SurfaceMark, ...] = ()
    dots: tuple[Dot, ...] = ()
