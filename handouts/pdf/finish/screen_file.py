"""The screen file: PDF/UA-1, read aloud in the order in which the piece is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Dictionary

from handouts.pdf.finish.structure import mend_structure
from handouts.pdf.xmp import Standard, add_xmp

if TYPE_CHECKING:
    from datetime import datetime

    from pikepdf import Pdf

    from handouts.compose.composed import Composed

_UA1 = Standard("pdfuaid", "http://www.aiim.org/pdfua/ns/id/", "<pdfuaid:part>1</pdfuaid:part>")


class Screen:
    """Makes the file that is read on a screen, or heard."""

    def complete(self, pdf: Pdf, composed: Composed, moment: datetime) -> None:
        """Mend the tags of a tagged file, show its title, and name the standard."""
        for page in pdf.pages:
            page.trimbox = page.mediabox
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        mend_structure(pdf)
        fill_unicode_maps(pdf)
        add_xmp(pdf, composed, moment, _UA1)


_NOTHING = b" <>\n"
_WORD_JOINER = b" <2060>\n"
"""A letter that is neither seen, nor spoken, nor a break between words."""


def fill_unicode_maps(pdf: Pdf) -> None:
    """Give each glyph a letter, as PDF/UA-1 asks (ISO 14289-1, 7.21.7).

    Where several glyphs make up one letter, such as an alef and its hamza, the engine maps the
    first to the letter and the others to nothing.
    """
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and "/ToUnicode" in thing:
            letters = thing.ToUnicode.read_bytes()
            if _NOTHING in letters:
                thing.ToUnicode.write(letters.replace(_NOTHING, _WORD_JOINER))
