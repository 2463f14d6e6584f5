"""Preflight: every check is seen to catch what it is for, that alone, and in its place."""

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
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms
from preflight_pdfs import (
    AREA,
    MM,
    OFFICE_PAGE,
    PRESS_GROUND,
    PRESS_PAGE,
    PRESS_TEXT,
    XMP,
    Recipe,
    box,
    drawn,
    form,
    good,
    helvetica,
    image,
    with_resource,
)

from handouts.basics.choices import Profile
from handouts.basics.folds import FoldKind, fold_sheet
from handouts.basics.papers import Paper
from handouts.preflight.look import CHECKS, preflight
from handouts.preflight.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handouts.preflight.result import Check

NAMES = [entry.name for entry in CHECKS]
EVERY_DOT = 100 * 100


def told(checks: tuple[Check, ...], result: Result = Result.FAIL) -> list[Check]:
    return [check for check in checks if check.result is result]


def only(pdf: bytes, profile: Profile, name: str, result: Result = Result.FAIL) -> list[Check]:
    """Give the rows of the one check that must not pass; no other may fail or warn."""
    checks = preflight(pdf, profile)
    trouble = told(checks, Result.FAIL) + told(checks, Result.WARN)
    assert {(check.name, check.result) for check in trouble} == {(name, result)}, trouble
    assert all(check.mend for check in trouble)
    return trouble


def near(check: Check, page: int, place: tuple[float, float] | None = None) -> None:
    assert check.page == page, check
    if place is not None:
        assert check.place_mm == pytest.approx(place, abs=0.4), check


# What is right passes


@pytest.mark.parametrize("profile", [Profile.OFFICE, Profile.PRESS])
def test_a_right_file_passes_every_check(profile: Profile) -> None:
    checks = preflight(good(press=profile is Profile.PRESS), profile)
    assert [check.name for check in checks] == NAMES
    for check, entry in zip(checks, CHECKS, strict=True):
        wanted = Result.PASS if profile in entry.profiles else Result.NOT_APPLICABLE
        assert check.result is wanted, check


def test_a_place_is_measured_from_the_trim_and_not_from_the_page(tmp_path: Path) -> None:
    pdf = drawn("1 0 0 rg 50 100 10 20 re f").make()
    (check,) = only(pdf, Profile.PRESS, "colour-spaces")
    assert check.place_mm == (50.0, 90.0)


# Every check catches what it is for

Spoiled = tuple[str, Recipe, tuple[float, float] | None, float | None]


def _edit_page(change: Callable[[pikepdf.Object], object], *, press: bool = True) -> Recipe:
    return Recipe(press, edit=lambda pdf: change(pdf.pages[1].obj))


def _set(key: str, value: Callable[[], object]) -> Callable[[pikepdf.Object], object]:
    return lambda page: page.__setitem__(key, value())


def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _jpeg(ink: int) -> bytes:
    out = BytesIO()
    Image.new("CMYK", (100, 100), (ink, ink, ink, ink)).save(out, "JPEG", quality=95)
    return out.getvalue()


def _cmyk_jpeg(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    """Make a picture of full ink as programs of Adobe's kind store it: turned round."""
    stream = image(pdf, b"", Name.DeviceCMYK)
    stream.write(_jpeg(255), filter=Name.DCTDecode)
    stream.Decode = Array([1, 0] * 4)
    return stream


def _gradient(space: Name, *ends: list[float]) -> Dictionary:
    return Dictionary(
        ShadingType=2,
        ColorSpace=space,
        Coords=Array([0, 0, 10, 0]),
        Function=Dictionary(
            FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array(ends[0]), C1=Array(ends[1])
        ),
    )


def _tile(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    return pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 10, 10]),
        XStep=10,
        YStep=10,
        Resources=Dictionary(),
    )


def _form_in_a_form(pdf: pikepdf.Pdf, drawing: str, **resources: object) -> pikepdf.Stream:
    inner = form(pdf, drawing, **resources)
    return form(pdf, "q 1 0 0 1 0 -10 cm /Inner Do Q", XObject=Dictionary(Inner=inner))


def _named(kind: str, ink: str, tint: str = "1") -> Recipe:
    """Paint with one named ink."""
    made = Array(
        [
            Name.Separation,
            Name(f"/{ink}"),
            Name.DeviceCMYK,
            Dictionary(
                FunctionType=2,
                Domain=Array([0, 1]),
                N=1,
                C0=Array([0, 0, 0, 0]),
                C1=Array([0, 1, 1, 0]),
            ),
        ]
    )
    return with_resource(
        "ColorSpace", "Ink", lambda _pdf: made, f"/Ink cs {tint} scn {kind.replace('AT', '40 60')}"
    )


