"""Press files, as a print shop's tools see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pytest
from conftest import ROOT, ClinicFolder, run, run_here
from pdf_objects import active_parts
from pdf_tools import (
    EVERY,
    MM,
    PAGE_SIZES,
    on_no_day,
    tool,
    words_of,
)
from PIL import Image
from press_tools import (
    BLEED,
    GROUNDS,
    MARGIN,
    MOST_INK_PERCENT,
    PRESS,
    black_text_faults,
    bleed_faults,
    built,
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

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=EVERY, ids="-".join)
def piece(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param


@pytest.fixture
def settled(clinic_folder: ClinicFolder) -> ClinicFolder:
    """The shipped content of a clinic whose details are real, with authorized testimonials."""
    clinic_folder.text = (ROOT / "content.yaml").read_text(encoding="utf-8")
    settle(clinic_folder)
    return clinic_folder


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
    wanted = "Tight" if name == "brochure" else "Made"
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
