"""Where a file's folds are, when the file itself leaves no doubt."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from playa.content import XObjectObject

from handouts.basics.errors import ContentError
from handouts.preflight.document import damage_told, opened
from handouts.preflight.thresholds import PT_PER_MM

if TYPE_CHECKING:
    from handouts.preflight.boxes import PageBoxes
    from handouts.preflight.document import OpenFile

PLACE_ROUNDING_PT = 0.1
FEWEST_PANELS = 2


def folds_of(pdf: bytes) -> tuple[tuple[float, ...], ...]:
    """Give each page's folds, in points from the trim's left, if they are known; else nothing."""
    try:
        with opened(pdf) as file, damage_told():
            folds_mm = known_folds(file)
    except ContentError:  # another reader takes the file, and says what is wrong with it
        return ()
    return tuple(tuple(fold * PT_PER_MM for fold in page) for page in folds_mm)


def known_folds(file: OpenFile) -> tuple[tuple[float, ...], ...]:
    """Give each page's folds if the file is a folded piece that this program made.

    That is sure when its two pages are labelled outside and inside, each is made of panels
    side by side from edge to edge, and the panels of one lie behind those of the other. The
    folds are then where the panels meet. Any other file is taken to have no folds.
    """
    labels = [page.label for page in islice(file.structure.pages, 3)]
    if labels != ["outside", "inside"]:
        return ()
    outside, inside = (_edges(file, sheet) for sheet in file.sheets)
    width = file.sheets[0].trim.width
    mirrored = [width - edge for edge in reversed(inside)]
    if len(outside) <= FEWEST_PANELS or not _alike(outside, mirrored):
        return ()
    if not _alike([outside[0], outside[-1]], [0.0, width]):
        return ()
    return tuple(tuple(edge / PT_PER_MM for edge in edges[1:-1]) for edges in (outside, inside))


def _edges(file: OpenFile, sheet: PageBoxes) -> list[float]:
    """Give the edges of a page's panels, in points from the trim's left, if they stand in a row.

    A panel is a form as high as the trim and its bleed.
    """
    bleed = sheet.bleed or sheet.trim
    out = sheet.trim.left - bleed.left
    spans = sorted(
        (left + out - sheet.trim.left, right - out - sheet.trim.left)
        for thing in file.page(sheet)
        if isinstance(thing, XObjectObject)
        for left, bottom, right, top in [thing.bbox]
        if _alike([bottom, top], [bleed.bottom, bleed.top])
    )
    if not spans or not _alike([left for left, _ in spans[1:]], [right for _, right in spans[:-1]]):
        return []
    return [*(left for left, _ in spans), spans[-1][1]]


def _alike(some: list[float], others: list[float]) -> bool:
    return len(some) == len(others) and all(
        abs(one - other) < PLACE_ROUNDING_PT for one, other in zip(some, others, strict=True)
    )
