"""Doses, sides and times of a content in the words of its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Side
from handouts.compose.views import DoseView
from handouts.wording.doses import do_words, minutes_words, often_words, time_words

if TYPE_CHECKING:
    from handouts.models.dose import Dose, Hold
    from handouts.prescribe.how_long import HowLong
    from handouts.wording.language import Language


def hold_time(say: Language, hold: Hold) -> str:
    """Say how long to hold or to rest: "20–30 seconds"."""
    return time_words(say, hold.least_s, hold.most_s)


def dose_view(say: Language, dose: Dose) -> DoseView:
    """Say a dose: the hold, where something is held; how often to repeat; how often a day."""
    repeat = do_words(say, dose.repetitions.least, dose.repetitions.most)
    hold = None
    if dose.hold is None:
        repeat = _with_side(say, repeat, dose.side)
    else:
        words = say.text("dose.hold", time=hold_time(say, dose.hold))
        hold = _with_side(say, words, dose.side)
    if dose.sets:
        repeat = say.plural_range("dose.sets", dose.sets.least, dose.sets.most, what=repeat)
        if dose.rest:
            repeat = say.text("dose.rest", what=repeat, time=hold_time(say, dose.rest))
    often = often_words(say, "dose", dose.times_a_day.least, dose.times_a_day.most)
    if days := dose.days_a_week:
        often = say.plural_range("dose.days_a_week", days.least, days.most, what=often)
    return DoseView(hold, repeat, often)


def _with_side(say: Language, what: str, side: Side | None) -> str:
    return what if side is None else say.text(f"dose.{side}_side", what=what)


def how_long_words(say: Language, long: HowLong) -> str:
    """Say how long all exercises take: "About 6–9 minutes, twice a day"."""
    time = minutes_words(say, long.minutes.least, long.minutes.most)
    if long.times_a_day is None:
        return say.text("how_long.each_day", time=time)
    return often_words(say, "how_long", long.times_a_day.least, long.times_a_day.most, time=time)


def sided(say: Language, text: str, side: Side | None) -> str:
    """Fill {left} and {right}: as they are written for the left side, swapped for the right."""
    ends = (Side.RIGHT, Side.LEFT) if side is Side.RIGHT else (Side.LEFT, Side.RIGHT)
    left, right = map(say.side, ends)
    return text.replace("{left}", left).replace("{right}", right)
