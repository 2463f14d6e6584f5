"""One patient's sheet laid out: of the arrangements worth trying, the largest that fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.compose.compose import compose_sheet
from handouts.laying_out.piece import LaidOutPiece, lay_out_piece
from handouts.prescribe.arrange import arrangements

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handouts.compose.compose import Composed
    from handouts.load.content import LoadedContent
    from handouts.models.prescription import Arrangement, PatientSheet
    from handouts.pages import LaidOut

TWO_SIDES = 2


@dataclass(frozen=True, slots=True)
class LaidOutSheet:
    """A sheet's finished file, with how it is arranged; none where errors were found."""

    piece: LaidOutPiece
    arrangement: Arrangement


def lay_out_sheet(
    loaded: LoadedContent,
    sheet: PatientSheet,
    moment: datetime | None,
    record: str = "",
    draw: Callable[[Composed], LaidOut] | None = None,
) -> LaidOutSheet:
    """Lay out a sheet in the largest layout that fits on two sides, or else in the last.

    Raises:
        ContentError: the template is broken, or an exercise can't be drawn.
        LayoutError: the template left out a text that the sheet must show.
        MachineError: a library or a font is missing.

    """
    for arrangement in arrangements(sheet):
        composed = compose_sheet(loaded, sheet, arrangement, record)
        result = LaidOutSheet(lay_out_piece(loaded, moment, composed, draw), arrangement)
        if result.piece.report.errors or result.piece.pages <= TWO_SIDES:
            break
    return result
