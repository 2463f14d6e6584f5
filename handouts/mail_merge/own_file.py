"""Reading a run's file again, as it lies on the disk: objects by their places, pages in order.

It reads what ``PdfWriter`` and ``Book`` write and nothing else, in a twentieth of the time that
a library for any PDF takes.
"""

from __future__ import annotations

import mmap
import re
import zlib
from array import array
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from handouts.pdf.look.shown_words import LineReader, glyph_words, shown_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from handouts.pdf.look.shown_words import GlyphWords

_STREAM = re.compile(rb"(\d+) 0 obj<<(.*?)/Length (\d+)>>stream\n", re.DOTALL)
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_PAGE = re.compile(rb"/Resources (\d+) 0 R/Contents\[([^\]]*)\]")
_RESOURCES = re.compile(rb"/Resources (\d+) 0 R")
_OF_SLOTS = re.compile(rb"/S\d+\.\d+ \d+ 0 R")
_NAMED = re.compile(rb"/(\S+) (\d+) 0 R")
_TABLE = re.compile(rb"/ToUnicode (\d+) 0 R")
_IN_STREAM = 2
_HOLDERS_KEPT, _RESOURCES_KEPT, _STREAMS_KEPT = 16, 64, 256


@dataclass(frozen=True, slots=True)
class _Resources:
    """What a content stream may name: each font's glyphs, and the numbers of its forms."""

    fonts: dict[bytes, GlyphWords]
    forms: dict[bytes, int]
    lines: LineReader


class OwnFile:
    """A run's file, open for reading.

    Raises:
        ValueError: something is not where the file says it is, or not whole.

    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        start = self._data[self._data.rfind(b"startxref") :].split()[1]
        entries, table = self._stream_at(int(start))
        rows = np.frombuffer(table, np.uint8).reshape(-1, 9)[:, 1:]
        rows = np.cumsum(rows, axis=0, dtype=np.uint8)  # each row is less the one above it
        self._kinds = rows[:, 0].tobytes()
        wide = np.zeros((len(rows), 8), np.uint8)
        wide[:, 3:] = rows[:, 1:6]
        self._places = array("Q", wide.view(">u8").astype(np.uint64).tobytes())
        indexes = rows[:, 6].astype(np.uint16) << 8 | rows[:, 7]
        self._indexes = array("H", indexes.tobytes())
        self._root = int(re.search(rb"/Root (\d+) 0 R", entries)[1])  # type: ignore[index]
        self._held = lru_cache(_HOLDERS_KEPT)(self._read_held)
        self._resources = lru_cache(_RESOURCES_KEPT)(
            lambda number: self._read_resources(self._body(number))
        )
        self.shared = lru_cache(_RESOURCES_KEPT)(self._read_shared)
        """Gives the entries of a page's resources that its layout brings with it."""
        self.words = lru_cache(_STREAMS_KEPT)(self._read_words)
        """Gives the letters that a stream of a page shows, with the page's resources."""
        self._glyphs = lru_cache(None)(self._read_glyphs)
        self._form = lru_cache(None)(self._read_form)

    def __enter__(self) -> OwnFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._data.close()

    def pages(self) -> Iterator[tuple[int, list[int]]]:
        """Give each page's resources and streams by number; a blank one has no streams."""
        top = _REFERENCE.search(self._body(self._root).partition(b"/Pages")[2])
        for node in self._kids(int(top[1])):  # type: ignore[index]
            for body in self._bodies(self._kids(node)):
                page = _PAGE.search(body)
                if page is None:
                    yield 0, []
                else:
                    yield int(page[1]), list(map(int, page[2].split()[::3]))

    def _read_shared(self, resources: int) -> bytes:
        return _OF_SLOTS.sub(b"", self._body(resources))

    def _read_words(self, stream: int, resources: int) -> str:
        content, named = self._stream(stream)[1], self._resources(resources)
        words = named.lines.letters(content)
        return self._words(content, named) if words is None else words

    def _stream(self, number: int) -> tuple[bytes, bytes]:
        """Give an object's entries, and its data unfiltered."""
        return self._stream_at(self._places[number], number)

    def _kids(self, number: int) -> list[int]:
        kids = _KIDS.search(self._body(number))
        return list(map(int, kids[1].split()[::3])) if kids else []

    def _stream_at(self, place: int, number: int | None = None) -> tuple[bytes, bytes]:
        head = _STREAM.match(self._data, place)
        if head is None or number not in (None, int(head[1])):
            raise ValueError(f"no stream is at {place}")
        data = self._data[head.end() : head.end() + int(head[3])]
        try:
            return head[2], zlib.decompress(data) if b"/FlateDecode" in head[2] else data
        except zlib.error as error:
            raise ValueError(f"the stream at {place} is not whole") from error

    def _body(self, number: int) -> bytes:
        return next(self._bodies((number,)))

    def _bodies(self, objects: Iterable[int]) -> Iterator[bytes]:
        """Give what objects without data consist of; neighbours mostly lie in one stream."""
        place = -1
        kinds, places, indexes = self._kinds, self._places, self._indexes
        for number in objects:
            if kinds[number] != _IN_STREAM:
                raise ValueError(f"object {number} is in no stream of objects")
            if places[number] != place:
                place = places[number]
                numbers, starts, data = self._held(place)
            index = indexes[number]
            if numbers[index] != number:
                raise ValueError(f"object {number} is not where it should be")
            yield data[starts[index] : starts[index + 1]]

    def _read_held(self, holder: int) -> tuple[list[int], list[int], bytes]:
        entries, data = self._stream_at(self._places[holder], holder)
        first = int(re.search(rb"/First (\d+)", entries)[1])  # type: ignore[index]
        heads = list(map(int, data[:first].split()))
        return heads[::2], [first + at for at in heads[1::2]] + [len(data)], data

    def _read_resources(self, entries: bytes) -> _Resources:
        """Give fonts and forms by the names that they have in these resources."""
        fonts, forms = (
            dict(_NAMED.findall(self._dictionary(entries, name))) for name in (b"Font", b"XObject")
        )
        glyphs = {name: self._glyphs(int(number)) for name, number in fonts.items()}
        numbers = {name: int(number) for name, number in forms.items()}
        return _Resources(glyphs, numbers, LineReader(glyphs))

    def _dictionary(self, entries: bytes, name: bytes) -> bytes:
        found = re.search(rb"/%b ?(?:<<([^<>]*)>>|(\d+) 0 R)" % name, entries)
        if found is None:
            return b""
        return found[1] if found[2] is None else self._body(int(found[2]))

    def _read_glyphs(self, font: int) -> GlyphWords:
        table = _TABLE.search(self._body(font))
        return glyph_words(self._stream(int(table[1]))[1]) if table else {}

    def _read_form(self, number: int) -> str:
        entries, content = self._stream(number)
        if b"/Form" not in entries:
            return ""
        named = _RESOURCES.search(entries)
        return self._words(
            content, self._read_resources(self._body(int(named[1])) if named else entries)
        )

    def _words(self, content: bytes, resources: _Resources) -> str:
        def form(name: bytes) -> str:
            number = resources.forms.get(name)
            return "" if number is None else self._form(number)

        return shown_words(content, resources.fonts, form)
