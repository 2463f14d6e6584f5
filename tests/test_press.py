"""Press files, as a print shop's tools see them."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pytest
from conftest import ROOT, ClinicFolder, files_below, run, run_here
from hypothesis import given
from hypothesis import strategies as st
from pdf_objects import active_parts
from pdf_tools import (
    EVERY,
    MM,
    PAGE_SIZES,
    in_the_sheet,
    on_no_day,
    own_style,
    own_template,
    tool,
    words_of,
)
from PIL import Image, ImageCms
from press_tools import (
    BLEED,
    GROUNDS,
    MARGIN,
    MOST_INK_PERCENT,
    black_text_faults,
    bleed_faults,
    ink_faults,
    needs_ghostscript,
    plates,
    press_box_faults,
    pressed,
    rgb_faults,
    settle,
    standard_faults,
)
from promised import change, set_at
from test_written_pdfs import drawing_faults, font_faults

from handouts.pdf.finish.inks import BLACK, Ink, within_limit

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = ROOT / "styles" / "FOGRA39L_coated.icc"
PRESS = ("--profile", "press")


@pytest.fixture(params=EVERY, ids="-".join)
def piece(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param


@pytest.fixture
def settled(clinic_folder: ClinicFolder) -> ClinicFolder:
    """The shipped content of a clinic whose details are real, with authorized testimonials."""
    clinic_folder.text = (ROOT / "content.yaml").read_text(encoding="utf-8")
    settle(clinic_folder)
    return clinic_folder


@pytest.fixture
def settled_plainly(plain_clinic: ClinicFolder) -> ClinicFolder:
    """A real clinic with little content."""
    settle(plain_clinic)
    return plain_clinic


def built(clinic: ClinicFolder, *args: str) -> Path:
    """Build one piece for the press; it must succeed."""
    outcome = clinic.run("build", *PRESS, *args)
    assert outcome.code == 0, outcome.err
    (path,) = clinic.out.glob("*-press.pdf")
    return path


# What is in the file


def test_no_colour_is_left_in_rgb(piece: tuple[str, str]) -> None:
    assert rgb_faults(pressed(*piece)) == []


def test_it_is_made_as_pdf_x_4_asks(piece: tuple[str, str]) -> None:
    path = pressed(*piece)
    assert standard_faults(path) == []
    assert active_parts(path) == []
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", path)
    assert drawing_faults(path) == []
    assert font_faults(path) == []


def test_its_boxes_are_exact(piece: tuple[str, str]) -> None:
    assert press_box_faults(pressed(*piece), *piece) == []


def test_each_page_says_outside_the_bleed_what_it_is(piece: tuple[str, str]) -> None:
    name, paper = piece
    path = pressed(*piece)
    sides = ("outside", "inside") if name == "brochure" else ("page 1 of 2", "page 2 of 2")
    height = PAGE_SIZES[piece][1] + 2 * MARGIN[paper]
    code = re.search(r"Version (\w{8})", tool("pdfinfo", path))
    assert code
    for number, side in enumerate(sides):
        below = height - MARGIN[paper] + BLEED[paper]
        slug = " ".join(w.text for w in words_of(path) if w.page == number and w.top >= below)
        assert slug == f"{name} ({paper}) · version {code[1]} · 2026-11-22 · {side}"


@needs_ghostscript
def test_black_text_is_on_the_black_plate_alone(piece: tuple[str, str]) -> None:
    assert black_text_faults(plates(pressed(*piece))[1], foot_edges(*piece)) == []


def foot_edges(name: str, paper: str) -> tuple[float, float, float, float]:
    """Give the edges of the last lines of page 2, or of the brochure's inside below its heading."""
    path = pressed(name, paper)
    height = PAGE_SIZES[name, paper][1] + 2 * MARGIN[paper]
    found = [word for word in words_of(path) if word.page == 1]
    wanted = "Headache" if name == "brochure" else "Made"
    (first, *_) = [word for word in found if word.text == wanted]
    return first.left, height - first.bottom, first.left + 90, height - first.top


