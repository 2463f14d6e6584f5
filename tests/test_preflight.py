"""Preflight: what is right passes, for the office, a press and the screen; others judge alike."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pytest
import weasyprint
from pdf_tools import EVERY, Printed, printed, words_of
from pikepdf import Array, Dictionary, Name
from PIL import Image
from preflight_pdfs import (
    AREA,
    MM,
    OFFICE_PAGE,
    PRESS_GROUND,
    Recipe,
    box,
    drawn,
    good,
    helvetica,
)
from preflight_tools import (
    AREA_PLACE,
    NAMES,
    edit_page,
    near,
    only,
    set_key,
    told,
)

from handouts.basics.choices import Profile
from handouts.pipeline.own_look import LEFT_OUT
from handouts.preflight import document
from handouts.preflight.look import CHECKS, look_at_own, preflight
from handouts.preflight.result import Result

if TYPE_CHECKING:
    from pathlib import Path


# What is right passes


@pytest.mark.parametrize("profile", [Profile.OFFICE, Profile.PRESS])
def test_a_right_file_passes_every_check(profile: Profile) -> None:
    checks = preflight(good(press=profile is Profile.PRESS), profile)
    assert [check.name for check in checks] == NAMES
    for check, entry in zip(checks, CHECKS, strict=True):
        wanted = Result.PASS if profile in entry.profiles else Result.NOT_APPLICABLE
        assert check.result is wanted, check


def test_an_office_file_with_all_its_fonts_is_not_read_thing_by_thing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[object] = []
    monkeypatch.setattr(document, "painted_on", lambda page: (read.append(page), [])[1])
    look_at_own(good(press=False), Profile.OFFICE, (), str, LEFT_OUT[Profile.OFFICE])
    assert not read
    office = drawn("BT 0 g /F9 4 Tf 40 66 Td (Hello) Tj ET", press=False)
    lacking = replace(office, edit=lambda pdf: _give(pdf.pages[1], helvetica()))
    look_at_own(lacking.make(), Profile.OFFICE, (), str, LEFT_OUT[Profile.OFFICE])
    assert read, "a font is not there, and nobody looked whether it is shown"


def _give(page: pikepdf.Page, font: Dictionary) -> None:
    page.obj.Resources.Font["/F9"] = font


def test_a_place_is_measured_from_the_trim_and_not_from_the_page(tmp_path: Path) -> None:
    pdf = drawn("1 0 0 rg 50 100 10 20 re f").make()
    (check,) = only(pdf, Profile.PRESS, "colour-spaces")
    assert check.place_mm == (50.0, 90.0)


# The office profile


OFFICE_FAULTS: dict[str, tuple[str, Recipe, tuple[float, float] | None, Result]] = {
    "a page larger than its trim": (
        "boxes",
        edit_page(set_key("/TrimBox", lambda: box(-1)), press=False),
        None,
        Result.FAIL,
    ),
    "a line near the edge": (
        "safe-area",
        drawn("0 G 0.3 w 40 205 m 60 205 l S", press=False),
        (40, 4.8),
        Result.FAIL,
    ),
    "nearly black text": (
        "black-text",
        drawn("BT 0.1 0.1 0.1 rg /F1 4 Tf 40 66 Td (Black) Tj ET", press=False),
        AREA_PLACE,
        Result.FAIL,
    ),
    "an area in CMYK": (
        "colour-spaces",
        drawn(f"0 1 0 0 k {AREA}", press=False),
        AREA_PLACE,
        Result.WARN,
    ),
    "a hairline": (
        "hairlines",
        drawn("0.05 w 40 70 m 60 60 l S", press=False),
        AREA_PLACE,
        Result.WARN,
    ),
    "three pages": (
        "page-count",
        Recipe(press=False, pages=(OFFICE_PAGE, OFFICE_PAGE, OFFICE_PAGE)),
        None,
        Result.WARN,
    ),
    "a note": (
        "annotations",
        edit_page(
            set_key(
                "/Annots",
                lambda: Array(
                    [
                        Dictionary(
                            Type=Name.Annot,
                            Subtype=Name.Text,
                            Rect=Array([57 * MM, 80 * MM, 60 * MM, 87 * MM]),
                        )
                    ]
                ),
            ),
            press=False,
        ),
        AREA_PLACE,
        Result.WARN,
    ),
}


@pytest.mark.parametrize("case", OFFICE_FAULTS)
def test_an_office_fault_is_told_by_its_own_check_alone(case: str) -> None:
    name, recipe, place, result = OFFICE_FAULTS[case]
    check, *_ = only(recipe.make(), Profile.OFFICE, name, result)
    near(check, 3 if case == "three pages" else 2, place)


def test_coloured_text_is_only_named() -> None:
    (check,) = [
        row for row in preflight(good(press=False), Profile.OFFICE) if row.name == "black-text"
    ]
    assert (check.result, check.what) == (Result.PASS, "other text colours: #1a4c66")


def test_one_page_is_one_sided_and_well() -> None:
    pdf = Recipe(press=False, pages=(OFFICE_PAGE,)).make()
    assert told(preflight(pdf, Profile.OFFICE), Result.WARN) == []


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_our_own_pieces_pass_for_the_office(name: str, paper: str) -> None:
    checks = preflight(printed(name, paper).path.read_bytes(), Profile.OFFICE)
    trouble = told(checks) + told(checks, Result.WARN)
    assert [check for check in trouble if check.name != "safe-area"] == []


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_our_own_pieces_keep_clear_of_the_paper_edge(name: str, paper: str) -> None:
    checks = preflight(printed(name, paper).path.read_bytes(), Profile.OFFICE)
    assert [check for check in told(checks) if check.name == "safe-area"] == []


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_poppler_agrees_how_near_the_edge_our_pieces_print(name: str, paper: str) -> None:
    piece: Printed = printed(name, paper)
    checks = preflight(piece.path.read_bytes(), Profile.OFFICE)
    said = {check.page for check in told(checks) if "bottom" in check.what}
    low = [word for word in words_of(piece.path) if piece.size[1] - word.bottom < 6 * MM]
    assert {word.page + 1 for word in low} == said


# The screen profile


def tagged() -> bytes:
    html = (
        '<html lang="en"><head><title>A small file</title>'
        '<meta name="dcterms.created" content="2026-11-01">'
        '<meta name="dcterms.modified" content="2026-11-01"></head>'
        '<body><h1>Read me</h1><p><a href="https://www.example.com">A link</a></p></body></html>'
    )
    return bytes(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))


def test_a_tagged_file_passes_for_the_screen() -> None:
    checks = preflight(tagged(), Profile.SCREEN)
    assert told(checks) + told(checks, Result.WARN) == []
    assert next(check for check in checks if check.name == "tags").result is Result.PASS


def test_a_file_without_tags_fails_for_the_screen_by_its_rules() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(tagged())) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo
        pdf.save(out)
    rows = only(out.getvalue(), Profile.SCREEN, "tags")
    assert all(row.what.startswith("PDFUA1-") for row in rows)


def test_without_the_validator_nothing_passes_for_the_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "page", None)
    (row,) = only(tagged(), Profile.SCREEN, "tags")
    assert "not installed" in row.what
    assert "pip install 'handouts[accessibility]'" in row.mend


# Another judge


@pytest.mark.skipif(shutil.which("gs") is None, reason="needs ghostscript")
@pytest.mark.parametrize("ink", ["0.8 0.7 0.6 0.5", "0.2 0 0 0", "1 1 0.9 0.9"])
def test_ghostscript_separates_as_much_ink_as_is_said(ink: str, tmp_path: Path) -> None:
    path = tmp_path / "ink.pdf"
    path.write_bytes(Recipe(pages=((PRESS_GROUND, f"{ink} k {AREA}"), ())).make())
    said = sum(100 * float(part) for part in ink.split())
    rows = [row for row in preflight(path.read_bytes(), Profile.PRESS) if row.name == "ink-limit"]
    assert rows[0].number == pytest.approx(said, abs=0.5)
    subprocess.run(
        ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r36",
         "-dLastPage=1", f"-sOutputFile={tmp_path / 'ink.tif'}", path],
        check=True, capture_output=True,
    )  # fmt: skip
    plates = [np.asarray(Image.open(plate)) for plate in tmp_path.glob("ink*(*).tif")]
    assert len(plates) == 4
    most = sum((255 - plate.astype(int)) for plate in plates).max() / 255 * 100
    assert most == pytest.approx(said, abs=2)
