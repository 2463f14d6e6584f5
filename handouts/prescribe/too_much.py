"""What a sheet may hold, and is seldom read or done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.basics.findings import Place

MANY_EXERCISES = 6
"""Fewer exercises are done more often; past five a sheet deserves a word."""
MANY_WORDS = 300


def too_much(
    notes: str | None, notes_place: Place, exercises: int, exercises_place: Place
) -> Iterator[Finding]:
    """Tell of notes and of exercises that are many."""
    words = len((notes or "").split())
    if words > MANY_WORDS:
        yield Finding(
            f"the notes have {words} words",
            f"more than {MANY_WORDS} are seldom read; they flow onto further pages",
            "say the one thing that matters most",
            notes_place,
            Severity.WARNING,
        )
    if exercises >= MANY_EXERCISES:
        yield Finding(
            f"{exercises} exercises are on the sheet",
            "fewer are done more often",
            "choose the ones that matter most",
            exercises_place,
            Severity.WARNING,
        )
