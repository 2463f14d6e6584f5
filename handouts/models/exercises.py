"""Home exercises and the programmes that are made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.drawings.person.pose import Pose
from handouts.models.base import DiaryField, ExerciseRef, Id, Model, PicturePath, Prose, Text, Url
from handouts.models.dose import Dose, DoseParts, Limits
from handouts.models.dose_amounts import HoldField
from handouts.models.exercise_tags import DoseSource, Tags

DOSE_FIELDS = tuple(DoseParts.model_fields)
_BARE_SIDE = re.compile(r"(?<!\{)\b(left|right)\b(?!\}| away| now)", re.IGNORECASE)


class Posture(StrEnum):
    """The position an exercise starts from; a sheet is ordered by it."""

    SUPINE = "supine"
    PRONE = "prone"
    LYING = "lying"
    """Older contents say no more; it is what the first drawing shows."""
    SIDE_LYING = "side-lying"
    HANDS_AND_KNEES = "hands-and-knees"
    KNEELING = "kneeling"
    HALF_KNEELING = "half-kneeling"
    SITTING = "sitting"
    STANDING = "standing"
    STANDING_AT_A_WALL = "standing-at-a-wall"
    MOVING = "moving"


ShownSteps = Annotated[
    tuple[Annotated[int, Field(strict=True, ge=1)], ...], Field(min_length=1, max_length=7)
]
"""Numbers of the steps that a drawing or a picture shows."""


_SHOWN_LYING = {
    "supine": Posture.SUPINE,
    "hooklying": Posture.SUPINE,
    "prone": Posture.PRONE,
    "prone-on-elbows": Posture.PRONE,
    "side-lying-left": Posture.SIDE_LYING,
    "side-lying-right": Posture.SIDE_LYING,
}
"""The ways to lie, by the base of a drawing."""
_ON_FEET = ("standing", "lunge-left", "lunge-right")
_BASES = {
    Posture.HANDS_AND_KNEES: ("hands-and-knees", "prone", "standing"),
    Posture.KNEELING: ("kneeling", "standing"),
    Posture.HALF_KNEELING: ("half-kneeling-left", "half-kneeling-right", "standing"),
    Posture.SITTING: ("sitting",),
    Posture.STANDING: _ON_FEET,
    Posture.STANDING_AT_A_WALL: _ON_FEET,
    Posture.MOVING: _ON_FEET,
    Posture.LYING: tuple(_SHOWN_LYING),
    **{
        posture: tuple(b for b, p in _SHOWN_LYING.items() if p is posture)
        for posture in _SHOWN_LYING.values()
    },
}
"""The bases from which a posture is drawn; bent joints make the rest of it."""


class OwnPicture(Model):
    """A picture of the clinic's own in place of the drawings."""

    file: PicturePath
    caption: Prose
    alt: Text
    steps: ShownSteps | None = None
    """The steps that it shows; left out, it counts as showing all of them."""


def _laid_over(under: Any, over: Any) -> Any:
    """Lay one tree of YAML over another: keys join, everything else is replaced."""
    if isinstance(under, dict) and isinstance(over, dict):
        joined = {key: _laid_over(under[key], value) for key, value in over.items() if key in under}
        return {**under, **over, **joined}
    return over


def _but_for_steps(drawing: Any) -> Any:
    """Leave out which steps a drawing shows: one that is like it shows others."""
    if not isinstance(drawing, dict):
        return drawing
    return {key: value for key, value in drawing.items() if key != "steps"}


def _with_likes(drawings: Any) -> Any:
    """Fill each drawing that is ``like`` an earlier one with what it leaves out."""
    if not isinstance(drawings, dict):
        return drawings
    filled: dict[str, Any] = {}
    for name, drawing in drawings.items():
        like = drawing.get("like") if isinstance(drawing, dict) else None
        if like is not None and like not in filled:
            raise PydanticCustomError(
                "unreadable",
                "{why}",
                {"why": f'"{name}" is like "{like}", which is no drawing that stands before it'},
            )
        filled[name] = _laid_over(_but_for_steps(filled[like]), drawing) if like else drawing
    return filled


class DrawnPose(Pose):
    """A pose as content.yaml has it: it may be like an earlier one but for what it says."""

    like: Id | None = None
    steps: ShownSteps | None = None
    """The steps that it shows; left out, it counts as showing all of them."""


