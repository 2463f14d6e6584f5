"""Whether somebody stands for the danger signs after needling, in the words that are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import AFTER_NEEDLING
from handouts.basics.findings import Finding, Severity
from handouts.models.testimonials import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent

_MEND = f"let a clinician read them, and record it with: handouts approve {AFTER_NEEDLING}"


def check_danger_signs(loaded: LoadedContent) -> Iterator[Finding]:
    """Name the signs until a clinician has signed for them, and again when their words change."""
    box = loaded.content.stop_and_call.after_needling
    if box is None:
        return
    place = loaded.place(("stop_and_call", "after_needling"), key=True)
    if box.signed is None:
        yield Finding(
            "nobody has signed for the danger signs after needling",
            "they come from case reports and other clinics' forms; a clinician has to word them",
            _MEND,
            place,
            Severity.WARNING,
        )
    elif box.signed.fingerprint != fingerprint(box.words):
        name = loaded.content.clinic.clinicians[box.signed.by].name
        yield Finding(
            "the danger signs after needling are not the ones that were signed for",
            f"{name} signed on {box.signed.signed_on}, and they have changed since",
            _MEND,
            place,
            Severity.WARNING,
        )
