"""How far each human joint can go, in degrees."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Range(NamedTuple):
    """An allowed span of one angle, both ends included."""

    least_deg: float
    most_deg: float


LIMITS: Mapping[str, Mapping[str, Range]] = MappingProxyType(
    {
        "spine": {"bend": Range(-30, 80), "twist": Range(-60, 60), "side_bend": Range(-35, 35)},
        "neck": {"turn": Range(-80, 80), "tilt": Range(-45, 45), "nod": Range(-60, 60)},
        "shoulder": {
            "raise": Range(0, 180),
            "plane": Range(-45, 135),
            "roll": Range(-90, 90),
            "shrug": Range(-10, 30),
        },
        "elbow": {"bend": Range(0, 150)},
        "forearm": {"turn": Range(-85, 90)},
        "wrist": {"bend": Range(-75, 85), "deviate": Range(-35, 25)},
        "fingers": {"curl": Range(-5, 90)},
        "hip": {"flex": Range(-20, 125), "abduct": Range(-30, 50), "rotate": Range(-45, 50)},
        "knee": {"bend": Range(0, 150)},
        "ankle": {"point": Range(-25, 55)},
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
