"""Arrows, as data: what moves and from where to where, and what is pressed."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handouts.drawings.person.joints import PoseData
from handouts.drawings.person.landmarks import ANCHOR_NAMES


def _check_anchor(name: str) -> None:
    if name not in ANCHOR_NAMES:
        raise ValueError(f"arrow: no body point '{name}'; known: {', '.join(ANCHOR_NAMES)}")


class ArcArrow(PoseData):
    """A movement arrow on an arc around a body point.

    Degrees run about the pelvis' axes: `turn` from forward to the left, `tilt` from up to
    the left, `bend` from up to forward.
    """

    kind: Literal["arc"]
    around: str
    axis: Literal["turn", "tilt", "bend"]
    radius_cm: float = Field(gt=2, le=120)
    from_: float = Field(ge=-360, le=360)
    to: float = Field(ge=-360, le=360)
    shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))

    @model_validator(mode="after")
    def _known_place(self) -> Self:
        _check_anchor(self.around)
        return self


class PathArrow(PoseData):
    """A movement arrow from one body point to another, bowed by `bulge` of its length."""

    kind: Literal["path"]
    from_: str
    to: str
    bulge: float = Field(0.2, ge=-1.5, le=1.5)
    from_shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))
    to_shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))

    @model_validator(mode="after")
    def _known_places(self) -> Self:
        for name in (self.from_, self.to):
            _check_anchor(name)
        return self


class FollowArrow(PoseData):
    """A movement arrow along the way of a body point, from the drawing that is the ghost."""

    kind: Literal["follow"]
    point: str
    shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))

    @model_validator(mode="after")
    def _known_place(self) -> Self:
        _check_anchor(self.point)
        return self


class PressArrow(PoseData):
    """A hollow arrow whose point is where something is pressed or pulled and does not move."""

    kind: Literal["press"]
    at: str
    toward: Literal["forward", "back", "left", "right", "up", "down"]
    length_cm: float = Field(13.0, ge=6, le=40)
    shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))

    @model_validator(mode="after")
    def _known_place(self) -> Self:
        _check_anchor(self.at)
        return self


Arrow = Annotated[ArcArrow | PathArrow | FollowArrow | PressArrow, Field(discriminator="kind")]
