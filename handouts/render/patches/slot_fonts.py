"""The fonts of a run's slots: each face once, with the glyphs that were used.

Faces are cut down by the engine's own ``pdf.fonts.Font``, so that a run's letters are those of a
sheet made alone. Written for WeasyPrint 70. Upstream could make that class public.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.render.loaded_engine import fonts_dated, weasyprint
from handouts.render.patches.shaping import Shaper

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class WantedFace:
    """A face, words in a style that bring it up, and the glyphs of it that are wanted."""

    face: str
    style: dict[str, Any]
    size_pt: int | None
    words: str
    glyphs: frozenset[int]


@dataclass(frozen=True, slots=True)
class EmbeddedFace:
    """A subset of a font, whose glyphs keep their numbers, and what describes it."""

    data: bytes
    opentype: bool
    name: str
    family: str
    flags: int
    ascent: int
    descent: int
    italic_angle: int
    stem: int


def embed_face(wanted: WantedFace, dated: date) -> EmbeddedFace:
    """Cut a face down to its glyphs, with the layout engine's own means.

    Raises:
        MachineError: Pango's libraries or a font are missing.

    """
    weasyprint()
    with fonts_dated(dated):
        shaper = Shaper([wanted.style])
        shaper.shape(0, wanted.size_pt, wanted.words)
        font = shaper.font(wanted.face)
        font.clean(dict.fromkeys(wanted.glyphs, ""), hinting=False)
    return EmbeddedFace(
        data=bytes(font.file_content),
        opentype=font.type == "otf",
        name=font.name.decode().lstrip("/"),
        family=font.family,
        flags=font.flags,
        ascent=font.ascent,
        descent=font.descent,
        italic_angle=font.italic_angle,
        stem=font.stemv,
    )
