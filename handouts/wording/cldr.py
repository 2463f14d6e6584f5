"""Dates, numbers and lists as Unicode's CLDR has them for a language.

The data of each language lie in ``TAG.cldr.json``; ``make docs`` takes them out of Babel, whose
own files take 35 ms of a processor to be read: a tenth of what a sheet takes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from handouts.wording.plurals import category

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

_FIELD = re.compile(r"'[^']*'|([EMdyhHma])\1*")


@dataclass(frozen=True, slots=True)
class Cldr:
    """What CLDR says of one language."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """From Monday on."""
    short_weekdays: tuple[str, ...]
    full_day: str
    """A pattern with the weekday."""
    day: str
    """A pattern without the weekday."""
    short_day: str
    """A pattern of month and day."""
    decimal: str
    """Stands before what is less than one."""
    group: str
    group_sizes: tuple[int, int]
    """How many digits there are in the last group, and in each before it."""
    list_patterns: Mapping[str, str]
    """How items follow one another without an "and": start, middle, end, and 2 where they are."""
    plurals: Mapping[str, str]
    """The rule of each plural category but the one of all others."""

    def in_pattern(self, pattern: str, at: datetime, halves: tuple[str, str] = ("", "")) -> str:
        """Write a day and a time in a pattern of CLDR's fields.

        ``halves`` are the words for the hours before and after noon.
        """

        def field(found: re.Match[str]) -> str:
            letter, width = found[1], len(found[0])
            if letter is None:
                return found[0][1:-1] or "'"
            if letter == "M" and width > 2:
                return (self.short_months if width == 3 else self.months)[at.month - 1]
            if letter == "E":
                return self.weekdays[at.weekday()]
            if letter == "a":
                return halves[at.hour >= 12]
            hour = at.hour % 12 or 12
            numbers = {
                "M": at.month, "d": at.day, "y": at.year, "H": at.hour, "h": hour, "m": at.minute,
            }  # fmt: skip
            return f"{numbers[letter]:0{width}}"

        return _FIELD.sub(field, pattern)

    def number(self, number: int | str) -> str:
        """Write a number: a whole one, or one whose digits are given, such as "1234.50"."""
        whole, point, part = str(number).partition(".")
        last, others = self.group_sizes
        groups = [whole[-last:]]
        rest = whole[:-last]
        while rest:
            groups.insert(0, rest[-others:])
            rest = rest[:-others]
        return self.group.join(groups) + (self.decimal + part if point else "")

    def joined(self, items: Iterable[str]) -> str:
        """Write items one after another."""
        *before, last = items
        if not before:
            return last
        patterns = self.list_patterns
        if len(before) == 1:
            return _filled(patterns["2"], before[0], last)
        *starts, middle = before
        return _filled(
            patterns["start"],
            starts[0],
            reduce(
                lambda end, item: _filled(patterns["middle"], item, end),
                reversed(starts[1:]),
                _filled(patterns["end"], middle, last),
            ),
        )

    def category(self, number: int) -> str:
        """Give the plural category of a number."""
        return category(self.plurals, number)


def _filled(pattern: str, first: str, second: str) -> str:
    return pattern.replace("{1}", "\0").replace("{0}", first).replace("\0", second)


def read_cldr(path: Path) -> Cldr:
    """Read the data of one language."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
    return Cldr(**{**data, **lists})
