"""Whether a next visit is past: a sheet that is made again may name one that was."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.basics.settings import Setting, named
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.load.prescription import Layer
    from handouts.wording.language import Language

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")


def past_visits(
    layers: Sequence[Layer], given_on: dt.date, today: dt.date, tag: str
) -> Iterator[Finding]:
    """Refuse a next visit before the day a sheet is given, and tell of one before today.

    A day without a year is the first one on or after the day of the layer that names it. What
    names no day, or several, is left to the reader. Nothing repeats the visit.
    """
    said = [layer for layer in layers if layer.prescription.next_visit is not None]
    if not said:
        return
    layer = said[-1]
    since = layer.prescription.date if layer.kept else None
    day = visit_day(str(layer.prescription.next_visit), language(tag), since or given_on)
    if day is None or day >= max(given_on, today):
        return
    mend = f"give {named(Setting.NEXT_VISIT)}, or take it out"
    place = layer.place("next_visit")
    if day < given_on:
        what = "the next visit is before the day that the sheet is given"
        yield Finding(what, "the patient would come on a day that is past", mend, place)
    else:
        what = "the next visit is past"
        yield Finding(what, "it is before today", mend, place, Severity.WARNING)


def visit_day(text: str, say: Language, since: dt.date) -> dt.date | None:
    """Read the one day that a text names, as "December 1", "1 Dec 2026" or "2026-12-01"."""
    days = {_day(*map(int, found)) for found in _ISO.findall(text)}
    months = {
        name.casefold(): number
        for names in (say.cldr.months, say.cldr.short_months)
        for number, name in enumerate(names, 1)
    }
    name = "(" + "|".join(sorted(map(re.escape, months), key=len, reverse=True)) + r")\b\.?"
    number, year = r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!:)", r"(?:,? +(\d{4})\b(?!:))?"
    lowered = text.casefold()
    for found in re.finditer(rf"\b{name} +{number}{year}", lowered):
        days.add(_in_year(found[3], months[found[1]], int(found[2]), since))
    for found in re.finditer(rf"{number} +{name}{year}", lowered):
        days.add(_in_year(found[3], months[found[2]], int(found[1]), since))
    return days.pop() if len(days) == 1 else None


def _in_year(year: str | None, month: int, number: int, since: dt.date) -> dt.date | None:
    if year:
        return _day(int(year), month, number)
    day = _day(since.year, month, number)
    return day if day is None or day >= since else _day(since.year + 1, month, number)


def _day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None
