"""Slots on a sheet: columns and rows, and what lies behind each on the back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.basics.choices import Flip, Work
from handouts.basics.errors import ContentError
from handouts.basics.lengths import in_both_units, size
from handouts.basics.papers import SHEET_SIZES, Sheet
from handouts.basics.settings import Setting, named
from handouts.imposition.plan import Box
from handouts.imposition.schemes import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.imposition.schemes import ImpositionOrder, Scheme, SourcePage

SAME_SIZE_PT = 0.5
"""Programs round A4 to whole points, which is 0.3 pt off; 0.5 pt is less than 0.2 mm."""


@dataclass(frozen=True, slots=True)
class SlotGrid:
    """Columns and rows of slots in the middle of a sheet of a certain orientation."""

    sheet_width_pt: float
    sheet_height_pt: float
    columns: int
    rows: int
    page: SourcePage
    gutter_pt: float

    @property
    def edge_x_pt(self) -> float:
        """What is left beside the grid, on each side; negative where it does not fit."""
        used = self.columns * self.page.width_pt + (self.columns - 1) * self.gutter_pt
        return (self.sheet_width_pt - used) / 2

    @property
    def edge_y_pt(self) -> float:
        """What is left above and below the grid."""
        used = self.rows * self.page.height_pt + (self.rows - 1) * self.gutter_pt
        return (self.sheet_height_pt - used) / 2

    @property
    def edge_pt(self) -> float:
        """The narrower of the two edges."""
        return min(self.edge_x_pt, self.edge_y_pt)

    @property
    def room_pt(self) -> tuple[float, float]:
        """Width and height of the largest page that would fit."""
        return (
            (self.sheet_width_pt - (self.columns - 1) * self.gutter_pt) / self.columns,
            (self.sheet_height_pt - (self.rows - 1) * self.gutter_pt) / self.rows,
        )

    def slot(self, number: int) -> Box:
        """Give a slot's trim box, as the front is seen: from the upper left, row by row."""
        row, column = divmod(number, self.columns)
        left = self.edge_x_pt + column * (self.page.width_pt + self.gutter_pt)
        bottom = self.edge_y_pt + (self.rows - 1 - row) * (self.page.height_pt + self.gutter_pt)
        return Box(left, bottom, left + self.page.width_pt, bottom + self.page.height_pt)

    def window(self, number: int) -> Box:
        """Give what may be printed of a slot: with its bleed, but at most half the gutter."""
        row, column = divmod(number, self.columns)
        slot, bleed = self.slot(number), self.page.bleed_pt
        inner = min(bleed, self.gutter_pt / 2)
        return Box(
            slot.left_pt - (inner if column else bleed),
            slot.bottom_pt - (inner if row + 1 < self.rows else bleed),
            slot.right_pt + (inner if column + 1 < self.columns else bleed),
            slot.top_pt + (inner if row else bleed),
        )

    def turned_like_a_book(self, flip: Flip) -> bool:
        """Say whether the sheet is turned about its upright middle, and not over its head.

        The long edges of a portrait sheet stand upright, and so do the short ones of a
        landscape sheet.
        """
        portrait = self.sheet_width_pt <= self.sheet_height_pt
        return portrait == (flip is Flip.LONG)

    def halved(self, work: Work) -> Iterator[int]:
        """Give the slots in the half of a form that holds fronts: the left or the upper."""
        for slot in range(self.columns * self.rows):
            row, column = divmod(slot, self.columns)
            near = 2 * column < self.columns if work is Work.TURN else 2 * row < self.rows
            if near:
                yield slot

    def flip_of(self, work: Work) -> Flip:
        """Give the edge about which a sheet is turned for its other side."""
        other = Flip.SHORT if self.booklike_flip is Flip.LONG else Flip.LONG
        return self.booklike_flip if work is Work.TURN else other

    @property
    def booklike_flip(self) -> Flip:
        """The edge about which the sheet is turned like a book's page."""
        return Flip.LONG if self.turned_like_a_book(Flip.LONG) else Flip.SHORT

    def behind(self, box: Box, flip: Flip) -> Box:
        """Give the place of a box of the front as it is seen on the back."""
        if self.turned_like_a_book(flip):
            width = self.sheet_width_pt
            return Box(width - box.right_pt, box.bottom_pt, width - box.left_pt, box.top_pt)
        height = self.sheet_height_pt
        return Box(box.left_pt, height - box.top_pt, box.right_pt, height - box.bottom_pt)


def choose_layout(page: SourcePage, order: ImpositionOrder) -> SlotGrid:
    """Choose the grid and the orientation that leave the widest edge around the pieces."""
    layouts = list(_layouts(page, order.scheme, order.sheet))
    best = max(layouts, key=lambda layout: layout.edge_pt)
    if best.edge_pt >= -SAME_SIZE_PT / 2:
        return best
    closest = max(layouts, key=_scale)
    fitting = [
        str(sheet)
        for sheet in Sheet
        if any(x.edge_pt >= -SAME_SIZE_PT / 2 for x in _layouts(page, order.scheme, sheet))
    ]
    gutter = f", with gutters of {in_both_units(closest.gutter_pt)}" if closest.gutter_pt else ""
    raise ContentError.because(
        f"the pages are {size(page.width_pt, page.height_pt)}, and with {_up(order.scheme)} on a "
        f"sheet{gutter}, {order.sheet} has room for {size(*closest.room_pt)} each",
        why="pages are placed at 100 %, never scaled",
        mend=f"take {named(Setting.PAPER, ' or '.join(fitting))}"
        if fitting
        else "take fewer on a sheet",
    )


def _scale(layout: SlotGrid) -> float:
    width, height = layout.room_pt
    return min(width / layout.page.width_pt, height / layout.page.height_pt)


def _parted(scheme: Grid, columns: int) -> bool:
    """Say whether a grid has two halves, where its sheet's sides are printed from one form."""
    if scheme.work is None:
        return True
    across = columns if scheme.work is Work.TURN else scheme.up // columns
    return across % 2 == 0


def _up(scheme: Scheme) -> int:
    return scheme.up if isinstance(scheme, Grid) else 2


def _layouts(page: SourcePage, scheme: Scheme, sheet: Sheet) -> Iterator[SlotGrid]:
    """Give every grid of so many slots, on the sheet upright and lying."""
    short, long = (float(side.pt) for side in (SHEET_SIZES[sheet].width, SHEET_SIZES[sheet].height))
    gutter = 0.0
    grids = [(2, 1)]
    if isinstance(scheme, Grid):
        gutter = 2 * page.bleed_pt if scheme.gutter is None else float(scheme.gutter.pt)
        grids = [
            (columns, scheme.up // columns)
            for columns in range(1, scheme.up + 1)
            if scheme.up % columns == 0 and _parted(scheme, columns)
        ]
    for columns, rows in grids:
        yield SlotGrid(short, long, columns, rows, page, gutter)
        yield SlotGrid(long, short, columns, rows, page, gutter)
