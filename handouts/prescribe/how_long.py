"""How long a patient's exercises take in all, rounded so that no one is promised too little."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from handouts.models.dose import EN_DASH, Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.models.exercises import Exercise
    from handouts.models.prescription import Prescribed


def how_long(prescribed: Iterable[Prescribed], exercises: Mapping[str, Exercise]) -> str:
    """Say how long all exercises take: "About 6–9 minutes, twice a day".

    The times are those of holds, repetitions, sets, sides and rests, each end rounded up
    to the next minute; getting into position is not counted. Where the exercises are not
    all done equally often, it is said for the whole day.
    """
    items = tuple(prescribed)
    times = [(item.dose.times_a_day.least, item.dose.times_a_day.most) for item in items]
    goes = [item.dose.seconds(exercises[item.exercise].repetition_takes) for item in items]
    if len(set(times)) == 1:
        least_s, most_s = (sum(go[end] for go in goes) for end in (0, 1))
        return f"About {_minutes(least_s, most_s)}, {Range(*times[0]).times} a day"
    least_s, most_s = (
        sum(go[end] * often[end] for go, often in zip(goes, times, strict=True)) for end in (0, 1)
    )
    return f"About {_minutes(least_s, most_s)} in all, each day"


def _minutes(least_s: int, most_s: int) -> str:
    least, most = math.ceil(least_s / 60), math.ceil(most_s / 60)
    if least == most:
        return "1 minute" if most == 1 else f"{most} minutes"
    return f"{least}{EN_DASH}{most} minutes"
