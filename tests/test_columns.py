"""No line of text goes past its column, in any mix of scripts: judged by the ink in the file."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
import pytest
from conftest import ROOT
from pypdfium2 import raw
from test_scripts import ALL_NAMES, with_names

from handouts.basics.papers import Paper
from handouts.compose.compose import compose
from handouts.compose.scripts import marks_on_their_letters
from handouts.load.content import load_content
from handouts.pdf.look import lines as kept_lines
from handouts.render.engine import render
from handouts.render.loaded_engine import font_configuration, weasyprint
from handouts.render.patches import kept_words
from handouts.render.patches.kept_words import words_kept
from handouts.render.patches.no_empty_strings import no_empty_strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from conftest import ClinicFolder

PT_PER_PX = 0.75
OVERHANG_PT = 0.6
"""What a letter's ink may reach out of its own width, as an f's or a j's does."""


class Line(NamedTuple):
    """A part of a line as it was laid out, in points from the page's upper left."""

    words: str
    top: float
    bottom: float
    column: tuple[float, float]


def laid_out_lines(box: Any, block: Any = None) -> Iterator[Line]:
    """Give all lines in a box of the engine's, each with the column that it is in."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - after the fonts are set

    if isinstance(box, boxes.BlockContainerBox):
        block = box
    if isinstance(box, boxes.TextBox):
        left, top = block.padding_box_x(), box.position_y  # a number may hang in the padding
        edges = (top, top + box.height, left, block.content_box_x() + block.width)
        top, bottom, left, right = (edge * PT_PER_PX for edge in edges)
        yield Line(box.text, top, bottom, (left, right))
    for child in getattr(box, "children", ()):
        yield from laid_out_lines(child, block)


def past_their_columns(pages: list[list[Line]], pdf: bytes) -> tuple[int, list[str]]:
    """Count the parts of lines that were looked at, and give the words of those that go too far."""
    looked, found = 0, []
    for lines, page in zip(pages, pypdfium2.PdfDocument(pdf), strict=True):
        height = page.get_height()
        for glyphs in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            marks = range(raw.FPDFPageObj_CountMarks(glyphs))
            (words,) = filter(
                None, (kept_lines._words(raw.FPDFPageObj_GetMark(glyphs, mark)) for mark in marks)
            )
            left, bottom, right, top = kept_lines._bounds(glyphs)
            middle = height - (bottom + top) / 2
            columns = [
                line.column
                for line in lines
                if line.words == words and line.top - 4 <= middle <= line.bottom + 4
            ]
            if left == right or not columns:
                continue  # no ink, or a drawing's
            looked += 1
            if not any(
                begins - OVERHANG_PT <= left and right <= ends + OVERHANG_PT
                for begins, ends in columns
            ):
                found.append(words)
    return looked, found


def piece_past_columns(clinic: ClinicFolder, piece: str) -> tuple[int, list[str]]:
    pages: list[list[Line]] = []

    @contextmanager
    def remembered(document: Any) -> Iterator[None]:
        pages.extend(list(laid_out_lines(page._page_box)) for page in document.pages)
        yield

    composed = compose(load_content(clinic.content), piece, Paper.LETTER)
    return past_their_columns(pages, render(composed, remembered).pdf)


def columns_of_all_widths(
    patch: Callable[[], AbstractContextManager[None]] = no_empty_strings,
) -> tuple[int, list[str]]:
    """Set all names in columns of many widths, so that lines end with each script."""
    columns = "".join(
        f'<p style="width: {width}pt">{escape(ALL_NAMES)}</p>' for width in range(70, 330, 7)
    )
    html = marks_on_their_letters(
        f"<style>{(ROOT / 'styles' / 'tokens.css').read_text(encoding='utf-8')}"
        f"@page {{ size: 400pt 3000pt }} p {{ font-size: 9.5pt; margin-top: 8pt }}</style>{columns}"
    )
    document = weasyprint().HTML(string=html).render(font_config=font_configuration())
    with words_kept(html), patch():
        pdf = document.write_pdf()
    pages = [list(laid_out_lines(page._page_box)) for page in document.pages]
    return past_their_columns(pages, pdf)


def test_lines_of_all_scripts_keep_to_columns_of_all_widths() -> None:
    looked, found = columns_of_all_widths()
    assert looked > 3000
    assert found == []


@pytest.mark.parametrize("piece", ["brochure", "explainer", "exercises", "testimonials"])
def test_lines_of_all_scripts_keep_to_the_columns_of_our_pieces(
    plain_clinic: ClinicFolder, piece: str
) -> None:
    looked, found = piece_past_columns(with_names(plain_clinic), piece)
    assert looked > 50
    assert found == []


def test_a_line_that_is_drawn_wider_than_it_was_laid_out_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = kept_words.written
    monkeypatch.setattr(kept_words, "written", lambda *args: f"{real(*args)}[-300]TJ ")
    assert columns_of_all_widths()[1]


def test_without_our_patch_a_line_goes_past_its_column() -> None:
    """When this fails, the engine writes no empty strings any more: take the patch out."""
    assert columns_of_all_widths(nullcontext)[1]


def test_a_line_that_does_not_break_is_found(plain_clinic: ClinicFolder) -> None:
    with_names(plain_clinic, ALL_NAMES.replace(" ", "\u00a0"))
    assert piece_past_columns(plain_clinic, "brochure")[1]
