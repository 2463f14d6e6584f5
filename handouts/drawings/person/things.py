"""Things around the body, as data: what it rests on, leans on, holds and pulls at."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handouts.drawings.person.joints import PoseData, Side
from handouts.drawings.person.landmarks import ANCHOR_NAMES

Shift = Annotated[tuple[float, float, float], Field(description="left, up, forward in cm")]
_NONE: Shift = (0.0, 0.0, 0.0)
LeansOn = Literal["head", "back", "seat", "ball"]
Support = Literal["head", "neck", "forehead", "upper-back", "spine"]
CordEnd = Literal["hand-left", "hand-right", "foot-left", "foot-right", "anchor"]
Ring = Literal["neck", "skull-base", "head-back", "forehead", "upper-back"]


class Furniture(PoseData):
    """A seat below the hips, a table before them, a mat or a bed below the body.

    `shift_cm` moves it to the figure's left, head-wards and forward.
    """

    kind: Literal["stool", "mat", "table", "bed"]
    shift_cm: Shift = _NONE


class Chair(PoseData):
    """A chair; `leaned_on`, its back is where the figure's back touches it."""

    kind: Literal["chair"]
    shift_cm: Shift = _NONE
    leaned_on: bool = False


class Pillow(PoseData):
    """Fills what is open between the head and the ground."""

    kind: Literal["pillow"]
    shift_cm: Shift = _NONE


class Ball(PoseData):
    """A ball at a body point, or two side by side."""

    kind: Literal["ball", "two-balls"]
    at: str | None = None
    shift_cm: Shift = _NONE

    @model_validator(mode="after")
    def _known_place(self) -> Self:
        if self.at is not None and self.at not in ANCHOR_NAMES:
            raise ValueError(f"prop: no body point '{self.at}'; known: {', '.join(ANCHOR_NAMES)}")
        return self


class Wall(PoseData):
    """An upright face: a wall, a corner's two, or the frame of a door that one stands in.

    It stands where the parts that `touch` it end, or `distance_cm` from the ankles (of a lying
    body, from the hips).
    """

    kind: Literal["wall", "corner", "door-frame"]
    side: Literal["behind", "front", "left", "right"] = "behind"
    touches: LeansOn | None = None
    distance_cm: float | None = Field(None, ge=-40, le=120)

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.touches is not None and self.distance_cm is not None:
            raise ValueError("prop: a wall has touches or distance-cm, not both")
        if self.kind == "corner" and self.side != "front":
            raise ValueError("prop: a corner is in front; write side: front")
        if self.kind == "door-frame" and self.side != "front":
            raise ValueError("prop: one stands in a door frame; write side: front")
        if self.distance_cm is None and self.touches is None and self.side != "behind":
            raise ValueError(f"prop: a {self.kind} at the {self.side} needs its distance-cm")
        return self


class Step(PoseData):
    """A step below one foot."""

    kind: Literal["step"]
    foot: Side
    height_cm: float = Field(16.0, ge=4, le=45)


class Roll(PoseData):
    """A towel or roller below a part of the lying body.

    A `rolled-towel` or `folded-towel` is as thick as the gap that it fills; below the upper back a
    roll lifts the body by `thick_cm`, and so does a roller below the whole spine.
    """

    kind: Literal["rolled-towel", "folded-towel", "foam-roller"]
    under: Support
    thick_cm: float | None = Field(None, ge=2, le=20)


class Cord(PoseData):
    """A strap, a towel or an elastic band between two ends, straight, or round a part of the body.

    `anchor_cm` is the place of an `anchor`: to the left, up from the floor and forward of the hips.
    """

    kind: Literal["strap", "towel", "band"]
    ends: tuple[CordEnd, CordEnd]
    around: Ring | None = None
    anchor_cm: Shift | None = None

    @model_validator(mode="after")
    def _held(self) -> Self:
        if self.ends[0] == self.ends[1] and not (self.around and self.ends[0] == "anchor"):
            raise ValueError(f"prop: a {self.kind} has two ends, and both are '{self.ends[0]}'")
        if ("anchor" in self.ends) != (self.anchor_cm is not None):
            raise ValueError("prop: an end at an anchor needs anchor-cm, and anchor-cm such an end")
        return self


class Weight(PoseData):
    """A hand weight."""

    kind: Literal["weight"]
    hand: Side


Prop = Annotated[
    Furniture | Chair | Pillow | Ball | Wall | Step | Roll | Cord | Weight,
    Field(discriminator="kind"),
]
