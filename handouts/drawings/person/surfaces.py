"""The faces around a body that hands and backs touch: the ground, walls, a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.bases import BASES
from handouts.drawings.person.geometry import BoneFrame, Vec, columns, unit, vec
from handouts.drawings.person.things import Furniture, Wall

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handouts.drawings.person.body_part import BodyPart
    from handouts.drawings.person.pose import Pose

TABLE_CM = 72.8
_CORNER_DEG = 45.0
BALL_CM = 7.2
_SIDES = {
    "front": (vec(1, 0, 0), vec(0, 0, -1)),
    "behind": (vec(1, 0, 0), vec(0, 0, 1)),
    "left": (vec(0, 0, 1), vec(-1, 0, 0)),
    "right": (vec(0, 0, 1), vec(1, 0, 0)),
}
_LEANING: Mapping[str, tuple[str, ...]] = {
    "head": ("skull", "hair"),
    "back": ("torso",),
    "seat": ("pelvis",),
    "ball": ("torso",),
}


@dataclass(frozen=True)
class Surface:
    """A face: its place, sideways, along and outward. `dorsal`, hands have their backs to it."""

    frame: BoneFrame
    dorsal: bool = False

    @property
    def out(self) -> Vec:
        """The direction from the face to the body."""
        return self.frame.axes[:, 2]

    def gap_cm(self, part: BodyPart) -> float:
        """How far a part is from the face; below 0, how deep it is in."""
        return -farthest((part,), -self.out) - float(self.frame.origin @ self.out)


def farthest(parts: Sequence[BodyPart], way: Vec) -> float:
    """How far some parts go in a direction."""
    return max(solid.farthest(way) for part in parts for solid in part.solids)


def named(parts: Sequence[BodyPart], names: Sequence[str]) -> list[BodyPart]:
    """Some parts by their names."""
    return [part for part in parts if part.name in names]


def surfaces(
    pose: Pose, bones: Mapping[str, BoneFrame], parts: Sequence[BodyPart], ground_cm: float
) -> dict[str, list[Surface]]:
    """Every face of a pose's world by the name that hands reach for; a corner has two."""
    found = {"floor": [_level(bones, ground_cm)]}
    for prop in pose.props:
        if isinstance(prop, Wall):
            found[prop.kind] = _walls(prop, pose, bones, parts)
        elif isinstance(prop, Furniture) and prop.kind in ("table", "bed"):
            height_cm = TABLE_CM if prop.kind == "table" else ground_cm
            found[prop.kind] = [_level(bones, height_cm)]
    return found


def _level(bones: Mapping[str, BoneFrame], height_cm: float) -> Surface:
    """A level face; `along` is head-wards, or forward of a body that is upright."""
    pelvis = bones["pelvis"]
    head = pelvis.axes[:, 1] * np.array((1, 0, 1))
    if float(head @ head) < 0.25:
        head = pelvis.axes[:, 2] * np.array((1, 0, 1))
    along = unit(head)
    left = pelvis.axes[:, 0] * np.array((1, 0, 1))
    left = unit(left - along * float(left @ along)) if float(left @ left) > 0.01 else vec(1, 0, 0)
    return Surface(BoneFrame(vec(0, height_cm, 0), columns(left, along, vec(0, 1, 0))))


def feet(pose: Pose, bones: Mapping[str, BoneFrame]) -> Vec:
    """From where walls are measured: between the ankles, or of a lying body from the hips."""
    if not BASES[pose.posture.base].upright:
        return bones["pelvis"].origin
    return (bones["foot-left"].origin + bones["foot-right"].origin) / 2


def _walls(
    wall: Wall, pose: Pose, bones: Mapping[str, BoneFrame], parts: Sequence[BodyPart]
) -> list[Surface]:
    along, out = _SIDES[wall.side]
    if wall.distance_cm is not None:
        place = feet(pose, bones) - out * wall.distance_cm
    else:
        leaning = named(parts, _LEANING[wall.touches or "back"])
        beyond = BALL_CM if wall.touches == "ball" else 0.0
        place = -out * (farthest(leaning, -out) + beyond)
    faces = [(along, out)]
    if wall.kind == "corner":
        c = float(np.cos(np.radians(_CORNER_DEG)))
        faces = [(vec(c, 0, -c), vec(-c, 0, -c)), (vec(c, 0, c), vec(c, 0, -c))]
    return [
        Surface(BoneFrame(place, columns(a, vec(0, 1, 0), o)), dorsal=wall.side == "behind")
        for a, o in faces
    ]
