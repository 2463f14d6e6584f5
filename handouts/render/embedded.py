"""Faces cut down to the glyphs that were used, as the layout engine embeds its own.

HarfBuzz cuts them, and fontTools gives a variable one its weight. Each keeps its glyphs' numbers.
"""

from __future__ import annotations

import ctypes
import re
from ctypes import byref, c_uint, c_uint32, string_at
from dataclasses import dataclass
from hashlib import md5
from io import BytesIO
from typing import TYPE_CHECKING, Any

from handouts.render.loaded_engine import fonts_dated
from handouts.render.pango import SIZE_AND_GRAVITY, UNITS_A_PX, pango

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

_SYMBOLIC, _SERIF, _ITALIC = 1 << 2, 1 << 1, 1 << 6
"""Flags of a font's descriptor (ISO 32000-1, table 123)."""
_ITALIC_STYLE = 2
"""Of Pango's styles; an oblique one is 1."""
_STEM = 80
"""As the layout engine has it."""
_ANY_SIZE_PX = 16
_OPTICAL = re.compile(r"\bopsz=([\d.]+)")
_NO_HINTING, _RETAIN_GIDS, _DESUBROUTINIZE, _PASS_THROUGH = 1, 2, 4, 32
"""Of HarfBuzz's subsets."""
_DROP_TABLES = 3
_DROPPED = (
    b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT",
    b"SVG ",
)  # fmt: skip


_NO_GLYPH = 0
"""The glyph that each font has for what it lacks: OpenType, "glyf"."""


@dataclass(frozen=True, slots=True)
class EmbeddedFace:
    """A subset of a font, whose glyphs keep their numbers, and what describes it."""

    data: bytes
    opentype: bool
    family: str
    flags: int
    ascent: int
    descent: int
    italic_angle: int
    stem: int


@dataclass(frozen=True, slots=True)
class _Described:
    """What Pango says of a font, without its size."""

    text: str
    family: str
    weight: int
    slanted: int
    variations: dict[str, float]
    size_px: float


def faces_of(document: Any) -> Iterator[tuple[str, str]]:
    """Give the faces of a document of the engine's that was drawn: a subset's tag, and a name.

    One that can't be had again by its name is left out.
    """
    for font in document.fonts.values():
        name = next((name for name in _names(font) if _tag(name) == font.hash), None)
        found = None if name is None else face(name)
        if name is not None and found is not None:
            pango().g_object_unref(found)
            yield font.hash, name


def _names(font: Any) -> Iterator[str]:
    """Give the names that a font of the engine's may have; its variations have grown since."""
    api = pango()
    about = api.pango_font_description_from_string(font.family.encode() + b",")
    api.pango_font_description_set_weight(about, font.weight)
    api.pango_font_description_set_style(about, font.style)
    plain = _text(about)
    api.pango_font_description_free(about)
    yield plain
    told: list[str] = []
    for axis, value in font.variations.items():
        if value is None:
            return
        told.append(f"{axis}={value:g}")
        yield f"{plain} @{','.join(told)}"


def _tag(name: str) -> str:
    """Give the tag of a face's subset as the engine makes it."""
    digest = md5(name.encode(), usedforsecurity=False).digest()
    return "".join(chr(65 + letter % 26) for letter in digest[:6])


def _text(description: int) -> str:
    api = pango()
    text = api.pango_font_description_to_string(description)
    try:
        return string_at(text).decode()
    finally:
        api.g_free(text)


def face(name: str) -> int | None:
    """Give the font of a name as Pango has it; None where it has another for it.

    Whoever gets it gives it back (``g_object_unref``).
    """
    api = pango()
    about = api.pango_font_description_from_string(name.partition(" @")[0].encode())
    optical = _OPTICAL.search(name)
    units = round(float(optical[1] if optical else _ANY_SIZE_PX) * UNITS_A_PX)
    api.pango_font_description_set_absolute_size(about, float(units))
    context = api.pango_font_map_create_context(api.fonts)
    font: int | None = api.pango_font_map_load_font(api.fonts, context, about)
    api.g_object_unref(context)
    api.pango_font_description_free(about)
    if font is not None and font_name(font)[0] != name:
        api.g_object_unref(font)
        return None
    return font


def font_name(font: int) -> tuple[str, float]:
    """Describe a font of Pango's, the same in every process, and give its size in px."""
    described = _described(font)
    return described.text, described.size_px


