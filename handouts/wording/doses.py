"""Doses in words: times, counts and how often, from plain numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.wording.language import Language


def time_words(say: Language, least_s: int, most_s: int) -> str:
    """Say a time as a patient reads it: "20–30 seconds", "1–2 minutes", "1 minute 30 seconds"."""
    if least_s == most_s:
        return _one_time(say, least_s)
    if least_s % 60 == 0 and most_s % 60 == 0:
        return say.plural_range("time.minutes", least_s // 60, most_s // 60)
    if most_s <= 120:
        return say.plural_range("time.seconds", least_s, most_s)
    least, most = _one_time(say, least_s), _one_time(say, most_s)
    return say.text("time.from_to", least=least, most=most)


def _one_time(say: Language, seconds: int) -> str:
    minutes, rest_s = divmod(seconds, 60)
    if minutes and (rest_s == 0 or seconds > 120):
        words = say.plural("time.minutes", minutes)
        if not rest_s:
            return words
        rest = say.plural("time.seconds", rest_s)
        return say.text("time.minutes_and_seconds", minutes=words, seconds=rest)
    return say.plural("time.seconds", seconds)


def minutes_words(say: Language, least: int, most: int) -> str:
    """Say some minutes: "1 minute", "6–9 minutes"."""
    return say.plural_range("time.minutes", least, most)


def often_words(say: Language, least: int, most: int) -> str:
    """Say how many times a day: "Once a day", "2–3 times a day"."""
    if least == most <= 2:
        return say.text(("dose.once_a_day", "dose.twice_a_day")[least - 1])
    return say.plural_range("dose.times_a_day", least, most)


def every_words(say: Language, section: str, step_min: int, **values: str) -> str:
    """Say how often by the clock, as a section of messages puts it: once an hour, every 2 hours."""

    def key(name: str) -> str:
        return f"{section}.{name}"

    hours, rest_min = divmod(step_min, 60)
    if rest_min:
        return say.plural_range(key("every_minutes"), step_min, step_min, **values)
    if hours == 1:
        return say.text(key("every_hour"), **values)
    return say.plural_range(key("every_hours"), hours, hours, **values)


def do_words(say: Language, least: int, most: int) -> str:
    """Say how often to repeat: "Do this once", "Do this 2–3 times"."""
    if least == most <= 2:
        return say.text(("dose.do_once", "dose.do_twice")[least - 1])
    return say.plural_range("dose.do_times", least, most)
