"""From a prescription to the view of one patient's sheet."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from handouts.basics.choices import Edition, Layout
from handouts.compose.dose_words import how_long_words, sided
from handouts.compose.gather import Gatherer
from handouts.compose.initials import initials
from handouts.compose.log_view import log_tables, log_words
from handouts.compose.scripts import LINE_END, Words, direction, signs_at_ends_turned
from handouts.compose.shown_clinic import palette_for, shown_clinic
from handouts.compose.views import PatientName, SheetView
from handouts.models.dose_days import DAYS_A_WEEK
from handouts.prescribe.how_long import how_long
from handouts.prescribe.own_exercise import own_exercise
from handouts.prescribe.too_much import MANY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.basics.kept import Cache
    from handouts.compose.template_manifest import TemplateManifest
    from handouts.compose.views import ExerciseView, MustPrint
    from handouts.models.content import Content
    from handouts.models.dose import Dose
    from handouts.models.prescription import Arrangement, PatientSheet
    from handouts.wording.language import Language

SHORT_NOTE_WORDS = 50
"""A note that is read at a glance stands above the exercises."""
NAME_SIZES_PT = ((26, 20), (30, 17), (34, 15))
"""The widest name, in letters' widths, that is set in each size; longer ones at the floor.

In bold Noto Sans a letter is 0.6 em wide; a name has 417 px on A4, so that most stand on a line.
"""
SMALLEST_NAME_PT = 13
LARGE_PRINT_NAME_PT = 22


def name_width(name: str) -> int:
    """Say how many letters wide a name is; East Asian letters are two wide, marks none."""
    return len(name) if name.isascii() else sum(map(_letters_width, name))


@cache
def _letters_width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _words(text: str) -> Words:
    return Words(text, direction(text))


def name_size_pt(name: str, edition: Edition) -> int:
    """Say how large a name is set."""
    if edition is Edition.LARGE_PRINT:
        return LARGE_PRINT_NAME_PT
    width = name_width(name)
    return next((size for widest, size in NAME_SIZES_PT if width <= widest), SMALLEST_NAME_PT)


def _name(say: Language, name: str, edition: Edition) -> PatientName:
    return PatientName(
        words=_words(name),
        for_whom=_words(for_whom(say, name)),
        size_pt=name_size_pt(name, edition),
        initials=_words(initials(name)),
    )


def for_whom(say: Language, name: str) -> str:
    """Say for whom a sheet is: in one slot with the name, so that both are of one size."""
    words = say.text("sheet.for_whom", name=signs_at_ends_turned(name))
    return Markup(words) if isinstance(name, Markup) else words  # noqa: S704 - a stand-in of ours


def record_words(say: Language, record: str) -> str:
    """Say which record a sheet is: one slot with its number, empty in a sheet alone."""
    return say.text("sheet.record", number=record)


def _last_day(say: Language, sheet: PatientSheet, dose: Dose) -> str | None:
    """Name the last day of what a patient is to stop after some weeks."""
    if dose.stop_after_weeks is None:
        return None
    day = sheet.given_on + timedelta(days=DAYS_A_WEEK * dose.stop_after_weeks - 1)
    return say.text("dose.last_day", day=say.day(day))


def _has_boxes(exercises: Iterable[ExerciseView], *, short: bool) -> bool:
    """Say whether a dose shows a box for each time; the short form shows those of one side."""
    rows = (row for exercise in exercises for row in exercise.dose.rows)
    return any(len(row.boxes) == 1 if short else row.boxes for row in rows)


def _length(notes: str) -> str:
    words = len(notes.split())
    if words <= SHORT_NOTE_WORDS:
        return "short"
    return "medium" if words <= MANY_WORDS else "long"


def build_sheet_view(
    content: Content,
    sheet: PatientSheet,
    manifest: TemplateManifest,
    arrangement: Arrangement,
    record: str = "",
    drawings: Cache | None = None,
) -> tuple[SheetView, tuple[MustPrint, ...]]:
    """Make the view of a patient's sheet, and the texts that must be found on its paper.

    ``record`` is its number in a run of many; a sheet made alone has none. ``drawings``
    is what is kept of them.

    The content hash is taken over the clinic's own words alone: nothing of the patient
    goes into it.
    """
    palette = palette_for(content.clinic.brand, sheet.edition)
    own_exercises = {
        item.exercise: own_exercise(content.exercises[item.exercise], item)
        for item in sheet.exercises
    }
    gather = Gatherer(content, manifest, palette, drawings, own_exercises=own_exercises)
    words = content.sheet
    gather.print_all(words, ("sheet",))
    safety = gather.safety()
    clinician = content.clinic.clinicians[sheet.clinician]
    gather.print_text(clinician.name, ("clinic", "clinicians", sheet.clinician, "name"))
    gather.print_text(
        clinician.credentials, ("clinic", "clinicians", sheet.clinician, "credentials")
    )
    gather.print_text(content.clinic.phone, ("clinic", "phone"))
    if content.clinic.language_help:
        gather.print_text(content.clinic.language_help, ("clinic", "language_help"))
    exercise_notes = tuple(
        sided(gather.say, item.note or "", item.dose.side) for item in sheet.exercises
    )
    last_days = tuple(_last_day(gather.say, sheet, item.dose) for item in sheet.exercises)
    exercises = tuple(
        replace(view, note=_words(note) if note else None, last_day=last_day)
        for view, note, last_day in zip(
            gather.exercises((item.exercise, item.dose) for item in sheet.exercises),
            exercise_notes,
            last_days,
            strict=True,
        )
    )
    provenance = gather.provenance()

    long = how_long(sheet.exercises, content.exercises, sheet.log_weeks)
    time_words = how_long_words(gather.say, long)
    gather.print_text(time_words, ("exercises",))
    given_on = gather.say.day(sheet.given_on)
    notes = tuple(line for line in (sheet.notes or "").splitlines() if line.strip())
    record = record and record_words(gather.say, record)
    own = (sheet.patient, record, given_on, sheet.goal, *notes, sheet.next_visit)
    for text in (*own, *exercise_notes, *filter(None, last_days)):
        for line in text.split(LINE_END) if isinstance(text, Markup) else (text,):
            if line:
                gather.print_private(line)
    large = sheet.edition is Edition.LARGE_PRINT
    names = tuple(item.exercise.name for item in exercises)
    tables = log_tables(gather.say, sheet, names, 1 if large else 2, one_row=arrangement.one_row)
    comes_again = sheet.next_visit is not None
    told = log_words(gather.say, tables, content.clinic.phone, comes_again=comes_again)
    gather.print_text(told, ("clinic", "phone"))
    view = SheetView(
        title=words.title,
        edition=sheet.edition,
        language=content.language,
        clinic=shown_clinic(content.clinic),
        patient=_name(gather.say, sheet.patient, sheet.edition),
        record=_words(record) if record else None,
        given_on=given_on,
        clinician=clinician,
        goal=_words(sheet.goal) if sheet.goal else None,
        notes=tuple(_words(note) for note in notes),
        notes_length=_length(sheet.notes or ""),
        next_visit=_words(sheet.next_visit) if sheet.next_visit else None,
        how_long=time_words,
        layout=arrangement.layout,
        plan_after=arrangement.plan_after,
        tight=arrangement.tight,
        exercises=exercises,
        drawn=any(item.exercise.drawings for item in exercises),
        has_boxes=_has_boxes(exercises, short=large or arrangement.layout is Layout.FOUR),
        log=tables,
        log_words=told,
        questions=words.questions if arrangement.plan_after == 0 and len(tables) == 1 else None,
        teach_back=words.teach_back,
        safety=safety,
        provenance=provenance,
    )
    return view, tuple(gather.must)
