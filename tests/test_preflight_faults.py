"""Preflight for a press: every check is seen to catch what it is for, that alone, in its place."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms
from preflight_pdfs import (
    AREA,
    MM,
    PRESS_PAGE,
    PRESS_TEXT,
    XMP,
    Recipe,
    box,
    drawn,
    form,
    helvetica,
    image,
    with_resource,
)
from preflight_stops import STOPS
from preflight_tools import (
    AREA_PLACE,
    NAMES,
    cmyk_jpeg,
    edit_page,
    named_in,
    near,
    only,
    set_key,
)

from handouts.basics.choices import Profile

EVERY_DOT = 100 * 100


# Every check catches what it is for


Spoiled = tuple[str, Recipe, tuple[float, float] | None, float | None]


def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


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


FAILURES: dict[str, Spoiled] = {
    "no TrimBox": ("boxes", edit_page(lambda page: page.__delitem__("/TrimBox")), None, None),
    "no BleedBox": ("boxes", edit_page(lambda page: page.__delitem__("/BleedBox")), None, None),
    "2 mm of bleed": ("boxes", edit_page(set_key("/BleedBox", lambda: box(2))), None, 2.0),
    "bleed out of the page": (
        "boxes",
        edit_page(set_key("/MediaBox", lambda: box(2.5))),
        None,
        0.5,
    ),
    "one page larger": ("boxes", edit_page(set_key("/MediaBox", lambda: box(13))), None, 1.0),
    "cropped into the trim": ("boxes", edit_page(set_key("/CropBox", lambda: box(-1))), None, 4.0),
    "in other units": ("boxes", edit_page(set_key("/UserUnit", lambda: 2)), None, None),
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
        named_in("BT /F1 4 Tf 40 66 Td (Black) Tj ET", "All", "0.75"),
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
    "an area in the marks' colour": ("ink-limit", named_in(AREA, "All"), AREA_PLACE, 400.0),
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
        with_resource("XObject", "Photo", cmyk_jpeg, "q 8 0 0 8 40 62 cm /Photo Do Q"),
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
        edit_page(
            set_key("/Group", lambda: Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)),
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
    "a font that is not there, without a descriptor": (
        "fonts",
        with_resource(
            "Font",
            "F9",
            lambda _pdf: Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Owned),
            "BT 0 g /F9 4 Tf 40 66 Td (Hello) Tj ET",
        ),
        AREA_PLACE,
        None,
    ),
    "a font that is not there, described by another name": (
        "fonts",
        with_resource(
            "Font",
            "F9",
            lambda _pdf: Dictionary(
                Type=Name.Font,
                Subtype=Name.TrueType,
                BaseFont=Name.Owned,
                FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name.Other, Flags=32),
            ),
            "BT 0 g /F9 4 Tf 40 66 Td (Hello) Tj ET",
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
        edit_page(
            set_key(
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
    caught = {name for name, *_ in (*FAILURES.values(), *STOPS.values())}
    assert caught | {"tags", "structure"} == set(NAMES)  # damage: test_preflight_stops.py
