"""The plan of a folded piece: its panels side by side on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.imposition.plan import Box, Flip, ImposedSheet, ImposedSide, Placement, Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.paper import Side


def folded_sheet(sides: tuple[Side, Side], pages: Mapping[str, range]) -> Plan:
    """Plan a folded piece's sheet from the pages on which its panels stand, one page each.

    The sheet lies landscape, and landscape pieces are flipped on the short edge.
    """
    return Plan(
        float(sides[0].size.width.pt),
        float(sides[0].size.height.pt),
        (ImposedSheet(tuple(_side(side, pages) for side in sides)),),
        Flip.SHORT,
    )


def _side(side: Side, pages: Mapping[str, range]) -> ImposedSide:
    placements = []
    for slot, spot in enumerate(side.spots):
        left_pt, right_pt = float(spot.left.pt), float((spot.left + spot.size.width).pt)
        window = Box(left_pt, 0.0, right_pt, float(spot.size.height.pt))
        placements.append(Placement(pages[spot.panel].start, left_pt, 0.0, 0, slot, window))
    return ImposedSide(tuple(placements))
