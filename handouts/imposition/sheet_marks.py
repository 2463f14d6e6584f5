"""Marks that say where to cut and to fold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.lengths import in_both_units, mm
from handouts.basics.settings import Setting, named
from handouts.imposition.plan import Box, Mark, MarkKind
from handouts.imposition.schemes import Booklet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.imposition.layout import SlotGrid
    from handouts.imposition.plan import Placement
    from handouts.imposition.schemes import ImpositionOrder, SourcePage

MARK_GAP = mm(3)
"""Least space between a mark and the trim, the usual bleed outside the United States."""
MARK_LENGTH = mm(5)


def gap_of(layout: SlotGrid) -> float:
    """Say how far from the trim marks begin, in points: outside the bleed."""
    return max(float(MARK_GAP.pt), layout.page.bleed_pt)


def marks_of(layout: SlotGrid, order: ImpositionOrder) -> tuple[Mark, ...]:
    """Mark each cut at the ends of its line, outside the bleed, and a booklet's fold.

    The grid lies in the middle of the sheet, so that front and back have the same marks.
    """
    gap_pt = gap_of(layout)
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
    whole = _whole(layout)
    columns = [layout.slot(column) for column in range(layout.columns)]
    rows = [layout.slot(row * layout.columns) for row in range(layout.rows)]
    xs = sorted({round(x, 4) for slot in columns for x in (slot.left_pt, slot.right_pt)})
    ys = sorted({round(y, 4) for slot in rows for y in (slot.bottom_pt, slot.top_pt)})
    fold = {xs[1]} if isinstance(order.scheme, Booklet) else set()
    marks: list[Mark] = []
    for x in xs:
        marks += _at_both_ends(layout, MarkKind.FOLD if x in fold else MarkKind.CUT, x)
    for y in ys:
        marks += [
            Mark(MarkKind.CUT, whole.left_pt - needed_pt, y, whole.left_pt - gap_pt, y),
            Mark(MarkKind.CUT, whole.right_pt + gap_pt, y, whole.right_pt + needed_pt, y),
        ]
    return tuple(marks)


def fold_marks(
    layout: SlotGrid, pages: Sequence[SourcePage], side: Sequence[Placement]
) -> tuple[Mark, ...]:
    """Mark where the pieces on a side are folded, in the margin above and below them."""
    xs = set()
    for placed in side:
        if placed.page is None:
            continue
        page = pages[placed.page]
        for fold in page.folds_pt:
            at = page.width_pt - fold if placed.rotation else fold
            xs.add(round(placed.left_pt + at, 4))
    return tuple(mark for x in sorted(xs) for mark in _at_both_ends(layout, MarkKind.FOLD, x))


def _at_both_ends(layout: SlotGrid, kind: MarkKind, x: float) -> tuple[Mark, Mark]:
    near, whole = gap_of(layout), _whole(layout)
    far = near + float(MARK_LENGTH.pt)
    return (
        Mark(kind, x, whole.bottom_pt - far, x, whole.bottom_pt - near),
        Mark(kind, x, whole.top_pt + near, x, whole.top_pt + far),
    )


def _whole(layout: SlotGrid) -> Box:
    """Give the rectangle around all slots."""
    first, last = layout.slot(0), layout.slot(layout.columns * layout.rows - 1)
    return Box(first.left_pt, last.bottom_pt, last.right_pt, first.top_pt)
