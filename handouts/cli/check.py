"""``handouts check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.basics.counting import counted
from handouts.cli.console import say, say_json, show_findings
from handouts.cli.options import content_option, json_option, quiet_option, strict_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Example: handouts check --strict")
@content_option
@strict_option
@quiet_option
@json_option
def check(content: Path, **flags: bool) -> None:
    """Say everything that is wrong or doubtful in the content; write nothing."""
    from handouts.basics.errors import HandoutsError  # noqa: PLC0415
    from handouts.jobs.build import check_all  # noqa: PLC0415

    try:
        report = check_all(content, strict=flags["strict"])
    except HandoutsError as error:
        if flags["as_json"]:
            say_json({"findings": [finding.as_json() for finding in error.report.findings]})
        raise
    if flags["as_json"]:
        say_json({"findings": [finding.as_json() for finding in report.findings]})
        return
    if not flags["quiet"]:
        show_findings(report.findings)
        count = len(report.findings)
        say(f"{content}: no errors, {counted(count, 'warning')}")
