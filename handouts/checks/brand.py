"""Checks on the clinic's colours: whether words set in them can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.drawings.colours import LEAST_CONTRAST, WHITE, contrast, readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent


def check_brand(loaded: LoadedContent) -> Iterator[Finding]:
    """Say when the primary colour is printed darker than it was given."""
    color = loaded.content.clinic.brand.primary
    if contrast(color, WHITE) >= LEAST_CONTRAST:
        return
    yield Finding(
        f"headings in {color} would be hard to read on white",
        f"its contrast is {contrast(color, WHITE):.1f}, and {LEAST_CONTRAST} is needed",
        f"it is printed darker, as {readable(color)}; write that, or another dark colour",
        loaded.place(("clinic", "brand", "primary")),
        Severity.WARNING,
    )
