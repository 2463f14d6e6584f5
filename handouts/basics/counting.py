"""Numbers of things, as messages tell them."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """Write how many there are of a thing whose plural ends in s: "1 sheet", "2 sheets"."""
    return f"{number} {thing}" + ("" if number == 1 else "s")
