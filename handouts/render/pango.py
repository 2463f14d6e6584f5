"""Pango, as far as it shapes single lines: its own libraries, called without the layout engine.

The engine takes half a second to import; a line of a person's words needs Pango alone. What
is declared here is Pango's and HarfBuzz's public interface, as their headers have it.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_uint, c_void_p, string_at
from ctypes.util import find_library
from functools import cache
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import MachineError
from handouts.render.fonts import use_shipped_fonts_only
from handouts.render.loaded_engine import PANGO_MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

UNITS_A_PX = 1024
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = 1, 0
SIZE_AND_GRAVITY = 1 << 5 | 1 << 6
"""The fields of a font's description that its name leaves out."""
_LINE_BREAK = 1
_WRAP_LETTERS = 1


class Rectangle(Structure):
    """PangoRectangle, in Pango's units."""

    _fields_ = (("x", c_int), ("y", c_int), ("width", c_int), ("height", c_int))


class _Analysis(Structure):
    _fields_ = (
        ("shape_engine", c_void_p), ("lang_engine", c_void_p), ("font", c_void_p),
        ("level", ctypes.c_uint8), ("gravity", ctypes.c_uint8), ("flags", ctypes.c_uint8),
        ("script", ctypes.c_uint8), ("language", c_void_p), ("extra_attrs", c_void_p),
    )  # fmt: skip


class _Item(Structure):
    _fields_ = (
        ("offset", c_int), ("length", c_int), ("num_chars", c_int), ("analysis", _Analysis),
    )  # fmt: skip


class _GlyphString(Structure):
    _fields_ = (("num_glyphs", c_int), ("glyphs", c_void_p), ("log_clusters", c_void_p))


class _GlyphItem(Structure):
    _fields_ = (("item", POINTER(_Item)), ("glyphs", POINTER(_GlyphString)))


class _Runs(Structure):
    pass


_Runs._fields_ = (("data", POINTER(_GlyphItem)), ("next", POINTER(_Runs)))


class Line(Structure):
    """PangoLayoutLine."""

    _fields_ = (
        ("layout", c_void_p), ("start_index", c_int), ("length", c_int), ("runs", POINTER(_Runs)),
    )  # fmt: skip


