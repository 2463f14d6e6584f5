"""Solves an arm so that its palm lies on a named body point."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, degrees, sqrt
from typing import TYPE_CHECKING

import numpy as np

from handouts.figures.geometry import Frame, Vec, about, columns, unit, vec
from handouts.figures.landmarks import palm_frame, touch
from handouts.figures.limits import check_angle
from handouts.figures.model import Reach, sign

if TYPE_CHECKING:
    from collections.abc import Mapping

PALM_MIDDLE_CM = 7.0
PALM_DEPTH_CM = 1.9
_MOST_WRIST_DEG = 85.0
_TURNS_DEG = (0.0, *(s * d for d in range(12, 133, 12) for s in (1.0, -1.0)))


@dataclass(frozen=True)
class SolvedArm:
    """The three frames of an arm that reaches its point."""

    upper: Frame
    fore: Frame
    hand: Frame


def solve_arm(
    bones: Mapping[str, Frame], shoulder: Frame, reach: Reach, upper_cm: float, fore_cm: float
) -> SolvedArm:
    """Two-bone inverse kinematics, the hand turned on the spot until the wrist is at ease.

    Raises ValueError when the point is out of reach or a joint would pass its limit.
    """
    turns_deg = _TURNS_DEG if reach.fingers is None else (reach.fingers,)
    first: ValueError | None = None
    for turn_deg in turns_deg:
        try:
            return _solve(bones, shoulder, reach, turn_deg, (upper_cm, fore_cm))
        except ValueError as error:
            first = first or error
    raise first or ValueError(f"reach: nothing to try for '{reach.to}'")


def _solve(
    bones: Mapping[str, Frame],
    shoulder: Frame,
    reach: Reach,
    turn_deg: float,
    lengths_cm: tuple[float, float],
) -> SolvedArm:
    upper_cm, fore_cm = lengths_cm
    s = sign(reach.hand)
    spot = touch(reach.hand, reach.to)
    place, normal, along = palm_frame(bones[spot.bone], spot)
    along = about(normal, s * turn_deg) @ along
    wrist = place + normal * PALM_DEPTH_CM - along * PALM_MIDDLE_CM
    span = wrist - shoulder.origin
    length = sqrt(float(span @ span))
    if not abs(upper_cm - fore_cm) < length < upper_cm + fore_cm:
        raise ValueError(f"reach: the {reach.hand} hand cannot get to '{reach.to}' in this pose")
    axis = span / length
    hang = shoulder.axes @ vec(s * 0.7, -0.7, -0.25)
    out = about(axis, s * reach.elbow) @ unit(hang - axis * float(hang @ axis))
    near = (length**2 + upper_cm**2 - fore_cm**2) / (2 * length)
    elbow = shoulder.origin + axis * near + out * sqrt(max(0.0, upper_cm**2 - near**2))
    bone, fore = unit(elbow - shoulder.origin), unit(wrist - elbow)
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
        upper=Frame(shoulder.origin, columns(np.cross(-bone, hinge), -bone, hinge)),
        fore=Frame(elbow, columns(np.cross(-fore, side_on), -fore, side_on)),
        hand=Frame(wrist, columns(s * normal, -along, thumb)),
    )


def _between_deg(one: Vec, two: Vec) -> float:
    return degrees(acos(float(np.clip(one @ two, -1, 1))))
