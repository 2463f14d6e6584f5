"""Whether arms stay outside the body: no picture shows an arm that runs through the chest."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from handouts.drawings.person.solids import blob

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.geometry import BoneFrame, Vec
    from handouts.drawings.person.solids import Blob

HAND_CM = 9.0
_SUNK = 0.97
"""A bone this near to a core's middle, of 1 at its surface, runs through it."""
_BETWEEN = np.linspace(0.0, 1.0, 5)
_UPPER_FREE = 0.45


def trunk_blobs(
    bones: Mapping[str, BoneFrame], belly_cm: float = 0.0, chest_cm: float = 0.0
) -> tuple[Blob, ...]:
    """The trunk as ellipsoids from the hips to the collar, belly and chest lifted by the breath."""
    belly, chest = belly_cm / 2, chest_cm / 2
    s = [bones[f"spine{i}"] for i in range(7)]
    return (
        blob(s[0], (0, 2.5, -0.4), (16.6, 0.6, 11.4)),
        blob(s[1], (0, 0, -0.4 + belly), (15.6, 3, 11.0 + belly)),
        blob(s[2], (0, 0, -0.2 + belly), (14.5, 4, 10.2 + belly)),
        blob(s[3], (0, 0, 0.4), (14.9, 4, 10.6)),
        blob(s[4], (0, 0, 1.0 + chest), (15.8, 4, 11.6 + chest)),
        blob(s[5], (0, 0.5, 1.4 + chest), (16.2, 5, 11.6 + chest)),
        blob(s[6], (0, 0.5, -0.2), (13.6, 3.0, 8.6)),
    )


class Core:
    """The trunk, neck and head as a heap of ellipsoids that points can be inside of."""

    def __init__(self, bones: Mapping[str, BoneFrame]) -> None:
        """Measure it once for a posed spine and head."""
        neck = [blob(bones[f"neck{i}"], (0, 1.0, 0.2), (5.2, 2.0, 4.9)) for i in (1, 2, 3)]
        head = [
            blob(bones["head"], (0, 5.0, -0.3), (7.3, 8.7, 9.2)),
            blob(bones["head"], (0, -3.0, 3.4), (4.6, 4.4, 5.4)),
        ]
        pairs = (*pairwise(trunk_blobs(bones)), *pairwise(neck), *((one, one) for one in head))
        mixed = [(one, two, t) for one, two in pairs for t in _BETWEEN]
        self._centres = np.stack([(1 - t) * a.centre + t * b.centre for a, b, t in mixed])
        self._inverse = np.linalg.inv(
            np.stack([(1 - t) * a.half_axes + t * b.half_axes for a, b, t in mixed])
        )

    def nearness(self, points: Vec) -> float:
        """How deep the deepest point is: 0 in a middle, 1 on the surface, more outside."""
        away = points[None, :, :] - self._centres[:, None, :]
        scaled = np.einsum("nij,nmj->nmi", self._inverse, away)
        return float(np.sqrt((scaled**2).sum(axis=2)).min())


def _line(start: Vec, end: Vec, first: float = 0.0) -> Vec:
    steps = np.linspace(first, 1.0, 9)[:, None]
    line: Vec = (1 - steps) * start + steps * end
    return line


def arm_bones(upper: BoneFrame, fore: BoneFrame, hand: BoneFrame) -> dict[str, Vec]:
    """Points along an arm's bones from where they leave the body."""
    return {
        "upper arm": _line(upper.origin, fore.origin, _UPPER_FREE),
        "forearm": _line(fore.origin, hand.origin),
        "hand": _line(hand.origin, hand.at(0, -HAND_CM, 0)),
    }


def through_body(core: Core, arm: Mapping[str, Vec]) -> str | None:
    """The piece of an arm that runs through the trunk, neck or head; none if all stay out."""
    return next((name for name, line in arm.items() if core.nearness(line) < _SUNK), None)


def check_clear(bones: Mapping[str, BoneFrame]) -> None:
    """Raise ValueError when an arm runs through the trunk, the neck or the head."""
    core = Core(bones)
    for side in ("left", "right"):
        arm = arm_bones(*(bones[f"{bone}-{side}"] for bone in ("upper-arm", "forearm", "hand")))
        if name := through_body(core, arm):
            raise ValueError(
                f"pose: the {side} {name} would go through the body; "
                "change its shoulder, elbow or reach"
            )
