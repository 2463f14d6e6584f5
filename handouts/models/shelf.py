"""Exercises and programmes of the shelf, and what a clinic takes from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from handouts.models.base import ClinicianRef, Id, Model, Text, printed_strings
from handouts.models.exercise_tags import Quality, Tags
from handouts.models.exercises import Exercise, Programme
from handouts.models.testimonials import Fingerprint, fingerprint

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

    from handouts.models.dose import Dose


class ShelfExercise(Exercise):
    """An exercise of the shelf: nothing is left out by which it is judged."""

    anatomical_name: Text
    tags: Tags

    @model_validator(mode="after")
    def _says_whose_the_dose_is(self) -> Self:
        if all(one.quality is Quality.NOT_READ for one in self.dose_sources):
            given = set(self.dose.given) - {"side"}
            if unsaid := sorted(given - set(self.clinic_defaults)):
                why = (
                    "no source that was read gives this dose, so clinic_defaults must name its "
                    + ", ".join(unsaid)
                )
                raise PydanticCustomError("unreadable", "{why}", {"why": why})
        return self


class ShelfProgramme(Programme):
    """A programme of the shelf."""

    why: Text
    for_whom: Text


class Changes(Model):
    """What a clinic says of a shelf's exercise in its own words: keys of an exercise."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Let editors take any part of an exercise: the loader says what it can't be."""
        del schema, handler
        return {"anyOf": [{"type": "null"}, {"type": "object"}], "description": cls.__doc__}


class SignedWords(Model):
    """That a clinician stands for the words of a shelf's exercise."""

    by: ClinicianRef
    on: date
    words: Fingerprint
    """Twelve hex digits made from the words, the dose and its limits, and changed with them."""
    beside: Mapping[str, Fingerprint] = {}
    """The same of what the shelf said then of each part that the clinic says otherwise."""


class Taken(Model):
    """What a clinic takes from the shelf."""

    exercises: Mapping[Id, Changes | None] = {}
    """Exercises by their ids; below each, what the clinic says otherwise."""
    programmes: tuple[Id, ...] = ()
    """Programmes by their ids; each brings its exercises."""
    signed: Mapping[Id, SignedWords] = {}
    """Written by handouts approve; kept for an exercise that is not taken any more."""


def words_of(exercise: Exercise) -> str:
    """Give the digest of all that a patient reads of an exercise: its words, dose and limits."""
    words = [text for _, text in printed_strings(exercise)]
    for pose in exercise.drawings.values():
        words += [pose.title, pose.description]
    rest = exercise.model_dump(
        mode="json", include={"posture", "dose", "limits", "repetition_takes"}, exclude_none=True
    )
    return fingerprint("\n".join((*words, json.dumps(rest, sort_keys=True))))


def digest_of(part: Any) -> str:
    """Give the digest of a part of an exercise as its file has it."""
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()[:12]


def dose_parts(dose: Dose) -> dict[str, str]:
    """Give the parts of a dose as they are written; of times of day, their names."""
    return {
        part: ", ".join(map(str, value)) if isinstance(value, Mapping) else str(value)
        for part, value in dose.given.items()
    }
