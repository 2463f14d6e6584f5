"""Smooth SVG path text from geometry in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

Points = NDArray[np.float64]

_TOLERANCE_MM = 0.025
_CORNER_COSINE = 0.85
_LONG_EDGE_MM = 0.8


@dataclass(frozen=True)
class Pen:
    """Writes path elements; with `mirror_mm` it flips them left to right in that width."""

    mirror_mm: float | None = None

    def fill(self, shape: BaseGeometry, colour: str, edge: tuple[str, float] | None = None) -> str:
        """A filled shape, with an edge of a colour and weight (mm) when given."""
        path = self._path(shape, closed=True)
        if not path:
            return ""
        stroke = f' stroke="{edge[0]}" stroke-width="{number(edge[1])}"' if edge else ""
        return f'<path fill="{colour}" fill-rule="evenodd"{stroke} d="{path}"/>'

    def stroke(
        self,
        shape: BaseGeometry,
        colour: str,
        weight_mm: float,
        dash_mm: tuple[float, float] | None = None,
    ) -> str:
        """A line along the shape, or along its edge; dashed by marks and gaps of a length."""
        return _stroked(self._path(shape, closed=False), colour, weight_mm, dash_mm)

    def dots(self, places: Points, colour: str, size_mm: float) -> str:
        """Round dots."""
        fixed = self._fixed(places).tolist()
        path = "".join(f"M{_hundredths(x)} {_hundredths(y)}h.01" for x, y in fixed)
        return _stroked(path, colour, size_mm)

    def _path(self, shape: BaseGeometry, closed: bool) -> str:
        simple = shape.simplify(_TOLERANCE_MM, preserve_topology=False)
        if not closed and simple.geom_type == "MultiLineString":
            simple = shapely.line_merge(simple)
        return "".join(self._rings(simple, closed))

    def _rings(self, shape: BaseGeometry, closed: bool) -> Iterator[str]:
        match shape:
            case shapely.Polygon():
                for ring in (shape.exterior, *shape.interiors):
                    yield self._curve(shapely.get_coordinates(ring), True)
            case shapely.LineString() if not closed:
                yield self._curve(shapely.get_coordinates(shape), shape.is_ring)
            case shapely.MultiPolygon() | shapely.MultiLineString() | shapely.GeometryCollection():
                for piece in shape.geoms:
                    yield from self._rings(piece, closed)

    def _curve(self, points: Points, ring: bool) -> str:
        """A smooth path through the points; sharp turns stay corners."""
        if len(points) < 2:
            return ""
        dense = _guarded(points)
        if ring:
            dense = dense[:-1]
        end = np.roll(dense, -1, axis=0)
        back, on = dense - np.roll(dense, 1, axis=0), end - dense
        back_mm, on_mm = _lengths(back), _lengths(on)
        tangent = back / back_mm * on_mm + on / on_mm * back_mm
        tangent /= _lengths(tangent)
        corner = (back * on).sum(axis=1) < _CORNER_COSINE * (back_mm * on_mm)[:, 0]
        if not ring:
            corner[[0, -1]] = True
        leave = np.where(corner[:, None], on / on_mm, tangent)
        arrive = np.roll(np.where(corner[:, None], back / back_mm, tangent), -1, axis=0)
        handle = on_mm / 3
        knots = np.stack((dense, dense + leave * handle, end - arrive * handle, end), axis=1)
        straight = corner & np.roll(corner, -1)
        count = len(dense) if ring else len(dense) - 1
        return self._segments(knots[:count], straight[:count]) + ("Z" if ring else "")

    def _segments(self, knots: Points, straight: NDArray[np.bool_]) -> str:
        """Path text of cubic segments in steps relative to each one's start."""
        fixed = self._fixed(knots)
        steps = (fixed[:, 1:] - fixed[:, :1]).reshape(-1, 6).tolist()
        x, y = fixed[0, 0].tolist()
        text = [f"M{_hundredths(x)} {_hundredths(y)}"]
        for step, line in zip(steps, straight.tolist(), strict=True):
            text.append("l" if line else "c")
            text.append(" ".join(map(_hundredths, step[4:] if line else step)))
        return "".join(text)

    def _fixed(self, points: Points) -> NDArray[np.int64]:
        """Whole hundredths of a millimetre, mirrored last so that both sides match exactly."""
        fixed = np.rint(points * 100).astype(np.int64)
        if self.mirror_mm is not None:
            fixed[..., 0] = round(self.mirror_mm * 100) - fixed[..., 0]
        return fixed


def number(value: float) -> str:
    """A decimal with at most two places, as short as it goes."""
    return _hundredths(round(value * 100))


def _stroked(
    path: str, colour: str, weight_mm: float, dash_mm: tuple[float, float] | None = None
) -> str:
    if not path:
        return ""
    weight = number(weight_mm)
    dash = f' stroke-dasharray="{" ".join(map(number, dash_mm))}"' if dash_mm else ""
    return f'<path fill="none" stroke="{colour}" stroke-width="{weight}"{dash} d="{path}"/>'


def _lengths(vectors: Points) -> Points:
    length: Points = np.maximum(np.sqrt((vectors**2).sum(axis=1, keepdims=True)), 1e-9)
    return length


def _guarded(points: Points) -> Points:
    """The points with two more near the ends of every long edge, so that it stays straight."""
    steps = np.diff(points, axis=0)
    length = _lengths(steps)
    run = length[:, 0]
    least = np.minimum(np.roll(run, 1), np.roll(run, -1))
    long = (run > _LONG_EDGE_MM) & (run > 2.5 * least)
    near = points[:-1] + steps / length * _LONG_EDGE_MM / 4
    far = points[1:] - steps / length * _LONG_EDGE_MM / 4
    keep = np.column_stack((np.ones(len(steps), bool), long, long)).ravel()
    spread = np.stack((points[:-1], near, far), axis=1).reshape(-1, 2)[keep]
    return np.vstack((spread, points[-1:]))


@lru_cache(maxsize=8192)
def _hundredths(value: int) -> str:
    minus = "-" if value < 0 else ""
    whole, part = divmod(abs(value), 100)
    if part == 0:
        return f"{minus}{whole}" if whole else "0"
    return f"{minus}{whole or ''}.{f'{part:02d}'.rstrip('0')}"
