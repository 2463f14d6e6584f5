"""What stands on a finished file's pages: its letters one by one, its pictures, its objects."""

from __future__ import annotations

import ctypes
import io
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pikepdf
import pypdfium2
from pypdfium2 import raw
from read_once import read_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from PIL.Image import Image


# Letters


class Glyph(NamedTuple):
    """A letter on a page (from 0): its size and box in points from the lower left corner."""

    page: int
    text: str
    size: float
    font: str
    colour: tuple[int, int, int]
    left: float
    bottom: float
    right: float
    top: float
    start: float
    baseline: float

    @property
    def bold(self) -> bool:
        return "Bold" in self.font


Line = tuple[Glyph, ...]


def _page_glyphs(number: int, page: pypdfium2.PdfPage) -> Iterable[Glyph]:
    text_page = page.get_textpage()
    text = text_page.raw
    for index in range(raw.FPDFText_CountChars(text)):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, matrix)
        height = (matrix.c**2 + matrix.d**2) ** 0.5
        font = ctypes.create_string_buffer(200)
        raw.FPDFText_GetFontInfo(text, index, font, 200, ctypes.c_int())
        colour = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFText_GetFillColor(text, index, *colour)
        box = [ctypes.c_double() for _ in range(4)]
        raw.FPDFText_GetCharBox(text, index, *box)
        left, right, bottom, top = (edge.value for edge in box)
        start, baseline = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, index, start, baseline)
        yield Glyph(
            number,
            chr(raw.FPDFText_GetUnicode(text, index)),
            round(raw.FPDFText_GetFontSize(text, index) * height, 2),
            font.value.decode(),
            (colour[0].value, colour[1].value, colour[2].value),
            left,
            bottom,
            right,
            top,
            start.value,
            baseline.value,
        )


@read_once
def glyphs(path: Path) -> tuple[Glyph, ...]:
    """Give every letter of a file, in the order in which it was drawn."""
    document = pypdfium2.PdfDocument(path)
    try:
        found = [glyph for n, page in enumerate(document) for glyph in _page_glyphs(n, page)]
    finally:
        document.close()
    assert found, f"{path.name} has no text"
    return tuple(found)


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    near = -1 <= glyph.start - last.start <= 3 * size
    return glyph.page == last.page and abs(glyph.baseline - last.baseline) < 0.6 * size and near


@read_once
def lines(path: Path) -> tuple[Line, ...]:
    """Give a file's lines of text; reference numbers belong to the line they are raised from."""
    every = glyphs(path)
    breaks = [n for n, (a, b) in enumerate(pairwise(every), start=1) if not _goes_on(a, b)]
    return tuple(every[start:end] for start, end in pairwise((0, *breaks, len(every))))


def words_of_line(line: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in line).strip()


# Pictures and ink


def page_pictures(file: Path | bytes, dpi: int) -> list[Image]:
    """Draw every page of a file in RGB."""
    document = pypdfium2.PdfDocument(file)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def ink(file: Path | bytes, dpi: int = 200) -> float:
    """Give the ink on a file's pages: the mean of C+M+Y+K with all grey taken as black.

    A dot of black text counts one ink; a tint counts as much of each ink as it needs. Lines
    thinner than a dot are drawn as wide as one, so that drawings want many dots to the inch.
    """
    total = dots = 0.0
    for page in page_pictures(file, dpi):
        inks = 1 - np.asarray(page, dtype=np.float32) / 255
        grey = inks.min(axis=2)
        total += float(inks.sum(dtype=np.float64) - 2 * grey.sum(dtype=np.float64))
        dots += grey.size
    return total / dots


# Objects


def is_form(thing: object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"


def commands(stream: pikepdf.Page | pikepdf.Stream) -> list[pikepdf.ContentStreamInstruction]:
    return list(pikepdf.parse_content_stream(stream))


def without_text(path: Path) -> bytes:
    """Give a file without its letters, so that what lies behind them is seen."""
    shows = {"Tj", "TJ", "'", '"'}
    out = io.BytesIO()
    with pikepdf.open(path) as pdf:
        for stream in [*filter(is_form, pdf.objects), *pdf.pages]:
            kept = [command for command in commands(stream) if str(command.operator) not in shows]
            data = pikepdf.unparse_content_stream(kept)
            if isinstance(stream, pikepdf.Page):
                stream.obj.Contents = pdf.make_stream(data)
            else:
                stream.write(data)
        pdf.save(out)
    return out.getvalue()


def form_placements(page: pikepdf.Page) -> list[tuple[float, float, float, float]]:
    """Give where a page draws its form XObjects: left, bottom, width and height in points."""
    placements = []
    matrix = pikepdf.Matrix()
    stack: list[pikepdf.Matrix] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Do":
                form = page.obj.Resources.XObject[str(operands[0])]
                inner = pikepdf.Matrix(form.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))
                box = pikepdf.Rectangle(*map(float, form.BBox))
                placed = (inner @ matrix).transform(box)
                placements.append((placed.llx, placed.lly, placed.width, placed.height))
    return placements


def active_parts(path: Path) -> list[str]:
    """Name what a file holds that does something: scripts, actions, attachments, forms."""
    forbidden = {
        "/JS", "/JavaScript", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AA", "/OpenAction",
        "/Launch", "/AcroForm", "/SubmitForm", "/RichMedia", "/GoToR",
    }  # fmt: skip
    found: set[str] = set()

    def look(thing: Any) -> None:
        if isinstance(thing, pikepdf.Array):
            for part in thing:
                look_inside(part)
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in thing.items():
                if key in forbidden or (isinstance(value, pikepdf.Name) and value in forbidden):
                    found.add(key if key in forbidden else str(value))
                look_inside(value)

    def look_inside(part: Any) -> None:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            look(part)

    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            look(thing)
        look(pdf.trailer)
    return sorted(found)
