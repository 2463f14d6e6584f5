"""How empty a page may be: what is measured, told and refused, and what a content asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from promised import change
from sheet_tools import from_options, resolved, whole_content

from handouts.compose.compose import compose_sheet
from handouts.prescribe.page_layouts import arrangements
from handouts.render.loaded_engine import font_configuration, weasyprint
from handouts.render.patches.page_marks import Rect, marks, type_area
from handouts.render.voids import REFUSED, TOLD, largest_empty

if TYPE_CHECKING:
    from conftest import ClinicFolder

SHEET = (
    "@page { size: 100mm 120.3mm; margin: 10mm; } "
    "body, p { margin: 0; font-size: 6mm; line-height: 10mm; } "
    "table { width: 100%; border-collapse: collapse; table-layout: fixed; } "
    "td { padding: 0; vertical-align: top; }"
)
"""Its room is 80 mm by 100.3 mm, so that a line is a tenth of it."""
EMPTY = "is empty in one place"


def share(body: str, styles: str = "") -> float:
    """Lay out a page, and give its largest void as a share."""
    html = f"<style>{SHEET}{styles}</style><body>{body}"
    (page,) = weasyprint().HTML(string=html).render(font_config=font_configuration()).pages
    room = type_area(page)
    return largest_empty(room, list(marks(page))).area / room.area


def lines(number: int) -> str:
    return "<p>Word</p>" * number


TRIANGLE = '<svg width="20mm" height="70mm" viewBox="0 0 2 7"><path d="M0 0h2v7z"/></svg>'


@pytest.mark.parametrize(
    ("body", "void"),
    [
        (lines(9), 0.1),
        (lines(6), 0.4),
        ("", 1.0),
        # In the middle, as large as at the end.
        (f'{lines(3)}<div style="height: 40mm"></div>{lines(2)}', 0.42),
        # Half the width, 7 of 10 lines.
        (f"<table><tr><td>{lines(9)}</td><td>{lines(3)}</td></tr></table>", 0.35),
        # A ground below words hides no void; alone it is a shape, and a frame is room to write.
        (f'<div style="background: #ccc; height: 100mm">{lines(4)}</div>', 0.6),
        ('<div style="background: #ccc; height: 80mm"></div>', 0.2),
        ('<div style="border: 1mm solid; height: 78mm"></div>', 0.2),
        ('<div style="background: linear-gradient(#ccc, #fff); height: 100mm">A</div>', 0.0),
        # Lines to write on.
        ('<div style="border-bottom: 1mm solid; height: 19mm"></div>' * 5, 0.19),
        # What is clipped is not seen.
        (f'<div style="height: 20mm; overflow: hidden">{lines(9)}</div>', 0.8),
        (f'<div style="height: 70mm">{TRIANGLE}</div>', 0.3),
        ('<p style="position: absolute; top: 60mm; left: 0; right: 0">Word</p>', 0.6),
    ],
)
def test_a_void_is_the_largest_empty_rectangle(body: str, void: float) -> None:
    assert share(body) == pytest.approx(void, abs=0.025)


def test_a_foot_is_no_part_of_the_room() -> None:
    foot = '@page { @bottom-left { content: "Foot"; } }'
    assert share(lines(6), foot) == pytest.approx(0.4, abs=0.025)


def test_rectangles_are_compared_by_area() -> None:
    room = Rect(0, 0, 10, 10)
    corner = Rect(0, 0, 6, 9)
    assert largest_empty(room, [corner]) == Rect(6, 0, 10, 10)
    assert largest_empty(room, [corner, Rect(9, 0, 10, 1)]) == Rect(6, 1, 10, 10)
    assert largest_empty(room, []) == room
    assert largest_empty(room, [room]).area == 0


def asks(clinic: ClinicFolder, *names: str, piece: str = "explainer") -> None:
    """Let the content have one piece alone, which asks for these places to be empty."""

    def alone(data: dict[str, Any]) -> None:
        data["handouts"] = {piece: {**data["handouts"][piece], "may_be_empty": list(names)}}

    change(clinic, alone)


def filled_but_for(clinic: ClinicFolder, void: float) -> None:
    """Fill the explainer's only page with a shape, so that this share of it is left empty."""
    asks(clinic)
    mm = re.search(r"\((\d+) mm, from (\d+) mm below", clinic.run("build").err)
    assert mm is not None
    tall, below = int(mm[1]), int(mm[2])
    shape = f".end {{ height: {tall - void * (tall + below):.0f}mm; background: #ccc; }}"
    (clinic.path / "styles" / "clinic.css").write_text(shape, encoding="utf-8")


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_page_that_is_mostly_empty_is_refused(plain_clinic: ClinicFolder, command: str) -> None:
    filled_but_for(plain_clinic, REFUSED + 0.02)
    outcome = plain_clinic.run(command)
    assert outcome.code == 4
    error = outcome.the_error("35 % of the page is empty in one place", "page 1")
    assert error.startswith(plain_clinic.place("explainer:"))
    assert "To mend: add to it; where it is meant, write may_be_empty: [last-page]" in error
    assert not (plain_clinic.out / "explainer.pdf").exists()


