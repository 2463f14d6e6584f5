"""The way in: poses and a palette to SVG text."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from handouts.drawings.person.scene import draw
from handouts.drawings.person.shapes import Bounds
from handouts.drawings.person.svg import ScreenSheet, write_svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.person.inks import FigurePalette
    from handouts.drawings.person.pose import Pose
    from handouts.drawings.person.shapes import Drawing


class SideWords(NamedTuple):
    """The words for the figure's sides in the sheet's language."""

    left: str
    right: str

    def in_text(self, text: str, *, mirror: bool) -> str:
        """Put the side words into a title or description; mirrored, they change places."""
        left, right = (self.right, self.left) if mirror else self
        return text.format(left=left, right=right)


class UndrawablePosesError(ValueError):
    """Some of an exercise's poses can't be drawn: why, by the pose's name."""

    def __init__(self, why: Mapping[str, str]) -> None:
        super().__init__("; ".join(why.values()))
        self.why = why


def render_exercise(
    poses: Mapping[str, Pose],
    *,
    palette: FigurePalette,
    width_mm: float,
    id_prefix: str,
    words: SideWords,
    mirror: bool = False,
) -> dict[str, str]:
    """Draw an exercise's poses as SVG, by name: one frame for whole ones, one for each crop.

    Close-ups keep their own frame. Lengths and line weights are printed millimetres at
    ``width_mm``. ``mirror`` gives the exact mirrored drawings, with the side words swapped. The
    same input gives the same bytes.

    Raises:
        UndrawablePosesError: a hand can't reach its point, an arm would go through the body,
            or the view hides a stretched area. All such poses are named.

    """
    drawings, why = {}, {}
    for name, pose in poses.items():
        try:
            drawings[name] = draw(pose, _ghost(poses, pose))
        except ValueError as error:
            why[name] = str(error)
    if why:
        raise UndrawablePosesError(why)
    return {
        name: write_svg(
            drawing,
            ScreenSheet(_frame(name, poses, drawings), width_mm, mirror),
            palette,
            words.in_text(poses[name].title, mirror=mirror),
            words.in_text(poses[name].description, mirror=mirror),
            f"{id_prefix}-{name}",
        )
        for name, drawing in drawings.items()
    }


def _ghost(poses: Mapping[str, Pose], pose: Pose) -> Pose | None:
    if pose.ghost is None:
        return None
    if pose.ghost not in poses:
        raise ValueError(f"ghost: there is no drawing '{pose.ghost}'")
    return poses[pose.ghost]


def _frame(name: str, poses: Mapping[str, Pose], drawings: Mapping[str, Drawing]) -> Bounds:
    """The frame that a drawing shares with all that are cropped alike; a close-up has its own."""
    if drawings[name].lens is not None:
        return drawings[name].bounds
    alike = [
        drawing.bounds
        for other, drawing in drawings.items()
        if drawing.lens is None and poses[other].crop == poses[name].crop
    ]
    return reduce(Bounds.joined, alike)
