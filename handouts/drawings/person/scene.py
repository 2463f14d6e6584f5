"""Turns a pose into a drawing: parts, painter's order, outlines, tint and arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from shapely import Point

from handouts.drawings.person.arrows import arrow_shape
from handouts.drawings.person.body import body_parts, collar, collar_opening
from handouts.drawings.person.depth import check_order, known_order, paint_order, shadow_casters
from handouts.drawings.person.geometry import BoneFrame, Camera, vec
from handouts.drawings.person.joining import fuse, joined_shape, mutual_joins
from handouts.drawings.person.landmarks import anchor_point
from handouts.drawings.person.pose import SIDES
from handouts.drawings.person.props import MAT_THICK_CM, lies_on_mat, prop_parts
from handouts.drawings.person.shapes import Area, Bounds, Drawing, Line
from handouts.drawings.person.skeleton import Skeleton, build_skeleton
from handouts.drawings.person.solids import Hull, soften
from handouts.drawings.person.tint import tints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.body_part import BodyPart
    from handouts.drawings.person.pose import Pose

_ARROW_CM = 3.2
_PAD_CM = 2.0
_END_ON = 0.94
_LEAST_OPENING = 0.18
_SHADOW_CM = 1.1
_ARMS = ("upper-arm", "forearm", "hand", "sleeve")


def draw(pose: Pose) -> Drawing:
    """The pose on the screen plane.

    Raises ValueError when a hand cannot reach its point, an arm would go through the body, or
    the view hides a tinted area or can't show which part lies in front.
    """
    camera = Camera.looking(pose.view.azimuth, pose.view.elevation)
    skeleton, body, floor_cm = _grounded(pose, camera)
    bones = skeleton.bones
    _check_foreshortened(bones, camera)
    props = prop_parts(pose, bones, floor_cm)
    outlines = {part.name: _outline(part, camera) for part in (*props, *body)}
    fused = fuse(body, outlines, camera)
    body, became = fused.body, fused.became
    collar_open = float(collar(bones).toward(0, 1, 0) @ camera.toward) > _LEAST_OPENING
    if collar_open:
        opening = Hull((collar_opening(bones),)).outline(camera)
        outlines["neck"] = soften(outlines["neck"].union(opening), 1.2, 0.5)
    known = {
        (became.get(a, a), became.get(b, b)): behind
        for (a, b), behind in known_order(bones, camera, collar_open, props, body).items()
    }
    ordered = paint_order((*props, *body), outlines, camera, known)
    check_order(ordered, outlines, camera, known)
    joins = mutual_joins(body)
    items: list[Area | Line] = []
    drawn: dict[str, BaseGeometry] = {}
    showing: dict[str, BaseGeometry] = {}
    for number, part in enumerate(ordered):
        shape, edge = joined_shape(joins[part.name], outlines[part.name], drawn, showing, camera)
        drawn[part.name] = shape
        showing = {name: below.difference(shape) for name, below in showing.items()}
        showing[part.name] = shape
        over = {later.name for later in ordered[number + 1 :]}
        casters = [became.get(name, name) for name in shadow_casters(part.name)]
        shadows = [
            outlines[name].buffer(_SHADOW_CM).intersection(shape)
            for name in casters
            if name in over
        ]
        items += _painted(part, shape, edge, shadows, camera)
        if part.name in fused.creases:
            items.append(Line(fused.creases[part.name]))
    items += tints(pose.stretched, bones, camera, ordered, drawn)
    items += [Area(arrow_shape(a, bones, camera, _ARROW_CM), "accent") for a in pose.arrows]
    return _framed(pose, items, bones, camera)


def _check_foreshortened(bones: Mapping[str, BoneFrame], camera: Camera) -> None:
    """Raise ValueError for a straight arm seen end on: its hand and elbow are one blot."""
    for side in SIDES:
        ends_on = [
            abs(float(bones[f"{bone}-{side}"].axes[:, 1] @ camera.toward))
            for bone in ("upper-arm", "forearm")
        ]
        if min(ends_on) > _END_ON:
            raise ValueError(
                f"view: the {side} arm points straight at the viewer, or straight away; "
                "turn `azimuth`"
            )


def _painted(
    part: BodyPart,
    shape: BaseGeometry,
    edge: BaseGeometry | None,
    shadows: Sequence[BaseGeometry],
    camera: Camera,
) -> Iterator[Area | Line]:
    whole = edge is None and not shadows
    yield Area(shape, part.material, edged=whole)
    for shadow in shadows:
        yield Area(shadow, part.material, shaded=True)
    for dot in part.dots:
        if float(dot.normal @ camera.toward) > dot.least_facing:
            yield Area(Hull((dot.blob,)).outline(camera).intersection(shape), "outline")
    for mark in part.marks:
        if mark.least_facing < float(mark.normal @ camera.toward) < mark.most_facing:
            line = shapely.LineString(camera.flat(mark.points))
            yield Line(line.intersection(shape), fine=True)
    if not whole:
        yield Line(shape.boundary if edge is None else edge)


def _grounded(pose: Pose, camera: Camera) -> tuple[Skeleton, list[BodyPart], float]:
    skeleton = build_skeleton(pose)
    lying = pose.posture.base not in ("standing", "sitting")
    lowest = min(
        solid.lowest()
        for part in body_parts(pose, skeleton, camera)
        if not (lying and part.name.startswith(_ARMS))
        for solid in part.solids
    )
    floor_cm = MAT_THICK_CM if lies_on_mat(pose) else 0.0
    skeleton = skeleton.shifted(vec(0, floor_cm - lowest, 0))
    return skeleton, body_parts(pose, skeleton, camera), floor_cm


def _outline(part: BodyPart, camera: Camera) -> BaseGeometry:
    whole = shapely.union_all([s.outline(camera) for s in part.solids])
    return soften(whole, part.fill_cm, part.smooth_cm)


def _framed(
    pose: Pose, items: Sequence[Area | Line], bones: Mapping[str, BoneFrame], camera: Camera
) -> Drawing:
    if pose.close_up is not None:
        middle = anchor_point(bones, pose.close_up.around)
        middle = middle + bones["pelvis"].toward(*pose.close_up.shift_cm)
        lens = Point(*camera.flat(middle)).buffer(pose.close_up.radius_cm, quad_segs=32)
        return Drawing(tuple(items), _bounds([lens], 0.6), lens)
    return Drawing(tuple(items), _bounds([i.shape for i in items], _PAD_CM))


def _bounds(shapes: Sequence[BaseGeometry], pad_cm: float) -> Bounds:
    left, bottom, right, top = shapely.total_bounds(list(shapes))
    return Bounds(left - pad_cm, bottom - pad_cm, right + pad_cm, top + pad_cm)
