"""A prescription: what a clinician gives one patient to do at home.

A prescription is read in layers (a file, the command line), each of which may leave out
what another one says; :mod:`handouts.prescribe` lays them over one another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from handouts.basics.choices import Diary, Edition, Layout, Order
from handouts.basics.papers import Paper
from handouts.models.base import (
    ClinicianRef,
    DiaryField,
    ExerciseRef,
    Id,
    Model,
    ProgrammeRef,
    Text,
    TextOrKeys,
)
from handouts.models.beyond_limits import PastLimit, Reasons
from handouts.models.dose import Dose, DoseParts
from handouts.models.own_exercise import OwnChanges  # noqa: TC001 - a field is of it
from handouts.models.personal import OwnProse, PersonName

PRIVATE_FIELDS = frozenset(
    {
        "patient", "goal", "notes", "note", "next_visit", "beyond_limits", "as_needed",
        "held", "was", "now", "stop_if",
    }
)  # fmt: skip
"""What is the patient's own: no message, no file's name and no metadata repeats it."""

TWO_SIDES = 2
"""Those of a sheet of paper."""
YEARS = range(1970, 3000)
"""Any other year is a typing slip."""


def _day_alone(written: object) -> object:
    """Let a bare number be no day: pydantic would count seconds from 1970."""
    if isinstance(written, dt.date) or (isinstance(written, str) and "-" in written):
        return written
    raise PydanticCustomError("date_type", "no day")


def _in_our_time(day: dt.date) -> dt.date:
    if day.year not in YEARS:
        why = f"{day} is not in the years from {YEARS.start} to {YEARS.stop - 1}"
        raise PydanticCustomError("unreadable", "{why}", {"why": why})
    return day


Day = Annotated[
    dt.date,
    BeforeValidator(_day_alone),
    AfterValidator(_in_our_time),
]
"""A day on which a log can start."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]


class PrescribedExercise(DoseParts, TextOrKeys):
    """One exercise with what is changed in its dose; written as its id, or with keys."""

    text_key = "exercise"

    exercise: ExerciseRef
    note: OwnProse | None = None
    """A sentence for this patient, printed with the exercise."""
    changes: OwnChanges | None = None
    """What differs in its steps, mistakes, equipment and stop signs for this patient."""


class MadeFrom(Model):
    """What an exercise was when the prescription was saved, as digests of its parts."""

    words: Digest
    drawings: Digest
    dose: Digest


class Prescription(Model):
    """One layer of a prescription: a file's, or the command line's."""

    patient: PersonName | None = None
    """The patient's name, as it is printed."""
    date: Day | None = None
    """The day it is given; the log starts on it."""
    clinician: ClinicianRef | None = None
    programme: ProgrammeRef | None = None
    exercises: tuple[PrescribedExercise, ...] = ()
    """Exercises beside the programme's, or changes to the programme's."""
    leave_out: tuple[ExerciseRef, ...] = ()
    """Exercises of the programme that this patient does not do."""
    order: Order | None = None
    goal: OwnProse | None = None
    """What the patient wants to be able to do, in the patient's own words."""
    notes: OwnProse | None = None
    next_visit: OwnProse | None = None
    """When to come again, as it is printed: "Tuesday, December 1, 10:30 am"."""
    edition: Edition | None = None
    language: Text | None = None
    paper: Paper | None = None
    layout: Layout | None = None
    log_weeks: Annotated[int, Field(strict=True, ge=2, le=8)] | None = None
    """How many weeks the log runs from the day it is given."""
    log: DiaryField | None = None
    """What the log asks for beside the exercises: pain, headache; the programme's own, if None."""
    beyond_limits: Reasons | None = None
    """Why doses go past an exercise's limits, each value for itself; kept here, never printed."""
    made_from: Mapping[Id, MadeFrom] = {}
    """Written when it is saved, so that a later change of content.yaml is seen."""


@dataclass(frozen=True, slots=True)
class Prescribed:
    """One exercise with its whole dose."""

    exercise: str
    dose: Dose
    note: str | None
    changes: OwnChanges | None = None
    """Each with what the content's own says."""


@dataclass(frozen=True, slots=True)
class PatientSheet:
    """All that one patient's sheet is made of."""

    patient: str
    given_on: dt.date
    clinician: str
    exercises: tuple[Prescribed, ...]
    goal: str | None
    notes: str | None
    next_visit: str | None
    edition: Edition
    paper: Paper
    layout: Layout
    log_weeks: int
    beyond_limits: tuple[PastLimit, ...]
    """The reasons that its doses need."""
    log: tuple[Diary, ...] = ()
    """What the log asks for beside the exercises."""
    order: Order | None = None
    """As it was said; None where nobody said it."""
    log_weeks_said: bool = False
    """Whether somebody said how long the log runs."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a sheet is laid out: for so many exercises a page, the log behind so many of them."""

    layout: Layout
    plan_after: int
    one_row: bool = False
    """Whether one row of the log stands for all exercises, where they are done alike."""
    tight: bool = False
    """Whether the drawings of large print are small, so that an exercise stands on one side."""
    most_sides: int = TWO_SIDES
    """On more sides than these it does not fit, and the next one is tried."""
