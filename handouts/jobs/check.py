"""All that is wrong or doubtful in the content; nothing is laid out or written."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Profile
from handouts.basics.clock import today
from handouts.basics.errors import ContentError, HandoutsError
from handouts.basics.findings import Report
from handouts.checks.all import check_content
from handouts.compose.compose import compose
from handouts.load.content import LoadedContent, load_content

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handouts.basics.papers import Paper
    from handouts.compose.composed import Composed


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What is to be checked."""

    content: Path
    strict: bool = False
    """Whether a warning counts as an error."""


def check(request: CheckRequest) -> Report:
    """Check content and whether every piece can be composed.

    Raises:
        HandoutsError: there are errors; with every finding.

    """
    loaded, report = checked(request.content, strict=request.strict)
    names = tuple(loaded.content.handouts)
    wanted = product(names, [loaded.content.clinic.paper], [Edition.STANDARD])
    return report + found_composing(compose_all(loaded, wanted, report))


def checked(
    content: Path, *, strict: bool = False, final: bool = False
) -> tuple[LoadedContent, Report]:
    """Load and check content; ``final`` as for ``check_content``.

    Raises:
        ContentError: there are errors; under ``strict``, or warnings.

    """
    loaded = load_content(content)
    report = check_content(loaded, today(), final=final)
    if report.errors or (strict and report.warnings):
        raise ContentError(report)
    return loaded, report


def compose_all(
    loaded: LoadedContent,
    wanted: Iterable[tuple[str, Paper, Edition]],
    report: Report,
    profile: Profile = Profile.OFFICE,
    *,
    proof: bool = False,
) -> list[Composed]:
    """Compose pieces, each on a paper in an edition.

    Raises:
        HandoutsError: with what is wrong with any of them, and what ``report`` holds already.

    """
    composed: list[Composed] = []
    failed: HandoutsError | None = None
    findings: Report = Report()
    for name, paper, edition in wanted:
        try:
            composed.append(compose(loaded, name, paper, edition, profile, proof=proof))
        except HandoutsError as error:
            failed = error
            findings += error.report
    if failed is not None:
        raise type(failed)((report + findings).ordered()) from failed
    return composed


def found_composing(pieces: Iterable[Composed]) -> Report:
    """Give what was found while pieces were composed, each once."""
    findings = (finding for piece in pieces for finding in piece.report.findings)
    return Report(tuple(dict.fromkeys(findings)))
