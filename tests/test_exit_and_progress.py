"""What a build says while it works and when it is done: to people, to pipes, to programs."""

from __future__ import annotations

import json
import re

import pypdfium2
import pytest
from conftest import ClinicFolder, run, run_here
from pdf_tools import info_of
from PIL import Image
from promised import change, set_at
from terminal_tools import on_terminal

NAMES = ("explainer", "testimonials")
LINE = re.compile(r"out/(\S+)\.pdf +(\d+) pages?, (\d+) sheets?, (letter|a4)")


def files(clinic: ClinicFolder) -> list[str]:
    return sorted(path.name for path in clinic.out.iterdir() if not path.name.startswith("."))


def test_each_file_is_named_with_its_pages_and_sheets(plain_clinic: ClinicFolder) -> None:
    names = ("explainer", "exercises")
    outcome = plain_clinic.run("build", *names, "--paper", "letter", "--paper", "a4")
    assert outcome.code == 0, outcome.err
    said = {}
    for line in outcome.out.splitlines():
        match = LINE.fullmatch(line)
        assert match, line
        said[f"{match[1]}.pdf"] = (int(match[2]), int(match[3]))
    assert sorted(said) == files(plain_clinic)
    assert sorted(said) == sorted(f"{name}{a4}.pdf" for name in names for a4 in ("", "-a4"))
    for name, (pages, sheets) in said.items():
        assert int(info_of(plain_clinic.out / name)["Pages"]) == pages
        assert sheets == -(-pages // 2)


def test_one_page_and_one_sheet_are_not_many(plain_clinic: ClinicFolder) -> None:
    out = plain_clinic.run("build", "explainer").out
    assert re.fullmatch(r"out/explainer\.pdf  1 page, 1 sheet, letter\n", out)


def test_a_piece_on_the_other_paper_is_written_alone(plain_clinic: ClinicFolder) -> None:
    assert plain_clinic.run("build", "brochure", "--paper", "a4").code == 0
    assert files(plain_clinic) == ["brochure-a4.pdf"]
    assert info_of(plain_clinic.out / "brochure-a4.pdf")["Page size"].endswith("(A4)")


def test_the_clinics_own_paper_needs_no_name(plain_clinic: ClinicFolder) -> None:
    change(plain_clinic, set_at("clinic", "paper", to="a4"))
    assert plain_clinic.run("build", "explainer", "--paper", "letter", "--paper", "a4").code == 0
    assert files(plain_clinic) == ["explainer-letter.pdf", "explainer.pdf"]
    assert info_of(plain_clinic.out / "explainer.pdf")["Page size"].endswith("(A4)")


def test_asking_twice_builds_once(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.run(
        "build", "explainer", "explainer", "--paper", "letter", "--paper", "letter"
    )
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == 1


def test_json_says_the_same_for_programs(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.run("build", *NAMES, "--json")
    assert outcome.code == 0
    result = json.loads(outcome.out)
    assert [file["path"] for file in result["files"]] == [f"out/{name}.pdf" for name in NAMES]
    for file in result["files"]:
        assert int(info_of(plain_clinic.path / file["path"])["Pages"]) == file["pages"]
        assert file["sheets"] == -(-file["pages"] // 2)
        assert file["paper"] == "letter"
        assert file["unchanged"] is False
    assert {finding["severity"] for finding in result["findings"]} == {"warning"}
    again = json.loads(plain_clinic.run("build", *NAMES, "--json").out)
    assert [file["unchanged"] for file in again["files"]] == [True, True]


def test_a_failed_build_is_json_too(plain_clinic: ClinicFolder) -> None:
    change(plain_clinic, set_at("handouts", "testimonials", "note", to="Too long. " * 500))
    outcome = plain_clinic.run("build", *NAMES, "--json")
    assert outcome.code == 4
    result = json.loads(outcome.out)
    assert result["files"] == []
    (error,) = [finding for finding in result["findings"] if finding["severity"] == "error"]
    assert (error["piece"], error["panel"]) == ("testimonials (letter)", "back")
    assert not plain_clinic.out.exists()


def test_quiet_says_nothing_when_all_is_well(plain_clinic: ClinicFolder) -> None:
    for _ in range(2):
        outcome = run_here("build", "explainer", "--quiet", cwd=plain_clinic.path)
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert files(plain_clinic) == ["explainer.pdf"]


def test_quiet_is_quiet_on_a_terminal_too(plain_clinic: ClinicFolder) -> None:
    assert on_terminal("build", "explainer", "-q", cwd=plain_clinic.path) == (0, "", "")


def test_a_pipe_gets_no_progress_and_no_colour(plain_clinic: ClinicFolder) -> None:
    outcome = run("build", *NAMES, cwd=plain_clinic.path)
    assert outcome.code == 0
    assert all(LINE.fullmatch(line) for line in outcome.out.splitlines())
    assert outcome.err.splitlines() == outcome.findings, "nothing but warnings"
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", outcome.out + outcome.err)


def test_a_terminal_is_shown_how_far_it_is(plain_clinic: ClinicFolder) -> None:
    code, out, screen = on_terminal("build", *NAMES, cwd=plain_clinic.path)
    assert code == 0
    assert "Laying out" in screen
    assert "100%" in screen
    for name in NAMES:
        assert f"{name} (letter)" in screen
    assert screen.count("\r") > len(NAMES)
    assert all(LINE.fullmatch(line) for line in out.splitlines())


def test_where_nothing_is_laid_out_there_is_no_progress(plain_clinic: ClinicFolder) -> None:
    assert plain_clinic.run("build", *NAMES).code == 0
    code, out, screen = on_terminal("build", *NAMES, cwd=plain_clinic.path)
    assert code == 0
    assert out.count("(unchanged)") == len(NAMES)
    assert "Laying out" not in screen


def test_json_on_a_terminal_is_still_json(plain_clinic: ClinicFolder) -> None:
    code, out, _ = on_terminal("build", "explainer", "--json", cwd=plain_clinic.path)
    assert code == 0
    assert json.loads(out)["files"]


def test_the_errors_after_a_bar_stand_on_lines_of_their_own(plain_clinic: ClinicFolder) -> None:
    change(plain_clinic, set_at("handouts", "testimonials", "note", to="Too long. " * 500))
    code, out, screen = on_terminal("build", *NAMES, cwd=plain_clinic.path)
    assert (code, out) == (4, "")
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen)
    lines = [line.rpartition("\r")[2] for line in plain.replace("\r\n", "\n").split("\n")]
    assert any("testimonials (letter), panel back" in line for line in lines), lines


# Previews


@pytest.mark.parametrize("name", ["brochure", "exercises"])
def test_preview_draws_each_page(plain_clinic: ClinicFolder, name: str) -> None:
    outcome = plain_clinic.run("preview", name, "--dpi", "50")
    assert outcome.code == 0, outcome.err
    folder = plain_clinic.out / "preview"
    document = pypdfium2.PdfDocument(plain_clinic.out / f"{name}.pdf")
    try:
        sizes = [page.get_size() for page in document]
    finally:
        document.close()
    pages = sorted(path.name for path in folder.glob(f"{name}-[0-9]*.png"))
    assert pages == [f"{name}-{number}.png" for number in range(1, len(sizes) + 1)]
    for page, (width, height) in zip(pages, sizes, strict=True):
        with Image.open(folder / page) as picture:
            assert picture.size == pytest.approx((width * 50 / 72, height * 50 / 72), abs=1)
    assert (folder / f"{name}-folded.png").exists() == (name == "brochure")
    assert (folder / "contact-sheet.png").exists()
    said = {line.rpartition("/")[2] for line in outcome.out.splitlines()}
    assert said == {path.name for path in folder.iterdir()}


def test_preview_of_a_bad_piece_draws_nothing(plain_clinic: ClinicFolder) -> None:
    change(plain_clinic, set_at("handouts", "testimonials", "note", to="Too long. " * 500))
    assert plain_clinic.run("preview", "testimonials").code == 4
    assert not plain_clinic.out.exists()
