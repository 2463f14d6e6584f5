"""Painter's order: which part lies in front of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from handouts.drawings.person.solids import Chain, Hull, links_front

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.body_part import BodyPart, Join
    from handouts.drawings.person.geometry import Camera, Vec

_LEAST_OVERLAP_CM2 = 0.4
_AT_VIEWER = 0.8
_HEM_CM = 4.5
_MOST_WRONG_CM2 = 8.0
_MOST_WRONG_AT_FURNITURE_CM2 = 20.0
"""A hanging hand may slip a little into the edge of a seat, and no reader sees it."""
_FURNITURE = frozenset({"prop", "prop-dark"})
_WELL_BEHIND_CM = 3.0


def front_of(part: BodyPart, camera: Camera, points: Vec) -> Vec:
    """Nearness of a part's front surface at screen points."""
    links = [link for s in part.solids if isinstance(s, Chain | Hull) for link in s.links()]
    depths = [s.front(camera, points) for s in part.solids if not isinstance(s, Chain | Hull)]
    if links:
        depths.append(links_front(links, camera, points))
    nearest: Vec = np.stack(depths).max(axis=0)
    return nearest


def paint_order(
    parts: Sequence[BodyPart],
    outlines: Mapping[str, BaseGeometry],
    camera: Camera,
    known: Mapping[tuple[str, str], bool],
) -> list[BodyPart]:
    """Parts from back to front. `known[(a, b)]` says outright whether a is behind b."""
    behind: dict[str, dict[str, float]] = {part.name: {} for part in parts}
    shapes = np.array([outlines[part.name] for part in parts])
    meet = shapely.intersects(shapes[:, None], shapes[None, :])
    for i, one in enumerate(parts):
        for j in np.flatnonzero(meet[i]).tolist():
            if j <= i:
                continue
            two = parts[j]
            nearer = _nearer(one, two, outlines, camera, known)
            if nearer < 0:
                behind[two.name][one.name] = -nearer
            elif nearer > 0:
                behind[one.name][two.name] = nearer
    return _unpile(parts, behind)


def check_order(
    ordered: Sequence[BodyPart],
    outlines: Mapping[str, BaseGeometry],
    camera: Camera,
    known: Mapping[tuple[str, str], bool],
) -> None:
    """Raise ValueError when a part that is painted over another really lies behind it.

    Parts are painted whole, so two that pass each other twice can't both be right.
    """
    above: BaseGeometry = shapely.Polygon()
    seen: dict[str, BaseGeometry] = {}
    for part in reversed(ordered):
        seen[part.name] = outlines[part.name].difference(above)
        above = above.union(outlines[part.name])
    for number, low in enumerate(ordered):
        for high in ordered[number + 1 :]:
            pair = {(low.name, high.name), (high.name, low.name)}
            if pair & known.keys() or _joined(low, high) or _joined(high, low):
                continue
            wrong_cm2 = _behind_cm2(high, low, outlines[low.name], seen[high.name], camera)
            furniture = low.material in _FURNITURE or high.material in _FURNITURE
            if wrong_cm2 > (_MOST_WRONG_AT_FURNITURE_CM2 if furniture else _MOST_WRONG_CM2):
                one, two = (
                    " ".join(w for w in part.name.split("-") if w.isalpha()) for part in (low, high)
                )
                raise ValueError(
                    f"view: the {one} and the {two} lie before and behind each other here; "
                    "turn `azimuth` or move one of them"
                )


def _joined(part: BodyPart, other: BodyPart) -> bool:
    return any(join.other == other.name for join in part.joins)


def _behind_cm2(
    high: BodyPart, low: BodyPart, low_shape: BaseGeometry, high_seen: BaseGeometry, camera: Camera
) -> float:
    """How much of `high` is seen where it lies well behind `low`."""
    shared = low_shape.intersection(high_seen)
    if shared.area < _MOST_WRONG_CM2:
        return 0.0
    left, bottom, right, top = shared.bounds
    xs, ys = np.meshgrid(np.arange(left + 0.5, right), np.arange(bottom + 0.5, top))
    points = np.stack((xs.ravel(), ys.ravel()), axis=1)
    points = points[shapely.contains_xy(shared, points)]
    under, over = front_of(low, camera, points), front_of(high, camera, points)
    met = np.isfinite(under) & np.isfinite(over)
    return float((under[met] - over[met] > _WELL_BEHIND_CM).sum())


def _nearer(
    one: BodyPart,
    two: BodyPart,
    outlines: Mapping[str, BaseGeometry],
    camera: Camera,
    known: Mapping[tuple[str, str], bool],
) -> float:
    """How far (cm) `one` lies in front of `two`; 0 when it cannot be told."""
    if (one.name, two.name) in known:
        return -1000.0 if known[(one.name, two.name)] else 1000.0
    if (two.name, one.name) in known:
        return 1000.0 if known[(two.name, one.name)] else -1000.0
    a, b = outlines[one.name], outlines[two.name]
    shared = a.intersection(b)
    for part, other in ((one, two), (two, one)):
        for join in part.joins:
            if join.other == other.name and _counts(join, camera):
                disc = shapely.Point(*camera.flat(join.centre)).buffer(join.radius_cm)
                rest = shared.difference(disc)
                if rest.area < 3 * _LEAST_OVERLAP_CM2:
                    return 0.5 if part is one else -0.5
                shared = rest
    if shared.area < _LEAST_OVERLAP_CM2:
        return 0.0
    points = samples(shared)
    near, far = front_of(one, camera, points), front_of(two, camera, points)
    met = np.isfinite(near) & np.isfinite(far)
    if not met.any():
        return 0.0
    lead = float(np.clip(near[met] - far[met], -12, 12).mean())
    return lead + _HEM_CM * (_hangs(one, two) - _hangs(two, one))


def _counts(join: Join, camera: Camera) -> bool:
    return join.hangs_over is None or float(join.hangs_over @ camera.toward) > _AT_VIEWER


def _hangs(part: BodyPart, other: BodyPart) -> int:
    return any(j.other == other.name and j.hangs_over is not None for j in part.joins)


def samples(shape: BaseGeometry) -> Vec:
    """Some points inside a shape."""
    left, bottom, right, top = shape.bounds
    xs, ys = np.meshgrid(np.linspace(left, right, 6)[1:-1], np.linspace(bottom, top, 6)[1:-1])
    inside = shapely.contains_xy(shape, xs.ravel(), ys.ravel())
    grid = np.stack((xs.ravel()[inside], ys.ravel()[inside]), axis=1)
    centre = shape.representative_point()
    points: Vec = np.vstack((grid, [(centre.x, centre.y)]))
    return points


def _unpile(parts: Sequence[BodyPart], behind: Mapping[str, Mapping[str, float]]) -> list[BodyPart]:
    left = {part.name: part for part in parts}
    done: list[BodyPart] = []
    while left:

        def weight(name: str) -> float:
            return sum(w for other, w in behind[name].items() if other in left)

        pick = min(left, key=lambda name: (weight(name), list(left).index(name)))
        done.append(left.pop(pick))
    return done


def shadow_casters(name: str) -> tuple[str, ...]:
    """The parts that darken a rim of this one."""
    bone, _, side = name.rpartition("-")
    match bone or name:
        case "neck":
            return ("skull",)
        case "upper-arm":
            return (f"sleeve-{side}",)
        case "foot":
            return (f"shank-{side}",)
        case "pelvis" | "thigh":
            return ("torso",)
        case _:
            return ()
