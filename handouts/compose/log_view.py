"""The log of a patient's sheet: which boxes it has on which days, and the words beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handouts.basics.choices import Diary
from handouts.compose.dose_words import weeks_words
from handouts.compose.views import LogBoxes, LogDay, LogRow, LogTable
from handouts.models.dose_days import DAYS_A_WEEK, Weeks
from handouts.models.dose_values import Range
from handouts.prescribe.days import times_each_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.models.dose import Dose
    from handouts.models.prescription import PatientSheet
    from handouts.prescribe.days import Times
    from handouts.wording.language import Language

NO_BREAK = "\N{NO-BREAK SPACE}"
_DIARY = {
    Diary.PAIN: ("log.pain", LogBoxes(0, 0)),
    Diary.HEADACHE: ("log.headache", LogBoxes(1, 0)),
}
"""The words of what is written down for each day, and its room or box."""
MOST_BOXES = 6
"""On one day; past them there is room to write how often it was done."""


def log_tables(
    say: Language,
    sheet: PatientSheet,
    names: Sequence[str],
    weeks_a_table: int,
    *,
    one_row: bool = False,
) -> tuple[LogTable, ...]:
    """Lay out the log from its first day on, one or two weeks a table.

    A day has as many boxes as an exercise may need on it; a day on which nothing is written has
    no column. A table ends where doses change with the weeks. ``one_row`` lets one row stand for
    exercises that are all done alike.
    """
    start, weeks = sheet.given_on, sheet.log_weeks
    rows = [
        (name, item.dose, times_each_day(item.dose, start, weeks))
        for name, item in zip(names, sheet.exercises, strict=True)
    ]
    if one_row:
        rows = [(say.text("sheet.all_exercises"), *rows[0][1:])]
    rows_of_boxes = [_row(say, *row) for row in rows]
    for entry in sheet.log:
        key, box = _DIARY[entry]
        rows_of_boxes.append(LogRow(say.text(key), (box,) * 7 * weeks))
    in_phases = any(item.dose.phases is not None for item in sheet.exercises)
    tables = []
    for part in _parts(sheet, weeks_a_table):
        days = range(7 * (part.first - 1), 7 * part.last)
        kept = [n for n in days if any(row.boxes[n] for row in rows_of_boxes)]
        if not kept:
            continue
        of_days = [start + timedelta(days=n) for n in (*days, *kept)]
        dates = say.days(of_days[0], of_days[len(days) - 1])
        if in_phases:
            whole = dates.replace(" ", NO_BREAK)
            dates = say.text("dose.labelled", label=weeks_words(say, part), what=whole)
        tables.append(
            LogTable(
                dates,
                tuple(
                    LogDay(say.short_weekday(day.weekday()), day.day)
                    for day in of_days[len(days) :]
                ),
                tuple(LogRow(row.name, tuple(row.boxes[n] for n in kept)) for row in rows_of_boxes),
            )
        )
    return tuple(tables)


def _row(say: Language, name: str, dose: Dose, times: tuple[Times | None, ...]) -> LogRow:
    """Give the boxes of an exercise.

    Where they are too many, or it goes by the clock, there is room for a number on each day.
    """
    days = dose.days_a_week
    if isinstance(days, Range) and days.least < DAYS_A_WEEK:
        name = say.plural_range("dose.days_a_week", days.least, days.most, what=name)
    if dose.every is not None or any(
        one is not None and one.sure + one.more > MOST_BOXES for one in times
    ):
        room = LogBoxes(0, 0)
        return LogRow(
            say.text("log.how_often", name=name),
            tuple(None if one is None else room for one in times),
        )
    return LogRow(
        name, tuple(None if one is None else LogBoxes(one.sure, one.more) for one in times)
    )


def _parts(sheet: PatientSheet, weeks_a_table: int) -> Iterator[Weeks]:
    """Cut the log's weeks into tables, of so many weeks at most."""
    ends = {phase.weeks.last for item in sheet.exercises for phase in item.dose.phases or ()}
    first = 1
    for week in range(1, sheet.log_weeks + 1):
        if week - first + 1 == weeks_a_table or week in ends or week == sheet.log_weeks:
            yield Weeks(first, week)
            first = week + 1


def log_words(say: Language, tables: Sequence[LogTable], phone: str, *, comes_again: bool) -> str:
    """Say which boxes need not be ticked, and what to do with the log.

    Who has a day for the next visit brings it there; anybody else may have to call.
    """
    after = say.text("log.bring") if comes_again else say.text("log.bring_or_call", phone=phone)
    boxes = (box for table in tables for row in table.rows for box in row.boxes)
    if not any(box is not None and box.more for box in boxes):
        return after
    return say.text("log.then", first=say.text("log.dashed"), then=after)
