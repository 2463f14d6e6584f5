"""Where the body came from, as a dashed outline; and where the eyes look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from handouts.drawings.person.bases import BASES
from handouts.drawings.person.geometry import unit, vec
from handouts.drawings.person.head_shape import EYES, looked_at
from handouts.drawings.person.placing import place
from handouts.drawings.person.shapes import Area, Line
from handouts.drawings.person.solids import soften
from handouts.drawings.person.surfaces import feet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.geometry import BoneFrame, Camera
    from handouts.drawings.person.placing import Placed
    from handouts.drawings.person.pose import Pose

_UNMOVED_CM = 0.9
_SHORTEST_CM = 2.5
_MARK_CM = 2.2
_BEGINS_CM = 3.0


def ghost_of(
    ghost: Pose, pose: Pose, placed: Placed, camera: Camera, drawn: Sequence[BaseGeometry]
) -> tuple[Mapping[str, BoneFrame], BaseGeometry]:
    """The bones of the start, moved so that the feet (or hips) stand as now, and its outline.

    What has not moved is left out, and what the body now hides.
    """
    start = place(ghost, camera)
    bones = start.skeleton.bones
    upright = BASES[pose.posture.base].upright
    now, then = (
        feet(pose, world) if upright else world["pelvis"].origin
        for world in (placed.skeleton.bones, bones)
    )
    by = (now - then) * vec(1, 0, 1)
    flat = camera.flat(by)
    whole = shapely.union_all(
        [soften(solid.outline(camera), 0, 0) for part in start.parts for solid in part.solids]
    )
    outline = shapely.affinity.translate(soften(whole, 1.0, 0.6), float(flat[0]), float(flat[1]))
    body = shapely.union_all(list(drawn)).buffer(_UNMOVED_CM)
    seen = outline.boundary.difference(body)
    pieces = [line for line in getattr(seen, "geoms", [seen]) if line.length > _SHORTEST_CM]
    return start.skeleton.shifted(by).bones, shapely.MultiLineString(pieces)


def gaze(pose: Pose, bones: Mapping[str, BoneFrame], camera: Camera) -> list[Area | Line]:
    """A mark, and a dashed line to it from between the eyes."""
    if pose.face.looks_at_cm is None:
        return []
    mark = looked_at(bones["pelvis"], pose.face)
    eyes = bones["head"].at(*EYES)
    begin = eyes + unit(mark - eyes) * _BEGINS_CM
    ends = [camera.flat(point) for point in (begin, mark)]
    disc = shapely.Point(*ends[1])
    line = shapely.LineString(ends).difference(disc.buffer(_MARK_CM))
    return [
        Line(line, ghost=True),
        Area(disc.buffer(_MARK_CM), "outline"),
        Area(disc.buffer(_MARK_CM * 0.62), "pillow"),
        Area(disc.buffer(_MARK_CM * 0.28), "outline"),
    ]
