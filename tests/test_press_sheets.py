"""Imposed press files: PDF/X-4 like what they are made of, with a margin for the pressman."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from conftest import run_here
from imposing import numbered_pdf
from pdf_tools import IN, MM, tool
from press_tools import pressed, rgb_faults, standard_faults

from handouts.basics.choices import Profile
from handouts.basics.papers import Sheet
from handouts.imposition.arrange import make_plan
from handouts.imposition.margins import number_line
from handouts.imposition.plan import MarkKind
from handouts.imposition.schemes import Booklet, Grid, ImpositionOrder, SourcePage
from handouts.preflight.look import preflight
from handouts.preflight.result import Result

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Outcome


def impose(source: Path, out: Path, *options: str) -> Outcome:
    outcome = run_here("impose", source, "-o", out, *options, cwd=out.parent)
    assert outcome.code == 0, outcome.err
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", out)
    return outcome


SCHEMES = {
    "cards": ("testimonials", "letter", ("2-up", "12x18", "--copies", "3")),
    "cut and stacked": ("testimonials", "a4", ("cut-stack", "sra3", "--up", "2")),
    "a booklet": ("exercises", "a4", ("booklet", "13x19")),
    "brochures": ("brochure", "letter", ("2-up", "13x19", "--copies", "2")),
}


@pytest.mark.parametrize("case", SCHEMES)
def test_an_imposed_press_file_is_pdf_x_4(case: str, tmp_path: Path) -> None:
    piece, paper, (scheme, sheet, *more) = SCHEMES[case]
    out = tmp_path / "sheets.pdf"
    impose(pressed(piece, paper), out, "--scheme", scheme, "--paper", sheet, *more)
    assert out.read_bytes().startswith(b"%PDF-1.6")
    assert standard_faults(out) == []
    assert rgb_faults(out) == []
    with pikepdf.open(out) as pdf:
        assert "/Version" not in pdf.Root
        for page in pdf.pages:
            assert page.obj.TrimBox == page.obj.BleedBox == page.obj.MediaBox
    checks = preflight(out.read_bytes(), Profile.PRESS)
    assert [check for check in checks if check.result in {Result.FAIL, Result.WARN}] == []
    source = tool("pdfinfo", pressed(piece, paper))
    version = re.search(r"Version (\w{8})", source)
    assert version
    document = pypdfium2.PdfDocument(out)
    count = len(document)
    for number, page in enumerate(document, start=1):
        side = "front" if number % 2 else "back"
        text = page.get_textpage()
        slug = f"2026-11-22 · sheet {(number + 1) // 2} of {count // 2} · {side}"
        assert text.search(slug).get_next(), slug
        assert text.search(f"Version {version[1]}").get_next()


def test_the_margin_says_each_side_and_shows_the_inks(tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    impose(pressed("testimonials", "letter"), out, "--scheme", "2-up", "--paper", "12x18")
    page = pypdfium2.PdfDocument(out)[0].render(scale=2).to_pil().convert("RGB")
    plan = make_plan(
        [SourcePage(4 * IN, 9 * IN, 0.125 * IN)] * 2, ImpositionOrder(Grid(2), Sheet("12x18"))
    )
    assert plan.margin
    left, bottom, _ = plan.margin.bar
    patches = [
        page.getpixel((2 * (left + (n + 0.5) * 4 * MM), page.height - 2 * (bottom + 2 * MM)))
        for n in range(9)
    ]
    cyan, magenta, yellow, black, *tints = patches
    assert cyan[0] < 60 < cyan[2] - 60
    assert magenta[1] < 60 < magenta[0] - 60
    assert yellow[2] < 60 < min(yellow[:2]) - 140
    assert max(black) < 70
    assert all(max(tint) > 110 for tint in tints)


def test_a_file_that_is_no_pdf_x_4_gets_no_margin_and_no_name(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, (4 * IN, 9 * IN), bleed=9)
    impose(tmp_path / "in.pdf", tmp_path / "out.pdf", "--scheme", "2-up", "--paper", "12x18")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert "/Metadata" not in pdf.Root
        assert "/BleedBox" not in pdf.pages[0]
    assert "sheet" not in tool("pdftotext", tmp_path / "out.pdf", "-")


def test_fold_marks_stand_where_each_brochure_is_folded(tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    impose(
        pressed("brochure", "letter"), out, "--scheme", "2-up", "--paper", "13x19", "--copies", "2"
    )
    wanted = ([3.625, 7.3125], [3.6875, 7.375])
    left = (13 - 11) / 2
    with pikepdf.open(out) as pdf:
        for page, folds in zip(pdf.pages, wanted, strict=True):
            first = page.obj.Contents[0].read_bytes().decode()
            dashed = first.partition("[3] 0 d")[2].partition("Q")[0]
            xs = {round(float(x) / IN - left, 3) for x in re.findall(r"([\d.]+) [\d.]+ m", dashed)}
            assert sorted(xs) == pytest.approx(folds, abs=0.001)


CARDS = ((85 * MM, 55 * MM), (3.5 * IN, 2 * IN))


@pytest.mark.parametrize(
    ("up", "size"),
    [*((up, size) for up in (2, 3, 4, 8) for size in CARDS), (3, (99 * MM, 210 * MM))],
)
def test_what_stands_in_the_margin_keeps_off_pieces_marks_and_the_rest(
    up: int, size: tuple[float, float]
) -> None:
    page = SourcePage(*size, 3 * MM)
    plan = make_plan([page] * 2 * up, ImpositionOrder(Grid(up), Sheet("13x19"), marks=True))
    assert plan.margin
    for side in plan.sides:
        windows = [placed.window for placed in side.placements]
        taken = [(w.left_pt, w.bottom_pt, w.right_pt, w.top_pt) for w in windows]
        taken += [
            (min(m.x0_pt, m.x1_pt), min(m.y0_pt, m.y1_pt),
             max(m.x0_pt, m.x1_pt), max(m.y0_pt, m.y1_pt))
            for m in side.marks
        ]  # fmt: skip
        lines = [*plan.margin.slug, *(number_line(plan.margin, window) for window in windows)]
        boxes = [
            (line.x_pt - 4.5, line.y_pt, line.x_pt + 1.5, line.y_pt + line.width_pt)
            if line.upright
            else (line.x_pt, line.y_pt - 1.5, line.x_pt + line.width_pt, line.y_pt + 4.5)
            for line in lines
        ]
        bar_left, bar_bottom, room = plan.margin.bar
        patch = 4 * MM
        boxes.append(
            (bar_left, bar_bottom, bar_left + min(9, room // patch) * patch, bar_bottom + patch)
        )
        boxes += [(x - 5.7, y - 5.7, x + 5.7, y + 5.7) for x, y in plan.margin.registration]
        for number, box in enumerate(boxes):
            assert box[0] >= 0
            assert box[1] >= 0
            assert box[2] <= plan.width_pt
            assert box[3] <= plan.height_pt
            for other in [*taken, *boxes[number + 1 :]]:
                clear = (
                    box[2] <= other[0] + 0.01 or other[2] <= box[0] + 0.01
                    or box[3] <= other[1] + 0.01 or other[3] <= box[1] + 0.01
                )  # fmt: skip
                assert clear, (number, box, other)


def test_a_booklets_fold_is_the_sheets_own(tmp_path: Path) -> None:
    order = ImpositionOrder(Booklet(), Sheet("13x19"))
    plan = make_plan([SourcePage(210 * MM, 297 * MM, 3 * MM)] * 4, order)
    folds = {m.x0_pt for m in plan.sides[0].marks if m.kind is MarkKind.FOLD}
    assert [*folds] == [pytest.approx(plan.width_pt / 2)]
