"""``handouts preflight``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.basics.choices import Limits, Profile
from handouts.basics.counting import counted
from handouts.cli.console import findings_as_data, say, say_json, say_rows
from handouts.cli.options import OneOf, json_option
from handouts.cli.paths import PathType

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.jobs.preflight import CheckedFile


COLORS = {"pass": "green", "warn": "yellow", "fail": "red"}
"""Of a check's line, by how it came out."""


@click.command(epilog="Example: handouts preflight out/brochure.pdf --profile press")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PathType())
@click.option(
    "--profile",
    type=OneOf(Profile),
    required=True,
    help="Who takes the file: the clinic's printer, a print shop, or a screen.",
)
@click.option(
    "--limits",
    type=OneOf(Limits),
    default=Limits.EUROPE.value,
    show_default=True,
    help="How far text keeps from the trim of a press file: 5 mm, or 1/8 in in the US.",
)
@json_option
def preflight(files: tuple[Path, ...], profile: Profile, limits: Limits, *, as_json: bool) -> None:
    """Look at finished PDF files as a printer would, and say what is wrong and where.

    Places are in millimetres right and down from the trim's top left corner. A file that
    passes is preflight-checked; that is no certificate.
    """
    from handouts.jobs.preflight import failure, preflight_files  # noqa: PLC0415

    checked = preflight_files(files, profile, limits)
    if as_json:
        say_json({"profile": str(profile), "files": [_as_json(file) for file in checked]})
    else:
        for file in checked:
            _say(file, profile)
    error = failure(checked)
    if error is not None:
        raise error


def _say(file: CheckedFile, profile: Profile) -> None:
    if not file.read:
        say(f"{file.path}: could not be read")
        return
    if file.passed:
        warnings = f", {counted(file.warnings, 'warning')}" if file.warnings else ""
        say(f"{file.path}: preflight-checked for {profile}{warnings}")
    else:
        say(f"{file.path}: does not pass for {profile}")
    say_rows(
        [
            (
                f"  {check.name}",
                str(check.result),
                check.where,
                " ".join(
                    part
                    for part in (
                        check.what,
                        f"({check.measured})" if check.measured else "",
                        f"x {check.times}" if check.times > 1 else "",
                    )
                    if part
                ),
            )
            for check in file.checks
        ],
        [COLORS.get(check.result) for check in file.checks],
    )


def _as_json(file: CheckedFile) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "passed": file.passed,
        "checks": [check.as_json() for check in file.checks],
        "findings": findings_as_data(file.report.findings),
    }
