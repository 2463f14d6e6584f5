"""``handouts batch``."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from handouts.basics.choices import Apart, Profile, SchemeName, Sort
from handouts.basics.counting import counted
from handouts.cli.console import (
    findings_as_data,
    on_terminal,
    progress_shown,
    say,
    say_json,
    show_findings,
    show_warnings,
)
from handouts.cli.mended_command import command_for_mended
from handouts.cli.options import (
    ListOf,
    Numbers,
    OneOf,
    json_option,
    out_option,
    proof_option,
    quiet_option,
)
from handouts.cli.paths import PathType
from handouts.cli.roster_options import (
    default_options,
    defaults_given,
    reading_given,
    reading_options,
)

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.jobs.print_run import BatchRequest, PrintRun

STOPPED = "Stopped; the file is not changed. To go on: the same with --resume"


@click.command(epilog="Example: handouts batch people.xlsx -o out/run.pdf")
@click.argument("source", type=PathType(), metavar="ROSTER|PLAN.yaml")
@click.option(
    "--content",
    type=PathType(),
    metavar="FILE",
    help="The clinic's content.  [default: the plan's, or content.yaml]",
)
@out_option(
    "FILE.pdf",
    "Where the sheets go; lists of them stand beside it.  [default: the plan's, or out/run.pdf]",
)
@default_options
@reading_options
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option(
    "--sort",
    type=OneOf(Sort),
    help="The order of the sheets; not for a plan.  [default: roster]",
)
@click.option(
    "--chunk",
    "sheets_a_file",
    type=click.IntRange(min=1),
    metavar="N",
    help="Put so many sheets into a file, for a printer with little memory.",
)
@click.option(
    "--impose",
    type=OneOf((SchemeName.TWO_UP, SchemeName.CUT_STACK)),
    help="Write the sheets two on a larger one as well: side by side, or so that the piles that "
    "are cut, laid on one another, are in order.",
)
@click.option(
    "--split",
    type=ListOf(Apart),
    default=(),
    metavar="paper,sides,edition",
    help="Write a file, with a ticket, for each pile that a printer needs apart as well: by one "
    "of these, or several.",
)
@click.option(
    "--each",
    type=PathType(file_okay=False),
    metavar="DIR",
    help="Write a file for each person as well, named by the id or else the row.",
)
@click.option(
    "--profile",
    type=OneOf(Profile),
    help="The front desk's printer, a print shop, or with --each alone a screen: a tagged file for "
    "each person, to be e-mailed.  [default: the plan's, or office]",
)
@proof_option
@click.option(
    "--proof-sheet",
    is_flag=True,
    help="Print nothing but a page to look at first: the first, the longest and the oddest "
    "names, and the counts.",
)
@click.option(
    "--only",
    type=Numbers(),
    default=(),
    metavar="17,40-44",
    help="Print these sheets of a finished run again, as they were, by their numbers in its "
    "manifest. They get a file of their own, like run-only.pdf.",
)
@click.option(
    "--only-id",
    "only_ids",
    metavar="ID,ID",
    callback=lambda _ctx, _option, ids: tuple(
        i.strip() for i in (ids or "").split(",") if i.strip()
    ),
    help="The same, by record ids.",
)
@click.option("--with-names", is_flag=True, help="Write the names into the lists of sheets, too.")
@click.option("--strict", is_flag=True, help="Print nothing where anything is wrong or doubtful.")
@quiet_option
@json_option
def batch(**given: Any) -> None:
    """Print everybody's sheet from a roster into one file, or all that a plan names.

    A ROSTER is CSV, TSV, XLSX or ODS with a row for each person. A plan is a file whose name
    ends in .yaml or .yml: it names rosters and standing pieces in the order of printing, with
    separator sheets where they are asked for; see docs/event.md.

    Rows that can't be printed are written beside the file, to be mended; the others are
    printed.
    """
    from handouts.basics.errors import BatchError, HandoutsError  # noqa: PLC0415
    from handouts.basics.findings import Report  # noqa: PLC0415
    from handouts.jobs.print_run import print_run  # noqa: PLC0415

    as_json, quiet = given.pop("as_json"), given.pop("quiet")
    request = _request(given)
    if request.proof_sheet:
        _proof_sheet(request, as_json=as_json, quiet=quiet)
        return
    try:
        with progress_shown(
            "Sheets",
            watched=on_terminal() and not (quiet or as_json),
            show_pos=True,
            show_eta=False,  # it takes layouts and sheets for the same
        ) as progress:
            printed = print_run(request, progress)
    except KeyboardInterrupt as error:
        error.add_note(STOPPED)
        raise
    except HandoutsError as error:
        if as_json:
            say_json({"findings": findings_as_data(error.report.findings)})
        raise
    if as_json:
        say_json(_as_json(printed))
    elif not quiet:
        _say(printed)
    if printed.failed_rows:
        raise BatchError(Report(printed.report.errors) if quiet else printed.report)
    show_warnings(printed.report, quiet=quiet or as_json)


def _proof_sheet(request: BatchRequest, *, as_json: bool, quiet: bool) -> None:
    """Write the page alone, and say where it is."""
    from handouts.basics.errors import HandoutsError  # noqa: PLC0415
    from handouts.jobs.proof_sheet import proof_sheet  # noqa: PLC0415

    try:
        made = proof_sheet(request)
    except HandoutsError as error:
        if as_json:
            say_json({"findings": findings_as_data(error.report.findings)})
        raise
    if as_json:
        found = findings_as_data(made.report.findings)
        say_json({"proof_sheet": str(made.path), "sheets": made.sheets, "findings": found})
        return
    if not quiet:
        say(f"{made.path}  {counted(made.sheets, 'sheet')} to print; nothing else is written")
    show_findings(made.report.errors)
    show_warnings(made.report, quiet=quiet)


def _request(given: dict[str, Any]) -> BatchRequest:
    """Turn the options into one frozen request; those that a plan has no use for are refused."""
    from handouts.jobs.print_run import BatchRequest, reading_of  # noqa: PLC0415

    defaults, reading = defaults_given(given), reading_given(given)
    request = BatchRequest(
        target=given.pop("out"), defaults=defaults, reading=reading_of(**reading), **given
    )
    for name, value in (
        ("--sort", request.sort),
        ("--worksheet", reading["worksheet"]),
        ("--encoding", reading["encoding"]),
        ("--column", reading["columns"]),
    ):
        if request.is_plan and value:
            raise click.UsageError(f"{name} is written in the plan, with each roster.")
    for name, unfit in (
        ("--impose", request.impose),
        ("--chunk", request.sheets_a_file),
        ("--only", request.only or request.only_ids),
    ):
        if request.profile is Profile.SCREEN and unfit:
            raise click.UsageError(f"{name} is for paper; take it out, or --profile screen.")
    return request


def _say(printed: PrintRun) -> None:
    if printed.ticket is None:
        say(f"{printed.each}  {counted(len(printed.files), 'file')}, one for each person")
        for path in (printed.manifest, printed.manifest_json):
            say(str(path))
    else:
        _say_paper(printed, printed.ticket)
    for mend in printed.to_mend:
        say(f"{mend.roster}  {counted(len(mend.rows), 'row')} to be mended, then:")
        say(f"  {shlex.join(command_for_mended(mend))}")


def _say_paper(printed: PrintRun, ticket: Path) -> None:
    for path, number in printed.files.items():
        say(f"{path}  {counted(number, 'sheet')}")
    for path, number in printed.piles.items():
        say(f"{path}  {counted(number, 'sheet')}, a pile of its own")
    for one in printed.imposed:
        sheets = counted(one.sheets, "sheet")
        say(f"{one.path}  {sheets} of {one.paper}, flip on the {one.flip} edge")
    if len(printed.parts) > 1:
        for part in printed.parts:
            say(f"  part {part.number}  {counted(part.sheets, 'sheet')}  {part.title}")
    if printed.separators:
        say(f"  {counted(printed.separators, 'separator sheet')} to take out")
    paper = ", ".join(f"{counted(n, 'piece')} of {name}" for name, n in printed.papers.items())
    say(f"{counted(printed.sides, 'side')} on {paper} paper")
    for path in (printed.manifest, printed.manifest_json, ticket):
        say(str(path))
    if printed.each is not None:
        say(str(printed.each))


def _as_json(printed: PrintRun) -> dict[str, Any]:
    return {
        "files": [str(path) for path in printed.files],
        "piles": [str(path) for path in printed.piles],
        "imposed_files": [str(one.path) for one in printed.imposed],
        "manifest": str(printed.manifest),
        "manifest_json": str(printed.manifest_json),
        "ticket": None if printed.ticket is None else str(printed.ticket),
        "failed": [str(mend.roster) for mend in printed.to_mend],
        "failed_rows": printed.failed_rows,
        "sheets": printed.sheets,
        "sides": printed.sides,
        "sheets_of_paper": dict(printed.papers),
        "separators": printed.separators,
        "layouts": printed.layouts,
        "laid_out_alone": printed.laid_out_alone,
        "findings": findings_as_data(printed.report.findings),
    }
