"""The drawings of an exercise, kept between commands: a pose is drawn once, and its form made once.

What is kept is keyed by the pose, the palette and all that draws it, and holds nothing but the
drawing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from time import time as clock
from typing import TYPE_CHECKING

from handouts.basics.choices import Side
from handouts.basics.kept import Cache
from handouts.basics.made_with import made_with
from handouts.drawings.form import Form, as_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.drawings.person.inks import FigurePalette
    from handouts.drawings.person.pose import Pose

MOST_KEPT_BYTES = 20_000_000
"""Some 200 exercises for each side, in the clinic's colours and in one ink."""
DRAWN_WIDTH_MM = 45.0
"""Line weights are made for this width; the styles may print a little smaller or larger."""


WIDEST_BESIDE = 0.9
WIDEST_SQUARE = 1.5
MOST_IN_A_ROW = 2
"""Width over height, up to which two drawings stand side by side, or are near squares."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing: the element that is its place on a page, the words below it, and its form."""

    place: str
    caption: str
    alt: str
    """The words in its place."""
    form: Form

    @property
    def width_to_height(self) -> float:
        """How wide it is for its height."""
        return self.form.width / self.form.height


def arrangement(figures: Iterable[Figure]) -> str:
    """Say how an exercise's drawings best share a column: beside, squares, stacked or a grid."""
    shapes = [figure.width_to_height for figure in figures]
    if len(shapes) > MOST_IN_A_ROW:
        return "grid"
    widest = max(shapes)
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
    words: tuple[str, str],
    side: Side | None = None,
    kept: Cache | None = None,
) -> dict[str, Figure]:
    """Draw an exercise's poses, in one frame, for the side that is worked on.

    Poses are written for the left side: for the right one they are mirrored, and the
    ``words`` for left and right change places. Each side, or none, is drawn as it is
    written. ``kept`` may have the drawings; else they are made, and kept there.

    Raises:
        UndrawableError: some poses can't be drawn as they are; it says why for each.

    """
    mirror = side is Side.RIGHT
    if kept is None:
        return _draw(name, poses, palette, words, mirror=mirror)
    data = [
        name,
        {key: pose.model_dump(mode="json") for key, pose in poses.items()},
        palette.model_dump(mode="json"),
        words,
        mirror,
        DRAWN_WIDTH_MM,
    ]
    key = made_with(json.dumps(data))
    figures = _figures(kept.read(key))
    if figures.keys() != poses.keys():
        began = clock()
        figures = _draw(name, poses, palette, words, mirror=mirror)
        text = json.dumps({name: asdict(figure) for name, figure in figures.items()})
        kept.keep(key, text.encode())
        kept.drop_old(began)
    return figures


def _figures(data: bytes | None) -> dict[str, Figure]:
    if data is None:
        return {}
    try:
        return {
            name: Figure(**figure | {"form": Form(**figure["form"])})
            for name, figure in json.loads(data).items()
        }
    except (ValueError, TypeError, AttributeError, KeyError):  # the user's own, but no drawings
        return {}


def _draw(
    name: str,
    poses: Mapping[str, Pose],
    palette: FigurePalette,
    words: tuple[str, str],
    *,
    mirror: bool,
) -> dict[str, Figure]:
    from handouts.drawings.person.draw import (  # noqa: PLC0415 - heavy
        SideWords,
        UndrawablePosesError,
        render_exercise,
    )

    sides = SideWords(*words)
    try:
        drawn = render_exercise(
            poses,
            palette=palette,
            width_mm=DRAWN_WIDTH_MM,
            id_prefix=f"figure-{name}",
            words=sides,
            mirror=mirror,
        )
    except UndrawablePosesError as error:
        raise UndrawableError({(name, key): why for key, why in error.why.items()}) from error
    figures = {}
    for key, svg in drawn.items():
        place, form = as_form(svg)
        title, description = poses[key].title, poses[key].description
        caption, alt = (sides.in_text(text, mirror=mirror) for text in (title, description))
        figures[key] = Figure(place, caption, alt, form)
    return figures
