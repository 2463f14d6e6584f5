"""Folds: their panels fill the sheet, back one another, fold flat, and open as in the hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, groupby, pairwise, permutations
from typing import TYPE_CHECKING, Any

import pytest
from fold_tools import INSIDE_3, INSIDE_4, KINDS
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from handouts.basics.folds import FOLDS, Direction, FoldKind, fold_sheet, tuck_allowance
from handouts.basics.lengths import Length, inches, mm
from handouts.basics.papers import Paper
from handouts.imposition.in_hand import stages
from handouts.pdf.look.page_pictures import DESK, folded

if TYPE_CHECKING:
    from handouts.basics.folds import FoldedSheet


SHEET_WIDTH_MM = {Paper.LETTER: 279.4, Paper.A4: 297.0}
THICKNESSES = st.integers(50, 400).map(lambda thousandths: mm(f"{thousandths / 1000:.3f}"))


def widths_mm(sheet: FoldedSheet, side: int) -> list[float]:
    return [round(spot.size.width.mm, 4) for spot in sheet.sides[side].spots]


# Widths


@pytest.mark.parametrize(
    ("kind", "paper", "inside"),
    [
        ("roll", "letter", [3.6875 * 25.4, 3.6875 * 25.4, 3.625 * 25.4]),
        ("roll", "a4", [100, 100, 97]),
        ("z", "letter", [11 / 3 * 25.4] * 3),
        ("z", "a4", [99, 99, 99]),
        ("half", "letter", [139.7, 139.7]),
        ("half", "a4", [148.5, 148.5]),
        ("accordion", "a4", [74.25] * 4),
        # wide = W/4 + 1/32 in, short = wide - 1/16 in
        ("gate", "letter", [2.71875 * 25.4, 2.78125 * 25.4, 2.78125 * 25.4, 2.71875 * 25.4]),
        ("double-parallel", "letter", [x * 25.4 for x in (2.78125, 2.78125, 2.71875, 2.71875)]),
    ],
)
def test_widths_are_those_of_the_print_table(kind: str, paper: str, inside: list[float]) -> None:
    sheet = fold_sheet(FoldKind(kind), Paper(paper))
    assert widths_mm(sheet, 1) == pytest.approx(inside, abs=0.001)


@given(st.sampled_from(KINDS), st.sampled_from(Paper), THICKNESSES)
def test_panels_fill_the_sheet_and_back_one_another(
    kind: FoldKind, paper: Paper, stock: Length
) -> None:
    sheet = fold_sheet(kind, paper, stock)
    for side in sheet.sides:
        assert sum(spot.size.width.mm for spot in side.spots) == pytest.approx(
            SHEET_WIDTH_MM[paper], abs=0.001
        )
        assert side.spots[0].left.pt == 0
        for spot, following in pairwise(side.spots):
            assert spot.right == following.left
    width = sheet.inside.size.width.pt
    for front, back in zip(sheet.outside.spots, reversed(sheet.inside.spots), strict=True):
        assert front.left.pt == width - back.right.pt
        assert front.size == back.size
    names = [spot.panel for side in sheet.sides for spot in side.spots]
    assert sorted(names) == sorted(sheet.fold.reading_order)
    assert len(set(names)) == len(names)


@given(st.sampled_from(Paper), THICKNESSES)
def test_a_tucked_panel_is_shorter_by_the_allowance(paper: Paper, stock: Length) -> None:
    tuck_mm = tuck_allowance(paper, stock).mm
    assert (1.5875 if paper is Paper.LETTER else 3.0) - 1e-9 <= tuck_mm <= 3.175 + 1e-9
    assert tuck_mm >= min(8 * stock.mm, 3.175) - 1e-9
    for kind, tucked, over in (
        (FoldKind.ROLL, [2], [0, 1]),
        (FoldKind.GATE, [0, 3], [1, 2]),
        (FoldKind.DOUBLE_PARALLEL, [2, 3], [0, 1]),
    ):
        widths = [spot.size.width.mm for spot in fold_sheet(kind, paper, stock).inside.spots]
        for short in tucked:
            for wide in over:
                assert widths[wide] - widths[short] == pytest.approx(tuck_mm, abs=1e-6)
    left, center, right = fold_sheet(FoldKind.OPEN_GATE, paper, stock).inside.spots
    gap = center.size.width - left.size.width - right.size.width
    assert gap.mm == pytest.approx(tuck_mm, abs=1e-6)


def test_heavy_stock_gets_an_eighth_of_an_inch() -> None:
    assert tuck_allowance(Paper.LETTER) == inches("0.0625")
    assert tuck_allowance(Paper.LETTER, mm("0.3")).mm == pytest.approx(2.4)
    assert tuck_allowance(Paper.LETTER, mm("0.4")) == inches("0.125")
    assert tuck_allowance(Paper.A4, mm("0.3")) == mm(3)
    assert tuck_allowance(Paper.A4, mm("0.4")) == inches("0.125")


# Folding in simulation: every way in which the columns could be stacked is tried, and kept
# where each crease bends as it should and no paper runs through a fold.


Strip = list[tuple[Fraction, Fraction, bool]]
"""Each column's left and right edge when all is folded, and whether its outside is up."""
FRONTS_AND_BACKS = {
    FoldKind.OPEN_GATE: [("back",), ("gate-left", "gate-right")],
    **{kind: [("back",), ("cover",)] for kind in KINDS if kind is not FoldKind.OPEN_GATE},
}


