"""``handouts build``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.basics.counting import counted
from handouts.cli.console import (
    findings_as_data,
    on_terminal,
    progress_shown,
    say,
    say_json,
    show_warnings,
)
from handouts.cli.options import (
    content_option,
    copies_option,
    editions_option,
    json_option,
    out_folder_option,
    papers_option,
    profile_option,
    proof_option,
    quiet_option,
    strict_option,
)

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.choices import Edition, Profile
    from handouts.basics.papers import Paper
    from handouts.jobs.build import BuildResult, BuiltFile


@click.command(epilog="Example: handouts build brochure --paper letter --paper a4")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@content_option
@papers_option
@editions_option
@profile_option
@proof_option
@copies_option
@out_folder_option
@click.option(
    "--again", is_flag=True, help="Make all files again that were built into --out before."
)
@strict_option
@quiet_option
@json_option
def build(  # noqa: PLR0913, PLR0917 - one for each option
    names: tuple[str, ...],
    content: Path,
    papers: tuple[Paper, ...],
    editions: tuple[Edition, ...],
    profile: Profile,
    out: Path,
    copies: int | None,
    **flags: bool,
) -> None:
    """Write the handouts as PDF files, ready for the printer.

    Without a NAME all pieces of the content are written. A file appears only when every
    word of its piece was found in it; where anything is wrong, nothing is written.
    """
    from handouts.basics.errors import HandoutsError  # noqa: PLC0415
    from handouts.jobs.build import BuildRequest  # noqa: PLC0415
    from handouts.jobs.build import build as run  # noqa: PLC0415

    request = BuildRequest(
        content=content,
        out=out,
        names=names,
        papers=papers,
        editions=editions,
        strict=flags["strict"],
        profile=profile,
        proof=flags["proof"],
        copies=copies,
        again=flags["again"],
    )
    show_progress = on_terminal() and not flags["quiet"]
    try:
        with progress_shown("Laying out", watched=show_progress) as progress:
            result = run(request, progress)
    except HandoutsError as error:
        if flags["as_json"]:
            say_json(_as_json((), error.report.findings))
        raise
    show_warnings(result.report, quiet=flags["quiet"])
    if flags["as_json"]:
        say_json(_as_json(result.files, result.report.findings))
    elif not flags["quiet"]:
        _say_files(result)


def _say_files(result: BuildResult) -> None:
    width = max(len(str(file.path)) for file in result.files)
    for file in result.files:
        say(
            f"{file.path!s:<{width}}  {counted(file.pages, 'page')}, "
            + (f"{counted(file.sheets, 'sheet')}, " if file.sheets is not None else "")
            + f"{file.paper}"
            + ("" if file.edition == "standard" else f", {file.edition}")
            + ("" if file.profile == "office" else f", {file.profile}")
            + ("  (unchanged)" if file.unchanged else "")
        )
        for path in file.beside:
            say(str(path))


def _as_json(files: tuple[BuiltFile, ...], findings: Any) -> dict[str, Any]:
    return {
        "files": [
            {
                "path": str(file.path),
                "piece": file.piece,
                "paper": str(file.paper),
                "edition": str(file.edition),
                "profile": str(file.profile),
                "pages": file.pages,
                "sheets": file.sheets,
                "unchanged": file.unchanged,
                "beside": [str(path) for path in file.beside],
            }
            for file in files
        ],
        "findings": findings_as_data(findings),
    }
