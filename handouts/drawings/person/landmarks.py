"""Named points on the body: where arrows and props anchor and where hands can be laid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.geometry import BoneFrame, Vec

Triple = tuple[float, float, float]

PALM_CM = 7.0
FINGERTIPS_CM = 15.5


@dataclass(frozen=True)
class Touch:
    """Where a hand lies on a bone, facing in, and where its fingers point.

    `from_wrist_cm` is the spot of the hand that lies there: its palm's middle, or its
    fingertips.
    """

    bone: str
    place_cm: Triple
    normal: Triple
    fingers: Triple
    from_wrist_cm: float = PALM_CM


def _flip(t: Triple) -> Triple:
    return (-t[0], t[1], t[2])


def _both(name: str, bone: str, place: Triple) -> dict[str, tuple[str, Triple]]:
    sided = bone in ("head", "pelvis") or bone.startswith(("spine", "neck"))
    return {
        f"{name}-left": (bone if sided else f"{bone}-left", place),
        f"{name}-right": (bone if sided else f"{bone}-right", _flip(place)),
    }


_ANCHORS: dict[str, tuple[str, Triple]] = {
    "head": ("head", (0, 5, 0)),
    "head-top": ("head", (0, 14.5, 0)),
    "head-back": ("head", (0, 5, -10)),
    "skull-base": ("head", (0, -3.2, -8.0)),
    "forehead": ("head", (0, 8, 9)),
    "eyes": ("head", (0, 2.4, 9)),
    "nose": ("head", (0, -1, 11)),
    "chin": ("head", (0, -7.5, 9)),
    "neck": ("neck2", (0, 0, 0)),
    "neck-base": ("neck1", (0, 0, 0)),
    "chest": ("spine5", (0, 0, 12)),
    "upper-back": ("spine5", (0, 0, -11)),
    "belly": ("spine2", (0, 0, 11)),
    "lower-back": ("spine2", (0, 0, -10)),
    "pelvis": ("pelvis", (0, 0, 0)),
    **_both("head", "head", (8.4, 5, 0)),
    **_both("ear", "head", (8.2, 1.2, -0.8)),
    **_both("temple", "head", (7.6, 5.4, 4.6)),
    **_both("shoulder-blade", "spine5", (8, 2, -11)),
    **_both("armpit", "spine5", (15, 2, 2)),
    **_both("shoulder", "shoulder", (0, 0, 0)),
    **_both("shoulder-top", "shoulder", (1, 5.5, 0)),
    **_both("elbow", "forearm", (0, 0, 0)),
    **_both("wrist", "hand", (0, 0, 0)),
    **_both("hand", "hand", (0, -9, 0)),
    **_both("fingertips", "hand", (0, -18, 0)),
    **_both("hip", "thigh", (0, 0, 0)),
    **_both("knee", "shank", (0, 0, 0)),
    **_both("ankle", "foot", (0, 0, 0)),
    **_both("toes", "foot", (0, -6, 18)),
}
ANCHORS: Mapping[str, tuple[str, Triple]] = MappingProxyType(_ANCHORS)
ANCHOR_NAMES = tuple(sorted(_ANCHORS))

# Written for the left hand; `own` is a point on the hand's own side, `cross` on the other.
_OWN: dict[str, Touch] = {
    "head-{}": Touch("head", (7.9, 7.5, -0.5), (1, 0.15, 0), (-0.1, 0.8, -0.6)),
    "head-back-{}": Touch("head", (4.6, 6.5, -8.0), (0.5, 0.1, -0.85), (-0.85, 0.3, -0.4)),
    "head-top": Touch("head", (1.5, 14.0, 0.0), (0.1, 1, 0), (-0.95, 0, -0.3)),
    "head-back": Touch("head", (1.5, 5.5, -9.6), (0.15, 0.1, -1), (-0.95, 0.3, 0)),
    "forehead": Touch("head", (1.5, 8.5, 8.8), (0.2, 0.3, 1), (-0.9, 0.2, 0.1)),
    "chin": Touch("head", (0.6, -6.0, 10.2), (0, 0.45, 1), (-0.35, 1, -0.5), FINGERTIPS_CM),
    "temple-{}": Touch("head", (7.0, 5.4, 4.6), (0.85, 0.1, 0.5), (-0.1, 1, 0)),
    "cheek-{}": Touch("head", (5.6, -0.6, 6.2), (0.75, 0, 0.65), (0, 1, -0.1)),
    "jaw-{}": Touch("head", (5.4, -4.6, 3.4), (0.9, -0.3, 0.3), (0, 0.9, -0.4), FINGERTIPS_CM),
    "collar-bone-{}": Touch("spine6", (7.5, 1.6, 6.6), (0.2, 0.5, 0.85), (-1, 0.3, 0)),
    "neck-back": Touch("neck2", (1.0, 1.5, -5.2), (0.15, 0.1, -1), (-0.95, 0.3, 0)),
    "hip-{}": Touch("pelvis", (15.2, 6.5, 3.0), (1, 0.1, 0.2), (-0.1, -0.3, 1)),
    "chest": Touch("spine5", (2.0, 1.0, 10.6), (0.1, 0.1, 1), (-1, 0.25, 0)),
    "chest-{}": Touch("spine5", (8.0, 2.0, 9.6), (0.3, 0.15, 1), (-1, 0.4, 0)),
    "belly": Touch("spine2", (2.0, 0.5, 10.4), (0.1, 0, 1), (-1, -0.15, 0)),
    "belly-{}": Touch("spine2", (7.5, 1.0, 9.4), (0.35, 0, 1), (-1, -0.25, 0)),
    "thigh-{}": Touch("thigh-{}", (0.5, -22, 7.6), (0, 0, 1), (-0.15, -1, 0)),
    "knee-{}": Touch("shank-{}", (0.0, 3, 6.6), (0, 0, 1), (0, -1, 0)),
    "seat-{}": Touch("pelvis", (20.5, -10.5, -1.0), (1, 0.1, 0), (0, -1, 0.1)),
}
_CROSS: dict[str, Touch] = {
    "head-{}": Touch("head", (-7.2, 9.8, 0.6), (-0.8, 0.6, 0.1), (-0.6, -0.8, 0.05)),
    "head-back-{}": Touch("head", (0.4, 9.6, -8.4), (0.1, 0.5, -0.87), (-0.35, -0.8, -0.5)),
    "temple-{}": Touch("head", (-7.0, 5.4, 4.6), (-0.85, 0.1, 0.5), (-0.7, 0.6, 0)),
    "cheek-{}": Touch("head", (-5.6, -0.6, 6.2), (-0.75, 0, 0.65), (-0.7, 0.6, -0.2)),
    "jaw-{}": Touch("head", (-5.4, -4.6, 4.4), (-0.8, -0.3, 0.6), (-0.6, 0.8, -0.2), FINGERTIPS_CM),
    "collar-bone-{}": Touch("spine6", (-7.5, 1.6, 6.6), (-0.2, 0.5, 0.85), (-0.9, 0.5, 0)),
    "upper-arm-{}": Touch("upper-arm-{}", (1.0, -11, 5.4), (0.3, 0, 1), (-1, 0.3, 0)),
    "thigh-{}": Touch("thigh-{}", (-1.0, -22, 7.4), (0, 0, 1), (-0.9, -0.5, 0)),
    "shoulder-{}": Touch("shoulder-{}", (1.5, 4.6, 2.5), (0, 0.8, 0.6), (-0.2, 0.6, -0.8)),
    "elbow-{}": Touch("forearm-{}", (-3.6, 2, 0), (-0.9, 0, 0.3), (0, 0.2, -1)),
    "chest-{}": Touch("spine5", (-8.0, 3.0, 9.6), (-0.3, 0.15, 1), (-1, 0.5, 0)),
    "belly-{}": Touch("spine2", (-5.5, 1.0, 9.8), (-0.3, 0, 1), (-1, 0, 0)),
    "knee-{}": Touch("shank-{}", (3.0, 4, 5.6), (0.5, 0, 0.8), (0, -1, 0)),
}
REACH_NAMES = tuple(
    sorted({name.format(side) for name in (*_OWN, *_CROSS) for side in ("left", "right")})
)


def anchor_point(bones: Mapping[str, BoneFrame], name: str) -> Vec:
    """World place of a named body point."""
    bone, place = ANCHORS[name]
    return bones[bone].at(*place)


def touch(hand: str, to: str) -> Touch:
    """Where and how a hand lies on a point; raises ValueError for a pair no arm can make."""
    side = to.rpartition("-")[2]
    sided = side in ("left", "right")
    generic = to.removesuffix(side) + "{}" if sided else to
    crossing = sided and side != hand
    found = (_CROSS if crossing else _OWN).get(generic)
    if found is None:
        raise ValueError(f"reach: the {hand} hand cannot be laid on '{to}'")
    if hand == "right":
        found = replace(
            found,
            place_cm=_flip(found.place_cm),
            normal=_flip(found.normal),
            fingers=_flip(found.fingers),
        )
    return replace(found, bone=found.bone.format(side))
