"""Slots: the places of a laid-out sheet that hold a person's own words, and where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.errors import LayoutError
from handouts.render.engine import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.compose.composed import Composed
    from handouts.pages import LaidOut

_STYLE_KEYS = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "lang", "letter_spacing",
    "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_spacing",
)  # fmt: skip
"""All that decides how a text is shaped."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one line of a person's words, in CSS px from the page's upper left."""

    name: str
    page: int
    """Counted from 0."""
    left_px: float
    right_px: float
    baseline_px: float
    turns: bool
    """Whether words that run from right to left begin at the right edge."""
    colour: tuple[float, float, float]
    style: dict[str, Any]
    """The properties that decide how words are shaped, as the layout engine computed them."""


@dataclass(frozen=True, slots=True)
class Slotted:
    """A laid-out sheet: as it was checked, without its slots' words, and its slots."""

    laid_out: LaidOut
    bare: bytes
    """The file without the words in its slots."""
    slots: tuple[Slot, ...]


def render_slotted(composed: Composed) -> Slotted:
    """Lay out a sheet whose slots hold a stand-in, and draw it with and without them.

    Raises:
        MachineError: Pango's libraries or a font are missing.
        LayoutError: the sheet runs over, or something could not be read.

    """
    found: list[Slot] = []
    bare: list[bytes] = []

    def without_words(document: Any) -> None:
        for number, page in enumerate(document.pages):
            found.extend(_slots(page._page_box, number))  # noqa: SLF001 - has the baselines
        bare.append(document.write_pdf())

    laid_out = render(composed, without_words)
    return Slotted(laid_out, bare[0], tuple(found))


def _slots(box: Any, page: int, block: Any = None) -> Iterator[Slot]:
    """Find the slots in a box and hide their words."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - after the fonts are set

    if isinstance(box, boxes.BlockContainerBox):
        block = box
    element = getattr(box, "element", None)
    name = element.get("data-slot") if element is not None else None
    if name and isinstance(box, boxes.InlineBox):
        texts = [part for part in box.descendants() if isinstance(part, boxes.TextBox)]
        if len(texts) != 1:
            raise LayoutError.because(
                f"the slot {name} is broken over lines", mend="give it more room in the template"
            )
        yield _slot(name, page, texts[0], block)
        return
    for child in getattr(box, "children", ()):
        yield from _slots(child, page, block)


def _slot(name: str, page: int, text: Any, block: Any) -> Slot:
    style = text.style
    properties = {key: style[key] for key in _STYLE_KEYS}
    red, green, blue = style["color"].to("srgb").coordinates
    left_px = block.content_box_x()
    text.style = style.copy()
    text.style["visibility"] = "hidden"
    return Slot(
        name=name,
        page=page,
        left_px=float(text.position_x),
        right_px=float(left_px + block.width),
        baseline_px=float(text.position_y + text.baseline),
        turns=block.element is not None and block.element.get("dir") is not None,
        colour=(red, green, blue),
        style=properties,
    )
