"""Where a file's folds are, when the file itself leaves no doubt."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from handouts.paper import Paper, roll_fold

if TYPE_CHECKING:
    from handouts.paper import Side
    from handouts.preflight.document import OpenFile

SIZE_ROUNDING_PT = 0.1


def side_folds_mm(side: Side) -> tuple[float, ...]:
    """Give the folds of one side of a sheet, in millimetres from its left edge."""
    return tuple(spot.left.mm for spot in side.spots[1:])


def known_folds(file: OpenFile) -> tuple[tuple[float, ...], ...]:
    """Give each page's folds if the file is a roll-fold that this program made.

    That is sure when its two pages are labelled outside and inside and are cut to a
    roll-fold's size; any other file is taken to have no folds.
    """
    labels = [page.label for page in islice(file.structure.pages, 3)]
    if labels != ["outside", "inside"]:
        return ()
    for paper in Paper:
        sides = roll_fold(paper)
        sizes = [(float(side.size.width.pt), float(side.size.height.pt)) for side in sides]
        fits = all(
            abs(sheet.trim.width - width) < SIZE_ROUNDING_PT
            and abs(sheet.trim.height - height) < SIZE_ROUNDING_PT
            for sheet, (width, height) in zip(file.sheets, sizes, strict=True)
        )
        if fits:
            return tuple(side_folds_mm(side) for side in sides)
    return ()
