"""Slots: the places of a laid-out sheet that hold a person's own words, and where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PX_TO_PT = 0.75


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one line of a person's words, in CSS px from the page's upper left."""

    name: str
    page: int
    """Counted from 0."""
    left_px: float
    right_px: float
    baseline_px: float
    turns: bool
    """Whether words that run from right to left begin at the right edge."""
    line: int
    """Of the lines that this slot has on this page, counted from 0."""
    wrap_left_px: float
    """Where words go on that don't fit on the line."""
    colour: tuple[float, ...]
    """Red, green and blue; or, in a press run, the four inks; each from 0 to 1."""
    style: dict[str, Any]
    """The properties that decide how words are shaped, as the layout engine computed them, in
    plain data as JSON has it."""
