"""Cells into values: days, counts, sides, names of what the content holds.

What can't be read is a ``ValueError`` whose two arguments say what is wrong and how to mend
it; neither repeats the cell.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from handouts.basics.choices import Side
from handouts.intake.roster.header_words import header_words, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_ID = 64
MOST_COPIES = 999
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""A day outside them is somebody's birthday or a slip."""

_ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST_ID - 1}}}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that no file may have on Windows."""
_EXCEL_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, which hold from March 1, 1900 on (ECMA-376, 18.17.4)."""
_DAYS_TO_1904 = 1462
"""From Excel's day 0 to the one of old Macs, whose workbooks count from 1904."""
_YES = frozenset({"yes", "true", "1", "x", "y", "canceled", "cancelled"})
_NOT = frozenset({"no", "false", "0", "n"})
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})\.?[ -]([A-Za-z]+)\.?,?[ -](\d{{4}}){_TIME}")
_MONTH_DAY = re.compile(rf"([A-Za-z]+)\.? (\d{{1,2}}),? (\d{{4}}){_TIME}")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WRITE_DAY = "write the day as year-month-day, like 2026-11-22"


def day(text: str) -> dt.date:
    """Read a day: 2026-11-23, 11/23/2026, 23.11.2026, Nov 23, 2026, or Excel's number 46349.

    Dots stand between day and month; with slashes and hyphens either may come first, and
    a day that could be two is refused.
    """
    text = " ".join(text.split())
    found = _read_day(text)
    if found is None:
        raise ValueError("this is no day that can be read", WRITE_DAY)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"the day is not between {FIRST_YEAR} and {LAST_YEAR}", WRITE_DAY)
    return found


def counted_from_1904(text: str) -> str:
    """Write a number of days since 1904 as year-month-day; anything else stays as it is."""
    match = _SERIAL.fullmatch(text)
    if match is None:
        return text
    return (_EXCEL_EPOCH + dt.timedelta(days=int(match[1]) + _DAYS_TO_1904)).isoformat()


def not_cancelled(text: str) -> str:
    """Read whether somebody who does not come stands in a row."""
    name = plain(text)
    if name in _YES:
        raise ValueError("the row says that this person does not come", "take the row out")
    if name not in _NOT:
        raise ValueError("it can't be told whether this person comes", "write yes or no")
    return text


def _read_day(text: str) -> dt.date | None:
    if match := _SERIAL.fullmatch(text):
        return _EXCEL_EPOCH + dt.timedelta(days=int(match[1]))
    if match := _ISO.fullmatch(text):
        return _date(match[1], match[2], match[3])
    if match := _NUMBERS.fullmatch(text):
        return _from_numbers(*match.group(1, 2, 3, 4))
    if match := _DAY_MONTH.fullmatch(text):
        return _date(match[3], _month(match[2]), match[1])
    if match := _MONTH_DAY.fullmatch(text):
        return _date(match[3], _month(match[1]), match[2])
    return None


def _from_numbers(first: str, between: str, second: str, year: str) -> dt.date | None:
    if between == ".":
        return _date(year, second, first)
    days = {_date(year, first, second), _date(year, second, first)} - {None}
    if len(days) == 2 and FIRST_YEAR <= int(year) <= LAST_YEAR:
        us, eu = (
            f"{year}-{int(first):02}-{int(second):02}",
            f"{year}-{int(second):02}-{int(first):02}",
        )
        raise ValueError(
            "the day could be one of two: month and day are not told apart",
            f"write {us} or {eu}",
        )
    return days.pop() if days else None


def _month(name: str) -> int:
    starts = (number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()))
    return next(starts, 0) if len(name) >= 3 else 0


def _date(year: str, month: str | int, number: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(number))
    except ValueError:
        return None


def whole(text: str, least: int, most: int) -> int:
    """Read a whole number, which a workbook may have written as 2.0."""
    digits = re.fullmatch(r"(\d{1,9})(?:\.0+)?", text)
    if digits is None or not least <= int(digits[1]) <= most:
        raise ValueError(
            f"this is no whole number from {least} to {most}", f"write a number, {most} at most"
        )
    return int(digits[1])


def record_id(text: str) -> str:
    """Read a record's id, which may become part of a file's name."""
    if not text:
        raise ValueError("the id is missing", "write one in every row, or take the column out")
    if len(text) > LONGEST_ID:
        raise ValueError(f"the id is longer than {LONGEST_ID} letters", "write a shorter one")
    if not _ID.fullmatch(text) or text.endswith(".") or _DEVICES.fullmatch(text):
        raise ValueError(
            "the id can't be part of a file's name",
            "use letters A-Z, digits, dots, hyphens and underscores; begin with a letter or digit",
        )
    return text


def side(text: str) -> str:
    """Read a side: left, right, each; also L, Rt, B/L, both sides, links, droite."""
    name = plain(text)
    name = header_words().sides.get(name, name)
    if name not in set(Side):
        raise ValueError("this is no side", "write left, right or each: the side that is stretched")
    return name


def choice(text: str, choices: Mapping[str, str]) -> str:
    """Find the one that is meant among names in plain letters."""
    name = plain(text)
    if name not in choices:
        known = sorted(set(choices.values()))
        raise ValueError("there is no such choice", "write one of: " + ", ".join(known))
    return choices[name]
