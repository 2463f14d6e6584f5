"""How long a patient's exercises take in all, rounded so that no one is promised too little."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from handouts.models.dose_days import Weeks
from handouts.models.dose_values import Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handouts.models.dose import Go
    from handouts.models.dose_days import EveryNthDay, Weekdays
    from handouts.models.exercises import Exercise
    from handouts.models.prescription import Prescribed


_MOST_NAMED = 2
"""Of the exercises that are done each day: more names would hide the minutes."""


@dataclass(frozen=True, slots=True)
class HowLong:
    """How many minutes exercises take each time, or in all where it is not said how often."""

    minutes: Range
    times_a_day: Range | None
    """None where the minutes are those of a whole day, or of each time it is needed."""
    weeks: Weeks | None = None
    """The weeks of which it is said, where doses change with them."""
    every_min: int = 0
    """Once in how many minutes, of what is done by the clock; 0 of all else."""
    as_needed: bool = False
    """Whether it is said of what is done when it is needed, one exercise at a time."""
    days: Range | Weekdays | EveryNthDay | None = None
    """The days of all that it is said of, where that is not each day."""
    fullest_day: bool = False
    """Whether it is said of a day with all exercises: some are not done each day."""
    exercises: tuple[str, ...] = ()
    """The names of those of which it is said, where the others are done at other times."""


def how_long(
    prescribed: Iterable[Prescribed], exercises: Mapping[str, Exercise], log_weeks: int = 0
) -> tuple[HowLong, ...]:
    """Reckon how long all exercises take: 6 to 9 minutes, twice a day.

    The times are those of holds, repetitions, sets, sides and rests, each end rounded up
    to the next minute; getting into position is not counted. Where the exercises are not
    all done equally often, it is said for the whole day. Where doses change with the weeks,
    it is said for each stretch of weeks, up to ``log_weeks`` where a dose has no end; what is
    done by the clock or as needed is said by itself.
    """
    everything = tuple(prescribed)
    items = tuple(
        item for item in everything if item.dose.as_needed is None and item.dose.every is None
    )
    said = []
    for weeks in _stretches(items, log_weeks):
        here = [
            [(go, go.dose.seconds(exercises[item.exercise].repetition_takes)) for go in goes]
            for item in items
            if (goes := _in_weeks(item, weeks))
        ]
        if here:
            names = _names(items, everything, exercises) if len(items) <= _MOST_NAMED else ()
            said.append(replace(_daily(here, weeks), exercises=names))
    said += _by_the_clock(everything, exercises)
    needed = [item for item in everything if item.dose.as_needed is not None]
    if needed:
        each = [_one_occasion(item, exercises) for item in needed]
        least, most = min(one[0] for one in each), max(one[1] for one in each)
        names = _names(needed, everything, exercises)
        said.append(HowLong(_minutes(least, most), None, as_needed=True, exercises=names))
    return tuple(said)


def _names(
    items: Sequence[Prescribed],
    everything: Sequence[Prescribed],
    exercises: Mapping[str, Exercise],
) -> tuple[str, ...]:
    """Name some of the exercises of a sheet; nobody has to where they are all."""
    if len(items) == len(everything):
        return ()
    return tuple(exercises[item.exercise].name for item in items)


def _stretches(items: tuple[Prescribed, ...], log_weeks: int) -> tuple[Weeks | None, ...]:
    """Cut the weeks wherever a dose changes or ends; one stretch where none does."""
    ends = {item.dose.last_week for item in items}
    cuts = {0} | {end for end in ends if end is not None}
    for item in items:
        cuts |= {phase.weeks.last for phase in item.dose.phases or ()}
    if None in ends:
        cuts.add(max(log_weeks, *cuts, 0))
    if len(cuts) <= 2:
        return (None,)
    return tuple(Weeks(before + 1, end) for before, end in pairwise(sorted(cuts)))


def _in_weeks(item: Prescribed, weeks: Weeks | None) -> tuple[Go, ...]:
    """Give the amounts of a dose that hold in some weeks, all of them alike."""
    last = item.dose.last_week
    if weeks is not None and last is not None and weeks.first > last:
        return ()
    return tuple(
        go
        for go in item.dose.goes()
        if go.weeks is None or weeks is None or go.weeks.first <= weeks.first <= go.weeks.last
    )


def _by_the_clock(
    items: Sequence[Prescribed], exercises: Mapping[str, Exercise]
) -> Iterator[HowLong]:
    """Say how long it takes each time what is done equally often by the clock."""
    clock = [item for item in items if item.dose.every is not None and item.dose.as_needed is None]
    for step_min, days in dict.fromkeys(map(_rhythm, clock)):
        alike = [item for item in clock if _rhythm(item) == (step_min, days)]
        times = [_one_occasion(item, exercises) for item in alike]
        least_s, most_s = (sum(one[end] for one in times) for end in (0, 1))
        names = _names(alike, items, exercises)
        minutes = _minutes(least_s, most_s)
        yield HowLong(minutes, None, every_min=step_min, days=days, exercises=names)


def _rhythm(item: Prescribed) -> tuple[int, Range | Weekdays | EveryNthDay | None]:
    every = item.dose.every
    return every.step_min if every else 0, item.dose.days_a_week


def _one_occasion(item: Prescribed, exercises: Mapping[str, Exercise]) -> tuple[int, int]:
    """Say how long an exercise takes once, with both sides where each has its dose."""
    takes = exercises[item.exercise].repetition_takes
    times = [go.dose.seconds(takes) for go in item.dose.goes()]
    if item.dose.by_side is not None:
        return sum(one[0] for one in times), sum(one[1] for one in times)
    return min(one[0] for one in times), max(one[1] for one in times)


def _daily(items: list[list[tuple[Go, tuple[int, int]]]], weeks: Weeks | None) -> HowLong:
    """Sum up exercises that are done on a day."""
    goes = [one for item in items for one in item]
    often = {go.dose.times_a_day for go, _ in goes}
    uneven = any(
        go.time is not None and len({times for _, times in item}) > 1
        for item in items
        for go, _ in item
    )
    first, *more = dict.fromkeys(go.dose.days_a_week for go, _ in goes)
    timed = [item for item in items if item[0][0].time is not None]
    each: Range | None = None
    if len(timed) == len(items) and not uneven and len({len(item) for item in items}) == 1:
        least_s, most_s = (sum(item[0][1][end] for item in items) for end in (0, 1))
        each = Range(len(items[0]), len(items[0]))
    elif len(often) == 1 and not timed:
        least_s, most_s = (sum(times[end] for _, times in goes) for end in (0, 1))
        each = often.pop()
    else:
        least_s = sum(times[0] * go.dose.times_a_day.least for go, times in goes)
        most_s = sum(times[1] * go.dose.times_a_day.most for go, times in goes)
    return HowLong(
        _minutes(least_s, most_s),
        each,
        weeks,
        days=None if more else first,
        fullest_day=bool(more),
    )


def _minutes(least_s: int, most_s: int) -> Range:
    return Range(math.ceil(least_s / 60), math.ceil(most_s / 60))
