"""The head: skull and jaw, nose, ears, hair cap and a minimal face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from handouts.drawings.person.body_part import BodyPart, Dot, Join, SurfaceMark
from handouts.drawings.person.geometry import unit, vec
from handouts.drawings.person.solids import Blob, Chain, Hull, blob

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.geometry import BoneFrame, Camera, Vec
    from handouts.drawings.person.pose import Face

_CRANIUM = (0.0, 5.0, -0.3)
_EYE_FACING = 0.4
_JAW_BACK = 0.35
"""A jaw that opens swings back as well as down."""
_OPEN_CM = 0.4
EYES = (0.0, 2.4, 9.0)
_EYES_AT_REST = (0.0, 67.5, 8.5)
_LOOK_CM = (0.95, 0.5)
"""How far the pupils go, sideways and up, when the eyes look straight there."""
_HAIR_HALF = (8.15, 9.75, 10.1)
# Hairline: degrees round the head from the forehead, degrees above the cranium's middle.
_HAIRLINE = (
    (0.0, 34.0),
    (24.0, 33.5),
    (42.0, 29.0),
    (54.0, 16.0),
    (62.0, 4.0),
    (70.0, -3.0),
    (78.0, -12.0),
    (84.0, -24.0),
    (90.0, -24.0),
    (96.0, -12.0),
    (104.0, -20.0),
    (116.0, -42.0),
    (136.0, -56.0),
    (180.0, -60.0),
)


@dataclass(frozen=True)
class HairCap:
    """The hair: the part of an ellipsoid above the hairline."""

    head: BoneFrame

    def outline(self, camera: Camera) -> BaseGeometry:
        """The silhouette on screen of the hair that faces the viewer."""
        columns, rows = 48, 7
        round_deg = np.linspace(0, 360, columns + 1)
        line_at, line_up = np.array(_HAIRLINE).T
        folded = np.abs((round_deg + 180) % 360 - 180)
        bottom = np.interp(folded, line_at, line_up)
        share = np.linspace(0, 1, rows + 1)[:, None]
        up = np.radians(90 + (bottom[None, :] - 90) * share)
        turn = np.radians(round_deg)[None, :]
        ball = np.stack(
            (np.cos(up) * np.sin(turn), np.sin(up) + 0 * turn, np.cos(up) * np.cos(turn)), axis=-1
        )
        half = np.array(_HAIR_HALF)
        place = (ball * half + np.array(_CRANIUM)) @ self.head.axes.T + self.head.origin
        normal = (ball / half) @ self.head.axes.T
        facing = normal @ camera.toward > 0
        flat = camera.flat(place)
        seen = facing[:-1, :-1] | facing[:-1, 1:] | facing[1:, :-1] | facing[1:, 1:]
        corners = (flat[:-1, :-1], flat[:-1, 1:], flat[1:, 1:], flat[1:, :-1])
        cells = shapely.polygons(np.stack(corners, axis=2)[seen])
        whole = shapely.union_all(shapely.buffer(cells, 0.03, quad_segs=1))
        return whole.buffer(-0.4, quad_segs=3).buffer(0.4, quad_segs=3)

    def front(self, camera: Camera, points: Vec) -> Vec:
        """Nearness of the hair at screen points."""
        return Hull((blob(self.head, _CRANIUM, _HAIR_HALF),)).front(camera, points)

    def farthest(self, way: Vec) -> float:
        """How far it goes in a direction, from the world's origin."""
        return Hull((blob(self.head, _CRANIUM, _HAIR_HALF),)).farthest(way)


def head_parts(
    head: BoneFrame, pelvis: BoneFrame, face: Face, jaw_mm: float = 0.0
) -> list[BodyPart]:
    """Skull, hair and ears as separate parts, so that neck and hands can lie between."""
    down = jaw_mm / 10
    back = down * _JAW_BACK
    skull = Hull(
        (
            blob(head, _CRANIUM, (7.3, 8.7, 9.2)),
            blob(head, (0, 0.5, 2.6), (6.7, 5.5, 6.0)),
            blob(head, (4.2, -3.7, 1.6), (2.2, 2.2, 2.4)),
            blob(head, (-4.2, -3.7, 1.6), (2.2, 2.2, 2.4)),
            blob(head, (0, 6.6, 3.0), (5.6, 5.0, 5.9)),
            blob(head, (0, -5.8 - down, 5.9 - back), (3.4, 2.6, 2.4)),
        )
    )
    nose = Chain(
        (
            blob(head, (0, 3.4, 8.0), (0.8,)),
            blob(head, (0, -0.9, 9.6), (1.0, 0.9, 1.1)),
            blob(head, (0, -1.7, 8.4), (1.1, 0.8, 0.8)),
        ),
    )
    lips = Chain(
        (
            blob(head, (0, -3.6, 7.4), (1.6, 0.8, 1.5)),
            blob(head, (0, -4.9 - down, 7.4 - back), (1.5, 0.8, 1.4)),
        )
    )
    marks, dots = _face(head, face, down, _look(head, pelvis, face))
    parts = [
        BodyPart(
            "skull",
            "skin",
            (skull, nose, lips),
            0.7,
            0.3,
            (Join("neck", head.at(0, -1.5, -7.0), 5.6),),
            marks,
            dots,
        ),
        BodyPart("hair", "hair", (HairCap(head),), 0.3, 0.55),
    ]
    for side, s in (("left", 1.0), ("right", -1.0)):
        ear = Chain(
            (
                blob(head, (s * 7.6, 2.5, -1.3), (0.9, 1.9, 1.9)),
                blob(head, (s * 7.5, 0.9, -1.1), (0.9, 1.2, 1.5)),
                blob(head, (s * 7.2, -0.9, -0.3), (0.7, 0.9, 0.9)),
            ),
        )
        fold = [(8.3, 3.0, -0.2), (8.3, 3.4, -1.6), (8.3, 1.8, -2.0), (8.3, 0.4, -0.9)]
        mark = SurfaceMark(_curve(head, s, fold), head.toward(s, 0, 0.1), 0.35)
        parts.append(BodyPart(f"ear-{side}", "skin", (ear,), 0.3, 0.3, marks=(mark,)))
    return parts


