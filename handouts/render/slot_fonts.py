"""The faces of a run: each once, with the glyphs that were used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.render.embedded import EmbeddedFace, embedded, face
from handouts.render.pango import pango
from handouts.render.patches.shaping import Shaper

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Sample:
    """Words in a style that bring a face up."""

    style: dict[str, Any]
    size_pt: int | None
    words: str


@dataclass(frozen=True, slots=True)
class WantedFace:
    """A face and the glyphs of it that are wanted."""

    face: str
    glyphs: frozenset[int]
    sample: Sample | None
    """Where it can't be had by its name; layouts have no such faces."""


def embed_face(wanted: WantedFace, dated: date) -> EmbeddedFace:
    """Cut a face down to its glyphs.

    Raises:
        MachineError: Pango's libraries or a font are missing.
        ValueError: the face can't be had by its name, nor by a sample.

    """
    font = face(wanted.face)
    if font is not None:
        try:
            return embedded(font, wanted.glyphs, dated)
        finally:
            pango().g_object_unref(font)
    if wanted.sample is None:
        raise ValueError(f"there is no face {wanted.face}")
    shaper = Shaper([wanted.sample.style])
    shaper.shape(0, wanted.sample.size_pt, wanted.sample.words)
    return embedded(shaper.font(wanted.face), wanted.glyphs, dated)