class EitherSide(Model):
    """How an exercise that needs no side is said where one is chosen, as for the left side."""

    sides: Prose
    """Which side is worked on, with {left} and {right} in braces."""
    steps: Mapping[str, Prose] = {}
    """Steps that then say the side, by their numbers."""
    equipment: Annotated[tuple[Prose, ...], Field(min_length=1)] | None = None
    """What is taken then, where that is not the same."""
    captions: Mapping[Id, Prose] = {}
    """Titles of drawings that then say the side."""

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is printed of it."""
        return (
            self.sides, *self.steps.values(), *self.captions.values(), *(self.equipment or ()),
        )  # fmt: skip


class Exercise(Model):
    """One home exercise."""

    name: Prose
    anatomical_name: Text | None = None
    """What colleagues call it."""
    purpose: Prose
    posture: Posture
    equipment: tuple[Prose, ...] = ()
    steps: Annotated[tuple[Prose, ...], Field(min_length=1, max_length=7)]
    dose: Dose
    clinic_defaults: tuple[Text, ...] = ()
    """The parts of the dose that the article does not give: the clinic's own usual dose."""
    dose_sources: tuple[DoseSource, ...] = ()
    """What is published of its dose."""
    limits: Limits
    """The most that is given without a clinician's reason."""
    repetition_takes: HoldField | None = None
    """How long one repetition takes; needed of what is counted, to say how long all takes."""
    sides: Prose | None = None
    """How to stretch the {left} side and which way to move, with {left} and {right} in braces."""
    either_side: EitherSide | None = None
    """What is said where a side is chosen for an exercise that is else done without one."""
    mistakes: Annotated[tuple[Prose, ...], Field(min_length=1, max_length=7)]
    stop_if: Annotated[tuple[Prose, ...], Field(min_length=1, max_length=7)]
    stop_at_pain: tuple[Text, ...] = ()
    """Lines of stop_if that a patient's own rule for pain takes the place of."""
    ask_first: Annotated[tuple[Prose, ...], Field(max_length=5)] = ()
    """For whom it may not be: what a patient tells the clinic of before doing it."""
    tags: Tags | None = None
    """By what it is found: handouts list exercises."""
    drawings: Annotated[Mapping[Id, DrawnPose], BeforeValidator(_with_likes)] = {}
    """Poses from which the exercise is drawn, for its left side; see docs/drawings.md."""
    pictures: tuple[OwnPicture, ...] = ()
    """The clinic's own pictures, in place of drawings."""
    video: Url | None = None
    """Where a video of it can be seen; a patient's own sheet gets a QR code to it."""

    def _bare_side(self) -> str | None:
        texts = (self.sides or "", *self.steps, *self.mistakes, *self.stop_if)
        texts += self.either_side.texts if self.either_side else ()
        found = (_BARE_SIDE.search(text) for text in texts)
        return next((match[1] for match in found if match), None)

    def _amounts_fault(self) -> str | None:
        """Say what lacks of how much is done, in the dose or beside it."""
        dose, limits = self.dose, self.limits
        if dose.minutes is not None:
            if limits.minutes is None:
                return "the dose is in minutes, so limits must say the most minutes"
            return None
        if limits.repetitions is None or limits.minutes is not None:
            return "the dose has repetitions, so limits must say the most repetitions, not minutes"
        if dose.hold is None and self.repetition_takes is None:
            return "nothing is held, so repetition_takes must say how long one repetition takes"
        if dose.hold is not None and limits.hold is None:
            return "the dose has a hold, so limits must say the longest hold"
        return None

    def _unknown_places(self) -> str | None:
        """Say where a step or a drawing is named that the exercise does not have."""
        count = len(self.steps)
        shown = [(name, pose.steps) for name, pose in self.drawings.items()]
        shown += [(picture.file, picture.steps) for picture in self.pictures]
        for name, steps in shown:
            if past := [number for number in steps or () if number > count]:
                return f'"{name}" shows step {past[0]}, and there are {count} steps'
        if self.either_side is None:
            return None
        if self.sides is not None:
            return "sides is given, so it is always done by side; take either_side out"
        numbers = set(map(str, range(1, count + 1)))
        if far := sorted(set(self.either_side.steps) - numbers):
            return f"either_side has a step {far[0]}, and there are {count} steps"
        if lost := sorted(set(self.either_side.captions) - set(self.drawings)):
            return f'either_side has a caption for "{lost[0]}", which is no drawing of it'
        return None

    @model_validator(mode="after")
    def _as_it_is_drawn(self) -> Self:
        """Let the posture be what the first drawing shows, in which the exercise starts."""
        first = next(iter(self.drawings.items()), None)
        if first is None:
            return self
        name, base = first[0], first[1].posture.base
        if base not in _BASES[self.posture]:
            why = (
                f'the posture is {self.posture}, and the first drawing, "{name}", has the base '
                f"{base}; write the posture that is drawn, or draw it from the base "
                f"{' or '.join(_BASES[self.posture])}"
            )
            raise PydanticCustomError("unreadable", "{why}", {"why": why, "at": ("posture",)})
        if self.posture is Posture.LYING:
            return self.model_copy(update={"posture": _SHOWN_LYING[base]})
        return self

    @model_validator(mode="after")
    def _sides_said(self) -> Self:
        why = None
        if self.drawings and self.pictures:
            why = "an exercise has drawings or pictures of its own, not both"
        elif self.dose.side is not None and self.sides is None:
            why = "the dose names a side, so sides must say which side is stretched"
        elif self.dose.side is None and self.sides is not None:
            why = "sides is given, so the dose needs its side: each, left or right"
        elif amounts := self._amounts_fault():
            why = amounts
        elif (self.sides or self.either_side) and (bare := self._bare_side()):
            why = (
                f'"{bare}" stands without braces, so the words would be wrong for the other side; '
                f"write {{{bare.lower()}}}"
            )
        elif not_parts := sorted(set(self.clinic_defaults) - set(DOSE_FIELDS)):
            why = f"clinic_defaults names {', '.join(not_parts)}, which is no part of a dose"
        elif set(self.stop_at_pain) - set(self.stop_if):
            why = "each line of stop_at_pain must stand in stop_if, word by word"
        why = why or self._unknown_places()
        if why:
            raise PydanticCustomError("unreadable", "{why}", {"why": why})
        return self


class Programme(Model):
    """A named set of exercises, with the doses that differ from the exercises' own."""

    name: Text
    why: Text | None = None
    """Why these exercises stand together."""
    for_whom: Text | None = None
    """Whom it is given to."""
    exercises: Annotated[tuple[ExerciseRef, ...], Field(min_length=1)]
    doses: Mapping[ExerciseRef, DoseParts] = {}
    """What differs from the exercises' own doses; and the side, where an exercise has sides."""
    log: DiaryField = ()
    """What the log asks for beside the exercises: pain, headache."""
