"""Rosters: all that is wrong with one, and a sample to fill in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from handouts.basics.clock import today
from handouts.basics.errors import ContentError
from handouts.basics.findings import Place, Report
from handouts.intake.roster import template
from handouts.intake.roster.failed import write_failed
from handouts.intake.roster.read import read_roster
from handouts.intake.roster.reading import AS_FOUND, Reading
from handouts.intake.roster.row_reader import BadRow, RosterRow
from handouts.load.content import load_content
from handouts.print_run.request import defaults_layer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

OWN_CHOICE = "(exercises of their own)"
"""Stands for a programme where a row names none."""


@dataclass
class Counts:
    """How much a roster holds."""

    rows: int = 0
    bad: int = 0
    empty: int = 0
    sheets: Counter[str] = field(default_factory=Counter)
    """How many sheets, copies counted, by programme: of good rows only."""


@dataclass(frozen=True, slots=True)
class RosterCheck:
    """What a look through a roster found."""

    counts: Counts
    report: Report
    columns: Mapping[str, str]
    """What each column that is read was taken for, by our own names."""


def check_roster(
    path: Path,
    content: Path,
    reading: Reading = AS_FOUND,
    defaults: Mapping[str, Any] = MappingProxyType({}),
    failed: Path | None = None,
) -> RosterCheck:
    """Read every row of a roster; ``failed`` is where rows with errors are written, if any.

    ``reading`` is what somebody said of the table. ``defaults`` hold for rows that leave them
    out, by a prescription's keys.

    Raises:
        ContentError: the content, the file or its header can't be used; ``failed`` is the roster.
        MachineError: ``failed`` can't be written.

    """
    if failed is not None and failed.absolute() == path.absolute():
        raise ContentError.because(
            "the rows with errors would be written over the roster",
            mend="give --failed another name",
            place=Place(str(failed)),
        )
    loaded = load_content(content)
    layers = defaults_layer(defaults, loaded)
    roster = read_roster(path, loaded, today(), reading, layers)
    counts = Counts()
    findings = [*roster.findings]

    def bad_rows() -> Iterator[BadRow]:
        for row in roster:
            findings.extend(row.findings)
            counts.rows += 1
            if isinstance(row, RosterRow):
                counts.sheets[row.layer.prescription.programme or OWN_CHOICE] += row.copies
            else:
                counts.bad += 1
                yield row

    if failed is None:
        for _ in bad_rows():
            pass
    else:
        rows = list(bad_rows())
        if rows:
            write_failed(failed, roster.columns, rows)
    counts.empty = roster.empty_rows
    findings.extend(roster.seen)
    return RosterCheck(counts, Report(tuple(findings)), roster.columns.taken())


def write_template(path: Path, content: Path) -> None:
    """Write a sample roster with what the content holds.

    Raises:
        HandoutsError: the content can't be read, or the file is there or can't be written.

    """
    template.write_template(path, load_content(content).content)
