"""What is chosen from a short list: the edition, who takes the file, the side."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """How a piece is set."""

    STANDARD = "standard"
    LARGE_PRINT = "large-print"
    """18 pt in one column, reflowed into as many pages as it takes (ACB guideline, 2022)."""
    INK_SAVER = "ink-saver"
    """One ink and no fills, for a desk printer's sake."""


class Profile(StrEnum):
    """Who takes the file: the clinic's own printer, a print shop, or a screen."""

    OFFICE = "office"
    """RGB, cut to the page, clear of the edge that a desk printer can't reach."""
    PRESS = "press"
    """CMYK with bleed, boxes and an output intent (PDF/X-4)."""
    SCREEN = "screen"
    """RGB, tagged for screen readers (PDF/UA-1), links live."""


class Side(StrEnum):
    """Which side an exercise is done on."""

    EACH = "each"
    LEFT = "left"
    RIGHT = "right"
