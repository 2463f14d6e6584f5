"""The finished file of a run: layouts written once, and each person's pages over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from handouts import __version__
from handouts.mail_merge.faces import Faces
from handouts.mail_merge.font_objects import pdf_string
from handouts.mail_merge.pdf_writer import PdfWriter, compressed, joined
from handouts.pdf.pages.plain import (
    PlainFile,
    PlainObject,
    PlainPage,
    PlainRoot,
    plain_file,
    whole_pages,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from handouts.mail_merge.faces import FaceInBook
    from handouts.mail_merge.fill import PartFile
    from handouts.render.embedded import EmbeddedFace

PAGES_A_NODE = 200
_PX_TO_PT = "0.75"
_FLATE = b"/Filter/FlateDecode"


@dataclass(frozen=True, slots=True)
class _Layout:
    """A layout that is in the file."""

    pages: tuple[_LayoutPage, ...]


@dataclass(frozen=True, slots=True)
class _LayoutPage:
    """A page of a layout: what it draws below and over a person's own words."""

    below: int
    above: int | None
    frame: bytes
    """The entries of its boxes."""
    resources: bytes
    """The entries of its resources but the fonts."""
    fonts: bytes

    def contents(self, own: int | None) -> bytes:
        """Name its streams, a person's own among them."""
        between = b"" if own is None else b" %d 0 R" % own
        end = b"" if self.above is None else b" %d 0 R" % self.above
        return b"%d 0 R%b%b" % (self.below, between, end)


@dataclass(frozen=True, slots=True)
class _KeptLeaf:
    """A page whose place is kept, and its back: their numbers, and those of their nodes."""

    front: tuple[int, int]
    back: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PartInBook:
    """A part that is in the file."""

    fonts: bytes
    """Their entries in the resources of its pages."""
    streams: list[int]
    resources: dict[tuple[bytes, bytes], int] = field(default_factory=dict)
    """By those of a layout's page and its fonts: the resources that it has in this part."""


