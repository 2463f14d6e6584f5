"""The lines that fill slots: where the engine put them, and a mark around each in the file.

A page of the engine's tells anchors and links and no lines, so its boxes are gone through; and
``draw_first_line`` is the one place where a line's box and its operators meet. Written for
WeasyPrint 70. Upstream could give ``Page`` a public tree of boxes, and a way to mark content.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import LayoutError
from handouts.compose.laid_out import SLOT_MARK
from handouts.render.slots import PX_TO_PT, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROUNDING = 1e-6
STYLE_KEYS = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphens", "lang", "letter_spacing", "overflow_wrap", "tab_size",
    "text_align_all", "text_decoration_line", "text_indent", "white_space", "word_break",
    "word_spacing",
)  # fmt: skip
"""All that decides how a text is shaped and broken into lines."""


@contextmanager
def lines_marked(heights_px: dict[int, float]) -> Iterator[None]:
    """Let the engine put a mark around some lines; each has its page's height."""
    from weasyprint.draw import text as drawing  # noqa: PLC0415 - after the fonts are set

    plain = drawing.draw_first_line

    def with_mark(stream: Any, textbox: Any, *rest: Any) -> Any:
        height_px = heights_px.get(id(textbox))
        if height_px is None:
            return plain(stream, textbox, *rest)
        upright = (PX_TO_PT, 0, 0, -PX_TO_PT, 0, height_px * PX_TO_PT)
        if max(abs(a - b) for a, b in zip(stream.ctm.values, upright, strict=True)) > _ROUNDING:
            raise LayoutError.because(
                "a slot is turned, moved, scaled or seen through as a whole",
                why="a run of sheets writes its words where the layout has them",
                mend="take transform and opacity out of the styles",
            )
        stream.begin_marked_content(SLOT_MARK)
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


def _slot(name: str, page: int, text: Any, block: Any) -> Slot:
    style = text.style
    properties = {key: style[key] for key in STYLE_KEYS}
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
