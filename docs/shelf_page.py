"""The page of docs that lists the shelf of exercises, with what is published of each dose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.load.shelf import SHIPPED, read_exercise
from handouts.models.exercises import Posture
from handouts.models.shelf import dose_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.models.shelf import ShelfExercise

_HEAD = """\
# The shelf of exercises

This page is made by `make docs` from `handouts/shelf`. How exercises are taken, changed and signed
for: [clinician.md](clinician.md#exercises-from-the-shelf).

"Ours" names the parts of a dose that no source gives: a starting point, for the clinician to
change. Sources are `trial`, `leaflet` (of a hospital, a health service, a charity or a professional
body), `weak` (a clinic's or a shop's page, for a first draft alone) or `not-read` (known to give
the dose; its text was not read). No clinician has signed for these words: each clinic does so for
what it takes.
"""


def shelf_page() -> str:
    """Write the page: a table for each posture."""
    found = [(file.stem, read_exercise(file)[0]) for file in sorted(SHIPPED.glob("*.yaml"))]
    return _HEAD + "".join("\n".join(_table(posture, found)) for posture in Posture)


def _table(posture: Posture, found: list[tuple[str, ShelfExercise]]) -> Iterator[str]:
    here = [(name, one) for name, one in found if one.posture is posture]
    if not here:
        return
    yield f"\n## {str(posture).replace('-', ' ').capitalize()}\n"
    yield "| Id | Exercise | For | Dose | Ours | Published |"
    yield "|---|---|---|---|---|---|"
    for name, one in here:
        dose = ", ".join(f"{part} {value}" for part, value in dose_parts(one.dose).items())
        cells = (
            f"`{name}`",
            f"{one.name} ({one.anatomical_name})",
            ", ".join(one.tags.complaints),
            dose,
            ", ".join(one.clinic_defaults) or "-",
            "; ".join(f"{each.dose} ({each.quality}: {each.source})" for each in one.dose_sources),
        )
        yield "| " + " | ".join(cells) + " |"
    yield ""
