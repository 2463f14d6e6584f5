"""Opening a file with two readers that must agree, and what the checks ask of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
from playa.document import Document
from playa.pdftypes import rect_value
from playa.utils import decode_text
from pypdfium2 import raw

from handouts.basics.choices import Limits
from handouts.basics.errors import ContentError, HandoutsError
from handouts.basics.findings import Finding, Report
from handouts.basics.foreign_pdfs import check_pages
from handouts.basics.limits import OverLimitError
from handouts.preflight.boxes import PageBox, PageBoxes
from handouts.preflight.objects import mapping, value
from handouts.preflight.painting import painted_on
from handouts.preflight.text_places import lines_of
from handouts.preflight.thresholds import LOOK_DPI, WHITE_FROM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from playa import Page

    from handouts.preflight.painting import Painted
    from handouts.preflight.text_places import TextLine

logging.getLogger("playa").addHandler(logging.NullHandler())

Folds = Sequence[Sequence[float]]
"""For each page its upright folds, in millimetres from the trim's left edge; empty: none."""
MADE_AGAIN = "make or send it again"


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page's whole MediaBox as a picture that says where ink is: rows from the top."""

    ink: NDArray[np.bool_]
    media: PageBox

    def part(self, box: PageBox) -> NDArray[np.bool_]:
        """Give the part that lies in a rectangle of the page."""
        rows, columns = self.ink.shape
        down, across = rows / self.media.height, columns / self.media.width  # dots are whole
        top, bottom = (round((self.media.top - edge) * down) for edge in (box.top, box.bottom))
        left, right = (round((edge - self.media.left) * across) for edge in (box.left, box.right))
        return self.ink[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]


def _quoted(words: str) -> str:
    return f'"{words[:40]}"'


@dataclass(frozen=True)
class OpenFile:
    """A file that both readers have opened."""

    pdf: bytes
    drawing: pypdfium2.PdfDocument
    structure: Document
    sheets: tuple[PageBoxes, ...]
    encrypted: bool
    folds_mm: Folds = ()
    limits: Limits = Limits.EUROPE
    """Whose margins text keeps."""
    quote: Callable[[str], str] = _quoted
    """How words of the file are repeated in what is said of it."""

    def folded(self, folds_mm: Folds) -> OpenFile:
        """Give the same file with its folds known.

        Raises:
            ValueError: there are folds, and not for each page.

        """
        if folds_mm and len(folds_mm) != len(self.sheets):
            raise ValueError(f"folds for {len(folds_mm)} pages, of {len(self.sheets)}")
        return replace(self, folds_mm=folds_mm)

    @cached_property
    def painted(self) -> tuple[tuple[Painted, ...], ...]:
        """All that is painted on each page; found when first asked for, as it takes longest."""
        return tuple(tuple(painted_on(page)) for page in self.structure.pages)

    def folds_of(self, sheet: PageBoxes) -> tuple[float, ...]:
        """Give a page's folds, in millimetres from the trim's left edge."""
        return tuple(self.folds_mm[sheet.number - 1]) if self.folds_mm else ()

    @cached_property
    def imposed(self) -> bool:
        """Whether the pages are sheets that hold several pieces, with marks between them.

        This program's own say so; what they are made of is judged piece by piece.
        """
        return "Imposition" in mapping(self.structure.trailer.get("Info"))

    @cached_property
    def own(self) -> bool:
        """Whether this program says that it made the file."""
        creator = value(mapping(self.structure.trailer.get("Info")).get("Creator"))
        return isinstance(creator, bytes) and decode_text(creator).startswith("handouts ")

    @property
    def catalog(self) -> dict[str, Any]:
        """The file's root dictionary."""
        return dict(self.structure.catalog)

    def page(self, sheet: PageBoxes) -> Page:
        """Give a page's objects."""
        return self.structure.pages[sheet.number - 1]

    def lines(self, sheet: PageBoxes) -> list[TextLine]:
        """Give a page's lines of text with the places of their ink."""
        return list(lines_of(self.drawing[sheet.number - 1]))

    def drawn(self, sheet: PageBoxes) -> DrawnPage:
        """Draw a page to the edges of its MediaBox."""
        page = self.drawing[sheet.number - 1]
        page.set_rotation(0)
        page.set_cropbox(*sheet.media)
        picture = page.render(scale=LOOK_DPI / 72, no_smoothpath=False).to_numpy()
        # Colour by colour: numpy takes ten times as long for the least along so short an axis.
        red, green, blue = (picture[:, :, index] for index in range(3))
        return DrawnPage(np.minimum(np.minimum(red, green), blue) < WHITE_FROM, sheet.media)


