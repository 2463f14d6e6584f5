"""Marks that say where to cut and to fold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.lengths import in_both_units, mm
from handouts.basics.settings import Setting, named
from handouts.imposition.plan import Box, Mark, MarkKind
from handouts.imposition.schemes import Booklet

if TYPE_CHECKING:
    from handouts.imposition.layout import SlotGrid
    from handouts.imposition.schemes import ImpositionOrder

MARK_GAP = mm(3)
"""Least space between a mark and the trim, the usual bleed outside the United States."""
MARK_LENGTH = mm(5)


def marks_of(layout: SlotGrid, order: ImpositionOrder) -> tuple[Mark, ...]:
    """Mark each cut at the ends of its line, outside the bleed, and a booklet's fold.

    The grid lies in the middle of the sheet, so that front and back have the same marks.
    """
    gap_pt = max(float(MARK_GAP.pt), layout.page.bleed_pt)
    needed_pt = gap_pt + float(MARK_LENGTH.pt)
    fits = layout.edge_pt >= needed_pt
    if order.marks and not fits:
        raise ContentError.because(
            f"marks need {in_both_units(needed_pt)} around the pieces, and {order.sheet} "
            f"leaves {in_both_units(max(layout.edge_pt, 0.0))}",
            why="they would be cut off",
            mend=f"take a larger {named(Setting.PAPER)}, or {named(Setting.MARKS, 'false')}",
        )
    if order.marks is False or not fits:
        return ()
    last = layout.columns * layout.rows - 1
    whole = Box(
        layout.slot(0).left_pt, layout.slot(last).bottom_pt,
        layout.slot(last).right_pt, layout.slot(0).top_pt,
    )  # fmt: skip
    columns = [layout.slot(column) for column in range(layout.columns)]
    rows = [layout.slot(row * layout.columns) for row in range(layout.rows)]
    xs = sorted({round(x, 4) for slot in columns for x in (slot.left_pt, slot.right_pt)})
    ys = sorted({round(y, 4) for slot in rows for y in (slot.bottom_pt, slot.top_pt)})
    fold = {xs[1]} if isinstance(order.scheme, Booklet) else set()
    marks = []
    for x in xs:
        kind = MarkKind.FOLD if x in fold else MarkKind.CUT
        marks += [
            Mark(kind, x, whole.bottom_pt - needed_pt, x, whole.bottom_pt - gap_pt),
            Mark(kind, x, whole.top_pt + gap_pt, x, whole.top_pt + needed_pt),
        ]
    for y in ys:
        marks += [
            Mark(MarkKind.CUT, whole.left_pt - needed_pt, y, whole.left_pt - gap_pt, y),
            Mark(MarkKind.CUT, whole.right_pt + gap_pt, y, whole.right_pt + needed_pt, y),
        ]
    return tuple(marks)
