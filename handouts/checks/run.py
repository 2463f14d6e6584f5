"""All checks on content, in one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.brand import check_brand
from handouts.checks.doses import check_doses
from handouts.checks.provenance import check_promises, check_review_dates, check_sample
from handouts.checks.reading_level import check_reading_level
from handouts.checks.testimonials import check_testimonials
from handouts.findings import Report

if TYPE_CHECKING:
    from datetime import date

    from handouts.load.content import LoadedContent


def check_content(loaded: LoadedContent, today: date) -> Report:
    """Look at content as a careful reader would; ``today`` decides what has expired."""
    return Report(
        (
            *check_sample(loaded),
            *check_brand(loaded),
            *check_doses(loaded),
            *check_review_dates(loaded, today),
            *check_promises(loaded),
            *check_testimonials(loaded, today),
            *check_reading_level(loaded),
        )
    ).ordered()
