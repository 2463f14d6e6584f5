"""Profiles: one source, and what the file is made for."""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """Who prints or shows the file."""

    OFFICE = "office"
    """The front desk's printer: RGB, the page is the trimmed sheet, nothing at its edge."""
    PRESS = "press"
    """A print shop: PDF/X-4 in CMYK with bleed and marks."""
    SCREEN = "screen"
    """Websites and screen readers."""
