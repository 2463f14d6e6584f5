"""What is seen of a folded piece in the hand, from its front to the open sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.basics.folds import Direction

if TYPE_CHECKING:
    from fractions import Fraction

    from handouts.basics.folds import Crease, Fold, FoldedSheet


@dataclass(frozen=True, slots=True)
class _Layer:
    """A column as it lies on the table, in points from the open sheet's left."""

    column: int
    left: Fraction
    right: Fraction
    turned: bool = False
    """Whether its outside is up."""

    def over(self, x: Fraction) -> _Layer:
        """Give the layer turned over about an upright line."""
        return replace(
            self, left=2 * x - self.right, right=2 * x - self.left, turned=not self.turned
        )


def stages(sheet: FoldedSheet) -> tuple[tuple[str, ...], ...]:
    """Name the panels that are seen at each stage of opening, from left to right.

    The first stage is the front of the closed piece, the next ones are a step more open each,
    then comes the whole inside. Where panels that lie within the closed piece have not been
    seen by then, the open sheet is turned over at the end.
    """
    fold = sheet.fold
    last = max(crease.step for crease in fold.creases)
    found = [_seen(fold, _lying(sheet, steps)) for steps in range(last, -1, -1)]
    back = _seen(fold, _from_behind(_lying(sheet, last)))
    if set(fold.outside).difference(back, *found):
        found.append(fold.outside)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class EdgeOn:
    """A column of the closed piece, in points from the open sheet's left."""

    column: int
    left: Fraction
    right: Fraction
    next_at_left: bool
    """Whether the crease to the next column is its left edge: it lies turned over."""


def edge_on(sheet: FoldedSheet) -> tuple[EdgeOn, ...]:
    """Give the closed piece's layers from the table up; the column that stays is inside up."""
    last = max(crease.step for crease in sheet.fold.creases)
    return tuple(
        EdgeOn(layer.column, layer.left, layer.right, layer.turned) for layer in _lying(sheet, last)
    )


def _lying(sheet: FoldedSheet, steps: int) -> list[_Layer]:
    """Fold the steps up to one of them; the layers are told from the table up."""
    fold = sheet.fold
    layers = [
        _Layer(column, spot.left.pt, spot.right.pt)
        for column, spot in enumerate(sheet.inside.spots)
    ]
    in_order = sorted(
        enumerate(fold.creases), key=lambda numbered: (numbered[1].step, -numbered[0])
    )
    for number, crease in in_order:
        if crease.step <= steps:
            layers = _folded(fold, layers, number, crease)
    return layers


def _folded(fold: Fold, layers: list[_Layer], number: int, crease: Crease) -> list[_Layer]:
    """Move what lies beyond a crease, seen from the column that stays on the table."""
    leftward = number < fold.still
    near = next(layer for layer in layers if layer.column == (number + 1 if leftward else number))
    x = near.left if leftward is not near.turned else near.right
    moved = [layer for layer in layers if (layer.column <= number) is leftward]
    kept = [layer for layer in layers if layer not in moved]
    turned = [layer.over(x) for layer in reversed(moved)]
    upward = (crease.direction is Direction.VALLEY) is not near.turned
    return [*kept, *turned] if upward else [*turned, *kept]


def _from_behind(layers: list[_Layer]) -> list[_Layer]:
    return [layer.over(layers[0].left) for layer in reversed(layers)]


def _seen(fold: Fold, layers: list[_Layer]) -> tuple[str, ...]:
    """Name the panels of which more than half is seen from above."""
    seen: list[_Layer] = []
    for layer in reversed(layers):
        overlaps = (min(layer.right, upper.right) - max(layer.left, upper.left) for upper in seen)
        covered = sum(overlap for overlap in overlaps if overlap > 0)
        if 2 * covered < layer.right - layer.left:
            seen.append(layer)
    seen.sort(key=lambda layer: layer.left)
    return tuple(
        (fold.outside[::-1] if layer.turned else fold.inside)[layer.column] for layer in seen
    )
