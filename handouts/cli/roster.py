"""``handouts roster``: look through a roster, or write a sample."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.basics.counting import counted
from handouts.cli.console import findings_as_data, say, say_json, show_findings
from handouts.cli.options import content_option, json_option, quiet_option, strict_option
from handouts.cli.paths import PathType
from handouts.cli.roster_options import (
    default_options,
    defaults_given,
    reading_given,
    reading_options,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.jobs.roster import RosterCheck


@click.group(epilog="Example: handouts roster check people.xlsx")
def roster() -> None:
    """Look through a list of people, or write a sample of one."""


@roster.command(epilog="Example: handouts roster check people.xlsx")
@click.argument("file", type=PathType(), metavar="FILE")
@content_option
@default_options
@reading_options
@click.option(
    "--failed",
    type=PathType(dir_okay=False),
    metavar="FILE.csv",
    help="Write the rows with errors there, to be mended.",
)
@strict_option
@quiet_option
@json_option
def check(file: Path, content: Path, failed: Path | None, **given: Any) -> None:
    """Say everything that is wrong or doubtful in a roster, with row and column.

    FILE is CSV, TSV, XLSX or ODS with a row for each person. What each column was taken for is
    said. No name is repeated, but for words in letters that can't be read.
    """
    from handouts.basics.errors import ContentError, HandoutsError  # noqa: PLC0415
    from handouts.jobs.roster import RosterRequest, check_roster  # noqa: PLC0415

    defaults, reading = defaults_given(given), reading_given(given)
    try:
        checked = check_roster(
            RosterRequest(file, content, failed=failed, defaults=defaults, **reading)
        )
    except HandoutsError as error:
        if given["as_json"]:
            say_json({"findings": findings_as_data(error.report.findings)})
        raise
    report = checked.report
    if given["as_json"]:
        say_json(
            {
                "columns": dict(checked.columns),
                "rows": checked.rows,
                "good": checked.good,
                "bad": checked.bad,
                "empty": checked.empty,
                "sheets": dict(checked.sheets),
                "findings": findings_as_data(report.findings),
            }
        )
    elif not given["quiet"]:
        _say_counts(file, checked)
        _say_columns(checked.columns)
        if failed is not None and checked.bad:
            say(str(failed))
    if report.errors or (given["strict"] and report.warnings):
        raise ContentError(report)
    if not (given["quiet"] or given["as_json"]):
        show_findings(report.warnings)


def _say_columns(columns: Mapping[str, str]) -> None:
    """Say what each column that is read was taken for."""
    width = max(map(len, columns), default=0)
    for name, header in columns.items():
        say(f'  {name:<{width}}  column "{" ".join(header.split())}"')


def _say_counts(file: Path, found: RosterCheck) -> None:
    empty = f", {found.empty} empty passed over" if found.empty else ""
    rows = counted(found.rows, "row")
    say(f"{file}: {rows}, {found.good} good, {found.bad} bad{empty}")
    width = max(map(len, found.sheets), default=0)
    for name, sheets in found.sheets.items():
        say(f"  {name:<{width}}  {counted(sheets, 'sheet')}")


@roster.command(epilog="Example: handouts roster template people.xlsx")
@click.argument(
    "file",
    type=PathType(dir_okay=False),
    default=Path("roster.csv"),
    metavar="[FILE]",
)
@content_option
def template(file: Path, content: Path) -> None:
    """Write a sample roster with made-up people, to be filled in.

    FILE ends in .csv or .xlsx; without it, roster.csv is written.
    """
    from handouts.jobs.roster import write_template  # noqa: PLC0415

    write_template(file, content)
    say(str(file))
    say("")
    say(f"Now write your people in place of the samples, then: handouts roster check {file}")
