"""A dose: how long to hold, how often to repeat, how many times a day, which sides.

A dose is written once as text ("20-30 s", "2-3") and printed one way everywhere. Ranges
of the four exercises and their sources stand in content.yaml beside each dose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.basics.choices import Side
from handouts.models.base import Model, parsed
from handouts.models.dose_values import (
    Breaths,
    EveryNthDay,
    Hold,
    Load,
    Range,
    TimeOfDay,
    UntilTired,
    Weekdays,
    Weeks,
    days,
    held,
)
from handouts.models.personal import OwnText

if TYPE_CHECKING:
    from collections.abc import Iterator

    HeldField = Hold | Breaths | UntilTired
    HoldField = Hold
    RangeField = Range
    DaysField = Range | Weekdays | EveryNthDay
    WeeksField = Weeks
    LoadField = Load
else:
    HoldField = parsed(
        Hold.parse, pattern=r"^\s*\d+", examples=["20-30 s", "1-2 min", "45 s"], whole_numbers=False
    )
    HeldField = parsed(
        held,
        pattern=r"^\s*(\d+|[Uu]ntil)",
        examples=["20-30 s", "1-2 min", "5 slow breaths", "until tired at most 2 min"],
        whole_numbers=False,
    )
    RangeField = parsed(Range.parse, pattern=r"^\s*\d+", examples=["3", "2-3"], whole_numbers=True)
    DaysField = parsed(
        days,
        pattern=r"^\s*\w+",
        examples=["3-5", "Mon/Wed/Fri", "every second day"],
        whole_numbers=True,
    )
    WeeksField = parsed(Weeks.parse, pattern=r"\d+", examples=["1-2"], whole_numbers=True)
    LoadField = parsed(
        Load.parse, pattern=r"\w", examples=["red band", "1.7 kg"], whole_numbers=False
    )

MOST_PAIN = 5
"""Of 10: the most that the pain-monitoring model lets pass (Thomee 1997)."""


def refused(why: str) -> PydanticCustomError:
    """Make the error of parts that can't stand together."""
    return PydanticCustomError("unreadable", "{why}", {"why": why})


def _no_number(text: str) -> str:
    if re.search(r"\d", text):
        what = "a number stands in what says when it is needed, and could contradict the dose"
        mend = "write when in words alone, and how often at most as times_a_day"
        raise PydanticCustomError("personal", "{what}", {"what": what, "mend": mend})
    return text


def _named_times(written: object) -> object:
    """Read "morning, evening": times of day that have no dose of their own."""
    if isinstance(written, str):
        names = re.split(r"\s*(?:[,/+&]|\band\b)\s*", written.strip())
        if len(set(names)) < len(names):
            raise refused(f'"{written}" names a time of day twice')
        return {name.strip().lower().replace(" ", "-"): {} for name in names}
    return written


def _whole(written: object) -> object:
    if isinstance(written, bool):
        raise PydanticCustomError("int_type", "no number")
    return written


_NO_BOOLEAN = BeforeValidator(_whole)


class Amount(Model):
    """How much is done in one go."""

    hold: HeldField | None = None
    """How long to hold: "20-30 s", "1-2 min", "5 slow breaths", "until tired at most 2 min"."""
    repetitions: RangeField | None = None
    """How often to repeat in one go: 1 or "2-3"."""
    sets: RangeField | None = None
    """How many goes, with a rest between them."""
    rest: HoldField | None = None
    """The rest between sets: "30 s"."""

    @property
    def given(self) -> dict[str, Any]:
        """The parts that are given, by name."""
        return {
            name: value
            for name in type(self).model_fields
            if (value := getattr(self, name)) is not None
        }

    def without(self, names: set[str]) -> Self:
        """Give it as if parts were not given."""
        return self.model_copy(update=dict.fromkeys(names & set(type(self).model_fields)))


def _not_empty(amount: Amount) -> Amount:
    if not amount.given:
        raise refused("nothing is given for this side; write its hold or repetitions")
    return amount


