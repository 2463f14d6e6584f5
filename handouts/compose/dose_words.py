"""Doses, sides and times of a content in the words of its language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.basics.choices import Side
from handouts.compose.dose_view import CountBoxes, DoseRow, DoseView
from handouts.compose.scripts import Words, direction
from handouts.models.dose_days import Weekdays
from handouts.models.dose_values import Breaths, Hold, Range, UntilTired
from handouts.wording.doses import (
    do_words,
    every_words,
    minutes_words,
    often_words,
    time_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.models.dose import Dose, Go
    from handouts.models.dose_days import EveryNthDay, Weeks
    from handouts.models.dose_values import Every
    from handouts.prescribe.how_long import HowLong
    from handouts.wording.language import Language


MOST_BOXES = 6
"""In a row; more are not counted at a glance."""


def hold_time(say: Language, hold: Hold | Breaths | UntilTired) -> str:
    """Say how long to hold or to rest: "20–30 seconds", "5 slow breaths"."""
    if isinstance(hold, Breaths):
        return say.plural_range("dose.breaths", hold.least, hold.most)
    return time_words(say, hold.least_s, hold.most_s)


def weeks_words(say: Language, weeks: Weeks) -> str:
    """Name weeks: "Week 3", "Weeks 1–2"."""
    key = "dose.week" if weeks.first == weeks.last else "dose.weeks"
    return say.text(key, n=say.range_of(weeks.first, weeks.last))


def dose_view(say: Language, dose: Dose) -> DoseView:
    """Say a dose: the hold, where something is held; how often to repeat; how often a day.

    What differs by side, time of day or weeks is said line by line, each in the same words.
    """
    goes = dose.goes()
    often: str | None = _how_often(say, dose)
    if dose.phases is not None or (_differ(dose) and dose.days_a_week is None):
        often = None
    if dose.phases is not None or _differ(dose) or dose.by_side is not None:
        rows = tuple(_amount(say, go) for go in goes)
        plain = DoseView(None, None, often, tuple(_line(say, row) for row in rows), rows=rows)
    else:
        plain = replace(_plain(say, goes[0].dose), how_often_words=often)
        plain = replace(plain, rows=(_row(say, plain, goes[0].dose),))
    return replace(
        plain,
        more_words=tuple(_more_words(say, dose)),
        as_needed=_own(dose.as_needed),
        held=_own(dose.held),
    )


def _own(text: str | None) -> Words | None:
    return Words(text, direction(text)) if text else None


def _differ(dose: Dose) -> bool:
    return any(amount.given for amount in (dose.times_of_day or {}).values())


def _plain(say: Language, dose: Dose) -> DoseView:
    """Say an amount that is always alike."""
    counts = dose.counts
    repeat = do_words(say, counts.least, counts.most)
    if dose.minutes is not None:
        time = minutes_words(say, dose.minutes.least, dose.minutes.most)
        repeat = say.text("dose.for_minutes", time=time)
    if dose.sets and counts == Range(1, 1):
        repeat = do_words(say, dose.sets.least, dose.sets.most)
    elif dose.sets:
        times = say.range_of(counts.least, counts.most)
        repeat = say.plural_range("dose.sets", dose.sets.least, dose.sets.most, times=times)
    hold = None
    if dose.side is Side.EACH:
        repeat = say.text("dose.on_each_side", what=repeat)
    elif dose.hold is None:
        repeat = _with_side(say, repeat, dose.side)
    if dose.hold is not None:
        hold = _with_side(say, _hold_words(say, dose.hold), dose.side)
    if dose.sets and dose.rest:
        key = "dose.rest" if counts == Range(1, 1) else "dose.rest_between_sets"
        repeat = say.text(key, what=repeat, time=hold_time(say, dose.rest))
    return DoseView(hold, repeat, None, start_words=_start(say, dose))


def _hold_words(say: Language, hold: Hold | Breaths | UntilTired) -> str:
    time = hold_time(say, hold)
    if isinstance(hold, Breaths):
        return say.text("dose.hold_breaths", time=time)
    return say.text("dose.until_tired" if isinstance(hold, UntilTired) else "dose.hold", time=time)


def _start(say: Language, dose: Dose) -> str | None:
    """Say where to start in ranges, with the least of each, and what to work up to."""
    ends = [_end(say, dose, end) for end in (0, 1)]
    if not ends[0]:
        return None
    return say.text("dose.start", least=_joined(say, ends[0]), most=_joined(say, ends[1]))


def _end(say: Language, dose: Dose, end: int) -> list[str]:
    """Say the least (0) or the most (1) of what is a range."""
    said = []
    hold, minutes, counts = dose.hold, dose.minutes, dose.counts
    if isinstance(hold, Breaths) and hold.least < hold.most:
        breaths = (hold.least, hold.most)[end]
        said.append(hold_time(say, Breaths(breaths, breaths)))
    elif isinstance(hold, Hold) and hold.least_s < hold.most_s:
        seconds = (hold.least_s, hold.most_s)[end]
        said.append(hold_time(say, Hold(seconds, seconds)))
    if minutes is not None and minutes.least < minutes.most:
        time = (minutes.least, minutes.most)[end]
        said.append(minutes_words(say, time, time))
    if counts.least < counts.most:
        count = (counts.least, counts.most)[end]
        said.append(say.plural("dose.times", count))
    return said


def _joined(say: Language, words: list[str]) -> str:
    first, *rest = words
    return say.text("dose.and", first=first, then=rest[0]) if rest else first


def _amount(say: Language, go: Go) -> DoseRow:
    """Put one of several amounts into its row, behind what it is for."""
    if go.weeks is not None:
        label = weeks_words(say, go.weeks)
    elif go.time is not None:
        label = say.text(f"time_of_day.{go.time}")
    else:
        label = say.text(f"dose.{go.side}")
    own = go.dose.model_copy(update={"side": None}) if go.side is not None else go.dose
    plain = _plain(say, own)
    row = _row(say, plain, own)
    when = _how_often(say, go.dose) if go.weeks is not None else None
    return replace(row, label=label, when=when)


def _line(say: Language, row: DoseRow) -> str:
    """Say a row in one line."""
    label, words, *more = row.texts
    for text in more:
        words = say.text("dose.sentences", first=words, then=text)
    return say.text("dose.labelled", label=label, what=words)


def _row(say: Language, plain: DoseView, dose: Dose) -> DoseRow:
    """Lay an amount out in its panel. That both sides do it is said once, with how many."""
    hold = plain.hold_words
    if dose.hold is not None and dose.side is Side.EACH:
        hold = _hold_words(say, dose.hold)
    how_long, how_many = hold, plain.repeat_words
    if dose.minutes is not None:
        how_long, how_many = how_many, None
    return DoseRow(None, how_long, how_many, None, plain.start_words, _boxes(say, dose))


def _boxes(say: Language, dose: Dose) -> tuple[CountBoxes, ...]:
    """Give a box for each time that it is repeated, or for each set, a row for each side."""
    count = dose.sets or dose.counts
    both = dose.side is Side.EACH
    if dose.minutes is not None or count.most > MOST_BOXES or (count.most == 1 and not both):
        return ()
    names = (say.side(Side.LEFT), say.side(Side.RIGHT)) if both else (None,)
    return tuple(CountBoxes(name, count.least, count.most - count.least) for name in names)


def _how_often(say: Language, dose: Dose) -> str:
    """Say how many times a day, by the clock or at which times, and on which days."""
    often = dose.times_a_day
    if dose.as_needed is not None and dose.every is None:
        most = often_words(say, often.most, often.most)
        return say.text("dose.at_most", what=most)
    words = often_words(say, often.least, often.most)
    if dose.every is not None:
        words = _by_the_clock(say, dose.every, often.most)
    if dose.times_of_day is not None:
        named = (say.text(f"time_of_day.{go.time}") for go in dose.goes())
        words = say.list_of(named)
    if dose.days_a_week is not None:
        return _on_days(say, words, dose.days_a_week)
    return say.text("dose.at_times", times=words) if dose.times_of_day is not None else words


def _on_days(say: Language, words: str, days: Range | Weekdays | EveryNthDay) -> str:
    if isinstance(days, Range):
        return say.plural_range("dose.days_a_week", days.least, days.most, what=words)
    if isinstance(days, Weekdays):
        names = _weekdays(say, days)
        return say.text("dose.on_days", what=words, days=names)
    if days.step == 2:
        return say.text("dose.every_second_day", what=words)
    return say.plural_range("dose.every_nth_day", days.step, days.step, what=words)


def _weekdays(say: Language, days: Weekdays) -> str:
    """Name days of the week: three or more in a row from the first to the last."""
    names = [say.cldr.weekdays[day] for day in days.days]
    first, last = days.days[0], days.days[-1]
    if 2 < len(names) == last - first + 1:
        return say.text("dose.from_day_to_day", first=names[0], last=names[-1])
    return say.list_of(names)


def _by_the_clock(say: Language, every: Every, most: int) -> str:
    words = every_words(say, "dose", every.step_min)
    if every.at_desk:
        words = say.text("dose.at_desk", what=words)
    return say.plural_range("dose.at_most_a_day", most, most, what=words)


def _more_words(say: Language, dose: Dose) -> Iterable[str]:
    load = dose.load
    if load is not None and load.band is not None:
        yield say.text("dose.band", color=say.text(f"band.{load.band}"))
    elif load is not None:
        yield say.text("dose.weight", amount=say.number(load.amount), unit=load.unit)
    if dose.effort is not None:
        yield say.text("dose.effort", n=say.number(dose.effort))
    if dose.stop_after_weeks is not None:
        yield say.plural("dose.stop_after", dose.stop_after_weeks)


def change_sides_words(say: Language, dose: Dose) -> str | None:
    """Say which side comes first and when to change, where both sides do it."""
    if dose.side is not Side.EACH:
        return None
    doses = [go.dose for go in dose.goes()]
    if any(each.sets for each in doses):
        return say.text("page.change_sides_sets")
    repeats = any(each.counts.most > 1 for each in doses)
    return say.text("page.change_sides_repeats" if repeats else "page.change_sides")


def _with_side(say: Language, what: str, side: Side | None) -> str:
    return what if side is None else say.text(f"dose.{side}_side", what=what)


def how_long_words(say: Language, said: Iterable[HowLong]) -> str:
    """Say how long all exercises take: "About 6–9 minutes each time, ..."."""
    words = ""
    for long in said:
        one = _how_long(say, long)
        words = say.text("dose.sentences", first=words, then=one) if words else one
    return words


def _how_long(say: Language, long: HowLong) -> str:
    time = minutes_words(say, long.minutes.least, long.minutes.most)
    often = long.times_a_day
    if long.as_needed:
        words = say.text("how_long.as_needed", time=time)
    elif long.every_min:
        words = every_words(say, "how_long", long.every_min, time=time)
    elif often is not None and often.most > 1:
        most = minutes_words(say, *(long.minutes.most * often.most,) * 2)
        words = say.text("how_long.each_time", time=time, most=most)
    elif often is not None:
        words = say.text("how_long.once_a_day", time=time)
    elif long.days is not None:
        words = say.text("how_long.in_all_a_day", time=time)
    else:
        words = say.text("how_long.in_all" if long.fullest_day else "how_long.each_day", time=time)
    if long.days is not None:
        words = _on_days(say, words, long.days)
    if long.fullest_day:
        words = say.text("how_long.fullest_day", what=words)
    if long.weeks is not None:
        label = weeks_words(say, long.weeks)
        words = say.text("dose.labelled", label=label, what=words)
    if long.exercises:
        words = say.text("dose.labelled", label=say.list_of(long.exercises), what=words)
    return words


def sided(say: Language, text: str, side: Side | None) -> str:
    """Fill {left} and {right}: as they are written for the left side, swapped for the right."""
    ends = (Side.RIGHT, Side.LEFT) if side is Side.RIGHT else (Side.LEFT, Side.RIGHT)
    left, right = map(say.side, ends)
    return text.replace("{left}", left).replace("{right}", right)
