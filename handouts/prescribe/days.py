"""On which days an exercise is done, counted from the day on which a sheet is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.models.dose_days import EveryNthDay, Weekdays

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from handouts.models.dose import Dose


SHORTEST_LOG, LONGEST_LOG = 2, 8
"""In weeks."""


def usual_log_weeks(doses: Iterable[Dose]) -> int:
    """Say how many weeks a log has where nobody says it: as many as its doses, where they end."""
    end = max((dose.last_week or 0 for dose in doses), default=0)
    return min(max(end, SHORTEST_LOG), LONGEST_LOG)


def is_done(dose: Dose, start: date, day: date) -> bool:
    """Say whether an exercise may be done on a day; ``start`` is the first day of week 1.

    Where only the number of days a week is said, it may be any of them.
    """
    number = (day - start).days
    week = number // 7 + 1
    if dose.last_week is not None and week > dose.last_week:
        return False
    now = next(
        (
            go.dose
            for go in dose.goes()
            if go.weeks is None or go.weeks.first <= week <= go.weeks.last
        ),
        dose,
    )
    if isinstance(now.days_a_week, Weekdays):
        return day.weekday() in now.days_a_week.days
    if isinstance(now.days_a_week, EveryNthDay):
        return number % now.days_a_week.step == 0
    return True
