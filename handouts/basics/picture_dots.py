"""How many dots to the inch a picture needs at the size at which it is printed."""

from __future__ import annotations

WANTED_DPI = 300
LEAST_DPI = 225
"""Print shops ask for 300 dots per inch at size; below 225 a reader sees the dots."""

TOO_FEW_DOTS = "a picture has too few dots for its size"
MEND = "use a larger picture or an SVG, or print it smaller"


def limit_missed(dpi: float) -> int | None:
    """Give the limit that a picture stays below, the lower one if both; None where it has enough.

    What rounds to a limit keeps it.
    """
    return next((limit for limit in (LEAST_DPI, WANTED_DPI) if round(dpi, 1) < limit), None)
