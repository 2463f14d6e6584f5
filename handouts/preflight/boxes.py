"""A page's rectangles, and places on it as a person measures them."""

from __future__ import annotations

from typing import NamedTuple

from handouts.preflight.thresholds import PT_PER_MM


class PageBox(NamedTuple):
    """A rectangle in points, in the page's own coordinates (upwards from the lower left)."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """How wide it is, in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is, in points."""
        return self.top - self.bottom

    def margins(self, inner: PageBox) -> tuple[float, float, float, float]:
        """Say how far another lies inside it, in points: left, bottom, right, top."""
        return (
            inner.left - self.left,
            inner.bottom - self.bottom,
            self.right - inner.right,
            self.top - inner.top,
        )

    def shared(self, other: PageBox) -> PageBox:
        """Give the part that two rectangles share."""
        return PageBox(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def around(self, other: PageBox) -> PageBox:
        """Give the least rectangle that holds two."""
        return PageBox(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def differs(self, other: PageBox, tolerance: float) -> bool:
        """Say whether any edge lies elsewhere than the other's."""
        return any(abs(margin) > tolerance for margin in self.margins(other))


class PageBoxes(NamedTuple):
    """A page's number and boxes. A box that is not in the file is None."""

    number: int
    media: PageBox
    crop: PageBox | None
    bleed: PageBox | None
    trim_written: PageBox | None
    turned: int
    unit: float

    @property
    def trim(self) -> PageBox:
        """Where the page is cut: the TrimBox, or what PDF takes for it."""
        return self.trim_written or self.crop or self.media

    def place_mm(self, left: float, top: float) -> tuple[float, float]:
        """Measure a point in millimetres right and down from the trim's top left corner."""
        across, down = left - self.trim.left, self.trim.top - top
        return round(across / PT_PER_MM, 2) + 0.0, round(down / PT_PER_MM, 2) + 0.0

    def place_of(self, box: PageBox) -> tuple[float, float]:
        """Measure a rectangle's top left corner."""
        return self.place_mm(box.left, box.top)
