"""``handouts check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.basics.counting import counted
from handouts.cli.console import (
    findings_as_data,
    on_terminal,
    progress_shown,
    say,
    say_json,
    show_findings,
)
from handouts.cli.options import content_option, json_option, quiet_option, strict_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Example: handouts check --strict")
@content_option
@click.option("--quick", is_flag=True, help="Lay nothing out: look at the content alone.")
@strict_option
@quiet_option
@json_option
def check(content: Path, **flags: bool) -> None:
    """Say everything that is wrong or doubtful in the content; write nothing.

    Every piece is laid out as for a build, on the clinic's own paper. What was found is kept,
    so that the next time only what has changed is laid out.
    """
    from handouts.basics.errors import HandoutsError  # noqa: PLC0415
    from handouts.jobs.check import CheckRequest  # noqa: PLC0415
    from handouts.jobs.check import check as run  # noqa: PLC0415

    show_progress = on_terminal() and not flags["quiet"]
    try:
        with progress_shown("Laying out", watched=show_progress) as progress:
            report = run(CheckRequest(content, flags["strict"], flags["quick"]), progress)
    except HandoutsError as error:
        if flags["as_json"]:
            say_json({"findings": findings_as_data(error.report.findings)})
        raise
    if flags["as_json"]:
        say_json({"findings": findings_as_data(report.findings)})
        return
    if not flags["quiet"]:
        show_findings(report.findings)
        count = len(report.findings)
        say(f"{content}: no errors, {counted(count, 'warning')}")
