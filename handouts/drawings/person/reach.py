"""Solves an arm so that its palm lies on a named body point."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, atan2, degrees, sqrt
from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.clearance import Core, arm_bones, through_body
from handouts.drawings.person.geometry import BoneFrame, Vec, about, columns, unit, vec
from handouts.drawings.person.joint_limits import check_angle
from handouts.drawings.person.joints import sign
from handouts.drawings.person.landmarks import PALM_CM, Touch, touch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.joints import Breath
    from handouts.drawings.person.pose import Reach
    from handouts.drawings.person.surfaces import Surface

PALM_DEPTH_CM = 1.9
ELBOW_CM = 3.5
"""How far the middle of an elbow is from what it lies on."""
_FREE_RAISE_DEG = 25.0
"""So near to hanging, or to straight up, an arm has no plane to speak of."""
_MOST_WRIST_DEG = 85.0
_SWINGS_DEG = (0.0, *(s * d for d in range(15, 151, 15) for s in (1.0, -1.0)))
_TURNS_DEG = (0.0, *(s * d for d in range(12, 133, 12) for s in (1.0, -1.0)))


@dataclass(frozen=True)
class Spot:
    """Where a palm (or, `dorsal`, its back) lies in the world, and where its fingers point."""

    place: Vec
    normal: Vec
    along: Vec
    from_wrist_cm: float = PALM_CM
    dorsal: bool = False
    on_thing: bool = False

    def nearest(self, shoulder: Vec, arm_cm: float) -> str:
        """Say what would be near enough, of a thing."""
        if not self.on_thing:
            return ""
        away_cm = float((shoulder - self.place) @ self.normal)
        least_cm = away_cm - 0.96 * arm_cm
        if least_cm > 0:
            return f"; bring the shoulder {least_cm:.0f} cm nearer to it"
        return "; place-cm: [0, 0] is nearest to the shoulder"


def body_spot(bones: Mapping[str, BoneFrame], reach: Reach, breath: Breath) -> Spot:
    """The place of a hand on the body, as the breath lifts it.

    Raises ValueError for a place that this hand is not made for.
    """
    found: Touch = touch(reach.hand, reach.to)
    frame = bones[found.bone]
    normal = unit(frame.toward(*found.normal))
    along = frame.toward(*found.fingers)
    along = unit(along - normal * float(along @ normal))
    lift_cm = {"spine2": breath.belly_cm, "spine5": breath.chest_cm}.get(found.bone, 0.0)
    x, y, z = found.place_cm
    return Spot(frame.at(x, y, z + lift_cm), normal, along, found.from_wrist_cm)


def thing_spot(surface: Surface, shoulder: Vec, reach: Reach) -> Spot:
    """The place of a hand on a thing: by default where the thing is nearest to its shoulder."""
    frame = surface.frame
    dorsal = surface.dorsal or reach.with_ == "back"
    away_cm = float((shoulder - frame.origin) @ surface.out)
    out_cm, up_cm = reach.place_cm or (0.0, 0.0)
    place = (
        shoulder
        - surface.out * away_cm
        + frame.axes[:, 0] * sign(reach.hand) * out_cm
        + frame.axes[:, 1] * up_cm
    )
    return Spot(place, surface.out, frame.axes[:, 1], PALM_CM, dorsal, on_thing=True)


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
    spot: Spot,
    lengths_cm: tuple[float, float],
    ground_cm: float,
) -> SolvedArm:
    """Two-bone inverse kinematics: the elbow swung, the hand turned on the spot.

    What the pose leaves open is tried until the wrist is at ease and the arm keeps out of
    the body and the ground; where nothing keeps it out, it goes through.

    Raises ValueError when the point is out of reach or a joint would pass its limit.
    """
    core = Core(bones)
    first: ValueError | None = None
    through: SolvedArm | None = None
    for swing_deg in _SWINGS_DEG if reach.elbow is None else (reach.elbow,):
        for turn_deg in _TURNS_DEG if reach.fingers is None else (reach.fingers,):
            try:
                arm = _solve(bones, shoulder, reach, spot, (turn_deg, swing_deg), lengths_cm)
            except ValueError as error:
                first = first or error
                continue
            sinks = float(arm.fore.origin[1]) < ground_cm + ELBOW_CM
            if not sinks and through_body(core, arm_bones(arm.upper, arm.fore, arm.hand)) is None:
                return arm
            through = through or arm
    if through is not None:
        return through
    raise first or ValueError(f"reach: nothing to try for '{reach.to}'")


def _solve(
    bones: Mapping[str, BoneFrame],
    shoulder: BoneFrame,
    reach: Reach,
    spot: Spot,
    angles_deg: tuple[float, float],
    lengths_cm: tuple[float, float],
) -> SolvedArm:
    turn_deg, swing_deg = angles_deg
    upper_cm, fore_cm = lengths_cm
    s = sign(reach.hand)
    place, normal = spot.place, spot.normal
    along = about(normal, s * turn_deg) @ spot.along
    wrist = place + normal * PALM_DEPTH_CM - along * spot.from_wrist_cm
    span = wrist - shoulder.origin
    length = sqrt(float(span @ span))
    if not abs(upper_cm - fore_cm) < length < upper_cm + fore_cm:
        missing_cm = max(length - upper_cm - fore_cm, upper_cm - fore_cm - length)
        raise ValueError(
            f"reach: the {reach.hand} hand cannot get to '{reach.to}' in this pose: "
            f"{missing_cm:.1f} cm are missing{spot.nearest(shoulder.origin, upper_cm + fore_cm)}"
        )
    axis = span / length
    hang = shoulder.axes @ vec(s * 0.7, -0.7, -0.25)
    out = about(axis, s * swing_deg) @ unit(hang - axis * float(hang @ axis))
    near = (length**2 + upper_cm**2 - fore_cm**2) / (2 * length)
    elbow = shoulder.origin + axis * near + out * sqrt(max(0.0, upper_cm**2 - near**2))
    bone, fore = unit(elbow - shoulder.origin), unit(wrist - elbow)
    check_shoulder(reach, bones["spine6"].axes.T @ bone)
    check_angle(f"elbow-{reach.hand}", "bend", between_deg(bone, fore))
    wrist_deg = between_deg(fore, along)
    if wrist_deg > _MOST_WRIST_DEG:
        raise ValueError(
            f"reach: the {reach.hand} wrist would have to bend {wrist_deg:.0f} degrees "
            f"to lie on '{reach.to}'; turn `fingers` or `elbow`"
        )
    hinge = unit(fore - bone * float(fore @ bone))
    palm_out = -normal if spot.dorsal else normal
    thumb = np.cross(s * palm_out, -along)
    side_on = unit(thumb - fore * float(thumb @ fore))
    return SolvedArm(
        upper=BoneFrame(shoulder.origin, columns(np.cross(-bone, hinge), -bone, hinge)),
        fore=BoneFrame(elbow, columns(np.cross(-fore, side_on), -fore, side_on)),
        hand=BoneFrame(wrist, columns(s * palm_out, -along, thumb)),
    )


def check_shoulder(reach: Reach, arm: Vec) -> None:
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


def between_deg(one: Vec, two: Vec) -> float:
    """The angle between two directions."""
    return degrees(acos(float(np.clip(one @ two, -1, 1))))
