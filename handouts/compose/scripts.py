"""Which way a text runs."""

from __future__ import annotations

import unicodedata


def direction(text: str) -> str:
    """Say whether a text runs "ltr" or "rtl", by its first strong letter (UAX #9, P2-P3)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "ltr"
