"""Named areas of the body that a drawing can tint as stretched or pressed."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Spot:
    """One round of tint on a bone's surface: place, outward direction, radius in cm."""

    bone: str
    place_cm: Triple
    normal: Triple
    radius_cm: float


Strand = tuple[Spot, ...]

# Written for the figure's left; a `{}` in a bone's name takes the side.
_SIDED: dict[str, tuple[Strand, ...]] = {
    "levator": (
        (
            Spot("head", (3.0, -2.2, -5.4), (0.5, 0, -0.8), 2.0),
            Spot("neck3", (3.2, -0.5, -4.2), (0.6, 0, -0.8), 2.2),
            Spot("neck2", (3.4, -1.5, -4.6), (0.6, 0.1, -0.8), 2.4),
            Spot("spine6", (5.8, 3.0, -6.4), (0.3, 0.4, -0.8), 2.9),
            Spot("spine6", (8.4, -2.0, -9.0), (0.2, 0.2, -1), 3.4),
        ),
    ),
    "upper-trapezius": (
        (
            Spot("head", (4.4, -3.2, -1.6), (0.9, 0, -0.4), 1.9),
            Spot("neck3", (4.2, -0.6, -0.6), (0.95, 0, 0), 2.5),
            Spot("neck2", (4.6, -2.0, -0.8), (0.9, 0.3, 0), 3.0),
            Spot("spine6", (7.4, 2.6, -1.0), (0.5, 0.8, 0), 3.4),
            Spot("spine6", (11.0, 1.4, -0.8), (0.3, 0.9, 0), 3.3),
            Spot("shoulder-{}", (-1.6, 1.4, 0.0), (0.3, 0.95, 0), 2.6),
        ),
    ),
    "base-of-skull": (
        (
            Spot("head", (3.2, -3.4, -6.6), (0.5, -0.1, -0.9), 5.1),
            Spot("head", (4.4, -3.8, -6.0), (0.6, -0.1, -0.8), 5.1),
        ),
    ),
    "neck-side": (
        (
            Spot("head", (5.0, -3.5, -1.0), (1, 0, 0), 1.7),
            Spot("neck2", (5.3, 0, 0), (1, 0, 0), 2.3),
            Spot("spine6", (6.5, 4.5, -1), (0.8, 0.5, 0), 2.2),
        ),
    ),
    "chest": (
        (
            Spot("spine5", (4.0, 0.5, 11), (0.1, 0, 1), 4.2),
            Spot("spine5", (10.0, 2.5, 9.5), (0.3, 0.1, 1), 4.8),
            Spot("shoulder-{}", (-1.5, -0.8, 4.6), (0.3, 0.1, 1), 3.2),
        ),
    ),
    "shoulder": (
        (
            Spot("shoulder-{}", (0, 2, 3), (0.4, 0.4, 0.8), 3.0),
            Spot("shoulder-{}", (2.5, 0, 0), (1, 0.2, 0), 3.2),
        ),
    ),
    "forearm": (
        (
            Spot("forearm-{}", (-1, -4, 3), (0, 0, 1), 2.4),
            Spot("forearm-{}", (-1, -16, 2), (0, 0, 1), 1.8),
        ),
    ),
    "buttock": ((Spot("pelvis", (8, -4, -11), (0.3, 0, -1), 5.0),),),
    "thigh-front": (
        (
            Spot("thigh-{}", (0, -10, 7), (0, 0, 1), 3.6),
            Spot("thigh-{}", (0, -32, 6), (0, 0, 1), 2.8),
        ),
    ),
    "thigh-back": (
        (
            Spot("thigh-{}", (0, -8, -7), (0, 0, -1), 3.6),
            Spot("thigh-{}", (0, -36, -5), (0, 0, -1), 2.8),
        ),
    ),
    "calf": (
        (
            Spot("shank-{}", (0, -5, -6), (0, 0, -1), 3.0),
            Spot("shank-{}", (0, -22, -4), (0, 0, -1), 2.0),
        ),
    ),
}
_MIDDLE: dict[str, tuple[Strand, ...]] = {
    "between-blades": (
        (
            Spot("spine6", (0, -2, -9), (0, 0, -1), 4.4),
            Spot("spine5", (0, -2, -11), (0, 0, -1), 5.0),
            Spot("spine4", (0, 1, -11.5), (0, 0, -1), 3.6),
        ),
    ),
    "base-of-skull": (
        (
            Spot("head", (5.4, -2.6, -4.6), (0.7, -0.1, -0.6), 2.5),
            Spot("head", (2.0, -3.2, -6.4), (0.4, -0.2, -1), 2.6),
            Spot("head", (-2.0, -3.2, -6.4), (-0.4, -0.2, -1), 2.6),
            Spot("head", (-5.4, -2.6, -4.6), (-0.7, -0.1, -0.6), 2.5),
        ),
    ),
    "upper-back": (
        (
            Spot("spine6", (0, 0, -9), (0, 0, -1), 5.0),
            Spot("spine5", (0, -2, -11), (0, 0, -1), 6.5),
            Spot("spine4", (0, -1, -11.5), (0, 0, -1), 5.0),
        ),
    ),
    "lower-back": (
        (
            Spot("spine3", (0, 0, -10), (0, 0, -1), 4.4),
            Spot("spine1", (0, 2, -10), (0, 0, -1), 5.4),
        ),
    ),
}


def _flip(t: Triple) -> Triple:
    return (-t[0], t[1], t[2])


def _on(strands: tuple[Strand, ...], side: str) -> tuple[Strand, ...]:
    def place(spot: Spot) -> Spot:
        left = side == "left"
        return Spot(
            spot.bone.format(side),
            spot.place_cm if left else _flip(spot.place_cm),
            spot.normal if left else _flip(spot.normal),
            spot.radius_cm,
        )

    return tuple(tuple(place(spot) for spot in strand) for strand in strands)


AREAS: Mapping[str, tuple[Strand, ...]] = MappingProxyType(
    _MIDDLE
    | {f"{name}-{side}": _on(s, side) for name, s in _SIDED.items() for side in ("left", "right")}
)
AREA_NAMES = frozenset(AREAS)
