"""What hands hold: straps, towels and bands between two ends, and weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.body_part import BodyPart
from handouts.drawings.person.geometry import BoneFrame, Vec, vec
from handouts.drawings.person.solids import Blob, Chain, Hull, blob

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.body_part import Material
    from handouts.drawings.person.things import Cord, Weight

GRIP_CURL_DEG = 84.0
_TAIL_CM = 9.0
_HALF_CM = {"strap": 1.3, "towel": 2.4, "band": 1.5}
_THIN_CM = 0.45
_MATERIAL: Mapping[str, Material] = {"strap": "band", "towel": "pillow", "band": "band"}
# Middle of the ring on its bone, and its half-axes sideways and forward, just outside the skin.
_RINGS = {
    "neck": ("neck2", (0.0, 1.0, 0.2), (6.4, 6.1)),
    "skull-base": ("head", (0.0, -2.6, -0.6), (7.4, 8.2)),
    "head-back": ("head", (0.0, 5.0, -0.3), (9.0, 10.9)),
    "forehead": ("head", (0.0, 7.5, -0.3), (8.8, 10.6)),
    "upper-back": ("spine5", (0.0, 0.5, 1.0), (17.2, 12.6)),
}
_ARC_STEPS = 14


def grip(bones: Mapping[str, BoneFrame], end: str) -> Vec:
    """Where a hand holds, or a foot treads on, an end."""
    bone, _, side = end.partition("-")
    s = 1.0 if side == "left" else -1.0
    if bone == "foot":
        return bones[f"foot-{side}"].at(0, -7.6, 6.0)
    return bones[f"hand-{side}"].at(-s * 2.4, -8.3, 0.0)


def cord(
    name: str, prop: Cord, bones: Mapping[str, BoneFrame], anchor: Vec | None
) -> list[BodyPart]:
    """A cord in pieces, so that each lies before or behind the body for itself."""
    one, two = (
        anchor if anchor is not None and end == "anchor" else grip(bones, end) for end in prop.ends
    )
    material, half = _MATERIAL[prop.kind], _HALF_CM[prop.kind]
    if prop.around is None:
        pieces = [("a", np.stack((one, two)))]
    else:
        touch_one, arc, touch_two = _round(prop.around, bones, one, two)
        pieces = [
            ("a", np.stack((one, touch_one))),
            ("b", np.stack((two, touch_two))),
            ("round", arc),
        ]
    parts = [_ribbon(f"{name}-{key}", points, half, material) for key, points in pieces]
    for end, place in zip(prop.ends, (one, two), strict=True):
        if end.startswith("hand"):
            tail = np.stack((place, place + vec(0, -_TAIL_CM, 0)))
            parts.append(_ribbon(f"{name}-tail-{end}", tail, half, material))
    return parts


def _ribbon(name: str, points: Vec, half_cm: float, material: Material) -> BodyPart:
    blobs: tuple[Blob, ...] = tuple(
        Blob(p, np.diag((max(_THIN_CM, half_cm * 0.6), half_cm, max(_THIN_CM, half_cm * 0.6))))
        for p in points
    )
    return BodyPart(name, material, (Chain(blobs, stiff=True),))


def _round(ring: str, bones: Mapping[str, BoneFrame], one: Vec, two: Vec) -> tuple[Vec, Vec, Vec]:
    """Where a cord from two ends meets an elliptic ring, and its way round behind it."""
    bone, middle, half = _RINGS[ring]
    frame = bones[bone].child(*middle)
    polar = []
    for end in (one, two):
        x, _, z = (end - frame.origin) @ frame.axes
        x, z = float(x) / half[0], float(z) / half[1]
        polar.append((np.arctan2(x, z), max(1.02, float(np.hypot(x, z)))))
    (a, far_a), (b, far_b) = polar
    apart = float(np.angle(np.exp(1j * (a - b))))
    s = 1.0 if apart >= 0 else -1.0
    start, end_ = a + s * np.arccos(1 / far_a), b - s * np.arccos(1 / far_b)
    sweep = float((end_ - start) * s % (2 * np.pi)) * s
    turn = start + np.linspace(0, sweep, _ARC_STEPS)
    arc = np.stack([frame.at(half[0] * np.sin(t), 0, half[1] * np.cos(t)) for t in turn])
    return arc[0], arc, arc[-1]


def weight(name: str, prop: Weight, bones: Mapping[str, BoneFrame]) -> BodyPart:
    """A dumbbell across the palm."""
    hand = bones[f"hand-{prop.hand}"]
    frame = BoneFrame(grip(bones, f"hand-{prop.hand}"), hand.axes)
    bar = Hull((blob(frame, (0, 0, -8), (1.3,)), blob(frame, (0, 0, 8), (1.3,))))
    heads = tuple(
        Hull(
            (
                blob(frame, (0, 0, k * 7), (4.2, 4.2, 0.9)),
                blob(frame, (0, 0, k * 11), (4.2, 4.2, 0.9)),
            )
        )
        for k in (-1, 1)
    )
    return BodyPart(name, "weight", (bar, *heads))
