"""What the tests of imposition share: plans, imposed files, and their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from conftest import Outcome, run_here
from pdf_tools import IN, MM, info_of, tool
from PIL import Image, ImageChops

from handouts.imposition.arrange import make_plan
from handouts.imposition.schemes import ImpositionOrder, SourcePage

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.imposition.plan import Plan


CARD = (3.5 * IN, 2 * IN)
HALF = (5.5 * IN, 8.5 * IN)
A5 = (148 * MM, 210 * MM)


def planned(pages: int, size: tuple[float, float], order: ImpositionOrder) -> Plan:
    return make_plan([SourcePage(*size)] * pages, order)


def impose(folder: Path, *args: str | Path) -> Outcome:
    """Impose ``in.pdf`` of a folder as ``out.pdf``; poppler and qpdf must be content with it."""
    outcome = run_here("impose", "in.pdf", "-o", "out.pdf", *args, cwd=folder)
    assert outcome.code == 0, outcome.err
    assert "No syntax or stream encoding errors found" in tool(
        "qpdf", "--check", folder / "out.pdf"
    )
    info_of(folder / "out.pdf")
    return outcome


def pictures(path: Path, scale: float = 1.0) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def differs(side: Image.Image, page: Image.Image, box: tuple[float, float], turned: int) -> float:
    """Say how much a page differs from what is printed at its place, by its share of pixels."""
    page = page.rotate(-turned, expand=True)
    left, top = round(box[0]), round(side.height - box[1] - page.height)
    printed = side.crop((left, top, left + page.width, top + page.height))
    changed_dots = ImageChops.difference(printed.convert("L"), page.convert("L")).histogram()
    return sum(changed_dots[128:]) / (page.width * page.height)
