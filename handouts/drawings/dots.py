"""A hundred dots, ten by ten: how many of 100, each kind in a shape of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

CELL = 10
"""Of the drawing's units; printed at 5 mm a dot is 50 mm wide in all."""
_SHAPES = (
    '<circle cx="{x}" cy="{y}" r="4"/>',
    '<path d="M{left} {top}h7v7h-7z"/>',
    '<path d="M{x} {high}l4.4 8h-8.8z"/>',
    '<path d="M{x} {higher}l4.8 4.8-4.8 4.8-4.8-4.8z"/>',
    '<path d="M{bar} {tall}h3v3h3v3h-3v3h-3v-3h-3v-3h3z"/>',
)
"""Told apart without colour: disc, square, triangle, diamond, cross."""
_EMPTY = '<circle cx="{x}" cy="{y}" r="3.4" fill="none" stroke="{colour}" stroke-width="0.7"/>'


def _shape(template: str, column: int, row: int, colour: str) -> str:
    x, y = column * CELL + CELL / 2, row * CELL + CELL / 2
    return template.format(
        x=x, y=y, left=x - 3.5, top=y - 3.5, high=y - 4.2, higher=y - 4.8, bar=x - 1.5,
        tall=y - 4.5, colour=colour,
    )  # fmt: skip


def dot(kind: int, colour: str) -> str:
    """Draw one dot of a kind as a background's address, so that a reader of tags hears none."""
    shape = _shape(_SHAPES[kind], 0, 0, colour)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {CELL} {CELL}">'
        f'<g fill="{colour}">{shape}</g></svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"


def hundred_dots(counts: Sequence[int], colour: str, title: str, description: str) -> str:
    """Draw ten rows of ten as inline SVG: first the kinds in their order, then empty rings.

    ``counts`` are at most five, and 100 in all.
    """
    kinds = [_SHAPES[kind] for kind, count in enumerate(counts) for _ in range(count)]
    kinds += [_EMPTY] * (100 - len(kinds))
    drawn = "".join(
        _shape(template, number % 10, number // 10, colour) for number, template in enumerate(kinds)
    )
    side = 10 * CELL
    return (
        f'<svg viewBox="0 0 {side} {side}" role="img"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc>"
        f'<g fill="{colour}">{drawn}</g></svg>'
    )