def test_a_page_that_is_rather_empty_is_told(plain_clinic: ClinicFolder) -> None:
    filled_but_for(plain_clinic, 0.28)
    outcome = plain_clinic.run("build")
    assert outcome.code == 0, outcome.err
    assert " warning: 28 % of the page is empty" in outcome.the_finding(EMPTY)


def test_a_page_that_is_full_enough_is_not(plain_clinic: ClinicFolder) -> None:
    filled_but_for(plain_clinic, TOLD - 0.02)
    outcome = plain_clinic.run("build")
    assert (outcome.code, outcome.finding_with(EMPTY)) == (0, False), outcome.err


@pytest.mark.parametrize("name", ["page-1", "last-page"])
def test_what_the_content_asks_for_is_not_told(plain_clinic: ClinicFolder, name: str) -> None:
    asks(plain_clinic, name)
    outcome = plain_clinic.run("build")
    assert (outcome.code, outcome.finding_with(EMPTY)) == (0, False), outcome.err
    asks(plain_clinic)
    assert plain_clinic.run("build").code == 4, "what is asked for is an input of the file"


def test_a_panel_is_named_with_its_line(plain_clinic: ClinicFolder) -> None:
    asks(plain_clinic, "front", piece="testimonials")
    found = plain_clinic.run("build").the_finding("% of the panel is empty", "panel back")
    assert "may_be_empty: [back]" in found
    assert found.startswith(plain_clinic.place("back: []"))


def test_large_print_is_told_and_not_refused(plain_clinic: ClinicFolder) -> None:
    asks(plain_clinic)
    outcome = plain_clinic.run("build", "--edition", "large-print")
    assert outcome.code == 0, outcome.err
    found = [one for one in outcome.findings if EMPTY in one]
    assert found
    assert all(" warning: " in one for one in found)
    assert all(("which saves the page" in one) is ("page 2" in one) for one in found)


@pytest.mark.parametrize(("wrong", "right"), [("bak", "back"), ("page-0", "page-1")])
def test_a_name_that_is_no_place_is_refused(
    plain_clinic: ClinicFolder, wrong: str, right: str
) -> None:
    asks(plain_clinic, wrong, piece="testimonials")
    outcome = plain_clinic.run("build")
    assert outcome.code == 3
    assert right in outcome.the_error(f'may_be_empty names "{wrong}"')


def test_a_patients_sheet_is_never_held_up() -> None:
    loaded = whole_content()
    sheet = resolved(from_options(next(iter(loaded.content.exercises)), patient="Ada Sample"))
    arrangement, *_ = arrangements(sheet)
    assert compose_sheet(loaded, sheet, arrangement).may_be_empty is None
