"""Lays a whole forearm on a thing: elbow and hand both touch it."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.geometry import BoneFrame, columns, unit
from handouts.drawings.person.joint_limits import check_angle
from handouts.drawings.person.joints import sign
from handouts.drawings.person.reach import ELBOW_CM, SolvedArm, between_deg, check_shoulder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.pose import Reach
    from handouts.drawings.person.surfaces import Surface

WRIST_CM = 2.0
"""How far the middle of a wrist is from what it lies on."""
_OUT_DEG = 80.0
"""On an upright face the upper arm goes out to the side unless the pose says otherwise."""


def lay_forearm(
    bones: Mapping[str, BoneFrame],
    shoulder: BoneFrame,
    reach: Reach,
    surface: Surface,
    lengths_cm: tuple[float, float],
) -> SolvedArm:
    """The upper arm from the shoulder to the face, and the forearm along it.

    Raises ValueError when the elbow can't get there, or a joint would pass its limit.
    """
    upper_cm, fore_cm = lengths_cm
    s = sign(reach.hand)
    side, along, out = (surface.frame.axes[:, i] for i in range(3))
    away_cm = float((shoulder.origin - surface.frame.origin) @ out) - ELBOW_CM
    if abs(away_cm) > upper_cm:
        raise ValueError(
            f"reach: the {reach.hand} elbow cannot get to '{reach.to}' in this pose: "
            f"{abs(away_cm) - upper_cm:.1f} cm are missing; bring the shoulder nearer to it"
        )
    level = abs(float(out[1])) > 0.5
    swing = radians((0.0 if level else _OUT_DEG) if reach.elbow is None else reach.elbow)
    turn = radians(reach.fingers or 0.0)
    on = along * cos(swing) + side * s * sin(swing)
    elbow = shoulder.origin - out * away_cm + on * sqrt(upper_cm**2 - away_cm**2)
    bone = unit(elbow - shoulder.origin)
    flat = along * cos(turn) + side * s * sin(turn)
    dip = asin((ELBOW_CM - WRIST_CM) / fore_cm)
    fore = flat * cos(dip) - out * sin(dip)
    check_shoulder(reach, bones["spine6"].axes.T @ bone)
    check_angle(f"elbow-{reach.hand}", "bend", round(between_deg(bone, fore), 1))
    palm_out = -out if surface.dorsal else out
    thumb = np.cross(s * palm_out, -flat)
    side_on = unit(thumb - fore * float(thumb @ fore))
    hinge = unit(fore - bone * float(fore @ bone))
    return SolvedArm(
        upper=BoneFrame(shoulder.origin, columns(np.cross(-bone, hinge), -bone, hinge)),
        fore=BoneFrame(elbow, columns(np.cross(-fore, side_on), -fore, side_on)),
        hand=BoneFrame(elbow + fore * fore_cm, columns(s * palm_out, -flat, thumb)),
    )
