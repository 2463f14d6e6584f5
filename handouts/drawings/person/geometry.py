"""Vectors, rotations, bone frames and the orthographic camera. Lengths in centimetres."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

Vec = NDArray[np.float64]
Mat = NDArray[np.float64]


def vec(x: float, y: float, z: float) -> Vec:
    """A point or direction; +x is the figure's left, +y up, +z forward."""
    return np.array((x, y, z), dtype=np.float64)


def unit(v: Vec) -> Vec:
    """`v` scaled to length one; a zero vector comes back unchanged."""
    length = float(np.sqrt(v @ v))
    return v / length if length > 0 else v


def about_x(deg: float) -> Mat:
    """Rotation about x: tips the up direction forward."""
    c, s = cos(radians(deg)), sin(radians(deg))
    return np.array(((1, 0, 0), (0, c, -s), (0, s, c)), dtype=np.float64)


def about_y(deg: float) -> Mat:
    """Rotation about y: turns the forward direction to the figure's left."""
    c, s = cos(radians(deg)), sin(radians(deg))
    return np.array(((c, 0, s), (0, 1, 0), (-s, 0, c)), dtype=np.float64)


def about_z(deg: float) -> Mat:
    """Rotation about z: tips the up direction to the figure's right."""
    c, s = cos(radians(deg)), sin(radians(deg))
    return np.array(((c, -s, 0), (s, c, 0), (0, 0, 1)), dtype=np.float64)


def about(axis: Vec, deg: float) -> Mat:
    """Rotation by `deg` about any axis through the origin."""
    x, y, z = unit(axis)
    k = np.array(((0, -z, y), (z, 0, -x), (-y, x, 0)), dtype=np.float64)
    turn: Mat = np.eye(3) + sin(radians(deg)) * k + (1 - cos(radians(deg))) * (k @ k)
    return turn


def swing(start: Vec, end: Vec) -> Mat:
    """The shortest rotation that takes unit vector `start` to unit vector `end`."""
    axis = np.cross(start, end)
    cosine = float(np.clip(start @ end, -1.0, 1.0))
    if float(axis @ axis) < 1e-12:
        return np.eye(3) if cosine > 0 else about_z(180.0)
    return about(axis, float(np.degrees(np.arccos(cosine))))


def columns(x: Vec, y: Vec, z: Vec) -> Mat:
    """The matrix whose columns are the three directions."""
    return np.column_stack((x, y, z))


@dataclass(frozen=True)
class BoneFrame:
    """A bone's place in the world: its joint and its three directions (columns)."""

    origin: Vec
    axes: Mat

    def at(self, x: float, y: float, z: float) -> Vec:
        """World place of a point given in this frame."""
        point: Vec = self.origin + self.axes @ vec(x, y, z)
        return point

    def toward(self, x: float, y: float, z: float) -> Vec:
        """World direction of a direction given in this frame."""
        direction: Vec = self.axes @ vec(x, y, z)
        return direction

    def child(self, x: float, y: float, z: float, turn: Mat | None = None) -> BoneFrame:
        """A frame jointed to this one at a local point and turned there."""
        return BoneFrame(self.at(x, y, z), self.axes if turn is None else self.axes @ turn)

    def shifted(self, by: Vec) -> BoneFrame:
        """The same frame moved in the world."""
        return BoneFrame(self.origin + by, self.axes)


@dataclass(frozen=True)
class Camera:
    """An orthographic camera: rows are screen right, screen up, and towards the viewer."""

    basis: Mat

    @classmethod
    def looking(cls, azimuth_deg: float, elevation_deg: float) -> Camera:
        """Azimuth 0 faces the figure, 90 looks at its left side; elevation looks down."""
        a, e = radians(azimuth_deg), radians(elevation_deg)
        toward = vec(sin(a) * cos(e), sin(e), cos(a) * cos(e))
        right = vec(cos(a), 0.0, -sin(a))
        return cls(np.vstack((right, np.cross(toward, right), toward)))

    @property
    def toward(self) -> Vec:
        """World direction from the figure to the viewer."""
        direction: Vec = self.basis[2]
        return direction

    def flat(self, points: Vec) -> Vec:
        """Screen places (cm, y up) of one point or a row of points."""
        screen: Vec = points @ self.basis[:2].T
        return screen
