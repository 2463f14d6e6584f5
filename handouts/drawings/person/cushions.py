"""Soft things below the body: mats, pillows, rolled and folded towels, rollers, balls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.body_part import BodyPart, Material, SurfaceMark
from handouts.drawings.person.geometry import BoneFrame, Vec, columns, unit, vec
from handouts.drawings.person.lying import thickness
from handouts.drawings.person.placing import MAT_THICK_CM
from handouts.drawings.person.solids import Blob, Cuboid, Hull, blob
from handouts.drawings.person.surfaces import farthest, named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handouts.drawings.person.things import Roll

_WIDE_MAT_HALF_CM = 92.0
"""Who lies on a side turns to both sides, and reaches out to them."""
BALL_RADIUS_CM = 3.6
BALL_REACH_CM = 20.0
"""Below this height a ball lies on the floor; above it, it is held against the body."""
_LEAST_GAP_CM = 0.5
_FILLED = {"head": ("skull", "hair"), "neck": ("neck",), "forehead": ("skull",)}
_PLACES = {
    "head": ("head", (0.0, 5.0, 0.0)),
    "neck": ("neck2", (0.0, 0.0, 0.0)),
    "forehead": ("head", (0.0, 8.0, 0.0)),
    "upper-back": ("spine5", (0.0, 0.5, 0.0)),
    "spine": ("spine4", (0.0, 0.0, 0.0)),
}
_DOWN = vec(0, -1, 0)
_UPRIGHT = np.eye(3)


def mat(
    name: str, bones: Mapping[str, BoneFrame], floor_cm: float, shift: Vec, on_side: bool
) -> BodyPart:
    """A mat as long as the body; wide below one that lies on its side."""
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


def ball(name: str, place: Vec, floor_cm: float, axis: Vec) -> BodyPart:
    """A tennis ball on the floor, or held where it is."""
    height_cm = float(place[1])
    if height_cm < floor_cm + BALL_REACH_CM:
        height_cm = floor_cm + BALL_RADIUS_CM
    frame = BoneFrame(vec(float(place[0]), height_cm, float(place[2])), _UPRIGHT)
    round_ = Hull((blob(frame, (0, 0, 0), (BALL_RADIUS_CM,)),))
    return BodyPart(name, "ball", (round_,), marks=_seams(frame, axis))


def seam_axis(pelvis: BoneFrame) -> Vec:
    """The way a ball's seams lie."""
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


def pillow(name: str, bones: Mapping[str, BoneFrame], floor_cm: float, shift: Vec) -> BodyPart:
    """A pillow between the head and the ground."""
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


def roll(
    name: str,
    prop: Roll,
    bones: Mapping[str, BoneFrame],
    parts: Sequence[BodyPart],
    ground_cm: float,
) -> BodyPart:
    """A roll or a folded towel, as thick as the gap that it fills.

    Raises ValueError when there is no gap.
    """
    bone, place = _PLACES[prop.under]
    middle = bones[bone].at(*place)
    thick_cm = thickness(prop)
    if thick_cm is None:
        thick_cm = -farthest(named(parts, _FILLED[prop.under]), _DOWN) - ground_cm
        if thick_cm < _LEAST_GAP_CM:
            raise ValueError(
                f"pose: there is no room for the {prop.kind} under the {prop.under}: "
                f"{thick_cm:.1f} cm; lift it with neck nod or glide-cm"
            )
    centre = vec(float(middle[0]), ground_cm + thick_cm / 2, float(middle[2]))
    head = bones["pelvis"].axes[:, 1] * np.array((1, 0, 1))
    along = unit(head)
    across = np.cross(along, vec(0, 1, 0))
    if prop.kind == "folded-towel":
        axes = columns(across, vec(0, 1, 0), along)
        half = (14.0, thick_cm / 2, 9.0)
        return BodyPart(name, "pillow", (Cuboid(BoneFrame(centre, axes), half, 0.4),))
    lengthwise = prop.under == "spine"
    axis = along if lengthwise else across
    frame = BoneFrame(centre, columns(axis, vec(0, 1, 0), np.cross(axis, vec(0, 1, 0))))
    half_cm = 46.0 if lengthwise else 22.0 if prop.kind == "rolled-towel" else 30.0
    radius = thick_cm / 2
    ends = tuple(blob(frame, (i * half_cm, 0, 0), (0.6, radius, radius)) for i in (-1, 1))
    marks = tuple(_coil(frame, i * half_cm, radius, prop.kind == "rolled-towel") for i in (-1, 1))
    material: Material = "pillow" if prop.kind == "rolled-towel" else "roller"
    return BodyPart(name, material, (Hull(ends),), marks=marks)


def _coil(frame: BoneFrame, at_cm: float, radius_cm: float, spiral: bool) -> SurfaceMark:
    """What shows on the end of a roll: a towel's turns, or a roller's rim."""
    turn = np.linspace(0, (4.5 if spiral else 2) * np.pi, 60)
    size = radius_cm * (np.linspace(0.1, 0.9, 60) if spiral else np.full(60, 0.55))
    points = np.stack(
        [
            frame.at(at_cm * 1.01, s * np.cos(t), s * np.sin(t))
            for t, s in zip(turn, size, strict=True)
        ]
    )
    return SurfaceMark(points, frame.toward(np.sign(at_cm), 0, 0), 0.15)
