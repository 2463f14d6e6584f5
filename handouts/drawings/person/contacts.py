"""Whether what should touch touches, and nothing sinks: by how much, and what would be near."""

from __future__ import annotations

from math import atan2, degrees
from typing import TYPE_CHECKING

from handouts.drawings.person.bases import BASES
from handouts.drawings.person.geometry import vec
from handouts.drawings.person.legs import bend_deg, plant
from handouts.drawings.person.surfaces import farthest, named
from handouts.drawings.person.things import Roll, Step, Wall

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handouts.drawings.person.body_part import BodyPart
    from handouts.drawings.person.geometry import BoneFrame
    from handouts.drawings.person.joints import Side
    from handouts.drawings.person.pose import Pose
    from handouts.drawings.person.surfaces import Surface

MOST_OFF_CM = 1.0
"""A drawing of 30 mm shows half a person: 1 cm of the body is 0.3 mm of it, a line's width."""
_DOWN = vec(0, -1, 0)


def check_contacts(
    pose: Pose,
    bones: Mapping[str, BoneFrame],
    parts: Sequence[BodyPart],
    faces: Mapping[str, list[Surface]],
    ground_cm: float,
) -> None:
    """Raise ValueError for what floats or sinks by more than 1 cm: the part, how far, the mend."""
    _check_floating(pose, bones, parts, ground_cm)
    for part in parts:
        deep_cm = ground_cm + farthest((part,), _DOWN)
        if deep_cm > MOST_OFF_CM:
            raise ValueError(
                f"pose: the {_said(part.name)} sinks {deep_cm:.1f} cm into the ground; "
                f"{_mend_sinking(part.name)}"
            )
    for kind, found in faces.items():
        if kind in ("wall", "corner", "door-frame"):
            for face in found:
                _check_wall(pose, kind, face, parts)


def _check_floating(
    pose: Pose, bones: Mapping[str, BoneFrame], parts: Sequence[BodyPart], ground_cm: float
) -> None:
    stepped = {f"foot-{p.foot}" for p in pose.props if isinstance(p, Step)}
    on_roll = any(isinstance(p, Roll) and p.under == "spine" for p in pose.props)
    for name in BASES[pose.posture.base].touching:
        if name in pose.lifted or name in stepped or (on_roll and name == "pelvis"):
            continue
        gap_cm = -farthest(named(parts, (name,)), _DOWN) - ground_cm
        if gap_cm > MOST_OFF_CM:
            raise ValueError(
                f"pose: the {_said(name)} floats {gap_cm:.1f} cm above the ground; "
                f"{_mend_floating(name, bones, ground_cm)}"
            )


def _mend_floating(name: str, bones: Mapping[str, BoneFrame], ground_cm: float) -> str:
    if not name.startswith("foot"):
        return "change posture or spine"
    side: Side = "left" if name.endswith("left") else "right"
    lifted = f"or write lifted: [{name}]"
    stood = dict(bones)
    try:
        plant(stood, side, "sole", ground_cm)
    except ValueError:
        return f"bring hip-{side} nearer to 0, {lifted}"
    thigh, shank = stood[f"thigh-{side}"], stood[f"shank-{side}"]
    way = stood["pelvis"].axes.T @ thigh.toward(0, -1, 0)
    flex = degrees(atan2(float(way[2]), -float(way[1])))
    bend = bend_deg(thigh, shank)
    return (
        f"with hip-{side} {{flex: {flex:.0f}}} and knee-{side} {{bend: {bend:.0f}}} it stands, "
        f"{lifted}"
    )


def _mend_sinking(name: str) -> str:
    bone, _, side = name.rpartition("-")
    if bone in ("hand", "forearm", "upper-arm", "sleeve"):
        return f"lay the hand there with reach: {{hand: {side}, to: floor}}, or raise the arm"
    if bone in ("foot", "shank", "thigh"):
        return f"change hip-{side} or knee-{side}"
    return "change neck, spine or posture"


def _check_wall(pose: Pose, kind: str, face: Surface, parts: Sequence[BodyPart]) -> None:
    if kind == "door-frame":
        return
    for part in parts:
        deep_cm = -face.gap_cm(part)
        if deep_cm > MOST_OFF_CM:
            wall = next(p for p in pose.props if isinstance(p, Wall) and p.kind == kind)
            near = (
                f"distance-cm: {wall.distance_cm + deep_cm:.0f} is free"
                if wall.distance_cm is not None
                else "leave touches out, or bend the body away from it"
            )
            raise ValueError(
                f"pose: the {_said(part.name)} goes {deep_cm:.1f} cm into the {kind}; {near}"
            )


def _said(name: str) -> str:
    """A part in words: foot-left is the left foot."""
    words = {"shank": "lower leg", "hair": "head", "skull": "head", "torso": "trunk"}
    bone, _, side = name.rpartition("-")
    if side in ("left", "right"):
        return f"{side} {words.get(bone, bone.replace('-', ' '))}"
    return words.get(name, name)
