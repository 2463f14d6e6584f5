"""Standing pieces of a run: laid out once as a build does, and printed many times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition
from handouts.basics.clock import source_date
from handouts.basics.errors import ContentError, HandoutsError, LayoutError
from handouts.basics.findings import Report
from handouts.basics.lengths import MM_PER_INCH
from handouts.basics.papers import SHEETS, Paper, Size
from handouts.compose.compose import compose
from handouts.mail_merge.rows import StandingPages
from handouts.pipeline.on_all_cores import lay_out_all
from handouts.pipeline.piece import lay_out_piece
from handouts.tickets.piece_ticket import fold_steps
from handouts.wording.language import language

if TYPE_CHECKING:
    from handouts.compose.composed import Composed, SheetUse
    from handouts.load.run_plan import LoadedPlan
    from handouts.pipeline.piece import LaidOutPiece


@dataclass(frozen=True, slots=True)
class Standing:
    """A piece's pages as they lie in the run."""

    edition: Edition
    paper: str
    """What it is printed on: a paper's name, or the size of a card."""
    size: Size
    """Upright."""
    pages: StandingPages
    sides: int
    fold_steps: tuple[str, ...]


def lay_out_standing(read: LoadedPlan, use: SheetUse) -> tuple[dict[int, Standing], Report]:
    """Lay out a plan's standing pieces, by the index of their part; like ones once.

    Raises:
        ContentError: a piece can't be composed.
        LayoutError: a piece ran over or lost text.
        MachineError: a library or a font is missing.

    """
    wanted: dict[tuple[str, Paper, Edition], list[int]] = {}
    for index, part in enumerate(read.plan.parts):
        if part.piece is not None:
            paper = part.paper or read.loaded.content.clinic.paper
            edition = part.edition or Edition.STANDARD
            wanted.setdefault((part.piece, paper, edition), []).append(index)
    if not wanted:
        return {}, Report()
    pieces: list[Composed] = []
    findings = Report()
    for key, indexes in wanted.items():
        try:
            pieces.append(compose(read.loaded, *key, profile=use.profile, proof=use.proof))
        except HandoutsError as error:
            at = read.source.place(("parts", indexes[0], "piece"))
            placed = (f if f.place.file else replace(f, place=at) for f in error.report.findings)
            findings += Report(tuple(placed))
    if findings.errors:
        raise ContentError(findings)
    laid_out = lay_out_all(pieces, partial(lay_out_piece, read.loaded, source_date()), iter)
    for result in laid_out:
        findings += result.report
    if findings.errors:
        raise LayoutError(findings)
    standing: dict[int, Standing] = {}
    for piece, result, indexes in zip(pieces, laid_out, wanted.values(), strict=True):
        standing |= dict.fromkeys(indexes, _standing(piece, result))
    return standing, findings


def _standing(piece: Composed, result: LaidOutPiece) -> Standing:
    from handouts.pdf.sheets.turned import turned_upright  # noqa: PLC0415 - heavy

    pdf = turned_upright(result.pdf)
    size = piece.folded.outside.size if piece.folded else piece.leaves[0].size
    short, long = sorted((size.width, size.height))
    return Standing(
        piece.edition,
        _paper(piece.paper, short.mm, long.mm),
        Size(short, long),
        StandingPages(sha256(pdf).hexdigest(), pdf),
        result.pages,
        tuple(fold_steps(language(piece.language), piece.folded)) if piece.folded else (),
    )


def _paper(paper: Paper, short_mm: float, long_mm: float) -> str:
    """Name the sheet; a card has no name but its size."""
    sheet = SHEETS[paper]
    if abs(sheet.width.mm - short_mm) < 1 and abs(sheet.height.mm - long_mm) < 1:
        return str(paper)
    if paper is Paper.A4:
        return f"{short_mm:g}x{long_mm:g} mm"
    inch = float(MM_PER_INCH)
    return f"{short_mm / inch:g}x{long_mm / inch:g} in"
