"""The faces of a run's own words, in its finished file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handouts.mail_merge.pdf_writer import PdfWriter, compressed, face_name, pdf_string

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.render.patches.slot_fonts import EmbeddedFace

_FLATE = b"/Filter/FlateDecode"
_FIXED_PITCH = 1


@dataclass(slots=True)
class FaceInBook:
    """A face of the slots: its number in the file, and what was used of it so far."""

    number: int
    part_font: Mapping[str, Any]
    """The font as the first part that has it describes it."""
    widths: dict[int, int] = field(default_factory=dict)


def put_face(out: PdfWriter, face: FaceInBook, font: EmbeddedFace) -> None:
    """Write a face and its file, when all widths of its glyphs are known."""
    widest = max(face.widths.values(), default=0)
    flags = font.flags
    if len(face.widths) > 1 and len(set(face.widths.values())) == 1:
        flags |= _FIXED_PITCH
    name = face_name(face.part_font["face"])
    entries = b"/Subtype/OpenType" if font.opentype else b"/Length1 %d" % len(font.data)
    file = out.add_stream(entries + _FLATE, compressed(font.data))
    descriptor = out.add(
        b"<</Type/FontDescriptor/FontName/%b/FontFamily%b/Flags %d/FontBBox[0 %d %d %d]"
        b"/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile%d %d 0 R>>"
        % (name, pdf_string(font.family), flags, font.descent, widest, font.ascent,
           font.italic_angle, font.ascent, font.descent, font.ascent, font.stem,
           3 if font.opentype else 2, file)
    )  # fmt: skip
    kind = b"/CIDFontType0" if font.opentype else b"/CIDFontType2/CIDToGIDMap/Identity"
    widths = b"".join(b"%d[%d]" % item for item in sorted(face.widths.items()))
    out.put(
        face.number,
        b"<</Type/Font/Subtype%b/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/W[%b]/FontDescriptor %d 0 R>>"
        % (kind, name, widths, descriptor),
    )
