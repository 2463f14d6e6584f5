"""Checks on who stands for the content, until when, and whether it is real yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.checks.testimonials import promises_in
from handouts.models.base import printed_strings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from handouts.load.content import LoadedContent

LONGEST_REVIEW_YEARS = 3
"""PIF TICK: health information is looked at again within three years."""


def check_sample(loaded: LoadedContent) -> Iterator[Finding]:
    """Name the made-up details until the clinic has replaced them."""
    clinic = loaded.content.clinic
    if clinic.sample:
        yield Finding(
            "these are sample clinic details",
            f'"{clinic.name}", {clinic.phone}, {", ".join(clinic.address)}, {clinic.booking}, '
            + ", ".join(person.name for person in clinic.clinicians.values()),
            "put your own in their place and take out the line sample: true",
            loaded.place(("clinic", "sample"), key=True),
            Severity.WARNING,
        )


def check_review_dates(loaded: LoadedContent, today: date) -> Iterator[Finding]:
    """Find review dates that are past, too far, or in the wrong order."""
    provenance = loaded.content.provenance
    place = loaded.place(("provenance", "next_review"))
    if provenance.next_review < today:
        yield Finding(
            f"the content was due for review on {provenance.next_review}",
            "evidence and advice may have changed",
            "have a clinician read it, then set dated and next_review anew",
            place,
            Severity.WARNING,
        )
    if provenance.next_review <= provenance.dated:
        yield Finding(
            "next_review is not after dated",
            f"{provenance.next_review} is not after {provenance.dated}",
            "write the day by which it will be read again",
            place,
        )
    years = provenance.next_review.year - provenance.dated.year
    month_day = (provenance.next_review.month, provenance.next_review.day)
    late = month_day > (provenance.dated.month, provenance.dated.day)
    if years > LONGEST_REVIEW_YEARS or (years == LONGEST_REVIEW_YEARS and late):
        yield Finding(
            f"next_review is more than {LONGEST_REVIEW_YEARS} years after dated",
            "health information is read again within that time (PIF TICK)",
            "choose an earlier day",
            place,
        )


def check_promises(loaded: LoadedContent) -> Iterator[Finding]:
    """Find promised results in the clinic's own words."""
    content = loaded.content
    for path, text in printed_strings(content):
        if path[0] == "testimonials":
            continue
        for word in promises_in(text):
            yield Finding(
                f'"{word}" promises a result',
                "no treatment can be promised to work",
                "say what may happen, and how sure that is",
                loaded.place(path),
                Severity.WARNING,
            )
