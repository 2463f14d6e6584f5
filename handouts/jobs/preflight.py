"""Preflight of files on disk: each is looked at, whatever is wrong with the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.basics.choices import Limits
from handouts.basics.errors import ContentError, HandoutsError, LayoutError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.foreign_pdfs import LARGEST_PDF_BYTES, gave_up, reading_limit, working_limit
from handouts.basics.limits import OverLimitError, within
from handouts.basics.plain_files import read_plain
from handouts.basics.workers import apart
from handouts.pipeline.own_look import findings_of
from handouts.preflight.look import preflight
from handouts.preflight.result import Result
from handouts.preflight.weight import weigh

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handouts.basics.choices import Profile
    from handouts.preflight.result import Check


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file and what its checks said; ``report`` says why it could not be read, or what failed."""

    path: Path
    checks: tuple[Check, ...]
    report: Report
    read: bool = True

    @property
    def passed(self) -> bool:
        """Say whether nothing failed; warnings may stand."""
        return not self.report.errors

    @property
    def warnings(self) -> int:
        """How many checks let it pass with a warning."""
        return sum(check.result is Result.WARN for check in self.checks)


def preflight_files(
    paths: Iterable[Path], profile: Profile, limits: Limits = Limits.EUROPE
) -> tuple[CheckedFile, ...]:
    """Look at each file; a file that can't be read gets its reason, and the others go on."""
    return tuple(_look(path, profile, limits) for path in dict.fromkeys(paths))


def _look(path: Path, profile: Profile, limits: Limits) -> CheckedFile:
    place = Place(file=str(path))
    try:
        checks = apart(_checks, path, profile, limits)
    except OSError as error:
        reason = error.strerror or str(error)
        finding = Finding("the file can't be read", reason, "name a PDF file", place)
        return CheckedFile(path, (), Report((finding,)), read=False)
    except ContentError as error:
        placed = tuple(replace(finding, place=place) for finding in error.report.findings)
        return CheckedFile(path, (), Report(placed), read=False)
    except OverLimitError as error:
        return CheckedFile(path, (), Report((gave_up(place, error),)), read=False)
    return CheckedFile(path, checks, findings_of(checks, place))


def _checks(path: Path, profile: Profile, limits: Limits) -> tuple[Check, ...]:
    """Look at a file; in a process of its own, as anybody may have made it."""
    pdf = read_plain(path, LARGEST_PDF_BYTES)
    with within(reading_limit(len(pdf))):
        pages = weigh(pdf)
    with within(working_limit(len(pdf), pages)):
        return preflight(pdf, profile, limits=limits)


def failure(files: Iterable[CheckedFile]) -> HandoutsError | None:
    """Give the error that ends the run: a file that is no PDF weighs more than one that failed."""
    known = tuple(files)
    report = Report(tuple(finding for file in known for finding in file.report.findings))
    if not all(file.read for file in known):
        return ContentError(report)
    return LayoutError(report) if report.errors else None
