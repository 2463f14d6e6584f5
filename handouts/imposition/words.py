"""Lengths and sizes as messages say them, in millimetres and inches."""

from __future__ import annotations


def written(value: float) -> str:
    """Write a number with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def in_both_units(length_pt: float) -> str:
    """Write a length as ``8 mm (0.31 in)``."""
    return f"{written(length_pt / 72 * 25.4)} mm ({written(length_pt / 72)} in)"


def size(width_pt: float, height_pt: float) -> str:
    """Write a size as ``5.5 × 8.5 in (139.7 × 215.9 mm)``."""
    inches = f"{written(width_pt / 72)} × {written(height_pt / 72)} in"
    return f"{inches} ({written(width_pt / 72 * 25.4)} × {written(height_pt / 72 * 25.4)} mm)"
