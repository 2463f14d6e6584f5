"""What stands in a press sheet's margin beside the marks: for registration, inks and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.lengths import mm
from handouts.imposition.plan import Margin, TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.imposition.layout import SlotGrid
    from handouts.imposition.plan import Box

CLEAR_PT = float(mm(3).pt)
"""Between cut or fold marks and what else stands in their row."""
REGISTRATION_PT = float(mm(2).pt)
"""The radius of a registration mark."""
FROM_EDGE_PT = float(mm(6).pt)
"""From a column's edge to a registration mark's middle, above and below the pieces."""
NUMBER_ROOM_PT = float(mm(24).pt)
"""Room for a piece's number above or below it, where pieces have no side to the margin."""
MOST_UPRIGHT = 2
"""Columns that all have a side to the margin."""
TEXT_PT = 6.0
UPPER_PT, LOWER_PT = 8.2, 1.6
"""The baselines of the slug's two lines, above the end of the marks."""


def number_line(margin: Margin, window: Box) -> TextLine:
    """Say where the number of a piece stands: beside its outer edge, outside the bleed."""
    out = margin.beyond_bleed_pt
    if margin.upright:
        left = (window.left_pt + window.right_pt) / 2 <= margin.middle[0]
        x = window.left_pt - out - 2 if left else window.right_pt + out + TEXT_PT
        room = window.height_pt / 2 - 4 * CLEAR_PT
        return TextLine(x, window.bottom_pt + 2 * CLEAR_PT, room, upright=True)
    above = (window.bottom_pt + window.top_pt) / 2 > margin.middle[1]
    y = window.top_pt + out + 2 if above else window.bottom_pt - out - TEXT_PT
    return TextLine(window.left_pt + 2 * CLEAR_PT, y, NUMBER_ROOM_PT - 2 * CLEAR_PT)


def margin_of(
    layout: SlotGrid, gap_pt: float, length_pt: float, folds_pt: Iterable[float]
) -> Margin:
    """Say what stands where around a grid whose marks begin ``gap_pt`` off the trim.

    ``folds_pt`` are the folds of the pieces that lie in it, from their left.
    """
    first, last = layout.slot(0), layout.slot(layout.columns * layout.rows - 1)
    far = gap_pt + length_pt
    upright = layout.columns <= MOST_UPRIGHT
    start = first.left_pt + (NUMBER_ROOM_PT if not upright else CLEAR_PT)
    if layout.columns == 1:
        start = first.left_pt + FROM_EDGE_PT + 2 * CLEAR_PT
    ends = [first.left_pt + fold - CLEAR_PT for fold in folds_pt]
    end = min(first.right_pt - FROM_EDGE_PT - 2 * CLEAR_PT, *ends, first.right_pt)
    room = max(0.0, end - start)
    below = last.bottom_pt - far
    return Margin(
        tuple(_registration(layout, gap_pt + length_pt / 2)),
        (start, first.top_pt + gap_pt, room),
        (TextLine(start, below + UPPER_PT, room), TextLine(start, below + LOWER_PT, room)),
        (layout.sheet_width_pt / 2, layout.sheet_height_pt / 2),
        gap_pt - layout.page.bleed_pt,
        upright,
    )


def _registration(layout: SlotGrid, out_pt: float) -> Iterable[tuple[float, float]]:
    """Place registration marks on all four sides, clear of what else stands there."""
    first, last = layout.slot(0), layout.slot(layout.columns * layout.rows - 1)
    for y in dict.fromkeys((slot.bottom_pt + slot.top_pt) / 2 for slot in (first, last)):
        yield first.left_pt - out_pt, y
        yield last.right_pt + out_pt, y
    in_last = last.left_pt + FROM_EDGE_PT
    if layout.columns > MOST_UPRIGHT:  # there stands a number
        in_last = last.right_pt - FROM_EDGE_PT
    for x in (first.right_pt - FROM_EDGE_PT, in_last):
        yield x, first.top_pt + out_pt
        yield x, last.bottom_pt - out_pt
