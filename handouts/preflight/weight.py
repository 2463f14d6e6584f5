"""What a file's pages would draw, counted before anything is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from handouts.foreign_pdfs import Drawing, DrawnForms, check_drawn, check_page_size, check_pages
from handouts.preflight.document import damage_told, opened
from handouts.preflight.objects import mapping, name, stream
from handouts.preflight.painting import resources_of

if TYPE_CHECKING:
    from playa.pdftypes import ContentStream

    from handouts.preflight.document import OpenFile


class Weight(NamedTuple):
    """How much a file is."""

    pages: int
    content_bytes: int
    """Content that its pages draw, each as often as it is drawn."""


def weigh(pdf: bytes) -> Weight:
    """Count what a file would draw.

    Raises:
        ContentError: it is no PDF that can be read, or it has too many or too large pages, or
            they draw too much.

    """
    with opened(pdf) as file, damage_told():
        check_pages(len(file.sheets))
        for sheet in file.sheets:
            unit = sheet.unit
            check_page_size(sheet.number, sheet.media.width * unit, sheet.media.height * unit)
        return Weight(len(file.sheets), _content_bytes(file))


def _content_bytes(file: OpenFile) -> int:
    forms = DrawnForms()
    content_bytes = 0
    for sheet in file.sheets:
        page = file.page(sheet)
        parts = [_drawing(one, page.resources) for one in page.streams]
        for resources in resources_of(page):
            tiles = map(stream, mapping(resources.get("Pattern")).values())
            parts += [_drawing(tile, tile.get("Resources")) for tile in tiles if tile]
        drawn = forms.drawn(parts)
        content_bytes += drawn.content_bytes
        check_drawn(sheet.number, drawn.forms, content_bytes)
    return content_bytes


def _drawing(one: ContentStream, resources: Any) -> Drawing:
    def form(wanted: str) -> Drawing | None:
        found = stream(mapping(mapping(resources).get("XObject")).get(wanted))
        if found is None or name(found.get("Subtype")) != "Form":
            return None
        return _drawing(found, found.get("Resources") or resources)

    key = id(one) if one.objid is None else one.objid
    return Drawing(key, lambda: one.buffer, form)
