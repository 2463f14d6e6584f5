"""The way of a body from one pose to another: every bone turned about its own joint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.geometry import BoneFrame, Mat, Vec, about, vec

if TYPE_CHECKING:
    from collections.abc import Mapping


def _parent(name: str) -> str | None:
    bone, _, side = name.rpartition("-")
    chain = ["pelvis", *(f"spine{i}" for i in range(7)), "neck1", "neck2", "neck3", "head"]
    if name in chain:
        at = chain.index(name)
        return chain[at - 1] if at else None
    limb = {
        "thigh": "pelvis",
        "shank": f"thigh-{side}",
        "foot": f"shank-{side}",
        "shoulder": "spine6",
        "upper-arm": f"shoulder-{side}",
        "forearm": f"upper-arm-{side}",
        "hand": f"forearm-{side}",
    }
    return limb[bone]


def between(
    start: Mapping[str, BoneFrame], end: Mapping[str, BoneFrame], share: float
) -> dict[str, BoneFrame]:
    """Every bone where it is when a share of the way, from 0 to 1, is done."""
    bones: dict[str, BoneFrame] = {}

    def place(name: str) -> BoneFrame:
        if name in bones:
            return bones[name]
        above = _parent(name)
        if above is None:
            one, two, base = start[name], end[name], None
        else:
            base = place(above)
            one, two = (_local(side[above], side[name]) for side in (start, end))
        axes = one.axes @ _part(one.axes.T @ two.axes, share)
        frame = BoneFrame(one.origin * (1 - share) + two.origin * share, axes)
        if base is not None:
            frame = BoneFrame(base.origin + base.axes @ frame.origin, base.axes @ frame.axes)
        bones[name] = frame
        return frame

    for name in end:
        place(name)
    return bones


def _local(base: BoneFrame, frame: BoneFrame) -> BoneFrame:
    return BoneFrame(base.axes.T @ (frame.origin - base.origin), base.axes.T @ frame.axes)


def _part(turn: Mat, share: float) -> Mat:
    """A share of a rotation, about its own axis."""
    deg = float(np.degrees(np.arccos(np.clip((np.trace(turn) - 1) / 2, -1, 1))))
    axis: Vec = vec(
        float(turn[2, 1] - turn[1, 2]),
        float(turn[0, 2] - turn[2, 0]),
        float(turn[1, 0] - turn[0, 1]),
    )
    if deg < 0.01 or float(axis @ axis) < 1e-12:
        return np.eye(3)
    return about(axis, deg * share)
