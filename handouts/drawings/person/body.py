"""The clothed body on a skeleton: torso, neck, arms, hands, legs and feet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.body_part import BodyPart, Join, SurfaceMark
from handouts.drawings.person.clearance import trunk_blobs
from handouts.drawings.person.cords import GRIP_CURL_DEG
from handouts.drawings.person.geometry import BoneFrame, about_x
from handouts.drawings.person.hands import finger_lines, hand_solids
from handouts.drawings.person.head_shape import head_parts
from handouts.drawings.person.joints import Joints, Side, sign
from handouts.drawings.person.pose import SURFACE_NAMES, Pose
from handouts.drawings.person.skeleton import FOREARM_CM, SHANK_CM, THIGH_CM, UPPER_ARM_CM, Skeleton
from handouts.drawings.person.solids import Blob, Chain, Hull, blob
from handouts.drawings.person.things import Cord, Weight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.geometry import Camera

_BLADE_TURN = 0.35
_BLADE_SLIDE = 0.17
"""Centimetres to the spine for each degree that the collar bone goes back: 15 cm x sin 1 degree
is 0.26, less what the round ribs take."""
_BLADE_LIFT = 0.2
_FLAT_DEG = 2.0
_LAID_DEG = 18.0
_FUSED_COSINE = 0.5
_INTO_SLEEVE = 0.5
_HEM_CM = 16.5
_COLLAR_TILT_DEG = 24.0
_COLLAR_HALF_CM = (7.6, 0.05, 6.2)


def body_parts(pose: Pose, skeleton: Skeleton, camera: Camera) -> list[BodyPart]:
    """Every piece of the figure as the camera sees it, in no particular order."""
    bones = skeleton.bones
    parts = [_pelvis(bones), _torso(bones, pose), _neck(bones)]
    parts += head_parts(bones["head"], bones["pelvis"], pose.face, pose.joints.jaw.open_mm)
    for side in ("left", "right"):
        parts += _leg(bones, side)
        parts += _arm(bones, _curl_deg(pose, side), side, camera)
    return parts


def comes_at_viewer(bones: Mapping[str, BoneFrame], camera: Camera, side: Side) -> bool:
    """Whether one looks into the sleeve: the arm then comes out of it, over its hem."""
    return float(bones[f"upper-arm-{side}"].toward(0, -1, 0) @ camera.toward) > _INTO_SLEEVE


def collar_opening(bones: Mapping[str, BoneFrame]) -> Blob:
    """The neckline as a flat disc; its second half-axis looks out of the opening."""
    ring = collar(bones)
    return Blob(ring.origin, ring.axes * np.array(_COLLAR_HALF_CM))


def collar(bones: Mapping[str, BoneFrame]) -> BoneFrame:
    """The neckline's frame: y looks out of the opening."""
    return bones["spine6"].child(0, 5.2, 0.6, about_x(_COLLAR_TILT_DEG))


def _curl_deg(pose: Pose, side: Side) -> float:
    for prop in pose.props:
        if isinstance(prop, Weight) and prop.hand == side:
            return GRIP_CURL_DEG
        if isinstance(prop, Cord) and f"hand-{side}" in prop.ends:
            return GRIP_CURL_DEG
    for reach in pose.reach:
        if reach.hand == side:
            flat = reach.to in SURFACE_NAMES
            return reach.curl if reach.curl is not None else _FLAT_DEG if flat else _LAID_DEG
    return (pose.joints.fingers_left if side == "left" else pose.joints.fingers_right).curl


def _pelvis(bones: Mapping[str, BoneFrame]) -> BodyPart:
    pelvis = bones["pelvis"]
    hips = Hull(
        (
            blob(pelvis, (0, 6, 0), (14.8, 3, 9.8)),
            blob(pelvis, (7.6, -1, -1.5), (9.2, 8.5, 9.8)),
            blob(pelvis, (-7.6, -1, -1.5), (9.2, 8.5, 9.8)),
        )
    )
    return BodyPart("pelvis", "trousers", (hips,), 0.0, 1.0)


def _torso(bones: Mapping[str, BoneFrame], pose: Pose) -> BodyPart:
    breath = pose.joints.breath
    top = bones["spine6"]
    trunk = trunk_blobs(bones, breath.belly_cm, breath.chest_cm)
    ring = collar_opening(bones)
    yokes = tuple(
        Chain(
            (
                blob(top, (sign(side) * 5.0, 5.8, -1.6), (2.0, 2.0, 3.2)),
                blob(top, (sign(side) * 10.2, 2.8, -1.2), (3.0, 2.9, 4.6)),
                blob(bones[f"shoulder-{side}"], (-sign(side) * 0.5, -0.4, 0), (4.9, 4.2, 5.0)),
            ),
        )
        for side in ("left", "right")
    )
    hems = tuple(
        Join(thigh, bones[thigh].origin, 16.5, hangs_over=bones[thigh].toward(0, -1, 0))
        for thigh in ("thigh-left", "thigh-right")
    )
    return BodyPart(
        "torso",
        "top",
        (Chain(trunk), Chain((trunk[-1], ring)), *yokes),
        2.5,
        0.9,
        hems,
        (*_collar_seam(bones), *_blades(bones, pose.joints)),
    )


