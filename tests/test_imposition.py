"""Imposition: every page once, upright, its back behind it, in order after folding and cutting."""

from __future__ import annotations

import dataclasses
import re

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from imposing import (
    cut,
    one_after_another,
    piles,
    read_booklet,
    stack,
)
from imposition_tools import A5, CARD, HALF, planned
from pdf_tools import MM

from handouts.basics.choices import Flip
from handouts.basics.lengths import mm, parse_length
from handouts.basics.papers import SHEET_SIZES, Sheet
from handouts.cli.impose import impose as command
from handouts.imposition.plan import ImposedSheet, Plan
from handouts.imposition.schemes import Booklet, Grid, ImpositionOrder

MOST_PAGES = 64
FLIPS = (Flip.LONG, Flip.SHORT)
Leaf = tuple[int | None, int | None]


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