def closed_strip(widths: list[Fraction]) -> tuple[Strip, list[Fraction]]:
    """Walk along the strip, turning back at each fold; also give where the folds lie."""
    strip: Strip = []
    folds: list[Fraction] = []
    at, turned = Fraction(0), False
    for width in widths:
        to = at - width if turned else at + width
        strip.append((min(at, to), max(at, to), turned))
        folds.append(to)
        at, turned = to, not turned
    return strip, folds[:-1]


def folds_flat(order: tuple[int, ...], strip: Strip, folds: list[Fraction], bends: Any) -> bool:
    """Say whether columns stacked in an order, from below, are a sheet that is folded flat."""
    height = {column: place for place, column in enumerate(order)}
    pairs = []
    for number, (x, bend) in enumerate(zip(folds, bends, strict=True)):
        valley_is_above = not strip[number][2]
        above = height[number + 1] > height[number]
        if above is not ((bend is Direction.VALLEY) is valley_is_above):
            return False
        low, high = sorted((height[number], height[number + 1]))
        between = [order[place] for place in range(low + 1, high)]
        inner_is_right = strip[number][0] == x
        for column in between:
            left, right, _ = strip[column]
            clear = left > x if inner_is_right else right < x
            beyond = right < x if inner_is_right else left > x
            if not clear and not beyond:
                return False  # it would run into the fold, or through it
        pairs.append((x, inner_is_right, low, high))
    for (x, side, low, high), (y, other_side, other_low, other_high) in combinations(pairs, 2):
        crossed = low < other_low < high < other_high or other_low < low < other_high < high
        if side is other_side and crossed and abs(x - y) < 10:
            return False
    return True


def faces(order: tuple[int, ...], strip: Strip, sheet: FoldedSheet, *, below: bool) -> Any:
    """Name what is seen of a stack from above or from below, from left to right."""
    seen: list[tuple[Fraction, str]] = []
    spans: list[tuple[Fraction, Fraction]] = []
    for column in order if below else order[::-1]:
        left, right, turned = strip[column]
        middle_of_left_half = left + (right - left) / 4
        if not any(low < middle_of_left_half < high for low, high in spans):
            panels = sheet.fold.columns[column]
            name = panels.outside if turned is not below else panels.inside
            seen.append((-left if below else left, name))
        spans.append((left, right))
    return tuple(name for _, name in sorted(seen))


