"""The lines that stand below the marks of a press file, set in the pieces' own face."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from handouts.basics.errors import LayoutError
from handouts.render.loaded_engine import font_configuration, fonts_dated, weasyprint
from handouts.render.patches.no_empty_strings import no_empty_strings
from handouts.render.patches.slot_lines import slots_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handouts.render.slots import Slot

SLUG_SIZE_PT = 9
_STYLE = (
    "@page {{ size: {width_pt}pt {height_pt}pt; margin: 0 }} body {{ margin: 0 }}"
    'p {{ margin: 0; font: {size_pt}pt/{height_pt}pt "Atkinson Hyperlegible", "Noto Sans"; '
    "white-space: nowrap; break-after: page }} p:last-child {{ break-after: avoid }}"
)


@dataclass(frozen=True, slots=True)
class Slugs:
    """Lines below marks: a document with a page for each, and where a record's number stands."""

    pdf: bytes
    slots: tuple[Slot, ...]


def render_slugs(
    lines: Sequence[str],
    width_pt: float,
    height_pt: float,
    dated: date,
    record: tuple[str, str] | None = None,
) -> Slugs:
    """Set each line on a page of its own, which is no larger than the line's room.

    At its end stands a ``record``, where there is one: the words before its number, and that.

    Raises:
        LayoutError: the record's number is too long.
        MachineError: Pango's libraries or a font are missing.

    """
    engine = weasyprint()
    style = _STYLE.format(width_pt=width_pt, height_pt=height_pt, size_pt=SLUG_SIZE_PT)
    words, name = record or ("", "")
    number = f'{escape(words)}<span data-slot="record">{escape(name)}</span>' if record else ""
    body = "".join(f"<p>{escape(line)}{number}</p>" for line in lines)
    with fonts_dated(dated):
        document = engine.HTML(string=f"<style>{style}</style>{body}").render(
            font_config=font_configuration()
        )
        with no_empty_strings():
            pdf: bytes = document.write_pdf()
    if not name:
        return Slugs(pdf, ())
    found = [one for number, page in enumerate(document.pages) for one in slots_of(page, number)]
    if any(slot.left_px + text.width > slot.right_px for slot, text in found):
        raise LayoutError.because(
            "the record's number is too long for the line below the marks",
            why=f"it has {len(name)} letters, and {round(width_pt)} pt hold the whole line",
            mend="give the row a shorter id",
        )
    return Slugs(pdf, tuple(slot for slot, _ in found))
