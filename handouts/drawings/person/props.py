"""Things around a placed body, as parts to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.drawings.person.cords import cord, weight
from handouts.drawings.person.cushions import (
    BALL_RADIUS_CM,
    ball,
    mat,
    pillow,
    roll,
    seam_axis,
)
from handouts.drawings.person.furniture import bed, post, seat, step, table, wall
from handouts.drawings.person.geometry import vec
from handouts.drawings.person.landmarks import anchor_point
from handouts.drawings.person.solids import Cuboid
from handouts.drawings.person.surfaces import named
from handouts.drawings.person.things import (
    Ball,
    Chair,
    Cord,
    Furniture,
    Pillow,
    Prop,
    Roll,
    Step,
    Wall,
    Weight,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.drawings.person.body_part import BodyPart
    from handouts.drawings.person.placing import Placed
    from handouts.drawings.person.pose import Pose


def prop_parts(pose: Pose, placed: Placed) -> list[BodyPart]:
    """Every thing as parts that stand on the floor, or lie where the body touches them.

    Raises ValueError for a roll that has no room.
    """
    parts: list[BodyPart] = []
    for number, prop in enumerate(pose.props):
        parts += _parts(prop, f"{prop.kind}-{number}", pose, placed)
    return parts


def _parts(prop: Prop, name: str, pose: Pose, placed: Placed) -> Sequence[BodyPart]:
    bones, ground_cm = placed.skeleton.bones, placed.ground_cm
    parts: Sequence[BodyPart]
    match prop:
        case Furniture() | Chair():
            parts = _furniture(prop, name, pose, placed)
        case Pillow():
            shift = bones["pelvis"].toward(*prop.shift_cm)
            parts = [pillow(name, bones, ground_cm, shift)]
        case Ball():
            parts = _balls(prop, name, placed)
        case Wall():
            parts = _walls(prop, name, placed)
        case Step():
            parts = [step(name, bones[f"foot-{prop.foot}"], ground_cm, prop.height_cm)]
        case Roll():
            parts = [roll(name, prop, bones, placed.parts, ground_cm)]
        case Cord():
            parts = _cord(prop, name, placed)
        case Weight():
            parts = [weight(name, prop, bones)]
    return parts


def _balls(prop: Ball, name: str, placed: Placed) -> list[BodyPart]:
    bones, ground_cm = placed.skeleton.bones, placed.ground_cm
    pelvis = bones["pelvis"]
    place = anchor_point(bones, prop.at or "skull-base") + pelvis.toward(*prop.shift_cm)
    offsets = (0.0,) if prop.kind == "ball" else (-BALL_RADIUS_CM, BALL_RADIUS_CM)
    return [
        ball(f"{name}-{i}", place + pelvis.toward(x, 0, 0), ground_cm, seam_axis(pelvis))
        for i, x in enumerate(offsets)
    ]


def _walls(prop: Wall, name: str, placed: Placed) -> list[BodyPart]:
    return [
        part
        for number, face in enumerate(placed.faces[prop.kind])
        for part in wall(f"{name}-{number}", prop, face, placed.parts, placed.ground_cm)
    ]


def _cord(prop: Cord, name: str, placed: Placed) -> list[BodyPart]:
    bones = placed.skeleton.bones
    if prop.anchor_cm is None:
        return cord(name, prop, bones, None)
    left, up, forward = prop.anchor_cm
    hips = bones["pelvis"].origin
    anchor = vec(float(hips[0]) + left, placed.ground_cm + up, float(hips[2]) + forward)
    return [*post(f"{name}-post", anchor, 0.0), *cord(name, prop, bones, anchor)]


def _furniture(
    prop: Furniture | Chair, name: str, pose: Pose, placed: Placed
) -> Sequence[BodyPart]:
    bones, ground_cm = placed.skeleton.bones, placed.ground_cm
    pelvis = bones["pelvis"]
    shift = pelvis.toward(*prop.shift_cm)
    match prop.kind:
        case "mat" | "bed":
            on_side = pose.posture.base.startswith("side-lying")
            flat = mat(name, bones, ground_cm, shift, on_side)
            block = flat.solids[0]
            if prop.kind == "bed" and isinstance(block, Cuboid):
                return bed(name, block)
            return [flat]
        case "table":
            front = pelvis.origin + pelvis.toward(0, 0, 58) + shift
            return table(name, vec(float(front[0]), ground_cm, float(front[2])))
        case "stool":
            return seat(name, pelvis.origin + shift, ground_cm, back=False)
        case "chair":
            leaned = isinstance(prop, Chair) and prop.leaned_on
            leaning = named(placed.parts, ("torso",)) if leaned else ()
            return seat(name, pelvis.origin + shift, ground_cm, back=True, leaning=leaning)
