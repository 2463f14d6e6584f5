"""Which part of a drawing is shown: the body from a height up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from shapely import Polygon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.geometry import BoneFrame, Camera

_FROM = {
    "neck": ("spine6", (0.0, -3.0, 0.0)),
    "chest": ("spine4", (0.0, 0.0, 0.0)),
    "waist": ("spine1", (0.0, 0.0, 0.0)),
    "hips": ("pelvis", (0.0, -25.0, 0.0)),
}
_FAR_CM = 1000.0


def cropped(crop: str, bones: Mapping[str, BoneFrame], camera: Camera) -> BaseGeometry:
    """The half of the screen plane that is shown: head-wards of a height of the trunk."""
    bone, place = _FROM[crop]
    edge = camera.flat(bones[bone].at(*place))
    up = camera.flat(bones["neck1"].origin) - camera.flat(bones["pelvis"].origin)
    way = np.zeros(2)
    along = int(abs(up[0]) > abs(up[1])) ^ 1
    way[along] = 1.0 if up[along] > 0 else -1.0
    across = np.array((-way[1], way[0])) * _FAR_CM
    far = way * _FAR_CM
    return Polygon((edge + across, edge - across, edge - across + far, edge + across + far))
