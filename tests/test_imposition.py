"""Imposition: every page once, upright, its back behind it, in order after folding and cutting."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import click
import pikepdf
import pypdfium2
import pytest
from conftest import Outcome, files_below, run_here
from hypothesis import given
from hypothesis import strategies as st
from imposing import (
    cut,
    numbered_pdf,
    one_after_another,
    piles,
    read_booklet,
    stack,
)
from pdf_tools import IN, MM, info_of, tool, words_of
from PIL import Image, ImageChops

from handouts.basics.choices import Flip
from handouts.basics.errors import ContentError
from handouts.basics.lengths import mm, parse_length
from handouts.basics.papers import SHEET_SIZES, Sheet
from handouts.cli.impose import impose as command
from handouts.imposition.arrange import make_plan
from handouts.imposition.plan import Box, ImposedSheet, ImposedSide, MarkKind, Placement, Plan
from handouts.imposition.schemes import Booklet, Grid, ImpositionOrder, SourcePage
from handouts.pdf.sheets.draw import draw

if TYPE_CHECKING:
    from pathlib import Path

CARD = (3.5 * IN, 2 * IN)
HALF = (5.5 * IN, 8.5 * IN)
A5 = (148 * MM, 210 * MM)
MOST_PAGES = 64
FLIPS = (Flip.LONG, Flip.SHORT)
SHEET_FOR = {2: Sheet.A4, 3: Sheet.LETTER, 4: Sheet.LETTER, 8: Sheet.LETTER}
Leaf = tuple[int | None, int | None]


def planned(pages: int, size: tuple[float, float], order: ImpositionOrder) -> Plan:
    return make_plan([SourcePage(*size)] * pages, order)


def wanted_run(pages: int, sides: int) -> list[Leaf]:
    """Give the pieces of a run, by hand: one page each, or front and back."""
    if sides == 1:
        return [(page, None) for page in range(pages)]
    padded = [*range(pages), *[None] * (pages % 2)]
    return list(zip(padded[::2], padded[1::2], strict=True))


def filled(leaves: list[Leaf], length: int) -> list[Leaf]:
    return leaves + [(None, None)] * (length - len(leaves))


# Every scheme and page count, printed, folded, cut and stacked in simulation


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("thickness", ["0", "0.1", "0.25"])
def test_a_booklet_reads_in_order_after_folding_and_nesting(flip: Flip, thickness: str) -> None:
    for pages in range(1, MOST_PAGES + 1):
        for copies in (1, 2):
            scheme = Booklet(mm(thickness))
            plan = planned(pages, A5, ImpositionOrder(scheme, Sheet.A4, copies=copies, flip=flip))
            blanks = [None] * (-pages % 4)
            booklets = read_booklet(plan, A5, float(thickness) * MM, copies)
            assert booklets == [[*range(pages), *blanks]] * copies, pages


@pytest.mark.parametrize("up", [2, 3, 4, 8])
@pytest.mark.parametrize(("sides", "flip"), [(1, None), (2, "long"), (2, "short"), (2, None)])
def test_pieces_come_in_order_and_back_to_back(up: int, sides: int, flip: str | None) -> None:
    size = HALF if up == 2 else CARD
    sheet = Sheet.LETTER
    for pages in range(1, MOST_PAGES + 1):
        run = wanted_run(pages, sides)
        for copies in (1, 3, 8):
            turned = Flip(flip) if flip else None
            grid = Grid(up, gutter=mm(0), sides=sides)
            plan = planned(pages, size, ImpositionOrder(grid, sheet, copies, turned))
            if copies == 1:
                places = len(plan.sheets) * up
                assert one_after_another(plan, size) == filled(run, places)
                assert places - len(run) < up
            else:
                rounds = -(-copies // up)
                each = [rounds - (place >= copies % up) * (copies % up > 0) for place in range(up)]
                full = [filled(run * count, len(run) * rounds) for count in each]
                assert piles(plan, size) == full
            stacked = dataclasses.replace(grid, stacked=True)
            plan = planned(pages, size, ImpositionOrder(stacked, sheet, copies, turned))
            places = len(plan.sheets) * up
            assert stack(plan, size) == filled(run * copies, places)
            assert places - len(run) * copies < up


def test_position_k_of_sheet_s_holds_record_k_times_the_pile_plus_s() -> None:
    records, up, size = 21, 8, CARD
    plan = planned(records, size, ImpositionOrder(Grid(up, stacked=True, sides=1), Sheet.LETTER))
    pile = 3
    for number, sheet in enumerate(cut(plan, size)):
        for position, piece in enumerate(sheet):
            record = position * pile + number
            assert piece.pages[0] == (record if record < records else None)


def test_a_landscape_sheet_turns_on_its_short_edge_and_a_portrait_one_on_its_long() -> None:
    assert planned(4, HALF, ImpositionOrder(Grid(2), Sheet.LETTER)).flip == Flip.SHORT
    assert planned(4, CARD, ImpositionOrder(Grid(8), Sheet.LETTER)).flip == Flip.LONG
    assert planned(4, CARD, ImpositionOrder(Grid(8, sides=1), Sheet.LETTER)).flip is None
    assert planned(1, CARD, ImpositionOrder(Grid(8), Sheet.LETTER)).flip is None


def changed(plan: Plan, side: int, slot: int, **change: object) -> Plan:
    """Give the plan with one placement of its last sheet changed."""
    *before, last = plan.sheets
    sides = list(last.sides)
    placements = list(sides[side].placements)
    placements[slot] = dataclasses.replace(placements[slot], **change)
    sides[side] = dataclasses.replace(sides[side], placements=tuple(placements))
    return dataclasses.replace(plan, sheets=(*before, ImposedSheet(tuple(sides))))


@pytest.mark.parametrize(
    ("side", "change"),
    [
        (1, {"rotation": 180}),
        (0, {"rotation": 180}),
        (0, {"page": None}),
        (0, {"page": 0}),
        (1, {"page": 9}),
        (1, {"left_pt": 20.0}),
        (0, {"bottom_pt": -30.0}),
    ],
)
def test_the_simulation_sees_a_page_that_lies_wrong(side: int, change: dict[str, object]) -> None:
    plan = planned(16, A5, ImpositionOrder(Booklet(mm("0.1")), Sheet.A4))
    right = [list(range(16))]
    assert read_booklet(plan, A5, 0.1 * MM) == right

    def faulty() -> bool:
        try:
            return read_booklet(changed(plan, side, 1, **change), A5, 0.1 * MM) != right
        except AssertionError:
            return True

    assert faulty()


@pytest.mark.parametrize("thickness", [0.0, -0.1, 0.2])
def test_the_simulation_sees_wrong_creep(thickness: float) -> None:
    plan = planned(16, A5, ImpositionOrder(Booklet(mm("0.1")), Sheet.A4))
    with pytest.raises(AssertionError, match="creep"):
        read_booklet(plan, A5, thickness * MM)


def test_the_simulation_sees_the_wrong_flip_and_a_wrong_stack() -> None:
    plan = planned(16, CARD, ImpositionOrder(Grid(4), Sheet.LETTER))
    (other,) = set(FLIPS) - {plan.flip}
    with pytest.raises(AssertionError):
        cut(dataclasses.replace(plan, flip=other), CARD)
    assert stack(plan, CARD) != wanted_run(16, 2)


# The written file, read and drawn by other tools


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


# What is refused, with its numbers, and nothing written


def refused(folder: Path, *args: str, file: str = "in.pdf", code: int = 3) -> Outcome:
    """Run an imposition that must be refused; no file may be written or changed."""
    (folder / "out.pdf").write_bytes(b"what was printed last time")
    before = files_below(folder)
    outcome = run_here("impose", file, "-o", "out.pdf", *args, cwd=folder)
    assert outcome.code == code, outcome
    assert outcome.out == ""
    assert files_below(folder) == before
    return outcome


TWO_UP = ("--scheme", "2-up", "--paper", "letter")


def test_no_such_file(tmp_path: Path) -> None:
    said = refused(tmp_path, *TWO_UP, file="none.pdf").the_error()
    assert said.startswith("none.pdf error: this file can't be read (No such file")


@pytest.mark.parametrize("spoil", ["text", "empty", "cut off", "no cross-reference"])
def test_a_file_that_is_no_pdf_or_is_damaged(tmp_path: Path, spoil: str) -> None:
    data = numbered_pdf(tmp_path / "in.pdf", 4, HALF).read_bytes()
    spoiled = {
        "text": b"Dear printer, here is my file.",
        "empty": b"",
        "cut off": data[: len(data) * 2 // 3],
        "no cross-reference": re.sub(rb"startxref\s+\d+", b"startxref\n7", data),
    }[spoil]
    (tmp_path / "in.pdf").write_bytes(spoiled)
    said = refused(tmp_path, *TWO_UP).the_error()
    assert said.startswith("in.pdf error: this is not a PDF file, or it is damaged (")


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_file(tmp_path: Path, password: str) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 4, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        pdf.save(tmp_path / "in.pdf", encryption=pikepdf.Encryption(owner="x", user=password))
    assert "this file is encrypted" in refused(tmp_path, *TWO_UP).the_error()


def test_a_file_without_pages(tmp_path: Path) -> None:
    pikepdf.new().save(tmp_path / "in.pdf")
    assert "the file has no pages" in refused(tmp_path, *TWO_UP).the_error()


def test_an_imposed_file(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, CARD)
    impose(tmp_path, "--scheme", "4-up", "--paper", "letter")
    (tmp_path / "out.pdf").rename(tmp_path / "in.pdf")
    said = refused(tmp_path, "--scheme", "2-up", "--paper", "tabloid").the_error()
    assert "this file is imposed already (4-up on letter)" in said


def test_an_imposed_folded_brochure_is_no_imposed_file(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 2, (11 * IN, 8.5 * IN))
    impose(tmp_path, "--scheme", "2-up", "--paper", "tabloid", "--copies", "2")


def test_the_source_itself_is_not_written_over(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    said = refused(tmp_path, *TWO_UP, "-o", "../" + tmp_path.name + "/in.pdf").the_error()
    assert "written over the file they are made from" in said


@pytest.mark.parametrize(
    "boxes",
    [
        {"MediaBox": [0, 0, 0, 0]},
        {"TrimBox": [1000, 1000, 1100, 1100]},
        {"TrimBox": [-90, 0, 0, 100]},
        {"UserUnit": 0},
    ],
)
def test_a_page_without_a_size(tmp_path: Path, boxes: dict[str, object]) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 3, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        for name, box in boxes.items():
            pdf.pages[1].obj[f"/{name}"] = box
        pdf.save(tmp_path / "in.pdf")
    refused(tmp_path, *TWO_UP).the_error("page 2 has no size")


@pytest.mark.parametrize("spoil", ["no filter's data", "a junk annotation", "no box"])
def test_a_file_that_is_damaged_within(tmp_path: Path, spoil: str) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 2, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        page = pdf.pages[0].obj
        if spoil == "no filter's data":
            page.Contents = pdf.make_stream(b"junk", Filter=pikepdf.Name.FlateDecode)
        elif spoil == "a junk annotation":
            page.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot)])
        else:
            for other in pdf.pages:
                del other.obj["/MediaBox"]
        pdf.save(tmp_path / "in.pdf", compress_streams=False)
    args = ("--scheme", "2-up", "--paper", "tabloid")
    assert "or it is damaged (" in refused(tmp_path, *args).the_error()


def test_a_bleed_box_smaller_than_the_trim_cuts_nothing_off(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 1, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        pdf.pages[0].TrimBox = pikepdf.Array([0, 0, *HALF])
        pdf.pages[0].BleedBox = pikepdf.Array([40, 40, 300, 300])
        pdf.save(tmp_path / "in.pdf")
    impose(tmp_path, "--scheme", "2-up", "--paper", "letter", "--copies", "2")
    (page,), (side,) = pictures(tmp_path / "plain.pdf"), pictures(tmp_path / "out.pdf")
    assert differs(side, page, (396, 0), 0) < 0.0004


def test_pages_of_unlike_sizes_are_named_with_their_sizes(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for size in (HALF, HALF, (612, 792), HALF, CARD):
            pdf.add_blank_page(page_size=size)
        pdf.save(tmp_path / "in.pdf")
    refused(tmp_path, *TWO_UP).the_error(
        "page 1 is 5.5 × 8.5 in (139.7 × 215.9 mm), page 3 is 8.5 × 11 in (215.9 × 279.4 mm), "
        "page 5 is 3.5 × 2 in (88.9 × 50.8 mm)"
    )


def test_pages_that_differ_by_rounding_are_taken(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for size in ((595, 842), (595.276, 841.89)):
            pdf.add_blank_page(page_size=size)
        pdf.save(tmp_path / "in.pdf")
    impose(tmp_path, "--scheme", "2-up", "--paper", "a3")


def test_a_page_larger_than_its_place_is_said_with_both_sizes(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, (612, 792))
    said = refused(tmp_path, *TWO_UP).the_error()
    assert "the pages are 8.5 × 11 in (215.9 × 279.4 mm)" in said
    assert "letter has room for 5.5 × 8.5 in (139.7 × 215.9 mm) each" in said
    assert "take --paper tabloid or 12x18 or 13x19 or sra3" in said
    numbered_pdf(tmp_path / "in.pdf", 4, (2000, 2000))
    assert "take fewer on a sheet" in refused(tmp_path, *TWO_UP).the_error()


def test_a_gutter_that_leaves_no_room(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    refused(tmp_path, *TWO_UP, "--gutter", "10mm").the_error(
        "gutters of 10 mm (0.39 in)", "room for 5.3 × 8.5 in"
    )
    refused(tmp_path, *TWO_UP, "--gutter", "900000mm").the_error("gutters of 900000 mm")


def test_marks_that_have_no_room(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    refused(tmp_path, *TWO_UP, "--marks").the_error(
        "marks need 8 mm (0.31 in) around the pieces, and letter leaves 0 mm"
    )


@pytest.mark.parametrize("copies", ["0", "-3", "100001"])
def test_too_few_and_too_many_copies(tmp_path: Path, copies: str) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    said = refused(tmp_path, *TWO_UP, "--copies", copies).the_error()
    assert f"{int(copies):,} copies can't be made (a file holds 1 to 100,000)" in said


def test_too_many_sheets() -> None:
    for scheme, sheets in (
        (Grid(2), "1,000,000"),
        (Booklet(), "1,000,000"),
        (Grid(2, stacked=True), "1,000,000"),
    ):
        with pytest.raises(ContentError, match=f"this would take {sheets} sheets"):
            planned(40, HALF, ImpositionOrder(scheme, Sheet.LETTER, 100_000))


def test_a_booklet_with_too_many_pages(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 93, HALF)
    said = refused(tmp_path, "--scheme", "booklet", "--paper", "letter").the_error()
    assert "a booklet can't have 93 pages" in said
    assert "1 to 92 pages" in said
    assert len(planned(92, HALF, ImpositionOrder(Booklet(), Sheet.LETTER)).sheets) == 23


def test_paper_too_thick_for_the_booklet(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 44, HALF)
    booklet = ("--scheme", "booklet", "--paper", "letter", "--thickness")
    refused(tmp_path, *booklet, "0.51mm").the_error(
        "innermost of 11 sheets of 0.51 mm would creep by 5.1 mm", "more than 5 mm"
    )
    assert run_here("impose", "in.pdf", "-o", "o.pdf", *booklet, "0.5mm", cwd=tmp_path).code == 0


def test_a_flip_of_one_side(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 1, HALF)
    refused(tmp_path, *TWO_UP, "--flip", "long").the_error("nothing to flip")


def test_all_reasons_are_given_at_once(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for number in range(100):
            pdf.add_blank_page(page_size=(HALF[0], HALF[1] + 100 * (number % 2)))
        pdf.save(tmp_path / "in.pdf")
    said = refused(tmp_path, "--scheme", "booklet", "--paper", "letter", "--copies", "0")
    assert len(said.findings) == 3
    said.the_finding("and so on for 45 more")
    assert all(finding.startswith("in.pdf error: ") for finding in said.findings)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--scheme", "cut-stack"), "--scheme cut-stack wants --up 2, 3, 4 or 8"),
        (("--scheme", "2-up", "--up", "4"), "--up has no meaning with --scheme 2-up"),
        (("--scheme", "2-up", "--thickness", "1mm"), "--thickness has no meaning"),
        (("--scheme", "booklet", "--gutter", "1mm"), "--gutter has no meaning"),
        (("--scheme", "booklet", "--sides", "1"), "--sides has no meaning"),
        (("--scheme", "2-up", "--gutter", "6"), "'6' is not a length"),
        (("--scheme", "2-up", "--gutter", "-1mm"), "'-1mm' is not a length"),
        (
            (
                "--scheme",
                "7-up",
            ),
            "'7-up' is not one of",
        ),
    ],
)
def test_an_option_that_has_no_meaning(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    assert said in refused(tmp_path, "--paper", "letter", *args, code=2).err


# Words and numbers


@given(st.decimals(0, 99999, places=3), st.sampled_from(["mm", "in", " mm", " in"]))
def test_lengths_are_read_with_their_unit(number: object, unit: str) -> None:
    length = parse_length(f"{number}{unit}")
    per_unit = 1.0 if "mm" in unit else 25.4
    assert length.mm == pytest.approx(float(str(number)) * per_unit)


@given(st.text(max_size=12))
def test_what_is_no_length_is_refused(text: str) -> None:
    if not re.fullmatch(r"\s*\d+(\.\d+)? ?(mm|in)\s*", text):
        with pytest.raises(ValueError, match="is not a length"):
            parse_length(text)


def test_the_command_offers_every_sheet() -> None:
    (paper,) = (option for option in command.params if option.name == "paper")
    assert isinstance(paper.type, click.Choice)
    assert list(paper.type.choices) == [str(sheet) for sheet in SHEET_SIZES] == list(Sheet)
