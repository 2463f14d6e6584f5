"""``handouts batch``."""

from __future__ import annotations

import shlex
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.console import on_terminal, progress_bar, say, say_json, show_warnings
from handouts.cli.options import json_option, proof_option, quiet_option
from handouts.cli.paths import PathType
from handouts.cli.roster_options import (
    default_options,
    defaults_given,
    reading_given,
    reading_options,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handouts.print_run.counts import Batch
    from handouts.print_run.event import Event
    from handouts.print_run.request import BatchRequest

STOPPED = "Stopped; the file is not changed. To go on: the same with --resume"


@click.command(epilog="Example: handouts batch people.xlsx -o out/run.pdf")
@click.argument("source", type=PathType(), metavar="ROSTER|PLAN.yaml")
@click.option(
    "--content",
    type=PathType(),
    metavar="FILE",
    help="The clinic's content.  [default: the plan's, or content.yaml]",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=PathType(dir_okay=False),
    metavar="FILE.pdf",
    help="Where the sheets go; lists of them stand beside it.  [default: the plan's, or "
    "out/run.pdf]",
)
@default_options
@reading_options
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option(
    "--sort",
    type=click.Choice(["roster", "name", "programme"]),
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
    type=click.Choice(["2-up", "cut-stack"]),
    help="Write the sheets two on a larger one as well: side by side, or so that the piles that "
    "are cut, laid on one another, are in order.",
)
@click.option(
    "--each",
    type=PathType(file_okay=False),
    metavar="DIR",
    help="Write a file for each person as well, named by the id or else the row.",
)
@click.option(
    "--profile",
    type=click.Choice(["office", "press"]),
    help="The front desk's printer, or a print shop.  [default: the plan's, or office]",
)
@proof_option
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

    as_json, quiet = given.pop("as_json"), given.pop("quiet")
    request = _request(given)
    try:
        event, printed = _printed(request, watched=on_terminal() and not (quiet or as_json))
    except KeyboardInterrupt as error:
        error.add_note(STOPPED)
        raise
    except HandoutsError as error:
        if as_json:
            say_json({"findings": [finding.as_json() for finding in error.report.findings]})
        raise
    if as_json:
        say_json(_as_json(event, printed))
    elif not quiet:
        _say(request, event, printed)
    if printed.failed_rows:
        raise BatchError(Report(printed.report.errors) if quiet else printed.report)
    show_warnings(printed.report, quiet=quiet or as_json)


def _request(given: dict[str, Any]) -> BatchRequest:
    """Turn the options into one frozen request; those that a plan has no use for are refused."""
    from handouts.basics.choices import Profile  # noqa: PLC0415
    from handouts.models.run_plan import Sort  # noqa: PLC0415
    from handouts.print_run.request import BatchRequest  # noqa: PLC0415

    defaults, reading = defaults_given(given), reading_given(given)
    sort = given.pop("sort")
    profile = given.pop("profile")
    request = BatchRequest(
        **given,
        defaults=defaults,
        sort=Sort(sort) if sort else None,
        reading=reading,
        profile=Profile(profile) if profile else None,
    )
    for name, value in (
        ("--sort", sort),
        ("--worksheet", reading.worksheet),
        ("--encoding", reading.encoding),
        ("--column", reading.columns.by_name),
    ):
        if request.is_plan and value:
            raise click.UsageError(f"{name} is written in the plan, with each roster.")
    return request


def _printed(request: BatchRequest, *, watched: bool) -> tuple[Event, Batch]:
    from handouts.print_run.print import print_batch  # noqa: PLC0415
    from handouts.print_run.read_event import read_event  # noqa: PLC0415

    event = read_event(request)
    if not watched:
        return event, print_batch(event, request)
    with _bar(event.sheets) as progress:
        return event, print_batch(event, request, progress)


@contextmanager
def _bar(sheets: int) -> Iterator[Callable[[int], None]]:
    """Show on standard error how many sheets are done, how fast, and how long it takes yet."""
    start, done = time.monotonic(), 0

    def rate(_: object) -> str:
        return f"{done / max(time.monotonic() - start, 0.01):.0f} sheets/s" if done else ""

    steps = max(1, sheets // 100)
    with progress_bar("Sheets", sheets, rate, show_pos=True, update_min_steps=steps) as bar:

        def progress(more: int) -> None:
            nonlocal done
            done += more
            bar.update(more)

        yield progress


def _say(request: BatchRequest, event: Event, printed: Batch) -> None:
    from handouts.print_run.again import command_for_mended  # noqa: PLC0415

    for path, number in printed.files.items():
        say(f"{path}  {_count(number, 'sheet')}")
    for one in printed.imposed:
        say(
            f"{one.path}  {_count(one.sheets, 'sheet')} of {one.paper}, flip on the {one.flip} edge"
        )
    if len(printed.parts) > 1:
        for part in printed.parts.values():
            say(f"  part {part.number}  {_count(part.sheets, 'sheet')}  {part.title}")
    if printed.separators.sheets:
        say(f"  {_count(printed.separators.sheets, 'separator sheet')} to take out")
    paper = ", ".join(f"{_count(n, 'piece')} of {name}" for name, n in printed.papers.items())
    say(f"{_count(printed.sides, 'side')} on {paper} paper")
    for path in (event.files.manifest, event.files.manifest_json, event.files.ticket):
        say(str(path))
    if request.each is not None:
        say(str(request.each))
    for part in printed.parts.values():
        if part.failed:
            path = event.files.failed(part.number)
            say(f"{path}  {_count(len(part.failed), 'row')} to be mended, then:")
            again = command_for_mended(event, event.roster(part.number))
            say(f"  {shlex.join(again)}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _as_json(event: Event, printed: Batch) -> dict[str, Any]:
    files = event.files
    return {
        "files": [str(path) for path in printed.files],
        "imposed_files": [str(one.path) for one in printed.imposed],
        "manifest": str(files.manifest),
        "manifest_json": str(files.manifest_json),
        "ticket": str(files.ticket),
        "failed": [str(files.failed(p.number)) for p in printed.parts.values() if p.failed],
        "failed_rows": printed.failed_rows,
        "sheets": printed.sheets,
        "sides": printed.sides,
        "sheets_of_paper": printed.papers,
        "separators": printed.separators.sheets,
        "layouts": printed.layouts,
        "laid_out_alone": printed.alone,
        "findings": [finding.as_json() for finding in printed.report.findings],
    }
