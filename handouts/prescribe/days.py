"""On which days an exercise is done, counted from the day on which a sheet is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handouts.models.dose_days import DAYS_A_WEEK, EveryNthDay, Weekdays
from handouts.models.dose_values import Range

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from handouts.models.dose import Dose, Go
    from handouts.models.prescription import PatientSheet


SHORTEST_LOG, LONGEST_LOG = 2, 8
"""In weeks."""


def usual_log_weeks(ends: Iterable[int | None]) -> int:
    """Say how many weeks a log has where nobody says it: as many as its doses, where they end."""
    last = max((end or 0 for end in ends), default=0)
    return min(max(last, SHORTEST_LOG), LONGEST_LOG)


@dataclass(frozen=True, slots=True)
class Times:
    """How often an exercise is done on a day: so many times, and so many more that may be."""

    sure: int
    more: int


def times_each_day(dose: Dose, start: date, weeks: int) -> tuple[Times | None, ...]:
    """Say for each day of some weeks how often an exercise is done; ``start`` is the first.

    None where it is not done on that day. Where it is done as needed, or only the number of days
    a week is said, no time is sure.
    """
    goes = dose.goes()
    return tuple(
        _times_on(dose, goes, number, start + timedelta(days=number)) for number in range(7 * weeks)
    )


def _times_on(dose: Dose, goes: tuple[Go, ...], number: int, day: date) -> Times | None:
    week = number // 7 + 1
    if dose.last_week is not None and week > dose.last_week:
        return None
    now = next(
        (go.dose for go in goes if go.weeks is None or go.weeks.first <= week <= go.weeks.last),
        dose,
    )
    days = now.days_a_week
    if isinstance(days, Weekdays) and day.weekday() not in days.days:
        return None
    if isinstance(days, EveryNthDay) and number % days.step:
        return None
    often = now.times_a_day
    if dose.times_of_day:
        often = Range(len(dose.times_of_day), len(dose.times_of_day))
    if dose.as_needed is not None or (isinstance(days, Range) and days.least < DAYS_A_WEEK):
        return Times(0, often.most)
    return Times(often.least, often.most - often.least)


def done_alike(sheet: PatientSheet) -> bool:
    """Say whether all exercises are done on the same days, and as often on each.

    What goes by the clock is counted for each exercise.
    """
    start, weeks = sheet.given_on, sheet.log_weeks
    if any(item.dose.every is not None for item in sheet.exercises):
        return False
    return len({times_each_day(item.dose, start, weeks) for item in sheet.exercises}) == 1