_P = c_void_p
_FUNCTIONS: dict[str, dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "gobject": {
        "g_object_unref": (None, (_P,)),
        "g_free": (None, (_P,)),
        "g_object_ref": (_P, (_P,)),
    },
    "fontconfig": {"FcInitLoadConfigAndFonts": (_P, ()), "FcConfigDestroy": (None, (_P,))},
    "pangoft2": {
        "pango_ft2_font_map_new": (_P, ()),
        "pango_fc_font_map_set_config": (None, (_P, _P)),
    },
    "pango": {
        "pango_font_map_create_context": (_P, (_P,)),
        "pango_context_set_round_glyph_positions": (None, (_P, c_int)),
        "pango_context_set_base_dir": (None, (_P, c_int)),
        "pango_context_set_language": (None, (_P, _P)),
        "pango_language_from_string": (_P, (c_char_p,)),
        "pango_font_description_from_string": (_P, (c_char_p,)),
        "pango_font_description_set_family": (None, (_P, c_char_p)),
        "pango_font_description_set_absolute_size": (None, (_P, ctypes.c_double)),
        "pango_font_description_set_weight": (None, (_P, c_int)),
        "pango_font_description_get_weight": (c_int, (_P,)),
        "pango_font_description_set_style": (None, (_P, c_int)),
        "pango_font_description_get_style": (c_int, (_P,)),
        "pango_font_description_get_family": (c_char_p, (_P,)),
        "pango_font_map_load_font": (_P, (_P, _P, _P)),
        "pango_font_description_get_variations": (c_char_p, (_P,)),
        "pango_font_description_get_size": (c_int, (_P,)),
        "pango_font_description_unset_fields": (None, (_P, c_int)),
        "pango_font_description_to_string": (_P, (_P,)),
        "pango_font_description_free": (None, (_P,)),
        "pango_font_describe_with_absolute_size": (_P, (_P,)),
        "pango_font_get_glyph_extents": (None, (_P, c_uint, _P, POINTER(Rectangle))),
        "pango_font_get_metrics": (_P, (_P, _P)),
        "pango_font_metrics_get_ascent": (c_int, (_P,)),
        "pango_font_metrics_get_descent": (c_int, (_P,)),
        "pango_font_metrics_unref": (None, (_P,)),
        "pango_font_get_hb_font": (_P, (_P,)),
        "pango_layout_new": (_P, (_P,)),
        "pango_layout_set_auto_dir": (None, (_P, c_int)),
        "pango_layout_set_font_description": (None, (_P, _P)),
        "pango_layout_set_attributes": (None, (_P, _P)),
        "pango_layout_set_single_paragraph_mode": (None, (_P, c_int)),
        "pango_layout_set_text": (None, (_P, c_char_p, c_int)),
        "pango_layout_set_width": (None, (_P, c_int)),
        "pango_layout_set_wrap": (None, (_P, c_int)),
        "pango_layout_get_line_readonly": (POINTER(Line), (_P, c_int)),
        "pango_layout_get_log_attrs_readonly": (POINTER(ctypes.c_uint32), (_P, POINTER(c_int))),
        "pango_layout_line_get_extents": (None, (POINTER(Line), _P, POINTER(Rectangle))),
        "pango_attr_list_new": (_P, ()),
        "pango_attr_list_insert": (None, (_P, _P)),
        "pango_attr_list_unref": (None, (_P,)),
        "pango_attr_font_features_new": (_P, (c_char_p,)),
        "pango_attr_insert_hyphens_new": (_P, (c_int,)),
        "pango_attr_letter_spacing_new": (_P, (c_int,)),
    },
    "harfbuzz": {
        "hb_font_get_face": (_P, (_P,)),
        "hb_face_reference_blob": (_P, (_P,)),
        "hb_face_get_index": (c_uint, (_P,)),
        "hb_face_destroy": (None, (_P,)),
        "hb_blob_get_data": (_P, (_P, POINTER(c_uint))),
        "hb_blob_destroy": (None, (_P,)),
        "hb_set_add_sorted_array": (None, (_P, POINTER(ctypes.c_uint32), c_uint)),
        "hb_tag_from_string": (ctypes.c_uint32, (c_char_p, c_int)),
    },
    "harfbuzz_subset": {
        "hb_subset_input_create_or_fail": (_P, ()),
        "hb_subset_input_destroy": (None, (_P,)),
        "hb_subset_input_glyph_set": (_P, (_P,)),
        "hb_subset_input_set": (_P, (_P, c_int)),
        "hb_subset_input_set_flags": (None, (_P, c_uint)),
        "hb_subset_or_fail": (_P, (_P, _P)),
    },
}
_NAMES = {
    "gobject": ("gobject-2.0", "0"), "fontconfig": ("fontconfig", "1"),
    "pangoft2": ("pangoft2-1.0", "0"), "pango": ("pango-1.0", "0"),
    "harfbuzz": ("harfbuzz", "0"), "harfbuzz_subset": ("harfbuzz-subset", "0"),
}  # fmt: skip


class Pango:
    """The functions of the libraries, by their names, and the shipped fonts.

    Raises:
        MachineError: a library is missing.

    """

    def __init__(self) -> None:
        use_shipped_fonts_only()
        for library, functions in _FUNCTIONS.items():
            loaded = _library(library)
            for name, (result, arguments) in functions.items():
                function = getattr(loaded, name, None)
                if function is not None:
                    function.restype, function.argtypes = result, arguments
                setattr(self, name, function)
        configuration = self.FcInitLoadConfigAndFonts()
        self.fonts = self.pango_ft2_font_map_new()
        self.pango_fc_font_map_set_config(self.fonts, configuration)
        self.FcConfigDestroy(configuration)

    def __getattr__(self, name: str) -> Any:
        """Tell mypy that the functions are set by name."""
        raise AttributeError(name)

    @property
    def subsets(self) -> bool:
        """Whether HarfBuzz cuts fonts down; its library is young."""
        return self.hb_subset_or_fail is not None


@cache
def pango() -> Pango:
    """Give Pango with the shipped fonts, which takes 40 ms once.

    Raises:
        MachineError: its libraries, or a font, are missing.

    """
    return Pango()


def _library(library: str) -> Any:
    name, number = _NAMES[library]
    known = (f"lib{name}.so.{number}", f"lib{name}.{number}.dylib", f"lib{name}-{number}.dll")
    for file in (*known, find_library(name)):
        if file is None:
            continue
        try:
            return ctypes.CDLL(file)
        except OSError:
            continue
    if library == "harfbuzz_subset":
        return None
    raise MachineError.because("Pango's libraries are missing", why=name, mend=PANGO_MISSING)


