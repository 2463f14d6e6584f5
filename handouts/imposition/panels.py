"""The plan of a folded piece: its panels side by side on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.imposition.plan import Box, Flip, ImposedSheet, ImposedSide, Placement, Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.folds import FoldedSheet, Side


def folded_sheet(sheet: FoldedSheet, pages: Mapping[str, range], bleed_pt: float = 0.0) -> Plan:
    """Plan a folded piece's sheet from the pages on which its panels stand, one page each.

    A panel's bleed is kept where it lies at the sheet's edge; at a fold it ends with the trim.

    The sheet lies landscape, and landscape pieces are flipped on the short edge.
    """
    return Plan(
        float(sheet.outside.size.width.pt),
        float(sheet.outside.size.height.pt),
        (ImposedSheet(tuple(_side(side, pages, bleed_pt) for side in sheet.sides)),),
        Flip.SHORT,
    )


def _side(side: Side, pages: Mapping[str, range], bleed_pt: float) -> ImposedSide:
    placements = []
    last = len(side.spots) - 1
    for slot, spot in enumerate(side.spots):
        left_pt, right_pt = float(spot.left.pt), float(spot.right.pt)
        window = Box(
            left_pt - bleed_pt * (slot == 0),
            -bleed_pt,
            right_pt + bleed_pt * (slot == last),
            float(spot.size.height.pt) + bleed_pt,
        )
        placements.append(Placement(pages[spot.panel].start, left_pt, 0.0, 0, slot, window))
    return ImposedSide(tuple(placements))
