"""The lines that stand below the marks of a press file, set in the pieces' own face."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handouts.render.engine import font_configuration, fonts_dated, weasyprint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SLUG_SIZE_PT = 9
_STYLE = (
    "@page {{ size: {width_pt}pt {height_pt}pt; margin: 0 }} body {{ margin: 0 }}"
    'p {{ margin: 0; font: {size_pt}pt/{height_pt}pt "Atkinson Hyperlegible", "Noto Sans"; '
    "white-space: nowrap; break-after: page }} p:last-child {{ break-after: avoid }}"
)


def render_slugs(lines: Sequence[str], width_pt: float, height_pt: float, dated: date) -> bytes:
    """Set each line on a page of its own, which is no larger than the line's room.

    Raises:
        MachineError: Pango's libraries or a font are missing.

    """
    engine = weasyprint()
    style = _STYLE.format(width_pt=width_pt, height_pt=height_pt, size_pt=SLUG_SIZE_PT)
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    with fonts_dated(dated):
        pdf: bytes = engine.HTML(string=f"<style>{style}</style>{body}").write_pdf(
            font_config=font_configuration()
        )
    return pdf
