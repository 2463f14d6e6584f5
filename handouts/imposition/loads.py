"""Which page lies in which slot of which sheet. Only numbers: nothing here knows a size.

A leaf is a piece of paper with a front and a back page. A load is what one sheet carries: a
leaf for each slot. Pages count from 0, and ``None`` is a blank.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, TypeAlias

from handouts.imposition.schemes import Booklet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.imposition.schemes import Grid, Scheme

Leaf: TypeAlias = tuple[int | None, int | None]
Load: TypeAlias = tuple[Leaf, ...]

BLANK: Leaf = (None, None)


def leaves(pages: int, sides: int) -> list[Leaf]:
    """Put pages onto leaves: one each, or two where both sides are printed."""
    if sides == 1:
        return [(page, None) for page in range(pages)]
    return [(page, page + 1 if page + 1 < pages else None) for page in range(0, pages, 2)]


def booklet(pages: int) -> Iterator[Load]:
    """Give the loads of a saddle-stitched booklet, from its outermost sheet inwards.

    Slot 0 is left of the spine on the front, slot 1 right of it. The pages are filled up to
    a multiple of four with blanks at the end. On sheet s of a booklet of n pages (from 0) the
    leaf right of the spine holds pages 2s and 2s + 1, and the one left of it, from the front,
    n - 1 - 2s and n - 2 - 2s.
    """
    full = 4 * ceil(pages / 4)

    def real(page: int) -> int | None:
        return page if page < pages else None

    for sheet in range(full // 4):
        first, last = 2 * sheet, full - 1 - 2 * sheet
        yield (real(last), real(last - 1)), (real(first), real(first + 1))


def side_by_side(run: Sequence[Leaf], up: int) -> Iterator[Load]:
    """Fill each sheet with leaves that follow one another."""
    for start in range(0, len(run), up):
        load = tuple(run[start : start + up])
        yield load + (BLANK,) * (up - len(load))


def step_and_repeat(run: Sequence[Leaf], up: int, copies: int) -> Iterator[Load]:
    """Put the same leaf into every slot, so that each pile holds whole copies in their order.

    Where the copies don't come out even, the last sheets have blank slots at their end.
    """
    for done in range(0, copies, up):
        wanted = min(up, copies - done)
        for leaf in run:
            yield (leaf,) * wanted + (BLANK,) * (up - wanted)


def cut_and_stack(run: Sequence[Leaf], up: int, copies: int) -> Iterator[Load]:
    """Order a run so that the piles of the cut slots, laid on one another, are in order.

    Slot k of sheet s (all from 0) holds record ``k * ceil(n / up) + s`` of n records.
    """
    records = len(run) * copies
    depth = ceil(records / up)
    for sheet in range(depth):
        places = (slot * depth + sheet for slot in range(up))
        yield tuple(run[place % len(run)] if place < records else BLANK for place in places)


def from_one_form(run: Sequence[Leaf], up: int, copies: int) -> Iterator[Load]:
    """Give the leaves whose fronts lie on one half of a form, and their backs on the other.

    A sheet that is printed on both sides gives each twice. With copies a form repeats one leaf.
    """
    half = up // 2
    if copies > 1:
        for leaf in run:
            yield from [(leaf,) * half] * ceil(copies / up)
    else:
        yield from side_by_side(run, half)


def printed_sides(grid: Grid, pages: int) -> int:
    """Say how many sides are printed: as asked for, or by default both if there are pages."""
    return grid.sides or min(pages, 2)


def grid_loads(grid: Grid, pages: int, copies: int) -> Iterator[Load]:
    """Give the loads of a grid in its own order."""
    run = leaves(pages, printed_sides(grid, pages))
    if grid.stacked:
        return cut_and_stack(run, grid.up, copies)
    if grid.work is not None:
        return from_one_form(run, grid.up, copies)
    if copies > 1:
        return step_and_repeat(run, grid.up, copies)
    return side_by_side(run, grid.up)


def sheets_needed(scheme: Scheme, pages: int, copies: int) -> int:
    """Count the sheets without making them."""
    if isinstance(scheme, Booklet):
        return ceil(pages / 4) * copies
    run = ceil(pages / printed_sides(scheme, pages))
    if scheme.work is not None and copies == 1:
        return ceil(run / (scheme.up // 2))
    if scheme.stacked or copies == 1:
        return ceil(run * copies / scheme.up)
    return run * ceil(copies / scheme.up)
