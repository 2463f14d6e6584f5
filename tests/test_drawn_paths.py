"""Paths of drawings look as the engine alone draws them."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.render.loaded_engine import font_configuration, weasyprint
from handouts.render.patches.quick_paths import paths_read_at_once

if TYPE_CHECKING:
    import numpy as np

LETTERS = {"M": 2, "L": 2, "H": 1, "C": 6, "m": 2, "l": 2, "h": 1, "c": 6, "V": 1, "q": 4, "S": 4}
NUMBERS = st.one_of(
    st.integers(-40, 120).map(str),
    st.decimals(-40, 120, places=2).map(lambda number: f"{number:f}"),
    st.sampled_from([".5", "-.25", "1e1", "+3"]),
)


@st.composite
def segments(draw: st.DrawFn) -> str:
    letter = draw(st.sampled_from(sorted(LETTERS)))
    separator = draw(st.sampled_from([" ", ",", " , "]))
    times = draw(st.integers(1, 2))
    numbers = [draw(NUMBERS) for _ in range(LETTERS[letter] * times)]
    return letter + separator.join(numbers) + draw(st.sampled_from(["", " ", "Z", "z "]))


PATHS = st.tuples(NUMBERS, NUMBERS, st.lists(segments(), max_size=6)).map(
    lambda parts: f"M{parts[0]} {parts[1]}" + "".join(parts[2])
)


def svg(*paths: str, more: str = "") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="4cm" height="4cm">'
        + "".join(f'<path d="{d}" stroke="#a00" fill="#cde" {more}/>' for d in paths)
        + "</svg>"
    )


def picture(drawing: str, *, at_once: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    html = f"<style>@page {{ size: 5cm; margin: 0 }}</style>{drawing}"
    with paths_read_at_once() if at_once else nullcontext():
        pdf = weasyprint().HTML(string=html).write_pdf(font_config=font_configuration())
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[0].render(scale=2).to_numpy().copy()
    document.close()
    return drawn


def assert_same(drawing: str) -> None:
    ours, engines = picture(drawing, at_once=True), picture(drawing, at_once=False)
    assert ours.shape == engines.shape
    assert (ours == engines).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(PATHS, min_size=1, max_size=5))
def test_any_path_looks_as_the_engine_draws_it(paths: list[str]) -> None:
    assert_same(svg(*paths))


@pytest.mark.parametrize(
    "path",
    [
        "M10 10c5 0 10 5 10 10l5 5h10ZM50 50L90 50 90 90 50 90Z",
        "M10 10 50 10 50 50z l 5 40 30 0",
        "m10 10 40 0 0 40z",
        "M10 80A30 30 0 0 1 70 80",
        "M10 80Q40 10 70 80T90 80",
        "L10 10 20 20",
        "M10 10L20",
        "M10 10 L 5mm 20",
        "",
    ],
)
def test_odd_paths_look_as_the_engine_draws_them(path: str) -> None:
    assert_same(svg(path))


def test_a_path_is_there_at_all() -> None:
    blank = picture(svg(), at_once=True)
    assert (picture(svg("M10 10L90 10 90 90Z"), at_once=True) != blank).any()


def test_markers_are_drawn() -> None:
    marker = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="4cm" height="4cm">'
        '<marker id="m" markerWidth="9" markerHeight="9"><rect width="9" height="9"/></marker>'
        '<path d="M20 20L80 80" stroke="#000" marker-end="url(#m)"/></svg>'
    )
    assert_same(marker)
    assert (picture(marker, at_once=True) != picture(svg("M20 20L80 80"), at_once=True)).any()
