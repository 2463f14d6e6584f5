"""How many dots to the inch a picture needs at the size at which it is printed."""

from __future__ import annotations

PREVIEW_DPI = 110
"""At this a screen shows a page of Letter at about its own size."""
WANTED_DPI = 300
LEAST_DPI = 225
"""Print shops ask for 300 dots per inch at size; below 225 a reader sees the dots."""

_TOO_FEW_DOTS = "has too few dots for its size"
TOO_FEW_DOTS = f"a picture {_TOO_FEW_DOTS}"
MEND = "use a larger picture or an SVG, or print it smaller"


def too_few_dots(name: str | None) -> str:
    """Say so of a picture, by its file's name where that is known."""
    return f'"{name}" {_TOO_FEW_DOTS}' if name else TOO_FEW_DOTS


def limit_missed(dpi: float) -> int | None:
    """Give the limit that a picture stays below, the lower one if both; None where it has enough.

    What rounds to a limit keeps it.
    """
    return next((limit for limit in (LEAST_DPI, WANTED_DPI) if round(dpi, 1) < limit), None)
