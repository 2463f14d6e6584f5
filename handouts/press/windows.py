"""Where each panel stands in a finished file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.paper import Format, roll_fold

if TYPE_CHECKING:
    from handouts.compose.compose import Composed


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a page on which a leaf's text stands, in points from the lower left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, page: int, x: float, y: float) -> bool:
        """Say whether a point of a page lies in it."""
        inside = self.left <= x <= self.right and self.bottom <= y <= self.top
        return page == self.page and inside


def panel_windows(composed: Composed, pages: dict[str, range]) -> dict[str, list[Window]]:
    """Say where each panel's or sheet's text stands in the finished file, page by page."""
    if composed.format is Format.ROLL_FOLD:
        return {
            spot.panel: [
                Window(
                    number,
                    float(spot.left.pt),
                    0.0,
                    float((spot.left + spot.size.width).pt),
                    float(spot.size.height.pt),
                )
            ]
            for number, side in enumerate(roll_fold(composed.paper))
            for spot in side.spots
        }
    return {
        leaf.name: [
            Window(page, 0.0, 0.0, float(leaf.size.width.pt), float(leaf.size.height.pt))
            for page in pages[leaf.name]
        ]
        for leaf in composed.leaves
    }
