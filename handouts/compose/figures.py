"""The drawings of an exercise, kept between runs: a pose is drawn once.

What is kept is keyed by the pose, the palette and the drawing code itself, and holds
nothing but the drawing.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from handouts.errors import HandoutsError
from handouts.models.dose import Side
from handouts.output import write_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.figures.model import Pose
    from handouts.figures.palette import Palette

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


def draw_exercise(
    name: str, poses: Mapping[str, Pose], palette: Palette, side: Side | None = None
) -> dict[str, Figure]:
    """Draw an exercise's poses, in one frame, for the side that is worked on.

    Poses are written for the left side: for the right one they are mirrored, and the words
    for the sides change places. Each side, or none, is drawn as it is written.

    Raises:
        UndrawableError: some poses can't be drawn as they are; it says why for each.

    """
    mirror = side is Side.RIGHT
    key = hashlib.sha256(
        json.dumps(
            [
                name,
                {key: pose.model_dump(mode="json") for key, pose in poses.items()},
                palette.model_dump(mode="json"),
                mirror,
                DRAWN_WIDTH_MM,
                _drawing_code(),
            ]
        ).encode()
    ).hexdigest()
    kept = user_cache_path("handouts") / "figures" / f"{key}.json"
    figures = _kept(kept)
    if figures.keys() != poses.keys():
        figures = _draw(name, poses, palette, mirror=mirror)
        _keep(kept, figures)
    return figures


def _kept(path: Path) -> dict[str, Figure]:
    try:
        return {name: Figure(**figure) for name, figure in json.loads(path.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _draw(
    name: str, poses: Mapping[str, Pose], palette: Palette, *, mirror: bool
) -> dict[str, Figure]:
    from handouts.figures.render import (  # noqa: PLC0415 - heavy
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


def _keep(path: Path, figures: dict[str, Figure]) -> None:
    """Keep drawings for the next run; where that can't be, they are drawn again."""
    text = json.dumps({name: asdict(figure) for name, figure in figures.items()})
    with suppress(HandoutsError):
        write_all(path.parent, {path.name: text.encode()})


@cache
def _drawing_code() -> str:
    """Give a digest of the drawing code, so that a changed renderer draws anew."""
    folder = Path(__file__).resolve().parent.parent / "figures"
    digest = hashlib.sha256()
    for module in sorted(folder.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()
