"""Reads the finished file with another library than wrote it, and looks for every word."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2

from handouts.compose.page_text import Role
from handouts.findings import Finding, Place
from handouts.press.windows import Window, panel_windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.compose.compose import Composed
    from handouts.compose.page_text import Chunk
    from handouts.pages import LaidOut

_LINE_END_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u00ad": ""})
_SPACE = re.compile(r"\s+")
EDGE_TOLERANCE_PT = 0.5
MOST_TOLD = 3
"""Findings a panel: one lost text throws the order of those behind it into doubt."""
OVERLAP_SHARE = 0.15
"""Of the smaller height; no two lines of the shipped pieces share any."""


class _Rect(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def letters(text: str) -> str:
    """Reduce a text to its letters as a reader sees them: no spaces, no ligatures."""
    plain = unicodedata.normalize("NFKC", text.translate(_LINE_END_HYPHENS))
    seen = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return _SPACE.sub("", seen)


def read_back(pdf: bytes, composed: Composed, laid_out: LaidOut) -> Iterator[Finding]:
    """Find texts that the file lost, moved, printed over one another or let run off a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage() for page in document]
        for panel, windows in panel_windows(composed, laid_out.pages).items():
            wanted = [chunk for chunk in composed.chunks if chunk.panel == panel]
            found = [_window_letters(texts[window.page], window) for window in windows]
            place = Place(piece=composed.label, panel=panel, page=windows[0].page + 1)
            yield from _missing(wanted, found, place)
        for number, text in enumerate(texts):
            place = Place(piece=composed.label, page=number + 1)
            rects = [_Rect(*text.get_rect(index)) for index in range(text.count_rects())]
            yield from _off_page(rects, document[number].get_size(), text, place)
            yield from _overlapping(rects, text, place)
    finally:
        document.close()


def _window_letters(text: pypdfium2.PdfTextPage, window: Window) -> str:
    return letters(str(text.get_text_bounded(window.left, window.bottom, window.right, window.top)))


def _missing(wanted: list[Chunk], pages: list[str], place: Place) -> Iterator[Finding]:
    """Look for each text: those of the flow and those beside it in their order, others anywhere.

    A text of the flow may run on from one page to the next, so what a page ends with beside
    its flow (a second column, words in pictures, running feet, page numbers) is left out
    between them.
    """
    everything = "".join(pages)
    beside = [letters(chunk.text) for chunk in wanted if chunk.role is not Role.FLOW]
    numbers = [f"{number}of{len(pages)}" for number in range(1, len(pages) + 1)]
    flow = "".join(
        _flow_of(page.removesuffix(number).removesuffix("Page"), beside)
        for page, number in zip(pages, numbers, strict=True)
    )
    positions = {Role.FLOW: 0, Role.BESIDE: 0}
    troubles = 0
    for chunk in wanted:
        part = letters(chunk.text)
        text = flow if chunk.role is Role.FLOW else everything
        at = text.find(part, positions.get(chunk.role, 0))
        if at >= 0:
            if chunk.role in positions:
                positions[chunk.role] = at + len(part)
            continue
        troubles += 1
        if troubles > MOST_TOLD:
            return
        trouble = "out of its reading order" if part in text else "missing from the file"
        yield Finding(
            f'"{chunk.text[:60]}" is {trouble}',
            "no text of a piece may be lost or moved",
            "look in the template and styles for boxes of fixed height, hidden or moved parts",
            place,
        )


def _flow_of(page: str, beside: list[str]) -> str:
    """Cut from a page's end what stands beside its flow; it is drawn last."""
    while ends := [part for part in beside if page.endswith(part)]:
        page = page.removesuffix(max(ends, key=len))
    return page


def _off_page(
    rects: list[_Rect], size: tuple[float, float], text: pypdfium2.PdfTextPage, place: Place
) -> Iterator[Finding]:
    width, height = size
    for rect in rects:
        if (
            min(rect.left, rect.bottom) < -EDGE_TOLERANCE_PT
            or rect.right > width + EDGE_TOLERANCE_PT
            or rect.top > height + EDGE_TOLERANCE_PT
        ):
            yield Finding(
                f'"{_words(text, rect)}" runs off the page',
                "the printer would cut it",
                "shorten the words or give them more room",
                place,
            )


def _overlapping(
    rects: list[_Rect], text: pypdfium2.PdfTextPage, place: Place
) -> Iterator[Finding]:
    """Find lines printed over one another; rects come in reading order, so near ones first."""
    by_top = sorted(rects, key=lambda rect: -rect.top)
    for index, upper in enumerate(by_top):
        for lower in by_top[index + 1 :]:
            if lower.top <= upper.bottom:
                break
            width = min(upper.right, lower.right) - max(upper.left, lower.left)
            height = min(upper.top, lower.top) - max(upper.bottom, lower.bottom)
            smaller = min(upper.top - upper.bottom, lower.top - lower.bottom)
            if width > 1 and height > OVERLAP_SHARE * smaller:
                yield Finding(
                    f'"{_words(text, lower)}" is printed over "{_words(text, upper)}"',
                    "neither can be read",
                    "shorten the text, or give its part more room in the styles",
                    place,
                )


def _words(text: pypdfium2.PdfTextPage, rect: _Rect) -> str:
    return " ".join(str(text.get_text_bounded(*rect)).split())[:60]
