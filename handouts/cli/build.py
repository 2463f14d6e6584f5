"""``handouts build``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.basics.counting import counted
from handouts.cli.console import on_terminal, progress_bar, say, say_json, show_warnings
from handouts.cli.options import (
    build_request,
    content_option,
    copies_option,
    editions_option,
    json_option,
    out_option,
    papers_option,
    profile_option,
    proof_option,
    quiet_option,
    refuse_idle_copies,
    refuse_idle_proof,
    strict_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.compose.composed import Composed
    from handouts.jobs.build import BuildResult, BuiltFile


@click.command(epilog="Example: handouts build brochure --paper letter --paper a4")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@content_option
@papers_option
@editions_option
@profile_option
@proof_option
@copies_option
@out_option
@strict_option
@quiet_option
@json_option
def build(  # noqa: PLR0913, PLR0917 - one for each option
    names: tuple[str, ...],
    content: Path,
    papers: tuple[str, ...],
    editions: tuple[str, ...],
    profile: str,
    out: Path,
    copies: int | None,
    **flags: bool,
) -> None:
    """Write the handouts as PDF files, ready for the printer.

    Without a NAME all pieces of the content are written. A file appears only when every
    word of its piece was found in it; where anything is wrong, nothing is written.
    """
    refuse_idle_proof(profile, proof=flags["proof"])
    refuse_idle_copies(profile, copies)

    from handouts.basics.errors import HandoutsError  # noqa: PLC0415
    from handouts.jobs.build import build as run  # noqa: PLC0415

    request = build_request(
        content=content,
        out=out,
        names=names,
        papers=papers,
        editions=editions,
        strict=flags["strict"],
        profile=profile,
        proof=flags["proof"],
        copies=copies,
    )
    show_progress = on_terminal() and not flags["quiet"]
    try:
        result = run(request, _bar if show_progress else iter)
    except HandoutsError as error:
        if flags["as_json"]:
            say_json(_as_json((), error.report.findings))
        raise
    show_warnings(result.report, quiet=flags["quiet"])
    if flags["as_json"]:
        say_json(_as_json(result.files, result.report.findings))
    elif not flags["quiet"]:
        _say_files(result)


def _bar(pieces: list[Composed]) -> Iterator[Composed]:
    with progress_bar("Laying out", pieces, lambda piece: piece.label if piece else "") as bar:
        yield from bar


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
        "findings": [finding.as_json() for finding in findings],
    }
