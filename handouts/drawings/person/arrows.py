"""Movement arrows as filled shapes on the screen plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from shapely import Polygon

from handouts.drawings.person.arrow_data import ArcArrow, Arrow, FollowArrow, PressArrow
from handouts.drawings.person.geometry import BoneFrame, Camera, Vec, about_x, about_y, about_z, vec
from handouts.drawings.person.landmarks import anchor_point
from handouts.drawings.person.motion import between

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

_STEPS = 48
_FOLLOWED = 7
_LEAST_SIZES = 4.6
"""An arrow is at least so many times as long as it is wide."""
_TOWARD = {
    "forward": (0, 0, 1),
    "back": (0, 0, -1),
    "left": (1, 0, 0),
    "right": (-1, 0, 0),
    "up": (0, 1, 0),
    "down": (0, -1, 0),
}


def arrow_shape(
    arrow: Arrow,
    bones: Mapping[str, BoneFrame],
    camera: Camera,
    size_cm: float,
    start: Mapping[str, BoneFrame] | None = None,
) -> BaseGeometry:
    """An arrow; `size_cm` is its shaft's greatest width, `start` where what moves came from."""
    pelvis = bones["pelvis"]
    match arrow:
        case ArcArrow():
            line = camera.flat(_arc(arrow, bones))
        case FollowArrow():
            line = camera.flat(_way(arrow, start or bones, bones))
            line = _long_enough(line, size_cm * _LEAST_SIZES)
        case PressArrow():
            tip = anchor_point(bones, arrow.at) + pelvis.toward(*arrow.shift_cm)
            way = pelvis.toward(*_TOWARD[arrow.toward])
            return _block(camera.flat(tip - way * arrow.length_cm), camera.flat(tip), size_cm)
        case _:
            first = anchor_point(bones, arrow.from_) + pelvis.toward(*arrow.from_shift_cm)
            last = anchor_point(bones, arrow.to) + pelvis.toward(*arrow.to_shift_cm)
            line = _bowed(camera.flat(first), camera.flat(last), arrow.bulge)
    return _ribbon(line, size_cm)


def _way(arrow: FollowArrow, start: Mapping[str, BoneFrame], end: Mapping[str, BoneFrame]) -> Vec:
    """The way of a point, in a few steps, and a curve through them."""
    shares = np.linspace(0, 1, _FOLLOWED)
    places = np.stack([anchor_point(between(start, end, float(t)), arrow.point) for t in shares])
    curve = np.polynomial.polynomial.polyfit(shares, places, 3)
    fine = np.polynomial.polynomial.polyvander(np.linspace(0, 1, _STEPS), 3)
    way: Vec = fine @ curve + end["pelvis"].toward(*arrow.shift_cm)
    return way


def _long_enough(line: Vec, least_cm: float) -> Vec:
    """A way that is too short to be seen as an arrow, drawn longer about its middle."""
    run = float(np.sqrt((np.diff(line, axis=0) ** 2).sum(axis=1)).sum())
    if run >= least_cm or run < 1e-6:
        return line
    middle = line[len(line) // 2]
    longer: Vec = middle + (line - middle) * (least_cm / run)
    return longer


def _block(tail: Vec, tip: Vec, size_cm: float) -> BaseGeometry:
    """A straight broad arrow."""
    along = tip - tail
    length = float(np.sqrt(along @ along))
    if length < size_cm:
        raise ValueError("arrow: a press arrow points at the viewer; turn `azimuth`")
    along = along / length
    across = np.array((-along[1], along[0]))
    neck = tip - along * min(size_cm * 1.7, length * 0.6)
    half, wing = size_cm * 0.62, size_cm * 1.4
    return Polygon(
        (
            tail + across * half,
            neck + across * half,
            neck + across * wing,
            tip,
            neck - across * wing,
            neck - across * half,
            tail - across * half,
        )
    )


def _arc(arrow: ArcArrow, bones: Mapping[str, BoneFrame]) -> Vec:
    pelvis = bones["pelvis"]
    centre = anchor_point(bones, arrow.around) + pelvis.toward(*arrow.shift_cm)
    places = []
    for angle in np.linspace(arrow.from_, arrow.to, _STEPS):
        match arrow.axis:
            case "turn":
                spoke = about_y(float(angle)) @ vec(0, 0, 1)
            case "tilt":
                spoke = about_z(-float(angle)) @ vec(0, 1, 0)
            case "bend":
                spoke = about_x(float(angle)) @ vec(0, 1, 0)
        places.append(centre + pelvis.axes @ spoke * arrow.radius_cm)
    return np.stack(places)


def _bowed(start: Vec, end: Vec, bulge: float) -> Vec:
    along = end - start
    control = (start + end) / 2 + np.array((-along[1], along[0])) * bulge * 2
    t = np.linspace(0, 1, _STEPS)[:, None]
    line: Vec = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
    return line


def _ribbon(line: Vec, size_cm: float) -> BaseGeometry:
    steps = np.sqrt((np.diff(line, axis=0) ** 2).sum(axis=1))
    run = np.concatenate(([0.0], np.cumsum(steps)))
    head_cm = min(size_cm * 2.5, run[-1] * 0.55)
    at = np.linspace(0, run[-1] - head_cm * 0.85, _STEPS)
    shaft = np.stack([np.interp(at, run, line[:, i]) for i in (0, 1)], axis=1)
    neck = np.array([np.interp(run[-1] - head_cm, run, line[:, i]) for i in (0, 1)])
    tip = line[-1]
    slope = np.gradient(shaft, axis=0)
    slope /= np.sqrt((slope**2).sum(axis=1))[:, None]
    across = np.stack((-slope[:, 1], slope[:, 0]), axis=1)
    half = (size_cm / 2 * (0.35 + 0.65 * np.linspace(0, 1, _STEPS)))[:, None]
    body = Polygon(np.vstack((shaft + across * half, (shaft - across * half)[::-1])))
    point = (tip - neck) / np.sqrt(((tip - neck) ** 2).sum())
    wing = np.array((-point[1], point[0])) * size_cm * 1.35
    head = Polygon((tip, neck + wing, neck - wing))
    return body.buffer(0).union(head).buffer(size_cm * 0.12, quad_segs=4)
