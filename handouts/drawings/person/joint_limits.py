"""How far each human joint can go, in degrees."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class JointRange(NamedTuple):
    """An allowed span of one angle, both ends included."""

    least_deg: float
    most_deg: float


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
        },
        "shoulder": {
            "raise": JointRange(0, 180),
            "plane": JointRange(-45, 135),
            "roll": JointRange(-90, 90),
            "shrug": JointRange(-10, 30),
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


def check_angle(joint: str, angle: str, value_deg: float) -> None:
    """Raise ValueError when a joint such as `elbow-left` goes past what a body can do."""
    kind = joint.removesuffix("-left").removesuffix("-right")
    allowed = LIMITS[kind][angle]
    if not allowed.least_deg <= value_deg <= allowed.most_deg:
        raise ValueError(
            f"{joint}: {angle} of {value_deg:g} degrees is outside the allowed range "
            f"{allowed.least_deg:g} to {allowed.most_deg:g} degrees"
        )
