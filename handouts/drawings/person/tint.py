"""The stretched or pressed area as it shows on the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from handouts.drawings.person.areas import AREAS, Spot
from handouts.drawings.person.shapes import Area
from handouts.drawings.person.solids import Chain, blob, soften

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.body_part import BodyPart
    from handouts.drawings.person.geometry import BoneFrame, Camera

_LEAST_FACING = -0.35
_LEAST_SEEN_CM2 = 6.0
_CORE_INSET_CM = 1.1
_SKULL_HOSTS = frozenset({"skull", "hair"})
_HOSTS = frozenset({"neck", "torso", "pelvis"}) | {
    f"{name}-{side}"
    for name in ("sleeve", "forearm", "upper-arm", "thigh", "shank")
    for side in ("left", "right")
}


def tints(
    areas: Sequence[str],
    bones: Mapping[str, BoneFrame],
    camera: Camera,
    ordered: Sequence[BodyPart],
    drawn: Mapping[str, BaseGeometry],
) -> list[Area]:
    """The areas on what shows of the body; raises ValueError for one the view hides."""
    items: list[Area] = []
    for area in areas:
        seen = _seen(_hosts(area), ordered, drawn)
        shape = _shape(area, bones, camera)
        shown = shape.intersection(seen)
        if shown.area < _LEAST_SEEN_CM2:
            raise ValueError(f"stretched: '{area}' cannot be seen in this view; turn `azimuth`")
        items.append(Area(shown, "tint"))
        items.append(Area(shape.buffer(-_CORE_INSET_CM).intersection(seen), "tint-core"))
    return items


def _hosts(area: str) -> frozenset[str]:
    if area.startswith("base-of-skull"):
        return _HOSTS | _SKULL_HOSTS
    limbs = frozenset(n for n in _HOSTS if n.startswith(("forearm", "upper-arm")))
    return _HOSTS if area.startswith("forearm") else _HOSTS - limbs


def _seen(
    hosts: frozenset[str], ordered: Sequence[BodyPart], drawn: Mapping[str, BaseGeometry]
) -> BaseGeometry:
    above: BaseGeometry = shapely.Polygon()
    pieces: list[BaseGeometry] = []
    for part in reversed(ordered):
        if part.name in hosts:
            pieces.append(drawn[part.name].difference(above))
        above = above.union(drawn[part.name])
    return shapely.union_all(pieces).buffer(0.25).buffer(-0.37)


def _shape(area: str, bones: Mapping[str, BoneFrame], camera: Camera) -> BaseGeometry:
    pieces: list[BaseGeometry] = []
    for strand in AREAS[area]:
        seen = [spot for spot in strand if _faces(spot, bones, camera)]
        blobs = tuple(blob(bones[s.bone], s.place_cm, (s.radius_cm,)) for s in seen)
        if len(blobs) == 1:
            blobs = (blobs[0], blobs[0])
        if blobs:
            pieces.append(Chain(blobs).outline(camera))
    return soften(shapely.union_all(pieces), 2.5, 0.8)


def _faces(spot: Spot, bones: Mapping[str, BoneFrame], camera: Camera) -> bool:
    return float(bones[spot.bone].toward(*spot.normal) @ camera.toward) > _LEAST_FACING
