"""The faces of a run's own words, in its finished file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handouts.mail_merge.font_objects import slot_face
from handouts.mail_merge.pdf_writer import PdfWriter, compressed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.render.embedded import EmbeddedFace

_FLATE = b"/Filter/FlateDecode"


@dataclass(slots=True)
class FaceInBook:
    """A face of the slots: its number in the file, and what was used of it so far."""

    number: int
    part_font: Mapping[str, Any]
    """The font as the first part that has it describes it."""
    widths: dict[int, int] = field(default_factory=dict)


def put_face(out: PdfWriter, face: FaceInBook, font: EmbeddedFace) -> None:
    """Write a face and its file, when all widths of its glyphs are known."""
    written = slot_face(face.part_font["face"], font, face.widths)
    file = out.add_stream(written.file_entries + _FLATE, compressed(written.file))
    descriptor = out.add(b"<<%b%b %d 0 R>>" % (written.descriptor, written.file_key.encode(), file))
    out.put(face.number, b"<<%b/FontDescriptor %d 0 R>>" % (written.entries, descriptor))
