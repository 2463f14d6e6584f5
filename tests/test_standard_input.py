"""A name, or a whole prescription, that is typed into no command."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from terminal_tools import on_screen

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

PRESCRIPTION = (
    'patient: "Quizzyla Vexworth"\nexercises:\n  - exercise: open-book\n    side: left\n'
    "goal: Juggle kumquats\n"
)
ONE = ("--exercise", "open-book:side=left", "-o", "s.pdf")


def words(path: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_a_prescription_is_read_from_standard_input(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.run("sheet", "-", "-o", "s.pdf", typed=PRESCRIPTION)
    assert outcome.code == 0, outcome.err
    printed = words(plain_clinic.path / "s.pdf")
    assert "Quizzyla Vexworth" in printed
    assert "Juggle kumquats" in printed
    (plain_clinic.path / "p.yaml").write_text(PRESCRIPTION)
    assert plain_clinic.run("sheet", "p.yaml", "-o", "f.pdf").code == 0
    same = (plain_clinic.path / name for name in ("s.pdf", "f.pdf"))
    assert len({path.read_bytes() for path in same}) == 1


def test_what_is_wrong_there_is_told_with_its_place(plain_clinic: ClinicFolder) -> None:
    wrong = PRESCRIPTION.replace("side: left", "side: up").replace("Juggle", "Juggle\u202e")
    outcome = plain_clinic.run("sheet", "-", typed=wrong)
    assert outcome.code == 3
    assert outcome.the_finding("standard input:4:11 error", '"side"')
    assert outcome.the_finding("standard input:5:7 error", "turns text round")
    assert "kumquats" not in outcome.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "the file holds no prescription"),
        ("- a\n", "the file holds no prescription"),
        ("patient: [\n", "a bracket is opened here and not closed"),
        ("#" * 2_000_001, "the limit is 2 MB"),
    ],
)
def test_what_is_no_prescription_is_refused(
    plain_clinic: ClinicFolder, typed: str, said: str
) -> None:
    outcome = plain_clinic.run("sheet", "-", typed=typed)
    assert outcome.code == 3
    assert outcome.the_finding("standard input", "error", said)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("-", "--for", "-"), "the name or the prescription, not both"),
        (("-", "--ask"), "the answers to --ask come from standard input"),
        (("--for", "-", "--ask"), "--ask asks for the name"),
    ],
)
def test_one_input_is_not_read_for_two_things(
    plain_clinic: ClinicFolder, args: tuple[str, ...], said: str
) -> None:
    outcome = plain_clinic.run("sheet", *args, typed=PRESCRIPTION)
    assert outcome.code == 2
    assert said in outcome.err


def test_in_a_terminal_the_name_is_asked_for(plain_clinic: ClinicFolder) -> None:
    code, screen = on_screen(
        "sheet", "--for", "-", *ONE, cwd=plain_clinic.path, typed=b"Quizzyla Vexworth\n"
    )
    assert code == 0, screen
    assert "Patient's name: " in screen
    assert "Quizzyla Vexworth" in words(plain_clinic.path / "s.pdf")


@pytest.mark.parametrize("typed", ["\ufeffQuizzyla Vexworth\r\n", "  Quizzyla Vexworth  \nx\n"])
def test_the_first_line_is_the_name(plain_clinic: ClinicFolder, typed: str) -> None:
    outcome = plain_clinic.run("sheet", "--for", "-", *ONE, typed=typed)
    assert outcome.code == 0, outcome.err
    assert "Quizzyla Vexworth" in words(plain_clinic.path / "s.pdf")


@pytest.mark.parametrize("typed", ["Q" * 5000, "Q" * 301 + "\n"])
def test_a_line_too_long_is_refused(plain_clinic: ClinicFolder, typed: str) -> None:
    outcome = plain_clinic.run("sheet", "--for", "-", *ONE, typed=typed)
    assert outcome.code == 3
    assert outcome.the_error("--for error", "long")
    assert "QQ" not in outcome.err
