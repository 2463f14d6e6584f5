"""Slots of a laid-out file: what stands in them taken out, and a person's own words put in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Object, ObjectStreamMode, Pdf

from handouts.compose.laid_out import SLOT_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pikepdf import Page

_SLOT = re.compile(rb"/%b(\d+)\s+BMC\s(.*?)\bEMC\b" % SLOT_MARK.encode(), re.DOTALL)
_SHOWN = re.compile(rb"\[[^\]]*\] ?TJ")


@dataclass(frozen=True, slots=True)
class SlotFace:
    """A face of the words, as entries of PDF's objects; its name tells it from all others."""

    name: bytes
    entries: bytes
    descriptor: bytes
    file_key: str
    file_entries: bytes
    file: bytes


@dataclass(frozen=True, slots=True)
class SlotFont:
    """A font of the words: its name on the pages, its face, and the words of its glyphs."""

    name: str
    entries: bytes
    face: SlotFace
    to_unicode: bytes


def empty_slots(pdf: bytes, slots: int) -> bytes:
    """Take out of a laid-out file what is drawn in its slots, and nothing else.

    What sets fonts and places stays, for the lines that follow rely on it.

    Raises:
        ValueError: not each of the ``slots`` is drawn, on a page itself.

    """
    emptied = 0

    def without_words(filled: re.Match[bytes]) -> bytes:
        nonlocal emptied
        rest, shown = _SHOWN.subn(b"", filled[2])
        emptied += shown
        return b"/%b%b BMC\n%b EMC" % (SLOT_MARK.encode(), filled[1], rest)

    with Pdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            stream = page.obj.Contents
            stream.write(_SLOT.sub(without_words, stream.read_bytes()))
        if emptied != slots:
            raise ValueError(f"{emptied} lines are drawn in {slots} slots")
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def fill_slots(
    pdf: bytes,
    pages: Sequence[Mapping[int, bytes]],
    last: Sequence[bytes],
    fonts: Sequence[SlotFont],
) -> bytes:
    """Put words into a finished file with empty slots, in their place in its reading order.

    ``pages`` has for each page what is drawn in its slots, by their numbers, and ``last`` what is
    drawn after all else; an empty one stays empty. It is as the engine left the file: the same
    words give the same bytes.

    Raises:
        ValueError: a slot is not on its page.

    """
    with Pdf.open(BytesIO(pdf)) as document:
        made = _fonts(document, fonts)
        for page, words, end in zip(document.pages, pages, last, strict=True):
            if any(words.values()):
                _fill(page.obj, dict(words))
            if end:
                _draw_last(document, page, end)
            if end or any(words.values()):
                _add_fonts(page.obj, made)
        out = BytesIO()
        document.save(
            out,
            deterministic_id=True,
            min_version=document.pdf_version,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def _fill(page: Object, words: dict[int, bytes]) -> None:
    def with_words(slot: re.Match[bytes]) -> bytes:
        own = words.pop(int(slot[1]), b"")
        return b"%b\n%b" % (own, slot[2]) if own else slot[0]

    contents = page.Contents
    for stream in list(contents) if isinstance(contents, Array) else [contents]:
        before = stream.read_bytes()
        if (after := _SLOT.sub(with_words, before)) != before:
            stream.write(after)
    if any(words.values()):
        raise ValueError("a slot is not on its page")


def _draw_last(document: Pdf, page: Page, words: bytes) -> None:
    """Draw over the page, but for what stands over all words: they are in CSS px from its trim."""
    contents = page.obj.Contents
    below, *above = list(contents) if isinstance(contents, Array) else [contents]
    left_pt, _, _, top_pt = (float(edge) for edge in page.trimbox)
    own = b"Q q 0.75 0 0 -0.75 %.8g %.8g cm\n%b Q" % (left_pt, top_pt, words)
    parts = [document.make_stream(b"q"), below, document.make_stream(own), *above]
    page.obj.Contents = Array(parts)


def _fonts(document: Pdf, fonts: Sequence[SlotFont]) -> dict[str, Object]:
    faces: dict[bytes, Object] = {}
    made = {}
    for font in fonts:
        if font.face.name not in faces:
            faces[font.face.name] = _face(document, font.face)
        body = Object.parse(b"<<%b>>" % font.entries)
        body.DescendantFonts = Array([faces[font.face.name]])
        body.ToUnicode = document.make_stream(font.to_unicode)
        made[font.name] = document.make_indirect(body)
    return made


def _face(document: Pdf, face: SlotFace) -> Object:
    file = document.make_stream(face.file, Object.parse(b"<<%b>>" % face.file_entries))
    descriptor = Object.parse(b"<<%b>>" % face.descriptor)
    descriptor[face.file_key] = file
    body = Object.parse(b"<<%b>>" % face.entries)
    body.FontDescriptor = document.make_indirect(descriptor)
    return document.make_indirect(body)


def _add_fonts(page: Object, fonts: Mapping[str, Object]) -> None:
    """Let a page name the fonts; its resources may be those of other pages as well."""
    others = dict(page.Resources.get("/Font", Dictionary()).items())
    own = {f"/{name}": font for name, font in fonts.items()}
    rest = {key: value for key, value in page.Resources.items() if key != "/Font"}
    page.Resources = Dictionary(rest | {"/Font": Dictionary(others | own)})
