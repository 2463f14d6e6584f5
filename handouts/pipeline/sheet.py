"""One patient's sheet laid out: of the arrangements worth trying, the largest that fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.compose.compose import compose_sheet
from handouts.compose.composed import OWN_SHEET, SheetUse
from handouts.pipeline.piece import LaidOutPiece, lay_out_piece
from handouts.prescribe.page_layouts import arrangements

if TYPE_CHECKING:
    from datetime import datetime

    from handouts.basics.findings import Report
    from handouts.load.content import LoadedContent
    from handouts.models.prescription import Arrangement, PatientSheet
    from handouts.pipeline.piece import LayOut


@dataclass(frozen=True, slots=True)
class LaidOutSheet:
    """A sheet's finished file, with how it is arranged; none where errors were found."""

    piece: LaidOutPiece
    arrangement: Arrangement
    version: str
    """What its foot says of its words: eight letters and digits."""
    composing: Report
    """What was found while it was composed; warnings alone."""


def lay_out_sheet(
    loaded: LoadedContent,
    sheet: PatientSheet,
    moment: datetime | None,
    use: SheetUse = OWN_SHEET,
    lay_out: LayOut = lay_out_piece,
) -> LaidOutSheet:
    """Lay out a sheet in the largest layout that fits on two sides, or else on the fewest.

    Raises:
        ContentError: the template is broken, or an exercise can't be drawn.
        LayoutError: the template left out a text that the sheet must show.
        MachineError: a library or a font is missing.

    """
    worth_trying = arrangements(sheet)

    def laid_out(arrangement: Arrangement, most_sides: int | None) -> LaidOutSheet:
        composed = compose_sheet(loaded, sheet, arrangement, use, most_sides)
        piece = lay_out(loaded, moment, composed)
        return LaidOutSheet(piece, arrangement, composed.content_hash, composed.report)

    if len(worth_trying) == 1:
        return laid_out(worth_trying[0], None)
    fewest = None
    for arrangement in worth_trying:
        result = laid_out(arrangement, arrangement.most_sides)
        if result.piece.report.errors or result.piece.pages <= arrangement.most_sides:
            return result
        # Of as many sides, the smaller layout: it leaves room, and has a row for each exercise.
        worth = (result.piece.pages, arrangement.one_row, arrangement.tight)
        if fewest is None or worth <= fewest[0]:
            fewest = worth, arrangement
    return laid_out(fewest[1] if fewest is not None else worth_trying[-1], None)
