"""Whether pictures have dots enough for the size at which they are printed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, UnidentifiedImageError
from pypdfium2 import raw

from handouts.basics.findings import Finding, Place, Severity
from handouts.basics.picture_dots import LEAST_DPI, MEND, WANTED_DPI, limit_missed, too_few_dots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut

_FORMATS = ("PNG", "JPEG")


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
                        too_few_dots(_named(composed, laid_out, metadata.width, metadata.height)),
                        f"{metadata.width} x {metadata.height} dots are {dpi:.0f} dots per inch; "
                        f"print needs {WANTED_DPI}, and below {LEAST_DPI} they are seen",
                        MEND,
                        Place(piece=composed.label, panel=panels[number]),
                        Severity.ERROR if limit == LEAST_DPI else Severity.WARNING,
                    )
    finally:
        document.close()


def _named(composed: Composed, laid_out: LaidOut, width: int, height: int) -> str | None:
    """Name the only file with so many dots, seen from the content; None where several have them.

    A phone lays its pictures on their side, and they are turned as they are drawn.
    """
    found = []
    for path in laid_out.files:
        with suppress(UnidentifiedImageError), Image.open(path, formats=_FORMATS) as picture:
            if picture.size in {(width, height), (height, width)}:
                found.append(path)
    if len(found) != 1 or not found[0].is_relative_to(folder := composed.folder.resolve()):
        return None
    return found[0].relative_to(folder).as_posix()
