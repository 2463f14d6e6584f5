"""The posed skeleton: bone frames from joint angles. Centimetres, a body 170 cm tall."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.bases import BASES
from handouts.drawings.person.geometry import (
    BoneFrame,
    Vec,
    about_x,
    about_y,
    about_z,
    swing,
    unit,
    vec,
)
from handouts.drawings.person.joints import SIDES, Joints, Shoulder, Side, sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.pose import BodyPosture, Pose

UPPER_ARM_CM = 28.5
FOREARM_CM = 25.5
THIGH_CM = 42.5
SHANK_CM = 39.0

# (height, forward) of each spine joint at rest, then its share of bend, twist, side bend.
_SPINE = (
    ((0.0, 0.0), (0.0, 0.0, 0.0)),
    ((8.0, 0.0), (0.22, 0.08, 0.16)),
    ((16.0, 0.4), (0.20, 0.14, 0.18)),
    ((24.0, -0.2), (0.18, 0.20, 0.18)),
    ((32.0, -1.0), (0.16, 0.24, 0.18)),
    ((40.0, -1.6), (0.14, 0.22, 0.16)),
    ((47.0, -2.0), (0.10, 0.12, 0.14)),
)
_NECK = (
    ((53.0, -2.4), (0.30, 0.16, 0.30)),
    ((57.0, -1.4), (0.20, 0.16, 0.28)),
    ((60.8, -0.4), (0.16, 0.18, 0.24)),
    ((65.0, 0.8), (0.34, 0.50, 0.18)),
)
_NECK_CM = _NECK[-1][0][0] - _NECK[0][0][0]


@dataclass(frozen=True)
class Skeleton:
    """Every bone's frame by name, such as `spine6`, `head` or `forearm-left`."""

    bones: Mapping[str, BoneFrame]

    def shifted(self, by: Vec) -> Skeleton:
        """The whole skeleton moved in the world."""
        return Skeleton({name: frame.shifted(by) for name, frame in self.bones.items()})


def joint_bones(pose: Pose) -> dict[str, BoneFrame]:
    """Pose every bone by its joints alone, the pelvis in the origin."""
    joints = pose.joints
    bones: dict[str, BoneFrame] = {"pelvis": _root(pose.posture)}
    _add_spine(bones, joints)
    for side in SIDES:
        _add_leg(bones, joints, side)
        _add_arm(bones, joints, side)
    return bones


def _root(posture: BodyPosture) -> BoneFrame:
    own = about_y(posture.turn) @ about_x(posture.bend) @ about_z(-posture.tilt)
    return BoneFrame(vec(0, 0, 0), BASES[posture.base].axes @ own)


def _add_spine(bones: dict[str, BoneFrame], joints: Joints) -> None:
    spine, neck = joints.spine, joints.neck
    frame = bones["pelvis"]
    last = (0.0, 0.0)
    for level, (place, (bend, twist, side)) in enumerate(_SPINE):
        turn = (
            about_y(spine.twist * twist)
            @ about_x(spine.bend * bend)
            @ about_z(-spine.side_bend * side)
        )
        frame = frame.child(0, place[0] - last[0], place[1] - last[1], turn)
        bones[f"spine{level}"] = frame
        last = place
    glide = float(np.degrees(np.arcsin(neck.glide_cm / _NECK_CM)))
    for level, (place, (nod, turn_share, tilt)) in enumerate(_NECK, start=1):
        own = {1: 0.6 * neck.nod_lower + glide, 2: 0.4 * neck.nod_lower, 4: neck.nod_upper - glide}
        turn = (
            about_z(-neck.tilt * tilt)
            @ about_y(neck.turn * turn_share)
            @ about_x(neck.nod * nod + own.get(level, 0.0))
        )
        frame = frame.child(0, place[0] - last[0], place[1] - last[1], turn)
        bones["head" if level == len(_NECK) else f"neck{level}"] = frame
        last = place


def _add_leg(bones: dict[str, BoneFrame], joints: Joints, side: Side) -> None:
    s = sign(side)
    hip, knee, ankle = (
        (joints.hip_left, joints.knee_left, joints.ankle_left)
        if side == "left"
        else (joints.hip_right, joints.knee_right, joints.ankle_right)
    )
    turn = about_x(-hip.flex) @ about_z(s * hip.abduct) @ about_y(s * hip.rotate)
    thigh = bones["pelvis"].child(s * 9.0, 0, 0, turn)
    shank = thigh.child(0, -THIGH_CM, 0, about_x(knee.bend))
    bones[f"thigh-{side}"] = thigh
    bones[f"shank-{side}"] = shank
    bones[f"foot-{side}"] = shank.child(0, -SHANK_CM, 0, about_x(ankle.point))


def girdle(bones: Mapping[str, BoneFrame], side: Side, arm: Vec, shoulder: Shoulder) -> BoneFrame:
    """The shoulder joint, lifted and drawn forward as the arm (chest direction) rises."""
    s = sign(side)
    raised_deg = float(np.degrees(np.arccos(np.clip(-arm[1], -1, 1))))
    lift = shoulder.shrug + 0.24 * max(0.0, raised_deg - 30.0)
    forward = 16.0 * float(arm[2]) - shoulder.squeeze
    root = bones["spine6"].child(s * 2.5, 0.5, 2.5, about_y(-s * forward) @ about_z(s * lift))
    joint = root.at(s * 14.0, -1.2, -2.2)
    return BoneFrame(joint, bones["spine6"].axes)


def _add_arm(bones: dict[str, BoneFrame], joints: Joints, side: Side) -> None:
    s = sign(side)
    shoulder, elbow, forearm_turn, wrist = (
        (joints.shoulder_left, joints.elbow_left, joints.forearm_left, joints.wrist_left)
        if side == "left"
        else (joints.shoulder_right, joints.elbow_right, joints.forearm_right, joints.wrist_right)
    )
    r, p = radians(shoulder.raise_), radians(shoulder.plane)
    arm = vec(s * sin(r) * cos(p), -cos(r), sin(r) * sin(p))
    joint = girdle(bones, side, arm, shoulder)
    upper = joint.child(0, 0, 0, swing(vec(0, -1, 0), unit(arm)) @ about_y(-s * shoulder.roll))
    fore = upper.child(0, -UPPER_ARM_CM, 0, about_x(-elbow.bend))
    turned = fore.child(0, 0, 0, about_y(s * forearm_turn.turn))
    bones[f"shoulder-{side}"] = joint
    bones[f"upper-arm-{side}"] = upper
    bones[f"forearm-{side}"] = turned
    bones[f"hand-{side}"] = turned.child(
        0, -FOREARM_CM, 0, about_z(-s * wrist.bend) @ about_x(-wrist.deviate)
    )
