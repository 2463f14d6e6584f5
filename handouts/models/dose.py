"""A dose: how long to hold, how often to repeat, how many times a day, which sides.

A dose is written once as text ("20-30 s", "2-3") and printed one way everywhere. Ranges
of the four exercises and their sources stand in content.yaml beside each dose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import field_validator
from pydantic_core import PydanticCustomError

from handouts.basics.choices import Side
from handouts.models.base import Model, parsed

_DASHES = "-–—"
_UNITS = {
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
}  # fmt: skip
_NUMBER = r"(\d{1,4})"
_UNIT = r"([a-z]+)"
_PLAIN = re.compile(rf"^{_NUMBER} ?{_UNIT}$")
_COMPOUND = re.compile(rf"^{_NUMBER} ?{_UNIT} {_NUMBER} ?{_UNIT}$")
_RANGE = re.compile(rf"^{_NUMBER} ?{_UNIT}? ?(?:[{_DASHES}]|to) ?{_NUMBER} ?{_UNIT}$")
_COUNT = re.compile(rf"^{_NUMBER}(?: ?(?:[{_DASHES}]|to) ?{_NUMBER})?$")

DAYS_A_WEEK = 7
LONGEST_HOLD_S = 600
"""No published hold of these exercises is longer than 3 minutes; 10 minutes is a typing slip."""


@dataclass(frozen=True, slots=True)
class Hold:
    """How long to stay in a position: from ``least_s`` to ``most_s`` seconds."""

    least_s: int
    most_s: int

    @classmethod
    def parse(cls, written: object) -> Hold:
        """Read "20-30 s", "1–2 min", "45 s" or "1 min 30 s".

        Raises:
            ValueError: with a sentence that says what would be right.

        """
        if not isinstance(written, str):
            raise ValueError(
                f"a hold needs its unit: {written!r} could be seconds or minutes; "
                'write it like "30 s" or "1-2 min"'
            )
        text = " ".join(written.lower().split())
        least_s, most_s = _seconds(text, written)
        if not 0 < least_s <= most_s:
            raise ValueError(f'"{written}" does not run from less to more; write it like "20-30 s"')
        if most_s > LONGEST_HOLD_S:
            raise ValueError(
                f'"{written}" is longer than the limit of {LONGEST_HOLD_S // 60} min; '
                "check the unit (s or min)"
            )
        return cls(least_s, most_s)

    def __str__(self) -> str:
        """Write the hold so that ``parse`` reads it back."""
        if self.least_s == self.most_s:
            return f"{self.least_s} s"
        return f"{self.least_s}-{self.most_s} s"


def _unit_s(unit: str, written: str) -> int:
    if unit not in _UNITS:
        raise ValueError(f'"{unit}" in "{written}" is no unit of time; write s or min')
    return _UNITS[unit]


def _seconds(text: str, written: str) -> tuple[int, int]:
    if match := _RANGE.match(text):
        least, first_unit, most, unit = match.groups()
        last_s = _unit_s(unit, written)
        first_s = _unit_s(first_unit, written) if first_unit else last_s
        return int(least) * first_s, int(most) * last_s
    if match := _COMPOUND.match(text):
        big, big_unit, small, small_unit = match.groups()
        big_s, small_s = _unit_s(big_unit, written), _unit_s(small_unit, written)
        if (big_s, small_s) == (60, 1) and int(small) < 60:
            total_s = int(big) * big_s + int(small)
            return total_s, total_s
    if match := _PLAIN.match(text):
        number, unit = match.groups()
        total_s = int(number) * _unit_s(unit, written)
        return total_s, total_s
    raise ValueError(
        f'"{written}" is no time to hold; write it like "30 s", "20-30 s", "1-2 min" '
        'or "1 min 30 s"'
    )


@dataclass(frozen=True, slots=True)
class Range:
    """A whole number or a range of whole numbers: how often something is done."""

    least: int
    most: int

    @classmethod
    def parse(cls, written: object) -> Range:
        """Read 3, "3" or "2-3".

        Raises:
            ValueError: with a sentence that says what would be right.

        """
        match = _COUNT.match(" ".join(str(written).split()))
        if not match:
            raise ValueError(f'"{written}" is no count; write a whole number or a range like "2-3"')
        least = int(match[1])
        most = int(match[2] or least)
        if not 0 < least <= most <= 100:
            raise ValueError(
                f'"{written}" is outside 1 to 100 or does not run from less to more; '
                'write it like "2-3"'
            )
        return cls(least, most)

    def __str__(self) -> str:
        """Write the range so that ``parse`` reads it back."""
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"


if TYPE_CHECKING:
    HoldField = Hold
    RangeField = Range
else:
    HoldField = parsed(
        Hold.parse, pattern=r"^\s*\d+", examples=["20-30 s", "1-2 min", "45 s"], whole_numbers=False
    )
    RangeField = parsed(Range.parse, pattern=r"^\s*\d+", examples=["3", "2-3"], whole_numbers=True)


class DoseParts(Model):
    """Parts of a dose; those that are given replace those of a dose below it."""

    hold: HoldField | None = None
    """How long to hold, with its unit: "20-30 s", "1-2 min"."""
    repetitions: RangeField | None = None
    """How often to repeat in one go: 1 or "2-3"."""
    sets: RangeField | None = None
    """How many goes, with a rest between them."""
    rest: HoldField | None = None
    """The rest between sets: "30 s"."""
    times_a_day: RangeField | None = None
    """How many times a day: 1 or "1-2"."""
    days_a_week: RangeField | None = None
    """How many days a week, 7 at most; every day where it is left out."""
    side: Side | None = None
    """each, left or right: the side that is stretched; left out where an exercise has no sides."""

    @field_validator("days_a_week")
    @classmethod
    def _a_week_has_seven(cls, days: Range | None) -> Range | None:
        if days is not None and days.most > DAYS_A_WEEK:
            why = f'"{days}" is more than the {DAYS_A_WEEK} days of a week'
            raise PydanticCustomError("unreadable", "{why}", {"why": why})
        return days

    @property
    def given(self) -> dict[str, Hold | Range | Side]:
        """The parts that are given, by name."""
        return {
            name: value
            for name in DoseParts.model_fields
            if (value := getattr(self, name)) is not None
        }


class Dose(DoseParts):
    """How much of an exercise to do. An exercise that is counted has no hold."""

    repetitions: RangeField
    """How often to repeat in one go: 1 or "2-3"."""
    times_a_day: RangeField
    """How many times a day: 1 or "1-2"."""

    def changed_by(self, parts: DoseParts) -> Dose:
        """Lay the given parts over this dose."""
        return self.model_copy(update=parts.given)

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