class TextLayout:
    """A layout of Pango's for texts of one style, set up as the layout engine does.

    ``style`` has the description of its font, its features, its language, and how words break;
    ``size_px`` and ``family`` go before those of the font.
    """

    def __init__(
        self, style: Mapping[str, Any], way: str, size_px: float, family: str | None = None
    ) -> None:
        self._pango = api = pango()
        self._context = api.pango_font_map_create_context(api.fonts)
        api.pango_context_set_round_glyph_positions(self._context, 0)
        direction = _RIGHT_TO_LEFT if way == "rtl" else _LEFT_TO_RIGHT
        api.pango_context_set_base_dir(self._context, direction)
        if style["lang"]:
            language = api.pango_language_from_string(style["lang"].encode())
            api.pango_context_set_language(self._context, language)
        self.pointer = api.pango_layout_new(self._context)
        api.pango_layout_set_auto_dir(self.pointer, 0)
        font = api.pango_font_description_from_string(style["font"].encode())
        if family is not None:
            api.pango_font_description_set_family(font, family.encode())
        api.pango_font_description_set_absolute_size(font, float(int(size_px * UNITS_A_PX)))
        api.pango_layout_set_font_description(self.pointer, font)
        api.pango_font_description_free(font)
        self._set_attributes(style)
        self._rectangle = Rectangle()
        self.text = ""

    def _set_attributes(self, style: Mapping[str, Any]) -> None:
        api = self._pango
        attributes = api.pango_attr_list_new()
        if style["features"]:
            features = api.pango_attr_font_features_new(style["features"].encode())
            api.pango_attr_list_insert(attributes, features)
        if style["overflow_wrap"] in {"anywhere", "break-word"}:
            api.pango_attr_list_insert(attributes, api.pango_attr_insert_hyphens_new(0))
        self._between_px = 0.0 if style["letter_spacing"] == "normal" else style["letter_spacing"]
        if self._between_px:
            units = int(self._between_px * UNITS_A_PX)
            api.pango_attr_list_insert(attributes, api.pango_attr_letter_spacing_new(units))
        api.pango_layout_set_attributes(self.pointer, attributes)
        api.pango_attr_list_unref(attributes)

    def __del__(self) -> None:
        """Give what is Pango's back to it."""
        for name in ("pointer", "_context"):
            if (held := getattr(self, name, None)) is not None:
                self._pango.g_object_unref(held)

    def set_text(self, text: str) -> None:
        """Set the text."""
        self.text = text
        utf8 = text.encode()
        self._pango.pango_layout_set_text(self.pointer, utf8, len(utf8))

    def set_width(self, width_px: float | None) -> None:
        """Let lines break at a width, between words; None lets them be as long as they are."""
        units = -1 if width_px is None else int(max(0, width_px) * UNITS_A_PX)
        self._pango.pango_layout_set_width(self.pointer, units)
        self._pango.pango_layout_set_wrap(self.pointer, 0)

    def wrap_letters(self) -> None:
        """Let lines break between letters."""
        self._pango.pango_layout_set_wrap(self.pointer, _WRAP_LETTERS)

    def line(self) -> Any:
        """Give the first line, and where in the text's bytes the second begins, or None."""
        first = self._pango.pango_layout_get_line_readonly(self.pointer, 0)
        second = self._pango.pango_layout_get_line_readonly(self.pointer, 1)
        return first, second.contents.start_index if second else None

    def width_px(self, line: Any) -> float:
        """Say how much room a line takes, with the space behind its last letter."""
        return self.extent_px(line) + self._between_px

    def extent_px(self, line: Any) -> float:
        """Say how wide a line is."""
        self._pango.pango_layout_line_get_extents(line, None, byref(self._rectangle))
        return float(self._rectangle.width / UNITS_A_PX)

    def next_break(self, start: int, end: int) -> int | None:
        """Say where the text may break next, in letters from ``start``; None before ``end``."""
        count = c_int()
        marks = self._pango.pango_layout_get_log_attrs_readonly(self.pointer, byref(count))
        places = range(start, min(end, count.value))
        return next((at - start for at in places if marks[at] & _LINE_BREAK), None)


def items_of(line: Any) -> Iterator[Any]:
    """Give what stands in a line, each of one font: the item and its glyphs."""
    run = line.contents.runs
    while run:
        yield run.contents.data.contents
        run = run.contents.next


def integers(pointer: int, count: int) -> Sequence[int]:
    """Read as many integers of four bytes."""
    return memoryview(string_at(pointer, 4 * count)).cast("i").tolist() if count else []
