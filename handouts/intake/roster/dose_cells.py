"""Cells about doses: how to mend a part that can't be read, and reasons to go past a limit."""

from __future__ import annotations

from pydantic import ValidationError

from handouts.load.prescription import LIKE_A_REASON, reason_from_text
from handouts.models.beyond_limits import PastLimit
from handouts.models.dose_amounts import MOST_PAIN
from handouts.models.dose_days import DAYS_A_WEEK

_HOLD = 'write it with its unit, like "20-30 s", "1-2 min" or "5 slow breaths"'
_COUNT = 'write a whole number, or a range like "2-3"'
MENDS = {
    "hold": _HOLD,
    "rest": _HOLD,
    "repetitions": _COUNT,
    "sets": _COUNT,
    "times_a_day": _COUNT,
    "days_a_week": f'{_COUNT}, {DAYS_A_WEEK} at most; "Mon/Wed/Fri"; or "every second day"',
    "side": "write left, right or each",
    "times_of_day": 'write it like "morning/evening"',
    "by_side": "write both: left.hold=20s,right.hold=10s",
    "phases": "write weeks one after another: weeks1-2.hold=10s,weeks3-4.hold=20s",
    "minutes": 'write it like "40" or "30-40"',
    "every": 'write it like "hour", "2 hours" or "hour at the desk", with times_a_day',
    "as_needed": "write when in words alone, without a number",
    "held": "write where the band or the weight goes in words alone, without a number",
    "load": 'write it like "red band" or "1.7 kg"',
    "effort": "write a whole number from 1 to 10",
    "pain_up_to": f"write a whole number from 1 to {MOST_PAIN}",
    "stop_after_weeks": "write a whole number of weeks, 8 at most",
    "note": "write text",
}
"""How to mend each part of a dose."""


def reasons(text: str) -> tuple[PastLimit, ...]:
    """Read the reasons to go past a limit, one a line: each for one value of one exercise."""
    read = []
    for line in text.replace("\r", "\n").split("\n"):
        if not line.strip():
            continue
        written = reason_from_text(line)
        if written is None:
            what = "a reason is for one value of one exercise"
            raise ValueError(what, f'write it like "{LIKE_A_REASON}"')
        try:
            read.append(PastLimit.model_validate(written))
        except ValidationError as error:
            context = error.errors()[0].get("ctx", {})
            what = str(context.get("what", "the reason can't be read"))
            mend = str(context.get("mend", f'write it like "{LIKE_A_REASON}"'))
            raise ValueError(what, mend) from None
    return tuple(read)
