"""Where each panel stands in a finished file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

SLUG_BEYOND_PT = 9.0
"""The widest bleed."""

if TYPE_CHECKING:
    import pypdfium2

    from handouts.compose.composed import Composed


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

    def moved(self, trim: Trim) -> Window:
        """Count from the page's corner what was counted from its trim's."""
        return Window(
            self.page,
            self.left + trim.left,
            self.bottom + trim.bottom,
            self.right + trim.left,
            self.top + trim.bottom,
        )


@dataclass(frozen=True, slots=True)
class Trim:
    """A finished page's trim, in points of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def outside(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Say whether a rectangle lies wholly beyond the trim and its bleed, as a slug does."""
        out = SLUG_BEYOND_PT
        return (
            right < self.left - out
            or left > self.right + out
            or top < self.bottom - out
            or bottom > self.top + out
        )


def trim_of(page: pypdfium2.PdfPage) -> Trim:
    """Read a page's trim from the file."""
    return Trim(*page.get_trimbox())


def panel_windows(
    composed: Composed, pages: dict[str, range], document: pypdfium2.PdfDocument
) -> dict[str, list[Window]]:
    """Say where each panel's or sheet's text stands in the finished file, page by page."""
    return {
        panel: [window.moved(trim_of(document[window.page])) for window in windows]
        for panel, windows in _within_trims(composed, pages).items()
    }


def _within_trims(composed: Composed, pages: dict[str, range]) -> dict[str, list[Window]]:
    if composed.folded is not None:
        return {
            spot.panel: [
                Window(
                    number,
                    float(spot.left.pt),
                    0.0,
                    float(spot.right.pt),
                    float(spot.size.height.pt),
                )
            ]
            for number, side in enumerate(composed.folded.sides)
            for spot in side.spots
        }
    return {
        leaf.name: [
            Window(page, 0.0, 0.0, float(leaf.size.width.pt), float(leaf.size.height.pt))
            for page in pages[leaf.name]
        ]
        for leaf in composed.leaves
    }
