"""Strokes: points, smooth curves through them, and the SVG they become.

Bodies are drawn in centimetres of a life-size adult; a `Frame` maps them to viewBox
units, of which 10 print as 1 mm when a picture is set at its intended size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

UNITS_PER_MM = 10.0
UNITS_PER_PT = 25.4 / 72 * UNITS_PER_MM
OUTLINE_UNITS = 1.2 * UNITS_PER_PT
INNER_UNITS = 0.6 * UNITS_PER_PT
HATCH_UNITS = 1.24
"""0.35 pt, the thinnest line which every press holds, rounded up."""

HATCH_MARGIN_UNITS = 12.0
HATCH_REACH_UNITS = (750.0, 900.0)
"""The largest picture; hatching needn't go beyond it."""

KNOT_SPACING_POWER = 0.6
"""How far a curve swings between unevenly spaced points (0: widely, 1: tightly)."""

Point = tuple[float, float]
Run = Sequence[Point]
"""Points which one smooth curve goes through."""

Segment = tuple[Point, Point, Point]
"""A Bezier curve from where the last one ended: two controls and its end."""


def cm(text: str) -> Run:
    """Read points in centimetres from text like "1.5,2 3,4"."""
    pairs = (item.split(",") for item in text.split())
    return tuple((float(x), float(y)) for x, y in pairs)


def turned(run: Run, centre: Point, degrees: float) -> Run:
    """Turn points about `centre`; positive degrees go clockwise."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    cx, cy = centre
    return tuple(
        (cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos) for x, y in run
    )


def mirrored(run: Run) -> Run:
    """Reflect points in the vertical line x = 0."""
    return tuple((-x, y) for x, y in run)


def shrunk(run: Run, centre: Point, scale: float) -> Run:
    """Draw points `scale` times as far from `centre`."""
    cx, cy = centre
    return tuple((cx + (x - cx) * scale, cy + (y - cy) * scale) for x, y in run)


def number(value: float) -> str:
    """Write a number for SVG with two decimals."""
    return f"{value:.2f}".replace("-0.00", "0.00")


def _slopes(values: Sequence[float], steps: Sequence[float]) -> list[float]:
    """Solve for the slopes of a natural cubic spline at its knots."""
    inner = range(1, len(values) - 1)
    below = [0.0, *(steps[i] for i in inner), 1.0]
    middle = [2.0, *(2 * (steps[i - 1] + steps[i]) for i in inner), 2.0]
    above = [1.0, *(steps[i - 1] for i in inner), 0.0]
    right = [3 * (values[1] - values[0]) / steps[0]]
    for i in inner:
        before = steps[i] / steps[i - 1] * (values[i] - values[i - 1])
        right.append(3 * (before + steps[i - 1] / steps[i] * (values[i + 1] - values[i])))
    right.append(3 * (values[-1] - values[-2]) / steps[-1])
    for i in range(1, len(values)):
        share = below[i] / middle[i - 1]
        middle[i] -= share * above[i - 1]
        right[i] -= share * right[i - 1]
    slopes = [right[-1] / middle[-1]]
    for i in reversed(range(len(values) - 1)):
        slopes.append((right[i] - above[i] * slopes[-1]) / middle[i])
    return slopes[::-1]


def spline(run: Run) -> list[Segment]:
    """Run a curvature-continuous curve through two or more points, in the points' units."""
    steps = [max(1e-6, math.dist(a, b)) ** KNOT_SPACING_POWER for a, b in pairwise(run)]
    across = _slopes([x for x, _ in run], steps)
    down = _slopes([y for _, y in run], steps)
    segments: list[Segment] = []
    for i, (a, b) in enumerate(pairwise(run)):
        third = steps[i] / 3
        leave = (a[0] + across[i] * third, a[1] + down[i] * third)
        arrive = (b[0] - across[i + 1] * third, b[1] - down[i + 1] * third)
        segments.append((leave, arrive, b))
    return segments


def move(point: Point) -> str:
    """Begin path data at a point in viewBox units."""
    return f"M{number(point[0])} {number(point[1])}"


def curves(segments: Sequence[Segment]) -> str:
    """Write Bezier curves in viewBox units as path data."""
    return "".join(
        "C" + " ".join(f"{number(x)} {number(y)}" for x, y in segment) for segment in segments
    )


