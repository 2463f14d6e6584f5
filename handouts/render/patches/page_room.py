"""Where the room of a page begins and how tall it is, within its margins.

A page of the engine's tells its own size and no margins. Written for WeasyPrint 70. Upstream could
give ``Page`` the box of its content.
"""

from __future__ import annotations

from typing import Any


def room_px(page: Any) -> tuple[float, float]:
    """Give how far below a page's upper edge its room begins, and how tall the room is."""
    box = page._page_box  # noqa: SLF001 - has the margins
    return float(box.content_box_y()), float(box.height)
