"""Imposed files: read and drawn by other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from imposing import (
    cut,
    numbered_pdf,
)
from imposition_tools import A5, CARD, HALF, differs, impose, pictures, planned
from pdf_tools import MM, info_of, words_of

from handouts.basics.papers import Sheet
from handouts.imposition.arrange import make_plan
from handouts.imposition.plan import Box, ImposedSheet, ImposedSide, MarkKind, Placement, Plan
from handouts.imposition.schemes import Booklet, Grid, ImpositionOrder, SourcePage
from handouts.pdf.sheets.draw import draw

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("flip", "back", "turned"), [("short", (2, 7), 0), ("long", (7, 2), 180)])
def test_a_written_booklet(tmp_path: Path, flip: str, back: tuple[int, int], turned: int) -> None:
    size = (396, 612)
    numbered_pdf(tmp_path / "in.pdf", 8, size)
    said = impose(tmp_path, "--scheme", "booklet", "--paper", "letter", "--flip", flip,
                  "--thickness", "0mm")  # fmt: skip
    assert "2 sheets, letter landscape, both sides" in said.out
    assert f"flip on the {flip} edge" in said.out
    pages, sides = pictures(tmp_path / "in.pdf"), pictures(tmp_path / "out.pdf")
    assert [side.size for side in sides] == [(792, 612)] * 4
    lies = [(8, 1), back, (6, 3), (4, 5) if flip == "short" else (5, 4)]
    for number, (side, there) in enumerate(zip(sides, lies, strict=True)):
        for left, page in zip((0, 396), there, strict=True):
            turn = turned if number % 2 else 0
            assert differs(side, pages[page - 1], (left, 0), turn) < 0.0004
            assert differs(side, pages[page - 1], (left, 0), 180 - turn) > 0.002
            assert differs(side, pages[page % 8], (left, 0), turn) > 0.002
    words = [(word.page, word.text) for word in words_of(tmp_path / "out.pdf")]
    printed = [(side, f"n{page}") for side, there in enumerate(lies) for page in there]
    assert sorted(words) == sorted(printed)


def test_a_written_sheet_of_cards(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 16, CARD)
    impose(tmp_path, "--scheme", "8-up", "--paper", "letter", "--gutter", "0.25in")
    left, top = (612 - 2 * 252 - 18) / 2, 792 - (792 - 4 * 144 - 3 * 18) / 2
    places = [
        (left + column * 270, top - (row + 1) * 144 - row * 18)
        for row in range(4)
        for column in range(2)
    ]
    fronts, backs = range(1, 16, 2), (4, 2, 8, 6, 12, 10, 16, 14)
    pages, sides = pictures(tmp_path / "in.pdf"), pictures(tmp_path / "out.pdf")
    for side, there in zip(sides, (fronts, backs), strict=True):
        for place, page in zip(places, there, strict=True):
            assert differs(side, pages[page - 1], place, 0) < 0.0004
    words = [word for word in words_of(tmp_path / "out.pdf") if word.page == 1]
    for word in words:
        x, y = places[backs.index(int(word.text[1:]))]
        assert word.left == pytest.approx(x + 12, abs=0.1)
        assert word.top < 792 - y - 72 < word.bottom


def test_creep_moves_inner_pages_towards_the_spine(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 16, HALF)
    impose(tmp_path, "--scheme", "booklet", "--paper", "letter", "--thickness", "0.5mm")
    lefts = {word.text: word.left for word in words_of(tmp_path / "out.pdf")}
    for sheet in range(4):
        creep = sheet * 0.5 * MM
        for right in (2 * sheet + 1, 16 - 2 * sheet - 1):
            assert lefts[f"n{right}"] == pytest.approx(396 + 12 - creep, abs=0.01)
        for left in (16 - 2 * sheet, 2 * sheet + 2):
            assert lefts[f"n{left}"] == pytest.approx(12 + creep, abs=0.01)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_is_turned_as_the_source_and_the_plan_say(
    tmp_path: Path, rotate: int, rotation: int
) -> None:
    source = numbered_pdf(tmp_path / "in.pdf", 1, (200, 100), rotate=rotate, origin=(-30, 55))
    size = (200, 100) if (rotate + rotation) % 180 == 0 else (100, 200)
    window = Box(40, 60, 40 + size[0], 60 + size[1])
    side = ImposedSide((Placement(0, 40.0, 60.0, rotation, 0, window),))
    with pikepdf.open(source) as pdf:
        draw(pdf, Plan(400, 300, (ImposedSheet((side,)),), None)).save(tmp_path / "out.pdf")
    (page,), (printed,) = pictures(source), pictures(tmp_path / "out.pdf")
    assert differs(printed, page, (40, 60), rotation) < 0.0004
    assert differs(printed, page, (40, 60), (rotation + 180) % 360) > 0.005


def test_pages_in_a_larger_unit_keep_their_size(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 2, (198, 306), user_unit=2)
    impose(tmp_path, "--scheme", "2-up", "--paper", "letter", "--sides", "1")
    lefts = [word.left for word in words_of(tmp_path / "out.pdf")]
    assert lefts == pytest.approx([24, 396 + 24], abs=0.1)


@pytest.mark.parametrize(("gutter_mm", "shown_mm"), [(8, 3), (6, 3), (2, 1), (0, 0)])
def test_bleed_is_printed_up_to_half_the_gutter(
    tmp_path: Path, gutter_mm: int, shown_mm: int
) -> None:
    size = (90 * MM, 130 * MM)
    numbered_pdf(tmp_path / "in.pdf", 2, size, bleed=3 * MM)
    impose(tmp_path, "--scheme", "2-up", "--paper", "letter", "--sides", "1", "--gutter",
           f"{gutter_mm}mm", "--no-marks")  # fmt: skip
    scale = 10 / MM
    (side,) = pictures(tmp_path / "out.pdf", scale)
    width = round(2 * 900 + gutter_mm * 10)
    left = (side.width - width) // 2
    middle = round(side.height * 0.6)
    row = [side.getpixel((x, middle)) for x in range(side.width)]
    inked = [x for x, dot in enumerate(row) if dot != (255, 255, 255)]
    assert abs(inked[0] - (left - 30)) <= 3
    assert abs(inked[-1] - (left + width + 30)) <= 3
    white = [x for x in range(left + 100, left + width - 100) if row[x] == (255, 255, 255)]
    assert abs(len(white) - 10 * (gutter_mm - 2 * shown_mm)) <= 4
    seam = side.width // 2
    first, second = row[left + 850], row[left + width - 850]
    assert first != second
    assert row[seam - gutter_mm * 5 - 2] == first
    assert row[seam + gutter_mm * 5 + 3] == second


def test_without_a_gutter_asked_for_no_bleed_is_lost(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 2, CARD, bleed=3 * MM)
    impose(tmp_path, "--scheme", "8-up", "--paper", "letter", "--sides", "1")
    lefts = [word.left for word in words_of(tmp_path / "out.pdf")]
    assert lefts[1] - lefts[0] == pytest.approx(CARD[0] + 6 * MM, abs=0.01)


def test_marks_lie_outside_the_bleed_at_the_end_of_every_cut(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 1, CARD, bleed=5 * MM)
    said = impose(tmp_path, "--scheme", "8-up", "--paper", "a3", "--copies", "8", "--marks")
    assert "with marks" in said.out
    order = ImpositionOrder(Grid(8), Sheet.A3, 8)
    plan = make_plan([SourcePage(*CARD, 5 * MM)], order)
    (side,) = {id(side): side for side in plan.sides}.values()
    lines = [(mark.x0_pt, mark.y0_pt, mark.x1_pt, mark.y1_pt) for mark in side.marks]
    pieces = [piece.front for piece in cut(plan, CARD)[0]]
    outer = (
        min(piece.left for piece in pieces) - 5 * MM,
        min(piece.bottom for piece in pieces) - 5 * MM,
        max(piece.right for piece in pieces) + 5 * MM,
        max(piece.top for piece in pieces) + 5 * MM,
    )
    for x0, y0, x1, y1 in lines:
        assert (
            max(x0, x1) <= outer[0] + 0.01
            or min(x0, x1) >= outer[2] - 0.01
            or (max(y0, y1) <= outer[1] + 0.01 or min(y0, y1) >= outer[3] - 0.01)
        )
        assert min(x0, y0, x1, y1) >= 0
        assert max(x0, x1) <= plan.width_pt
        assert max(y0, y1) <= plan.height_pt
    for piece in pieces:
        for x in (piece.left, piece.right):
            assert sum(abs(line[0] - x) < 0.01 and abs(line[2] - x) < 0.01 for line in lines) == 2
        for y in (piece.bottom, piece.top):
            assert sum(abs(line[1] - y) < 0.01 and abs(line[3] - y) < 0.01 for line in lines) == 2
    (drawn,) = pictures(tmp_path / "out.pdf", 4)
    for x0, y0, x1, y1 in lines:
        x, y = round((x0 + x1) * 2), round(drawn.height - (y0 + y1) * 2)
        around = drawn.crop((x - 2, y - 2, x + 3, y + 3)).convert("L")
        assert around.getextrema()[0] < 200


def test_a_booklet_has_its_fold_marked_in_the_middle() -> None:
    plan = planned(8, A5, ImpositionOrder(Booklet(), Sheet.SRA3))
    for side in plan.sides:
        folds = [mark for mark in side.marks if mark.kind is MarkKind.FOLD]
        assert [(fold.x0_pt, fold.x1_pt) for fold in folds] == [
            pytest.approx((plan.width_pt / 2,) * 2, abs=0.001)
        ] * 2


def test_marks_are_left_out_where_there_is_no_room_and_that_is_said(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    said = impose(tmp_path, "--scheme", "2-up", "--paper", "letter")
    assert "no marks" in said.out


def test_what_annotations_show_is_printed(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 1, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        look = pdf.make_stream(b"0 0 60 40 re f", Type=pikepdf.Name.XObject,
                               Subtype=pikepdf.Name.Form, BBox=[0, 0, 60, 40])  # fmt: skip
        pdf.pages[0].Annots = pikepdf.Array(
            [pdf.make_indirect(pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[100, 100, 160, 140],
                F=4, AP=pikepdf.Dictionary(N=look),
            ))]
        )  # fmt: skip
        pdf.save(tmp_path / "in.pdf")
    impose(tmp_path, "--scheme", "2-up", "--paper", "letter", "--copies", "2")
    (side,) = pictures(tmp_path / "out.pdf")
    for x in (130, 396 + 130):
        assert side.getpixel((x, 612 - 120)) == (0, 0, 0)


def test_the_file_tells_the_printer_how_to_print_it(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    hints = {"long": "/DuplexFlipLongEdge", "short": "/DuplexFlipShortEdge"}
    for flip, hint in hints.items():
        impose(tmp_path, "--scheme", "2-up", "--paper", "letter", "--flip", flip)
        with pikepdf.open(tmp_path / "out.pdf") as pdf:
            assert pdf.Root.ViewerPreferences.Duplex == hint
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
            assert str(pdf.docinfo["/Title"]) == "Numbered pages"
    impose(tmp_path, "--scheme", "2-up", "--paper", "letter", "--sides", "1")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/Simplex"


def test_the_output_intent_stays(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 2, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        pdf.Root.OutputIntents = pikepdf.Array(
            [pikepdf.Dictionary(S=pikepdf.Name.GTS_PDFX, OutputConditionIdentifier="FOGRA39")]
        )
        pdf.save(tmp_path / "in.pdf")
    impose(tmp_path, "--scheme", "2-up", "--paper", "letter")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"


def test_same_input_same_bytes(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 9, CARD, bleed=3 * MM)
    args = ("--scheme", "cut-stack", "--up", "8", "--paper", "letter", "--copies", "3")
    impose(tmp_path, *args)
    first = (tmp_path / "out.pdf").read_bytes()
    impose(tmp_path, *args)
    assert (tmp_path / "out.pdf").read_bytes() == first


def size_of(folder: Path, *args: str) -> int:
    impose(folder, "--paper", "letter", *args)
    return (folder / "out.pdf").stat().st_size


def test_a_file_grows_with_its_pages_and_not_with_its_copies(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 1, HALF)
    two = size_of(tmp_path, "--scheme", "2-up", "--copies", "2")
    many = size_of(tmp_path, "--scheme", "2-up", "--copies", "10000")
    assert info_of(tmp_path / "out.pdf")["Pages"] == "5000"
    assert many <= 1.2 * two + 40 * 5000
    stacked = size_of(tmp_path, "--scheme", "cut-stack", "--up", "2", "--copies", "10000")
    assert stacked <= 1.2 * two + 40 * 5000


def test_each_page_is_kept_once(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 12, CARD)
    for args in (("8-up",), ("cut-stack", "--up", "8")):
        impose(tmp_path, "--scheme", *args, "--paper", "letter", "--copies", "40")
        with pikepdf.open(tmp_path / "out.pdf") as pdf:
            forms = [
                thing for thing in pdf.objects
                if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
            ]  # fmt: skip
            assert len(forms) == 12
