"""The fonts of people's words: each face once, with the glyphs that were used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.render.embedded import EmbeddedFace, embedded
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


def embed_face(wanted: WantedFace, dated: date) -> EmbeddedFace:
    """Cut a face down to its glyphs.

    Raises:
        MachineError: Pango's libraries or a font are missing.

    """
    shaper = Shaper([wanted.style])
    shaper.shape(0, wanted.size_pt, wanted.words)
    return embedded(shaper.font(wanted.face), wanted.glyphs, dated)
