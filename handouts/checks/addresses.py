"""Checks on web addresses: whether a phone can read the code that is printed of them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding
from handouts.drawings.qr import LEAST_MODULE_MM, largest_module_mm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent
    from handouts.models.base import Path

BOOKING_CODE_MM, VIDEO_CODE_MM = 22.0, 18.0
"""Sides of the codes, as the styles print them (``.code svg``, ``.video .code svg``)."""


def check_addresses(loaded: LoadedContent) -> Iterator[Finding]:
    """Find addresses that are too long for the code that is printed of them."""
    content = loaded.content
    codes: list[tuple[Path, str, float]] = [
        (("clinic", "booking"), content.clinic.booking, BOOKING_CODE_MM)
    ]
    codes += [
        (("exercises", name, "video"), exercise.video, VIDEO_CODE_MM)
        for name, exercise in content.exercises.items()
        if exercise.video is not None
    ]
    for path, url, side_mm in codes:
        if largest_module_mm(url, side_mm) < LEAST_MODULE_MM:
            yield Finding(
                f"the address has {len(url)} letters, too many for its QR code",
                f"at {side_mm:g} mm a phone can't tell the squares apart",
                f"use a shorter address, of {_most_letters(url, side_mm)} letters at most",
                loaded.place(path),
            )


def _most_letters(url: str, side_mm: float) -> int:
    return next(
        length
        for length in count(len(url) - 1, -1)
        if largest_module_mm(url[:length], side_mm) >= LEAST_MODULE_MM
    )
