"""The lines of text on a finished page: their words, and where they stand."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

from handouts.compose.laid_out import OWN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text on one line, and its place in points from the page's lower left."""

    words: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Its edges: left, bottom, right, top."""
        return self.left, self.bottom, self.right, self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The point halfway along it."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


def page_lines(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, *, kept: bool
) -> list[TextRun]:
    """Give a page's lines, as PDFium reads them, or as the file keeps their words."""
    if kept:
        return list(_kept_lines(page))
    rects = [text.get_rect(index) for index in range(text.count_rects())]
    return [TextRun(" ".join(str(text.get_text_bounded(*rect)).split()), *rect) for rect in rects]


def _kept_lines(page: pypdfium2.PdfPage) -> Iterator[TextRun]:
    """Give the lines in the order in which they are drawn; a line's glyphs share its mark."""
    glyphs_of: dict[int, list[tuple[float, float, float, float]]] = {}
    words_of: dict[int, str] = {}
    for glyphs in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        for index in range(raw.FPDFPageObj_CountMarks(glyphs)):
            mark = raw.FPDFPageObj_GetMark(glyphs, index)
            if words := _words(mark):
                line = ctypes.addressof(mark.contents)
                words_of[line] = words
                glyphs_of.setdefault(line, []).append(_bounds(glyphs))
    for line, words in words_of.items():
        lefts, bottoms, rights, tops = zip(*glyphs_of[line], strict=True)
        yield TextRun(words, min(lefts), min(bottoms), max(rights), max(tops))


def _words(mark: Any) -> str:
    length = ctypes.c_ulong()
    key = OWN_WORDS.encode()
    if not raw.FPDFPageObjMark_GetParamBlobValue(mark, key, None, 0, length):
        return ""
    buffer = (ctypes.c_ubyte * length.value)()
    raw.FPDFPageObjMark_GetParamBlobValue(mark, key, buffer, length, length)
    return bytes(buffer).decode()


def _bounds(glyphs: pypdfium2.PdfObject) -> tuple[float, float, float, float]:
    left, bottom, right, top = glyphs.get_bounds()
    frame = glyphs.container
    while frame is not None:
        matrix = frame.get_matrix()
        (left, bottom), (right, top) = matrix.on_point(left, bottom), matrix.on_point(right, top)
        frame = frame.container
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
