"""From an order to a plan: the fronts on their sheets, and the backs behind them.

Pages are placed at their own size and upright. A sheet may lie portrait or landscape.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from handouts.basics.choices import Flip
from handouts.basics.errors import ContentError
from handouts.basics.findings import Report
from handouts.imposition.layout import choose_layout
from handouts.imposition.loads import booklet, grid_loads, printed_sides
from handouts.imposition.margins import margin_of
from handouts.imposition.plan import Box, ImposedSheet, ImposedSide, Placement, Plan
from handouts.imposition.schemes import Booklet, Grid, SourcePage
from handouts.imposition.sheet_marks import MARK_LENGTH, fold_marks, gap_of, marks_of
from handouts.imposition.what_fits import number_findings, size_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handouts.basics.folds import FoldedSheet, FoldedSide
    from handouts.imposition.layout import SlotGrid
    from handouts.imposition.loads import Load
    from handouts.imposition.plan import Rotation
    from handouts.imposition.schemes import ImpositionOrder


def make_plan(pages: Sequence[SourcePage], order: ImpositionOrder) -> Plan:
    """Plan the sheets of an order.

    Raises:
        ContentError: with every reason why it can't be printed, each with its numbers.

    """
    findings = [*number_findings(len(pages), order), *size_findings(pages)]
    if findings:
        raise ContentError(Report(tuple(findings)))
    page = _largest(pages)
    layout = choose_layout(page, order)
    marks = marks_of(layout, order)

    folds = sorted({fold for page in pages for fold in page.folds_pt})

    def drawn(side: tuple[Placement, ...]) -> ImposedSide:
        of_folds = fold_marks(layout, pages, side) if marks and folds else ()
        return ImposedSide(side, (*marks, *of_folds) if of_folds else marks)

    scheme, sheets = order.scheme, []
    work = scheme.work if isinstance(scheme, Grid) else None
    two_sided = isinstance(scheme, Booklet) or printed_sides(scheme, len(pages)) == 2
    flip = (order.flip or layout.booklike_flip) if two_sided else None
    if work is not None:
        flip = layout.flip_of(work)
    spots = cache(lambda slot, creep_pt: _spots(layout, slot, flip, creep_pt))
    if isinstance(scheme, Booklet):
        thickness_pt = float(scheme.thickness.pt)
        sheets = [
            _sheet(load, spots, drawn, place * thickness_pt)
            for place, load in enumerate(booklet(len(pages)))
        ] * order.copies
    elif scheme.work is not None:
        slots = tuple(layout.halved(scheme.work))
        form = cache(lambda load: _form(load, slots, spots, drawn))
        sheets = [form(load) for load in grid_loads(scheme, len(pages), order.copies)]
    else:
        once = cache(lambda load: _sheet(load, spots, drawn))
        sheets = [once(load) for load in grid_loads(scheme, len(pages), order.copies)]
    length_pt = float(MARK_LENGTH.pt)
    margin = margin_of(layout, gap_of(layout), length_pt, folds) if marks else None
    return Plan(
        layout.sheet_width_pt, layout.sheet_height_pt, tuple(sheets), flip, margin=margin, work=work
    )


def _sheet(
    load: Load,
    spots: Callable[[int, float], tuple[_Spot, ...]],
    drawn: Callable[[tuple[Placement, ...]], ImposedSide],
    creep_pt: float = 0.0,
) -> ImposedSheet:
    """Place a sheet's leaves, each with its back behind it."""
    places = [spots(slot, creep_pt) for slot in range(len(load))]
    sides = [
        tuple(
            Placement(leaf[side], spot.left_pt, spot.bottom_pt, spot.rotation, slot, spot.window)
            for slot, (leaf, spot) in enumerate(zip(load, spots_of_side, strict=True))
        )
        for side, spots_of_side in enumerate(zip(*places, strict=True))
    ]
    return ImposedSheet(tuple(map(drawn, sides)))


def _form(
    load: Load,
    slots: tuple[int, ...],
    spots: Callable[[int, float], tuple[_Spot, ...]],
    drawn: Callable[[tuple[Placement, ...]], ImposedSide],
) -> ImposedSheet:
    """Place fronts in one half, and each back where it comes to lie behind its front."""
    placements = []
    for leaf, slot in zip(load, slots, strict=True):
        for page, spot in zip(leaf, spots(slot, 0.0), strict=True):
            placements.append(
                Placement(page, spot.left_pt, spot.bottom_pt, spot.rotation, slot, spot.window)
            )
    return ImposedSheet((drawn(tuple(placements)),))


class _Spot(NamedTuple):
    """Where a page lies, whichever it is; as in `Placement`."""

    left_pt: float
    bottom_pt: float
    rotation: Rotation
    window: Box


def _spots(layout: SlotGrid, slot: int, flip: Flip | None, creep_pt: float) -> tuple[_Spot, ...]:
    """Give the spot of a slot's front, and the one behind it where there is a back.

    A booklet's inner sheets stick out at the fore edge, each by its place from the outside
    times the thickness of the paper, and are trimmed there. So their pages are moved by as
    much towards the spine: ``creep_pt``, 0 on the outermost sheet, moves the left slot to the
    right and the right slot to the left, and what lies behind moves along.
    """
    box = layout.slot(slot).moved(creep_pt if slot == 0 else -creep_pt)
    window = layout.window(slot)
    front = _Spot(box.left_pt, box.bottom_pt, 0, window)
    if flip is None:
        return (front,)
    box, window = layout.behind(box, flip), layout.behind(window, flip)
    rotation: Rotation = 0 if layout.turned_like_a_book(flip) else 180
    return front, _Spot(box.left_pt, box.bottom_pt, rotation, window)


def _largest(pages: Sequence[SourcePage]) -> SourcePage:
    """Give the page for which slots are made: the first page's size, and the widest bleed."""
    first = pages[0]
    bleed_pt = max(page.bleed_pt for page in pages)
    return SourcePage(first.width_pt, first.height_pt, bleed_pt)


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


def _side(side: FoldedSide, pages: Mapping[str, range], bleed_pt: float) -> ImposedSide:
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
