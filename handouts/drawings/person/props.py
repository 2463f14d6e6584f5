"""What the body rests on: chair, mat, pillow, ball, table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.body_part import BodyPart, Material, SurfaceMark
from handouts.drawings.person.geometry import BoneFrame, Vec, unit, vec
from handouts.drawings.person.landmarks import anchor_point
from handouts.drawings.person.solids import Blob, Cuboid, Hull, blob

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handouts.drawings.person.pose import Pose, Prop

MAT_THICK_CM = 1.6
_WIDE_MAT_HALF_CM = 92.0
"""Who lies on a side turns to both sides, and reaches out to them."""
BALL_RADIUS_CM = 3.6
BALL_REACH_CM = 20.0
"""Below this height a ball lies on the floor; above it, it is held against the body."""
SEAT_DROP_CM = 9.8
_UPRIGHT = np.eye(3)


def prop_parts(pose: Pose, bones: Mapping[str, BoneFrame], floor_cm: float) -> list[BodyPart]:
    """Every prop as parts standing on the floor."""
    parts: list[BodyPart] = []
    for number, prop in enumerate(pose.props):
        parts += _prop(prop, bones, floor_cm, number, pose.posture.base.startswith("side-lying"))
    return parts


def lies_on_mat(pose: Pose) -> bool:
    """Whether the floor the body touches is the top of a mat."""
    return any(prop.kind == "mat" for prop in pose.props)


def _prop(
    prop: Prop, bones: Mapping[str, BoneFrame], floor_cm: float, number: int, on_side: bool
) -> Sequence[BodyPart]:
    pelvis = bones["pelvis"]
    shift = pelvis.toward(*prop.shift_cm)
    name = f"{prop.kind}-{number}"
    match prop.kind:
        case "mat":
            return [_mat(name, bones, floor_cm, shift, on_side)]
        case "ball" | "two-balls":
            place = anchor_point(bones, prop.at or "skull-base") + shift
            offsets = (0.0,) if prop.kind == "ball" else (-BALL_RADIUS_CM, BALL_RADIUS_CM)
            return [
                _ball(f"{name}-{i}", place + pelvis.toward(x, 0, 0), floor_cm, _seam_axis(pelvis))
                for i, x in enumerate(offsets)
            ]
        case "pillow":
            return [_pillow(name, bones, floor_cm, shift)]
        case "table":
            front = pelvis.origin + pelvis.toward(0, 0, 58) + shift
            return _table(name, vec(float(front[0]), floor_cm, float(front[2])))
        case "chair" | "stool":
            return _seat(name, pelvis.origin + shift, floor_cm, prop.kind == "chair")


def _box(
    name: str, centre: Vec, half: tuple[float, float, float], material: Material = "prop"
) -> BodyPart:
    return BodyPart(name, material, (Cuboid(BoneFrame(centre, _UPRIGHT), half),))


def _mat(
    name: str, bones: Mapping[str, BoneFrame], floor_cm: float, shift: Vec, on_side: bool
) -> BodyPart:
    ends = np.stack(
        [bones[b].origin for b in ("head", "pelvis", "foot-left", "foot-right", "shank-left")]
    )
    low, high = ends.min(axis=0), ends.max(axis=0)
    middle = (low + high) / 2 + shift
    half_x = max(30.0, float(high[0] - low[0]) / 2 + 16)
    if on_side:
        middle[0], half_x = float(bones["pelvis"].origin[0] + shift[0]), _WIDE_MAT_HALF_CM
    half_z = max(30.0, float(high[2] - low[2]) / 2 + (10 if on_side else 18))
    centre = vec(float(middle[0]), floor_cm - MAT_THICK_CM / 2, float(middle[2]))
    return BodyPart(
        name, "mat", (Cuboid(BoneFrame(centre, _UPRIGHT), (half_x, MAT_THICK_CM / 2, half_z), 0.7),)
    )


def _ball(name: str, place: Vec, floor_cm: float, axis: Vec) -> BodyPart:
    height_cm = float(place[1])
    if height_cm < floor_cm + BALL_REACH_CM:
        height_cm = floor_cm + BALL_RADIUS_CM
    frame = BoneFrame(vec(float(place[0]), height_cm, float(place[2])), _UPRIGHT)
    ball = Hull((blob(frame, (0, 0, 0), (BALL_RADIUS_CM,)),))
    return BodyPart(name, "ball", (ball,), marks=_seams(frame, axis))


def _seam_axis(pelvis: BoneFrame) -> Vec:
    return unit(pelvis.toward(0.75, 0.55, 0.35))


def _seams(ball: BoneFrame, axis: Vec) -> tuple[SurfaceMark, ...]:
    """A tennis ball's two seams in short pieces, each seen while it faces the viewer."""
    side = unit(np.cross(axis, vec(0.3, 1, 0.2)))
    third = np.cross(axis, side)
    marks = []
    for end in (1.0, -1.0):
        for start in range(0, 360, 15):
            turn = np.radians(np.linspace(start, start + 15, 3))[:, None]
            out = end * 0.62 * axis + 0.785 * (np.cos(turn) * side + np.sin(turn) * third)
            marks.append(SurfaceMark(ball.origin + out * BALL_RADIUS_CM, out[1], 0.0))
    return tuple(marks)


