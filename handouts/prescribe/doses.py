"""Whether a dose fits its exercise: its sides, its hold, and the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.wording.doses import time_words
from handouts.wording.language import MESSAGES, language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.models.dose import Dose, DoseParts, Limits
    from handouts.models.exercises import Exercise

SIDES = "each, left or right"


def unfit_parts(exercise: Exercise, parts: DoseParts) -> Iterator[tuple[str, str, str]]:
    """Name the parts that the exercise can't have: the part, what is wrong, how to mend it."""
    if parts.hold is not None and exercise.dose.hold is None:
        limit = exercise.limits.repetitions.most
        yield (
            "hold",
            "it is counted and not held, so it can't have a hold",
            f"take hold out, or change repetitions, {limit} at most",
        )
    if parts.side is not None and exercise.sides is None:
        yield "side", "it is not done by side, so it can't have one", "take side out"


def past_limits(exercise: Exercise, dose: Dose) -> Iterator[tuple[str, str, str]]:
    """Name the parts of a whole dose that go past a limit: the part, what is wrong, the mend."""
    for part, asked, limit in _passed(exercise.limits, dose):
        yield (
            part,
            f"{part.replace('_', ' ')} of {asked} is past its limit of {limit}",
            f"write {limit} at most",
        )


def _passed(limits: Limits, dose: Dose) -> Iterator[tuple[str, str, str]]:
    """Name the parts of a dose that go past their limit: part, what is asked, the limit."""
    say = language(MESSAGES)
    goes = dose.sets.most if dose.sets else 1
    in_one_go = dose.repetitions.most * goes
    if limits.hold and dose.hold and dose.hold.most_s > limits.hold.most_s:
        asked, limit = (
            time_words(say, hold.least_s, hold.most_s) for hold in (dose.hold, limits.hold)
        )
        yield "hold", asked, limit
    if in_one_go > limits.repetitions.most:
        asked = f"{in_one_go} in one go" + (f" ({goes} sets)" if goes > 1 else "")
        yield "repetitions", asked, str(limits.repetitions.most)
    if dose.times_a_day.most > limits.times_a_day.most:
        asked = say.range_of(dose.times_a_day.least, dose.times_a_day.most)
        yield "times_a_day", asked, str(limits.times_a_day.most)
