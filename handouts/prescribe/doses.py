"""Whether a dose fits its exercise: its sides, its hold, and the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.models.dose import Dose, DoseParts
    from handouts.models.exercises import Exercise

SIDES = "each, left or right"


def unfit_parts(exercise: Exercise, parts: DoseParts) -> Iterator[tuple[str, str, str]]:
    """Name the parts that the exercise can't have: the part, what is wrong, how to mend it."""
    if parts.hold is not None and exercise.dose.hold is None:
        limit = exercise.limits.repetitions.most
        yield (
            "hold",
            "it is counted and not held, so it can't have a hold",
            f"take hold out, or change repetitions, {limit} at most",
        )
    if parts.side is not None and exercise.sides is None:
        yield "side", "it is not done by side, so it can't have one", "take side out"


def past_limits(exercise: Exercise, dose: Dose) -> Iterator[tuple[str, str, str]]:
    """Name the parts of a whole dose that go past a limit: the part, what is wrong, the mend."""
    for part, asked, limit in exercise.limits.passed_by(dose):
        yield (
            part,
            f"{part.replace('_', ' ')} of {asked} is past its limit of {limit}",
            f"write {limit} at most",
        )