def _pillow(name: str, bones: Mapping[str, BoneFrame], floor_cm: float, shift: Vec) -> BodyPart:
    head = bones["head"]
    skull = head.at(0, 4, 0) + shift
    half_side = 7.2 * abs(float(head.axes[1, 0])) + 9.0 * abs(float(head.axes[1, 2]))
    tall = max(2.4, (float(skull[1]) - floor_cm - half_side) / 2 + 1.2)
    frame = BoneFrame(vec(float(skull[0]), floor_cm + tall, float(skull[2]) - 3), _UPRIGHT)
    blobs: tuple[Blob, ...] = tuple(
        blob(frame, (x, 0, z), (4.0, tall, 4.0)) for x in (-17, 17) for z in (-9, 9)
    )
    plump = blob(frame, (0, 0, 0), (20.0, tall * 1.15, 12.0))
    return BodyPart(name, "pillow", (Hull((*blobs, plump)),))


def _seat(name: str, hips: Vec, floor_cm: float, back: bool) -> list[BodyPart]:
    x, z = float(hips[0]), float(hips[2])
    top = float(hips[1]) - SEAT_DROP_CM
    tall = top - floor_cm - 3.6
    parts = [_box(f"{name}-seat", vec(x, top - 1.8, z + 4), (20.5, 1.8, 20.5))]
    for side, i in (("left", 1), ("right", -1)):
        for end, k in (("front", 1), ("back", -1)):
            foot = vec(x + i * 18.2, floor_cm + tall / 2, z + 4 + k * 18.0)
            parts.append(_box(f"{name}-leg-{end}-{side}", foot, (1.5, tall / 2, 1.5), "prop-dark"))
        if back:
            post = vec(x + i * 17.0, top + 14, z - 15.6)
            parts.append(_box(f"{name}-post-{side}", post, (1.4, 14.5, 1.4), "prop-dark"))
    if back:
        parts.append(_box(f"{name}-back", vec(x, top + 23, z - 15.0), (19.5, 6.5, 1.6)))
    return parts


def _table(name: str, foot: Vec) -> list[BodyPart]:
    parts = [_box(f"{name}-top", foot + vec(0, 71, 0), (45, 1.8, 28))]
    for i in (-1, 1):
        for k in (-1, 1):
            leg = foot + vec(i * 41, 34.6, k * 24)
            parts.append(_box(f"{name}-leg-{i}-{k}", leg, (1.7, 34.6, 1.7), "prop-dark"))
    return parts