class Book:
    """Puts parts together into one file. Each person's sheet begins on a fresh front."""

    def __init__(self, file: IO[bytes], *, version: bytes = b"1.7") -> None:
        self._out = PdfWriter(file, version)
        self._root = self._out.reserve()
        self._top = self._out.reserve()
        self._node, self._leaves, self._nodes = 0, list[int](), list[int]()
        self._layouts: dict[int, _Layout] = {}
        self._standing: dict[str, tuple[tuple[bytes, ...], bytes]] = {}
        self._pictures: dict[bytes | None, int] = {}
        """The numbers of those that are in the file, by their digests."""
        self._kept: list[_KeptLeaf] = []
        self._faces = Faces(self._out)
        self.pages = 0

    @property
    def faces(self) -> Mapping[str, FaceInBook]:
        """The faces that are wanted to ``finish``, by their names."""
        return self._faces.all

    def add_layout(self, number: int, pdf: bytes, faces: Mapping[str, str]) -> None:
        """Write a layout's pages and what they use.

        ``faces`` are those that the whole file shares, by the tags of their subsets in this one.
        """
        self._layouts[number] = self._written(plain_file(pdf, faces))

    def _copied(self, objects: tuple[PlainObject, ...]) -> list[int]:
        """Write another file's objects; gives their numbers here.

        Pictures and forms that files have alike to the byte are written once.
        """
        digests = [item.picture_digest for item in objects]
        known = [
            self._pictures.get(digest) if item.font is None else self._faces.of_layout(item.font)
            for digest, item in zip(digests, objects, strict=True)
        ]
        numbers = [self._out.reserve() if at is None else at for at in known]
        for at, number, digest, item in zip(known, numbers, digests, objects, strict=True):
            if at is not None:
                continue
            body = joined(item.body, numbers)
            if item.data is None:
                self._out.put(number, body)
                continue
            self._out.put_stream(number, body, item.data)
            if digest is not None:
                self._pictures[digest] = number
        return numbers

    def _written(self, plain: PlainFile) -> _Layout:
        numbers = self._copied(plain.objects)
        return _Layout(tuple(self._written_page(page, numbers) for page in plain.pages))

    def _written_page(self, page: PlainPage, numbers: list[int]) -> _LayoutPage:
        left, top = page.left_pt, page.top_pt
        # What follows is set in CSS px from the trim's upper left, as the layout engine does.
        flipped = f"{_PX_TO_PT} 0 0 -{_PX_TO_PT} {left:.8g} {top:.8g} cm"
        content = b"q\n%b\nQ %b" % (page.content, flipped.encode())
        below, above = self._out.add_stream(_FLATE, compressed(content)), None
        if page.above:
            px = 1 / float(_PX_TO_PT)
            back = f"{px:.9f} 0 0 -{px:.9f} {-left * px:.9f} {top * px:.9f} cm\n"
            above = self._out.add_stream(_FLATE, compressed(back.encode() + page.above))
        parts = (page.frame, page.resources, page.fonts)
        frame, resources, fonts = (joined(part, numbers) for part in parts)
        return _LayoutPage(below, above, frame, resources, fonts)

    def add_part(self, part: PartFile) -> PartInBook:
        """Write the fonts of a part, and what its people add to their pages."""
        entries: list[bytes] = []
        for index, font in enumerate(part.head["fonts"]):
            numbers = enumerate(self._faces.of_part(font))
            entries += [b"/S%d.%d %d 0 R" % (index, table, number) for table, number in numbers]
        streams = [self._out.add_stream(_FLATE, bytes(stream)) for stream in part.streams()]
        return PartInBook(b"".join(entries), streams)

    def add_sheet(self, part: PartInBook, number: int, streams: Iterable[int]) -> int:
        """Write the pages of one person: a layout's, each with a stream of the part.

        Gives how many they are.
        """
        layout = self._layouts[number]
        for page, own in zip(layout.pages, streams, strict=True):
            key = page.resources, page.fonts
            if key not in part.resources:
                part.resources[key] = self._out.add(
                    b"<<%b/Font<<%b%b>>>>" % (page.resources, page.fonts, part.fonts)
                )
            contents = page.contents(part.streams[own])
            self._add_page(
                page.frame, b"/Resources %d 0 R/Contents[%b]" % (part.resources[key], contents)
            )
        self._fill_sheet(layout.pages[-1].frame)
        return len(layout.pages)

    def add_alone(self, pdf: bytes) -> int:
        """Write a sheet that was laid out alone; gives how many pages it has."""
        layout = self._written(plain_file(pdf))
        added: dict[bytes, int] = {}
        for page in layout.pages:
            resources = b"<<%b/Font<<%b>>>>" % (page.resources, page.fonts)
            if resources not in added:
                added[resources] = self._out.add(resources)
            contents = page.contents(None)
            self._add_page(
                page.frame, b"/Resources %d 0 R/Contents[%b]" % (added[resources], contents)
            )
        self._fill_sheet(layout.pages[-1].frame)
        return len(layout.pages)

    def add_standing(self, digest: str, pdf: bytes) -> int:
        """Write a copy of finished pages, which are kept once; gives how many they are."""
        if digest not in self._standing:
            whole = whole_pages(pdf)
            numbers = self._copied(whole.objects)
            written = tuple(joined(page, numbers) for page in whole.pages)
            self._standing[digest] = written, joined(whole.blank, numbers)
        pages, blank = self._standing[digest]
        for entries in pages:
            self._put_page(self._next_leaf(), self._node, entries)
        if self.pages % 2:
            self._put_page(self._next_leaf(), self._node, blank)
        return len(pages)

    def keep_page(self) -> None:
        """Keep a page's place and its blank back's; what stands on it is told to ``draw_kept``."""
        front = self._next_leaf(), self._node
        self._kept.append(_KeptLeaf(front, (self._next_leaf(), self._node)))

    def draw_kept(self, pages: Iterable[tuple[bytes, int]]) -> None:
        """Write the pages whose places were kept, in their order.

        Each is a page, counted from 0, of a file.
        """
        read: dict[bytes, tuple[tuple[bytes, ...], bytes]] = {}
        for leaf, (pdf, page) in zip(self._kept, pages, strict=True):
            if pdf not in read:
                whole = whole_pages(pdf)
                numbers = self._copied(whole.objects)
                drawn = tuple(joined(entries, numbers) for entries in whole.pages)
                read[pdf] = drawn, joined(whole.blank, numbers)
            drawn, blank = read[pdf]
            self._put_page(*leaf.front, drawn[page])
            self._put_page(*leaf.back, blank)

    def _fill_sheet(self, frame: bytes) -> None:
        """Add a blank back behind an odd number of sides."""
        if self.pages % 2:
            self._add_page(frame, b"/Resources<<>>")

    def _add_page(self, frame: bytes, rest: bytes) -> None:
        number = self._next_leaf()
        self._put_page(number, self._node, frame + rest)

    def _put_page(self, number: int, node: int, entries: bytes) -> None:
        self._out.put(number, b"<</Type/Page/Parent %d 0 R%b>>" % (node, entries))

    def _next_leaf(self) -> int:
        """Give the next page its number and its place in the tree."""
        if len(self._leaves) == PAGES_A_NODE:
            self._end_node()
        if not self._leaves:
            self._node = self._out.reserve()
        self._leaves.append(number := self._out.reserve())
        self.pages += 1
        return number

    def _end_node(self) -> None:
        if self._leaves:
            self._nodes.append(self._put_node(self._node, self._leaves, len(self._leaves)))
            self._leaves = []

    def _put_node(self, number: int, kids: list[int], pages: int) -> int:
        parent = b"" if number == self._top else b"/Parent %d 0 R" % self._top
        names = b" ".join(b"%d 0 R" % kid for kid in kids)
        return self._out.put(
            number, b"<</Type/Pages%b/Count %d/Kids[%b]>>" % (parent, pages, names)
        )

    def finish(
        self, faces: Iterable[EmbeddedFace], title: Title | PlainRoot, identity: bytes
    ) -> None:
        """Write the fonts of the slots, and all that a file ends with.

        ``title`` is what the file says of itself: in an office file its title and so on.
        """
        self._faces.finish(faces)
        self._end_node()
        self._put_node(self._top, self._nodes, self.pages)
        info = self._told(title) if isinstance(title, PlainRoot) else self._titled(title)
        self._out.finish(self._root, info, identity)

    def _told(self, told: PlainRoot) -> int:
        """Write the root as it was made; gives the number of the information."""
        numbers = self._copied(told.objects)
        entries = joined(told.root, numbers)
        self._out.put(self._root, b"<</Type/Catalog/Pages %d 0 R%b>>" % (self._top, entries))
        return self._out.add(b"<<%b>>" % joined(told.info, numbers))

    def _titled(self, title: Title) -> int:
        """Write the root of an office file; gives the number of the information."""
        self._out.put(
            self._root,
            b"<</Type/Catalog/Pages %d 0 R/Lang%b/ViewerPreferences<</DisplayDocTitle true"
            b"/PrintScaling/None/Duplex/DuplexFlipLongEdge/PickTrayByPDFSize true>>>>"
            % (self._top, pdf_string(title.language)),
        )
        stamp = f"D:{title.moment:%Y%m%d%H%M%S}Z"
        info = {
            "Title": title.title,
            "Author": title.author,
            "Creator": f"handouts {__version__}",
            "Producer": f"WeasyPrint, handouts {__version__}",
            "CreationDate": stamp,
            "ModDate": stamp,
        }
        entries = b"".join(
            b"/%b%b" % (key.encode(), pdf_string(text)) for key, text in info.items()
        )
        return self._out.add(b"<<%b>>" % entries)


@dataclass(frozen=True, slots=True)
class Title:
    """What a run's file says of itself; nothing of it is a patient's."""

    title: str
    author: str
    language: str
    moment: datetime
