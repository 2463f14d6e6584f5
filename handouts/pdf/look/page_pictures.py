"""Pictures of finished files: each page, a contact sheet, and a folded piece in the hand."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageDraw

from handouts.imposition.in_hand import stages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.basics.folds import FoldedSheet

POINTS_PER_INCH = 72
DESK = (226, 228, 226)
"""The grey on which sheets lie in a preview."""
SHADOW = (190, 193, 190)
FOLD = (205, 208, 205)


def page_pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Draw every page of a file at the given resolution, in RGB."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        scale = dpi / POINTS_PER_INCH
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def png(picture: Image.Image) -> bytes:
    """Write a picture as PNG bytes, the same each time."""
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def on_a_desk(pictures: Sequence[Image.Image], *, gap_px: int) -> Image.Image:
    """Lay pictures side by side on a grey ground, each with a small shadow."""
    width = sum(picture.width for picture in pictures) + gap_px * (len(pictures) + 1)
    height = max(picture.height for picture in pictures) + 2 * gap_px
    desk = Image.new("RGB", (width, height), DESK)
    draw = ImageDraw.Draw(desk)
    left, lift = gap_px, max(2, gap_px // 10)
    for picture in pictures:
        top = (height - picture.height) // 2
        box = (left + lift, top + lift, left + picture.width + lift, top + picture.height + lift)
        draw.rectangle(box, fill=SHADOW)
        desk.paste(picture, (left, top))
        left += picture.width + gap_px
    return desk


def contact_sheet(pictures: Sequence[Image.Image], *, columns: int, gap_px: int) -> Image.Image:
    """Lay all pictures out in rows, as one overview."""
    rows = [
        on_a_desk(pictures[start : start + columns], gap_px=gap_px)
        for start in range(0, len(pictures), columns)
    ]
    sheet = Image.new(
        "RGB", (max(row.width for row in rows), sum(row.height for row in rows)), DESK
    )
    top = 0
    for row in rows:
        sheet.paste(row, (0, top))
        top += row.height
    return sheet


def folded(sides: Sequence[Image.Image], sheet: FoldedSheet, *, gap_px: int) -> Image.Image:
    """Show a folded piece in the hand: its front, and each stage of opening it.

    ``sides`` are the pictures of the outside and the inside.
    """
    panels: dict[str, Image.Image] = {}
    for side, picture in zip(sheet.sides, sides, strict=True):
        scale = picture.width / float(side.size.width.pt)
        for spot in side.spots:
            left = round(float(spot.left.pt) * scale)
            right = round(float(spot.right.pt) * scale)
            panels[spot.panel] = picture.crop((left, 0, right, picture.height))
    return on_a_desk(
        [_joined([panels[name] for name in stage]) for stage in stages(sheet)], gap_px=gap_px
    )


def _joined(panels: Sequence[Image.Image]) -> Image.Image:
    """Put panels side by side with the folds between them drawn as faint lines."""
    whole = Image.new(
        "RGB", (sum(panel.width for panel in panels), panels[0].height), (255, 255, 255)
    )
    draw = ImageDraw.Draw(whole)
    left = 0
    for panel in panels:
        whole.paste(panel, (left, 0))
        if left:
            draw.line((left, 0, left, whole.height), fill=FOLD)
        left += panel.width
    return whole
