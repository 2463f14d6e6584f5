"""The errors a user can meet. Each class owns its exit code; none shows a traceback."""

from __future__ import annotations

from typing import ClassVar

from handouts.basics.findings import Finding, Place, Report


class HandoutsError(Exception):
    """Something that stops the work, said as findings."""

    exit_code: ClassVar[int] = 1

    def __init__(self, report: Report) -> None:
        super().__init__("\n".join(str(finding) for finding in report.findings))
        self.report = report

    def __reduce__(self) -> tuple[type[HandoutsError], tuple[Report]]:
        """Travel whole from a worker process."""
        return type(self), (self.report,)

    @classmethod
    def because(
        cls, what: str, *, why: str = "", mend: str = "", place: Place | None = None
    ) -> HandoutsError:
        """Make the error from a single finding."""
        return cls(Report((Finding(what, why, mend, place or Place()),)))


class RequestError(HandoutsError):
    """What is asked for can't be meant: parts of it speak against one another."""

    exit_code = 2


class ContentError(HandoutsError):
    """What the clinic wrote can't be printed as it stands."""

    exit_code = 3


class LayoutError(HandoutsError):
    """What was laid out lost text, ran over, or can't be trusted."""

    exit_code = 4


class MachineError(HandoutsError):
    """The machine lacks something: a library, a font, a place to write."""

    exit_code = 5


class BatchError(HandoutsError):
    """Some rows of a run could not be printed; the others are."""

    exit_code = 6
