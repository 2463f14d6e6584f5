"""Where the letters of a page stand, by their ink.

PDFium also tells a box for each letter, but where words are kept beside glyphs (``ActualText``),
that box is measured in the form that holds them, as if it lay at the page's corner. And a mark's
origin and width tell nothing of its ink: "ị" may be an i and a dot whose origin is far behind it.
"""

from __future__ import annotations

from ctypes import addressof, c_ubyte, c_ulong
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playa.utils import decode_text
from pypdfium2 import raw

from handouts.preflight.boxes import PageBox

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

DEEPEST_FORM = 40
"""PDFium's own limit of forms within forms."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text, or the part of it that is set in one way."""

    words: str
    box: PageBox


def lines_of(page: pypdfium2.PdfPage) -> Iterator[TextLine]:
    """Give a page's lines of text in the order in which they are painted.

    A part without letters of its own, such as a mark, has those of the part before it.
    """
    text = page.get_textpage()
    letters = _letters(text)
    words = ""
    glyphs: pypdfium2.PdfTextObj
    for glyphs in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=DEEPEST_FORM, textpage=text):
        kept = _kept(glyphs)
        box = letters.get(addressof(glyphs.raw.contents)) if kept is None else _ink(glyphs)
        if box is None or not box.width or not box.height:
            continue
        words = " ".join(str(glyphs.extract()).split()) or (kept or "").strip() or words
        yield TextLine(words, box)


def _letters(text: pypdfium2.PdfTextPage) -> dict[int, PageBox]:
    """Give the place of the letters of each part, but its spaces; parts by their addresses."""
    places: dict[int, PageBox] = {}
    for index in range(text.count_chars()):
        part = raw.FPDFText_GetTextObject(text, index)
        if part and not chr(raw.FPDFText_GetUnicode(text, index)).isspace():
            box, address = PageBox(*text.get_charbox(index)), addressof(part.contents)
            places[address] = box.around(places.get(address, box))
    return places


def _ink(glyphs: pypdfium2.PdfTextObj) -> PageBox:
    left, bottom, right, top = glyphs.get_bounds()
    frame = glyphs.container
    while frame is not None:
        matrix = frame.get_matrix()
        corners = [matrix.on_point(x, y) for x in (left, right) for y in (bottom, top)]
        across, up = zip(*corners, strict=True)
        left, bottom, right, top = min(across), min(up), max(across), max(up)
        frame = frame.container
    return PageBox(left, bottom, right, top)


def _kept(glyphs: pypdfium2.PdfTextObj) -> str | None:
    """Give the words that are kept beside a part's glyphs; None where there are none."""
    for index in range(raw.FPDFPageObj_CountMarks(glyphs)):
        mark = raw.FPDFPageObj_GetMark(glyphs, index)
        length = c_ulong()
        if raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", None, 0, length):
            buffer = (c_ubyte * length.value)()
            raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, length, length)
            return decode_text(bytes(buffer))
    return None
