"""Reads the finished file with another library than wrote it, and looks for every word."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2

from handouts.findings import Finding, Place
from handouts.paper import Format, roll_fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.compose.compose import Composed
    from handouts.render.engine import Rendered

_LINE_END_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u00ad": ""})
_SPACE = re.compile(r"\s+")
EDGE_TOLERANCE_PT = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a page on which a leaf's text stands, in points from the lower left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def letters(text: str) -> str:
    """Reduce a text to its letters as a reader sees them: no spaces, no ligatures."""
    plain = unicodedata.normalize("NFKC", text.translate(_LINE_END_HYPHENS))
    return _SPACE.sub("", plain)


def _windows(composed: Composed, rendered: Rendered) -> dict[str, list[Window]]:
    if composed.format is Format.ROLL_FOLD:
        return {
            spot.panel: [
                Window(
                    number,
                    float(spot.left.pt),
                    0.0,
                    float((spot.left + spot.size.width).pt),
                    float(spot.size.height.pt),
                )
            ]
            for number, side in enumerate(roll_fold(composed.paper))
            for spot in side.spots
        }
    return {
        leaf.name: [
            Window(page, 0.0, 0.0, float(leaf.size.width.pt), float(leaf.size.height.pt))
            for page in rendered.pages[leaf.name]
        ]
        for leaf in composed.leaves
    }


def read_back(pdf: bytes, composed: Composed, rendered: Rendered) -> Iterator[Finding]:
    """Find texts that the finished file lost, put out of order, or let run off a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage() for page in document]
        wanted: dict[str, list[str]] = defaultdict(list)
        for chunk in composed.chunks:
            wanted[chunk.panel].append(chunk.text)
        for panel, windows in _windows(composed, rendered).items():
            found = "".join(_window_letters(pages[w.page], w) for w in windows)
            yield from _missing(composed, panel, wanted[panel], found, windows[0].page + 1)
        for number, page in enumerate(pages):
            yield from _off_page(composed, number, document[number].get_size(), page)
    finally:
        document.close()


def _window_letters(page: pypdfium2.PdfTextPage, window: Window) -> str:
    return letters(str(page.get_text_bounded(window.left, window.bottom, window.right, window.top)))


def _missing(
    composed: Composed, panel: str, wanted: list[str], found: str, page: int
) -> Iterator[Finding]:
    place = Place(piece=composed.label, panel=panel, page=page)
    position = 0
    for text in wanted:
        part = letters(text)
        at = found.find(part, position)
        if at >= 0:
            position = at + len(part)
            continue
        lost = part not in found
        yield Finding(
            f'"{text[:60]}" is {"missing from the file" if lost else "out of its reading order"}',
            "no text of a piece may be lost or moved",
            "check the template and styles for boxes of fixed height, hidden or moved parts",
            place,
        )


def _off_page(
    composed: Composed, number: int, size: tuple[float, float], page: pypdfium2.PdfTextPage
) -> Iterator[Finding]:
    width, height = size
    for index in range(page.count_rects()):
        left, bottom, right, top = page.get_rect(index)
        inside = (
            left >= -EDGE_TOLERANCE_PT
            and bottom >= -EDGE_TOLERANCE_PT
            and right <= width + EDGE_TOLERANCE_PT
            and top <= height + EDGE_TOLERANCE_PT
        )
        if not inside:
            text = str(page.get_text_bounded(left, bottom, right, top))
            yield Finding(
                f'"{text[:60]}" runs off the page',
                "it would be cut by the printer",
                "shorten the word or give it more room",
                Place(piece=composed.label, page=number + 1),
            )