def _collar_seam(bones: Mapping[str, BoneFrame]) -> tuple[SurfaceMark, ...]:
    """The rib of the neckline in short pieces, each seen while its own side faces the viewer."""
    ring = collar(bones)
    wide, deep = _COLLAR_HALF_CM[0] * 1.17, _COLLAR_HALF_CM[2] * 1.2
    pieces = []
    for start in range(0, 360, 12):
        turn = np.radians(np.linspace(start, start + 12, 3))
        line = np.stack([ring.at(wide * np.sin(t), -0.9, deep * np.cos(t)) for t in turn])
        ahead = float(np.cos(turn[1]))
        if -0.45 < ahead < 0.15:
            continue
        front = ahead > 0
        out = ring.toward(0, 1, 0.2) if front else ring.toward(0, -1, -0.4)
        pieces.append(SurfaceMark(line, out, 0.25))
    return tuple(pieces)


def _blades(bones: Mapping[str, BoneFrame], joints: Joints) -> tuple[SurfaceMark, ...]:
    """The inner edges of the shoulder blades under the shirt, which turn as the arms rise."""
    back = bones["spine5"]
    marks = []
    for s, side, shoulder in (
        (1.0, "left", joints.shoulder_left),
        (-1.0, "right", joints.shoulder_right),
    ):
        arm = back.axes.T @ bones[f"upper-arm-{side}"].toward(0, -1, 0)
        raised_deg = float(np.degrees(np.arccos(np.clip(-arm[1], -1, 1))))
        turn = np.radians(_BLADE_TURN * max(0.0, raised_deg - 30.0))
        x = 7.6 - _BLADE_SLIDE * shoulder.squeeze
        y = _BLADE_LIFT * shoulder.shrug
        out, up = np.sin(turn), np.cos(turn)
        line = np.stack(
            [
                back.at(s * (x + k * 0.12 + (6 - k) * out), y + 6 - k * up, -11)
                for k in np.linspace(1, 13, 5)
            ]
        )
        marks.append(SurfaceMark(line, back.toward(0, 0, -1), 0.55))
    return tuple(marks)


def _neck(bones: Mapping[str, BoneFrame]) -> BodyPart:
    ring = collar(bones)
    column = Chain(
        (
            blob(ring, (0, -0.6, -0.6), (6.6, 0.4, 5.0)),
            blob(bones["neck1"], (0, 1.0, 0.2), (5.9, 2.0, 4.9)),
            blob(bones["neck2"], (0, 1.0, 0.2), (5.4, 2.0, 5.1)),
            blob(bones["neck3"], (0, 1.0, 0), (5.2, 2.0, 5.1)),
            blob(bones["head"], (0, 1.0, -1.4), (5.4, 2.5, 5.4)),
        ),
    )
    return BodyPart("neck", "skin", (column,), 2.0, 0.7)


def _leg(bones: Mapping[str, BoneFrame], side: Side) -> list[BodyPart]:
    s = sign(side)
    thigh, shank, foot = (bones[f"{bone}-{side}"] for bone in ("thigh", "shank", "foot"))
    upper = Chain(
        (
            blob(thigh, (0, 0.5, -0.6), (8.6, 8.6, 9.2)),
            blob(thigh, (s * 0.3, -12, 0.2), (8.2, 7, 8.6)),
            blob(thigh, (0, -26, 0.4), (7.2, 6, 7.6)),
            blob(thigh, (0, -THIGH_CM + 1, 0.4), (6.3, 5.5, 6.6)),
        ),
    )
    lower = Chain(
        (
            blob(shank, (0, 0.5, 0.3), (6.2, 6, 6.3)),
            blob(shank, (s * 0.3, -11, -1.3), (6.1, 5, 6.5)),
            blob(shank, (0, -22, -0.6), (5.4, 4, 5.7)),
            blob(shank, (0, -SHANK_CM + 4.5, -0.2), (5.0, 0.5, 5.5)),
        ),
    )
    return [
        BodyPart(
            f"thigh-{side}",
            "trousers",
            (upper,),
            0.0,
            0.9,
            (Join("pelvis", thigh.at(s * 1.0, 1.0, 0), 13.0, 3.0),),
        ),
        BodyPart(
            f"shank-{side}",
            "trousers",
            (lower,),
            0.0,
            0.9,
            (Join(f"thigh-{side}", shank.origin, 7.6, 2.5, _straight(thigh, shank)),),
        ),
        BodyPart(f"foot-{side}", "skin", foot_solids(foot, side), 1.0, 0.6, (), _toes(foot, s)),
    ]


