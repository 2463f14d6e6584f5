"""What the tests of preflight share: how its rows are judged, and pages spoiled for it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image
from preflight_pdfs import (
    Recipe,
    image,
    with_resource,
)

from handouts.preflight.look import CHECKS, preflight
from handouts.preflight.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.basics.choices import Profile
    from handouts.preflight.result import Check


NAMES = [entry.name for entry in CHECKS]


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


def edit_page(change: Callable[[pikepdf.Object], object], *, press: bool = True) -> Recipe:
    return Recipe(press, edit=lambda pdf: change(pdf.pages[1].obj))


def set_key(key: str, value: Callable[[], object]) -> Callable[[pikepdf.Object], object]:
    return lambda page: page.__setitem__(key, value())


def _jpeg(ink: int) -> bytes:
    out = BytesIO()
    Image.new("CMYK", (100, 100), (ink, ink, ink, ink)).save(out, "JPEG", quality=95)
    return out.getvalue()


def cmyk_jpeg(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    """Make a picture of full ink as programs of Adobe's kind store it: turned round."""
    stream = image(pdf, b"", Name.DeviceCMYK)
    stream.write(_jpeg(255), filter=Name.DCTDecode)
    stream.Decode = Array([1, 0] * 4)
    return stream


def named_in(kind: str, ink: str, tint: str = "1") -> Recipe:
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
