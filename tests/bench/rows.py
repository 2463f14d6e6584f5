"""The same rows for everybody: six slots a sheet, names in many scripts, two pages."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Layout
from handouts.basics.papers import Paper
from handouts.mail_merge.rows import RunRow
from handouts.models.prescription import PatientSheet, Prescribed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent

FIRST = ("Maria", "Łukasz", "Thị Ánh", "محمد", "王", "Sofía", "Ксения", "अनुष्का", "James", "Zoë")
LAST = (
    "Sample",
    "Nguyễn",
    "الأحمد",
    "小明",
    "Żółć",
    "García",
    "Example",
    "शर्मा",
    "O'Sample",
    "Щукина",
)
"""Plainly fictional."""


def rows(loaded: LoadedContent, count: int, layouts: int = 1) -> Iterator[RunRow]:
    """Make rows of six slots in many scripts, spread over so many layouts of two pages.

    The layouts differ in their date alone, which the log's table prints day by day.
    """
    names = [f"{first} {last}" for first, last in product(FIRST, LAST)]
    chosen = tuple(
        Prescribed(name, exercise.dose.model_copy(update={"side": exercise.sides and "each"}), None)
        for name, exercise in loaded.content.exercises.items()
    )
    clinician = next(iter(loaded.content.clinic.clinicians))
    for number in range(count):
        yield RunRow(
            f"{number:06}",
            PatientSheet(
                patient=f"{names[number % 100]} {number // 100}",
                given_on=date(2026, 11, 23) + timedelta(days=number % layouts),
                clinician=clinician,
                exercises=chosen,
                goal=("Sleep through the night.", "Look over my shoulder when I drive.")[
                    number % 2
                ],
                notes=f"Start gently, and call us on day {number % 9 + 1}.",
                next_visit=f"December {number % 28 + 1}, {number % 8 + 9}:30",
                edition=Edition.STANDARD,
                paper=Paper.LETTER,
                layout=Layout.AUTO,
                log_weeks=2,
                beyond_limits=(),
            ),
        )


def roster(loaded: LoadedContent, count: int, layouts: int) -> bytes:
    """Write the same rows as a roster in CSV, as the front desk would."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(
        (
            "id",
            "name",
            "exercises",
            "side",
            "clinician",
            "date",
            "next visit",
            "goal",
            "note for the patient",
        )
    )
    for row in rows(loaded, count, layouts):
        sheet = row.sheet
        exercises = "; ".join(item.exercise for item in sheet.exercises)
        table.writerow(
            (
                row.record,
                sheet.patient,
                exercises,
                "each",
                sheet.clinician,
                sheet.given_on,
                sheet.next_visit,
                sheet.goal,
                sheet.notes,
            )
        )
    return text.getvalue().encode()
