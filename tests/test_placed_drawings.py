"""Drawings are in a file once, and look as the engine draws the same SVG."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from conftest import ROOT
from pikepdf import Pdf

from handouts.basics.errors import LayoutError
from handouts.drawings.form import NoFormError, as_form
from handouts.drawings.person.draw import SideWords, render_exercise
from handouts.drawings.person.inks import ONE_INK, in_brand
from handouts.load.content import load_content
from handouts.render.loaded_engine import font_configuration, weasyprint
from handouts.render.patches.placed_drawings import drawings_placed

INKS = {"brand": in_brand("#0f5c63", "#e4674a"), "one ink": ONE_INK}
SHAPES = ("width: 60mm", "width: 60mm; height: 20mm", "width: 20mm; height: 60mm; opacity: .6")
MOST_APART = 6
"""Of 255, where an edge is smoothed; the engine writes six places, and a form whole hundredths."""


@cache
def svgs(inks: str) -> tuple[str, ...]:
    poses = load_content(ROOT / "content.yaml").content.exercises["open-book"].drawings
    drawn = render_exercise(
        poses,
        palette=INKS[inks],
        width_mm=45,
        id_prefix="figure",
        words=SideWords("left", "right"),
    )
    return tuple(drawn.values())


def page(body: str, shape: str) -> bytes:
    style = f"<style>@page {{ size: 70mm }} svg {{ display: block; {shape} }}</style>"
    html = weasyprint().HTML(string=style + body)
    pdf: bytes = html.write_pdf(font_config=font_configuration())
    return pdf


def picture(pdf: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[0].render(scale=2).to_numpy().astype(np.int16)
    document.close()
    return drawn


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("inks", INKS)
def test_a_placed_drawing_looks_as_the_engine_draws_it(inks: str, shape: str) -> None:
    svg = svgs(inks)[0]
    place, form = as_form(svg)
    with drawings_placed({form.name: form}):
        ours = picture(page(place, shape))
    engines = picture(page(svg, shape))
    assert ours.shape == engines.shape
    assert (engines < 128).any()
    assert np.abs(ours - engines).max() <= MOST_APART


def test_a_drawing_that_stands_twice_is_in_the_file_once() -> None:
    place, form = as_form(svgs("brand")[0])
    with drawings_placed({form.name: form}):
        pdf = page(place + place, "width: 30mm")
    with Pdf.open(BytesIO(pdf)) as file:
        forms = [thing for thing in file.objects if thing.get("/Subtype") == "/Form"]
        places = [one.Contents.read_bytes().count(b" Do") for one in file.pages]
    assert len(forms) == 1
    assert sum(places) == 2


def test_no_form_is_made_of_what_it_could_not_paint() -> None:
    svg = svgs("brand")[0]
    for spoilt in (
        svg.replace("<path ", '<path opacity=".5" ', 1),
        svg.replace("<path ", '<circle r="3"/><path ', 1),
        svg.replace("Z", "A1 1 0 0 0 3 3Z", 1),
        re.sub('fill="#[^"]*"', 'fill="red"', svg, count=1),
    ):
        with pytest.raises(NoFormError):
            as_form(spoilt)


def test_a_place_whose_drawing_is_not_there_is_told() -> None:
    place, _ = as_form(svgs("brand")[0])
    with drawings_placed({}), pytest.raises(LayoutError, match="there is no drawing"):
        page(place, "width: 30mm")
