"""How long a patient's exercises take in all, rounded so that no one is promised too little."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.models.dose import Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.models.exercises import Exercise
    from handouts.models.prescription import Prescribed


@dataclass(frozen=True, slots=True)
class HowLong:
    """How many minutes all exercises take each time, or in all where it is not said how often."""

    minutes: Range
    times_a_day: Range | None
    """None where the minutes are those of a whole day."""


def how_long(prescribed: Iterable[Prescribed], exercises: Mapping[str, Exercise]) -> HowLong:
    """Reckon how long all exercises take: 6 to 9 minutes, twice a day.

    The times are those of holds, repetitions, sets, sides and rests, each end rounded up
    to the next minute; getting into position is not counted. Where the exercises are not
    all done equally often, it is said for the whole day.
    """
    items = tuple(prescribed)
    times = [(item.dose.times_a_day.least, item.dose.times_a_day.most) for item in items]
    goes = [item.dose.seconds(exercises[item.exercise].repetition_takes) for item in items]
    if len(set(times)) == 1:
        least_s, most_s = (sum(go[end] for go in goes) for end in (0, 1))
        return HowLong(_minutes(least_s, most_s), Range(*times[0]))
    least_s, most_s = (
        sum(go[end] * often[end] for go, often in zip(goes, times, strict=True)) for end in (0, 1)
    )
    return HowLong(_minutes(least_s, most_s), None)


def _minutes(least_s: int, most_s: int) -> Range:
    return Range(math.ceil(least_s / 60), math.ceil(most_s / 60))
