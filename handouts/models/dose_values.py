"""What parts of a dose hold: times to hold, counts, days, loads; each read from text.

What is read is written back by ``str``, without a comma, so that it can stand among others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

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

SLOW_BREATH_S = 6
"""Our own estimate, for limits and minutes alone: no source of ours says how long one takes."""
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
        if "breath" in str(written).lower():
            raise ValueError(
                f'"{written}" is no count: breaths say how long to hold; write them as the hold, '
                'like hold "5 breaths", and a count like "2-3"'
            )
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


_BREATHS = re.compile(rf"^{_NUMBER}(?: ?(?:[{_DASHES}]|to) ?{_NUMBER})? (?:slow )?breaths?$")
_TIRED = re.compile(
    r"^until (?:you are )?tired[,;:]? ?(?:for )?(?:at most |up to )?(.+?)(?: at most)?$"
)
MOST_BREATHS = 60


@dataclass(frozen=True, slots=True)
class Breaths:
    """A hold that lasts for a number of slow breaths."""

    least: int
    most: int

    @property
    def least_s(self) -> int:
        """About how long they take at least."""
        return self.least * SLOW_BREATH_S

    @property
    def most_s(self) -> int:
        """About how long they take at most."""
        return self.most * SLOW_BREATH_S

    def __str__(self) -> str:
        """Write the breaths so that ``held`` reads them back."""
        return f"{Range(self.least, self.most)} breaths"


@dataclass(frozen=True, slots=True)
class UntilTired:
    """A hold that lasts until one is tired, and no longer than ``most_s`` seconds."""

    most_s: int

    @property
    def least_s(self) -> int:
        """The same: nobody is promised that it takes less."""
        return self.most_s

    def __str__(self) -> str:
        """Write it so that ``held`` reads it back."""
        return f"until tired at most {self.most_s} s"


def held(written: object) -> Hold | Breaths | UntilTired:
    """Read how long to hold: a time, "5 slow breaths", or "until tired, at most 2 min".

    Raises:
        ValueError: with a sentence that says what would be right.

    """
    text = " ".join(written.lower().split()) if isinstance(written, str) else ""
    if match := _BREATHS.match(text):
        least, most = int(match[1]), int(match[2] or match[1])
        if not 0 < least <= most <= MOST_BREATHS:
            raise ValueError(
                f'"{written}" is outside 1 to {MOST_BREATHS} breaths or does not run from less '
                'to more; write it like "5 breaths"'
            )
        return Breaths(least, most)
    if text.startswith("until"):
        match = _TIRED.match(text)
        if match is None:
            raise ValueError(
                f'"{written}" does not say how long at most; write it like '
                '"until tired at most 2 min"'
            )
        return UntilTired(Hold.parse(match[1]).most_s)
    return Hold.parse(written)


def minutes(written: object) -> Range:
    """Read for how many minutes something is done: 40, "30-40" or "40 min".

    Raises:
        ValueError: with a sentence that says what would be right.

    """
    text = _MINUTES.sub("", " ".join(str(written).lower().split()))
    try:
        return Range.parse(text)
    except ValueError:
        raise ValueError(
            f'"{written}" is no number of minutes from 1 to 100; write it like "40" or "30-40"'
        ) from None


_MINUTES = re.compile(r" ?(?:min|mins|minutes?)$")
_AT_DESK = re.compile(r",? (?:while (?:you (?:sit|are) )?)?at (?:the|your|a) desk$")
_EVERY = re.compile(
    r"^(?:once |every |each )*"
    r"(?:an hour|hour|half hour|half an hour|(\d{1,3}) ?(h|hours?|min|minutes?))$"
)
SHORTEST_EVERY_MIN, LONGEST_EVERY_MIN = 15, 480
"""Our own bounds against slips: our sources give once an hour alone."""


@dataclass(frozen=True, slots=True)
class Every:
    """How often something is done by the clock: once in so many minutes."""

    step_min: int
    at_desk: bool = False
    """Whether it is done only while one sits at a desk."""

    @classmethod
    def parse(cls, written: object) -> Every:
        """Read "hour", "2 hours", "30 min" or "hour at the desk".

        Raises:
            ValueError: with a sentence that says what would be right.

        """
        text = " ".join(str(written).lower().split())
        alone = _AT_DESK.sub("", text)
        match = _EVERY.match(alone)
        if match is None:
            raise ValueError(
                f'"{written}" does not say once in which time; write "hour", "2 hours", "30 min" '
                'or "hour at the desk"'
            )
        number, unit = match.groups()
        if number is None:
            step_min = 30 if "half" in alone else 60
        else:
            step_min = int(number) * (60 if unit.startswith("h") else 1)
        if not SHORTEST_EVERY_MIN <= step_min <= LONGEST_EVERY_MIN:
            raise ValueError(
                f'"{written}" is not from {SHORTEST_EVERY_MIN} min to '
                f'{LONGEST_EVERY_MIN // 60} hours; write it like "hour"'
            )
        return cls(step_min, at_desk=alone != text)

    def __str__(self) -> str:
        """Write it so that ``parse`` reads it back."""
        hours, rest_min = divmod(self.step_min, 60)
        step = f"{self.step_min} min" if rest_min else "hour" if hours == 1 else f"{hours} hours"
        return f"{step} at the desk" if self.at_desk else step


class Band(StrEnum):
    """The colors of elastic bands."""

    TAN = "tan"
    YELLOW = "yellow"
    RED = "red"
    GREEN = "green"
    BLUE = "blue"
    BLACK = "black"
    SILVER = "silver"
    GOLD = "gold"
    ORANGE = "orange"
    PURPLE = "purple"


_WEIGHT = re.compile(r"^(\d{1,3}(?:\.\d{1,2})?) ?(kg|lb|g)s?$")


@dataclass(frozen=True, slots=True)
class Load:
    """What is worked against: an elastic band, or a weight with its unit."""

    band: Band | None = None
    amount: str = ""
    """The weight's digits, as they are written: "1.7"."""
    unit: str = ""
    """kg, g or lb."""

    @classmethod
    def parse(cls, written: object) -> Load:
        """Read "red band" or "1.7 kg".

        Raises:
            ValueError: with a sentence that says what would be right.

        """
        text = " ".join(str(written).lower().split())
        color = text.removesuffix(" band")
        if text.endswith(" band") and color in set(Band):
            return cls(band=Band(color))
        match = _WEIGHT.match(text)
        if match is None or float(match[1]) == 0:
            raise ValueError(
                f'"{written}" is no load; write a weight like "1.7 kg", or a band: '
                + ", ".join(f"{band} band" for band in Band)
            )
        whole, point, part = match[1].partition(".")
        return cls(amount=(whole.lstrip("0") or "0") + point + part, unit=match[2])

    def __str__(self) -> str:
        """Write the load so that ``parse`` reads it back."""
        return f"{self.band} band" if self.band else f"{self.amount} {self.unit}"
