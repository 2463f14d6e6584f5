"""The screen file: PDF/UA-1, read aloud in the order in which the piece is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Dictionary

from handouts.press.structure import mend_structure
from handouts.press.unicode_maps import fill_unicode_maps
from handouts.press.xmp import Standard, add_xmp

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
