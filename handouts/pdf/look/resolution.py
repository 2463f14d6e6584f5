"""Whether pictures have dots enough for the size at which they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from handouts.basics.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut

WANTED_DPI = 300
LEAST_DPI = 225
"""Print shops ask for 300 dots per inch at size; below 225 a reader sees the dots."""


def check_resolution(composed: Composed, laid_out: LaidOut) -> Iterator[Finding]:
    """Find pictures with fewer dots per inch than print needs, at the size they got."""
    document = pypdfium2.PdfDocument(laid_out.pdf)
    try:
        panels = {page: leaf.name for leaf in composed.leaves for page in laid_out.pages[leaf.name]}
        for number, page in enumerate(document):
            for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                metadata = picture.get_metadata()
                dpi = min(metadata.horizontal_dpi, metadata.vertical_dpi)
                if dpi >= WANTED_DPI:
                    continue
                too_few = dpi < LEAST_DPI
                yield Finding(
                    f"a picture of {metadata.width} x {metadata.height} dots has {dpi:.0f} dots "
                    "per inch at its size",
                    f"print needs {WANTED_DPI}; below {LEAST_DPI} the dots are seen",
                    "use a larger picture, or an SVG",
                    Place(piece=composed.label, panel=panels[number]),
                    Severity.ERROR if too_few else Severity.WARNING,
                )
    finally:
        document.close()
