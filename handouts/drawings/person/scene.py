"""Turns a pose into a drawing: parts, painter's order, outlines, tint and arrows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
from shapely import Point

from handouts.drawings.person.arrows import arrow_shape
from handouts.drawings.person.body import collar, collar_opening
from handouts.drawings.person.depth import check_order, paint_order, shadow_casters
from handouts.drawings.person.frames import cropped
from handouts.drawings.person.geometry import BoneFrame, Camera
from handouts.drawings.person.ghosts import gaze, ghost_of
from handouts.drawings.person.joining import fuse, joined_shape, mutual_joins
from handouts.drawings.person.joints import SIDES
from handouts.drawings.person.known_order import check_walls, known_order
from handouts.drawings.person.landmarks import anchor_point
from handouts.drawings.person.placing import place
from handouts.drawings.person.props import prop_parts
from handouts.drawings.person.shapes import Area, Bounds, Drawing, Line
from handouts.drawings.person.solids import Hull, soften
from handouts.drawings.person.tint import tints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.body_part import BodyPart
    from handouts.drawings.person.pose import Pose

_ARROW_CM = 3.2
_ARROW_SHARE = {"neck": 0.5, "chest": 0.55, "waist": 0.65, "hips": 0.75}
"""The nearer the view, the finer the arrows: on paper they stay alike."""
_PAD_CM = 2.0
_END_ON = 0.94
_LEAST_OPENING = 0.18
_SHADOW_CM = 1.1


def draw(pose: Pose, ghost: Pose | None = None) -> Drawing:
    """The pose on the screen plane, with the outline of the one that it came from.

    Raises ValueError when a hand cannot reach its point, an arm would go through the body, or
    the view hides a tinted area or can't show which part lies in front.
    """
    camera = Camera.looking(pose.view.azimuth, pose.view.elevation)
    placed = place(pose, camera)
    bones, body = placed.skeleton.bones, list(placed.parts)
    _check_foreshortened(bones, camera)
    check_walls(placed.faces, camera)
    props = prop_parts(pose, placed)
    outlines = {part.name: _outline(part, camera) for part in (*props, *body)}
    fused = fuse(body, outlines, camera)
    body, became = fused.body, fused.became
    collar_open = float(collar(bones).toward(0, 1, 0) @ camera.toward) > _LEAST_OPENING
    if collar_open:
        opening = Hull((collar_opening(bones),)).outline(camera)
        outlines["neck"] = soften(outlines["neck"].union(opening), 1.2, 0.5)
    known = {
        (became.get(a, a), became.get(b, b)): behind
        for (a, b), behind in known_order(pose, placed, camera, collar_open, props).items()
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
    start = None
    if ghost is not None:
        start, dashed = ghost_of(ghost, pose, placed, camera, list(drawn.values()))
        items.append(Line(dashed, ghost=True))
    items += gaze(pose, bones, camera)
    size_cm = _ARROW_CM * _ARROW_SHARE.get(pose.crop or "", 1.0)
    for arrow in pose.arrows:
        shape = arrow_shape(arrow, bones, camera, size_cm, start)
        items.append(Area(shape, "press" if arrow.kind == "press" else "accent"))
    framed = _framed(pose, items, bones, camera)
    if not pose.wrong:
        return framed
    head = shapely.union_all([drawn[name] for name in ("skull", "hair") if name in drawn])
    return replace(framed, crossed=head)


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
    if pose.crop is not None:
        window = cropped(pose.crop, bones, camera)
        shapes = [i.shape.intersection(window) for i in items]
        seen = [shape for shape in shapes if not shape.is_empty]
        return Drawing(tuple(items), _bounds(seen, _PAD_CM), window=window)
    return Drawing(tuple(items), _bounds([i.shape for i in items], _PAD_CM))


def _bounds(shapes: Sequence[BaseGeometry], pad_cm: float) -> Bounds:
    left, bottom, right, top = shapely.total_bounds(list(shapes))
    return Bounds(left - pad_cm, bottom - pad_cm, right + pad_cm, top + pad_cm)
