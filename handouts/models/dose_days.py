"""On which days, in which weeks and at which times of day something is done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from handouts.models.dose_values import Range

DAYS_A_WEEK = 7
MOST_WEEKS = 52

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_WEEKDAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_ORDINALS = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_EVERY = re.compile(r"^every (?:(\d)(?:nd|rd|th)? days?|([a-z]+) day)$")
_BETWEEN_DAYS = re.compile(r"\s*(?:[,/+&;]|\band\b|\s)\s*")


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week, of which Monday is 0, in their order."""

    days: tuple[int, ...]

    def __str__(self) -> str:
        """Write the days so that ``days`` reads them back."""
        return "/".join(WEEKDAYS[day] for day in self.days)


@dataclass(frozen=True, slots=True)
class EveryNthDay:
    """Every second, third ... day, from the day a sheet is given."""

    step: int

    def __str__(self) -> str:
        """Write it so that ``days`` reads it back."""
        return f"every {self.step} days"


def days(written: object) -> Range | Weekdays | EveryNthDay:
    """Read on which days: a count a week, "Mon/Wed/Fri", or "every second day".

    Raises:
        ValueError: with a sentence that says what would be right.

    """
    text = " ".join(str(written).lower().split())
    if match := _EVERY.match(text):
        step = int(match[1]) if match[1] else _ORDINALS.get(match[2], 0)
        if not 2 <= step <= DAYS_A_WEEK - 1:
            raise ValueError(f'"{written}" is no distance of days; write "every second day"')
        return EveryNthDay(step)
    if text[:1].isalpha():
        words = [word for word in _BETWEEN_DAYS.split(text) if word]
        found = [_weekday(word, written) for word in words]
        if len(set(found)) < len(found):
            raise ValueError(f'"{written}" names a day twice; write each once, like "Mon/Wed/Fri"')
        return Weekdays(tuple(sorted(found)))
    count = Range.parse(written)
    if count.most > DAYS_A_WEEK:
        raise ValueError(f'"{count}" is more than the {DAYS_A_WEEK} days of a week')
    return count


def _weekday(word: str, written: object) -> int:
    word = word.rstrip(".")
    fits = [
        number
        for number, name in enumerate(_LONG_WEEKDAYS)
        if len(word) >= 2 and (name.startswith(word) or f"{name}s" == word)
    ]
    if len(fits) != 1:
        raise ValueError(
            f'"{written}" names no days; write "Mon/Wed/Fri", "every second day" or a count'
        )
    return fits[0]


_WEEKS = re.compile(r"^(?:weeks? ?)?(\d{1,4})(?: ?(?:[-–—]|to) ?(\d{1,4}))?$")


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks from the day a sheet is given, of which the first is 1."""

    first: int
    last: int

    @classmethod
    def parse(cls, written: object) -> Weeks:
        """Read 3, "1-2" or "weeks 1-2".

        Raises:
            ValueError: with a sentence that says what would be right.

        """
        match = _WEEKS.match(" ".join(str(written).lower().split()))
        if not match:
            raise ValueError(f'"{written}" names no weeks; write them like "1-2"')
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise ValueError(f'"{written}" ends before it begins; write it like "{last}-{first}"')
        if not 0 < first <= last <= MOST_WEEKS:
            raise ValueError(f'"{written}" is outside weeks 1 to {MOST_WEEKS}; write it like "1-2"')
        return cls(first, last)

    def __str__(self) -> str:
        """Write the weeks so that ``parse`` reads them back."""
        return str(Range(self.first, self.last))


class TimeOfDay(StrEnum):
    """When in the day something is done, in the order of the day."""

    ON_WAKING = "on-waking"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    AT_BEDTIME = "at-bedtime"