def _face(
    head: BoneFrame, face: Face, jaw_cm: float, gaze: Vec
) -> tuple[tuple[SurfaceMark, ...], tuple[Dot, ...]]:
    marks: list[SurfaceMark] = []
    dots: list[Dot] = []
    for s in (1.0, -1.0):
        look = head.toward(s * 0.42, 0, 0.9)
        brow = [(1.5, 4.8, 8.5), (2.6, 5.3, 8.3), (3.8, 5.3, 7.6), (4.9, 4.7, 6.6)]
        marks.append(SurfaceMark(_curve(head, s, brow), look, _EYE_FACING))
        if face.eyes == "closed":
            lid = [(1.8, 2.5, 7.8), (2.5, 1.9, 7.7), (3.4, 1.8, 7.3), (4.3, 2.3, 6.6)]
            marks.append(SurfaceMark(_curve(head, s, lid), look, _EYE_FACING))
        else:
            dots.append(Dot(_eye(head, s, gaze), look, _EYE_FACING))
            lid = [(1.9, 2.7, 7.8), (2.6, 3.3, 7.7), (3.5, 3.3, 7.3), (4.4, 2.6, 6.6)]
            marks.append(SurfaceMark(_curve(head, s, lid), look, _EYE_FACING))
    wing = [(-1.2, -1.5, 9.3), (-0.6, -2.1, 10.0), (0.6, -2.1, 10.0), (1.2, -1.5, 9.3)]
    mouth = [(-2.0, -4.0, 7.9), (-1.0, -4.3, 8.9), (1.0, -4.3, 8.9), (2.0, -4.0, 7.9)]
    ahead = head.toward(0, -0.1, 1)
    marks.append(SurfaceMark(_curve(head, 1, wing), ahead, 0.2))
    if jaw_cm > _OPEN_CM:
        open_ = blob(head, (0, -4.3 - jaw_cm / 2, 8.2), (1.9, jaw_cm / 2, 0.7))
        dots.append(Dot(open_, ahead, 0.05))
    else:
        marks.append(SurfaceMark(_curve(head, 1, mouth), ahead, 0.05))
    for s in (1.0, -1.0):
        ridge = [(s * 0.5, 2.6, 8.6), (s * 0.5, 0.8, 9.5), (s * 0.6, -0.9, 10.6), (0, -1.8, 10.2)]
        far = SurfaceMark(_curve(head, 1, ridge), head.toward(-s * 1.0, -0.1, 0), 0.22, 0.8)
        marks.append(far)
    return tuple(marks), tuple(dots)


def _eye(head: BoneFrame, s: float, gaze: Vec) -> Blob:
    x, y = float(gaze[0]) * _LOOK_CM[0], float(gaze[1]) * _LOOK_CM[1]
    return blob(head, (s * 3.0 + x, 2.4 + y, 7.1), (0.6, 0.78, 0.6))


def looked_at(pelvis: BoneFrame, face: Face) -> Vec:
    """Where in the world the eyes look, when the face says it."""
    left, up, forward = face.looks_at_cm or (0.0, 0.0, 100.0)
    x, y, z = _EYES_AT_REST
    return pelvis.at(x + left, y + up, z + forward)


def _look(head: BoneFrame, pelvis: BoneFrame, face: Face) -> Vec:
    """Where the eyes are turned, in the directions of the head."""
    if face.looks_at_cm is None:
        return vec(0, 0, 1)
    way: Vec = head.axes.T @ unit(looked_at(pelvis, face) - head.at(*EYES))
    return way


def _curve(head: BoneFrame, s: float, knots: list[tuple[float, float, float]]) -> Vec:
    """A smooth line through four knots (a cubic in the frame of the head)."""
    p = np.array(knots)
    t = np.linspace(0, 1, 9)[:, None]
    through = np.array(((1, 0, 0, 0), (-5, 18, -9, 2), (2, -9, 18, -5), (0, 0, 0, 6))) / 6
    through[0] = (1, 0, 0, 0)
    c = through @ p
    line = (
        (1 - t) ** 3 * c[0] + 3 * t * (1 - t) ** 2 * c[1] + 3 * t**2 * (1 - t) * c[2] + t**3 * c[3]
    )
    placed: Vec = line * np.array((s, 1, 1)) @ head.axes.T + head.origin
    return placed
