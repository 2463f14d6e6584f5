"""A language: its messages, and how it writes numbers, days and lists.

A message has a key like ``dose.hold``. Where its words follow a number, it holds a text for
each plural category that the language has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import yaml

from handouts.wording.cldr import Cldr, read_cldr
from handouts.wording.plurals import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from handouts.basics.choices import Side

Message: TypeAlias = "str | Mapping[str, str]"

FOLDER = Path(__file__).resolve().parent
"""Where the languages' files lie."""

MESSAGES = "en"
"""The language of what a terminal says, where it names a dose or a day."""

PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language; all its texts are for patients and printers, none for a terminal."""

    tag: str
    messages: Mapping[str, Message]
    cldr: Cldr

    def text(self, key: str, **values: str) -> str:
        """Give a message, filled with words and written numbers.

        Raises:
            KeyError: there is no such message, or it takes other values.

        """
        return filled(self._plain(key), values)

    def parts(self, key: str) -> tuple[str, ...]:
        """Cut a message at its placeholders: words and names of placeholders take turns."""
        return tuple(PLACEHOLDER.split(self._plain(key)))

    def plural(self, key: str, number: int, **values: str) -> str:
        """Give a message in the form that goes with a number, which is its ``{n}``."""
        return self._counted(key, number, {"n": self.number(number), **values})

    def plural_of(self, key: str, number: int, **values: str) -> str:
        """Give a message in the form that goes with a number which it does not name."""
        return self._counted(key, number, values)

    def plural_range(self, key: str, least: int, most: int, **values: str) -> str:
        """Give a message in the form that goes with a range of numbers, which is its ``{n}``."""
        return self._counted(key, most, {"n": self.range_of(least, most), **values})

    def number(self, number: int | str) -> str:
        """Write a number: a whole one, or one whose digits are given, such as "1234.50"."""
        return self.cldr.number(number)

    def range_of(self, least: int, most: int) -> str:
        """Write a range of numbers, or the number where there is only one."""
        if least == most:
            return self.number(least)
        return self.text("numbers.range", least=self.number(least), most=self.number(most))

    def list_of(self, items: Iterable[str]) -> str:
        """Write one or more items one after another."""
        return self.cldr.joined(items)

    def day(self, day: date) -> str:
        """Write a day: "November 22, 2026"."""
        return self.cldr.in_pattern(self.cldr.day, _midnight(day))

    def days(self, first: date, last: date) -> str:
        """Write a stretch of days without the year: "Nov 22 – Dec 5"."""
        ends = (self.cldr.in_pattern(self.cldr.short_day, _midnight(day)) for day in (first, last))
        return self.text("dates.days", **dict(zip(("first", "last"), ends, strict=True)))

    def visit(self, day: date, at: time | None) -> str:
        """Write a day with its weekday, and a time: "Sunday, November 22, 2026, 3:05 pm"."""
        words = self.cldr.in_pattern(self.cldr.full_day, _midnight(day))
        if at is None:
            return words
        halves = self.text("dates.am"), self.text("dates.pm")
        clock = self.text("dates.clock")
        hours = self.cldr.in_pattern(clock, datetime.combine(day, at), halves)
        return self.text("dates.visit", day=words, time=hours)

    def short_weekday(self, weekday: int) -> str:
        """Name a weekday, of which Monday is 0, in two letters or so: "Tu", "Th"."""
        return self.cldr.short_weekdays[weekday]

    def side(self, side: Side) -> str:
        """Name the left or the right side."""
        return self.text(f"side.{side}")

    def named(self, section: str, name: str) -> str:
        """Give the word for one of our own names, such as a panel's; a clinic's own stays."""
        message = self.messages.get(f"{section}.{name}", name)
        return message if isinstance(message, str) else name

    def sections(self) -> Mapping[str, Mapping[str, str]]:
        """Give the messages without plurals by section, as templates see them."""
        sections: dict[str, dict[str, str]] = {}
        for key, message in self.messages.items():
            section, _, name = key.partition(".")
            if isinstance(message, str):
                sections.setdefault(section, {})[name] = message
        return sections

    def _plain(self, key: str) -> str:
        message = self.messages[key]
        if not isinstance(message, str):
            raise KeyError(f"{key} has plurals")
        return message

    def _counted(self, key: str, number: int, values: Mapping[str, str]) -> str:
        message = self.messages[key]
        if isinstance(message, str):
            raise KeyError(f"{key} has no plurals")
        form = message.get(self.cldr.category(number), message[OTHER])
        return filled(form, values)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill a text's placeholders.

    Raises:
        KeyError: the values are not those that the text takes.

    """
    if set(PLACEHOLDER.findall(text)) != values.keys():
        raise KeyError(f'"{text}" does not take {", ".join(values) or "nothing"}')
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)


def language(tag: str) -> Language:
    """Give the language of a tag such as en-US: its own file's, or that of its first part.

    Raises:
        LookupError: there is none.

    """
    name = file_of(tag)
    if name is None:
        raise LookupError(tag)
    return _read(FOLDER, name)


def file_of(tag: str) -> str | None:
    """Name the file that has a tag's words; None where the program does not speak it."""
    return next(
        (name for name in (tag, first_part(tag)) if (FOLDER / f"{name}.yaml").is_file()), None
    )


def first_part(tag: str) -> str:
    """Give the language of a tag, without its region."""
    return tag.partition("-")[0]


def language_files(folder: Path) -> tuple[str, ...]:
    """Name the languages that have a file in a folder."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


@lru_cache
def _read(folder: Path, name: str) -> Language:
    base = first_part(name)
    messages = _messages(folder / f"{base}.yaml") if base != name else {}
    messages |= _messages(folder / f"{name}.yaml")
    return Language(name, MappingProxyType(messages), read_cldr(folder / f"{name}.cldr.json"))


def _messages(file: Path) -> dict[str, Message]:
    """Read a language's messages; a region's file holds those that differ there."""
    sections = yaml.load(file.read_bytes(), Loader=_LOADER)  # noqa: S506 - a safe loader
    return {
        f"{section}.{key}": message if isinstance(message, str) else MappingProxyType(message)
        for section, keys in sections.items()
        for key, message in keys.items()
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
