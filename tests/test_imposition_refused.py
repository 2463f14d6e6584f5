"""What is refused for imposition, with its numbers, and nothing written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import Outcome, files_below, run_here
from imposing import (
    numbered_pdf,
)
from imposition_tools import CARD, HALF, differs, impose, pictures, planned
from pdf_tools import IN

from handouts.basics.errors import ContentError
from handouts.basics.papers import Sheet
from handouts.imposition.schemes import Booklet, Grid, ImpositionOrder

if TYPE_CHECKING:
    from pathlib import Path


def refused(folder: Path, *args: str, file: str = "in.pdf", code: int = 3) -> Outcome:
    """Run an imposition that must be refused; no file may be written or changed."""
    (folder / "out.pdf").write_bytes(b"what was printed last time")
    before = files_below(folder)
    outcome = run_here("impose", file, "-o", "out.pdf", *args, cwd=folder)
    assert outcome.code == code, outcome
    assert outcome.out == ""
    assert files_below(folder) == before
    return outcome


TWO_UP = ("--scheme", "2-up", "--paper", "letter")


def test_no_such_file(tmp_path: Path) -> None:
    said = refused(tmp_path, *TWO_UP, file="none.pdf").the_error()
    assert said.startswith("none.pdf error: this file can't be read (No such file")


@pytest.mark.parametrize("spoil", ["text", "empty", "cut off", "no cross-reference"])
def test_a_file_that_is_no_pdf_or_is_damaged(tmp_path: Path, spoil: str) -> None:
    data = numbered_pdf(tmp_path / "in.pdf", 4, HALF).read_bytes()
    spoiled = {
        "text": b"Dear printer, here is my file.",
        "empty": b"",
        "cut off": data[: len(data) * 2 // 3],
        "no cross-reference": re.sub(rb"startxref\s+\d+", b"startxref\n7", data),
    }[spoil]
    (tmp_path / "in.pdf").write_bytes(spoiled)
    said = refused(tmp_path, *TWO_UP).the_error()
    assert said.startswith("in.pdf error: this is not a PDF file, or it is damaged (")


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_file(tmp_path: Path, password: str) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 4, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        pdf.save(tmp_path / "in.pdf", encryption=pikepdf.Encryption(owner="x", user=password))
    assert "this file is encrypted" in refused(tmp_path, *TWO_UP).the_error()


def test_a_file_without_pages(tmp_path: Path) -> None:
    pikepdf.new().save(tmp_path / "in.pdf")
    assert "the file has no pages" in refused(tmp_path, *TWO_UP).the_error()


def test_an_imposed_file(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, CARD)
    impose(tmp_path, "--scheme", "4-up", "--paper", "letter")
    (tmp_path / "out.pdf").rename(tmp_path / "in.pdf")
    said = refused(tmp_path, "--scheme", "2-up", "--paper", "tabloid").the_error()
    assert "this file is imposed already (4-up on letter)" in said


def test_an_imposed_folded_brochure_is_no_imposed_file(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 2, (11 * IN, 8.5 * IN))
    impose(tmp_path, "--scheme", "2-up", "--paper", "tabloid", "--copies", "2")


def test_the_source_itself_is_not_written_over(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    said = refused(tmp_path, *TWO_UP, "-o", "../" + tmp_path.name + "/in.pdf").the_error()
    assert "written over the file they are made from" in said


@pytest.mark.parametrize(
    "boxes",
    [
        {"MediaBox": [0, 0, 0, 0]},
        {"TrimBox": [1000, 1000, 1100, 1100]},
        {"TrimBox": [-90, 0, 0, 100]},
        {"UserUnit": 0},
    ],
)
def test_a_page_without_a_size(tmp_path: Path, boxes: dict[str, object]) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 3, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        for name, box in boxes.items():
            pdf.pages[1].obj[f"/{name}"] = box
        pdf.save(tmp_path / "in.pdf")
    refused(tmp_path, *TWO_UP).the_error("page 2 has no size")


@pytest.mark.parametrize("spoil", ["no filter's data", "a junk annotation", "no box"])
def test_a_file_that_is_damaged_within(tmp_path: Path, spoil: str) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 2, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        page = pdf.pages[0].obj
        if spoil == "no filter's data":
            page.Contents = pdf.make_stream(b"junk", Filter=pikepdf.Name.FlateDecode)
        elif spoil == "a junk annotation":
            page.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot)])
        else:
            for other in pdf.pages:
                del other.obj["/MediaBox"]
        pdf.save(tmp_path / "in.pdf", compress_streams=False)
    args = ("--scheme", "2-up", "--paper", "tabloid")
    assert "or it is damaged (" in refused(tmp_path, *args).the_error()


def test_a_bleed_box_smaller_than_the_trim_cuts_nothing_off(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "plain.pdf", 1, HALF)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        pdf.pages[0].TrimBox = pikepdf.Array([0, 0, *HALF])
        pdf.pages[0].BleedBox = pikepdf.Array([40, 40, 300, 300])
        pdf.save(tmp_path / "in.pdf")
    impose(tmp_path, "--scheme", "2-up", "--paper", "letter", "--copies", "2")
    (page,), (side,) = pictures(tmp_path / "plain.pdf"), pictures(tmp_path / "out.pdf")
    assert differs(side, page, (396, 0), 0) < 0.0004


def test_pages_of_unlike_sizes_are_named_with_their_sizes(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for size in (HALF, HALF, (612, 792), HALF, CARD):
            pdf.add_blank_page(page_size=size)
        pdf.save(tmp_path / "in.pdf")
    refused(tmp_path, *TWO_UP).the_error(
        "page 1 is 5.5 × 8.5 in (139.7 × 215.9 mm), page 3 is 8.5 × 11 in (215.9 × 279.4 mm), "
        "page 5 is 3.5 × 2 in (88.9 × 50.8 mm)"
    )


def test_pages_that_differ_by_rounding_are_taken(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for size in ((595, 842), (595.276, 841.89)):
            pdf.add_blank_page(page_size=size)
        pdf.save(tmp_path / "in.pdf")
    impose(tmp_path, "--scheme", "2-up", "--paper", "a3")


def test_a_page_larger_than_its_place_is_said_with_both_sizes(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, (612, 792))
    said = refused(tmp_path, *TWO_UP).the_error()
    assert "the pages are 8.5 × 11 in (215.9 × 279.4 mm)" in said
    assert "letter has room for 5.5 × 8.5 in (139.7 × 215.9 mm) each" in said
    assert "take --paper tabloid or 12x18 or 13x19 or sra3" in said
    numbered_pdf(tmp_path / "in.pdf", 4, (2000, 2000))
    assert "take fewer on a sheet" in refused(tmp_path, *TWO_UP).the_error()


def test_a_gutter_that_leaves_no_room(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    refused(tmp_path, *TWO_UP, "--gutter", "10mm").the_error(
        "gutters of 10 mm (0.39 in)", "room for 5.3 × 8.5 in"
    )
    refused(tmp_path, *TWO_UP, "--gutter", "900000mm").the_error("gutters of 900000 mm")


def test_marks_that_have_no_room(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    refused(tmp_path, *TWO_UP, "--marks").the_error(
        "marks need 8 mm (0.31 in) around the pieces, and letter leaves 0 mm"
    )


@pytest.mark.parametrize("copies", ["0", "-3", "100001"])
def test_too_few_and_too_many_copies(tmp_path: Path, copies: str) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    said = refused(tmp_path, *TWO_UP, "--copies", copies).the_error()
    assert f"{int(copies):,} copies can't be made (a file holds 1 to 100,000)" in said


def test_too_many_sheets() -> None:
    for scheme, sheets in (
        (Grid(2), "1,000,000"),
        (Booklet(), "1,000,000"),
        (Grid(2, stacked=True), "1,000,000"),
    ):
        with pytest.raises(ContentError, match=f"this would take {sheets} sheets"):
            planned(40, HALF, ImpositionOrder(scheme, Sheet.LETTER, 100_000))


def test_a_booklet_with_too_many_pages(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 93, HALF)
    said = refused(tmp_path, "--scheme", "booklet", "--paper", "letter").the_error()
    assert "a booklet can't have 93 pages" in said
    assert "1 to 92 pages" in said
    assert len(planned(92, HALF, ImpositionOrder(Booklet(), Sheet.LETTER)).sheets) == 23


def test_paper_too_thick_for_the_booklet(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 44, HALF)
    booklet = ("--scheme", "booklet", "--paper", "letter", "--thickness")
    refused(tmp_path, *booklet, "0.51mm").the_error(
        "innermost of 11 sheets of 0.51 mm would creep by 5.1 mm", "more than 5 mm"
    )
    assert run_here("impose", "in.pdf", "-o", "o.pdf", *booklet, "0.5mm", cwd=tmp_path).code == 0


def test_a_flip_of_one_side(tmp_path: Path) -> None:
    numbered_pdf(tmp_path / "in.pdf", 1, HALF)
    refused(tmp_path, *TWO_UP, "--flip", "long").the_error("nothing to flip")


def test_all_reasons_are_given_at_once(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for number in range(100):
            pdf.add_blank_page(page_size=(HALF[0], HALF[1] + 100 * (number % 2)))
        pdf.save(tmp_path / "in.pdf")
    said = refused(tmp_path, "--scheme", "booklet", "--paper", "letter", "--copies", "0")
    assert len(said.findings) == 3
    said.the_finding("and so on for 45 more")
    assert all(finding.startswith("in.pdf error: ") for finding in said.findings)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--scheme", "cut-stack"), "--scheme cut-stack wants --up 2, 3, 4 or 8"),
        (("--scheme", "2-up", "--up", "4"), "--up has no meaning with --scheme 2-up"),
        (("--scheme", "2-up", "--thickness", "1mm"), "--thickness has no meaning"),
        (("--scheme", "booklet", "--gutter", "1mm"), "--gutter has no meaning"),
        (("--scheme", "booklet", "--sides", "1"), "--sides has no meaning"),
        (("--scheme", "2-up", "--gutter", "6"), "'6' is not a length"),
        (("--scheme", "2-up", "--gutter", "-1mm"), "'-1mm' is not a length"),
        (
            (
                "--scheme",
                "7-up",
            ),
            "'7-up' is not one of",
        ),
    ],
)
def test_an_option_that_has_no_meaning(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    numbered_pdf(tmp_path / "in.pdf", 4, HALF)
    assert said in refused(tmp_path, "--paper", "letter", *args, code=2).err
