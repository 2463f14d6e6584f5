"""The lines that fill slots: where the engine put them, and a mark around each in the file.

A page of the engine's tells anchors and links and no lines, so its boxes are gone through; and
``draw_first_line`` is the one place where a line's box and its operators meet. Written for
WeasyPrint 70. Upstream could give ``Page`` a public tree of boxes, and a way to mark content.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import LayoutError
from handouts.compose.laid_out import SLOT_MARK
from handouts.render.slots import PX_TO_PT, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROUNDING = 1e-6
STYLE_KEYS = (
    "font_language_override", "font_size", "hyphens", "lang", "letter_spacing", "overflow_wrap",
    "text_align_all", "text_indent", "white_space", "word_break", "word_spacing",
)  # fmt: skip
"""What decides how a text is shaped and broken into lines, beside its font and its features."""


@contextmanager
def lines_marked(slots: dict[int, tuple[int, float]]) -> Iterator[None]:
    """Let the engine put a mark around some lines; each has its number and its page's height."""
    from weasyprint.draw import text as drawing  # noqa: PLC0415 - after the fonts are set

    plain = drawing.draw_first_line

    def with_mark(stream: Any, textbox: Any, *rest: Any) -> Any:
        if id(textbox) not in slots:
            return plain(stream, textbox, *rest)
        number, height_px = slots[id(textbox)]
        upright = (PX_TO_PT, 0, 0, -PX_TO_PT, 0, height_px * PX_TO_PT)
        if max(abs(a - b) for a, b in zip(stream.ctm.values, upright, strict=True)) > _ROUNDING:
            raise LayoutError.because(
                "a slot is turned, moved, scaled or seen through as a whole",
                why="a run of sheets writes its words where the layout has them",
                mend="take transform and opacity out of the styles",
            )
        stream.begin_marked_content(f"{SLOT_MARK}{number}")
        try:
            return plain(stream, textbox, *rest)
        finally:
            stream.end_marked_content()

    drawing.draw_first_line = with_mark
    try:
        yield
    finally:
        drawing.draw_first_line = plain


def slots_of(page: Any, number: int) -> Iterator[tuple[Slot, Any]]:
    """Find the slots on a page of the engine's document, each with the line that fills it."""
    yield from _in_box(page._page_box, number)  # noqa: SLF001 - has the baselines


def _in_box(box: Any, page: int, block: Any = None) -> Iterator[tuple[Slot, Any]]:
    """Find the slots in a box of the engine's."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - after the fonts are set

    if isinstance(box, boxes.BlockContainerBox):
        block = box
    element = getattr(box, "element", None)
    name = element.get("data-slot") if element is not None else None
    if name and isinstance(box, boxes.InlineBox):
        texts = [
            part
            for part in box.descendants()
            if isinstance(part, boxes.TextBox) and part.text.strip()
        ]
        if len(texts) != 1:
            raise LayoutError.because(
                f"the slot {name} is broken over lines", mend="give it more room in the template"
            )
        if texts[0].style["text_decoration_line"] != "none":
            raise LayoutError.because(
                f"the slot {name} has a line under, over or through its words",
                why="a line can't be drawn before it is known how long the words are",
                mend="take it out of the styles, or give the whole block a border",
            )
        yield _slot(name, page, texts[0], block), texts[0]
        return
    for child in getattr(box, "children", ()):
        yield from _in_box(child, page, block)


def _for_pango(style: Any) -> dict[str, str]:
    """Give a style's font and its features as Pango names them."""
    from weasyprint.text import ffi, fonts  # noqa: PLC0415 - after the fonts are set

    description = fonts.get_font_description(style)
    features = fonts.font_features(
        style["font_kerning"],
        style["font_variant_ligatures"],
        style["font_variant_position"],
        style["font_variant_caps"],
        style["font_variant_numeric"],
        style["font_variant_alternates"],
        style["font_variant_east_asian"],
        style["font_feature_settings"],
    )
    named = ffi.pango.pango_font_description_to_string(description)
    return {
        "font": ffi.ffi.string(named).decode(),
        "features": ",".join(f"{key} {value}" for key, value in features.items()),
    }


def _slot(name: str, page: int, text: Any, block: Any) -> Slot:
    style = text.style
    properties = json.loads(json.dumps({key: style[key] for key in STYLE_KEYS}))
    properties |= _for_pango(style)
    red, green, blue = style["color"].to("srgb").coordinates
    left_px = block.content_box_x()
    return Slot(
        name=name,
        page=page,
        left_px=float(text.position_x),
        right_px=float(left_px + block.width),
        baseline_px=float(text.position_y + text.baseline),
        turns=block.element is not None and block.element.get("dir") is not None,
        line=0,
        wrap_left_px=float(left_px),
        colour=(red, green, blue),
        style=properties,
    )
