"""A dose: how long to hold, how often to repeat, how many times a day, which sides.

A dose is written once as text ("20-30 s", "2-3") and printed one way everywhere. Ranges
of the four exercises and their sources stand in content.yaml beside each dose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from handouts.basics.choices import Side
from handouts.models.base import Model
from handouts.models.dose_amounts import (
    MOST_PAIN,
    NO_BOOLEAN,
    Amount,
    BySide,
    DaysField,
    EveryField,
    HoldField,
    LoadField,
    MinutesField,
    Phase,
    RangeField,
    named_times,
    no_number,
    one_after_another,
    refused,
)
from handouts.models.dose_days import TimeOfDay, Weeks
from handouts.models.dose_values import Every, Hold, Range
from handouts.models.personal import OwnText

MINUTES_A_DAY = 24 * 60
SPLITS = ("by_side", "times_of_day", "phases")
"""Parts that give a dose several amounts: a dose has one of them at most."""


class DoseParts(Amount):
    """Parts of a dose; those that are given replace those of a dose below it."""

    times_a_day: RangeField | None = None
    """How many times a day: 1 or "1-2"."""
    days_a_week: DaysField | None = None
    """On which days: a count a week, "Mon/Wed/Fri", "every second day"; else every day."""
    side: Side | None = None
    """each, left or right: the side that is stretched; left out where an exercise has no sides."""
    every: EveryField | None = None
    """Once in which time: "hour", "hour at the desk"; times_a_day is then the most on a day."""
    as_needed: Annotated[OwnText, AfterValidator(no_number)] | None = None
    """When it is done, where that is no time of day: "when a headache starts"."""
    times_of_day: (
        Annotated[Mapping[TimeOfDay, Amount], BeforeValidator(named_times), Field(min_length=1)]
        | None
    ) = None
    """When in the day, each time with what differs in its dose."""
    by_side: BySide | None = None
    """A dose for each side."""
    phases: (
        Annotated[tuple[Phase, ...], AfterValidator(one_after_another), Field(min_length=1)] | None
    ) = None
    """What changes with the weeks."""
    load: LoadField | None = None
    """What is worked against: "red band", "1.7 kg"."""
    held: Annotated[OwnText, AfterValidator(no_number)] | None = None
    """Where a band or a weight goes: "around both wrists"."""
    effort: Annotated[int, Field(ge=1, le=10), NO_BOOLEAN] | None = None
    """How hard it is to feel, of 10."""
    pain_up_to: Annotated[int, Field(ge=1, le=MOST_PAIN), NO_BOOLEAN] | None = None
    """How much pain of 10 is fine; more, new or worse pain is a sign to stop."""
    stop_after_weeks: Annotated[int, Field(ge=1, le=8), NO_BOOLEAN] | None = None
    """After how many weeks to stop, and to be seen before going on."""

    @model_validator(mode="after")
    def _of_one_mind(self) -> Self:
        if why := self.conflict():
            raise refused(why)
        return self

    def conflict(self) -> str | None:
        """Say which parts can't stand together."""
        return next(self._conflicts(), None)

    def _conflicts(self) -> Iterator[str]:
        splits = [name for name in SPLITS if getattr(self, name) is not None]
        if len(splits) > 1:
            said = " and ".join(splits)
            yield f"{said} can't both stand in one dose; give one of them"
        if self.by_side is not None and self.side not in {None, Side.EACH}:
            yield f"by_side gives both sides a dose, and side is {self.side}; give one"
        if self.times_of_day is not None:
            count = len(self.times_of_day)
            if self.times_a_day not in {None, Range(count, count)}:
                named = "one time of day is" if count == 1 else f"{count} times of day are"
                yield (
                    f"times_a_day is {self.times_a_day}, and {named} named; take one of the two out"
                )
        if self.every is not None:
            yield from self._by_the_clock(self.every)
        if self.as_needed is not None and (
            self.times_of_day is not None or self.days_a_week is not None
        ):
            yield "what is done as needed has no time of day and no days; take one of them out"
        if self.phases is not None and self.stop_after_weeks not in {
            None,
            self.phases[-1].weeks.last,
        }:
            yield (
                f"the phases end with week {self.phases[-1].weeks.last}, and it is to stop after "
                f"{self.stop_after_weeks} weeks; let both end together"
            )

    def _by_the_clock(self, every: Every) -> Iterator[str]:
        if self.times_of_day is not None:
            yield f'what is done "every {every}" has no times of day; take one of them out'
        if self.times_a_day is None:
            yield f'"every {every}" lacks how often on a day; give times_a_day, the most on a day'
        elif (self.times_a_day.most - 1) * every.step_min >= MINUTES_A_DAY:
            yield (
                f'{self.times_a_day.most} times a day, "every {every}", do not fit into a day; '
                "give fewer times_a_day"
            )

    @property
    def last_week(self) -> int | None:
        """The week with which it ends, where that is said."""
        return self.phases[-1].weeks.last if self.phases else self.stop_after_weeks


@dataclass(frozen=True, slots=True)
class Go:
    """One amount of a dose, and when or on which side it is for."""

    dose: Dose
    """Without parts that split it."""
    weeks: Weeks | None = None
    time: TimeOfDay | None = None
    side: Side | None = None
    """Set where each side has a dose of its own."""


