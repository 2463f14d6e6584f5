"""Colours of every kind on a press, and a clinic's own press."""

from __future__ import annotations

import shutil

import pikepdf
import pytest
from conftest import ROOT, ClinicFolder
from hypothesis import given
from hypothesis import strategies as st
from pdf_tools import (
    in_the_sheet,
    own_style,
    own_template,
)
from PIL import Image, ImageCms
from press_tools import (
    MOST_INK_PERCENT,
    PRESS,
    built,
    ink_faults,
    rgb_faults,
    settle,
    standard_faults,
)
from promised import change, set_at

from handouts.pdf.finish.inks import BLACK, Ink, within_limit

PROFILE = ROOT / "styles" / "FOGRA39L_coated.icc"


@pytest.fixture
def settled_plainly(plain_clinic: ClinicFolder) -> ClinicFolder:
    """A real clinic with little content."""
    settle(plain_clinic)
    return plain_clinic


# Colours of every kind


def test_pictures_gradients_and_masks_become_inks(settled_plainly: ClinicFolder) -> None:
    folder = settled_plainly.path / "photos"
    folder.mkdir()
    colour = Image.new("RGB", (40, 40), (200, 40, 30))
    pictures = {
        "photo.jpg": colour,
        "clear.png": Image.new("RGBA", (40, 40), (200, 40, 30, 99)),
        "grey.png": Image.linear_gradient("L").resize((40, 40)),
        "line.png": Image.new("1", (40, 40), 1),
        "few.png": colour.convert("P"),
        "dark.png": Image.linear_gradient("L").resize((40, 40)).convert("RGB").point(
            lambda v: v // 9
        ),
    }  # fmt: skip
    pictures["dark.png"].putpixel((3, 3), (1, 2, 1))
    html = ""
    for index, (name, picture) in enumerate(pictures.items()):
        picture.save(folder / name)
        html += (
            f'<img src="photos/{name}" alt="{name}" style="position:absolute; top:0; '
            f'left:{index * 4}mm; width:3mm">'
        )
    html += (
        '<div style="position:absolute;top:0;left:30mm;width:9mm;height:3mm;'
        'background:linear-gradient(#f00, rgba(0,0,255,.3))"></div>'
        '<div style="position:absolute;top:0;left:40mm;width:9mm;height:3mm;opacity:.5;'
        'background:radial-gradient(#000, #0a0)"></div>'
        '<svg style="position:absolute;top:0;left:50mm" width="30" height="9"><mask id="m">'
        '<rect width="9" height="9" fill="#888" /></mask><pattern id="p" width="3" height="3" '
        'patternUnits="userSpaceOnUse"><circle r="1" fill="green" /></pattern>'
        '<rect width="30" height="9" fill="url(#p)" />'
        '<rect width="20" height="9" fill="#d96f4e" mask="url(#m)" /></svg>'
    )
    own_template(settled_plainly, "explainer", in_the_sheet(html))
    path = built(settled_plainly, "explainer")
    assert rgb_faults(path) == []
    assert standard_faults(path) == []
    with pikepdf.open(path) as pdf:
        found = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        images = [thing for thing in found if thing.get("/Subtype") == "/Image"]
        spaces = sorted(str(image.ColorSpace) for image in images if "/SMask" not in image)
        sampled = [thing for thing in found if thing.get("/FunctionType") == 0]
    assert "/DeviceCMYK" in spaces
    assert "/DeviceGray" in spaces
    assert sampled
    if shutil.which("gs"):
        assert ink_faults(path, "explainer", "letter") == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [("h2 { color: lab(40 30 20); }", "a colour is written in the space lab-d50")],
)
def test_a_colour_without_known_inks_is_refused(
    settled_plainly: ClinicFolder, rule: str, said: str
) -> None:
    own_style(settled_plainly, rule)
    outcome = settled_plainly.run("build", "explainer", *PRESS)
    assert outcome.code == 4
    found = outcome.the_error(said)
    assert "#rrggbb" in found
    assert "explainer (letter, press)" in found
    assert not settled_plainly.out.exists()


