"""The fonts of people's words as objects of PDF, for a run's file and for a sheet alone."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from handouts.pdf.pages.slots import SlotFace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.render.embedded import EmbeddedFace

_FIXED_PITCH = 1
_CODES_AT_ONCE = 100


def font_entries(face: str) -> bytes:
    """Give the entries of a face's font, but for its descendant and its words."""
    return b"/Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H" % face_name(face)


def slot_face(face: str, font: EmbeddedFace, glyph_widths: Mapping[int, int]) -> SlotFace:
    """Describe a face that was cut down to its glyphs, whose widths are given."""
    widest = max(glyph_widths.values(), default=0)
    flags = font.flags
    if len(glyph_widths) > 1 and len(set(glyph_widths.values())) == 1:
        flags |= _FIXED_PITCH
    name = face_name(face)
    kind = b"/CIDFontType0" if font.opentype else b"/CIDFontType2/CIDToGIDMap/Identity"
    widths = b"".join(b"%d[%d]" % item for item in sorted(glyph_widths.items()))
    return SlotFace(
        name=name,
        entries=b"/Type/Font/Subtype%b/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/W[%b]" % (kind, name, widths),
        descriptor=b"/Type/FontDescriptor/FontName/%b/FontFamily%b/Flags %d/FontBBox[0 %d %d %d]"
        b"/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d"
        % (name, pdf_string(font.family), flags, font.descent, widest, font.ascent,
           font.italic_angle, font.ascent, font.descent, font.ascent, font.stem),
        file_key="/FontFile3" if font.opentype else "/FontFile2",
        file_entries=b"/Subtype/OpenType" if font.opentype else b"/Length1 %d" % len(font.data),
        file=font.data,
    )  # fmt: skip


def pdf_string(text: str) -> bytes:
    """Write a text as a string (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and not set(text) & set("()\\"):
        return b"(%b)" % text.encode()
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()


def face_name(face: str) -> bytes:
    """Make a subset's name of a face's description, such as "HABCDE+Noto-Sans-Bold"."""
    tag = "".join(chr(65 + byte % 26) for byte in sha256(face.encode()).digest()[:6])
    plain = re.split(" [@#]", face, maxsplit=1)[0].replace(" ", "-").replace(",", "")
    return f"{tag}+{plain}".encode("ascii", "ignore")


def to_unicode(table: list[tuple[int, str]]) -> bytes:
    """Write which words each glyph stands for (ISO 32000-1, 9.10.3), in the form of its example.

    Not every reader and validator takes it with less white space.
    """
    lines = [
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        b"/CIDSystemInfo\n<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def",
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
        b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange",
    ]
    for first in range(0, len(table), _CODES_AT_ONCE):
        codes = table[first : first + _CODES_AT_ONCE]
        lines.append(b"%d beginbfchar" % len(codes))
        lines += [
            b"<%04x> <%b>" % (glyph, words.encode("utf-16-be").hex().encode())
            for glyph, words in codes
        ]
        lines.append(b"endbfchar")
    lines.append(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return b"\n".join(lines)
