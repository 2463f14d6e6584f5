"""How much is done in one go, and how that may differ by side, by time of day and by weeks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from handouts.models.base import Model, parsed
from handouts.models.dose_days import EveryNthDay, Weekdays, Weeks, days
from handouts.models.dose_values import (
    Breaths,
    Every,
    Hold,
    Load,
    Range,
    UntilTired,
    held,
    minutes,
)

if TYPE_CHECKING:
    HeldField = Hold | Breaths | UntilTired
    HoldField = Hold
    RangeField = Range
    DaysField = Range | Weekdays | EveryNthDay
    WeeksField = Weeks
    LoadField = Load
    MinutesField = Range
    EveryField = Every
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
    MinutesField = parsed(minutes, pattern=r"^\s*\d+", examples=["40", "30-40"], whole_numbers=True)
    EveryField = parsed(
        Every.parse, pattern=r"\w", examples=["hour", "hour at the desk"], whole_numbers=False
    )

COUNTED = ("hold", "repetitions", "sets", "rest")
"""Parts of an amount that is held or counted; one in minutes has none of them."""
MOST_PAIN = 5
"""Of 10, our own bound against slips: the one stop that our sources give is 3 (open book)."""


def refused(why: str) -> PydanticCustomError:
    """Make the error of parts that can't stand together: what is wrong; how to mend it."""
    what, _, mend = why.partition("; ")
    return PydanticCustomError("unreadable", "{why}", {"why": what, "mend": mend})


def no_number(text: str) -> str:
    """Refuse words with a number in them: the dose could contradict it."""
    if re.search(r"\d", text):
        what = "a number stands in what says when it is needed, and could contradict the dose"
        mend = "write when in words alone, and how often at most as times_a_day"
        raise PydanticCustomError("personal", "{what}", {"what": what, "mend": mend})
    return text


def named_times(written: object) -> object:
    """Read "morning, evening": times of day that have no dose of their own."""
    if isinstance(written, str):
        names = re.split(r"\s*(?:[,/+&]|\band\b)\s*", written.strip())
        if len(set(names)) < len(names):
            raise refused(f'"{written}" names a time of day twice; name each once')
        return {name.strip().lower().replace(" ", "-"): {} for name in names}
    return written


def _whole(written: object) -> object:
    if isinstance(written, bool):
        raise PydanticCustomError("int_type", "no number")
    return written


NO_BOOLEAN = BeforeValidator(_whole)


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
    minutes: MinutesField | None = None
    """For how many minutes, where nothing is held or counted: 40 or "30-40"."""

    @model_validator(mode="after")
    def _minutes_alone(self) -> Self:
        if self.minutes is not None:
            for name in COUNTED:
                if getattr(self, name) is not None:
                    raise refused(
                        f"what is done for minutes has no {name}; take minutes or {name} out"
                    )
        return self

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


def one_after_another(phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """Refuse phases that overlap, leave weeks out or do not begin with the first."""
    if phases and phases[0].weeks.first != 1:
        raise refused(f"weeks {phases[0].weeks} come first; let the first phase begin in week 1")
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
