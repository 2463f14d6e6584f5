"""Preflight: bleed, folds, and limits that are where they are said to be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pdf_tools import printed
from pikepdf import Dictionary, Name
from preflight_pdfs import (
    AREA,
    PRESS_PAGE,
    PRESS_TEXT,
    Recipe,
    drawn,
    form,
    good,
    helvetica,
    with_resource,
)
from preflight_tools import (
    cmyk_jpeg,
    edit_page,
    named_in,
    near,
    only,
    set_key,
    told,
)

from handouts.basics.choices import Profile
from handouts.basics.folds import FoldKind, fold_sheet
from handouts.basics.papers import Paper
from handouts.preflight.look import preflight
from handouts.preflight.result import Result

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.preflight.result import Check


GROUND_TO_THE_TRIM = "0.1 0 0 0 k 0 0 148 210 re f"


# Bleed


def edges(checks: list[Check]) -> set[str]:
    return {check.what.split(" the ")[1].split()[0] for check in checks}


@pytest.mark.parametrize(
    ("area", "edge", "place", "reach"),
    [
        ("0 60 20 20", "left", (0, 130), 0),
        ("128 60 20 20", "right", (148, 130), 0),
        ("40 190 20 20", "top", (40, 0), 0),
        ("40 0 20 20", "bottom", (40, 210), 0),
        ("-1.5 60 21.5 20", "left", (0, 130), 1.5),
        ("40 190 20 21.5", "top", (40, 0), 1.5),
        ("40 190 20 20 re 40 211.5 20 2", "top", (40, 0), 0),
    ],
)
def test_artwork_that_stops_short_of_the_bleed_is_seen(
    area: str, edge: str, place: tuple[float, float], reach: float
) -> None:
    page = (PRESS_TEXT, f"0.5 g {area} re f")
    (check,) = only(Recipe(pages=(PRESS_PAGE, page)).make(), Profile.PRESS, "bleed")
    assert edges([check]) == {edge}
    near(check, 2, place)
    assert check.number == pytest.approx(reach, abs=0.3)
    assert check.limit == 3


def test_a_ground_that_ends_at_the_trim_fails_on_all_edges() -> None:
    recipe = Recipe(pages=(PRESS_PAGE, (GROUND_TO_THE_TRIM, PRESS_TEXT)))
    assert edges(only(recipe.make(), Profile.PRESS, "bleed")) == {"left", "right", "top", "bottom"}


@pytest.mark.parametrize(
    "artwork",
    [
        "0.5 g 40 190 20 25 re f",
        "0.5 g 40 190 m 60 190 l 66 216 l 46 216 l f",
        "0.5 g -3 60 3 20 re 0 60 20 20 re f",
        "1 g 40 190 20 20 re f",
        "0.5 g 40 190 20 19 re f",
        "0 0 0 1 K 0.2 w -11 0 m -5 0 l S 0 -11 m 0 -5 l S",
    ],
    ids=["filled", "slanting", "in two parts", "white", "off the trim", "crop marks"],
)
def test_artwork_that_bleeds_or_keeps_off_passes(artwork: str) -> None:
    recipe = Recipe(pages=(PRESS_PAGE, (PRESS_TEXT, artwork)))
    assert told(preflight(recipe.make(), Profile.PRESS)) == []


# Limits are where they are said to be


@pytest.mark.parametrize(
    ("recipe", "name", "result"),
    [
        (drawn("q 9.2 0 0 9.2 40 50 cm /Picture Do Q"), "pictures", Result.WARN),
        (named_in(AREA, "PANTONE 123 C"), "colour-spaces", Result.WARN),
        (edit_page(set_key("/Rotate", lambda: 90)), "boxes", Result.WARN),
    ],
    ids=["276 dpi", "a spot colour", "a turned page"],
)
def test_what_is_doubtful_for_a_press_warns(recipe: Recipe, name: str, result: Result) -> None:
    (check,) = only(recipe.make(), Profile.PRESS, name, result)
    assert check.page == 2


@pytest.mark.parametrize(
    "drawing",
    [
        "q 8.46 0 0 8.46 40 50 cm /Picture Do Q",
        f"1 1 1 0 k {AREA}",
        "0 0 0 1 K 0.0883 w 40 70 m 60 60 l S",
        "BT 0 g /F1 4 Tf 40 66 Td (Gray) Tj ET",
        "BT 0 0 0 0.8 k /F1 4 Tf 40 66 Td (Dark gray) Tj ET",
        "BT 1 0.8 0 0.4 k /F1 4 Tf 40 66 Td (Navy) Tj ET",
        "BT 0 0 0 1 k /F1 4 Tf 5.1 100 Td (I) Tj ET",
        "BT 0 0 0 1 k /F1 3 Tf 70 -10 Td (A mark's label) Tj ET",
    ],
)
def test_what_is_just_within_its_limit_passes(drawing: str) -> None:
    checks = preflight(drawn(drawing).make(), Profile.PRESS)
    assert told(checks) + told(checks, Result.WARN) == []


def test_a_jpegs_decode_array_is_followed() -> None:
    """The same dots are full ink or none, by the array."""

    def unturned(pdf: pikepdf.Pdf) -> pikepdf.Stream:
        stream = cmyk_jpeg(pdf)
        del stream.Decode
        return stream

    recipe = with_resource("XObject", "Photo", unturned, "q 8 0 0 8 40 62 cm /Photo Do Q")
    assert told(preflight(recipe.make(), Profile.PRESS)) == []


def test_a_group_in_the_presss_inks_lets_things_be_see_through() -> None:
    recipe = with_resource("ExtGState", "Half", lambda _: Dictionary(ca=0.5), f"/Half gs {AREA}")

    def edit(pdf: pikepdf.Pdf) -> None:
        recipe.edit(pdf)
        pdf.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)

    pdf = Recipe(pages=recipe.pages, edit=edit).make()
    assert told(preflight(pdf, Profile.PRESS)) == []


def test_marks_beside_the_bleed_may_be_in_all_inks() -> None:
    marks = "-10 100 m -5 100 l S BT /F1 3 Tf 60 -9 Td (Cyan) Tj ET"
    recipe = named_in(f"/Ink CS 1 SCN 0.1 w {marks}", "All")
    checks = preflight(recipe.make(), Profile.PRESS)
    assert told(checks) + told(checks, Result.WARN) == []


def test_the_same_trouble_is_told_once_a_page_with_how_often() -> None:
    pdf = Recipe(pages=((*PRESS_PAGE, *[f"1 0 0 rg {AREA}"] * 5), PRESS_PAGE)).make()
    (check,) = only(pdf, Profile.PRESS, "colour-spaces")
    assert (check.page, check.times) == (1, 5)


# Folds


@pytest.mark.parametrize("profile", [Profile.OFFICE, Profile.PRESS])
def test_text_near_a_fold_is_seen_where_folds_are_known(profile: Profile) -> None:
    pdf = good(press=profile is Profile.PRESS)
    crossing, close, clear = 25.0, 18.0, 13.0
    for fold, number in ((crossing, 0.0), (close, 2.3)):
        (first, *_) = told(preflight(pdf, profile, [[], [fold]]))
        assert (first.name, first.page) == ("safe-area", 2)
        assert first.number == pytest.approx(number, abs=0.5)
        assert first.limit == 6.35
    assert told(preflight(pdf, profile, [[clear], [clear]])) == []


@pytest.mark.parametrize("kept", ["H", "\t"])
def test_words_kept_beside_glyphs_in_a_form_are_judged_where_they_are_drawn(kept: str) -> None:
    """PDFium tells the place of such words as if their form lay at the page's corner."""
    actual = kept.encode("utf-16-be").hex()
    spoken = f"/Span <</ActualText <feff{actual}>>> BDC BT 0 g /F1 4 Tf 30 100 Td (H) Tj ET EMC"
    recipe = drawn("q 1 0 0 1 50 0 cm /Spoken Do Q", press=False)

    def edit(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[1].obj.Resources
        resources.XObject.Spoken = form(pdf, spoken, Font=resources.Font)

    pdf = replace(recipe, edit=edit).make()
    for fold, number in ((86.0, 3.1), (30.0, None)):
        found = told(preflight(pdf, Profile.OFFICE, [[], [fold]]))
        near_it = [check.number for check in found if check.place_mm and check.place_mm[1] > 90]
        assert near_it == ([] if number is None else [pytest.approx(number, abs=0.5)])


def test_folds_must_be_given_for_each_page() -> None:
    with pytest.raises(ValueError, match="folds for 1 pages, of 2"):
        preflight(good(press=True), Profile.PRESS, [[50.0]])


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_folds_of_our_own_roll_fold_are_known(paper: str, tmp_path: Path) -> None:
    """A word set across a fold fails; in the same file without page labels it does not."""
    outside = fold_sheet(FoldKind.ROLL, Paper(paper)).outside
    path = tmp_path / "crossing.pdf"
    with pikepdf.open(printed("brochure", paper).path) as pdf:
        page = pdf.pages[0]
        page.obj.Resources.Font = Dictionary(F1=helvetica())
        across = float(outside.folds[0].pt) - 20
        page.contents_add(f"BT 0 g /F1 20 Tf {across:.2f} 300 Td (across) Tj ET".encode())
        pdf.save(path)
        labels = pdf.Root.PageLabels
        del pdf.Root.PageLabels
        pdf.save(tmp_path / "unlabelled.pdf")
        assert labels is not None
    crossing = [
        check
        for check in told(preflight(path.read_bytes(), Profile.OFFICE))
        if "fold" in check.what
    ]
    assert [(check.page, check.number) for check in crossing] == [(1, 0.0)]
    unlabelled = preflight((tmp_path / "unlabelled.pdf").read_bytes(), Profile.OFFICE)
    assert not any("fold" in check.what for check in unlabelled)
