"""A patient's sheet in words, for somebody to look over before or after it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.basics.choices import Diary
from handouts.compose.dose_words import dose_view, how_long_words
from handouts.jobs.own_exercise import changes_in_words
from handouts.prescribe.how_long import how_long
from handouts.wording.language import MESSAGES, language

if TYPE_CHECKING:
    from handouts.jobs.prescribing import Prescribing
    from handouts.models.dose import Dose
    from handouts.models.prescription import PatientSheet


_ASKED_EACH_DAY = {Diary.PAIN: "pain each day (0-10)", Diary.HEADACHE: "headache days"}


@dataclass(frozen=True, slots=True)
class ExerciseSummary:
    """One exercise as it will be printed, in words."""

    name: str
    dose: str
    note: str
    changes: tuple[str, ...]
    """What differs in its words for this patient."""


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """What will be printed, in words, for somebody to look over."""

    patient: str
    day: str
    clinician: str
    exercises: tuple[ExerciseSummary, ...]
    how_long: str
    goal: str
    notes: str
    next_visit: str
    beyond_limits: tuple[str, ...]
    """Why doses go past a limit, each with its exercise and value."""
    log: str
    """How long it runs, and what it asks for each day."""
    edition: str
    paper: str


def summary(prescribing: Prescribing) -> SheetSummary:
    """Say in words what will be printed."""
    sheet, content = prescribing.sheet, prescribing.loaded.content
    say = language(MESSAGES)
    changed = changes_in_words(prescribing)
    return SheetSummary(
        patient=sheet.patient,
        day=say.day(sheet.given_on),
        clinician=content.clinic.clinicians[sheet.clinician].name,
        exercises=tuple(
            ExerciseSummary(
                content.exercises[item.exercise].name,
                dose_sentences(item.dose),
                item.note or "",
                changed.get(item.exercise, ()),
            )
            for item in sheet.exercises
        ),
        how_long=how_long_words(say, how_long(sheet.exercises, content.exercises, sheet.log_weeks)),
        goal=sheet.goal or "",
        notes=sheet.notes or "",
        next_visit=sheet.next_visit or "",
        beyond_limits=tuple(
            f"{content.exercises[one.exercise].name}, {one.value}: {one.reason}"
            for one in sheet.beyond_limits
        ),
        log=_log(sheet),
        edition=str(sheet.edition),
        paper=str(sheet.paper),
    )


def _log(sheet: PatientSheet) -> str:
    asked = " and ".join(_ASKED_EACH_DAY[one] for one in sheet.log)
    return f"{sheet.log_weeks} weeks" + (f", with {asked}" if asked else "")


def dose_sentences(dose: Dose) -> str:
    """Say a dose as its sheet does, in the words of messages."""
    said = replace(dose_view(language(MESSAGES), dose), start_words=None)
    words = ". ".join(said.words) + "."
    words = f"{words}. {said.held.text}" if said.held else words
    return f"{said.as_needed.text}: {words}" if said.as_needed else words
