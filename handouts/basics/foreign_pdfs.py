"""How much a PDF that anybody may have made can ask for, before work on it is given up."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding
from handouts.basics.limits import MEGABYTE, Limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handouts.basics.findings import Place
    from handouts.basics.limits import OverLimitError

LARGEST_PDF_BYTES = 1_000 * MEGABYTE
MOST_PAGES = 10_000
"""A run of 5,000 people's sheets, both sides, in one file."""
LARGEST_SIDE_PT = 14_400
"""The longest side of a page that readers show (ISO 32000-2, annex C.2): 200 inches."""
LARGEST_PAGE_SQUARE_PT = 50_000_000
"""A page of 2.5 by 2.5 m; it is looked at in 100 million dots, which take 400 MB."""
MOST_DRAWN = 100_000
"""Forms that one page may draw, each as often as it is drawn; a map has some thousands."""
MOST_DRAWN_BYTES = 200 * MEGABYTE
"""Content that a file may draw, counted as often as it is drawn."""
DEEPEST_FORMS = 100
"""Deeper than any program nests forms, and less deep than a reader can go."""
_DRAWS = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+Do(?![^\s()<>\[\]{}/%])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_MEMORY_BYTES = 4_000 * MEGABYTE


def reading_limit(size_bytes: int) -> Limit:
    """Say how long the parts of a file of this size may take to find.

    A file of 60 MB and 2,000 pages takes 1.3 seconds and 250 MB.
    """
    size_mb = size_bytes / MEGABYTE
    return Limit(6 + 0.2 * size_mb, 600 * MEGABYTE + 4 * size_bytes)


def working_limit(size_bytes: int, pages: int) -> Limit:
    """Say how long a file may be worked on: about five times what honest files take.

    Measured on a preflight: 2,000 pages of a run (62 MB) 23 s and 0.6 GB; pictures for a press
    (54 MB) 6 s and 0.3 GB; 300 scanned pages (96 MB) 2 s and 0.3 GB. To impose takes a quarter.
    """
    cpu_s = 10 + 0.05 * pages + 2 * size_bytes / MEGABYTE
    memory_bytes = 600 * MEGABYTE + 10 * size_bytes + MEGABYTE // 2 * pages
    return Limit(cpu_s, min(memory_bytes, _MOST_MEMORY_BYTES))


def check_size(size_bytes: int) -> None:
    """Refuse a file that is too large.

    Raises:
        ContentError: as said; it has no place.

    """
    if size_bytes > LARGEST_PDF_BYTES:
        size_mb, most_mb = size_bytes // MEGABYTE, LARGEST_PDF_BYTES // MEGABYTE
        raise _too_much(f"the file has {size_mb:,} MB", f"{most_mb:,} MB")


def check_pages(count: int, most: int = MOST_PAGES) -> None:
    """Refuse a file of too many pages.

    Raises:
        ContentError: as said; it has no place.

    """
    if count > most:
        raise _too_much(f"the file has {count:,} pages", f"{most:,}")


def check_page_size(number: int, width_pt: float, height_pt: float) -> None:
    """Refuse a page that is too large; sizes are in points of 1/72 inch.

    Raises:
        ContentError: as said; it has no place.

    """
    size = f"page {number} is {width_pt:,.0f} by {height_pt:,.0f} pt"
    if not max(width_pt, height_pt) <= LARGEST_SIDE_PT:  # nor one that is no number
        raise _too_much(size, f"{LARGEST_SIDE_PT:,} pt")
    if width_pt * height_pt > LARGEST_PAGE_SQUARE_PT:
        side_pt = LARGEST_PAGE_SQUARE_PT**0.5
        raise _too_much(size, f"the area of {side_pt:,.0f} by {side_pt:,.0f} pt")


def check_drawn(number: int, forms: int, drawn_bytes: int) -> None:
    """Refuse a page that draws too many forms, or too much content with the pages before it.

    Raises:
        ContentError: as said; it has no place.

    """
    if forms > MOST_DRAWN:
        raise _too_much(f"page {number} draws {forms:,} forms", f"{MOST_DRAWN:,}")
    if drawn_bytes > MOST_DRAWN_BYTES:
        what = f"up to page {number}, {drawn_bytes // MEGABYTE:,} MB of content are drawn"
        raise _too_much(what, f"{MOST_DRAWN_BYTES // MEGABYTE:,} MB")


def _too_much(what: str, limit: str) -> Exception:
    return ContentError.because(
        what, why=f"the limit is {limit}", mend="make the file again, or split it"
    )


class PdfDrawing(NamedTuple):
    """A stream that draws: its content, and the forms that this can name, without the slash."""

    key: object
    content: Callable[[], bytes]
    form: Callable[[str], PdfDrawing | None]


class PdfDrawn(NamedTuple):
    """What is drawn: how many streams, and how much content, each as often as it is drawn."""

    forms: int
    """Streams of content are counted with them."""
    content_bytes: int


class DrawnForms:
    """Counts what the streams of a file draw, and draws nothing.

    A form that draws a form twice, which draws one twice, and so on, thirty deep, is a small
    file and a thousand million drawings. Each is read once, and what it draws is multiplied.
    """

    def __init__(self) -> None:
        self._drawn: dict[object, PdfDrawn] = {}
        self._read: dict[object, tuple[int, Counter[str]]] = {}
        self._inside: list[object] = []

    def drawn(self, streams: Iterable[PdfDrawing]) -> PdfDrawn:
        """Count what streams draw together.

        Raises:
            ValueError: a form draws itself, or they are nested too deep.

        """
        forms, content_bytes = 0, 0
        for stream in streams:
            one = self._one(stream)
            forms += 1 + one.forms
            content_bytes += one.content_bytes
            if forms > MOST_DRAWN:  # enough to be refused
                break
        return PdfDrawn(forms, content_bytes)

    def _one(self, stream: PdfDrawing) -> PdfDrawn:
        length, uses = self._content(stream)
        forms, content_bytes = 0, length
        for name, times in uses.items():
            form = stream.form(name)
            if form is not None:
                below = self._form(form)
                forms += times * (1 + below.forms)
                content_bytes += times * below.content_bytes
        return PdfDrawn(forms, content_bytes)

    def _form(self, form: PdfDrawing) -> PdfDrawn:
        if form.key in self._inside:
            raise ValueError("a form draws itself")
        if len(self._inside) >= DEEPEST_FORMS:
            raise ValueError(f"forms are nested more than {DEEPEST_FORMS} deep")
        if form.key not in self._drawn:
            self._inside.append(form.key)
            self._drawn[form.key] = self._one(form)
            self._inside.pop()
        return self._drawn[form.key]

    def _content(self, stream: PdfDrawing) -> tuple[int, Counter[str]]:
        if stream.key not in self._read:
            data = stream.content()
            self._read[stream.key] = len(data), Counter(map(_name, _DRAWS.findall(data)))
        return self._read[stream.key]


def _name(written: bytes) -> str:
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), written)
    return plain.decode("utf-8", "replace")


def gave_up(place: Place, error: OverLimitError) -> Finding:
    """Say that work on a file was given up."""
    return Finding(
        f"work on this file was given up: it takes {error.words}",
        "a file of its size and pages needs far less; it is damaged, or made to do harm",
        "make the file again, or open it in another program and save it as PDF",
        place,
    )
