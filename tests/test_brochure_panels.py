"""The tri-fold: panels where the print table has them, and texts where the fold needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from pdf_objects import form_placements
from pdf_tools import (
    FOLD_ORDER,
    IN,
    MM,
    PAPERS,
    Printed,
    Span,
    cropped,
    exact_letters,
    panel_spans,
    printed,
)
from promised import Promise, load

if TYPE_CHECKING:
    from pathlib import Path

TOLERANCE_PT = 0.01
Boxes = list[tuple[float, float, float, float]]


@pytest.fixture(params=PAPERS)
def brochure(request: pytest.FixtureRequest) -> Printed:
    return printed("brochure", request.param)


def placed(path: Path) -> list[Boxes]:
    """Give for each page where its panels are drawn, from left to right."""
    with pikepdf.open(path) as pdf:
        return [sorted(form_placements(page)) for page in pdf.pages]


def wanted(paper: str) -> list[Boxes]:
    """Give the same by the print table."""
    height = 8.5 * IN if paper == "letter" else 210 * MM
    pages: list[Boxes] = [[], []]
    for span in panel_spans(paper).values():
        pages[span.page].append((span.left, 0.0, span.right - span.left, height))
    return pages


def same_places(found: list[Boxes], table: list[Boxes]) -> bool:
    counts = [len(boxes) for boxes in found] == [len(boxes) for boxes in table]
    return counts and all(
        box == pytest.approx(place, abs=TOLERANCE_PT)
        for boxes, places in zip(found, table, strict=True)
        for box, place in zip(boxes, places, strict=True)
    )


def panels_with(words: str, piece: Printed) -> list[str]:
    """Name the panels on which words are printed."""
    return [
        panel for panel in FOLD_ORDER if exact_letters(words) in exact_letters(piece.panel(panel))
    ]


def out_of_order(strings: list[str], text: str) -> list[str]:
    """Give the strings that a text does not hold after the ones before them."""
    found, position, missed = exact_letters(text), 0, []
    for string in strings:
        at = found.find(exact_letters(string), position)
        if at < 0:
            missed.append(string)
        else:
            position = at + len(exact_letters(string))
    return missed


def folded_text(piece: Printed) -> str:
    """Give the text as a person meets it who opens the brochure."""
    return "\n".join(piece.panel(panel) for panel in FOLD_ORDER)


def promised_order(piece: str = "brochure") -> list[str]:
    panels = Promise(load(), piece).panels()
    return [text for panel in FOLD_ORDER for text in panels.get(panel, [])]


def test_the_print_table_fills_the_sheet() -> None:
    for paper, width in (("letter", 11 * IN), ("a4", 297 * MM)):
        spans = panel_spans(paper)
        assert spans["cover"].right == pytest.approx(width)
        assert spans["inside-right"].right == pytest.approx(width)
    assert panel_spans("letter")["flap"].right == pytest.approx(261)  # 3 5/8 in


def test_every_panel_lies_where_the_print_table_has_it(brochure: Printed) -> None:
    found = placed(brochure.path)
    assert same_places(found, wanted(brochure.paper)), found


def test_every_panel_is_drawn_at_its_own_size_and_once(brochure: Printed) -> None:
    with pikepdf.open(brochure.path) as pdf:
        names = []
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "cm":
                    a, b, c, d, *_ = map(float, operands)
                    assert (a, b, c, d) == (1, 0, 0, 1)
                if str(operator) == "Do":
                    form = page.obj.Resources.XObject[str(operands[0])]
                    names.append(form.objgen)
        assert len(names) == len(set(names)) == len(FOLD_ORDER)


def test_the_flap_lies_behind_the_inside_right_panel(brochure: Printed) -> None:
    (flap, back, cover), (left, center, right) = placed(brochure.path)
    width = brochure.size[0]
    for outside, inside in ((flap, right), (back, center), (cover, left)):
        from_the_other_edge = width - (inside[0] + inside[2])
        assert outside[0] == pytest.approx(from_the_other_edge, abs=TOLERANCE_PT)
        assert outside[2] == pytest.approx(inside[2], abs=TOLERANCE_PT)
    assert flap[2] < back[2]
    assert back[2] == pytest.approx(cover[2], abs=TOLERANCE_PT)


def test_every_heading_stands_on_its_own_panel_and_no_other(brochure: Printed) -> None:
    data = load()
    seen = 0
    for panel, sections in data["handouts"]["brochure"]["panels"].items():
        for section in sections:
            heading = data["sections"][section]["heading"]
            assert panels_with(heading, brochure) == [panel], heading
            seen += 1
    assert panels_with(data["handouts"]["brochure"]["title"], brochure) == ["cover"]
    assert seen >= len(FOLD_ORDER) - 1


def test_no_word_crosses_a_fold(brochure: Printed) -> None:
    spans = panel_spans(brochure.paper).values()
    for word in brochure.words:
        inside = [
            span
            for span in spans
            if span.page == word.page and span.left <= word.left and word.right <= span.right
        ]
        assert len(inside) == 1, word


def test_unfolding_it_reads_as_the_content_does(brochure: Printed) -> None:
    assert out_of_order(promised_order(), folded_text(brochure)) == []
    assert len(promised_order()) > 20


# The guards bite


def moved(source: Path, target: Path, old: bytes, new: bytes) -> list[Boxes]:
    with pikepdf.open(source) as pdf:
        contents = pdf.pages[0].obj.Contents
        drawing = contents.read_bytes()
        assert drawing.count(old) == 1
        contents.write(drawing.replace(old, new))
        pdf.save(target)
    return placed(target)


@pytest.mark.parametrize("wrong", [b"261.02 0.0", b"261 0.02", b"260.98 0"])
def test_a_panel_off_by_a_fiftieth_of_a_point_would_be_seen(tmp_path: Path, wrong: bytes) -> None:
    source = printed("brochure", "letter").path
    with pikepdf.open(source) as pdf:
        back = next(
            (operands[4], operands[5])
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "cm" and float(operands[4]) == 261
        )
    found = moved(source, tmp_path / "moved.pdf", b"%s %s cm" % tuple(
        str(edge).encode() for edge in back
    ), wrong + b" cm")  # fmt: skip
    assert not same_places(found, wanted("letter"))


def test_panels_of_the_other_paper_would_be_seen() -> None:
    assert not same_places(placed(printed("brochure", "a4").path), wanted("letter"))


def test_a_scaled_panel_would_be_seen(tmp_path: Path) -> None:
    with pikepdf.open(printed("brochure", "letter").path) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"q 0.999 0 0 1 0 0 cm", prepend=True)
        page.contents_add(b"Q")
        pdf.save(tmp_path / "scaled.pdf")
    assert not same_places(placed(tmp_path / "scaled.pdf"), wanted("letter"))


def test_swapped_panels_would_be_seen() -> None:
    piece = printed("brochure", "letter")
    swapped = [FOLD_ORDER[1], FOLD_ORDER[0], *FOLD_ORDER[2:]]
    text = "\n".join(piece.panel(panel) for panel in swapped)
    assert out_of_order(promised_order(), text) != []
    assert out_of_order(["a word that is nowhere"], text) == ["a word that is nowhere"]


def test_the_crop_of_a_panel_ends_at_its_fold() -> None:
    piece = printed("brochure", "letter")
    cover = piece.panel("cover")
    heading = load()["sections"][load()["handouts"]["brochure"]["panels"]["back"][0]]["heading"]
    assert heading not in cover
    wider = Span(0, panel_spans("letter")["back"].left, piece.size[0])
    assert heading in cropped(piece.path, wider, top=0, height=piece.size[1])
