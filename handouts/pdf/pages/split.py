"""Sheets taken out of a finished file again, each as a file of its own."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Self

from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

_SLOT_FONT = re.compile(rb"/S\d+\.\d+\b")
"""As a run names the fonts of its people's own words; no other name looks like it."""
_OF_THE_WHOLE = ("/Lang", "/ViewerPreferences", "/OutputIntents", "/Metadata", "/Version")


class Splitter:
    """A file whose pages are taken out; it is open within ``with``."""

    def __init__(self, path: Path) -> None:
        self._source = source = Pdf.open(path)
        keys = (key for key in _OF_THE_WHOLE if key in source.Root)
        self._fonts_in: dict[tuple[int, int], frozenset[str]] = {}
        self._kept = {key: source.make_indirect(source.Root[key]) for key in keys}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._source.close()

    def pages(self, first: int, count: int) -> bytes:
        """Give some pages as a file, as ``pick`` does; ``first`` counts from 1."""
        return self.pick(range(first, first + count))

    def pick(self, numbers: Iterable[int]) -> bytes:
        """Give some pages as a file, printed as the whole one is; they are numbered from 1.

        It has the fonts of its own people's words alone, not of all people's. What the file
        says of itself is the whole one's, so that the same pages give the same bytes.
        """
        pdf = Pdf.new()
        for number in numbers:
            page = self._source.pages[number - 1]
            used = self._slot_fonts(page.obj)
            pdf.pages.append(page)
            _leave_fonts_out(pdf.pages[-1].obj, used)
        for key, entry in self._kept.items():
            pdf.Root[key] = pdf.copy_foreign(entry)
        for key, value in self._source.docinfo.items():
            pdf.docinfo[key] = value if isinstance(value, Name) else str(value)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            min_version=self._source.pdf_version,
            object_stream_mode=ObjectStreamMode.generate,
        )
        return out.getvalue()

    def _slot_fonts(self, page: Any) -> frozenset[str]:
        """Name the fonts of slots that a page uses."""
        contents = page.get("/Contents", Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        return frozenset().union(*map(self._named_in, streams))

    def _named_in(self, stream: Any) -> frozenset[str]:
        if stream.objgen not in self._fonts_in:
            found = _SLOT_FONT.findall(stream.read_bytes())
            self._fonts_in[stream.objgen] = frozenset(name.decode() for name in found)
        return self._fonts_in[stream.objgen]


def _leave_fonts_out(page: Any, used: frozenset[str]) -> None:
    """Let a page name no fonts of slots but those that it uses."""
    fonts = page.Resources.get("/Font")
    if fonts is None:
        return
    own = {
        name: font
        for name, font in fonts.items()
        if name in used or not _SLOT_FONT.fullmatch(name.encode())
    }
    others = {key: value for key, value in page.Resources.items() if key != "/Font"}
    page.Resources = Dictionary(others | {"/Font": Dictionary(own)})


def encrypt(pdf: bytes, password: str) -> bytes:
    """Encrypt a file with AES-256 (PDF 2.0, revision 6); the password opens and owns it."""
    out = BytesIO()
    with Pdf.open(BytesIO(pdf)) as document:
        document.save(
            out, encryption=Encryption(owner=password, user=password, R=6, aes=True, metadata=True)
        )
    return out.getvalue()