def closed(sheet: FoldedSheet, bends: list[Direction] | None = None) -> set[Any]:
    """Give all pairs of front and back that the folds can give."""
    strip, folds = closed_strip([spot.size.width.pt for spot in sheet.inside.spots])
    wanted = bends or [crease.direction for crease in sheet.fold.creases]
    return {
        tuple(sorted(faces(order, strip, sheet, below=below) for below in (False, True)))
        for order in permutations(range(len(strip)))
        if folds_flat(order, strip, folds, wanted)
    }


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", KINDS)
def test_folded_shut_the_cover_is_in_front_and_the_back_behind(
    kind: FoldKind, paper: Paper
) -> None:
    for stock in ("0.05", "0.1", "0.25", "0.4"):
        sheet = fold_sheet(kind, paper, mm(stock))
        assert closed(sheet) == {tuple(FRONTS_AND_BACKS[kind])}, stock


def test_a_wrong_crease_shows_another_panel() -> None:
    sheet = fold_sheet(FoldKind.ROLL, Paper.LETTER)
    bent = [Direction.VALLEY, Direction.MOUNTAIN]
    assert closed(sheet, bent) == {(("cover",), ("inside-right",))}


@pytest.mark.parametrize("kind", [FoldKind.ROLL, FoldKind.GATE, FoldKind.DOUBLE_PARALLEL])
def test_without_its_allowance_a_tucked_panel_jams_in_the_fold(
    kind: FoldKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    fold = FOLDS[kind]
    columns = tuple(replace(column, tucks=Fraction(0)) for column in fold.columns)
    monkeypatch.setitem(FOLDS, kind, replace(fold, columns=columns))
    assert closed(fold_sheet(kind, Paper.A4)) == set()


# In the hand


STAGES = {
    FoldKind.ROLL: [("cover",), ("inside-left", "flap"), INSIDE_3],
    FoldKind.Z: [
        ("cover",),
        ("inside-left", "inside-center"),
        ("inside-left", "inside-center", "back"),
        ("inside-right", "flap", "cover"),
    ],
    FoldKind.HALF: [("cover",), ("inside-left", "inside-right")],
    FoldKind.GATE: [("cover",), ("opening-left", "opening-right"), INSIDE_4],
    FoldKind.OPEN_GATE: [("gate-left", "gate-right"), INSIDE_3],
    FoldKind.DOUBLE_PARALLEL: [("cover",), ("opening-left", "opening-right"), INSIDE_4],
    FoldKind.ACCORDION: [
        ("cover",),
        ("inside-left", "inside-center-left"),
        INSIDE_4,
        ("back", "opening-left", "opening-right", "cover"),
    ],
}


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", KINDS)
def test_it_opens_as_in_the_hand(kind: FoldKind, paper: Paper) -> None:
    for stock in ("0.05", "0.4"):
        assert list(stages(fold_sheet(kind, paper, mm(stock)))) == STAGES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_each_panel_is_read_before_the_next_stage_is_opened(kind: FoldKind) -> None:
    first_seen: dict[str, int] = {}
    for number, stage in enumerate(STAGES[kind]):
        for panel in stage:
            first_seen.setdefault(panel, number)
    order = [panel for panel in FOLDS[kind].reading_order if panel != "back"]
    moments = [first_seen[panel] for panel in order]
    assert moments == sorted(moments)
    assert FOLDS[kind].reading_order[-1] == "back"


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_shows_each_stage(kind: FoldKind) -> None:
    """Each panel is painted in a colour of its own, and looked for in the picture."""
    sheet = fold_sheet(kind, Paper.A4)
    order = sheet.fold.reading_order
    colours = {panel: (20 + 25 * number, 0, 250) for number, panel in enumerate(order)}
    sides = []
    for side in sheet.sides:
        picture = Image.new("RGB", (round(side.size.width.pt), round(side.size.height.pt)))
        for spot in side.spots:
            box = (round(spot.left.pt), 0, round(spot.right.pt), picture.height)
            picture.paste(colours[spot.panel], box)
        sides.append(picture)
    shown = folded(sides, sheet, gap_px=10)
    names = {colour: panel for panel, colour in colours.items()}
    row = [shown.getpixel((x, shown.height // 2)) for x in range(shown.width)]
    found: list[list[str]] = [[]]
    for colour, run in groupby(row):
        wide = len(list(run)) > 5
        if colour == DESK and found[-1]:
            found.append([])
        elif colour in names and wide:
            found[-1].append(names[colour])
    assert [tuple(stage) for stage in found if stage] == STAGES[kind]
