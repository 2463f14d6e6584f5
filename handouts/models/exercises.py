"""Home exercises and the programmes that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.figures.model import Pose
from handouts.models.base import ExerciseRef, Id, Model, PicturePath, Prose, Text
from handouts.models.dose import Dose

DOSE_FIELDS = tuple(Dose.model_fields)


class Posture(StrEnum):
    """The position an exercise starts from; a sheet is ordered by it."""

    LYING = "lying"
    SIDE_LYING = "side-lying"
    SITTING = "sitting"
    STANDING = "standing"

    @property
    def words(self) -> str:
        """Say the posture to a patient."""
        return {
            Posture.LYING: "Lying on your back",
            Posture.SIDE_LYING: "Lying on your side",
            Posture.SITTING: "Sitting",
            Posture.STANDING: "Standing",
        }[self]


class OwnPicture(Model):
    """A picture of the clinic's own in place of the drawings."""

    file: PicturePath
    caption: Prose
    alt: Text


def _laid_over(under: Any, over: Any) -> Any:
    """Lay one tree of YAML over another: keys join, everything else is replaced."""
    if isinstance(under, dict) and isinstance(over, dict):
        joined = {key: _laid_over(under[key], value) for key, value in over.items() if key in under}
        return {**under, **over, **joined}
    return over


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
        filled[name] = _laid_over(filled[like], drawing) if like else drawing
    return filled


class DrawnPose(Pose):
    """A pose as content.yaml has it: it may be like an earlier one but for what it says."""

    like: Id | None = None


class Exercise(Model):
    """One home exercise."""

    name: Prose
    purpose: Prose
    posture: Posture
    equipment: tuple[Prose, ...] = ()
    steps: Annotated[tuple[Prose, ...], Field(min_length=1, max_length=7)]
    dose: Dose
    clinic_defaults: tuple[Text, ...] = ()
    """The parts of the dose that the article does not give: the clinic's own usual dose."""
    sides: Prose | None = None
    """Which side is stretched and which way to move; needed where the dose has a side."""
    mistakes: Annotated[tuple[Prose, ...], Field(min_length=1, max_length=7)]
    stop_if: Annotated[tuple[Prose, ...], Field(min_length=1, max_length=7)]
    drawings: Annotated[Mapping[Id, DrawnPose], BeforeValidator(_with_likes)] = {}
    """Poses from which the exercise is drawn, for its left side; see docs/drawings.md."""
    pictures: tuple[OwnPicture, ...] = ()
    """The clinic's own pictures, in place of drawings."""

    @model_validator(mode="after")
    def _sides_said(self) -> Self:
        why = None
        if self.drawings and self.pictures:
            why = "an exercise has drawings or pictures of its own, not both"
        elif self.dose.side is not None and self.sides is None:
            why = "the dose names a side, so sides must say which side is stretched"
        elif self.dose.side is None and self.sides is not None:
            why = "sides is given, so the dose needs its side: each, left or right"
        elif unknown := sorted(set(self.clinic_defaults) - set(DOSE_FIELDS)):
            why = f"clinic_defaults names {', '.join(unknown)}, which is no part of a dose"
        if why:
            raise PydanticCustomError("unreadable", "{why}", {"why": why})
        return self


class Programme(Model):
    """A named set of exercises, with the doses that differ from the exercises' own."""

    name: Text
    exercises: Annotated[tuple[ExerciseRef, ...], Field(min_length=1)]
    doses: Mapping[ExerciseRef, Dose] = {}
