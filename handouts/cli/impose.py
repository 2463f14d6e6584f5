"""``handouts impose``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.basics.choices import Flip, SchemeName, Work
from handouts.basics.counting import counted
from handouts.basics.papers import Sheet
from handouts.cli.console import say
from handouts.cli.options import OneOf, out_option, quiet_option
from handouts.cli.paths import PathType

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.lengths import Length
    from handouts.jobs.impose import Imposed


class _LengthType(click.ParamType["Length"]):
    """A length with its unit."""

    name = "length"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Length:
        from handouts.basics.lengths import parse_length  # noqa: PLC0415

        try:
            return parse_length(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command(
    epilog="Example: handouts impose out/testimonials.pdf --scheme 2-up --paper tabloid -o up.pdf"
)
@click.argument("file", type=PathType(), metavar="FILE.pdf")
@click.option(
    "--scheme",
    required=True,
    type=OneOf(SchemeName),
    help="How the pages lie on the sheets.",
)
@click.option(
    "--paper",
    required=True,
    type=OneOf(Sheet),
    help="The sheet that is printed on.",
)
@out_option("OUT.pdf", "The file to write.", required=True)
@click.option(
    "--copies",
    type=int,
    default=1,
    show_default=True,
    help="How many of each; 2-up to 8-up then repeat one page on the whole sheet.",
)
@click.option(
    "--sides",
    type=click.Choice(["1", "2"]),
    help="Sides that are printed.  [default: 2; 1 if the file has a single page]",
)
@click.option(
    "--flip",
    type=OneOf(Flip),
    help="The edge about which the printer turns the sheet.  "
    "[default: long for portrait sheets, short for landscape]",
)
@click.option(
    "--up", type=click.Choice(["2", "3", "4", "8"]), help="Pieces on a sheet, for cut-stack."
)
@click.option(
    "--gutter",
    type=_LengthType(),
    metavar="LENGTH",
    help="Space between pieces, such as 6mm or 0.25in.  [default: twice the bleed]",
)
@click.option(
    "--thickness",
    type=_LengthType(),
    metavar="LENGTH",
    help="Of the paper, for a booklet's creep.  [default: 0.1mm]",
)
@click.option(
    "--marks/--no-marks",
    default=None,
    help="Marks where to cut and fold.  [default: if the sheet has room]",
)
@click.option(
    "--work",
    type=OneOf(Work),
    help="Print both sides from one form: half fronts, half backs. turn: like a book's page; "
    "tumble: over its head.",
)
@quiet_option
def impose(file: Path, **given: Any) -> None:
    """Place the pages of a PDF file on larger sheets, to be cut or folded.

    A booklet is nested sheets, folded once and stapled. 2-up to 8-up are pieces side by side,
    page after page. With cut-stack, the piles that are cut, laid on one another, are in order.

    Pages keep their size. The sheets are for printing: links and tags are left out.
    """
    from handouts.jobs.impose import ImposeRequest  # noqa: PLC0415
    from handouts.jobs.impose import impose as run  # noqa: PLC0415

    quiet, paper = given.pop("quiet"), given.pop("paper")
    up = int(given["up"]) if given["up"] else None
    sides = int(given["sides"]) if given["sides"] else None
    imposed = run(ImposeRequest(source=file, sheet=paper, **{**given, "up": up, "sides": sides}))
    if not quiet:
        say(f"{imposed.path}  {_told(imposed)}")


def _told(imposed: Imposed) -> str:
    """Say what to print and how."""
    parts = [
        counted(imposed.sheets, "sheet"),
        f"{imposed.paper} {'portrait' if imposed.portrait else 'landscape'}",
        _sides(imposed),
    ]
    if imposed.blanks:
        parts.append(f"{counted(imposed.blanks, 'place')} blank")
    parts.append("with marks" if imposed.marks else "no marks")
    return ", ".join(parts)


def _sides(imposed: Imposed) -> str:
    if imposed.work is not None:
        return f"both sides from one form, work and {imposed.work}: {imposed.flip} edge"
    return f"both sides, flip on the {imposed.flip} edge" if imposed.flip else "one side"
