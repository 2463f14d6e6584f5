"""How a sheet is arranged: the largest layout that fits on two sides.

The order of trying comes from how tall the parts are in the shipped styles; which of them
holds is seen once it is laid out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Layout
from handouts.models.prescription import Arrangement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.models.prescription import PatientSheet


def arrangements(sheet: PatientSheet) -> tuple[Arrangement, ...]:
    """Give the arrangements that are worth trying, the largest layout first.

    Where the exercises fill whole sides, the log stands on the front.
    """
    count = len(sheet.exercises)
    if sheet.edition is Edition.LARGE_PRINT:
        layout = Layout.ONE if sheet.layout is Layout.AUTO else sheet.layout
        return (Arrangement(layout, count),)
    return tuple(
        Arrangement(layout, after) for layout in _layouts(sheet) for after in _places(layout, count)
    )


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
