"""How a body lies: over a roll, on its side, its belly or its back, or on hands and knees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.drawings.person.body import body_parts
from handouts.drawings.person.clearance import trunk_blobs
from handouts.drawings.person.geometry import BoneFrame, Mat, Vec, about, unit, vec
from handouts.drawings.person.skeleton import Skeleton, joint_bones
from handouts.drawings.person.solids import Hull
from handouts.drawings.person.surfaces import farthest, named
from handouts.drawings.person.things import Ball, Pillow, Roll

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handouts.drawings.person.body_part import BodyPart
    from handouts.drawings.person.geometry import Camera
    from handouts.drawings.person.pose import Pose

_DOWN = vec(0, -1, 0)
_UNDER_HEAD = ("head", "neck", "forehead")
_LENGTHWISE_CM = 15.0
_ACROSS_CM = 9.0
_MOST_TIP_DEG = 60.0
_ON_HANDS_CM = 54.0
"""The height of shoulders over hands on the floor: of 56 cm the elbows keep 2 unlocked."""
_ON_ELBOWS_CM = 26.0
"""The height of shoulders over the underside of the hips, upper arms of 28 cm nearly upright."""
_LEG = ("thigh", "shank", "foot")
_SOLVE_STEPS = 24
_NEAR_CM = 0.02


def thickness(roll: Roll) -> float | None:
    """How much a roll lifts the body; none where it fills a gap."""
    if roll.under == "spine":
        return roll.thick_cm or _LENGTHWISE_CM
    if roll.under == "upper-back":
        return roll.thick_cm or (_LENGTHWISE_CM if roll.kind == "foam-roller" else _ACROSS_CM)
    return None


def parts_of(pose: Pose, bones: Mapping[str, BoneFrame], camera: Camera) -> list[BodyPart]:
    """The body on some bones."""
    return body_parts(pose, Skeleton(bones), camera)


def underside(parts: list[BodyPart], names: tuple[str, ...]) -> float:
    """The height of the lowest point of some parts."""
    return -farthest(named(parts, names), _DOWN)


def laid(pose: Pose, camera: Camera) -> dict[str, BoneFrame]:
    """The bones as a body lies or kneels on hands, before it is brought to the ground.

    Raises ValueError when the back is bent so that it can't lie there.
    """
    across = next((p for p in pose.props if isinstance(p, Roll) and p.under == "upper-back"), None)
    if across is not None:
        return _over_roll(pose, camera, across)
    return _WAYS.get(pose.posture.base, _as_posed)(pose, camera)


def _as_posed(pose: Pose, _camera: Camera) -> dict[str, BoneFrame]:
    return joint_bones(pose)


def _over_roll(pose: Pose, camera: Camera, across: Roll) -> dict[str, BoneFrame]:
    bones = joint_bones(pose)
    lift_cm = thickness(across) or 0.0
    return _tipped(
        bones,
        unit(bones["pelvis"].axes[:, 0]),
        lambda turned: _back_under(turned) - _pelvis_under(pose, turned, camera) - lift_cm,
        f"the upper back can't lie on a {across.kind} of {lift_cm:g} cm; change spine bend",
    )


def _on_side(pose: Pose, camera: Camera) -> dict[str, BoneFrame]:
    """Tipped so that hips and shoulder both rest."""
    return _tipped(
        joint_bones(pose),
        unit(vec(1, 0, 0)),
        lambda turned: _side_gap(pose, turned, camera),
        "hips and shoulder can't both lie on the ground; change spine side_bend",
    )


def _on_belly(pose: Pose, _camera: Camera) -> dict[str, BoneFrame]:
    return _tipped(
        joint_bones(pose),
        unit(vec(1, 0, 0)),
        _front_gap,
        "belly and hips can't both lie on the ground; change spine bend",
    )


def _on_back(pose: Pose, camera: Camera) -> dict[str, BoneFrame]:
    return _head_down(pose, camera) if _head_free(pose) else joint_bones(pose)


def _on_hands(pose: Pose, camera: Camera) -> dict[str, BoneFrame]:
    """The trunk tipped so that straight arms reach the floor, whatever the back does.

    A posture that bends it has it tipped already.
    """
    bones = joint_bones(pose)
    if pose.posture.bend:
        return _legs_kept(bones, pose)
    knees_cm = underside(parts_of(pose, bones, camera), ("shank-left", "shank-right"))
    tipped = _tipped(
        bones,
        unit(bones["pelvis"].axes[:, 0]),
        lambda turned: _shoulders_cm(turned) - knees_cm - _ON_HANDS_CM,
        "hands and knees can't both reach the ground; change spine bend",
    )
    legs = {name: frame for name, frame in bones.items() if name.startswith(_LEG)}
    return {**tipped, **legs}


def _legs_kept(bones: dict[str, BoneFrame], pose: Pose) -> dict[str, BoneFrame]:
    """Legs as they stand while the trunk is tipped by the posture."""
    upright = pose.posture.model_copy(update={"bend": 0.0})
    legs = joint_bones(pose.model_copy(update={"posture": upright}))
    return bones | {name: frame for name, frame in legs.items() if name.startswith(_LEG)}


def _on_elbows(pose: Pose, camera: Camera) -> dict[str, BoneFrame]:
    """The trunk tipped until the shoulders are over their elbows."""
    bones = joint_bones(pose)

    def gap(turned: Mapping[str, BoneFrame]) -> float:
        return _shoulders_cm(turned) - _pelvis_under(pose, turned, camera) - _ON_ELBOWS_CM

    left = unit(bones["pelvis"].axes[:, 0])
    return _tipped(bones, left, gap, "elbows can't reach the ground; change spine bend")


def _shoulders_cm(bones: Mapping[str, BoneFrame]) -> float:
    ends = (bones[f"shoulder-{side}"].origin[1] for side in ("left", "right"))
    return float(sum(ends)) / 2


def _front_gap(bones: Mapping[str, BoneFrame]) -> float:
    trunk = trunk_blobs(bones)
    chest, hips = Hull(trunk[4:6]), Hull(trunk[:2])
    return hips.farthest(_DOWN) - chest.farthest(_DOWN)


def _head_free(pose: Pose) -> bool:
    held = any(
        isinstance(p, Pillow | Ball) or (isinstance(p, Roll) and p.under in _UNDER_HEAD)
        for p in pose.props
    )
    return not held and "head" not in pose.lifted


def _head_down(pose: Pose, camera: Camera) -> dict[str, BoneFrame]:
    """The head let down to the ground by a glide of the neck."""
    bones = joint_bones(pose)
    glide_cm = pose.joints.neck.glide_cm
    for _ in range(4):
        parts = parts_of(pose, bones, camera)
        gap_cm = underside(parts, ("hair", "skull")) - underside(parts, ("torso", "pelvis"))
        if abs(gap_cm) < _NEAR_CM:
            break
        glide_cm = min(4.0, max(-4.0, glide_cm - gap_cm))
        neck = pose.joints.neck.model_copy(update={"glide_cm": glide_cm})
        joints = pose.joints.model_copy(update={"neck": neck})
        bones = joint_bones(pose.model_copy(update={"joints": joints}))
    return bones


def _back_under(bones: Mapping[str, BoneFrame]) -> float:
    back = bones["spine5"].at(0, 0.5, -10.2)
    return float(back[1])


def _pelvis_under(pose: Pose, bones: Mapping[str, BoneFrame], camera: Camera) -> float:
    return underside(parts_of(pose, bones, camera), ("pelvis",))


def _side_gap(pose: Pose, bones: Mapping[str, BoneFrame], camera: Camera) -> float:
    parts = parts_of(pose, bones, camera)
    hips = underside(parts, ("pelvis", "thigh-left", "thigh-right"))
    return underside(parts, ("torso", "sleeve-left", "sleeve-right")) - hips


def _tipped(
    bones: dict[str, BoneFrame],
    axis: Vec,
    gap: Callable[[dict[str, BoneFrame]], float],
    why: str,
) -> dict[str, BoneFrame]:
    """The body turned about an axis through the pelvis until a gap is closed (secant method)."""
    last_deg, deg = 0.0, 4.0
    last_cm = gap(bones)
    for _ in range(_SOLVE_STEPS):
        if abs(last_cm) < _NEAR_CM:
            return _turned(bones, about(axis, last_deg))
        now_cm = gap(_turned(bones, about(axis, deg)))
        slope = (now_cm - last_cm) / (deg - last_deg) if deg != last_deg else 0.0
        if slope == 0.0:
            break
        last_deg, last_cm, deg = deg, now_cm, deg - now_cm / slope
        if abs(deg) > _MOST_TIP_DEG:
            break
    raise ValueError(f"pose: {why}: {abs(last_cm):.1f} cm are missing")


def _turned(bones: Mapping[str, BoneFrame], turn: Mat) -> dict[str, BoneFrame]:
    middle = bones["pelvis"].origin
    return {
        name: BoneFrame(middle + turn @ (frame.origin - middle), turn @ frame.axes)
        for name, frame in bones.items()
    }


_WAYS: Mapping[str, Callable[[Pose, Camera], dict[str, BoneFrame]]] = {
    "side-lying-left": _on_side,
    "side-lying-right": _on_side,
    "prone": _on_belly,
    "prone-on-elbows": _on_elbows,
    "hands-and-knees": _on_hands,
    "supine": _on_back,
    "hooklying": _on_back,
}
