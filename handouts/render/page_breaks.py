"""Where a sheet's pages end: of as few pages, those whose tallest void is smallest.

The engine fills page after page, so that the last may hold two lines. A template names the parts
before which a page may end by ids: ``part-`` where it may, ``own-`` where one ends in any case.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from handouts.render.patches.page_room import room_px

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_VOID = 1 / 3
"""Of a page's room; pages with less of a void stay as the engine made them."""
LEAST_GAIN = 1 / 20
"""Of a page's room, by which the tallest void is to become smaller."""
_MAY, _OWN = "part-", "own-"
_WHOLE = "panel-"
"""Holds all parts; on a page that it goes on from, it reaches down to the foot."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two pages' ends that no choice moves; heights are shares of a page."""

    parts: list[str]
    heights: list[float]
    used: list[float]
    """How much of each of its pages is used now."""


def better_breaks(document: Any) -> tuple[str, ...]:
    """Name the parts that are to begin a page, so that the tallest void gets smaller.

    None where it doesn't. ``document`` is the engine's, laid out without such breaks.
    """
    chosen: list[str] = []
    for stretch in _stretches(document):
        tallest = 1 - min(stretch.used)
        if len(stretch.used) == 1 or max(stretch.heights) > 1 or tallest <= MOST_VOID:
            continue
        best = _best(stretch.heights)
        edges = list(accumulate(best, initial=0))
        voids = [1 - sum(stretch.heights[a:b]) for a, b in pairwise(edges)]
        fewer = len(best) - len(stretch.used)
        if fewer < 0 or (fewer == 0 and max(voids) < tallest - LEAST_GAIN):
            chosen += [stretch.parts[edge] for edge in edges[1:-1]]
    return tuple(chosen)


def _stretches(document: Any) -> Iterator[Stretch]:
    """Take a document apart where a page ends in any case."""
    pages = [page.anchors for page in document.pages]
    found = {
        name: (number, box[1])
        for number, anchors in reversed(list(enumerate(pages)))
        for name, box in anchors.items()
        if name.startswith((_MAY, _OWN))
    }
    if len(pages) == 1 or not any(name.startswith(_MAY) for name in found):
        return
    rooms = [room_px(page) for page in document.pages]
    used_px = [
        max(
            (box[3] for name, box in anchors.items() if not name.startswith(_WHOLE)), default=top_px
        )
        - top_px
        for anchors, (top_px, _) in zip(pages, rooms, strict=True)
    ]
    # How far each part begins behind the first page's top, as if the pages were one.
    before_px = list(accumulate(used_px, initial=0.0))
    names = ["", *sorted(found, key=found.__getitem__)]
    at = [(0, 0.0), *(found[name] for name in names[1:])]
    starts_px = [0.0, *(before_px[n] + y - rooms[n][0] for n, y in at[1:]), before_px[-1]]
    room = rooms[0][1]
    heights = [(end - start) / room for start, end in pairwise(starts_px)]
    own = [n for n, name in enumerate(names) if n == 0 or name.startswith(_OWN)]
    for first, end in pairwise((*own, len(names))):
        last_page = at[end][0] - 1 if end < len(names) else len(pages) - 1
        yield Stretch(
            names[first:end],
            heights[first:end],
            [used / room for used in used_px[at[first][0] : last_page + 1]],
        )


def _best(heights: Sequence[float]) -> tuple[int, ...]:
    """Say how many parts stand on each page: fewest pages, then the smallest tallest void."""

    @cache
    def best_from(first: int) -> tuple[int, float, float, tuple[int, ...]]:
        if first == len(heights):
            return 0, 0.0, 0.0, ()
        found = []
        for end in range(first + 1, len(heights) + 1):
            void = 1 - sum(heights[first:end])
            if void < 0 and end > first + 1:
                break
            pages, tallest, squares, counts = best_from(end)
            found.append((pages + 1, max(tallest, void), squares + void**2, (end - first, *counts)))
        return min(found)

    return best_from(0)[3]
