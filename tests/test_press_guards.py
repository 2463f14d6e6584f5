"""What may go to the press, and that what guards it bites."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import ROOT, ClinicFolder, files_below
from pdf_tools import (
    tool,
)
from press_tools import (
    MARGIN,
    PRESS,
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
from promised import change

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settled(clinic_folder: ClinicFolder) -> ClinicFolder:
    """The shipped content of a clinic whose details are real, with authorized testimonials."""
    clinic_folder.text = (ROOT / "content.yaml").read_text(encoding="utf-8")
    settle(clinic_folder)
    return clinic_folder


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
