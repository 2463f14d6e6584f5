"""Both sides from one form: printed, turned, printed again and cut in simulation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from conftest import run_here
from imposing import Paper, _place, apart, behind, face, numbered_pdf, seen_through
from pdf_tools import IN, MM
from press_tools import pressed, standard_faults

from handouts.basics.choices import Work
from handouts.basics.papers import SHEET_SIZES, Sheet
from handouts.imposition.arrange import make_plan
from handouts.imposition.schemes import Grid, ImpositionOrder, SourcePage

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.imposition.plan import Plan

CARD = (3.5 * IN, 2 * IN)


def pieces(plan: Plan, size: tuple[float, float]) -> Counter[tuple[int | None, int | None]]:
    """Print each form on both sides of its sheet, cut it, and count the pieces by their pages."""
    paper = Paper(plan.width_pt, plan.height_pt, plan.flip)
    found: Counter[tuple[int | None, int | None]] = Counter()
    for sheet in plan.sheets:
        (side,) = sheet.sides
        faces = [face(_place(placed), size) for placed in side.placements]
        backs = [seen_through(paper, one) for one in faces]
        for number, one in enumerate(faces):
            assert all(apart(one.printed, other.printed) for other in faces[number + 1 :])
            back = behind(one, backs)
            pair = side.placements[number].page, side.placements[back].page
            found[tuple(sorted(pair, key=lambda page: (page is None, page or 0)))] += 1  # type: ignore[index]
    return found


@pytest.mark.parametrize("work", Work)
@pytest.mark.parametrize("up", [2, 4, 8])
@pytest.mark.parametrize("sheet", [Sheet.TABLOID, Sheet("320x450"), Sheet("13x19"), Sheet.A3])
def test_each_piece_has_its_own_back(work: Work, up: int, sheet: Sheet) -> None:
    for pages in range(2, 18):
        source = [SourcePage(*CARD, 9)] * pages
        plan = make_plan(source, ImpositionOrder(Grid(up, work=work), sheet))
        leaves = [(n, n + 1 if n + 1 < pages else None) for n in range(0, pages, 2)]
        found = pieces(plan, CARD)
        assert {pair: found[pair] for pair in leaves} == dict.fromkeys(leaves, 2), pages
        for copies in (5, 8):
            order = ImpositionOrder(Grid(up, work=work), sheet, copies=copies)
            found = pieces(make_plan(source, order), CARD)
            assert all(copies <= found[pair] < copies + up for pair in leaves)


def test_work_and_turn_keeps_heads_up_and_tumble_turns_the_backs() -> None:
    source = [SourcePage(*CARD)] * 2
    turned = make_plan(source, ImpositionOrder(Grid(4, work=Work.TURN), Sheet.A4))
    assert {placed.rotation for placed in turned.sides[0].placements} == {0}
    tumbled = make_plan(source, ImpositionOrder(Grid(4, work=Work.TUMBLE), Sheet.A4))
    assert sorted(placed.rotation for placed in tumbled.sides[0].placements) == [0, 0, 180, 180]
    assert turned.flip is not tumbled.flip


@pytest.mark.parametrize("work", ["turn", "tumble"])
def test_a_press_file_from_one_form(work: str, tmp_path: Path) -> None:
    outcome = run_here(
        "impose", pressed("testimonials", "letter"), "--scheme", "2-up", "--paper", "13x19",
        "--work", work, "--copies", "100", "-o", "form.pdf", cwd=tmp_path,
    )  # fmt: skip
    assert f"from one form, work and {work}" in outcome.out
    assert standard_faults(tmp_path / "form.pdf") == []
    with pikepdf.open(tmp_path / "form.pdf") as pdf:
        assert len(pdf.pages) == 50
        assert f"work and {work}" in str(pdf.docinfo["/Imposition"])
    page = pypdfium2.PdfDocument(tmp_path / "form.pdf")[0]
    assert page.get_textpage().search(f"both sides, work and {work}").get_next()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--scheme", "3-up"), "3 on a sheet can't be parted into fronts and backs"),
        (("--scheme", "booklet"), "--work has no meaning with --scheme booklet"),
        (("--scheme", "cut-stack", "--up", "4"), "--work has no meaning with --scheme cut-stack"),
        (("--scheme", "2-up", "--sides", "1"), "one side is printed, so --work turn has no back"),
        (("--scheme", "2-up", "--flip", "long"), "--work turn says itself about which edge"),
    ],
)
def test_what_one_form_forbids(options: tuple[str, ...], said: str, tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 2, CARD)
    outcome = run_here(
        "impose", "in.pdf", "--paper", "a4", "--work", "turn", *options, "-o", "out.pdf",
        cwd=tmp_path,
    )  # fmt: skip
    assert outcome.code in {2, 3}
    assert said in outcome.err
    assert not (tmp_path / "out.pdf").exists()


def test_the_sheets_of_digital_presses() -> None:
    sizes = {
        "sra3": (320 * MM, 450 * MM),
        "320x450": (320 * MM, 450 * MM),
        "12x18": (12 * IN, 18 * IN),
        "13x19": (13 * IN, 19 * IN),
    }
    for name, (width, height) in sizes.items():
        size = SHEET_SIZES[Sheet(name)]
        assert (float(size.width.pt), float(size.height.pt)) == pytest.approx((width, height))
