"""Pictures of the pieces, so that the desk sees what a patient will hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.basics.picture_dots import PREVIEW_DPI
from handouts.basics.settings import Setting
from handouts.deliver.folder import write_all
from handouts.jobs.build import BuildRequest, build
from handouts.jobs.progress import Progress, unseen

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from handouts.basics.findings import Report

CONTACT_COLUMNS = 4
FOLDER = "preview"
"""Where the pictures go, below the folder of the PDF files."""


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """What is to be drawn."""

    pieces: BuildRequest
    dpi: int = PREVIEW_DPI
    """Dots per inch of the pictures."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The pictures that are there now, and what was found on the way."""

    pictures: tuple[Path, ...]
    report: Report


def preview(request: PreviewRequest, progress: Progress = unseen) -> Preview:
    """Build the pieces and write their pictures into the folder.

    Raises:
        HandoutsError: as ``build``.

    """
    from handouts.pdf.look.page_pictures import (  # noqa: PLC0415 - heavy
        contact_sheet,
        folded,
        page_pictures,
        png,
    )

    result = build(request.pieces, progress)
    folder, dpi = request.pieces.out / FOLDER, request.dpi
    gap_px = max(8, dpi // 5)
    files: dict[str, bytes] = {}
    every_page: list[Image.Image] = []
    for file in result.files:
        pages = page_pictures(file.path.read_bytes(), dpi)
        every_page += pages
        for number, page in enumerate(pages, start=1):
            files[f"{file.path.stem}-{number}.png"] = png(page)
        if file.folded:
            in_hand = folded(pages, file.folded, gap_px=gap_px)
            files[f"{file.path.stem}-folded.png"] = png(in_hand)
    overview = contact_sheet(every_page, columns=CONTACT_COLUMNS, gap_px=gap_px)
    files["contact-sheet.png"] = png(overview)
    write_all(folder, files, Setting.OUTPUT, "the PDF files are there, the pictures as they were")
    return Preview(tuple(folder / name for name in files), result.report)
