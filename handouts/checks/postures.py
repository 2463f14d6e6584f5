"""Whether the content says how its exercises are begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.models.exercises import Posture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent


def check_postures(loaded: LoadedContent) -> Iterator[Finding]:
    """Find exercises that lie, and neither say nor show on what."""
    for name, exercise in loaded.content.exercises.items():
        if exercise.posture is Posture.LYING:
            yield Finding(
                f'{name}: "lying" does not say how, and no drawing shows it',
                "handouts say no more than that, too",
                "write supine (on the back), prone (on the belly) or side-lying",
                loaded.place(("exercises", name, "posture")),
                Severity.WARNING,
            )
