"""How far each human joint can go: degrees, and centimetres or millimetres where a name says so."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class JointRange(NamedTuple):
    """An allowed span of one angle, both ends included."""

    least: float
    most: float


LIMITS: Mapping[str, Mapping[str, JointRange]] = MappingProxyType(
    {
        "spine": {
            "bend": JointRange(-30, 80),
            "twist": JointRange(-60, 60),
            "side_bend": JointRange(-35, 35),
        },
        "neck": {
            "turn": JointRange(-80, 80),
            "tilt": JointRange(-45, 45),
            "nod": JointRange(-60, 60),
            # Occiput on atlas 15-20 degrees (boneandspine.com, range of motion of the neck).
            "nod-upper": JointRange(-20, 20),
            # What is left of 80 degrees back and 50 forward (Muscolino, learnmuscles.com).
            "nod-lower": JointRange(-60, 40),
            # The neck leans and the head nods against it: Ordway 1999 (Spine 24:240). The head
            # has 20 degrees for that, and 12 cm of neck below it: 12 cm x sin 20 = 4 cm.
            "glide-cm": JointRange(-4, 4),
        },
        # Mean of adults 49 mm between the front teeth (Zawawi, J Can Dent Assoc, December 2003).
        "jaw": {"open-mm": JointRange(0, 49)},
        # The chest grows by 6.4 cm round its lower half (Debouche, Reliability of chest
        # wall expansion in young healthy adults), so by 2 cm in depth, were it round.
        "breath": {"belly-cm": JointRange(0, 2), "chest-cm": JointRange(0, 2)},
        "shoulder": {
            "raise": JointRange(0, 180),
            "plane": JointRange(-45, 135),
            "roll": JointRange(-90, 90),
            "shrug": JointRange(-10, 30),
            # The collar bone goes back and forward by 15-30 degrees (exedulab.com.au, shoulder).
            "squeeze": JointRange(-30, 30),
        },
        "elbow": {"bend": JointRange(0, 150)},
        "forearm": {"turn": JointRange(-85, 90)},
        "wrist": {"bend": JointRange(-75, 85), "deviate": JointRange(-35, 25)},
        "fingers": {"curl": JointRange(-5, 90)},
        "hip": {
            "flex": JointRange(-20, 125),
            "abduct": JointRange(-30, 50),
            "rotate": JointRange(-45, 50),
        },
        "knee": {"bend": JointRange(0, 150)},
        "ankle": {"point": JointRange(-25, 55)},
    }
)


def check_angle(joint: str, angle: str, value: float) -> None:
    """Raise ValueError when a joint such as `elbow-left` goes past what a body can do."""
    kind = joint.removesuffix("-left").removesuffix("-right")
    allowed = LIMITS[kind][angle]
    if not allowed.least <= value <= allowed.most:
        unit = angle.rpartition("-")[2]
        said = unit if unit in ("cm", "mm") else "degrees"
        raise ValueError(
            f"{joint}: {angle} of {value:g} {said} is outside the allowed range "
            f"{allowed.least:g} to {allowed.most:g} {said}"
        )
