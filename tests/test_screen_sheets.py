"""A patient's own sheet for the screen; the same bytes, and what is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import ClinicFolder, Outcome, run, run_here
from pdf_tools import PIECES, fill_clinic, in_the_sheet, info_of, on_no_day, own_template, tool
from press_tools import rgb_faults
from promised import change, load, set_at
from screen_tools import (
    EXERCISE,
    PATIENT,
    SCREEN,
    elements,
    own_strings,
    rules_broken,
    screen,
    sheets,
    tags_of,
)
from test_scripts import NAMES

if TYPE_CHECKING:
    from pathlib import Path


# A patient's own sheet


@pytest.mark.parametrize("profile", ["office", "press", "screen"])
def test_nothing_of_the_patient_stands_outside_the_page(
    profile: str, clinic_folder: ClinicFolder
) -> None:
    proof = ["--proof"] if profile == "press" else []
    outcome = clinic_folder.run(
        "sheet", "--for", PATIENT, "--goal", "Juggle pineapples", "--notes", "Use a towel",
        *EXERCISE, "--profile", profile, *proof,
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    path = clinic_folder.out / "sheet-1.pdf"
    assert path.stat().st_mode & 0o077 == 0
    strings = own_strings(path)
    assert load(clinic_folder.content)["sheet"]["title"] in strings
    for own in ("Zerlina", "Quixworthy", "Z. Q.", "pineapples", "towel"):
        assert own not in strings
    assert PATIENT in tool("pdftotext", "-raw", path, "-")


@pytest.mark.parametrize(
    "script", ["Arabic", "Hebrew", "Thai", "Devanagari", "Vietnamese", "emoji"]
)
def test_a_name_in_another_script_is_tagged_and_kept(
    script: str, clinic_folder: ClinicFolder
) -> None:
    outcome = clinic_folder.run("sheet", "--for", NAMES[script], *EXERCISE, *SCREEN, "-o", "a.pdf")
    assert outcome.code == 0, outcome.err
    assert rules_broken(clinic_folder.path / "a.pdf") == []


def test_words_in_another_language_say_so() -> None:
    assert "zh-CN" in {tag.language for tag in tags_of(sheets()["arabic"])}


def test_a_press_sheet_is_made_as_build_makes_its_files(clinic_folder: ClinicFolder) -> None:
    asked = ("sheet", "--for", PATIENT, *EXERCISE, "--profile", "press")
    refused = clinic_folder.run(*asked)
    assert refused.code == 3
    assert "add --proof" in refused.the_error("sample clinic details")
    assert not clinic_folder.out.exists()
    proof = clinic_folder.run(*asked, "--proof", "-o", "proof.pdf")
    assert proof.code == 0, proof.err
    change(clinic_folder, set_at("clinic", "sample", to=False))
    final = clinic_folder.run(*asked, "-o", "final.pdf")
    assert final.code == 0, final.err
    for name in ("proof.pdf", "final.pdf"):
        path = clinic_folder.path / name
        assert rgb_faults(path) == []
        looked = clinic_folder.run("preflight", "--profile", "press", path)
        assert looked.code == 0, looked.err
        with pikepdf.open(path) as pdf:
            assert "GTS_PDFX" in str(pdf.Root.OutputIntents[0].S)
            assert "/StructTreeRoot" not in pdf.Root
        assert ("PROOF" in tool("pdftotext", "-raw", path, "-")) == (name == "proof.pdf")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--proof",), "--profile press"),
        (("--proof", "--profile", "screen"), "--profile press"),
        (("--encrypt", "--profile", "press"), "take --encrypt out"),
    ],
)
def test_what_a_profile_can_not_do_is_refused(
    words: tuple[str, ...], said: str, clinic_folder: ClinicFolder
) -> None:
    outcome: Outcome = clinic_folder.run("sheet", "--for", PATIENT, *EXERCISE, *words)
    assert outcome.code == 2
    assert said in outcome.err
    assert not clinic_folder.out.exists()


def test_the_desk_gets_an_office_sheet_unless_it_asks(clinic_folder: ClinicFolder) -> None:
    asked = ("sheet", "--for", PATIENT, *EXERCISE, "--date", "2026-12-01")
    for words in ((), ("--profile", "office"), SCREEN):
        assert clinic_folder.run(*asked, *words).code == 0
    plain, office, read = (
        (clinic_folder.out / f"sheet-{number}.pdf").read_bytes() for number in (1, 2, 3)
    )
    assert plain == office != read


# The same bytes, and what is refused


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    clinic = fill_clinic(tmp_path / "another-place")
    with on_no_day():
        outcome = run("build", *SCREEN, cwd=clinic.path, env={"PYTHONHASHSEED": "7"})
    assert outcome.code == 0, outcome.err
    for name in PIECES:
        ours = (clinic.out / f"{name}-screen.pdf").read_bytes()
        assert ours == screen(name).read_bytes()
    assert "sheet" not in outcome.out


def test_the_office_file_has_no_tags(plain_clinic: ClinicFolder) -> None:
    assert plain_clinic.run("build", "explainer").code == 0
    path = plain_clinic.out / "explainer.pdf"
    assert info_of(path)["Tagged"] == "no"
    outcome = plain_clinic.run("preflight", *SCREEN, path)
    assert outcome.code == 4
    assert re.search(r"tags +fail", outcome.out)


def test_a_picture_without_its_words_is_refused(plain_clinic: ClinicFolder) -> None:
    own_template(
        plain_clinic, "exercises", in_the_sheet('<img src="styles/sample-logo.svg" alt="">')
    )
    outcome = plain_clinic.run("build", *SCREEN, "exercises")
    assert outcome.code == 4
    assert outcome.finding_with("exercises (letter, screen)", "no required alt description")
    assert outcome.finding_with("exercises (letter, screen)", "FIGURE-ALTERNATIVE-TEXT")
    assert not plain_clinic.out.exists()


def test_preflight_notices_what_a_screen_file_lost(tmp_path: Path) -> None:
    for number, lost in enumerate(("alt", "language", "marks")):
        broken = tmp_path / f"{number}.pdf"
        with pikepdf.open(screen("explainer")) as pdf:
            if lost == "alt":
                del next(tag for tag in elements(pdf) if tag.S == "/Figure").Alt
            elif lost == "language":
                del pdf.Root.Lang
            else:
                del pdf.Root.StructTreeRoot
            pdf.save(broken)
        outcome = run_here("preflight", *SCREEN, broken, cwd=tmp_path)
        assert outcome.code == 4, lost


def test_headings_that_skip_a_level_are_noticed(plain_clinic: ClinicFolder) -> None:
    own_template(plain_clinic, "exercises", in_the_sheet("<h4>Deep</h4>"))
    outcome = plain_clinic.run("build", *SCREEN, "exercises")
    assert outcome.code == 4
    assert outcome.finding_with("exercises (letter, screen)", "tags")
