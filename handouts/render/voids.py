"""How empty a page is: its largest void, as a share of what lies within its margins.

The void is the largest rectangle in which nothing stands.
A void over the whole width counts as tall as it is; one in a column counts less, as its column is
narrower. The shares are ours: a page that is a quarter empty looks loose, a third looks unfinished.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Edition
from handouts.basics.findings import Finding, Place, Severity
from handouts.compose.composed import LAST_PAGE
from handouts.render.patches.page_marks import Rect, marks, type_area

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.compose.composed import Composed

TOLD, REFUSED = 1 / 4, 1 / 3
"""Shares of a page's room above which a void is a warning, and an error."""
_MM = 25.4 / 96


def void_findings(composed: Composed, document: Any, pages: dict[str, range]) -> Iterator[Finding]:
    """Name the pages of a piece that are too empty, and that its content does not let be so.

    ``document`` is the engine's, ``pages`` says where each leaf stands in it.
    """
    excused = composed.may_be_empty
    if excused is None:
        return
    last = len(document.pages) - 1
    for leaf, numbers in pages.items():
        for number in numbers:
            name = leaf if len(pages) > 1 else LAST_PAGE if number == last else f"page-{number + 1}"
            if not {name, f"page-{number + 1}"} & excused:
                place = Place(piece=composed.label, page=number + 1)
                if name == leaf:
                    place = Place(piece=composed.label, panel=leaf)
                large = composed.edition is Edition.LARGE_PRINT
                yield from _of_page(document.pages[number], place, name, flows=large)


def _of_page(page: Any, place: Place, name: str, *, flows: bool) -> Iterator[Finding]:
    """Name a page that is too empty.

    ``flows`` says that it is large print, which has as many pages as it takes, and ends them where
    voids are smallest: that is told, and nobody who needs it is to wait for more.
    """
    room = type_area(page)
    void = largest_empty(room, list(marks(page)))
    share = void.area / room.area
    if share <= (REFUSED if flows else TOLD):
        return
    tall_mm, below_mm = (void.bottom - void.top) * _MM, (void.top - room.top) * _MM
    mend = f"add to it; where it is meant, write may_be_empty: [{name}] below the piece"
    if name == LAST_PAGE and place.page > 1:
        mend = f"shorten the text by {below_mm:.0f} mm, which saves the page, or {mend}"
    elif place.panel:
        mend = f"move a section here, or {mend}"
    yield Finding(
        f"{100 * share:.0f} % of the {'panel' if place.panel else 'page'} is empty in one place",
        f"{tall_mm:.0f} mm, from {below_mm:.0f} mm below its upper margin",
        mend,
        place,
        Severity.ERROR if share > REFUSED and not flows else Severity.WARNING,
    )


def largest_empty(room: Rect, filled: Sequence[Rect]) -> Rect:
    """Find the largest rectangle of a room that none of the filled ones reaches into."""
    lefts = sorted({room.left, room.right, *(x for one in filled for x in (one.left, one.right))})
    tops = sorted({room.top, room.bottom, *(y for one in filled for y in (one.top, one.bottom))})
    strips = [
        (one.top, one.bottom, bisect_left(lefts, one.left), bisect_left(lefts, one.right))
        for one in filled
    ]
    best = Rect(room.left, room.top, room.left, room.top)
    begins = [room.top] * (len(lefts) - 1)
    for top, bottom in pairwise(tops):
        for upper, lower, first, end in strips:
            if upper < bottom and lower > top:
                begins[first:end] = [bottom] * (end - first)
        best = max(best, _largest_above(bottom, begins, lefts), key=lambda rect: rect.area)
    return best


def _largest_above(bottom: float, begins: Sequence[float], lefts: Sequence[float]) -> Rect:
    """Give the largest void that ends at ``bottom``; each strip is void from its ``begins``."""
    best = Rect(lefts[0], bottom, lefts[0], bottom)
    open_voids: list[tuple[float, float]] = []
    for left, top in zip(lefts, (*begins, bottom), strict=True):
        first = left
        while open_voids and open_voids[-1][1] <= top:
            first, higher = open_voids.pop()
            best = max(best, Rect(first, higher, left, bottom), key=lambda rect: rect.area)
        open_voids.append((first, top))
    return best
