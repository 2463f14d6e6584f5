"""How a patient's sheet is paged: read from the finished files."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from pdf_tools import letters
from sheet_tools import (
    ADA,
    LEVATOR,
    OPEN_BOOK,
    RELEASE,
    TRAPEZIUS,
    from_options,
    resolved,
    shared_sheet,
    whole_content,
)

from handouts.mail_merge.layouts import make_layout
from handouts.mail_merge.rows import RunRow, layout_of, lines_of
from handouts.render.page_breaks import MOST_VOID

if TYPE_CHECKING:
    from pathlib import Path

ALL_FOUR = ("--programme", "all-four", "--date", "2026-12-01")
LEAST_LINES = 8
"""A page with fewer looks like a slip."""


@cache
def ends_of(path: Path) -> tuple[tuple[int, float], ...]:
    """Give for each page how many lines stand above its foot, and how much of it is void."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for page in document:
        height = page.get_height()
        foot = 0.13 * height
        text = page.get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        tops = {round(top / 4) for _, _, _, top in boxes if top > foot}
        lowest = min(bottom for _, bottom, _, top in boxes if top > foot)
        found.append((len(tops), (lowest - foot) / height))
    document.close()
    return tuple(found)


def pages_for(weeks: int, *more: str) -> int:
    return len(shared_sheet(*ADA, *ALL_FOUR, "--weeks", str(weeks), *more)[0].pages)


def test_more_weeks_never_give_fewer_pages() -> None:
    """Rows of the log were joined past four weeks alone, so that these took fewer pages."""
    counts = [pages_for(weeks) for weeks in (4, 6, 8)]
    assert all(fewer <= more for fewer, more in pairwise(counts)), counts
    assert counts[:2] == [2, 2]


@pytest.mark.parametrize(
    "more",
    [("--weeks", "5", "--edition", "large-print"), ("--weeks", "8")],
    ids=["large print", "three sides"],
)
def test_no_page_is_all_but_empty(more: tuple[str, ...]) -> None:
    sheet, _ = shared_sheet(*ADA, *ALL_FOUR, *more)
    ends = ends_of(sheet.path)
    assert all(lines >= LEAST_LINES for lines, _ in ends), ends
    if "large-print" not in more:
        assert max(void for _, void in ends) < MOST_VOID + 0.05, ends


def test_an_exercise_in_large_print_stands_on_one_side() -> None:
    sheet, _ = shared_sheet(*ADA, *ALL_FOUR, "--weeks", "5", "--edition", "large-print")
    for name in (RELEASE, OPEN_BOOK, LEVATOR, TRAPEZIUS):
        exercise = whole_content().content.exercises[name]
        page = letters(sheet.pages[sheet.page_of(exercise.purpose)])
        texts = (exercise.name, *exercise.stop_if, *exercise.mistakes)
        assert all(letters(text) in page for text in texts if "{" not in text), name


def test_the_log_in_large_print_has_its_heading_on_its_page() -> None:
    sheet, _ = shared_sheet(*ADA, *ALL_FOUR, "--weeks", "5", "--edition", "large-print")
    assert sheet.page_of("Tick each time you did it") == sheet.page_of("Dec 1 – Dec 7")
    assert sheet.page_of("Dec 29 – Jan 4") == sheet.page_of("Before you go") == len(sheet.pages) - 1


def test_what_is_advised_is_not_what_is_already_used() -> None:
    _, by_itself = shared_sheet(*ADA, *ALL_FOUR, "--weeks", "8")
    assert by_itself.finding_with("the sheet has 3 sides", "give fewer exercises or fewer weeks")
    assert "--layout" not in by_itself.err
    _, chosen = shared_sheet(*ADA, *ALL_FOUR, "--layout", "1")
    assert chosen.finding_with("the sheet has 5 sides", "give fewer exercises or --layout 4")


def test_a_run_has_the_same_pages() -> None:
    sides = ("each", None, "each", "each")
    exercises = (OPEN_BOOK, RELEASE, LEVATOR, TRAPEZIUS)
    written = [
        name if side is None else f"{name}:side={side}"
        for name, side in zip(exercises, sides, strict=True)
    ]
    layer = from_options(*written, patient="Ada Sample", date="2026-12-01", log_weeks=4)
    row = RunRow("", resolved(layer))
    lines = lines_of(row)
    assert lines is not None
    layout = make_layout(whole_content(), layout_of(row, lines), None)
    assert layout.pages == pages_for(4)
