"""Home exercises and the programmes that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.models.base import ExerciseRef, Model, Prose, Text
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

    @model_validator(mode="after")
    def _sides_said(self) -> Self:
        why = None
        if self.dose.side is not None and self.sides is None:
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
