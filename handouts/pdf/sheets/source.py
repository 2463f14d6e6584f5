"""Pages of a PDF file that is to be imposed, as they are seen."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Matrix, Name, Page, Rectangle, Stream

from handouts.basics.foreign_pdfs import (
    DrawnForms,
    PdfDrawing,
    check_drawn,
    check_page_size,
    check_pages,
)
from handouts.imposition.schemes import SourcePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pikepdf import Object, Pdf

    from handouts.pdf.sheets.forms import Forms

_SIDES = 2
_AS_IT_IS = (1, 0, 0, 1, 0, 0)


def sources_of(pdf: Pdf, folds_pt: Sequence[Sequence[float]] = ()) -> list[FoundPage]:
    """Give a document's pages, each with its folds, if there are any.

    Raises:
        ContentError: one is too large; the finding has no place.
        ValueError: a box is not four numbers.

    """
    return [
        FoundPage(page, number, folds_pt[number - 1] if folds_pt else ())
        for number, page in enumerate(pdf.pages, start=1)
    ]


def labelled(pdf: Pdf) -> bool:
    """Say whether a document has two pages with names, as a folded piece has."""
    return "/PageLabels" in pdf.Root and len(pdf.pages) == _SIDES


def check_source(pdf: Pdf) -> None:
    """Refuse a document with too many pages, or whose pages draw too much.

    Raises:
        ContentError: as said; the finding has no place.
        ValueError: a form draws itself, or they are nested too deep.

    """
    check_pages(len(pdf.pages))
    forms = DrawnForms()
    content_bytes = 0
    for number, page in enumerate(pdf.pages, start=1):
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, Array) else [contents]
        parts = [_drawing(one, page.resources) for one in streams if isinstance(one, Stream)]
        drawn = forms.drawn(parts)
        content_bytes += drawn.content_bytes
        check_drawn(number, drawn.forms, content_bytes)


def _drawing(one: Object, resources: Object) -> PdfDrawing:
    def form(name: str) -> PdfDrawing | None:
        found = resources.get("/XObject", Dictionary()).get(f"/{name}")
        if not isinstance(found, Stream) or found.get("/Subtype") != Name.Form:
            return None
        return _drawing(found, found.get("/Resources", resources))

    return PdfDrawing(one.objgen, one.read_bytes, form)


class FoundPage:
    """A page of the source, and how its trim box comes to lie upright at 0, 0."""

    def __init__(self, page: Page, number: int, folds_pt: Sequence[float]) -> None:
        media = rectangle(page.mediabox)
        unit = float(page.obj.get("/UserUnit", 1))
        check_page_size(number, media.width * unit, media.height * unit)
        trim = _within(rectangle(page.trimbox), media)
        bleed = trim
        if "/BleedBox" in page.obj:
            bleed = _around(trim, _within(rectangle(page.bleedbox), media))
        self.page, self._box = page, bleed
        turned = _turn(page)
        seen = turned.transform(trim)
        self.matrix = turned @ Matrix(1, 0, 0, 1, -seen.llx, -seen.lly)
        whole = self.matrix.transform(bleed)
        edges = -whole.llx, -whole.lly, whole.urx - seen.width, whole.ury - seen.height
        self.size = SourcePage(seen.width, seen.height, max(0.0, *edges), tuple(folds_pt))

    def form(self, forms: Forms) -> Object:
        """Give the page as a form that is drawn with its trim box at 0, 0."""
        form = forms.form(self.page)
        form.BBox = self._box.as_array()
        form.Matrix = Array(map(points, self.matrix.shorthand))
        return form


def _turn(page: Page) -> Matrix:
    """Give the matrix by which a page is seen upright and in its own unit."""
    if "/Rotate" not in page.obj and "/UserUnit" not in page.obj:
        return Matrix()
    form = page.as_form_xobject(handle_transformations=True)
    return Matrix(*map(float, form.get("/Matrix", _AS_IT_IS)))


def rectangle(box: Object) -> Rectangle:
    """Read a rectangle; a file may name any two opposite corners."""
    try:
        x0, y0, x1, y1 = (float(edge) for edge in box)
    except (TypeError, ValueError) as error:
        raise ValueError("a rectangle is not four numbers") from error
    return Rectangle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _within(box: Rectangle, media: Rectangle) -> Rectangle:
    """Give the part of a box that lies on the page; one without width or height if none does."""
    shared = box & media
    return Rectangle(
        shared.llx, shared.lly, max(shared.llx, shared.urx), max(shared.lly, shared.ury)
    )


def _around(trim: Rectangle, bleed: Rectangle) -> Rectangle:
    """Give the bleed box, grown to hold the trim box, so that nothing in that is cut off."""
    return Rectangle(
        min(trim.llx, bleed.llx),
        min(trim.lly, bleed.lly),
        max(trim.urx, bleed.urx),
        max(trim.ury, bleed.ury),
    )


def points(value: float) -> Decimal:
    """Round a length or place to what is written into a file."""
    return Decimal(repr(value)).quantize(Decimal("0.0001"))
