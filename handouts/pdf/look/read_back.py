"""Reads the finished file with another library than wrote it, and looks for every word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

from handouts.basics.characters import seen_letters
from handouts.basics.findings import Finding, Place
from handouts.compose.page_text import Role
from handouts.compose.scripts import reads_back
from handouts.pdf.look.lines import TextRun, page_lines
from handouts.pdf.look.windows import Trim, Window, panel_windows, trim_of
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut
    from handouts.compose.page_text import Chunk

EDGE_TOLERANCE_PT = 0.5
MOST_TOLD = 3
"""Findings a panel: one lost text throws the order of those behind it into doubt."""
OVERLAP_SHARE = 0.15
"""Of the smaller height; no two lines of the shipped pieces share any."""


def read_back(pdf: bytes, composed: Composed, laid_out: LaidOut) -> Iterator[Finding]:
    """Find texts that the file lost, moved, printed over one another or let run off a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        marked = composed.bleed is not None
        texts = [page.get_textpage() for page in document]
        kept = not reads_back(composed.html)
        lines = [
            page_lines(page, text, kept=kept) for page, text in zip(document, texts, strict=True)
        ]
        for panel, windows in panel_windows(composed, laid_out.pages, document).items():
            wanted = [chunk for chunk in composed.chunks if chunk.panel == panel]
            found = [
                _kept_letters(lines[window.page], window)
                if kept
                else _window_letters(texts[window.page], window)
                for window in windows
            ]
            place = Place(piece=composed.label, panel=panel, page=windows[0].page + 1)
            yield from _missing(composed, wanted, found, place)
        for number, on_page in enumerate(lines):
            place = Place(piece=composed.label, page=number + 1)
            trim = trim_of(document[number])
            inside = [line for line in on_page if not (marked and trim.outside(*line.box))]
            yield from _off_page(composed, inside, trim, place)
            yield from _overlapping(composed, inside, place)
    finally:
        document.close()


def _kept_letters(lines: list[TextRun], window: Window) -> str:
    return seen_letters(
        "".join(line.words for line in lines if window.holds(window.page, *line.middle))
    )


def _window_letters(text: pypdfium2.PdfTextPage, window: Window) -> str:
    return seen_letters(
        str(text.get_text_bounded(window.left, window.bottom, window.right, window.top))
    )


def _missing(
    composed: Composed, wanted: list[Chunk], pages: list[str], place: Place
) -> Iterator[Finding]:
    """Look for each text: those of the flow and those beside it in their order, others anywhere.

    A text of the flow may run on from one page to the next, so what a page ends with beside
    its flow (a second column, words in pictures, running feet, cues, page numbers) is left out
    between them.
    """
    everything = "".join(pages)
    beside = [seen_letters(chunk.text) for chunk in wanted if chunk.role is not Role.FLOW]
    say = language(composed.language)
    numbers = [
        seen_letters(say.text("page.number", page=str(number), pages=str(len(pages))))
        for number in range(1, len(pages) + 1)
    ]
    flow = "".join(
        _flow_of(page.removesuffix(number), beside)
        for page, number in zip(pages, numbers, strict=True)
    )
    positions = {Role.FLOW: 0, Role.BESIDE: 0}
    troubles = 0
    for chunk in wanted:
        if chunk.role is Role.CUE:
            continue
        part = seen_letters(chunk.text)
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
            f"{composed.quote(chunk.text)} is {trouble}",
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
    composed: Composed, lines: list[TextRun], trim: Trim, place: Place
) -> Iterator[Finding]:
    for line in lines:
        if (
            line.left < trim.left - EDGE_TOLERANCE_PT
            or line.bottom < trim.bottom - EDGE_TOLERANCE_PT
            or line.right > trim.right + EDGE_TOLERANCE_PT
            or line.top > trim.top + EDGE_TOLERANCE_PT
        ):
            yield Finding(
                f"{composed.quote(line.words)} runs off the page",
                "the printer would cut it",
                "shorten the words or give them more room",
                place,
            )


def _overlapping(composed: Composed, lines: list[TextRun], place: Place) -> Iterator[Finding]:
    """Find lines printed over one another; they come in reading order, so near ones first."""
    by_top = sorted(lines, key=lambda line: -line.top)
    for index, upper in enumerate(by_top):
        for lower in by_top[index + 1 :]:
            if lower.top <= upper.bottom:
                break
            width = min(upper.right, lower.right) - max(upper.left, lower.left)
            height = min(upper.top, lower.top) - max(upper.bottom, lower.bottom)
            smaller = min(upper.top - upper.bottom, lower.top - lower.bottom)
            if width > 1 and height > OVERLAP_SHARE * smaller:
                yield Finding(
                    f"{composed.quote(lower.words)} is printed over {composed.quote(upper.words)}",
                    "neither can be read",
                    "shorten the text, or give its part more room in the styles",
                    place,
                )
