"""Whether a dose fits its exercise: its sides, its hold, and the limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.models.beyond_limits import LimitedPart
from handouts.models.dose_amounts import COUNTED
from handouts.models.dose_values import Range
from handouts.models.exercise_tags import Gear
from handouts.wording.doses import minutes_words, time_words
from handouts.wording.language import MESSAGES, language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.models.beyond_limits import PastLimit
    from handouts.models.dose import Dose, DoseParts, Limits
    from handouts.models.dose_amounts import Amount
    from handouts.models.exercises import Exercise

_PAIN = re.compile(r"\b(?:pain|hurt|ach(?:e|ing)|sore|discomfort)", re.IGNORECASE)
SIDES = "each, left or right"


def unplaced_load(exercise: Exercise, dose: Dose) -> str:
    """Give the band or weight of which neither dose nor exercise says where it goes; else nothing.

    The steps of an exercise that is tagged as one with a band or with weights say it.
    """
    if dose.load is None or dose.held is not None:
        return ""
    needs = Gear.BAND if dose.load.band is not None else Gear.WEIGHTS
    told = exercise.tags is not None and needs in exercise.tags.gear
    return "" if told else str(dose.load)


def unfit_parts(exercise: Exercise, parts: DoseParts) -> Iterator[tuple[str, str, str]]:
    """Name the parts that the exercise can't have: the part, what is wrong, how to mend it."""
    amounts = (parts, *_within(parts))
    yield from _unfit_amounts(exercise, amounts)
    by_side = exercise.sides is not None or exercise.either_side is not None
    if parts.side is not None and not by_side:
        yield "side", "it is not done by side, so it can't have one", "take side out"
    if parts.by_side is not None and not by_side:
        what = "it is not done by side, so it can't have a dose for each"
        yield "by_side", what, "take by_side out"
    if parts.pain_up_to is not None and (bare := _speaks_of_pain(exercise)):
        yield (
            "pain_up_to",
            f'"{bare}" stands in its stop_if and would contradict it',
            "write in the content which lines of stop_if it takes the place of, as stop_at_pain",
        )


def _unfit_amounts(exercise: Exercise, amounts: Sequence[Amount]) -> Iterator[tuple[str, str, str]]:
    """Name what is held, counted or done for minutes where the exercise is not."""
    named = {name for one in amounts for name in one.given}
    limits = exercise.limits
    if exercise.dose.minutes is not None:
        mend = f"change minutes, {limits.minutes} at most"
        for part in COUNTED:
            if part in named:
                what = f"it is done for minutes, so it can't have {part}"
                yield part, what, f"take {part} out, or {mend}"
        return
    if "minutes" in named:
        yield (
            "minutes",
            "it is held or counted and not done for minutes",
            "take minutes out, or change " + ("hold" if exercise.dose.hold else "repetitions"),
        )
    if "hold" in named and exercise.dose.hold is None:
        yield (
            "hold",
            "it is counted and not held, so it can't have a hold",
            f"take hold out, or change repetitions, {limits.repetitions} at most",
        )


def _within(parts: DoseParts) -> Iterator[Amount]:
    if parts.by_side is not None:
        yield from (parts.by_side.left, parts.by_side.right)
    yield from (parts.times_of_day or {}).values()
    yield from parts.phases or ()


def _speaks_of_pain(exercise: Exercise) -> str | None:
    """Give a stop sign about pain that no rule for pain takes the place of."""
    rest = (sign for sign in exercise.stop_if if sign not in exercise.stop_at_pain)
    return next((sign for sign in rest if _PAIN.search(sign)), None)


@dataclass(frozen=True, slots=True)
class Passed:
    """A value of a dose that goes past its limit."""

    part: LimitedPart
    most: int
    """The end of the value that is asked: seconds, minutes or a count."""
    asked: str
    limit: str

    @property
    def what(self) -> str:
        """What is wrong, in words."""
        part = self.part.replace("_", " ")
        return f"{part} of {self.asked} is past its limit of {self.limit}"

    @property
    def mend(self) -> str:
        """How to keep to the limit."""
        return f"write {self.limit} at most"

    @property
    def value(self) -> str:
        """The value as a reason names it: "40 s", "90 min", "6"."""
        unit = {LimitedPart.HOLD: " s", LimitedPart.MINUTES: " min"}.get(self.part, "")
        return f"{self.most}{unit}"

    def is_meant(self, reason: PastLimit) -> bool:
        """Say whether a reason of this exercise is one for this value."""
        return (reason.part, reason.most) == (self.part, self.most)

    def reason(self, exercise: str, why: str) -> str:
        """Write a reason for this value, as a setting takes it."""
        return f"{exercise}:{self.part}={self.value.replace(' ', '')}: {why}"


def past_limits(exercise: Exercise, dose: Dose) -> tuple[Passed, ...]:
    """Name the parts of a whole dose that go past a limit."""
    times = len(dose.times_of_day or ())
    goes = [go.dose for go in dose.goes()]
    if times:
        goes = [go.model_copy(update={"times_a_day": Range(times, times)}) for go in goes]
    return tuple(dict.fromkeys(one for go in goes for one in _passed(exercise.limits, go)))


def _passed(limits: Limits, dose: Dose) -> Iterator[Passed]:
    say = language(MESSAGES)
    goes = dose.sets.most if dose.sets else 1
    in_one_go = dose.counts.most * goes
    if limits.hold and dose.hold and dose.hold.most_s > limits.hold.most_s:
        asked, limit = (
            time_words(say, hold.least_s, hold.most_s) for hold in (dose.hold, limits.hold)
        )
        yield Passed(LimitedPart.HOLD, dose.hold.most_s, asked, limit)
    if dose.minutes and limits.minutes and dose.minutes.most > limits.minutes.most:
        asked, limit = (
            minutes_words(say, span.least, span.most) for span in (dose.minutes, limits.minutes)
        )
        yield Passed(LimitedPart.MINUTES, dose.minutes.most, asked, limit)
    if limits.repetitions and in_one_go > limits.repetitions.most:
        asked = f"{in_one_go} in one go" + (f" ({goes} sets)" if goes > 1 else "")
        limit = str(limits.repetitions.most)
        yield Passed(LimitedPart.REPETITIONS, in_one_go, asked, limit)
    if dose.times_a_day.most > limits.times_a_day.most:
        asked = say.range_of(dose.times_a_day.least, dose.times_a_day.most)
        limit, most = str(limits.times_a_day.most), dose.times_a_day.most
        yield Passed(LimitedPart.TIMES_A_DAY, most, asked, limit)
