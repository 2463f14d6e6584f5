"""Landscape pages turned upright, so that one file can hold them among portrait sheets."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, ObjectStreamMode, Pdf

if TYPE_CHECKING:
    from pikepdf import Page

_BOXES = ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox", "/ArtBox")


def turned_upright(pdf: bytes) -> bytes:
    """Turn landscape pages, so that a printer that flips on the long edge backs them up right.

    A landscape sheet is turned about its short edge. Lying upright, with its top to the
    right on the front and to the left on the back, it is turned about the long one. The
    pages are drawn so, and not only marked by /Rotate, which some programs pass over.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            _, _, right, top = (float(edge) for edge in page.mediabox)
            if right > top:
                _turn(document, page, right, top, clockwise=number % 2 == 0)
        out = BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
        )
        return out.getvalue()


def _turn(pdf: Pdf, page: Page, width_pt: float, height_pt: float, *, clockwise: bool) -> None:
    """Draw a page whose media begin at 0, 0 by a quarter turned."""
    lazy = page.as_form_xobject()  # it reads the page's content when it is written
    form = pdf.make_stream(lazy.read_bytes(), dict(lazy.items()))
    form.BBox = page.obj.MediaBox  # its own is the trim, which would cut off bleed and marks
    matrix = f"0 -1 1 0 0 {width_pt:.4f}" if clockwise else f"0 1 -1 0 {height_pt:.4f} 0"
    for name in (name for name in _BOXES if name in page.obj):
        left, bottom, right, top = (float(edge) for edge in page.obj[name])
        turned = (
            (bottom, width_pt - right, top, width_pt - left)
            if clockwise
            else (height_pt - top, left, height_pt - bottom, right)
        )
        page.obj[name] = Array([round(edge, 4) for edge in turned])
    page.obj.Contents = pdf.make_stream(f"q {matrix} cm /Turned Do Q".encode())
    page.obj.Resources = Dictionary(XObject=Dictionary(Turned=form))
