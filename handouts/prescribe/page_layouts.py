"""How a sheet is arranged: the largest layout that fits on two sides.

The order of trying comes from how tall the parts are in the shipped styles; which of them
holds is seen once it is laid out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Layout
from handouts.models.prescription import Arrangement
from handouts.prescribe.days import done_alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.models.prescription import PatientSheet

MOST_LOG_ROWS = 8
"""Rows over all tables of the log; past them one row stands for exercises that are done alike."""
MOST_FOR_TWO_SIDES = 4
"""Exercises; more of them never fit on two sides, so that nothing is gained by trying."""


def arrangements(sheet: PatientSheet) -> tuple[Arrangement, ...]:
    """Give the arrangements that are worth trying, the largest layout first.

    Where the exercises fill whole sides, the log stands on the front. For each place of the log a
    row for each exercise is tried first, then one for all of them. A single exercise stands on one
    side with its log where it can; in large print an exercise never goes on over a page where
    smaller drawings keep it on one.
    """
    count = len(sheet.exercises)
    joined = count > 1 and done_alike(sheet)
    if sheet.edition is Edition.LARGE_PRINT:
        layout = Layout.ONE if sheet.layout is Layout.AUTO else sheet.layout
        in_one = joined and count * sheet.log_weeks > MOST_LOG_ROWS // 2
        # The front, a side for each exercise, and one for the log: on more, one may be split.
        large = Arrangement(layout, count, in_one, most_sides=count + 2)
        return (large, replace(large, tight=True))
    layouts = tuple(_layouts(sheet))
    many = count * -(-sheet.log_weeks // 2) > MOST_LOG_ROWS
    rows = [in_one for in_one in (False, True) if (joined if in_one else not (joined and many))]
    on_one_side = (
        [Arrangement(one, 1, most_sides=1) for one in (Layout.TWO, Layout.FOUR)]
        if sheet.layout is Layout.AUTO and count == 1
        else []
    )
    worth_trying = tuple(on_one_side) + tuple(
        Arrangement(layout, after, in_one)
        for layout in layouts
        for after in _places(layout, count)
        for in_one in rows
    )
    return worth_trying if count <= MOST_FOR_TWO_SIDES else worth_trying[:1]


def _layouts(sheet: PatientSheet) -> Iterator[Layout]:
    if sheet.layout is not Layout.AUTO:
        yield sheet.layout
        return
    count = len(sheet.exercises)
    if count == 1:
        yield Layout.ONE
    if count <= 3:
        yield Layout.TWO
    yield Layout.FOUR


def _places(layout: Layout, count: int) -> tuple[int, ...]:
    """Say behind how many exercises the log may stand."""
    if layout is Layout.FOUR:
        return (1, count) if count == 4 else (count,)
    return (0,) if count % int(layout) == 0 else (count,)
