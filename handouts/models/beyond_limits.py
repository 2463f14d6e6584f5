"""Why a dose goes past a limit: a reason is for one value of one exercise."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BeforeValidator, Field, WrapValidator, model_validator
from pydantic_core import PydanticCustomError

from handouts.models.base import ExerciseRef, Model, Text
from handouts.models.dose_values import Range, held, minutes
from handouts.models.personal import Fault, OwnText, text_fault

if TYPE_CHECKING:
    from collections.abc import Callable

FEWEST_WORDS = 2
"""A reason of one word is more often a slip of the hand, like "y"."""
_ANSWERS = """
y n yes no nope yeah ok okay none null na nil back go undo cancel quit exit stop skip never mind
please thank thanks you sure not really don t know idk dunno help that is it s the a an i
hold reps rep repetitions repetition sets set rest times time day daily week days once twice
side sides left right each seconds second secs sec minutes minute mins min m at most breaths
breath x per to of and or change same before again reason because why leave keep test
ja nein si oui non
"""
_NO_REASON = frozenset(_ANSWERS.split())
"""Words of answers and of doses: whatever is made of them alone says no why."""
_IN_ONE_GO = re.compile(r"[0-9]{1,5}")
"""Of many sets there may be more repetitions than a dose has."""
_WORD = re.compile(r"[^\W\d_]+")


class LimitedPart(StrEnum):
    """A part of a dose that has a limit."""

    HOLD = "hold"
    REPETITIONS = "repetitions"
    MINUTES = "minutes"
    TIMES_A_DAY = "times_a_day"


def reason_fault(text: str) -> Fault | None:
    """Say what keeps a text from being a reason: "no", "go back" and a dose are none."""
    if fault := text_fault(text):
        return fault
    words = [word for word in _WORD.findall(text.casefold()) if word not in _NO_REASON]
    if sum(map(_weight, words)) >= FEWEST_WORDS:
        return None
    return Fault("this is no reason", 'say why in a few words, like "held it well for 60 s here"')


def _weight(word: str) -> int:
    """Count words: a script without spaces has one for two letters."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in word)
    return max(1, wide // 2)


def _a_reason(written: object) -> object:
    if isinstance(written, str) and (fault := reason_fault(written)):
        told = {"what": fault.what, "mend": fault.mend}
        raise PydanticCustomError("personal", "{what}", told)
    return written


def _in_text(written: object) -> object:
    return str(written) if isinstance(written, int) and not isinstance(written, bool) else written


class PastLimit(Model):
    """A reason to go past one limit: for this exercise, this part and this value alone."""

    exercise: ExerciseRef
    part: LimitedPart
    """hold, repetitions (those in one go, all sets together), minutes or times_a_day."""
    value: Annotated[Text, BeforeValidator(_in_text)]
    """The value for which it holds: "40 s", "6"."""
    reason: Annotated[OwnText, BeforeValidator(_a_reason)]
    """Kept, and never printed."""

    @property
    def most(self) -> int:
        """The value as a number: seconds or a count; of a range, its end."""
        if self.part is LimitedPart.HOLD:
            return held(self.value).most_s
        if self.part is LimitedPart.MINUTES:
            return minutes(self.value).most
        if _IN_ONE_GO.fullmatch(self.value) and self.part is LimitedPart.REPETITIONS:
            return int(self.value)
        return Range.parse(self.value).most

    @model_validator(mode="after")
    def _readable(self) -> Self:
        try:
            self.most  # noqa: B018 - to see that it can be read
        except ValueError as error:
            context = {"what": f"the {self.part} can't be read", "mend": str(error)}
            raise PydanticCustomError("personal", "{what}", context) from None
        return self


def _or_one_for_all(written: object, read: Callable[[object], object]) -> object:
    """Take the older form, too: one text for every dose of a saved prescription."""
    if not isinstance(written, str):
        return read(written)
    if fault := text_fault(written):
        raise PydanticCustomError("personal", "{what}", {"what": fault.what, "mend": fault.mend})
    if not written.strip():
        raise PydanticCustomError("string_too_short", "no letter")
    return written.strip()


if TYPE_CHECKING:
    Reasons = tuple[PastLimit, ...] | str
else:
    Reasons = Annotated[
        tuple[PastLimit, ...],
        WrapValidator(_or_one_for_all, json_schema_input_type=Any),
        Field(examples=[[{"exercise": "open-book", "part": "repetitions", "value": "12"}]]),
    ]
"""Reasons, each for one value; or the text of a file that was saved with one for all."""
