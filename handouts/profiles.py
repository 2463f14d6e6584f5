"""Profiles: what a file is made for, and so what it must hold."""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """Who takes the file: the clinic's own printer, a print shop, or a screen."""

    OFFICE = "office"
    """RGB, cut to the page, clear of the edge that a desk printer can't reach."""
    PRESS = "press"
    """CMYK with bleed, boxes and an output intent (PDF/X-4)."""
    SCREEN = "screen"
    """RGB, tagged for screen readers (PDF/UA-1), links live."""
