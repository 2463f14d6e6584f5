"""Preflight misses nothing that stops a press, and finds nothing in what is sound."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image
from preflight_pdfs import OFFICE_PAGE, Recipe, drawn, good, image, with_resource
from preflight_stops import SOUND, STOPS
from preflight_tools import only, told

from handouts.basics.choices import Limits, Profile
from handouts.preflight.look import preflight
from handouts.preflight.result import Result


@pytest.mark.parametrize("case", STOPS)
def test_a_fault_that_stops_a_press_is_caught_by_its_own_check(case: str) -> None:
    name, recipe = STOPS[case]
    found = only(recipe.make(), Profile.PRESS, name)
    assert {check.page for check in found} <= {0, 1, 2}


@pytest.mark.parametrize("case", SOUND)
def test_what_is_sound_is_let_through(case: str) -> None:
    checks = preflight(SOUND[case].make(), Profile.PRESS)
    found = told(checks) + told(checks, Result.WARN)
    if case == "text below a see-through area":  # its blend is the first page's group's matter
        found = [check for check in found if check.name != "blend-group"]
    assert found == []


def test_damage_that_readers_mend_is_told() -> None:
    whole = good(press=True)
    at = whole.rindex(b"startxref") + 10
    number = int(whole[at:].split()[0])
    moved = whole[:at] + str(number - 7).encode() + whole[at + len(str(number)) :]
    (check,) = only(moved, Profile.PRESS, "structure")
    assert "table of objects" in check.what


def test_a_stream_that_is_cut_short_is_told() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[1].obj.Contents
        packed = zlib.compress(stream.read_bytes())
        stream.write(packed[:-6], filter=Name.FlateDecode)

    checks = preflight(Recipe(edit=edit).make(), Profile.PRESS)
    assert "structure" in {check.name for check in told(checks)}


def test_an_office_file_without_a_trim_box_and_with_dark_grey_text_is_sound() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            del page.obj["/TrimBox"]

    grey = "BT 0.2 g /F1 4 Tf 40 66 Td (Dark grey) Tj ET"
    pdf = Recipe(press=False, pages=(OFFICE_PAGE, (*OFFICE_PAGE, grey)), edit=edit).make()
    assert told(preflight(pdf, Profile.OFFICE)) == []


def test_text_that_is_invisible_warns() -> None:
    pdf = drawn("BT 3 Tr 0.6 0.4 0.4 1 k /F1 4 Tf 40 66 Td (Unseen) Tj ET").make()
    only(pdf, Profile.PRESS, "text", Result.WARN)


def test_a_jpeg_2000_picture_is_named() -> None:
    def make(pdf: pikepdf.Pdf) -> pikepdf.Stream:
        out = BytesIO()
        Image.new("L", (100, 100), 128).save(out, "JPEG2000")
        stream = image(pdf, b"", Name.DeviceGray)
        stream.write(out.getvalue(), filter=Name.JPXDecode)
        return stream

    pdf = with_resource("XObject", "Jpx", make, "q 8 0 0 8 40 60 cm /Jpx Do Q").make()
    (check,) = only(pdf, Profile.PRESS, "device-parts", Result.WARN)
    assert "JPEG 2000" in check.what


def test_american_limits_let_text_stand_an_eighth_of_an_inch_from_the_trim() -> None:
    pdf = drawn("BT 0 0 0 1 k /F1 4 Tf 3.3 100 Td (H) Tj ET").make()
    (check,) = only(pdf, Profile.PRESS, "safe-area")
    assert check.limit == 5
    assert told(preflight(pdf, Profile.PRESS, limits=Limits.US)) == []
    nearer = drawn("BT 0 0 0 1 k /F1 4 Tf 2 100 Td (H) Tj ET").make()
    (check,) = told(preflight(nearer, Profile.PRESS, limits=Limits.US))
    assert check.limit == 3.175