@needs_ghostscript
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_black_text_overprints_the_tint_below_it(paper: str) -> None:
    path = pressed("exercises", paper)
    height = PAGE_SIZES["exercises", paper][1] + 2 * MARGIN[paper]
    word = next(word for word in words_of(path) if word.page == 0 and word.text == "Hold")
    edges = word.left, height - word.bottom, word.right, height - word.top
    page = plates(path)[0]
    assert page.part("Black", *edges).max() > 99
    for plate in ("Cyan", "Yellow"):
        tint = page.part(plate, *edges)
        assert tint.max() - tint.min() < 1
        assert tint.min() > 0


@needs_ghostscript
def test_there_is_never_more_ink_than_the_paper_takes(piece: tuple[str, str]) -> None:
    assert ink_faults(pressed(*piece), *piece) == []


@needs_ghostscript
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", GROUNDS)
def test_grounds_fill_the_bleed(name: str, paper: str) -> None:
    assert bleed_faults(pressed(name, paper), name, paper) == []


@needs_ghostscript
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_covers_ground_ends_at_the_fold(paper: str) -> None:
    page = plates(pressed("brochure", paper))[0]
    width, height = PAGE_SIZES["brochure", paper]
    panel = 3.6875 * 72 if paper == "letter" else 100 * MM
    fold = MARGIN[paper] + width - panel
    rows = MARGIN[paper] + 1, MARGIN[paper] + height - 1
    assert page.total(fold - 8, rows[0], fold - 1, rows[1]).max() == 0
    assert page.total(fold + 1, rows[0], fold + 5, rows[1]).min() > 5


@needs_ghostscript
def test_marks_stand_outside_the_bleed_on_every_plate(piece: tuple[str, str]) -> None:
    name, paper = piece
    width, height = PAGE_SIZES[piece]
    margin, bleed = MARGIN[paper], BLEED[paper]
    folds = {
        "letter": ((3.625 * 72, 7.3125 * 72), (3.6875 * 72, 7.375 * 72)),
        "a4": ((97 * MM, 197 * MM), (100 * MM, 200 * MM)),
    }[paper]
    for number, page in enumerate(plates(pressed(*piece))):
        crops = [0.0, width]
        ticks = [*crops, *(folds[number] if name == "brochure" else ()), width / 2]
        for x in ticks:
            for y in (margin - bleed - 14, margin + height + bleed + 6):
                mark = page.total(margin + x - 1, y, margin + x + 1, y + 8)
                assert mark.max() > 350, (number, x, y)
        for y in (0.0, height, height / 2):
            for x in (margin - bleed - 14, margin + width + bleed + 6):
                mark = page.total(x, margin + y - 1, x + 8, margin + y + 1)
                assert mark.max() > 350, (number, x, y)
        bled = page.total(
            margin - bleed, margin - bleed, margin + width + bleed, margin + height + bleed
        )
        assert bled.max() <= MOST_INK_PERCENT + 0.5


@needs_ghostscript
def test_it_looks_as_the_office_file_does(settled: ClinicFolder) -> None:
    """Compared on paper, that is through the intent's profile, and away from what bleeds."""
    press = built(settled, "exercises")
    assert settled.run("build", "exercises").code == 0
    margin = round(MARGIN["letter"])
    ours = drawn(press, "-dUsePDFX3Profile")[margin:-margin, margin:-margin]
    office = drawn(settled.out / "exercises.pdf")
    assert ours.shape == office.shape
    # sRGB's blue-greens lie outside of what the inks can print; the rest is near.
    assert np.abs(ours - office).mean() < 4
    assert np.percentile(np.abs(ours - office), 99) < 70