AREA_PLACE = (40, 140)
GROUND_TO_THE_TRIM = "0.1 0 0 0 k 0 0 148 210 re f"
FAILURES: dict[str, Spoiled] = {
    "no TrimBox": ("boxes", _edit_page(lambda page: page.__delitem__("/TrimBox")), None, None),
    "no BleedBox": ("boxes", _edit_page(lambda page: page.__delitem__("/BleedBox")), None, None),
    "2 mm of bleed": ("boxes", _edit_page(_set("/BleedBox", lambda: box(2))), None, 2.0),
    "bleed out of the page": (
        "boxes",
        _edit_page(_set("/MediaBox", lambda: box(2.5))),
        None,
        0.5,
    ),
    "one page larger": ("boxes", _edit_page(_set("/MediaBox", lambda: box(13))), None, 1.0),
    "cropped into the trim": ("boxes", _edit_page(_set("/CropBox", lambda: box(-1))), None, 4.0),
    "in other units": ("boxes", _edit_page(_set("/UserUnit", lambda: 2)), None, None),
    "artwork that ends at the top": (
        "bleed",
        Recipe(pages=(PRESS_PAGE, (PRESS_TEXT, "0.5 g 40 150 20 60 re f"))),
        (40, 0),
        0.0,
    ),
    "text near the left edge": (
        "safe-area",
        drawn("BT 0 0 0 1 k /F1 4 Tf 2 100 Td (H) Tj ET"),
        (2.3, 107.3),
        2.3,
    ),
    "text near the bottom edge": (
        "safe-area",
        drawn("BT 0 0 0 1 k /F1 4 Tf 70 3 Td (H) Tj ET"),
        (70.3, 204.3),
        3.0,
    ),
    "three pages": ("page-count", Recipe(pages=(PRESS_PAGE,) * 3), None, 3.0),
    "an area in RGB": ("colour-spaces", drawn(f"1 0 0 rg {AREA}"), AREA_PLACE, None),
    "a line in RGB": ("colour-spaces", drawn("1 0 0 RG 1 w 40 70 m 60 60 l S"), AREA_PLACE, None),
    "text in RGB": (
        "colour-spaces",
        drawn("BT 0 0 0 rg /F1 4 Tf 40 66 Td (Red) Tj ET"),
        AREA_PLACE,
        None,
    ),
    "an area in ICC RGB": (
        "colour-spaces",
        with_resource(
            "ColorSpace",
            "Screen",
            lambda pdf: Array([Name.ICCBased, pdf.make_stream(_srgb(), N=3)]),
            f"/Screen cs 1 0 0 scn {AREA}",
        ),
        AREA_PLACE,
        None,
    ),
    "a picture in RGB": (
        "colour-spaces",
        with_resource(
            "XObject",
            "Photo",
            lambda pdf: image(pdf, bytes(3 * EVERY_DOT), Name.DeviceRGB),
            "q 8 0 0 8 40 62 cm /Photo Do Q",
        ),
        AREA_PLACE,
        None,
    ),
    "a picture of RGB colours by number": (
        "colour-spaces",
        with_resource(
            "XObject",
            "Photo",
            lambda pdf: image(
                pdf,
                bytes(EVERY_DOT),
                Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\0\0\0\xff\xff\xff")]),
            ),
            "q 8 0 0 8 40 62 cm /Photo Do Q",
        ),
        AREA_PLACE,
        None,
    ),
    "a picture in the drawing itself": (
        "colour-spaces",
        drawn("q 0.05 0 0 0.05 40 69.95 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q"),
        AREA_PLACE,
        None,
    ),
    "a gradient in RGB": (
        "colour-spaces",
        with_resource(
            "Shading",
            "Blend",
            lambda _pdf: _gradient(Name.DeviceRGB, [1, 0, 0], [0, 0, 1]),
            f"q {AREA[:-1]} W n /Blend sh Q",
        ),
        None,
        None,
    ),
    "a tile in RGB": (
        "colour-spaces",
        with_resource("Pattern", "Tile", _tile, f"/Pattern cs /Tile scn {AREA}"),
        None,
        None,
    ),
    "RGB in a form in a form": (
        "colour-spaces",
        with_resource(
            "XObject",
            "Outer",
            lambda pdf: _form_in_a_form(pdf, "1 0 0 rg 40 70 10 10 re f"),
            "/Outer Do",
        ),
        AREA_PLACE,
        None,
    ),
    "black text of four inks": (
        "black-text",
        drawn("BT 0.6 0.4 0.4 1 k /F1 4 Tf 40 66 Td (Black) Tj ET"),
        AREA_PLACE,
        140.0,
    ),
    "black text of three inks": (
        "black-text",
        drawn("BT 0.9 0.9 0.9 0 k /F1 4 Tf 40 66 Td (Black) Tj ET"),
        AREA_PLACE,
        270.0,
    ),
    "text in the marks' colour": (
        "black-text",
        _named("BT /F1 4 Tf 40 66 Td (Black) Tj ET", "All", "0.75"),
        AREA_PLACE,
        225.0,
    ),
    "an area of 380 %": ("ink-limit", drawn(f"1 1 0.9 0.9 k {AREA}"), AREA_PLACE, 380.0),
    "a line of 301 %": (
        "ink-limit",
        drawn("1 1 1 0.01 K 1 w 40 70 m 60 60 l S"),
        AREA_PLACE,
        301.0,
    ),
    "an area in the marks' colour": ("ink-limit", _named(AREA, "All"), AREA_PLACE, 400.0),
    "a picture of 400 %": (
        "ink-limit",
        with_resource(
            "XObject",
            "Photo",
            lambda pdf: image(pdf, b"\xff" * 4 * EVERY_DOT, Name.DeviceCMYK),
            "q 8 0 0 8 40 62 cm /Photo Do Q",
        ),
        AREA_PLACE,
        400.0,
    ),
    "a JPEG of 400 %": (
        "ink-limit",
        with_resource("XObject", "Photo", _cmyk_jpeg, "q 8 0 0 8 40 62 cm /Photo Do Q"),
        AREA_PLACE,
        400.0,
    ),
    "a gradient to 400 %": (
        "ink-limit",
        with_resource(
            "Shading",
            "Blend",
            lambda _pdf: _gradient(Name.DeviceCMYK, [0, 0, 0, 0], [1, 1, 1, 1]),
            f"q {AREA[:-1]} W n /Blend sh Q",
        ),
        None,
        400.0,
    ),
    "no output intent": (
        "output-intent",
        Recipe(edit=lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
        None,
        None,
    ),
    "an output intent for screens": (
        "output-intent",
        Recipe(
            edit=lambda pdf: pdf.Root.OutputIntents[0].__setitem__(
                "/DestOutputProfile", pdf.make_stream(_srgb(), N=3)
            )
        ),
        None,
        None,
    ),
    "an output intent without a profile": (
        "output-intent",
        Recipe(edit=lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile")),
        None,
        None,
    ),
    "transparency without a group": (
        "blend-group",
        with_resource("ExtGState", "Half", lambda _pdf: Dictionary(ca=0.5), f"/Half gs {AREA}"),
        None,
        None,
    ),
    "a blend mode without a group": (
        "blend-group",
        with_resource(
            "ExtGState", "Mix", lambda _pdf: Dictionary(BM=Name.Multiply), f"/Mix gs {AREA}"
        ),
        None,
        None,
    ),
    "a soft mask without a group": (
        "blend-group",
        Recipe(
            edit=lambda pdf: pdf.pages[1].obj.Resources.XObject.Picture.__setitem__(
                "/SMask", image(pdf, bytes(EVERY_DOT), Name.DeviceGray)
            )
        ),
        None,
        None,
    ),
    "a group that blends in RGB": (
        "blend-group",
        _edit_page(
            _set("/Group", lambda: Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)),
        ),
        None,
        None,
    ),
    "a picture of 127 dpi": (
        "pictures",
        drawn("q 20 0 0 20 40 50 cm /Picture Do Q"),
        AREA_PLACE,
        127.0,
    ),
    "a picture drawn out to one side": (
        "pictures",
        drawn("q 8 0 0 20 40 50 cm /Picture Do Q"),
        AREA_PLACE,
        127.0,
    ),
    "a turned picture": ("pictures", drawn("q 0 20 -20 0 60 50 cm /Picture Do Q"), AREA_PLACE, 127),
    "a hairline": ("hairlines", drawn("0.07 w 40 70 m 60 60 l S"), AREA_PLACE, 0.198),
    "a line made thin by its matrix": (
        "hairlines",
        drawn("q 1 0 0 0.1 0 0 cm 0.5 w 40 700 m 60 600 l S Q"),
        AREA_PLACE,
        0.142,
    ),
    "the thinnest line": ("hairlines", drawn("0 w 40 70 m 60 60 l S"), AREA_PLACE, 0.0),
    "an area as narrow as a hairline": (
        "hairlines",
        drawn("0 g 40 69.95 30 0.05 re f"),
        AREA_PLACE,
        0.142,
    ),
    "a font that is not there": (
        "fonts",
        with_resource(
            "Font", "F9", lambda _pdf: helvetica(), "BT 0 g /F9 4 Tf 40 66 Td (Hello) Tj ET"
        ),
        AREA_PLACE,
        None,
    ),
    "a font that is not there in a form in a form": (
        "fonts",
        with_resource(
            "XObject",
            "Outer",
            lambda pdf: _form_in_a_form(
                pdf,
                "BT 0 g /F9 4 Tf 40 76 Td (Hello) Tj ET",
                Font=Dictionary(F9=helvetica()),
            ),
            "/Outer Do",
        ),
        AREA_PLACE,
        None,
    ),
    "no title": (
        "metadata",
        Recipe(edit=lambda pdf: pdf.docinfo.__delitem__("/Title")),
        None,
        None,
    ),
    "no date": (
        "metadata",
        Recipe(edit=lambda pdf: pdf.docinfo.__delitem__("/ModDate")),
        None,
        None,
    ),
    "a date that does not exist": (
        "metadata",
        Recipe(edit=lambda pdf: pdf.docinfo.__setitem__("/ModDate", "D:20261340000000Z")),
        None,
        None,
    ),
    "a time zone that does not exist": (
        "metadata",
        Recipe(edit=lambda pdf: pdf.docinfo.__setitem__("/ModDate", "D:20261101000000+5.5'00'")),
        None,
        None,
    ),
    "no language": ("metadata", Recipe(edit=lambda pdf: pdf.Root.__delitem__("/Lang")), None, None),
    "another standard": (
        "metadata",
        Recipe(edit=lambda pdf: pdf.Root.Metadata.write(XMP.format("PDF/X-3:2003").encode())),
        None,
        None,
    ),
    "not said whether trapped": (
        "metadata",
        Recipe(edit=lambda pdf: pdf.docinfo.__delitem__("/Trapped")),
        None,
        None,
    ),
    "a link": (
        "annotations",
        _edit_page(
            _set(
                "/Annots",
                lambda: Array(
                    [
                        Dictionary(
                            Type=Name.Annot,
                            Subtype=Name.Link,
                            Rect=Array([(17 + 60) * MM, (17 + 60) * MM, 57 * MM, 87 * MM]),
                        )
                    ]
                ),
            )
        ),
        AREA_PLACE,
        None,
    ),
    "a lock that opens": (
        "encryption",
        Recipe(encryption=pikepdf.Encryption(owner="secret", user="")),
        None,
        None,
    ),
}
WHOLE_FILE = {"output-intent", "metadata", "encryption"}


@pytest.mark.parametrize("case", FAILURES)
def test_a_fault_fails_its_own_check_alone_and_is_placed(case: str) -> None:
    name, recipe, place, number = FAILURES[case]
    (check, *others) = only(recipe.make(), Profile.PRESS, name)
    assert {other.page for other in others} <= {check.page}
    last_page = 0 if name in WHOLE_FILE else 3 if case == "three pages" else 2
    near(check, last_page, place)
    if number is not None:
        assert check.number == pytest.approx(number, abs=0.15)


def test_every_check_has_a_fault_that_it_catches() -> None:
    assert {name for name, *_ in FAILURES.values()} | {"tags"} == set(NAMES)


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
        (_named(AREA, "PANTONE 123 C"), "colour-spaces", Result.WARN),
        (_edit_page(_set("/Rotate", lambda: 90)), "boxes", Result.WARN),
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
        "BT 3 Tr 0.6 0.4 0.4 1 k /F1 4 Tf 40 66 Td (Unseen) Tj ET",
    ],
)
def test_what_is_just_within_its_limit_passes(drawing: str) -> None:
    checks = preflight(drawn(drawing).make(), Profile.PRESS)
    assert told(checks) + told(checks, Result.WARN) == []


def test_a_jpegs_decode_array_is_followed() -> None:
    """The same dots are full ink or none, by the array."""

    def unturned(pdf: pikepdf.Pdf) -> pikepdf.Stream:
        stream = _cmyk_jpeg(pdf)
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
    recipe = _named(f"/Ink CS 1 SCN 0.1 w {marks}", "All")
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


# The office profile

OFFICE_FAULTS: dict[str, tuple[str, Recipe, tuple[float, float] | None, Result]] = {
    "a page larger than its trim": (
        "boxes",
        _edit_page(_set("/TrimBox", lambda: box(-1)), press=False),
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
        _edit_page(
            _set(
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
