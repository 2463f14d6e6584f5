"""Soft solids: chains of ellipsoids and boxes, their outlines on screen and their depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import shapely
from shapely import Polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.geometry import BoneFrame, Camera, Mat, Vec

_DIRECTIONS = 44
_ANGLES = np.linspace(0.0, 2 * np.pi, _DIRECTIONS, endpoint=False)
_ROUND = np.stack((np.cos(_ANGLES), np.sin(_ANGLES)))
_STEPS = np.linspace(0.0, 1.0, 4)
_BETWEEN = (0.0, 1 / 3, 2 / 3)
_LEAST_HOLE_CM2 = 1.0
_FINE_CM = 0.012


@dataclass(frozen=True)
class Blob:
    """An ellipsoid: centre and, as columns, its three half-axes in the world."""

    centre: Vec
    half_axes: Mat


def blob(frame: BoneFrame, place: tuple[float, float, float], half: tuple[float, ...]) -> Blob:
    """An ellipsoid on a bone; `half` is one radius or the three half-axes in cm."""
    sizes = half if len(half) == 3 else (half[0],) * 3
    return Blob(frame.at(*place), frame.axes * np.array(sizes))


Link = tuple[Blob, Blob]


class Solid(Protocol):
    """Anything with an outline on screen and a front surface."""

    def outline(self, camera: Camera) -> BaseGeometry:
        """The silhouette on screen in cm."""
        ...

    def front(self, camera: Camera, points: Vec) -> Vec:
        """Nearness of the front surface at screen points; -inf where it misses."""
        ...

    def farthest(self, way: Vec) -> float:
        """How far it goes in a direction, from the world's origin."""
        ...


def _supports(blobs: Sequence[Blob], camera: Camera) -> tuple[Vec, Vec]:
    centres = np.stack([b.centre for b in blobs]) @ camera.basis[:2].T
    flat = np.einsum("ij,njk->nik", camera.basis[:2], np.stack([b.half_axes for b in blobs]))
    pulled = np.einsum("nij,im->njm", flat, _ROUND)
    length = np.sqrt((pulled**2).sum(axis=1))
    offsets = np.einsum("nij,njm->nmi", flat, pulled) / np.maximum(length, 1e-9)[:, :, None]
    reach = centres @ _ROUND + length
    return centres[:, None, :] + offsets, reach


@dataclass(frozen=True)
class Hull:
    """The convex hull of some ellipsoids."""

    blobs: tuple[Blob, ...]

    def outline(self, camera: Camera) -> BaseGeometry:
        """The silhouette on screen in cm."""
        points, reach = _supports(self.blobs, camera)
        best = reach.argmax(axis=0)
        return Polygon(points[best, np.arange(_DIRECTIONS)])

    def front(self, camera: Camera, points: Vec) -> Vec:
        """Nearness of the front surface, taken along the lines between the ellipsoids."""
        return links_front(self.links(), camera, points)

    def links(self) -> list[Link]:
        """Every two of the ellipsoids."""
        if len(self.blobs) == 1:
            return [(self.blobs[0], self.blobs[0])]
        return [(a, b) for i, a in enumerate(self.blobs) for b in self.blobs[i + 1 :]]

    def farthest(self, way: Vec) -> float:
        """How far it goes in a direction, from the world's origin."""
        return _farthest(self.blobs, way)


@dataclass(frozen=True)
class Chain:
    """A limb: each ellipsoid hulled with the next, along a smooth curve unless `stiff`."""

    blobs: tuple[Blob, ...]
    stiff: bool = False

    def outline(self, camera: Camera) -> BaseGeometry:
        """The silhouette on screen in cm."""
        points, reach = _supports(self.blobs if self.stiff else flowing(self.blobs), camera)
        nearer = (reach[:-1] >= reach[1:])[:, :, None]
        rings = np.where(nearer, points[:-1], points[1:])
        return shapely.union_all(shapely.polygons(rings))

    def front(self, camera: Camera, points: Vec) -> Vec:
        """Nearness of the front surface at screen points; -inf where it misses."""
        return links_front(self.links(), camera, points)

    def links(self) -> list[Link]:
        """Each ellipsoid with the next."""
        return list(zip(self.blobs, self.blobs[1:], strict=False))

    def farthest(self, way: Vec) -> float:
        """How far it goes in a direction, from the world's origin."""
        return _farthest(self.blobs, way)


@dataclass(frozen=True)
class Cuboid:
    """A block with softly rounded edges, for furniture."""

    frame: BoneFrame
    half_cm: tuple[float, float, float]
    round_cm: float = 0.8

    def outline(self, camera: Camera) -> BaseGeometry:
        """The silhouette on screen in cm."""
        x, y, z = (h - self.round_cm for h in self.half_cm)
        corners = [
            blob(self.frame, (i * x, j * y, k * z), (self.round_cm,))
            for i in (-1, 1)
            for j in (-1, 1)
            for k in (-1, 1)
        ]
        return Hull(tuple(corners)).outline(camera)

    def front(self, camera: Camera, points: Vec) -> Vec:
        """Nearness of the front surface at screen points; -inf where it misses."""
        half = np.array(self.half_cm)
        start = (points @ camera.basis[:2] - self.frame.origin) @ self.frame.axes
        along = camera.toward @ self.frame.axes
        along = np.where(np.abs(along) < 1e-9, 1e-9, along)
        one, two = (-half - start) / along, (half - start) / along
        enter, leave = np.minimum(one, two).max(axis=1), np.maximum(one, two).min(axis=1)
        return np.where(leave >= enter, leave, -np.inf)

    def farthest(self, way: Vec) -> float:
        """How far it goes in a direction, from the world's origin."""
        return float(self.frame.origin @ way + np.abs(way @ self.frame.axes) @ self.half_cm)