def drawn(path: Path, *options: str) -> np.ndarray:
    picture = path.with_suffix(".png")
    tool("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=png16m", "-r72",
         "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", *options,
         "-dLastPage=1", f"-sOutputFile={picture}", path)  # fmt: skip
    with Image.open(picture) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_the_same_content_gives_the_same_bytes(settled: ClinicFolder, tmp_path: Path) -> None:
    path = built(settled, "testimonials", "--paper", "letter")
    with on_no_day():
        again = run(
            "build", "testimonials", *PRESS, "--out", tmp_path / "again", cwd=settled.path,
            env={"PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "1796126400"},
        )  # fmt: skip
        assert again.code == 0, again.err
        third = run_here(
            "build", "testimonials", *PRESS, "--out", tmp_path / "third", cwd=settled.path
        )
        assert third.code == 0, third.err
    first = path.read_bytes()
    assert (tmp_path / "again" / path.name).read_bytes() == first
    assert (tmp_path / "third" / path.name).read_bytes() == pressed(
        "testimonials", "letter"
    ).read_bytes()
    change(settled, set_at("handouts", "testimonials", "subtitle", to="Other words"))
    assert built(settled, "testimonials").read_bytes() != first


def test_the_office_file_stays_as_it_was(settled: ClinicFolder) -> None:
    assert settled.run("build", "testimonials", "--profile", "office").code == 0
    named = (settled.out / "testimonials.pdf").read_bytes()
    assert settled.run("build", "testimonials").code == 0
    assert (settled.out / "testimonials.pdf").read_bytes() == named
    with pikepdf.open(settled.out / "testimonials.pdf") as pdf:
        assert "/OutputIntents" not in pdf.Root
        assert [list(page.mediabox) for page in pdf.pages] == [[0, 0, 288, 648]] * 2


@pytest.mark.parametrize("edition", ["large-print", "ink-saver"])
def test_every_edition_can_go_to_the_press(settled: ClinicFolder, edition: str) -> None:
    path = built(settled, "brochure", "--edition", edition)
    assert path.name == f"brochure-{edition}-press.pdf"
    assert rgb_faults(path) == []
    assert standard_faults(path) == []


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
    change(clinic, set_at("clinic", "press_profile", to=name))
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
    outcome.the_error('"press_profile"', said)
    assert not settled_plainly.out.exists()


def test_a_profile_outside_the_clinics_folder_is_refused(settled_plainly: ClinicFolder) -> None:
    with_profile(settled_plainly, "../ours.icc", PROFILE.read_bytes())
    outcome = settled_plainly.run("build", *PRESS)
    assert outcome.code == 3
    outcome.the_error("leads out of the folder")


# What may go to the press


def test_sample_details_are_not_printed_for_money(clinic_folder: ClinicFolder) -> None:
    outcome = clinic_folder.refused(*PRESS)
    for part in ("sample clinic details", 'testimonial "km" has no', 'testimonial "hannah" has no'):
        assert " error: " in outcome.the_finding(part, "--proof")


def test_an_unsigned_testimonial_is_not_printed_for_money(settled: ClinicFolder) -> None:
    data = settled.text
    change(settled, lambda content: content["testimonials"]["km"].pop("authorization"))
    outcome = settled.refused(*PRESS)
    outcome.the_error('testimonial "km" has no authorization')
    settled.text = data


def test_a_proof_says_so_on_each_page(clinic_folder: ClinicFolder) -> None:
    clinic_folder.text = (ROOT / "content.yaml").read_text(encoding="utf-8")
    outcome = clinic_folder.run("build", "brochure", *PRESS, "--proof")
    assert outcome.code == 0, outcome.err
    assert outcome.finding_with("warning: these are sample clinic details")
    path = clinic_folder.out / "brochure-press.pdf"
    for page in tool("pdftotext", "-raw", path, "-").split("\f")[:-1]:
        assert "PROOF · brochure (letter)" in page
    if shutil.which("gs"):
        proof, true = plates(path), plates(pressed("brochure", "letter"))
        trim = (MARGIN["letter"],) * 2 + (MARGIN["letter"] + 792, MARGIN["letter"] + 612)
        for marked, plain in zip(proof, true, strict=True):
            more = marked.part("Black", *trim) - plain.part("Black", *trim)
            assert (more > 5).mean() > 0.05
            assert more.max() < 14
        assert ink_faults(path, "brochure", "letter") == []


def test_proof_is_for_the_press_alone(clinic_folder: ClinicFolder) -> None:
    before = files_below(clinic_folder.path)
    outcome = clinic_folder.run("build", "--proof")
    assert outcome.code == 2
    assert "--profile press" in outcome.err
    assert files_below(clinic_folder.path) == before


def test_a_text_that_is_hidden_on_the_press_alone_is_found(settled: ClinicFolder) -> None:
    (settled.path / "styles" / "explainer-press.css").write_text(
        ".masthead .subtitle { color: #fff; }"
    )
    assert settled.run("build", "explainer").code == 0
    outcome = settled.run("build", "explainer", *PRESS)
    assert outcome.code == 4
    outcome.the_error("can't be seen on the page")


def test_a_text_that_runs_into_the_bleed_is_found(settled_plainly: ClinicFolder) -> None:
    (settled_plainly.path / "styles" / "explainer-press.css").write_text(
        ".masthead h1 { margin-left: -14mm; white-space: nowrap; }"
    )
    outcome = settled_plainly.run("build", "explainer", *PRESS)
    assert outcome.code == 4
    assert outcome.finding_with("runs off the page")


# The guards bite


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """A press file with all that a print shop would send back."""
    path = tmp_path / "spoiled.pdf"
    with pikepdf.open(pressed("brochure", "letter")) as pdf:
        first, second = pdf.pages
        first.contents_add(b"q 1 0 0 rg 100 100 9 9 re f Q 1 1 1 1 k 60 60 30 30 re f")
        first.contents_add(b"0 0 0 0 k 828 30 30 640 re f")
        second.contents_add(b"1 1 1 1 k 60 600 400 20 re f")
        first.obj.Resources.XObject["/Photo"] = pdf.make_stream(
            b"abc", Subtype=pikepdf.Name.Image, Width=1, Height=1, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB,
        )  # fmt: skip
        first.obj.TrimBox = pikepdf.Array([45.02, *list(first.obj.TrimBox)[1:]])
        first.obj.Annots = pikepdf.Array([])
        del pdf.Root.OutputIntents
        del second.obj.Group
        pdf.save(path)
    return path


def test_rgb_would_be_seen(spoiled: Path) -> None:
    faults = rgb_faults(spoiled)
    assert any("page 1: 1 0 0 rg" in fault for fault in faults)
    assert any("names RGB" in fault for fault in faults)


def test_a_missing_intent_and_live_parts_would_be_seen(spoiled: Path) -> None:
    assert standard_faults(spoiled) == [
        "no output intent for PDF/X",
        "page 1 has annotations",
        "page 2 does not mix its colours in CMYK",
    ]


def test_wrong_boxes_would_be_seen(spoiled: Path) -> None:
    (fault,) = press_box_faults(spoiled, "brochure", "letter")
    assert fault.startswith("TrimBox of page 1")
    assert len(press_box_faults(pressed("brochure", "letter"), "brochure", "a4")) == 6


@needs_ghostscript
def test_too_much_ink_and_a_ground_that_ends_early_would_be_seen(spoiled: Path) -> None:
    assert ink_faults(spoiled, "brochure", "letter") == [
        "page 1 has 400 % of ink",
        "page 2 has 400 % of ink",
    ]
    assert bleed_faults(spoiled, "brochure", "letter") == [
        "the ground ends before the bleed's right edge",
        "the ground ends before the bleed's top edge",
        "the ground ends before the bleed's bottom edge",
    ]


@needs_ghostscript
def test_rich_black_would_be_seen(spoiled: Path) -> None:
    page = plates(spoiled)[1]
    assert len(black_text_faults(page, (100, 605, 200, 615))) == 3
    assert "no black text" in black_text_faults(page, (2, 300, 4, 302))
