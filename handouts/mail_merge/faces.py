"""The faces of a run's layouts and of its people's words: in its file each stands once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handouts.mail_merge.font_objects import font_entries, slot_face, to_unicode
from handouts.mail_merge.pdf_writer import PdfWriter, compressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.pdf.pages.plain import PlainFont
    from handouts.render.embedded import EmbeddedFace

_FLATE = b"/Filter/FlateDecode"


@dataclass(frozen=True, slots=True)
class _Table:
    """A font of a face: its number in the file, and what each glyph stands for."""

    number: int
    words: dict[int, str]


@dataclass(slots=True)
class FaceInBook:
    """A face: its number in the file, and what was used of it so far."""

    number: int
    part_font: Mapping[str, Any] | None = None
    """The font as the first part that has it describes it; None where only layouts have it."""
    widths: dict[int, int] = field(default_factory=dict)
    tables: list[_Table] = field(default_factory=list)
    """Fonts of layouts; there are more where a glyph stands for different words."""


class Faces:
    """The faces of a file that is being written."""

    def __init__(self, out: PdfWriter) -> None:
        self._out = out
        self.all: dict[str, FaceInBook] = {}
        """By their names, as Pango has them."""

    def of_layout(self, font: PlainFont) -> int:
        """Give the number of a font in which a layout's glyphs stand for its words."""
        face = self._face(font.face)
        for glyph, width in font.widths.items():
            face.widths.setdefault(glyph, width)
        for table in face.tables:
            if all(table.words.get(glyph, text) == text for glyph, text in font.words.items()):
                table.words.update(font.words)
                return table.number
        face.tables.append(_Table(self._out.reserve(), dict(font.words)))
        return face.tables[-1].number

    def of_part(self, font: Mapping[str, Any]) -> list[int]:
        """Write the fonts of a part's words, one for each of its tables; give their numbers."""
        face = self._face(font["face"])
        face.part_font = face.part_font or font
        for glyph, width in font["widths"]:
            face.widths.setdefault(glyph, width)
        return [
            self._put_font(self._out.reserve(), font["face"], table) for table in font["tables"]
        ]

    def _face(self, name: str) -> FaceInBook:
        if name not in self.all:
            self.all[name] = FaceInBook(self._out.reserve())
        return self.all[name]

    def finish(self, embedded: Iterable[EmbeddedFace]) -> None:
        """Write the faces, in the order of ``all``, when all their glyphs are known."""
        for (name, face), font in zip(self.all.items(), embedded, strict=True):
            self._put_face(name, face, font)
            for table in face.tables:
                self._put_font(table.number, name, sorted(table.words.items()))

    def _put_font(self, number: int, name: str, table: list[tuple[int, str]]) -> int:
        words = self._out.add_stream(_FLATE, compressed(to_unicode(table)))
        entries = font_entries(name), self.all[name].number, words
        return self._out.put(number, b"<<%b/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % entries)

    def _put_face(self, name: str, face: FaceInBook, font: EmbeddedFace) -> None:
        out, written = self._out, slot_face(name, font, face.widths)
        file = out.add_stream(written.file_entries + _FLATE, compressed(written.file))
        descriptor = out.add(
            b"<<%b%b %d 0 R>>" % (written.descriptor, written.file_key.encode(), file)
        )
        out.put(face.number, b"<<%b/FontDescriptor %d 0 R>>" % (written.entries, descriptor))
