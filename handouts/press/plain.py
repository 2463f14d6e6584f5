"""A PDF's objects as plain bytes with open references, to be written into another file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PlainObject:
    """An object's bytes, cut where it names others; a stream's data stays as it was filtered."""

    body: tuple[bytes | int, ...]
    """For a stream, the entries of its dictionary without its length."""
    data: bytes | None


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page: what it draws, unfiltered, and its size in points."""

    content: bytes
    width_pt: float
    height_pt: float


@dataclass(frozen=True, slots=True)
class PlainFile:
    """Pages that share their resources, and all objects that these name, by their index."""

    objects: tuple[PlainObject, ...]
    pages: tuple[PlainPage, ...]
    resources: tuple[bytes | int, ...]
    """The entries of the resources but the fonts."""
    fonts: tuple[bytes | int, ...]
    """The entries of the fonts' dictionary."""


def plain_file(pdf: bytes) -> PlainFile:
    """Read a file whose pages share their resources, as the layout engine writes it.

    Links are left out: the file is for paper.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        copier = _Copier()
        resources = document.pages[0].obj.Resources
        if any(page.obj.Resources.objgen != resources.objgen for page in document.pages):
            raise ValueError("the pages don't share their resources")
        others = copier.entries({key: value for key, value in resources.items() if key != "/Font"})
        fonts = copier.entries(dict(resources.get("/Font", Dictionary()).items()))
        pages = tuple(_page(page) for page in document.pages)
        return PlainFile(tuple(copier.copied()), pages, others, fonts)


@dataclass(frozen=True, slots=True)
class WholePages:
    """Pages with all that they name, by its index; each page is its dictionary's entries."""

    objects: tuple[PlainObject, ...]
    pages: tuple[tuple[bytes | int, ...], ...]
    blank: bytes
    """The entries of a blank page of the last one's size."""


_LEFT_OUT = {"/Parent", "/Type", "/Annots", "/StructParents", "/Tabs"}
"""What of a page has no meaning in another file; links are for screens."""


def whole_pages(pdf: bytes) -> WholePages:
    """Read finished pages as they are: with their boxes, their turn and their own resources."""
    with Pdf.open(BytesIO(pdf)) as document:
        copier = _Copier()
        pages = tuple(
            copier.entries({key: part for key, part in page.obj.items() if key not in _LEFT_OUT})
            for page in document.pages
        )
        _, _, width_pt, height_pt = (float(edge) for edge in document.pages[-1].mediabox)
        blank = b"/MediaBox[0 0 %g %g]/Resources<<>>" % (width_pt, height_pt)
        return WholePages(tuple(copier.copied()), pages, blank)


def _page(page: Any) -> PlainPage:
    contents = page.obj.Contents
    streams = list(contents) if isinstance(contents, Array) else [contents]
    _, _, width_pt, height_pt = (float(edge) for edge in page.mediabox)
    return PlainPage(b"\n".join(part.read_bytes() for part in streams), width_pt, height_pt)


class _Copier:
    """Writes objects out; those that have a number are copied once, in the order they are met."""

    def __init__(self) -> None:
        self._indexes: dict[tuple[int, int], int] = {}
        self._met: list[Any] = []

    def copied(self) -> list[PlainObject]:
        """Copy all objects that were named, and those that they name."""
        done: list[PlainObject] = []
        while len(done) < len(self._met):
            item = self._met[len(done)]
            if isinstance(item, Stream):
                entries = {key: value for key, value in item.items() if key != "/Length"}
                done.append(PlainObject(self.entries(entries), item.read_raw_bytes()))
            else:
                done.append(PlainObject(self.body(item, top=True), None))
        return done

    def entries(self, items: Mapping[str, Any]) -> tuple[bytes | int, ...]:
        """Write the entries of a dictionary, by name."""
        parts: list[bytes | int] = []
        for key in sorted(items):
            parts += (Name(key).unparse(), b" ", *self.body(items[key]))
        return tuple(parts)

    def body(self, item: Any, *, top: bool = False) -> tuple[bytes | int, ...]:
        """Write a value; a reference becomes the index of the object it names."""
        if not top and getattr(item, "is_indirect", False):
            if item.objgen not in self._indexes:
                self._indexes[item.objgen] = len(self._met)
                self._met.append(item)
            return (self._indexes[item.objgen], b" ")
        if isinstance(item, Dictionary):
            return (b"<<", *self.entries(dict(item.items())), b">>")
        if isinstance(item, Array):
            return (b"[", *(part for value in item for part in self.body(value)), b"]")
        return (_scalar(item) + b" ",)


def _scalar(item: Any) -> bytes:
    if item is None:
        return b"null"
    if isinstance(item, bool):
        return b"true" if item else b"false"
    if isinstance(item, (int, Decimal)):
        return str(item).encode()
    unparsed: bytes = item.unparse()
    return unparsed
