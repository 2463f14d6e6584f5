"""Chairs, tables, beds, steps, walls and door frames, as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.body_part import BodyPart, Material
from handouts.drawings.person.geometry import BoneFrame, Vec, vec
from handouts.drawings.person.solids import Chain, Cuboid, flowing
from handouts.drawings.person.surfaces import TABLE_CM, Surface, farthest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.drawings.person.things import Wall

SEAT_DROP_CM = 9.8
_BACK_CM = (16.5, 29.5)
"""A chair's back: from and to so high above its seat."""
_BACK_DEEP_CM = 1.6
_WALL_CM = 3.0
_ABOVE_CM = 10.0
_LEAST_HIGH_CM = 200.0
"""A wall is as high in each drawing of an exercise, as high as a door."""
DOOR_HALF_CM = 42.0
"""Half the width between the middles of a door's posts: 84 cm, as of a door of 80."""
DOOR_POST_CM = 8.0
DOOR_DEEP_CM = 5.0
_UPRIGHT = np.eye(3)


def box(
    name: str, centre: Vec, half: tuple[float, float, float], material: Material = "prop"
) -> BodyPart:
    """A block that stands upright."""
    return BodyPart(name, material, (Cuboid(BoneFrame(centre, _UPRIGHT), half),))


def seat(
    name: str, hips: Vec, floor_cm: float, back: bool, leaning: Sequence[BodyPart] = ()
) -> list[BodyPart]:
    """A stool, or a chair with a back; leaned on, the back stands where the body touches it."""
    x, z = float(hips[0]), float(hips[2])
    top = float(hips[1]) - SEAT_DROP_CM
    tall = top - floor_cm - 3.6
    behind = z - 15.0
    if leaning:
        behind = _touched(leaning, (top + _BACK_CM[0], top + _BACK_CM[1])) - _BACK_DEEP_CM
    parts = [box(f"{name}-seat", vec(x, top - 1.8, z + 4), (20.5, 1.8, 20.5))]
    for side, i in (("left", 1), ("right", -1)):
        for end, k in (("front", 1), ("back", -1)):
            foot = vec(x + i * 18.2, floor_cm + tall / 2, z + 4 + k * 18.0)
            parts.append(box(f"{name}-leg-{end}-{side}", foot, (1.5, tall / 2, 1.5), "prop-dark"))
        if back:
            post = vec(x + i * 17.0, top + 14, behind - 0.6)
            parts.append(box(f"{name}-post-{side}", post, (1.4, 14.5, 1.4), "prop-dark"))
    if back:
        parts.append(box(f"{name}-back", vec(x, top + 23, behind), (19.5, 6.5, 1.6)))
    return parts


def _touched(parts: Sequence[BodyPart], heights_cm: tuple[float, float]) -> float:
    """How far back a trunk goes between two heights (its ellipsoids, cut at each of ten)."""
    back = np.inf
    for part in parts:
        for solid in part.solids:
            if not isinstance(solid, Chain):
                continue
            for one in flowing(solid.blobs):
                spread = one.half_axes @ one.half_axes.T
                for height in np.linspace(*heights_cm, 10):
                    up = (height - one.centre[1]) / np.sqrt(spread[1, 1])
                    if abs(up) < 1:
                        pull = spread[2, 1] / spread[1, 1] * (height - one.centre[1])
                        left = spread[2, 2] - spread[2, 1] ** 2 / spread[1, 1]
                        back = min(back, one.centre[2] + pull - np.sqrt(left * (1 - up**2)))
    return float(back)


def table(name: str, foot: Vec) -> list[BodyPart]:
    """A table that stands on the floor."""
    parts = [box(f"{name}-top", foot + vec(0, TABLE_CM - 1.8, 0), (45, 1.8, 28))]
    for i in (-1, 1):
        for k in (-1, 1):
            leg = foot + vec(i * 41, 34.6, k * 24)
            parts.append(box(f"{name}-leg-{i}-{k}", leg, (1.7, 34.6, 1.7), "prop-dark"))
    return parts


