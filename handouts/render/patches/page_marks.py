"""What a page of the engine's shows: where its words, pictures, rules and shapes stand.

A page of the engine's tells anchors and links, so its boxes are gone through. Written for
WeasyPrint 70. Upstream could give ``Page`` a public tree of boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a page, in the engine's pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: Rect) -> Rect:
        """Give the part of it that lies within another; it is turned over where there is none."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    @property
    def area(self) -> float:
        """Its area; 0 where it is turned over."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


def type_area(page: Any) -> Rect:
    """Give what lies within a page's margins."""
    return _content(page._page_box)  # noqa: SLF001 - has the margins


def marks(page: Any) -> Iterator[Rect]:
    """Find what stands within a page's margins.

    A line of words and a picture take the width of the column that they stand in: what is left
    beside them is no void. A ground below words does not count, an image does; a ground or a frame
    with nothing in it is a shape, or a place to write, and counts whole.
    """
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - after the fonts are set

    root = page._page_box  # noqa: SLF001 - has the boxes
    room = _content(root)
    for child in root.children:
        if not isinstance(child, boxes.MarginBox):
            for mark in _of_box(child, room, room):
                if (seen := mark.within(room)).area:
                    yield seen


def _of_box(box: Any, column: Rect, clip: Rect) -> Iterator[Rect]:
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - after the fonts are set

    box = getattr(box, "_box", box)  # one that is placed absolutely stands behind a stand-in
    if isinstance(box, boxes.TextBox):
        if box.text.strip():
            top = box.position_y
            yield Rect(column.left, top, column.right, top + box.height).within(clip)
        return
    edge = Rect(
        box.border_box_x(),
        box.border_box_y(),
        box.border_box_x() + box.border_width(),
        box.border_box_y() + box.border_height(),
    )
    if isinstance(box, boxes.ReplacedBox):
        left, right = min(column.left, edge.left), max(column.right, edge.right)
        yield Rect(left, edge.top, right, edge.bottom).within(clip)
        return
    sides = [side for side in _SIDES if _has_border(box, side)]
    if _has_image(box) or (_has_edges(box, sides) and not _holds_anything(box)):
        yield edge.within(clip)
    else:
        for side in sides:
            yield _rule(box, side, edge).within(clip)
    if box.style["overflow"] != "visible":
        clip = edge.within(clip)
    if isinstance(box, boxes.BlockContainerBox):
        column = _content(box)
    for child in box.all_children():
        yield from _of_box(child, column, clip)


def _holds_anything(box: Any) -> bool:
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - after the fonts are set

    return any(
        isinstance(part, boxes.ReplacedBox)
        or (isinstance(part, boxes.TextBox) and bool(part.text.strip()))
        for part in box.descendants()
    )


def _has_image(box: Any) -> bool:
    ground = box.background
    return ground is not None and any(layer.image is not None for layer in ground.layers)


def _has_edges(box: Any, sides: Sequence[str]) -> bool:
    """Say whether a box can be seen as a whole: by its ground, or by a frame."""
    return box.background is not None or len(sides) == len(_SIDES)


def _has_border(box: Any, side: str) -> bool:
    return getattr(box, f"border_{side}_width") > 0 and box.style[f"border_{side}_style"] not in (
        "none",
        "hidden",
    )


def _rule(box: Any, side: str, edge: Rect) -> Rect:
    wide = getattr(box, f"border_{side}_width")
    return Rect(
        edge.right - wide if side == "right" else edge.left,
        edge.bottom - wide if side == "bottom" else edge.top,
        edge.left + wide if side == "left" else edge.right,
        edge.top + wide if side == "top" else edge.bottom,
    )


def _content(box: Any) -> Rect:
    left, top = float(box.content_box_x()), float(box.content_box_y())
    return Rect(left, top, left + float(box.width), top + float(box.height))
