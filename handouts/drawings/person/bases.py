"""The positions a body starts from: how it lies, how its joints rest, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from handouts.drawings.person.geometry import Mat, about_x, columns, vec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.joints import Side

BaseName = Literal[
    "standing",
    "lunge-left",
    "lunge-right",
    "sitting",
    "kneeling",
    "half-kneeling-left",
    "half-kneeling-right",
    "hands-and-knees",
    "prone",
    "prone-on-elbows",
    "supine",
    "hooklying",
    "side-lying-left",
    "side-lying-right",
]
"""`lunge-left` and `half-kneeling-left` have the left foot in front."""

Angles = dict[str, dict[str, float]]
Planted = Literal["sole", "toes", "leg"]
"""How a foot is brought to the floor: flat, by hip and knee; by its toes, by the knee alone; or by
its toes, by the hip alone, the leg straight."""


@dataclass(frozen=True)
class Base:
    """One position: the pelvis' directions, joints at rest, and what bears the body.

    `hands` says how they lie on the floor where a pose has no `reach`.
    `bears` are the parts of which the lowest touches the ground; `planted` are the feet that are
    then brought to it; `upright` bodies stand or sit, and walls are measured from their feet.
    """

    axes: Mat
    bears: tuple[str, ...]
    rest: Angles = field(default_factory=dict)
    planted: Mapping[Side, Planted] = field(default_factory=dict)
    touching: tuple[str, ...] = ()
    upright: bool = False
    hands: Literal["palm", "forearm"] | None = None


_UP = np.eye(3)
_FACE_DOWN = about_x(90)
_FACE_UP = about_x(-90)
_TRUNK = ("torso", "pelvis", "thigh-left", "thigh-right")
_BELLY = ("torso", "pelvis")
_FEET = ("foot-left", "foot-right")
_LEGS = (*_FEET, "shank-left", "shank-right")
_BOTH = ("left", "right")
_AHEAD_CM = 6.0
"""Hands lie a little ahead of the shoulders, so that wrists need not bend to a right angle."""


def _both(joint: str, **angles: float) -> Angles:
    named = {angle.rstrip("_"): value for angle, value in angles.items()}
    return {f"{joint}-{side}": dict(named) for side in _BOTH}


def _kneeling_leg(side: str, flex: float = 0.0) -> Angles:
    return {
        f"hip-{side}": {"flex": flex},
        f"knee-{side}": {"bend": 90.0},
        f"ankle-{side}": {"point": 55.0},
    }


def _half_kneeling(front: Side, back: Side) -> Base:
    rest = {
        **_kneeling_leg(back),
        f"hip-{front}": {"flex": 80.0, "abduct": 4.0},
        f"knee-{front}": {"bend": 80.0},
    }
    bears = (f"thigh-{back}", f"shank-{back}")
    planted: dict[Side, Planted] = {front: "sole", back: "toes"}
    touching = (f"shank-{back}", f"foot-{front}", f"foot-{back}")
    return Base(_UP, bears, rest, planted, touching, upright=True)


def _lunge(front: Side, back: Side) -> Base:
    rest = {
        f"hip-{front}": {"flex": 40.0},
        f"knee-{front}": {"bend": 40.0},
        f"hip-{back}": {"flex": -18.0},
        f"knee-{back}": {"bend": 8.0},
    }
    planted: dict[Side, Planted] = {front: "sole", back: "sole"}
    return Base(_UP, (f"foot-{front}",), rest, planted, _FEET, upright=True)


_TOES: Mapping[Side, Planted] = MappingProxyType({"left": "toes", "right": "toes"})
_STRAIGHT: Mapping[Side, Planted] = MappingProxyType({"left": "leg", "right": "leg"})
_SOLES: Mapping[Side, Planted] = MappingProxyType({"left": "sole", "right": "sole"})
_KNEES = ("thigh-left", "thigh-right", "shank-left", "shank-right")
_SITTING_LEGS = {**_both("hip", flex=86.0, abduct=8.0), **_both("knee", bend=86.0)}
_BENT_LEGS = {**_both("hip", flex=46.0), **_both("knee", bend=95.0), **_both("ankle", point=45.0)}
_KNEELING = {**_kneeling_leg("left"), **_kneeling_leg("right")}
_ON_KNEES = {**_kneeling_leg("left", 90.0), **_kneeling_leg("right", 90.0)}
_LYING_FEET = _both("ankle", point=50.0)
_PRONE = {
    **_LYING_FEET,
    **_both("shoulder", raise_=12.0, plane=-30.0),
    **_both("elbow", bend=4.0),
}
_LEGS_DRAWN_UP = {
    **_both("hip", flex=60.0, abduct=-4.0),
    **_both("knee", bend=80.0),
    **_both("shoulder", raise_=80.0, plane=92.0),
}
_SIDE = ("torso", "pelvis", "sleeve-left", "sleeve-right", *_KNEES)

BASES: Mapping[str, Base] = MappingProxyType(
    {
        "standing": Base(_UP, (), touching=_FEET, upright=True),
        "lunge-left": _lunge("left", "right"),
        "lunge-right": _lunge("right", "left"),
        "sitting": Base(_UP, (), _SITTING_LEGS, touching=_FEET, upright=True),
        "kneeling": Base(
            _UP, _KNEES, _KNEELING, _TOES, ("shank-left", "shank-right", *_FEET), upright=True
        ),
        "half-kneeling-left": _half_kneeling("left", "right"),
        "half-kneeling-right": _half_kneeling("right", "left"),
        "hands-and-knees": Base(
            _FACE_DOWN,
            _KNEES,
            _ON_KNEES,
            _TOES,
            ("shank-left", "shank-right", *_FEET),
            hands="palm",
        ),
        "prone": Base(_FACE_DOWN, _BELLY, _PRONE, _STRAIGHT, _FEET),
        "prone-on-elbows": Base(
            _FACE_DOWN,
            _BELLY,
            {**_LYING_FEET, "spine": {"bend": -30.0}, "neck": {"nod": -20.0}},
            _STRAIGHT,
            _FEET,
            hands="forearm",
        ),
        "supine": Base(_FACE_UP, (*_TRUNK, "skull", "hair"), touching=("pelvis",)),
        "hooklying": Base(
            _FACE_UP, (*_TRUNK, "skull", "hair"), _BENT_LEGS, _SOLES, ("pelvis", *_FEET)
        ),
        "side-lying-right": Base(
            columns(vec(0, 1, 0), vec(0, 0, -1), vec(-1, 0, 0)), _SIDE, _LEGS_DRAWN_UP
        ),
        "side-lying-left": Base(
            columns(vec(0, -1, 0), vec(0, 0, -1), vec(1, 0, 0)), _SIDE, _LEGS_DRAWN_UP
        ),
    }
)
BASE_NAMES: tuple[str, ...] = get_args(BaseName)


def with_rest(pose: object) -> object:
    """Lay a base's angles at rest under the joints that a pose says (both as read from YAML)."""
    if not isinstance(pose, dict):
        return pose
    posture = pose.get("posture")
    name = posture.get("base") if isinstance(posture, dict) else None
    joints = pose.get("joints", {})
    base = BASES.get(name) if isinstance(name, str) else None
    if base is None or not base.rest or not isinstance(joints, dict):
        return pose
    joined = dict(joints)
    for joint, rest in base.rest.items():
        said = joints.get(joint, {})
        joined[joint] = {**rest, **said} if isinstance(said, dict) else said
    if base.hands is None:
        return {**pose, "joints": joined}
    place = {"place-cm": (0.0, _AHEAD_CM)} if base.hands == "palm" else {}
    hands = [{"hand": side, "to": "floor", "with": base.hands, **place} for side in _BOTH]
    return {"reach": hands, **pose, "joints": joined}
