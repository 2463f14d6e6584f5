"""``handouts impose``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.basics.counting import counted
from handouts.cli.console import say
from handouts.cli.options import quiet_option
from handouts.cli.paths import PathType

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.lengths import Length
    from handouts.imposition.plan import Plan
    from handouts.imposition.schemes import Scheme


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
    type=click.Choice(["booklet", "2-up", "3-up", "4-up", "8-up", "cut-stack"]),
    help="How the pages lie on the sheets.",
)
@click.option(
    "--paper",
    required=True,
    type=click.Choice(["letter", "legal", "tabloid", "12x18", "13x19", "a4", "a3", "sra3"]),
    help="The sheet that is printed on.",
)
@click.option(
    "--out", "-o", required=True, type=PathType(), metavar="OUT.pdf",
    help="The file to write.",
)  # fmt: skip
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
    type=click.Choice(["long", "short"]),
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
@quiet_option
def impose(file: Path, out: Path, **given: Any) -> None:
    """Place the pages of a PDF file on larger sheets, to be cut or folded.

    A booklet is nested sheets, folded once and stapled. 2-up to 8-up are pieces side by side,
    page after page. With cut-stack, the piles that are cut, laid on one another, are in order.

    Pages keep their size. The sheets are for printing: links and tags are left out.
    """
    from handouts.basics.papers import Sheet  # noqa: PLC0415
    from handouts.imposition.plan import Flip  # noqa: PLC0415
    from handouts.imposition.schemes import ImpositionOrder  # noqa: PLC0415
    from handouts.jobs.impose import impose as run  # noqa: PLC0415

    order = ImpositionOrder(
        scheme=_scheme(given),
        sheet=Sheet(given["paper"]),
        copies=given["copies"],
        flip=Flip(given["flip"]) if given["flip"] else None,
        marks=given["marks"],
    )
    imposed = run(file, order, out)
    if not given["quiet"]:
        say(f"{imposed.path}  {_told(imposed.plan, given['paper'])}")


def _scheme(given: dict[str, Any]) -> Scheme:
    """Make the scheme; an option that it does not know is refused, not passed over."""
    from handouts.imposition.schemes import (  # noqa: PLC0415
        SchemeName,
        UnfitSettingError,
        scheme_called,
    )

    try:
        return scheme_called(
            SchemeName(given["scheme"]),
            up=int(given["up"]) if given["up"] else None,
            sides={None: None, "1": 1, "2": 2}[given["sides"]],
            gutter=given["gutter"],
            thickness=given["thickness"],
        )
    except UnfitSettingError as error:
        raise click.UsageError(f"{error.told('--')}.") from error


def _told(plan: Plan, paper: str) -> str:
    """Say what to print and how."""
    lies = "portrait" if plan.width_pt <= plan.height_pt else "landscape"
    sides = f"both sides, flip on the {plan.flip} edge" if plan.flip else "one side"
    blanks = sum(placed.page is None for side in plan.sides for placed in side.placements)
    parts = [counted(len(plan.sheets), "sheet"), f"{paper} {lies}", sides]
    if blanks:
        parts.append(f"{counted(blanks, 'place')} blank")
    parts.append("with marks" if plan.sheets[0].sides[0].marks else "no marks")
    return ", ".join(parts)
