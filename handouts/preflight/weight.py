"""What a file's pages would draw, counted before anything is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.basics.foreign_pdfs import (
    MOST_PAGES,
    DrawnForms,
    PdfDrawing,
    check_drawn,
    check_page_size,
)
from handouts.preflight.document import damage_told, opened
from handouts.preflight.objects import mapping, name, stream
from handouts.preflight.painting import resources_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playa import Page
    from playa.pdftypes import ContentStream

    from handouts.basics.foreign_pdfs import PdfDrawn


def weigh(pdf: bytes) -> int:
    """Count what a file would draw; give the number of its pages.

    Raises:
        ContentError: it is no PDF that can be read, or it has too many or too large pages, or
            they draw too much.

    """
    with opened(pdf, most_pages=MOST_PAGES) as file, damage_told():
        for sheet in file.sheets:
            unit = sheet.unit
            check_page_size(sheet.number, sheet.media.width * unit, sheet.media.height * unit)
        forms = DrawnForms()
        content_bytes = 0
        for sheet in file.sheets:
            drawn = list(_drawn(file.page(sheet), forms))
            content_bytes += sum(one.content_bytes for one in drawn)
            check_drawn(sheet.number, sum(one.forms for one in drawn), content_bytes)
        return len(file.sheets)


def _drawn(page: Page, forms: DrawnForms) -> Iterator[PdfDrawn]:
    yield forms.drawn(_drawing(one, page.resources) for one in page.streams)
    for resources in resources_of(page):
        tiles = map(stream, mapping(resources.get("Pattern")).values())
        yield forms.drawn(_drawing(tile, tile.get("Resources")) for tile in tiles if tile)


def _drawing(one: ContentStream, resources: Any) -> PdfDrawing:
    def form(wanted: str) -> PdfDrawing | None:
        found = stream(mapping(mapping(resources).get("XObject")).get(wanted))
        if found is None or name(found.get("Subtype")) != "Form":
            return None
        return _drawing(found, found.get("Resources") or resources)

    key = id(one) if one.objid is None else one.objid
    return PdfDrawing(key, lambda: one.buffer, form)
