"""Places a posed body in its world: it rests on the ground, and hands lie where they reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.drawings.person.bases import BASES
from handouts.drawings.person.clearance import check_clear
from handouts.drawings.person.contacts import check_contacts
from handouts.drawings.person.forearms import lay_forearm
from handouts.drawings.person.geometry import BoneFrame, unit, vec
from handouts.drawings.person.joints import sign
from handouts.drawings.person.legs import plant
from handouts.drawings.person.lying import laid, parts_of, thickness, underside
from handouts.drawings.person.reach import body_spot, solve_arm, thing_spot
from handouts.drawings.person.skeleton import FOREARM_CM, UPPER_ARM_CM, Skeleton, girdle
from handouts.drawings.person.surfaces import Surface, surfaces
from handouts.drawings.person.things import Roll, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.body_part import BodyPart
    from handouts.drawings.person.geometry import Camera
    from handouts.drawings.person.pose import Pose, Reach

MAT_THICK_CM = 1.6
BED_CM = 48.0
_ARM_CM = (UPPER_ARM_CM, FOREARM_CM)


@dataclass(frozen=True)
class Placed:
    """A body in its world; `ground_cm` is the height of the mat, bed or floor below it."""

    skeleton: Skeleton
    parts: tuple[BodyPart, ...]
    ground_cm: float
    faces: Mapping[str, list[Surface]]


def ground_height(pose: Pose) -> float:
    """The height of what the body rests on."""
    kinds = {prop.kind for prop in pose.props}
    return BED_CM if "bed" in kinds else MAT_THICK_CM if "mat" in kinds else 0.0


def place(pose: Pose, camera: Camera) -> Placed:
    """Pose, ground and reach.

    Raises ValueError when something can't touch what it should, or goes through something.
    """
    ground_cm = ground_height(pose)
    bones = laid(pose, camera)
    bones = _grounded(pose, bones, camera, ground_cm)
    for side, how in BASES[pose.posture.base].planted.items():
        if f"foot-{side}" not in pose.lifted:
            plant(bones, side, how, ground_cm)
    for prop in pose.props:
        if isinstance(prop, Step):
            plant(bones, prop.foot, "sole", ground_cm + prop.height_cm)
    faces = surfaces(pose, bones, parts_of(pose, bones, camera), ground_cm)
    for reach in pose.reach:
        _reach(bones, pose, reach, faces, ground_cm)
    check_clear(bones)
    parts = parts_of(pose, bones, camera)
    check_contacts(pose, bones, parts, faces, ground_cm)
    return Placed(Skeleton(bones), tuple(parts), ground_cm, faces)


def _grounded(
    pose: Pose, bones: dict[str, BoneFrame], camera: Camera, ground_cm: float
) -> dict[str, BoneFrame]:
    parts = parts_of(pose, bones, camera)
    bears = BASES[pose.posture.base].bears
    lift_cm = 0.0
    for prop in pose.props:
        if isinstance(prop, Roll) and prop.under == "spine":
            lift_cm, bears = thickness(prop) or 0.0, ("torso", "pelvis")
        elif isinstance(prop, Roll) and prop.under == "upper-back":
            bears = ("pelvis",)
    if not bears:
        bears = tuple(part.name for part in parts)
    by = vec(0, ground_cm + lift_cm - underside(parts, bears), 0)
    return {name: frame.shifted(by) for name, frame in bones.items()}


def _reach(
    bones: dict[str, BoneFrame],
    pose: Pose,
    reach: Reach,
    faces: Mapping[str, list[Surface]],
    ground_cm: float,
) -> None:
    side = reach.hand
    joints = pose.joints
    shoulder = joints.shoulder_left if side == "left" else joints.shoulder_right
    chest = bones["spine6"]
    arm = unit(vec(sign(side), 0, 0))
    surface = None
    if found := faces.get(reach.to):
        surface = found[0] if side == "left" else found[-1]
    for _ in range(2 if surface is None else 4):
        joint = girdle(bones, side, arm, shoulder)
        if surface is not None and reach.with_ == "forearm":
            solved = lay_forearm(bones, joint, reach, surface, _ARM_CM)
        else:
            spot = (
                body_spot(bones, reach, joints.breath)
                if surface is None
                else thing_spot(surface, joint.origin, reach)
            )
            solved = solve_arm(bones, joint, reach, spot, _ARM_CM, ground_cm)
        arm = chest.axes.T @ (solved.upper.axes @ vec(0, -1, 0))
    bones[f"shoulder-{side}"] = joint
    bones[f"upper-arm-{side}"] = solved.upper
    bones[f"forearm-{side}"] = solved.fore
    bones[f"hand-{side}"] = solved.hand
