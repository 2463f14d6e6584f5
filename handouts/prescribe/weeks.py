"""Whether the weeks of a log and of its doses go together, and with the day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Place, Severity
from handouts.basics.settings import Setting, named
from handouts.prescribe.days import SHORTEST_LOG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from handouts.load.prescription import Layer


def log_too_long(
    weeks: int | None, ends: Collection[int | None], place: Place
) -> Iterator[Finding]:
    """Find a log that goes on where no exercise does.

    ``ends`` are the weeks with which the exercises end, None for one that goes on.
    """
    known = [end for end in ends if end is not None]
    if weeks is None or len(known) < len(ends):
        return
    end = max(known, default=SHORTEST_LOG)
    if weeks > max(end, SHORTEST_LOG):
        yield Finding(
            f"the log runs {weeks} weeks, and the exercises end after {end}",
            "",
            f"give {named(Setting.LOG_WEEKS, str(max(end, SHORTEST_LOG)))}, or more weeks "
            "to an exercise",
            place,
        )


def weeks_past(layer: Layer, given_on: dt.date, today: dt.date) -> Iterator[Finding]:
    """Find weeks that a file counted from another day, or that are over."""
    day = layer.prescription.date
    for index, item in enumerate(layer.prescription.exercises):
        last = item.last_week
        if last is None or not layer.kept:
            continue
        place = layer.place("exercises", index)
        if day is not None and given_on > day:
            yield Finding(
                f"{item.exercise}: its weeks were counted from {day}",
                f"on {given_on} they would begin anew",
                "write what holds from the day on which this sheet is given",
                place,
            )
        elif today >= given_on + dt.timedelta(weeks=last):
            yield Finding(
                f"{item.exercise}: its weeks are over",
                f"the last one ended before {today}",
                "see the patient before the exercise goes on",
                place,
                Severity.WARNING,
            )