def polyline(points: Sequence[Point]) -> str:
    """Write straight path data through points in viewBox units."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


@dataclass(frozen=True)
class Frame:
    """Where a life-size body lies in a picture.

    `scale` is in viewBox units per centimetre; `left` and `top` place the body's origin, in
    viewBox units. A body is turned about `pivot` (cm) by `degrees`, then flipped left to right.
    """

    scale: float
    left: float
    top: float
    flip: bool = False
    pivot: Point = (0.0, 0.0)
    degrees: float = 0.0

    def at(self, point: Point) -> Point:
        """Map a point in centimetres to viewBox units."""
        ((x, y),) = turned([point], self.pivot, self.degrees)
        return self.left + (-x if self.flip else x) * self.scale, self.top + y * self.scale

    def line(self, *runs: Run) -> str:
        """Write path data along runs of points in centimetres, which meet in corners."""
        parts = [curves(spline([self.at(point) for point in run])) for run in runs]
        return move(self.at(runs[0][0])) + "".join(parts)

    def shape(self, *runs: Run) -> str:
        """Write path data of the closed shape along runs of points in centimetres."""
        return self.line(*runs) + "Z"

    def loop(self, run: Run) -> str:
        """Write path data of a closed curve without corners through points in centimetres."""
        points = [self.at(point) for point in run]
        count = len(points)
        round_again = spline([*points, *points, *points, points[0]])[count : 2 * count]
        return move(points[0]) + curves(round_again) + "Z"


def fill(path: str, colour: str) -> str:
    """Fill path data, without an outline."""
    return f'<path d="{path}" fill="{colour}"/>'


def stroke(path: str, colour: str, width: float) -> str:
    """Draw a round-ended line along path data; `width` is in viewBox units."""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{number(width)}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def dot(centre: Point, radius: float, colour: str) -> str:
    """Fill a circle; all measures are in viewBox units."""
    x, y = centre
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{colour}"/>'


def ringed_dot(centre: Point, radius: float, colours: tuple[str, str], width: float) -> str:
    """Fill a circle and outline it, in two colours; all measures are in viewBox units."""
    x, y = centre
    inside, ring = colours
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{inside}" '
        f'stroke="{ring}" stroke-width="{number(width)}"/>'
    )


def clips(prefix: str, paths: Mapping[str, str]) -> str:
    """Define clips from path data; each id is the prefix, a hyphen and the path's name."""
    parts = (
        f'<clipPath id="{prefix}-{name}"><path d="{path}"/></clipPath>'
        for name, path in paths.items()
    )
    return "<defs>" + "".join(parts) + "</defs>"


def clipped(ident: str, *parts: str) -> str:
    """Draw parts inside the clip `ident` only."""
    return f'<g clip-path="url(#{ident})">' + "".join(parts) + "</g>"


def hatching(around: Sequence[Point], degrees: float, pitch: float) -> str:
    """Write path data of parallel lines across points, `pitch` apart; in viewBox units."""
    width, height = HATCH_REACH_UNITS
    xs = [min(max(x, 0.0), width) for x, _ in around]
    ys = [min(max(y, 0.0), height) for _, y in around]
    cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    reach = math.dist((min(xs), min(ys)), (max(xs), max(ys))) / 2 + HATCH_MARGIN_UNITS
    ux, uy = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    lines: list[str] = []
    for index in range(-int(reach / pitch), int(reach / pitch) + 1):
        x, y = cx - uy * index * pitch, cy + ux * index * pitch
        ends = ((x - ux * reach, y - uy * reach), (x + ux * reach, y + uy * reach))
        lines.append(polyline(ends))
    return "".join(lines)


def document(
    size: tuple[float, float], body: Sequence[str], *, title: str, description: str, prefix: str
) -> str:
    """Write a whole SVG picture; `size` is its width and height in viewBox units."""
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'role="img" aria-labelledby="{prefix}-title {prefix}-desc">\n'
        f'<title id="{prefix}-title">{escape(title, quote=False)}</title>\n'
        f'<desc id="{prefix}-desc">{escape(description, quote=False)}</desc>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )
