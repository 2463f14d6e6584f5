"""The parts of a dose and of an exercise's words, by the words that people type for them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from handouts.load.own_changes import part_to_change
from handouts.load.prescription import SHORT_PARTS
from handouts.models.dose import DoseParts
from handouts.models.dose_days import Weeks

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["may_be_asked", "part_called", "part_to_change"]


def may_be_asked(has: Mapping[str, str], *, side: bool) -> Mapping[str, str]:
    """Give the parts of a dose that can be asked for one by one.

    Beside those that it ``has`` are those that any dose may have: sets, with their rest, and days;
    what they are without is empty. ``side`` says that the exercise needs none, and may have one.
    """
    split = {part.rpartition(".")[2] for part in has if "." in part}
    counted = () if "minutes" in split else ("sets",)
    may = {part: "" for part in (*counted, "days_a_week") if part not in split}
    if "sets" in has:
        may["rest"] = ""
    if "as_needed" in has:
        may.pop("days_a_week", None)
    if side:
        may["side"] = ""
    return {**may, **has}


def part_called(word: str) -> str | None:
    """Give the key of a dose's part by a word for it: ``reps`` is repetitions."""
    within, dot, part = word.lower().rpartition(".")
    with suppress(ValueError):
        within = f"weeks-{Weeks.parse(within.replace('weeks-', 'weeks '))}"
    part = part.replace("-", "_")
    part = SHORT_PARTS.get(part, part)
    return within + dot + part if part in DoseParts.model_fields else None
