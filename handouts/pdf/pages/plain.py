"""A PDF's objects as plain bytes with open references, to be written into another file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from handouts.pdf.look.shown_words import glyph_words

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PlainFont:
    """A font of a face that files share: the face's name, and what this file uses of it."""

    face: str
    widths: dict[int, int]
    words: dict[int, str]
    """What each glyph stands for."""


@dataclass(frozen=True, slots=True)
class PlainObject:
    """An object's bytes, cut where it names others; a stream's data stays as it was filtered."""

    body: tuple[bytes | int, ...]
    """For a stream, the entries of its dictionary without its length; nothing for a font of a face
    that files share."""
    data: bytes | None
    font: PlainFont | None = None

    @property
    def picture_digest(self) -> bytes | None:
        """Digest a picture or a form that names no other object; None for all else."""
        if self.data is None or not all(isinstance(part, bytes) for part in self.body):
            return None
        whole = b"".join(part for part in self.body if isinstance(part, bytes))
        if b"/XObject" not in whole:
            return None
        return sha256(b"%d:%b%b" % (len(whole), whole, self.data)).digest()


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page: what it draws, unfiltered, its boxes and its resources."""

    content: bytes
    above: bytes
    """What is drawn over a person's own words: the word PROOF of a press file."""
    frame: tuple[bytes | int, ...]
    """The entries of its boxes, and of the colours in which it blends, where it says them."""
    left_pt: float
    top_pt: float
    """The upper left of its trim."""
    resources: tuple[bytes | int, ...]
    """The entries of the resources but the fonts."""
    fonts: tuple[bytes | int, ...]
    """The entries of the fonts' dictionary."""


@dataclass(frozen=True, slots=True)
class PlainFile:
    """Pages, and all objects that they name, by their index."""

    objects: tuple[PlainObject, ...]
    pages: tuple[PlainPage, ...]


def plain_file(pdf: bytes, faces: Mapping[str, str] | None = None) -> PlainFile:
    """Read a file as the layout engine writes it, or as it is finished for a press.

    Links are left out: the file is for paper. ``faces`` are those that files share, by the tags
    that their subsets have in this one.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        copier = _Copier(pdf, faces or {})
        pages = tuple(_page(page, copier) for page in document.pages)
        return PlainFile(tuple(copier.copied()), pages)


@dataclass(frozen=True, slots=True)
class PlainRoot:
    """What a file says of itself beside its pages: entries of its root and its information."""

    objects: tuple[PlainObject, ...]
    root: tuple[bytes | int, ...]
    info: tuple[bytes | int, ...]


def plain_root(document: Pdf) -> PlainRoot:
    """Read what a document says of itself beside its pages."""
    copier = _Copier(b"", {})
    root = {key: part for key, part in document.Root.items() if key not in {"/Type", "/Pages"}}
    entries = copier.entries(root), copier.entries(dict(document.docinfo.items()))
    return PlainRoot(tuple(copier.copied()), *entries)


@dataclass(frozen=True, slots=True)
class WholePages:
    """Pages with all that they name, by its index; each page is its dictionary's entries."""

    objects: tuple[PlainObject, ...]
    pages: tuple[tuple[bytes | int, ...], ...]
    blank: tuple[bytes | int, ...]
    """The entries of a blank page with the last one's boxes."""


_FONT_NAMES = {"/BaseFont", "/FontName"}
_LEFT_OUT = {"/Parent", "/Type", "/Annots", "/StructParents", "/Tabs"}
"""What of a page has no meaning in another file; links are for screens."""


def whole_pages(pdf: bytes) -> WholePages:
    """Read finished pages as they are: with their boxes, their turn and their own resources."""
    with Pdf.open(BytesIO(pdf)) as document:
        copier = _Copier(pdf, {})
        pages = tuple(
            copier.entries({key: part for key, part in page.obj.items() if key not in _LEFT_OUT})
            for page in document.pages
        )
        blank = (*copier.entries(_frame(document.pages[-1])), b"/Resources<<>>")
        return WholePages(tuple(copier.copied()), pages, blank)


_FRAME = ("/MediaBox", "/TrimBox", "/BleedBox", "/Group")


def _frame(page: Any) -> dict[str, Any]:
    return {key: page.obj[key] for key in _FRAME if key in page.obj}


def _page(page: Any, copier: _Copier) -> PlainPage:
    contents = page.obj.Contents
    streams = list(contents) if isinstance(contents, Array) else [contents]
    content, *above = (stream.read_bytes() for stream in streams)
    left_pt, _, _, top_pt = (float(edge) for edge in page.trimbox)
    resources = dict(page.obj.Resources.items())
    fonts = dict(resources.pop("/Font", Dictionary()).items())
    return PlainPage(
        content,
        b"\n".join(above),
        copier.entries(_frame(page)),
        left_pt,
        top_pt,
        copier.entries(resources),
        copier.entries(fonts),
    )


class _Copier:
    """Writes objects out; those that have a number are copied once, in the order they are met.

    Subsets of fonts get a tag of their file's own: many files have some of the same face, and in
    one file each subset needs another (ISO 32000-1, 9.6.4).
    """

    def __init__(self, pdf: bytes, faces: Mapping[str, str]) -> None:
        self._file, self._faces = sha256(pdf).digest(), faces
        self._indexes: dict[tuple[int, int], int] = {}
        self._met: list[Any] = []

    def copied(self) -> list[PlainObject]:
        """Copy all objects that were named, and those that they name."""
        done: list[PlainObject] = []
        while len(done) < len(self._met):
            item = self._met[len(done)]
            if (font := self._shared(item)) is not None:
                done.append(PlainObject((), None, font))
            elif isinstance(item, Stream):
                entries = {key: value for key, value in item.items() if key != "/Length"}
                done.append(PlainObject(self.entries(entries), item.read_raw_bytes()))
            else:
                done.append(PlainObject(self.body(item, top=True), None))
        return done

    def _shared(self, item: Any) -> PlainFont | None:
        """Give what a file uses of a face that files share."""
        if not isinstance(item, Dictionary) or item.get("/Subtype") != Name.Type0:
            return None
        face = self._faces.get(str(item.BaseFont)[1:].partition("+")[0])
        if face is None:
            return None
        widths: dict[int, int] = {}
        told = list(item.DescendantFonts[0].get("/W", Array()))
        for first, wide in zip(
            told[::2], told[1::2], strict=True
        ):  # as the layout engine writes it
            widths |= {int(first) + at: int(width) for at, width in enumerate(wide)}
        return PlainFont(face, widths, dict(glyph_words(item.ToUnicode.read_bytes())))

    def entries(self, items: Mapping[str, Any]) -> tuple[bytes | int, ...]:
        """Write the entries of a dictionary, by name."""
        parts: list[bytes | int] = []
        for key in sorted(items):
            value = items[key]
            if key in _FONT_NAMES:
                value = self._retagged(str(value))
            parts += (Name(key).unparse(), b" ", *self.body(value))
        return tuple(parts)

    def _retagged(self, name: str) -> Name:
        tag, plus, rest = name.partition("+")
        if not plus:
            return Name(name)
        letters = sha256(self._file + tag.encode()).digest()[:6]
        return Name("/" + "".join(chr(65 + byte % 26) for byte in letters) + plus + rest)

    def body(self, item: Any, *, top: bool = False) -> tuple[bytes | int, ...]:
        """Write a value; a reference becomes the index of the object it names."""
        empty = isinstance(item, Dictionary) and not item.keys()
        if not top and not empty and getattr(item, "is_indirect", False):
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
