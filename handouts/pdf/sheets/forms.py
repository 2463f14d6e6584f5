"""Pages as forms that a larger sheet draws; what pages share is kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Matrix, Name, Stream, parse_content_stream

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

_SHARED = "/HandoutsShared"


class Forms:
    """Makes the pages of a document into forms.

    Pages of a print run have two content streams: one that many share, and a short one of
    their own. Joined into one form each, the first would be written again for every page.
    """

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._shared: dict[tuple[object, ...], tuple[Object, bytes] | None] = {}

    def form(self, page: Page) -> Object:
        """Give a page as a form."""
        contents = page.obj.get("/Contents")
        plain = "/Rotate" not in page.obj and "/UserUnit" not in page.obj
        if isinstance(contents, Array) and len(contents) > 1 and plain:
            shared = self._shared_form(page, contents[0])
            if shared is not None:
                return self._drawn(shared, list(contents)[1:], page)
        if not _painted(contents):
            # Of no bytes it would be written as a compressed stream that can't be read back.
            return self._pdf.make_stream(
                b" ", Type=Name.XObject, Subtype=Name.Form, BBox=page.mediabox
            )
        return page.as_form_xobject(handle_transformations=True)

    def _shared_form(self, page: Page, first: Object) -> tuple[Object, bytes] | None:
        """Give a form of a page's first stream, with resources that draw it, and its matrix."""
        resources = page.obj.get("/Resources")
        if resources is None or not resources.is_indirect:
            return None
        key = (first.objgen, resources.objgen, tuple(map(float, page.mediabox)))
        if key not in self._shared:
            self._shared[key] = self._made(page, first, resources)
        return self._shared[key]

    def _made(self, page: Page, first: Object, resources: Object) -> tuple[Object, bytes] | None:
        left = _left_behind(first)
        if left is None:
            return None
        form = self._pdf.make_stream(
            first.read_bytes(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=page.mediabox,
            Resources=resources,
        )
        whole = Dictionary(dict(resources.items()))
        whole.XObject = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
        whole.XObject[_SHARED] = form
        return self._pdf.make_indirect(whole), left

    def _drawn(self, shared: tuple[Object, bytes], own: list[Object], page: Page) -> Object:
        resources, matrix = shared
        parts = (b"%b Do" % _SHARED.encode(), matrix, *(part.read_bytes() for part in own))
        return self._pdf.make_stream(
            b"\n".join(parts),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=page.mediabox,
            Resources=resources,
        )


def _painted(contents: Object | None) -> bool:
    streams = list(contents) if isinstance(contents, Array) else [contents]
    return any(isinstance(one, Stream) and one.read_bytes().strip() for one in streams)


def _left_behind(stream: Object) -> bytes | None:
    """Give the matrix that a stream leaves to those after it; None if it leaves more than that."""
    if not isinstance(stream, Stream):
        return None
    depth, matrix = 0, Matrix()
    for step in parse_content_stream(stream):
        name = str(step.operator)
        if name == "q":
            depth += 1
        elif name == "Q":
            depth -= 1
        elif name == "cm" and not depth:
            matrix = Matrix(*map(float, step.operands)) @ matrix
        elif not depth:
            return None
        if depth < 0:
            return None
    return None if depth else b" ".join(b"%.6g" % value for value in matrix.shorthand) + b" cm"