class Dose(DoseParts):
    """How much of an exercise to do: held, counted, or done for minutes."""

    times_a_day: RangeField
    """How many times a day: 1 or "1-2"."""

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        if self.repetitions is None and self.minutes is None:
            raise refused(
                "it does not say how much is done; write repetitions, or minutes where nothing is "
                "held or counted"
            )
        return self

    def _conflicts(self) -> Iterator[str]:
        yield from super()._conflicts()
        if self.held is not None and self.load is None:
            yield "held says where a band or a weight goes, and there is none; give its load, too"

    @property
    def counts(self) -> Range:
        """How often it is repeated in one go: what is done for minutes is done once."""
        return self.repetitions or Range(1, 1)

    def changed_by(self, parts: DoseParts) -> Dose:
        """Lay the given parts over this dose.

        What is laid over it holds for every side, time and week that it does not itself tell
        apart. A side takes the place of a dose for each side; a number of times a day, that
        of times of day; what is done by the clock, that of what is done as needed.
        """
        given = {
            name: value for name, value in parts.given.items() if name in DoseParts.model_fields
        }
        over: dict[str, Any] = {}
        if any(name in given for name in SPLITS):
            over = dict.fromkeys(SPLITS)
        else:
            over = self._splits_without(set(given))
        if "side" in given:
            over["by_side"] = None
        if "times_a_day" in given or "as_needed" in given:
            over["times_of_day"] = None
        if "as_needed" in given:
            over |= {"days_a_week": None, "every": None}
        elif "every" in given or "days_a_week" in given:
            over["as_needed"] = None
        if "times_of_day" in given:
            count = len(given["times_of_day"])
            over |= {"times_a_day": Range(count, count), "as_needed": None, "every": None}
        if "by_side" in given:
            over["side"] = Side.EACH
        return self.model_copy(update=over | given)

    def _splits_without(self, names: set[str]) -> dict[str, Any]:
        """Give the parts that split this dose without what is said anew for all of them."""
        over: dict[str, Any] = {}
        if self.by_side is not None:
            left, right = self.by_side.left.without(names), self.by_side.right.without(names)
            over["by_side"] = self.by_side.model_copy(update={"left": left, "right": right})
        if self.times_of_day is not None:
            over["times_of_day"] = {k: v.without(names) for k, v in self.times_of_day.items()}
        if self.phases is not None:
            over["phases"] = tuple(phase.without(names) for phase in self.phases)
        return over

    def filled(self) -> Dose:
        """Give the same dose with all that is done written out for each side, time or phase."""
        if not any(getattr(self, name) is not None for name in SPLITS):
            return self
        parts = set(Amount.model_fields)
        amounts = [
            Amount(**{k: v for k, v in go.dose.given.items() if k in parts}) for go in self.goes()
        ]
        over: dict[str, Any] = {}
        if self.by_side is not None:
            over["by_side"] = BySide(left=amounts[0], right=amounts[1])
        elif self.times_of_day is not None and any(one.given for one in self.times_of_day.values()):
            times = [go.time for go in self.goes()]
            over["times_of_day"] = dict(zip(times, amounts, strict=True))
        elif self.phases is not None:
            over["phases"] = tuple(
                phase.model_copy(
                    update={k: v for k, v in go.dose.given.items() if k in Phase.model_fields}
                )
                for phase, go in zip(self.phases, self.goes(), strict=True)
            )
        return self.model_copy(update=over)

    def goes(self) -> tuple[Go, ...]:
        """Take the dose apart into amounts: one, or one for each side, time of day or phase."""
        plain = self.model_copy(update=dict.fromkeys(SPLITS))
        if self.by_side is not None:
            halves = ((Side.LEFT, self.by_side.left), (Side.RIGHT, self.by_side.right))
            return tuple(
                Go(plain.model_copy(update={**half.given, "side": side}), side=side)
                for side, half in halves
            )
        if self.times_of_day is not None:
            once = plain.model_copy(update={"times_a_day": Range(1, 1)})
            return tuple(
                Go(once.model_copy(update=self.times_of_day[time].given), time=time)
                for time in TimeOfDay
                if time in self.times_of_day
            )
        if self.phases is not None:
            return tuple(self._in_phase(plain, phase) for phase in self.phases)
        return (Go(plain),)

    @staticmethod
    def _in_phase(plain: Dose, phase: Phase) -> Go:
        changed = {name: value for name, value in phase.given.items() if name != "weeks"}
        return Go(plain.model_copy(update=changed), weeks=phase.weeks)

    def seconds(self, repetition: Hold | None) -> tuple[int, int]:
        """Say how long one go through all sets and sides takes, at least and at most.

        ``repetition`` is how long one repetition takes where nothing is held, nor done for
        minutes. Getting into position is not counted.

        Raises:
            ValueError: nothing is held, and the time of a repetition is not known.

        """
        each = self.hold or repetition
        if self.minutes is not None:
            each = Hold(60 * self.minutes.least, 60 * self.minutes.most)
        if each is None:
            raise ValueError("the time of a repetition is not known")
        sides = 2 if self.side is Side.EACH else 1
        sets = self.sets or Range(1, 1)
        rest = self.rest if self.rest is not None else Hold(0, 0)
        least_s = sets.least * self.counts.least * each.least_s
        most_s = sets.most * self.counts.most * each.most_s
        return (
            sides * (least_s + (sets.least - 1) * rest.least_s),
            sides * (most_s + (sets.most - 1) * rest.most_s),
        )


class Limits(Model):
    """The most of an exercise that is given without a clinician's reason."""

    hold: HoldField | None = None
    """The longest hold: "35 s"; left out where nothing is held."""
    repetitions: RangeField | None = None
    """The most repetitions on one side in one go, all sets together; none of what is done for
    minutes."""
    minutes: MinutesField | None = None
    """The most minutes on one side in one go, of what is done for minutes."""
    times_a_day: RangeField
    """The most times a day."""
