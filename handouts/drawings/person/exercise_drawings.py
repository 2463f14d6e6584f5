"""The drawings of an exercise, kept between commands: a pose is drawn once.

What is kept is keyed by the pose, the palette, the drawing code itself and the libraries it
draws with, and holds nothing but the drawing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from time import time as clock
from typing import TYPE_CHECKING

from handouts.basics.choices import Side
from handouts.basics.kept import Cache, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.drawings.person.inks import FigurePalette
    from handouts.drawings.person.pose import Pose

MOST_KEPT_BYTES = 20_000_000
"""Some 200 exercises for each side, in the clinic's colours and in one ink."""
_DRAWN_WITH = ("numpy", "shapely")
DRAWN_WIDTH_MM = 45.0
"""Line weights are made for this width; the styles may print a little smaller or larger."""


WIDEST_BESIDE = 0.9
WIDEST_SQUARE = 1.5
"""Width over height, up to which two drawings stand side by side, or are near squares."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing: its SVG, the words below it, and the words in its place."""

    svg: str
    caption: str
    alt: str

    @property
    def width_to_height(self) -> float:
        """How wide it is for its height."""
        _, _, width, height = self.svg.split('viewBox="', 1)[1].split('"', 1)[0].split()
        return float(width) / float(height)


def arrangement(figures: Iterable[Figure]) -> str:
    """Say how an exercise's drawings best share a column: beside, squares or stacked."""
    widest = max(figure.width_to_height for figure in figures)
    if widest < WIDEST_BESIDE:
        return "beside"
    return "squares" if widest < WIDEST_SQUARE else "stacked"


class UndrawableError(ValueError):
    """Drawings that are allowed joint by joint, and still can't be made.

    `why` holds the reason by exercise and drawing.
    """

    def __init__(self, why: Mapping[tuple[str, str], str]) -> None:
        super().__init__("; ".join(why.values()))
        self.why = why


def kept_drawings() -> Cache:
    """Give what is kept of drawings; a command asks it for what speaks against it."""
    return Cache("figures", MOST_KEPT_BYTES)


def draw_exercise(
    name: str,
    poses: Mapping[str, Pose],
    palette: FigurePalette,
    side: Side | None = None,
    kept: Cache | None = None,
) -> dict[str, Figure]:
    """Draw an exercise's poses, in one frame, for the side that is worked on.

    Poses are written for the left side: for the right one they are mirrored, and the words
    for the sides change places. Each side, or none, is drawn as it is written. ``kept`` may
    have the drawings; else they are made, and kept there.

    Raises:
        UndrawableError: some poses can't be drawn as they are; it says why for each.

    """
    mirror = side is Side.RIGHT
    if kept is None:
        return _draw(name, poses, palette, mirror=mirror)
    data = [
        name,
        {key: pose.model_dump(mode="json") for key, pose in poses.items()},
        palette.model_dump(mode="json"),
        mirror,
        DRAWN_WIDTH_MM,
    ]
    key = key_of(json.dumps(data), *_drawn_by())
    figures = _figures(kept.read(key))
    if figures.keys() != poses.keys():
        began = clock()
        figures = _draw(name, poses, palette, mirror=mirror)
        text = json.dumps({name: asdict(figure) for name, figure in figures.items()})
        kept.keep(key, text.encode())
        kept.drop_old(began)
    return figures


def _figures(data: bytes | None) -> dict[str, Figure]:
    if data is None:
        return {}
    return {name: Figure(**figure) for name, figure in json.loads(data).items()}


def _draw(
    name: str, poses: Mapping[str, Pose], palette: FigurePalette, *, mirror: bool
) -> dict[str, Figure]:
    from handouts.drawings.person.draw import (  # noqa: PLC0415 - heavy
        ENGLISH,
        UndrawablePosesError,
        render_exercise,
    )

    try:
        drawn = render_exercise(
            poses,
            palette=palette,
            width_mm=DRAWN_WIDTH_MM,
            id_prefix=f"figure-{name}",
            mirror=mirror,
        )
    except UndrawablePosesError as error:
        raise UndrawableError({(name, key): why for key, why in error.why.items()}) from error
    return {
        key: Figure(
            svg,
            ENGLISH.in_text(poses[key].title, mirror=mirror),
            ENGLISH.in_text(poses[key].description, mirror=mirror),
        )
        for key, svg in drawn.items()
    }


@cache
def _drawn_by() -> tuple[str | bytes, ...]:
    """Give the drawing code and the versions it draws with: what changes them draws anew."""
    folder = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for module in sorted(folder.glob("*.py")):
        digest.update(module.read_bytes())
    return (digest.digest(), sys.version, *map(version, _DRAWN_WITH))