def test_a_cmyk_picture_with_too_much_ink_is_refused(settled_plainly: ClinicFolder) -> None:
    for name, ink in (("heavy", (255, 255, 255, 255)), ("light", (255, 128, 0, 128))):
        Image.new("CMYK", (40, 40), ink).save(settled_plainly.path / f"{name}.jpg")
        html = f'<img src="{name}.jpg" alt="" style="position:absolute; top:0; width:3mm">'
        own_template(settled_plainly, "explainer", in_the_sheet(html))
        outcome = settled_plainly.run("build", "explainer", *PRESS)
        if name == "heavy":
            assert outcome.code == 4
            outcome.the_error("40 x 40 dots has up to 400 % of ink")
        else:
            assert outcome.code == 0, outcome.err


amounts = st.integers(0, 100)


@given(amounts, amounts, amounts, amounts)
def test_no_colour_has_too_much_ink_nor_has_black_text_over_it(
    cyan: int, magenta: int, yellow: int, black: int
) -> None:
    ink = within_limit(Ink(cyan, magenta, yellow, black))
    assert all(0 <= amount <= 100 for amount in ink)
    assert sum(ink[:3]) + BLACK.black <= MOST_INK_PERCENT
    if cyan + magenta + yellow <= 200:
        assert ink == (cyan, magenta, yellow, black)


# The clinic's own press


def with_profile(clinic: ClinicFolder, name: str, data: bytes | None) -> None:
    change(clinic, set_at("clinic", "press_condition", to=name))
    if data is not None:
        (clinic.path / name).write_bytes(data)


def test_the_clinics_own_profile_is_used_and_kept_in_the_file(
    settled_plainly: ClinicFolder,
) -> None:
    with_profile(settled_plainly, "ours.icc", PROFILE.read_bytes())
    with pikepdf.open(built(settled_plainly, "testimonials")) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "Custom"
        assert str(intent.Info) == "FOGRA39L Coated"
        assert intent.DestOutputProfile.read_bytes() == PROFILE.read_bytes()


def test_another_profile_makes_the_file_anew(settled_plainly: ClinicFolder) -> None:
    built(settled_plainly, "testimonials")
    assert "(unchanged)" in settled_plainly.run("build", "testimonials", *PRESS).out
    with_profile(settled_plainly, "ours.icc", PROFILE.read_bytes())
    assert "(unchanged)" not in settled_plainly.run("build", "testimonials", *PRESS).out
    assert "(unchanged)" in settled_plainly.run("build", "testimonials", *PRESS).out
    (settled_plainly.path / "ours.icc").write_bytes(PROFILE.read_bytes() + b"\0")
    assert "(unchanged)" not in settled_plainly.run("build", "testimonials", *PRESS).out


def display_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, 'there is no profile "ours.icc"'),
        (b"colours" * 99, "is no ICC profile"),
        (display_profile(), "is a display profile for RGB; an output profile for CMYK"),
        (PROFILE.read_bytes()[:400], "is damaged"),
    ],
    # Without names of their own they hold the profile's time, and no two workers agree.
    ids=["missing", "no profile", "display", "damaged"],
)
def test_a_profile_that_is_no_press_is_refused(
    settled_plainly: ClinicFolder, data: bytes | None, said: str
) -> None:
    with_profile(settled_plainly, "ours.icc", data)
    outcome = settled_plainly.run("build", *PRESS)
    assert outcome.code == 3
    outcome.the_error('"press_condition"', said)
    assert not settled_plainly.out.exists()


def test_a_profile_outside_the_clinics_folder_is_refused(settled_plainly: ClinicFolder) -> None:
    with_profile(settled_plainly, "../ours.icc", PROFILE.read_bytes())
    outcome = settled_plainly.run("build", *PRESS)
    assert outcome.code == 3
    outcome.the_error("leads out of the folder")


def test_a_text_that_runs_into_the_bleed_is_found(settled_plainly: ClinicFolder) -> None:
    (settled_plainly.path / "styles" / "explainer-press.css").write_text(
        ".masthead h1 { margin-left: -14mm; white-space: nowrap; }"
    )
    outcome = settled_plainly.run("build", "explainer", *PRESS)
    assert outcome.code == 4
    assert outcome.finding_with("runs off the page")
