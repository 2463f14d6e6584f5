"""Whether pictures have dots enough for the size at which they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from handouts.basics.findings import Finding, Place, Severity
from handouts.basics.picture_dots import LEAST_DPI, MEND, TOO_FEW_DOTS, WANTED_DPI, limit_missed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut


def check_resolution(composed: Composed, laid_out: LaidOut) -> Iterator[Finding]:
    """Find pictures with fewer dots per inch than print needs, at the size they got.

    It is quick. A file for a press is looked at by preflight, more closely.
    """
    document = pypdfium2.PdfDocument(laid_out.pdf)
    try:
        panels = {page: leaf.name for leaf in composed.leaves for page in laid_out.pages[leaf.name]}
        for number, page in enumerate(document):
            for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                metadata = picture.get_metadata()
                dpi = min(metadata.horizontal_dpi, metadata.vertical_dpi)
                limit = limit_missed(dpi)
                if limit is not None:
                    yield Finding(
                        TOO_FEW_DOTS,
                        f"{metadata.width} x {metadata.height} dots are {dpi:.0f} dots per inch; "
                        f"print needs {WANTED_DPI}, and below {LEAST_DPI} they are seen",
                        MEND,
                        Place(piece=composed.label, panel=panels[number]),
                        Severity.ERROR if limit == LEAST_DPI else Severity.WARNING,
                    )
    finally:
        document.close()
