"""A folded sheet for the one who folds it: both sides flat, and the closed piece edge-on.

Widths are drawn to scale, heights are not. Units are printed millimetres.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handouts.basics.lengths import MM_PER_INCH, POINTS_PER_INCH
from handouts.drawings.lettering import FONT_FAMILY
from handouts.imposition.in_hand import edge_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from handouts.basics.folds import FoldedSheet, FoldedSide
    from handouts.basics.lengths import Length
    from handouts.wording.language import Language

WIDTH_MM = 176.0
SIDE_HEIGHT_MM = 18.0
LAYER_MM = 4.5
GAP_MM = 8.0
LETTER_MM = 3.2
"""9 pt."""


def fold_drawing(say: Language, sheet: FoldedSheet) -> str:
    """Draw the outside, the inside and the closed piece seen from its foot, as one SVG."""
    parts = [
        *_side(say, sheet, sheet.outside, GAP_MM),
        *_side(say, sheet, sheet.inside, 2 * GAP_MM + SIDE_HEIGHT_MM),
        *_edge_on(say, sheet, 3 * GAP_MM + 2 * SIDE_HEIGHT_MM),
    ]
    height = 3 * GAP_MM + 2 * SIDE_HEIGHT_MM + LAYER_MM * (len(sheet.fold.columns) + 1)
    return (
        f'<svg class="fold" xmlns="http://www.w3.org/2000/svg" width="{WIDTH_MM}mm" '
        f'height="{height}mm" viewBox="0 0 {WIDTH_MM} {height}">'
        f"<title>{escape(say.text('fold.title'))}</title>{''.join(parts)}</svg>"
    )


def _scale(sheet: FoldedSheet) -> float:
    return (WIDTH_MM - 1) / sheet.inside.size.width.mm


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONT_FAMILY}" '
        f'font-size="{LETTER_MM}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def _width(say: Language, width: Length) -> str:
    inches = f"{float(width.pt / POINTS_PER_INCH):.5g}"
    return say.text("fold.width", mm=say.number(f"{width.mm:.2f}"), inches=say.number(inches))


def _side(say: Language, sheet: FoldedSheet, side: FoldedSide, top: float) -> Iterator[str]:
    scale, middle = _scale(sheet), top + SIDE_HEIGHT_MM / 2
    yield _text(0.5, top - 1.5, say.text(f"fold.{side.name}"))
    yield (
        f'<rect x="0.5" y="{top:.2f}" width="{side.size.width.mm * scale:.2f}" '
        f'height="{SIDE_HEIGHT_MM}" fill="none" stroke="#000" stroke-width="0.3"/>'
    )
    for spot in side.spots:
        x = 0.5 + (spot.left.mm + spot.size.width.mm / 2) * scale
        yield _text(x, middle - 1, say.named("panel", spot.panel), "middle")
        yield _text(x, middle + 4, _width(say, spot.size.width), "middle")
    inside = side.name == "inside"
    for at, crease in zip(
        side.folds, sheet.fold.creases if inside else sheet.fold.creases[::-1], strict=True
    ):
        x = 0.5 + at.mm * scale
        yield (
            f'<path d="M{x:.2f} {top:.2f}V{top + SIDE_HEIGHT_MM:.2f}" stroke="#000" '
            'stroke-width="0.3" stroke-dasharray="1.6 1.1" fill="none"/>'
        )
        if inside:
            direction = say.text(f"crease.{crease.direction}")
            words = say.text("fold.crease", n=say.number(crease.step), direction=direction)
            yield _text(x, top - 2.4, words, "middle")


def _edge_on(say: Language, sheet: FoldedSheet, top: float) -> Iterator[str]:
    """Draw the closed piece as its lower edge looks, the inside of the still column up."""
    to_mm = _scale(sheet) * float(MM_PER_INCH / POINTS_PER_INCH)
    layers = edge_on(sheet)
    least = min(layer.left for layer in layers)
    heights = {
        layer.column: top + LAYER_MM * (len(layers) - row) for row, layer in enumerate(layers)
    }

    def across(place: Fraction) -> float:
        return 2 + float(place - least) * to_mm

    yield _text(0.5, top - 1.5, say.text("fold.edge_on"))
    beside = across(max(layer.right for layer in layers)) + 5
    for layer in layers:
        y = heights[layer.column]
        yield _stroke(f"M{across(layer.left):.2f} {y:.2f}H{across(layer.right):.2f}")
        names = sheet.fold.columns[layer.column]
        told = (say.named("panel", name) for name in (names.inside, names.outside))
        yield _text(beside, y + 1, " / ".join(told))
        if layer.column + 1 in heights:
            other_y = heights[layer.column + 1]
            x = across(layer.left if layer.next_at_left else layer.right)
            out = x - 1.6 if layer.next_at_left else x + 1.6
            yield _stroke(
                f"M{x:.2f} {y:.2f}C{out:.2f} {y:.2f} {out:.2f} {other_y:.2f} {x:.2f} {other_y:.2f}"
            )


def _stroke(path: str) -> str:
    return f'<path d="{path}" stroke="#000" stroke-width="0.5" fill="none"/>'