class BySide(Model):
    """A dose for each side."""

    left: Annotated[Amount, AfterValidator(_not_empty)]
    right: Annotated[Amount, AfterValidator(_not_empty)]

    @model_validator(mode="before")
    @classmethod
    def _both(cls, written: Any) -> Any:
        if isinstance(written, dict) and len(written.keys() & {"left", "right"}) == 1:
            (one,) = written.keys() & {"left", "right"}
            other = "right" if one == "left" else "left"
            raise refused(f"the {other} side has no dose; give it one, too, or write side: {one}")
        return written


class Phase(Amount):
    """What holds in some weeks, laid over the rest of the dose."""

    weeks: WeeksField
    """Weeks from the day the sheet is given: "1-2"."""
    times_a_day: RangeField | None = None
    days_a_week: DaysField | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if len(self.given) == 1:
            raise refused(f"weeks {self.weeks} have no dose; write what is done in them")
        return self


def _one_after_another(phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    if phases and phases[0].weeks.first != 1:
        raise refused(f"weeks {phases[0].weeks} come first; the first phase begins in week 1")
    for phase, later in pairwise(phases):
        if later.weeks.first <= phase.weeks.last:
            raise refused(
                f"weeks {phase.weeks} and weeks {later.weeks} overlap, so that two doses would "
                "hold at once; let one end before the next begins"
            )
        if later.weeks.first > phase.weeks.last + 1:
            raise refused(
                f"no dose is given between weeks {phase.weeks} and weeks {later.weeks}; "
                "let one begin where the other ends"
            )
    return phases


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
    as_needed: Annotated[OwnText, AfterValidator(_no_number)] | None = None
    """When it is done, where that is no time of day: "when a headache starts"."""
    times_of_day: (
        Annotated[Mapping[TimeOfDay, Amount], BeforeValidator(_named_times), Field(min_length=1)]
        | None
    ) = None
    """When in the day, each time with what differs in its dose."""
    by_side: BySide | None = None
    """A dose for each side."""
    phases: (
        Annotated[tuple[Phase, ...], AfterValidator(_one_after_another), Field(min_length=1)] | None
    ) = None
    """What changes with the weeks."""
    load: LoadField | None = None
    """What is worked against: "red band", "1.7 kg"."""
    effort: Annotated[int, Field(ge=1, le=10), _NO_BOOLEAN] | None = None
    """How hard it is to feel, of 10."""
    pain_up_to: Annotated[int, Field(ge=1, le=MOST_PAIN), _NO_BOOLEAN] | None = None
    """How much pain of 10 is fine; more, new or worse pain is a sign to stop."""
    stop_after_weeks: Annotated[int, Field(ge=1, le=8), _NO_BOOLEAN] | None = None
    """After how many weeks to stop, and to be seen before going on."""

    @model_validator(mode="after")
    def _of_one_mind(self) -> Self:
        if why := self.conflict():
            raise refused(why)
        return self

    def conflict(self) -> str | None:
        """Say which parts can't stand together."""
        splits = [name for name in SPLITS if getattr(self, name) is not None]
        said = " and ".join(splits)
        if len(splits) > 1:
            return f"{said} can't both stand in one dose; give one of them"
        if self.by_side is not None and self.side not in {None, Side.EACH}:
            return f"by_side gives both sides a dose, and side is {self.side}; give one"
        if self.times_of_day is not None:
            count = len(self.times_of_day)
            if self.times_a_day not in {None, Range(count, count)}:
                return (
                    f"times_a_day is {self.times_a_day}, and {count} times of day are named; "
                    "take one of them out"
                )
        if self.as_needed is not None and (
            self.times_of_day is not None or self.days_a_week is not None
        ):
            return "what is done as needed has no time of day and no days; take one of them out"
        if self.phases is not None and self.stop_after_weeks not in {
            None,
            self.phases[-1].weeks.last,
        }:
            return (
                f"the phases end with week {self.phases[-1].weeks.last}, and it is to stop after "
                f"{self.stop_after_weeks} weeks; let both end together"
            )
        return None

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
    """How much of an exercise to do. An exercise that is counted has no hold."""

    repetitions: RangeField
    """How often to repeat in one go: 1 or "2-3"."""
    times_a_day: RangeField
    """How many times a day: 1 or "1-2"."""

    def changed_by(self, parts: DoseParts) -> Dose:
        """Lay the given parts over this dose.

        What is laid over it holds for every side, time and week that it does not itself tell
        apart. A side takes the place of a dose for each side; a number of times a day, that
        of times of day.
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
            over["days_a_week"] = None
        elif "days_a_week" in given:
            over["as_needed"] = None
        if "times_of_day" in given:
            count = len(given["times_of_day"])
            over |= {"times_a_day": Range(count, count), "as_needed": None}
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

        ``repetition`` is how long one repetition takes where nothing is held. Getting
        into position is not counted.

        Raises:
            ValueError: nothing is held, and the time of a repetition is not known.

        """
        each = self.hold or repetition
        if each is None:
            raise ValueError("the time of a repetition is not known")
        sides = 2 if self.side is Side.EACH else 1
        sets = self.sets or Range(1, 1)
        rest = self.rest if self.rest is not None else Hold(0, 0)
        least_s = sets.least * self.repetitions.least * each.least_s
        most_s = sets.most * self.repetitions.most * each.most_s
        return (
            sides * (least_s + (sets.least - 1) * rest.least_s),
            sides * (most_s + (sets.most - 1) * rest.most_s),
        )


class Limits(Model):
    """The most of an exercise that is given without a clinician's reason."""

    hold: HoldField | None = None
    """The longest hold: "35 s"; left out where nothing is held."""
    repetitions: RangeField
    """The most repetitions on one side in one go, all sets together."""
    times_a_day: RangeField
    """The most times a day."""


_TAKES_THE_PLACE_OF = {
    "by_side": {"times_of_day", "phases", "side"},
    "times_of_day": {"by_side", "phases", "times_a_day", "as_needed"},
    "phases": {"by_side", "times_of_day"},
    "side": {"by_side"},
    "times_a_day": {"times_of_day"},
    "as_needed": {"times_of_day", "days_a_week"},
    "days_a_week": {"as_needed"},
}
"""What can't stand beside a part, by their names."""


def laid_over(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Lay parts over parts, by names as ``written_flat`` gives them; what can't stay goes.

    What is said of the whole dose goes before what was said of a side, a time or some weeks.
    """
    gone = set().union(*(_TAKES_THE_PLACE_OF.get(_key_of(name), set()) for name in new))
    kept = {
        name: value
        for name, value in old.items()
        if _key_of(name) not in gone and name.rpartition(".")[2] not in new
    }
    return {**kept, **new}


def _key_of(name: str) -> str:
    """Give the key below which a part with a dot in its name lies."""
    head, dot, _ = name.partition(".")
    if not dot:
        return name
    if head in {"left", "right"}:
        return "by_side"
    return "phases" if head.startswith("week") else "times_of_day"


def written_flat(parts: Amount) -> Iterator[tuple[str, str]]:
    """Write each part that is given, by a name with dots where it lies deeper: left.hold."""
    for name, value in parts.given.items():
        if name in {"exercise", "note", "weeks"}:
            continue
        if isinstance(value, BySide):
            for side in ("left", "right"):
                yield from _below(side, getattr(value, side))
        elif name == "times_of_day":
            yield name, "/".join(value)
            for time, amount in value.items():
                yield from _below(str(time), amount)
        elif name == "phases":
            for phase in value:
                yield from _below(f"weeks-{phase.weeks}", phase)
        else:
            yield name, str(value)


def _below(head: str, amount: Amount) -> Iterator[tuple[str, str]]:
    for name, value in written_flat(amount):
        yield f"{head}.{name}", value
