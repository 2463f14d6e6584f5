"""A finished PDF file onto larger sheets, for printing, cutting and folding."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from handouts.basics.errors import ContentError, RequestError
from handouts.basics.findings import Place, Report
from handouts.basics.foreign_pdfs import check_size, gave_up, reading_limit, working_limit
from handouts.basics.limits import OverLimitError, within
from handouts.basics.plain_files import place_of
from handouts.basics.settings import Setting, named
from handouts.basics.workers import apart
from handouts.deliver.folder import write_all
from handouts.imposition.schemes import ImpositionOrder, UnfitSettingError, scheme_called
from handouts.pipeline.sheet_words import sheet_words

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.choices import Flip, SchemeName, Work
    from handouts.basics.lengths import Length
    from handouts.basics.papers import Sheet
    from handouts.imposition.plan import Plan


@dataclass(frozen=True, slots=True)
class ImposeRequest:
    """What is to lie on larger sheets, and how; what is None follows from the rest."""

    source: Path
    out: Path
    scheme: SchemeName
    sheet: Sheet
    copies: int = 1
    """How many of each."""
    sides: Literal[1, 2] | None = None
    flip: Flip | None = None
    up: int | None = None
    """How many lie on a sheet, for cut-stack."""
    gutter: Length | None = None
    thickness: Length | None = None
    """Of the paper, for a booklet's creep."""
    marks: bool | None = None
    work: Work | None = None
    """How the sheet is turned, where both its sides are printed from one form."""


@dataclass(frozen=True, slots=True)
class Imposed:
    """The file that was written, and how it is printed."""

    path: Path
    sheets: int
    paper: Sheet
    portrait: bool
    flip: Flip | None
    """The edge about which the printer turns a sheet; None where one side is printed."""
    blanks: int
    """Places on which nothing lies."""
    marks: bool
    work: Work | None
    """How a sheet is turned that is printed on both sides from the form in the file."""


def impose(request: ImposeRequest) -> Imposed:
    """Impose a PDF file and write the sheets as another one.

    Raises:
        RequestError: a setting has no meaning with the scheme, or one is missing.
        ContentError: the file or the order can't be imposed; every reason, with its numbers.
            Nothing is written.
        MachineError: the sheets can't be written.

    """
    order = _order(request)
    source, out = request.source, request.out
    if place_of(out) == place_of(source):
        raise ContentError.because(
            "the sheets would be written over the file they are made from",
            mend=f"give another file with {named(Setting.OUTPUT)}",
            place=Place(file=str(out)),
        )
    place = Place(file=str(source))
    try:
        data, plan = apart(_imposed, source, order)
    except ContentError as error:
        raise ContentError(
            Report(tuple(replace(finding, place=place) for finding in error.report.findings))
        ) from error
    except OverLimitError as error:
        raise ContentError(Report((gave_up(place, error),))) from error
    write_all(out.parent, {out.name: data}, Setting.OUTPUT)
    return Imposed(
        out,
        len(plan.sheets),
        request.sheet,
        portrait=plan.width_pt <= plan.height_pt,
        flip=plan.flip,
        blanks=sum(placed.page is None for side in plan.sides for placed in side.placements),
        marks=bool(plan.sheets[0].sides[0].marks),
        work=plan.work,
    )


def _order(request: ImposeRequest) -> ImpositionOrder:
    """Make the order; a setting that its scheme does not know is refused, not passed over."""
    try:
        scheme = scheme_called(
            request.scheme,
            up=request.up,
            sides=request.sides,
            gutter=request.gutter,
            thickness=request.thickness,
            work=request.work,
        )
    except UnfitSettingError as error:
        raise RequestError.because(str(error)) from error
    return ImpositionOrder(scheme, request.sheet, request.copies, request.flip, request.marks)


def _imposed(path: Path, order: ImpositionOrder) -> tuple[bytes, Plan]:
    """Impose a file; in a process of its own, as anybody may have made it."""
    from handouts.pdf.sheets.imposed import imposed  # noqa: PLC0415 - heavy
    from handouts.pdf.sheets.opening import open_source  # noqa: PLC0415
    from handouts.pdf.sheets.source import check_source, labelled  # noqa: PLC0415
    from handouts.preflight.creases import folds_of  # noqa: PLC0415

    try:
        size_bytes = path.stat().st_size
    except OSError:
        size_bytes = 0  # which opening it tells in words
    check_size(size_bytes)
    with ExitStack() as opened:
        with within(reading_limit(size_bytes)):
            pdf = opened.enter_context(open_source(path))
            check_source(pdf)
        with within(working_limit(size_bytes, len(pdf.pages))):
            folds = folds_of(path.read_bytes()) if labelled(pdf) else ()
            return imposed(pdf, order, sheet_words, folds)
