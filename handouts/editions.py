"""Editions: the same words for other eyes and other printers."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """How a piece is set."""

    STANDARD = "standard"
    LARGE_PRINT = "large-print"
    """18 pt in one column, reflowed into as many pages as it takes (ACB guideline, 2022)."""
    INK_SAVER = "ink-saver"
    """One ink and no fills, for a desk printer's sake."""
