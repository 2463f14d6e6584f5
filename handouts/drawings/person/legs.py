"""Brings feet to the ground: a leg bent at hip and knee, or a shank lowered to its toes."""

from __future__ import annotations

from math import acos, asin, degrees, sqrt
from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.body import foot_solids
from handouts.drawings.person.geometry import BoneFrame, Vec, about, about_x, columns, unit, vec
from handouts.drawings.person.joint_limits import LIMITS
from handouts.drawings.person.skeleton import SHANK_CM, THIGH_CM

if TYPE_CHECKING:
    from handouts.drawings.person.bases import Planted
    from handouts.drawings.person.joints import Side

_DOWN = vec(0, -1, 0)
_MOST_DEG = 40.0
_STEPS = 40


def plant(bones: dict[str, BoneFrame], side: Side, how: Planted, ground_cm: float) -> None:
    """Bring a foot to the ground at a height.

    Raises ValueError when the leg is too short, or the knee would have to bend too far.
    """
    if how == "toes":
        _lower(bones, side, ground_cm, (f"shank-{side}", f"foot-{side}"))
    elif how == "leg":
        _lower(bones, side, ground_cm, (f"thigh-{side}", f"shank-{side}", f"foot-{side}"))
    else:
        _stand(bones, side, ground_cm)


def _underside(foot: BoneFrame, side: Side) -> float:
    return -max(solid.farthest(_DOWN) for solid in foot_solids(foot, side))


def _lower(
    bones: dict[str, BoneFrame], side: Side, ground_cm: float, names: tuple[str, ...]
) -> None:
    """Turn some bones about the first one's joint until the foot touches."""
    first = bones[names[0]]
    axis = first.axes[:, 0]

    def turned(deg: float) -> dict[str, BoneFrame]:
        turn = about(axis, deg)
        middle = first.origin
        return {
            name: BoneFrame(middle + turn @ (bones[name].origin - middle), turn @ bones[name].axes)
            for name in names
        }

    def gap_cm(deg: float) -> float:
        return _underside(turned(deg)[names[-1]], side) - ground_cm

    least, most = -_MOST_DEG, _MOST_DEG
    if len(names) == 2:
        bent_deg = bend_deg(bones[f"thigh-{side}"], first)
        least, most = max(least, -bent_deg), min(most, 150 - bent_deg)
    ends = gap_cm(least), gap_cm(most)
    if ends[0] * ends[1] > 0:
        off_cm = min(ends, key=abs)
        raise ValueError(
            f"pose: the {side} foot would {'float' if off_cm > 0 else 'sink'} "
            f"{abs(off_cm):.1f} cm; change {'knee' if len(names) == 2 else 'hip'}-{side}"
        )
    for _ in range(_STEPS):
        middle_deg = (least + most) / 2
        if gap_cm(middle_deg) * ends[0] > 0:
            least = middle_deg
        else:
            most = middle_deg
    bones.update(turned((least + most) / 2))


def _stand(bones: dict[str, BoneFrame], side: Side, ground_cm: float) -> None:
    """Bend hip and knee so that the foot, where it is, stands on the ground."""
    thigh, shank, foot = (bones[f"{bone}-{side}"] for bone in ("thigh", "shank", "foot"))
    knee = shank.origin
    for _ in range(4):
        foot = _flat(shank, foot)
        ankle = foot.origin + vec(0, ground_cm - _underside(foot, side), 0)
        span = ankle - thigh.origin
        length = sqrt(float(span @ span))
        if length > THIGH_CM + SHANK_CM:
            raise ValueError(
                f"pose: the {side} foot floats {length - THIGH_CM - SHANK_CM:.1f} cm above the "
                f"ground with its leg straight; bring hip-{side} nearer to 0 or bend the other leg"
            )
        along = span / length
        near = (length**2 + THIGH_CM**2 - SHANK_CM**2) / (2 * length)
        out = knee - thigh.origin
        out = unit(out - along * float(out @ along))
        if float(out @ out) < 0.5:
            out = unit(thigh.toward(0, 0, 1) - along * float(thigh.toward(0, 0, 1) @ along))
        knee = thigh.origin + along * near + out * sqrt(max(0.0, THIGH_CM**2 - near**2))
        thigh = _pointed(thigh, knee)
        shank = _pointed(BoneFrame(knee, thigh.axes), ankle)
        foot = BoneFrame(ankle, foot.axes)
    bones[f"thigh-{side}"], bones[f"shank-{side}"] = thigh, shank
    bones[f"foot-{side}"] = _flat(shank, foot)


def _pointed(bone: BoneFrame, end: Vec) -> BoneFrame:
    """The bone turned the shortest way so that it runs to its end."""
    up = unit(bone.origin - end)
    old = bone.axes[:, 1]
    axis = np.cross(old, up)
    if float(axis @ axis) < 1e-12:
        return bone
    deg = degrees(acos(float(np.clip(old @ up, -1, 1))))
    return BoneFrame(bone.origin, about(axis, deg) @ bone.axes)


def _flat(shank: BoneFrame, foot: BoneFrame) -> BoneFrame:
    """The foot level, as far as the ankle lets it."""
    side_on = foot.toward(1, 0, 0)
    side_on = unit(vec(float(side_on[0]), 0.0, float(side_on[2])))
    up = vec(0, 1, 0)
    level = columns(side_on, up, np.cross(side_on, up))
    point_deg = degrees(asin(float(np.clip(-shank.axes[:, 1] @ level[:, 2], -1, 1))))
    least, most = LIMITS["ankle"]["point"]
    past_deg = point_deg - min(most, max(least, point_deg))
    return BoneFrame(shank.at(0, -SHANK_CM, 0), level @ about_x(-past_deg))


def bend_deg(thigh: BoneFrame, shank: BoneFrame) -> float:
    """How far a knee is bent."""
    return degrees(acos(float(np.clip(thigh.axes[:, 1] @ shank.axes[:, 1], -1, 1))))