def bed(name: str, mat: Cuboid) -> list[BodyPart]:
    """A bed below a mat's place: a mattress on four legs."""
    x, _, z = mat.frame.origin
    half_x, half_z = mat.half_cm[0], mat.half_cm[2]
    top = float(mat.frame.origin[1]) + mat.half_cm[1]
    parts = [box(f"{name}-mattress", vec(x, top - 9, z), (half_x, 9, half_z), "mat")]
    parts.append(box(f"{name}-frame", vec(x, top - 21, z), (half_x, 3, half_z)))
    for i in (-1, 1):
        for k in (-1, 1):
            leg = vec(x + i * (half_x - 4), (top - 24) / 2, z + k * (half_z - 4))
            parts.append(box(f"{name}-leg-{i}-{k}", leg, (2.5, (top - 24) / 2, 2.5), "prop-dark"))
    return parts


def step(name: str, foot: BoneFrame, floor_cm: float, height_cm: float) -> BodyPart:
    """A step below a foot."""
    middle = foot.at(0, 0, 7)
    centre = vec(float(middle[0]), floor_cm + height_cm / 2, float(middle[2]))
    return box(name, centre, (18, height_cm / 2, 17))


def wall(
    name: str, prop: Wall, face: Surface, parts: Sequence[BodyPart], floor_cm: float
) -> list[BodyPart]:
    """A piece of wall behind what touches it, a little larger than the body."""
    across = face.frame.axes[:, 0]
    left, right = -farthest(parts, -across), farthest(parts, across)
    high = max(farthest(parts, vec(0, 1, 0)) + _ABOVE_CM, floor_cm + _LEAST_HIGH_CM)
    if prop.kind == "door-frame":
        return _door_frame(name, face, floor_cm, high)
    middle = across * ((left + right) / 2)
    out = face.out
    place = middle + out * (float(face.frame.origin @ out) - _WALL_CM / 2)
    half = ((right - left) / 2 + _ABOVE_CM, (high - floor_cm) / 2, _WALL_CM / 2)
    centre = vec(float(place[0]), (high + floor_cm) / 2, float(place[2]))
    return [BodyPart(name, "wall", (Cuboid(BoneFrame(centre, face.frame.axes), half, 0.3),))]


def _door_frame(name: str, face: Surface, floor_cm: float, high: float) -> list[BodyPart]:
    """Two posts and what lies over them, before and beside who stands in the door."""
    across, out = face.frame.axes[:, 0], face.out
    at = out * (float(face.frame.origin @ out) - DOOR_DEEP_CM / 2)
    axes = face.frame.axes
    parts = []
    for side, i in (("left", 1), ("right", -1)):
        centre = at + across * i * DOOR_HALF_CM + vec(0, (high + floor_cm) / 2, 0)
        half = (DOOR_POST_CM / 2, (high - floor_cm) / 2, DOOR_DEEP_CM / 2)
        parts.append(
            BodyPart(f"{name}-{side}", "wall", (Cuboid(BoneFrame(centre, axes), half, 0.3),))
        )
    lintel = at + vec(0, high + DOOR_POST_CM / 2, 0)
    half = (DOOR_HALF_CM + DOOR_POST_CM / 2, DOOR_POST_CM / 2, DOOR_DEEP_CM / 2)
    parts.append(BodyPart(f"{name}-top", "wall", (Cuboid(BoneFrame(lintel, axes), half, 0.3),)))
    return parts


def post(name: str, place: Vec, floor_cm: float) -> list[BodyPart]:
    """What a band is tied to: a post with a ring."""
    x, y, z = (float(v) for v in place)
    high = y + _ABOVE_CM
    return [box(name, vec(x, (floor_cm + high) / 2, z), (2.5, (high - floor_cm) / 2, 2.5), "wall")]
