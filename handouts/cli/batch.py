"""``handouts batch``."""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.console import on_terminal, say, say_json, show_warnings, tell
from handouts.cli.options import content_option, json_option, quiet_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handouts.jobs.batch import Batch, BatchRequest

INTERRUPTED = 130
"""What a shell gives for a command that Ctrl-C ended: 128 and the signal's number."""


@click.command(epilog="Example: handouts batch people.xlsx -o out/run.pdf")
@click.argument("roster", type=click.Path(path_type=Path), metavar="ROSTER")
@content_option
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("out/run.pdf"),
    show_default=True,
    metavar="FILE.pdf",
    help="Where the sheets go; lists of them stand beside it.",
)
@click.option("--worksheet", default="", metavar="NAME", help="The worksheet of a workbook.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option(
    "--sort",
    type=click.Choice(["roster", "name", "programme"]),
    default="roster",
    show_default=True,
    help="The order of the sheets.",
)
@click.option(
    "--chunk",
    "sheets_a_file",
    type=click.IntRange(min=1),
    metavar="N",
    help="Put so many sheets into a file, for a printer with little memory.",
)
@click.option(
    "--each",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a file for each person as well, named by the id or else the row.",
)
@click.option("--with-names", is_flag=True, help="Write the names into the lists of sheets, too.")
@click.option("--strict", is_flag=True, help="Print nothing where anything is wrong or doubtful.")
@quiet_option
@json_option
def batch(**given: Any) -> None:
    """Print everybody's sheet from a roster into one file.

    ROSTER is CSV, TSV or XLSX with a row for each person. Rows that can't be printed are
    written beside the file, to be mended; the others are printed.
    """
    from handouts.errors import BatchError, HandoutsError  # noqa: PLC0415
    from handouts.findings import Report  # noqa: PLC0415
    from handouts.jobs.batch import BatchRequest, Sort  # noqa: PLC0415

    as_json, quiet = given.pop("as_json"), given.pop("quiet")
    request = BatchRequest(**given | {"sort": Sort(given["sort"])})
    try:
        printed = _printed(request, watched=on_terminal() and not (quiet or as_json))
    except KeyboardInterrupt:
        tell(f"\nStopped; {request.target} is not changed. To go on: the same with --resume")
        raise click.exceptions.Exit(INTERRUPTED) from None
    except HandoutsError as error:
        if as_json:
            say_json({"findings": [finding.as_json() for finding in error.report.findings]})
        raise
    if as_json:
        say_json(_as_json(request, printed))
    elif not quiet:
        _say(request, printed)
    if printed.failed:
        raise BatchError(Report(printed.report.errors) if quiet else printed.report)
    show_warnings(printed.report, quiet=quiet or as_json)


def _printed(request: BatchRequest, *, watched: bool) -> Batch:
    from handouts.jobs.batch import print_batch, read_batch  # noqa: PLC0415

    read = read_batch(request)
    if not watched:
        return print_batch(read)
    with _bar(read.sheets) as progress:
        return print_batch(read, progress)


@contextmanager
def _bar(sheets: int) -> Iterator[Callable[[int], None]]:
    """Show on standard error how many sheets are done, how fast, and how long it takes yet."""
    start, done = time.monotonic(), 0

    def rate(_: object) -> str:
        return f"{done / max(time.monotonic() - start, 0.01):.0f} sheets/s" if done else ""

    with click.progressbar(
        length=sheets,
        label="Sheets",
        show_pos=True,
        item_show_func=rate,
        update_min_steps=max(1, sheets // 100),
        file=sys.stderr,
    ) as shown:

        def progress(more: int) -> None:
            nonlocal done
            done += more
            shown.update(more)

        yield progress


def _say(request: BatchRequest, printed: Batch) -> None:
    sheets = Counter(sheet.file for sheet in printed.sheets)
    for path in printed.files:
        say(f"{path}  {_count(sheets[path.name], 'sheet')}")
    paper = ", ".join(f"{_count(n, 'piece')} of {name}" for name, n in printed.papers.items())
    say(f"{_count(printed.sides, 'side')} on {paper} paper")
    say(str(request.manifest))
    say(str(request.manifest_json))
    if request.each is not None:
        say(f"{request.each}  {_count(sum(s.copy == 1 for s in printed.sheets), 'file')}")
    if printed.failed:
        say(f"{request.failed}  {_count(len(printed.failed), 'row')} to be mended")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _as_json(request: BatchRequest, printed: Batch) -> dict[str, Any]:
    return {
        "files": [str(path) for path in printed.files],
        "manifest": str(request.manifest),
        "manifest_json": str(request.manifest_json),
        "failed": str(request.failed) if printed.failed else None,
        "failed_rows": [row.number for row in printed.failed],
        "sheets": len(printed.sheets),
        "sides": printed.sides,
        "sheets_of_paper": printed.papers,
        "layouts": printed.layouts,
        "laid_out_alone": printed.alone,
        "findings": [finding.as_json() for finding in printed.report.findings],
    }