def soften(shape: BaseGeometry, fill_cm: float, smooth_cm: float) -> BaseGeometry:
    """Fills inner corners to a radius, then evens the edge out over `smooth_cm`."""
    if fill_cm > 0:
        shape = shape.buffer(fill_cm, quad_segs=4).buffer(-fill_cm, quad_segs=4)
    if smooth_cm <= 0:
        return shape
    pieces = shape.geoms if isinstance(shape, shapely.MultiPolygon) else (shape,)
    smooth = [
        Polygon(
            _evened(shapely.get_coordinates(piece.exterior), smooth_cm),
            [
                _evened(shapely.get_coordinates(hole), smooth_cm)
                for hole in piece.interiors
                if Polygon(hole).area > _LEAST_HOLE_CM2
            ],
        ).buffer(0)
        for piece in pieces
        if isinstance(piece, Polygon) and not piece.is_empty
    ]
    return shapely.union_all(smooth).simplify(_FINE_CM)


def _evened(ring: Vec, smooth_cm: float) -> Vec:
    """A closed ring resampled evenly and low-pass filtered."""
    step = np.sqrt((np.diff(ring, axis=0) ** 2).sum(axis=1))
    run = np.concatenate(([0.0], np.cumsum(step)))
    count = max(24, int(run[-1] / min(0.5, smooth_cm * 0.7)))
    at = np.linspace(0, run[-1], count, endpoint=False)
    points = np.interp(at, run, ring[:, 0]) + 1j * np.interp(at, run, ring[:, 1])
    wave = np.fft.fftfreq(count, run[-1] / count)
    calm = np.fft.ifft(np.fft.fft(points) * np.exp(-2 * (np.pi * smooth_cm * wave) ** 2))
    evened: Vec = np.stack((calm.real, calm.imag), axis=1)
    return evened


def flowing(blobs: tuple[Blob, ...]) -> tuple[Blob, ...]:
    """The chain with ellipsoids put between by a smooth curve, so that limbs have contour."""
    if len(blobs) < 3:
        return blobs
    centres = np.stack([b.centre for b in blobs])
    axes = np.stack([b.half_axes for b in blobs])
    both = np.concatenate((centres[:, None, :], axes.transpose(0, 2, 1)), axis=1)
    padded = np.concatenate((both[:1], both, both[-1:]))
    flow: list[Blob] = []
    for i in range(len(blobs) - 1):
        p0, p1, p2, p3 = padded[i : i + 4]
        for t in _BETWEEN:
            mixed = 0.5 * (
                2 * p1
                + (p2 - p0) * t
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
                + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
            flow.append(Blob(mixed[0], mixed[1:].T))
    return (*flow, blobs[-1])


def _farthest(blobs: Sequence[Blob], way: Vec) -> float:
    return max(float(b.centre @ way + np.sqrt(((way @ b.half_axes) ** 2).sum())) for b in blobs)


def links_front(pairs: Sequence[Link], camera: Camera, points: Vec) -> Vec:
    """Nearness of linked ellipsoids at screen points; -inf where they miss."""
    t = _STEPS[None, :, None]
    first = np.stack([a.centre for a, _ in pairs])[:, None, :]
    last = np.stack([b.centre for _, b in pairs])[:, None, :]
    centres = ((1 - t) * first + t * last).reshape(-1, 3) @ camera.basis.T
    t = t[..., None]
    first_axes = np.stack([a.half_axes for a, _ in pairs])[:, None]
    last_axes = np.stack([b.half_axes for _, b in pairs])[:, None]
    axes = camera.basis @ ((1 - t) * first_axes + t * last_axes).reshape(-1, 3, 3)
    spread = axes @ axes.transpose(0, 2, 1) + np.eye(3) * 1e-6
    inverse = np.linalg.inv(spread[:, :2, :2])
    pull = np.einsum("ni,nij->nj", spread[:, 2, :2], inverse)
    left_over = spread[:, 2, 2] - (pull * spread[:, 2, :2]).sum(axis=1)
    away = points[None, :, :] - centres[:, None, :2]
    reach = np.einsum("nmi,nij,nmj->nm", away, inverse, away)
    inside = np.sqrt(np.maximum(0.0, (1 - reach) * left_over[:, None]))
    near = centres[:, None, 2] + np.einsum("ni,nmi->nm", pull, away) + inside
    best: Vec = np.where(reach <= 1.0, near, -np.inf).max(axis=0)
    return best
