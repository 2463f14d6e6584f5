"""All checks on content, in one report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Report, Severity
from handouts.basics.settings import Setting, named
from handouts.checks.addresses import check_addresses
from handouts.checks.brand import check_brand
from handouts.checks.danger_signs import check_danger_signs
from handouts.checks.dose_limits import check_doses
from handouts.checks.numbers import check_numbers
from handouts.checks.pictures import check_pictures
from handouts.checks.postures import check_postures
from handouts.checks.provenance import check_promises, check_review_dates, check_sample
from handouts.checks.reading_level import check_reading_level
from handouts.checks.shelf import check_shelf
from handouts.checks.testimonials import check_testimonials

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from handouts.load.content import LoadedContent


def check_content(loaded: LoadedContent, today: date, *, final: bool = False) -> Report:
    """Look at content as a careful reader would; ``today`` decides what has expired.

    ``final`` is a print run that is paid for: what a desk may print to look at, such as
    made-up details, is an error there.
    """
    unsettled = (
        *check_sample(loaded),
        *check_danger_signs(loaded),
        *check_testimonials(loaded, today),
    )
    return Report(
        (
            *loaded.source.slips,
            *settled(unsettled, final=final),
            *check_brand(loaded),
            *check_doses(loaded),
            *check_numbers(loaded),
            *check_addresses(loaded),
            *check_pictures(loaded),
            *check_postures(loaded),
            *check_shelf(loaded),
            *check_review_dates(loaded, today),
            *check_promises(loaded),
            *check_reading_level(loaded),
        )
    ).ordered()


def content_findings(loaded: LoadedContent, today: date, *, final: bool) -> Report:
    """Say what of the content itself speaks against printing a person's sheets from it."""
    return Report(
        (
            *loaded.source.slips,
            *settled(check_sample(loaded), final=final),
            *check_review_dates(loaded, today),
            *check_doses(loaded),
            *check_numbers(loaded),
        )
    )


def settled(findings: Iterable[Finding], *, final: bool) -> tuple[Finding, ...]:
    """Give what a desk may print to look at; in a final print run it is an error."""
    return tuple(_as_error(finding) if final else finding for finding in findings)


def _as_error(finding: Finding) -> Finding:
    if finding.severity is Severity.ERROR:
        return finding
    mend = f"{finding.mend}; to look at it first, add {named(Setting.PROOF)}"
    return replace(finding, severity=Severity.ERROR, mend=mend)
