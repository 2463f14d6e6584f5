"""How parts grow out of one another: fused limbs, soft fillets and outlines that stop."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import Point

from handouts.drawings.person.depth import front_of, samples
from handouts.drawings.person.solids import soften

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.body_part import BodyPart, Join
    from handouts.drawings.person.geometry import Camera

_LEAST_FOLD_CM2 = 1.5
_MOST_FOLDED = 0.27
_MOST_CROSSED_CM2 = 9.0
_FUSED_SMOOTH = 0.14
_SLIVER_CM = 0.12


@dataclass(frozen=True)
class Fused:
    """The body with in-line parts made one.

    `became` says which part each one went into, `creases` holds the folds left to draw.
    """

    body: list[BodyPart]
    became: Mapping[str, str]
    creases: Mapping[str, BaseGeometry]


def fuse(body: Sequence[BodyPart], outlines: dict[str, BaseGeometry], camera: Camera) -> Fused:
    """Makes parts one where they hardly overlap on screen, and joins their `outlines`."""
    kept = {part.name: part for part in body}
    became: dict[str, str] = {}
    creases: dict[str, BaseGeometry] = {}
    for part in body:
        for join in part.joins:
            if not join.fused:
                continue
            into = kept[became.get(join.other, join.other)]
            own, other = outlines[part.name], outlines[into.name]
            disc = Point(*camera.flat(join.centre)).buffer(join.radius_cm)
            fold = own.intersection(other).difference(disc)
            if fold.area > (_MOST_FOLDED * own.area if join.creased else _LEAST_FOLD_CM2):
                continue
            if join.sleeve_of is not None:
                bare = outlines[join.sleeve_of].difference(own)
                if bare.intersection(other).difference(disc).area > _MOST_CROSSED_CM2:
                    continue
            if fold.area > _LEAST_FOLD_CM2:
                over, under = (own, other) if _lies_over(part, into, fold, camera) else (other, own)
                crease = over.boundary.intersection(under).difference(disc)
                creases[into.name] = crease.union(creases.get(into.name, shapely.LineString()))
            both = own.union(other)
            filled = soften(both, join.fillet_cm, 0.0).intersection(disc)
            outlines[into.name] = soften(both.union(filled), 0.0, join.fillet_cm * _FUSED_SMOOTH)
            kept[into.name] = replace(
                into,
                solids=into.solids + part.solids,
                marks=into.marks + part.marks,
                joins=into.joins + tuple(j for j in part.joins if j is not join),
            )
            became[part.name] = into.name
            del kept[part.name]
    whole = [
        replace(p, joins=tuple(replace(j, other=became.get(j.other, j.other)) for j in p.joins))
        for p in kept.values()
    ]
    return Fused(whole, became, creases)


def _lies_over(part: BodyPart, other: BodyPart, where: BaseGeometry, camera: Camera) -> bool:
    points = samples(where)
    near, far = front_of(part, camera, points), front_of(other, camera, points)
    met = np.isfinite(near) & np.isfinite(far)
    return bool((near[met] - far[met]).sum() >= 0)


def mutual_joins(parts: Sequence[BodyPart]) -> Mapping[str, list[Join]]:
    """Every join listed from both sides, as either may be painted last."""
    joins: dict[str, list[Join]] = defaultdict(list)
    for part in parts:
        for join in (j for j in part.joins if j.hangs_over is None):
            joins[part.name].append(join)
            joins[join.other].append(replace(join, other=part.name))
    return joins


def joined_shape(
    joins: Sequence[Join],
    shape: BaseGeometry,
    drawn: Mapping[str, BaseGeometry],
    showing: Mapping[str, BaseGeometry],
    camera: Camera,
) -> tuple[BaseGeometry, BaseGeometry | None]:
    """The part's shape with soft fillets, and its outline unless all of it stays.

    `drawn` are the shapes painted so far, `showing` what is still seen of each: where the
    neighbour is covered, the outline stays.
    """
    hidden: list[BaseGeometry] = []
    for join in joins:
        other = drawn.get(join.other)
        if other is None:
            continue
        disc = Point(*camera.flat(join.centre)).buffer(join.radius_cm)
        if join.fillet_cm > 0:
            both = shape.union(other)
            closed = both.buffer(join.fillet_cm, quad_segs=6).buffer(-join.fillet_cm, quad_segs=6)
            corner = closed.difference(both).buffer(-_SLIVER_CM)
            web = corner.buffer(_SLIVER_CM + 0.4).intersection(closed).intersection(disc)
            if not web.is_empty:
                shape = soften(shape.union(web), 0.0, join.fillet_cm * 0.12)
        hidden.append(showing[join.other].buffer(-0.08).intersection(disc.buffer(0.1)))
    if not hidden:
        return shape, None
    return shape, shape.boundary.difference(shapely.union_all(hidden))