@contextmanager
def opened(pdf: bytes, *, most_pages: int | None = None) -> Iterator[OpenFile]:
    """Open a file for the checks; one of at most so many pages, where that is said.

    Raises:
        ContentError: it is empty, no PDF, cut short, damaged, locked, or has no pages or too many.

    """
    if not pdf:
        raise ContentError.because("the file is empty", mend=MADE_AGAIN)
    if b"%PDF-" not in pdf[:1024]:
        raise ContentError.because(
            "this is no PDF file", why="it does not begin with %PDF-", mend="name a PDF file"
        )
    try:
        drawing = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise _refused(pdf, error) from error
    try:
        if most_pages is not None:
            check_pages(len(drawing), most_pages)
        yield _read(pdf, drawing)
    finally:
        drawing.close()


def _refused(pdf: bytes, error: pypdfium2.PdfiumError) -> ContentError:
    """Say why PDFium does not open a file; its error number may be that of the file before."""
    locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in pdf
    if locked:
        what, why = "the file is locked with a password", "a print shop can't open it either"
    elif b"%%EOF" not in pdf[-1024:]:
        what, why = "the file is cut short", "its end is missing"
    elif b"/Count 0" in pdf:
        what, why = "the file has no pages", ""
    else:
        what, why = "the file is damaged", "PDFium can't find its parts"
    mend = "save it without a password" if locked else MADE_AGAIN
    return ContentError(Report((Finding(what, why, mend),)))


def _read(pdf: bytes, drawing: pypdfium2.PdfDocument) -> OpenFile:
    count = len(drawing)
    encrypted = raw.FPDF_GetSecurityHandlerRevision(drawing) != -1
    with damage_told():
        structure = Document(_unlocked(drawing) if encrypted else pdf, space="default")
        pages = list(structure.pages)
        if len(pages) != count:
            raise ValueError(f"one reader finds {count} pages, the other {len(pages)}")
        sheets = tuple(_sheet(page) for page in pages)
        return OpenFile(pdf, drawing, structure, sheets, encrypted)


@contextmanager
def damage_told() -> Iterator[None]:
    """Tell whatever trips a reader as damage: a broken file can do so anywhere.

    Raises:
        ContentError: in place of any other error, but of those of limits.

    """
    try:
        yield
    except (HandoutsError, OverLimitError, MemoryError):
        raise
    except Exception as error:
        raise ContentError.because(
            "the file is damaged",
            why=" ".join(f"{type(error).__name__}: {error}".split())[:200],
            mend=MADE_AGAIN,
        ) from error


def _unlocked(drawing: pypdfium2.PdfDocument) -> bytes:
    """Save a file that opens without a password as one that has no lock."""
    copy = BytesIO()
    drawing.save(copy, flags=raw.FPDF_REMOVE_SECURITY)
    return copy.getvalue()


def _sheet(page: Page) -> PageBoxes:
    attributes = page.attrs
    return PageBoxes(
        number=page.page_idx + 1,
        media=PageBox(*page.mediabox),
        crop=_box(attributes, "CropBox"),
        bleed=_box(attributes, "BleedBox"),
        trim_written=_box(attributes, "TrimBox"),
        turned=page.rotate,
        unit=float(value(attributes.get("UserUnit", 1))),
    )


def _box(attributes: dict[str, Any], name: str) -> PageBox | None:
    if name not in attributes:
        return None
    x0, y0, x1, y1 = rect_value(attributes[name])
    return PageBox(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
