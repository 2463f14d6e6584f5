"""Rosters: all that is wrong with one, and a sample to fill in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handouts.basics.clock import today
from handouts.basics.errors import ContentError
from handouts.basics.findings import Place, Report
from handouts.basics.settings import Setting, named
from handouts.intake.roster import template
from handouts.intake.roster.failed import write_failed
from handouts.intake.roster.read import read_roster
from handouts.intake.roster.row_reader import RosterRow
from handouts.load.content import load_content
from handouts.print_run.request import DEFAULTS, defaults_layer, reading_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "DEFAULTS",
    "OWN_CHOICE",
    "RosterCheck",
    "RosterRequest",
    "check_roster",
    "write_template",
]

OWN_CHOICE = "(exercises of their own)"
"""Stands for a programme where a row names none."""


@dataclass(frozen=True, slots=True)
class RosterRequest:
    """Which roster is looked through, and for which content."""

    roster: Path
    content: Path
    worksheet: str = ""
    """Of a workbook; empty for the first one with a header."""
    encoding: str = ""
    """Of a text file that is not UTF-8."""
    columns: tuple[tuple[str, str], ...] = ()
    """What columns are, where their headers don't say it: our name, and the header."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """What holds for rows that leave it out, by a prescription's keys."""
    failed: Path | None = None
    """Where rows with errors are written, if there are any."""


@dataclass(frozen=True, slots=True)
class RosterCheck:
    """How much a roster holds, and what was found in it."""

    rows: int
    bad: int
    empty: int
    sheets: Mapping[str, int]
    """How many sheets, copies counted, by programme: of good rows only."""
    columns: Mapping[str, str]
    """What each column that is read was taken for, by our own names."""
    report: Report

    @property
    def good(self) -> int:
        """How many rows can be printed."""
        return self.rows - self.bad


def check_roster(request: RosterRequest) -> RosterCheck:
    """Read every row of a roster.

    Raises:
        ContentError: the content, the file or its header can't be used; the rows with errors
            would be written over the roster.
        MachineError: the rows with errors can't be written.

    """
    path, failed = request.roster, request.failed
    if failed is not None and failed.absolute() == path.absolute():
        raise ContentError.because(
            "the rows with errors would be written over the roster",
            mend=f"give {named(Setting.FAILED)} another name",
            place=Place(str(failed)),
        )
    loaded = load_content(request.content)
    layers = defaults_layer(request.defaults, loaded)
    reading = reading_of(request.worksheet, request.encoding, request.columns)
    roster = read_roster(path, loaded, today(), reading, layers)
    rows, bad, sheets, kept = 0, 0, Counter[str](), []
    findings = [*roster.findings]

    for row in roster:
        rows += 1
        findings.extend(row.findings)
        if isinstance(row, RosterRow):
            sheets[row.layer.prescription.programme or OWN_CHOICE] += row.copies
        else:
            bad += 1
            if failed is not None:
                kept.append(row)
    if failed is not None and kept:
        write_failed(failed, roster.columns, kept, Setting.FAILED)
    findings.extend(roster.seen)
    return RosterCheck(
        rows,
        bad,
        roster.empty_rows,
        dict(sorted(sheets.items())),
        roster.columns.taken(),
        Report(tuple(findings)),
    )


def write_template(path: Path, content: Path) -> None:
    """Write a sample roster with what the content holds.

    Raises:
        HandoutsError: the content can't be read, or the file is there or can't be written.

    """
    template.write_template(path, load_content(content).content)
