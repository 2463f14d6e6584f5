"""Solves an arm so that its palm lies on a named body point."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, atan2, degrees, sqrt
from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.clearance import Core, arm_bones, through_body
from handouts.drawings.person.geometry import BoneFrame, Vec, about, columns, unit, vec
from handouts.drawings.person.joint_limits import check_angle
from handouts.drawings.person.landmarks import Touch, touch
from handouts.drawings.person.pose import Reach, sign

if TYPE_CHECKING:
    from collections.abc import Mapping

PALM_DEPTH_CM = 1.9
_FREE_RAISE_DEG = 25.0
"""So near to hanging, or to straight up, an arm has no plane to speak of."""
_MOST_WRIST_DEG = 85.0
_SWINGS_DEG = (0.0, *(s * d for d in range(15, 151, 15) for s in (1.0, -1.0)))
_TURNS_DEG = (0.0, *(s * d for d in range(12, 133, 12) for s in (1.0, -1.0)))


def palm_frame(frame: BoneFrame, spot: Touch) -> tuple[Vec, Vec, Vec]:
    """World place, outward normal and finger direction (square to the normal) of a touch."""
    normal = unit(frame.toward(*spot.normal))
    along = frame.toward(*spot.fingers)
    return frame.at(*spot.place_cm), normal, unit(along - normal * float(along @ normal))


@dataclass(frozen=True)
class SolvedArm:
    """The three frames of an arm that reaches its point."""

    upper: BoneFrame
    fore: BoneFrame
    hand: BoneFrame


def solve_arm(
    bones: Mapping[str, BoneFrame],
    shoulder: BoneFrame,
    reach: Reach,
    upper_cm: float,
    fore_cm: float,
) -> SolvedArm:
    """Two-bone inverse kinematics: the elbow swung, the hand turned on the spot.

    What the pose leaves open is tried until the wrist is at ease and the arm keeps out of
    the body; where nothing keeps it out, it goes through.

    Raises ValueError when the point is out of reach or a joint would pass its limit.
    """
    core = Core(bones)
    first: ValueError | None = None
    through: SolvedArm | None = None
    for swing_deg in _SWINGS_DEG if reach.elbow is None else (reach.elbow,):
        for turn_deg in _TURNS_DEG if reach.fingers is None else (reach.fingers,):
            try:
                arm = _solve(bones, shoulder, reach, (turn_deg, swing_deg), (upper_cm, fore_cm))
            except ValueError as error:
                first = first or error
                continue
            if through_body(core, arm_bones(arm.upper, arm.fore, arm.hand)) is None:
                return arm
            through = through or arm
    if through is not None:
        return through
    raise first or ValueError(f"reach: nothing to try for '{reach.to}'")


def _solve(
    bones: Mapping[str, BoneFrame],
    shoulder: BoneFrame,
    reach: Reach,
    angles_deg: tuple[float, float],
    lengths_cm: tuple[float, float],
) -> SolvedArm:
    turn_deg, swing_deg = angles_deg
    upper_cm, fore_cm = lengths_cm
    s = sign(reach.hand)
    spot = touch(reach.hand, reach.to)
    place, normal, along = palm_frame(bones[spot.bone], spot)
    along = about(normal, s * turn_deg) @ along
    wrist = place + normal * PALM_DEPTH_CM - along * spot.from_wrist_cm
    span = wrist - shoulder.origin
    length = sqrt(float(span @ span))
    if not abs(upper_cm - fore_cm) < length < upper_cm + fore_cm:
        raise ValueError(f"reach: the {reach.hand} hand cannot get to '{reach.to}' in this pose")
    axis = span / length
    hang = shoulder.axes @ vec(s * 0.7, -0.7, -0.25)
    out = about(axis, s * swing_deg) @ unit(hang - axis * float(hang @ axis))
    near = (length**2 + upper_cm**2 - fore_cm**2) / (2 * length)
    elbow = shoulder.origin + axis * near + out * sqrt(max(0.0, upper_cm**2 - near**2))
    bone, fore = unit(elbow - shoulder.origin), unit(wrist - elbow)
    _check_shoulder(reach, bones["spine6"].axes.T @ bone)
    check_angle(f"elbow-{reach.hand}", "bend", _between_deg(bone, fore))
    wrist_deg = _between_deg(fore, along)
    if wrist_deg > _MOST_WRIST_DEG:
        raise ValueError(
            f"reach: the {reach.hand} wrist would have to bend {wrist_deg:.0f} degrees "
            f"to lie on '{reach.to}'; turn `fingers` or `elbow`"
        )
    hinge = unit(fore - bone * float(fore @ bone))
    thumb = np.cross(s * normal, -along)
    side_on = unit(thumb - fore * float(thumb @ fore))
    return SolvedArm(
        upper=BoneFrame(shoulder.origin, columns(np.cross(-bone, hinge), -bone, hinge)),
        fore=BoneFrame(elbow, columns(np.cross(-fore, side_on), -fore, side_on)),
        hand=BoneFrame(wrist, columns(s * normal, -along, thumb)),
    )


def _check_shoulder(reach: Reach, arm: Vec) -> None:
    """Raise ValueError when an arm (in the chest's directions) points where no shoulder lets it."""
    raised_deg = degrees(acos(float(np.clip(-arm[1], -1, 1))))
    if raised_deg < _FREE_RAISE_DEG or raised_deg > 180 - _FREE_RAISE_DEG:
        return
    plane_deg = round(degrees(atan2(float(arm[2]), sign(reach.hand) * float(arm[0]))))
    try:
        check_angle(f"shoulder-{reach.hand}", "plane", plane_deg)
    except ValueError as error:
        raise ValueError(
            f"reach: to lie on '{reach.to}', {error}; turn `elbow` or choose another place"
        ) from None


def _between_deg(one: Vec, two: Vec) -> float:
    return degrees(acos(float(np.clip(one @ two, -1, 1))))