def embedded(font: int, glyphs: Iterable[int], dated: date) -> EmbeddedFace:
    """Cut a font of Pango's down to some glyphs."""
    api, described = pango(), _described(font)
    metrics = api.pango_font_get_metrics(font, None)
    up, down = (
        round(length / UNITS_A_PX / described.size_px * 1000)
        for length in (
            api.pango_font_metrics_get_ascent(metrics),
            api.pango_font_metrics_get_descent(metrics),
        )
    )
    api.pango_font_metrics_unref(metrics)
    face = api.hb_font_get_face(api.pango_font_get_hb_font(font))
    # A row that was refused after its words were shaped leaves a face of which nothing is shown.
    wanted = sorted(glyphs) or [_NO_GLYPH]
    with fonts_dated(dated):
        data = _cut_down(face, wanted) if api.subsets else _cut_by_font_tools(face, wanted)
        data = _at_its_weight(data, described)
    flags = _SYMBOLIC | (_ITALIC if described.slanted else 0)
    if "Serif" in re.split(" [#@]", described.text, maxsplit=1)[0].split(" "):
        flags |= _SERIF
    return EmbeddedFace(
        data=data,
        opentype=data.startswith(b"OTTO"),
        family=described.family,
        flags=flags,
        ascent=up,
        descent=-down,
        italic_angle=0,
        stem=_STEM,
    )


def _described(font: int) -> _Described:
    api = pango()
    about = api.pango_font_describe_with_absolute_size(font)
    size_px = api.pango_font_description_get_size(about) / UNITS_A_PX
    api.pango_font_description_unset_fields(about, SIZE_AND_GRAVITY)
    variations = (api.pango_font_description_get_variations(about) or b"").decode()
    described = _Described(
        _text(about),
        (api.pango_font_description_get_family(about) or b"").decode(),
        api.pango_font_description_get_weight(about),
        api.pango_font_description_get_style(about),
        {axis: float(value) for axis, _, value in (
            part.partition("=") for part in variations.split(",") if part
        )},
        size_px,
    )  # fmt: skip
    api.pango_font_description_free(about)
    return described


def _cut_down(face: int, glyphs: list[int]) -> bytes:
    """Keep some glyphs at their numbers, and none behind the last of them."""
    api = pango()
    flags = _PASS_THROUGH | _DESUBROUTINIZE
    kept = _subset(face, glyphs, flags | _RETAIN_GIDS)
    ended = _subset(kept, list(range(glyphs[-1] + 1)), flags | _NO_HINTING)
    try:
        return _data_of(ended)
    finally:
        api.hb_face_destroy(kept)
        api.hb_face_destroy(ended)


def _subset(face: int, glyphs: list[int], flags: int) -> int:
    api = pango()
    wanted = api.hb_subset_input_create_or_fail()
    tags = sorted(api.hb_tag_from_string(tag, -1) for tag in _DROPPED)
    numbers = (c_uint32 * len(glyphs))(*glyphs), (c_uint32 * len(tags))(*tags)
    api.hb_set_add_sorted_array(api.hb_subset_input_glyph_set(wanted), numbers[0], len(glyphs))
    api.hb_set_add_sorted_array(
        api.hb_subset_input_set(wanted, _DROP_TABLES), numbers[1], len(tags)
    )
    api.hb_subset_input_set_flags(wanted, flags)
    cut: int | None = api.hb_subset_or_fail(face, wanted)
    api.hb_subset_input_destroy(wanted)
    if cut is None:
        raise ValueError("HarfBuzz can't cut a font down")
    return cut


def _data_of(face: int) -> bytes:
    api = pango()
    blob, length = api.hb_face_reference_blob(face), c_uint()
    try:
        start = api.hb_blob_get_data(blob, byref(length))
        return ctypes.string_at(start, length.value)
    finally:
        api.hb_blob_destroy(blob)


def _cut_by_font_tools(face: int, glyphs: list[int]) -> bytes:
    """Do the same where HarfBuzz has no such library."""
    from fontTools import subset  # noqa: PLC0415 - seldom needed

    options = subset.Options(
        retain_gids=True,
        passthrough_tables=True,
        ignore_missing_glyphs=True,
        hinting=False,
        desubroutinize=True,
    )
    options.drop_tables += ["GSUB", "GPOS", "SVG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=glyphs)
    font = _read(_data_of(face), pango().hb_face_get_index(face))
    subsetter.subset(font)
    return _saved(font)


def _at_its_weight(data: bytes, described: _Described) -> bytes:
    """Make a variable font one of a single weight."""
    if b"fvar" not in data[: 12 + 16 * int.from_bytes(data[4:6], "big")]:
        return data
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415 - heavy

    font = _read(data, 0)
    axes = {axis.axisTag: axis for axis in font["fvar"].axes}
    own = {
        "wght": described.weight,
        "opsz": described.size_px,
        "slnt": 0.0,
        "ital": float(described.slanted == _ITALIC_STYLE),
    }
    if "slnt" in axes and described.slanted:
        own["slnt"] = axes["slnt"].minValue or axes["slnt"].maxValue
    places = {axis: value for axis, value in own.items() if axis in axes} | described.variations
    return _saved(instantiateVariableFont(font, places, static=True))


def _read(data: bytes, number: int) -> Any:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - where a font is variable alone

    return TTFont(BytesIO(data), fontNumber=number)


def _saved(font: Any) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()
