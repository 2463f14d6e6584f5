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

TWO_SIDES = 2


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
    """Lay out a sheet in the largest layout that fits on two sides, or else in the last.

    Raises:
        ContentError: the template is broken, or an exercise can't be drawn.
        LayoutError: the template left out a text that the sheet must show.
        MachineError: a library or a font is missing.

    """
    for arrangement in arrangements(sheet):
        composed = compose_sheet(loaded, sheet, arrangement, use)
        result = LaidOutSheet(
            lay_out(loaded, moment, composed), arrangement, composed.content_hash, composed.report
        )
        if result.piece.report.errors or result.piece.pages <= TWO_SIDES:
            break
    return result
