"""What is changed in an exercise for one patient: its steps, mistakes, equipment and stop signs.

A change holds what the content's own said when it was made. So it is never laid over another
sentence, and a saved prescription shows both.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.models.base import Model, Text, YesNo
from handouts.models.personal import OwnLine

MOST_LINES = 7
"""As many steps, or mistakes, as an exercise has at most."""
MOST_THINGS = 4
"""Our own bound: what is taken stands in one line with the posture."""
MOST_STOP_SIGNS = 3
"""Our own bound: more are seldom read beside those of the exercise."""


def _refused(why: str, mend: str) -> PydanticCustomError:
    return PydanticCustomError("unreadable", "{why}", {"why": why, "mend": mend})


class ChangedLine(Model):
    """One step, or one mistake: reworded, left out, or the content's own again."""

    number: Annotated[int, Field(strict=True, ge=1)]
    """Which it is in the content, counted from 1."""
    was: Text | None = None
    """What the content said there when it was changed; written when it is saved."""
    now: OwnLine | None = None
    """What this patient reads in its place; {left} and {right} change with the side."""
    left_out: YesNo = False
    own: YesNo = False
    """Whether the content's own is printed again, where an earlier file changed it."""
    drawings_fit: YesNo = False
    """Whether the drawings that show it are right for this patient all the same."""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if [self.now is not None, self.left_out, self.own].count(True) != 1:
            raise _refused(
                f"number {self.number} says not one thing",
                "give its new words as now, or left_out: true",
            )
        if self.drawings_fit and self.now is None:
            raise _refused(
                f"number {self.number} is not reworded, so no drawing can fit its words",
                "take drawings_fit out",
            )
        return self


class ChangedThings(Model):
    """All the equipment that this patient takes."""

    was: tuple[Text, ...] | None = None
    """What the content named when it was changed; written when it is saved."""
    now: Annotated[tuple[OwnLine, ...], Field(max_length=MOST_THINGS)] | None = None
    """What this patient takes in its place; an empty list for nothing."""
    own: YesNo = False
    """Whether the content's own is printed again, where an earlier file changed it."""
    drawings_fit: YesNo = False
    """Whether the drawings that show it are right for this patient all the same."""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.now is not None) == self.own:
            raise _refused(
                "the equipment says not one thing", 'give what is taken as now: ["A towel"]'
            )
        return self


class OwnChanges(Model):
    """What differs in an exercise for one patient."""

    steps: Annotated[tuple[ChangedLine, ...], Field(max_length=MOST_LINES)] = ()
    mistakes: Annotated[tuple[ChangedLine, ...], Field(max_length=MOST_LINES)] = ()
    equipment: ChangedThings | None = None
    stop_if: Annotated[tuple[OwnLine, ...], Field(max_length=MOST_STOP_SIGNS)] | None = None
    """Signs to stop, beside the exercise's own; an empty list takes back those of a file."""
    no_note: YesNo = False
    """Whether the note that an earlier file gives the exercise is taken back."""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for kind in ("steps", "mistakes"):
            numbers = [line.number for line in getattr(self, kind)]
            if again := next((n for n in numbers if numbers.count(n) > 1), None):
                raise _refused(f"number {again} of the {kind} is changed twice", "change it once")
        return self

    def __bool__(self) -> bool:
        """Say whether anything differs."""
        return bool(self.steps or self.mistakes or self.equipment or self.stop_if)

    def written(self) -> dict[str, Any]:
        """Give it as plain data for a file: what is not said is left out."""
        return self.model_dump(mode="json", exclude_defaults=True)
