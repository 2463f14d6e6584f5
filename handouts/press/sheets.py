"""Panels onto sheets: a folded piece's pages placed side by side, as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pikepdf import Object, Page

    from handouts.paper import Side


ROUNDING_PT = 0.01


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a page of the source lies on a side: its lower left corner, in points."""

    page: int
    left_pt: float
    bottom_pt: float


def _points(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.0001"))


def plan_side(side: Side, pages: Mapping[str, range]) -> tuple[Placement, ...]:
    """Say where each panel's page lies on a side of the sheet."""
    return tuple(
        Placement(pages[spot.panel].start, float(spot.left.pt), 0.0) for spot in side.spots
    )


def place_panels(
    pdf: Pdf, sides: tuple[Side, ...], pages: Mapping[str, range], bleed_pt: float
) -> Pdf:
    """Make the sheet's sides from a document that has one page for each panel.

    A panel's bleed is kept where it lies at the sheet's edge; at a fold it ends with the trim.

    Links stay live: each is moved with its panel. The panels' content is kept once and
    drawn by name.
    """
    sheet = Pdf.new()
    for side in sides:
        width_pt, height_pt = float(side.size.width.pt), float(side.size.height.pt)
        box = [0, 0, _points(width_pt), _points(height_pt)]
        sheet.add_blank_page(page_size=(width_pt, height_pt))
        target = sheet.pages[-1]
        target.mediabox = Array(box)
        target.trimbox = Array(box)
        forms = Dictionary()
        commands: list[str] = []
        links: list[Object] = []
        for placement in plan_side(side, pages):
            source = pdf.pages[placement.page]
            name = f"/Panel{placement.page}"
            forms[name] = sheet.copy_foreign(source.as_form_xobject())
            if bleed_pt:
                forms[name].BBox = _with_bleed(source, placement, width_pt, bleed_pt)
            left, bottom = _points(placement.left_pt), _points(placement.bottom_pt)
            commands.append(f"q 1 0 0 1 {left} {bottom} cm {name} Do Q")
            links += _moved_links(sheet, source, left, bottom)
        target.obj.Resources = Dictionary(XObject=forms)
        target.obj.Contents = sheet.make_stream("\n".join(commands).encode())
        if links:
            target.obj.Annots = Array(links)
    return sheet


def _with_bleed(source: Page, placement: Placement, sheet_pt: float, bleed_pt: float) -> Array:
    """Give a panel's box with the bleed it has at the sheet's edges."""
    left, bottom, right, top = (float(edge) for edge in source.trimbox)
    first = placement.left_pt == 0
    last = abs(placement.left_pt + right - left - sheet_pt) < ROUNDING_PT
    edges = (
        left - bleed_pt * first,
        bottom - bleed_pt,
        right + bleed_pt * last,
        top + bleed_pt,
    )
    return Array([_points(edge) for edge in edges])


def _moved_links(sheet: Pdf, source: Page, left: Decimal, bottom: Decimal) -> list[Object]:
    links: list[Object] = []
    for annotation in source.obj.get("/Annots", Array()):
        action = annotation.get("/A")
        if action is None or action.get("/S") != Name.URI:
            continue
        x0, y0, x1, y1 = (Decimal(str(edge)) for edge in annotation.Rect)
        links.append(
            sheet.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=Array([x0 + left, y0 + bottom, x1 + left, y1 + bottom]),
                    Border=Array([0, 0, 0]),
                    A=Dictionary(S=Name.URI, URI=action.URI),
                )
            )
        )
    return links
