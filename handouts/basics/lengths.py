"""Lengths that know their unit, so that no inch is ever read as a millimetre."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

POINTS_PER_INCH = 72
MM_PER_INCH = Fraction(254, 10)


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length, kept exactly as a fraction of a point (1/72 inch, the unit of PDF)."""

    pt: Fraction

    def __add__(self, other: Length) -> Length:
        """Add two lengths."""
        return Length(self.pt + other.pt)

    def __sub__(self, other: Length) -> Length:
        """Take one length from another."""
        return Length(self.pt - other.pt)

    @property
    def mm(self) -> float:
        """The length in millimetres."""
        return float(self.pt / POINTS_PER_INCH * MM_PER_INCH)

    @property
    def css(self) -> str:
        """The length as CSS takes it, in points to a millionth."""
        return f"{float(self.pt):.6f}".rstrip("0").rstrip(".") + "pt"


def inches(value: str | int) -> Length:
    """Make a length from inches; fractions are written as text: ``inches("3.6875")``."""
    return Length(Fraction(value) * POINTS_PER_INCH)


def mm(value: str | int) -> Length:
    """Make a length from millimetres."""
    return Length(Fraction(value) / MM_PER_INCH * POINTS_PER_INCH)


_WRITTEN = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) ?(mm|in)")


def parse_length(text: str) -> Length:
    """Read a length with its unit: ``"6mm"``, ``"0.25 in"``.

    Raises:
        ValueError: it is not a number with mm or in, or is negative.

    """
    match = _WRITTEN.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a length; write a number and its unit: 6mm or 0.25in")
    number, unit = match.groups()
    return mm(number) if unit == "mm" else inches(number)


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