def _straight(near: BoneFrame, far: BoneFrame) -> bool:
    return float(near.axes[:, 1] @ far.axes[:, 1]) > _FUSED_COSINE


def foot_solids(foot: BoneFrame, side: Side) -> tuple[Chain, ...]:
    """The foot's solids, toes forward."""
    s = sign(side)
    ankle = blob(foot, (0, 3.5, -0.6), (3.9, 4.0, 4.2))
    heel = blob(foot, (0, -4.6, -3.6), (3.2, 3.2, 3.2))
    instep = blob(foot, (-s * 0.2, -2.4, 4.2), (3.5, 3.2, 3.8))
    ball = blob(foot, (s * 0.2, -5.7, 11.6), (4.6, 2.2, 3.4))
    toes = blob(foot, (s * 0.0, -6.3, 16.4), (4.2, 1.5, 2.5))
    big = blob(foot, (-s * 2.4, -6.2, 17.6), (1.5, 1.5, 1.9))
    return (
        Chain((ankle, heel)),
        Chain((ankle, instep, ball, toes)),
        Chain((heel, ball)),
        Chain((instep, heel)),
        Chain((ball, big)),
    )


def _toes(foot: BoneFrame, s: float) -> tuple[SurfaceMark, ...]:
    marks = []
    for x, reach in ((-0.8, 18.6), (0.7, 18.4), (2.0, 17.8), (3.2, 17.0)):
        line = np.stack([foot.at(s * x, -4.9, reach - 2.6), foot.at(s * x, -5.4, reach - 0.8)])
        marks.append(SurfaceMark(line, foot.toward(0, 0.8, 0.6), 0.3))
    return tuple(marks)


def _arm(
    bones: Mapping[str, BoneFrame], curl_deg: float, side: Side, camera: Camera
) -> list[BodyPart]:
    at_viewer = comes_at_viewer(bones, camera, side)
    s = sign(side)
    shoulder, upper, fore, hand = (
        bones[f"{bone}-{side}"] for bone in ("shoulder", "upper-arm", "forearm", "hand")
    )
    inside = (
        (blob(upper, (0, -_HEM_CM, 0.4), (4.1, 0.5, 4.4)),)
        if at_viewer
        else (
            blob(upper, (0, -4, 0), (4.4, 4.4, 4.6)),
            blob(upper, (0, -13, 0.5), (4.2, 4, 4.5)),
        )
    )
    arm = Chain(
        (
            *inside,
            blob(upper, (0, -21, 0.2), (3.8, 3, 4.0)),
            blob(upper, (0, -UPPER_ARM_CM + 0.5, 0), (3.6, 3.6, 3.6)),
        ),
    )
    lower = Chain(
        (
            blob(fore, (0, 0, 0), (3.5, 3.5, 3.5)),
            blob(fore, (0, -6, 0.3), (3.7, 4, 4.1)),
            blob(fore, (0, -13, 0.1), (3.2, 3, 3.6)),
            blob(fore, (0, -FOREARM_CM + 2, 0), (2.2, 2, 2.8)),
            blob(hand, (0, 0, 0), (2.0, 2.0, 2.7)),
        ),
    )
    armpit = shoulder.at(-s * 1.0, 1.0, 0)
    sleeve = Chain(
        (
            blob(shoulder, (-s * 0.5, -0.6, 0), (4.7, 3.9, 4.9)),
            blob(upper, (0, -4, 0), (5.0, 4.0, 5.2)),
            blob(upper, (s * 0.2, -_HEM_CM, 0.4), (5.1, 0.5, 5.5)),
        ),
    )
    return [
        BodyPart(f"upper-arm-{side}", "skin", (arm,), 0.0, 0.8),
        BodyPart(
            f"sleeve-{side}",
            "top",
            (sleeve,),
            0.0,
            0.6,
            (
                Join(
                    "torso",
                    armpit,
                    9.0,
                    4.0,
                    not at_viewer,
                    _straight(shoulder, upper),
                    sleeve_of=f"upper-arm-{side}",
                ),
            ),
        ),
        BodyPart(
            f"forearm-{side}",
            "skin",
            (lower,),
            0.0,
            0.8,
            (Join(f"upper-arm-{side}", fore.origin, 4.7, 1.6, _straight(upper, fore)),),
        ),
        BodyPart(
            f"hand-{side}",
            "skin",
            hand_solids(hand, s, curl_deg),
            0.4,
            0.22,
            (Join(f"forearm-{side}", hand.at(0, 0.5, 0), 3.9, 1.4, _straight(fore, hand)),),
            finger_lines(hand, s, curl_deg),
        ),
    ]
