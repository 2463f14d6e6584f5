"""Whatever a file holds or is called: on a terminal it is shown, and steers nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from terminal_tools import on_screen, steering

from handouts.basics.characters import shown

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

OSC, CSI, C1 = "\x1b]0;owned\x07", "\x1b[2J", "\x9b31m"
HOSTILE = f"Q{OSC}{CSI}{C1}\u202eX\u2066\u2028\x7f"
SHOWN = r"Q\x1b]0;owned\x07\x1b[2J\x9b31m\u202eX\u2066\u2028\x7f"


def test_the_looking_finds_what_is_there() -> None:
    assert steering(HOSTILE) == [
        "\x1b",
        "\x07",
        "\x1b",
        "\x9b",
        "\u202e",
        "\u2066",
        "\u2028",
        "\x7f",
    ]
    assert steering("\x1b[31merror\x1b[0m: x\r\n") == []


@given(st.text())
def test_what_is_shown_is_one_line_that_steers_nothing(text: str) -> None:
    told = shown(text)
    assert steering(told) == []
    assert len(told.splitlines()) <= 1
    assert told == text or any(
        unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in text
    )


@pytest.mark.parametrize(
    "text", ["Ada Sample", "می\u200cخواهم", "क\u200dष", "👩\u200d⚕️", "עדה — 李"]
)
def test_letters_of_every_script_are_shown_as_they_are(text: str) -> None:
    assert shown(text) == text


def test_headers_of_a_roster(clinic_folder: ClinicFolder) -> None:
    name = f"r{CSI}.csv"
    (clinic_folder.path / name).write_text(
        f'name,programme,"{HOSTILE}"\nAda,all-four,\nBen,"{HOSTILE}",\n', encoding="utf-8"
    )
    for quiet in ((), ("--failed", f"f{C1}.csv"), ("--strict",)):
        _, screen = on_screen("roster", "check", name, *quiet, cwd=clinic_folder.path)
        assert steering(screen) == [], screen
        assert r"r\x1b[2J.csv" in screen
        assert r"Q\x1b]0;owned\x07\x1b[2J\x9b31m" in screen


def test_keys_and_values_of_yaml(plain_clinic: ClinicFolder) -> None:
    plain_clinic.text += f"{json.dumps('k' + HOSTILE)}: 1\n"
    plain_clinic.edit("paper: letter", f"paper: {json.dumps(HOSTILE)}")
    code, screen = on_screen("check", cwd=plain_clinic.path)
    assert code == 3
    assert steering(screen) == [], screen
    assert f'unknown key "k{SHOWN}"' in screen
    assert screen.count(r"\x1b]0;owned\x07") >= 2


@pytest.mark.parametrize(
    "args",
    [
        ("check", "--content", f"c{HOSTILE}.yaml"),
        ("list", "--content", f"c{HOSTILE}.yaml"),
        ("sheet", f"p{HOSTILE}.yaml"),
        ("sheet", "--programme", HOSTILE, "--for", "Ada"),
        ("sheet", "--exercise", f"{HOSTILE}:hold={HOSTILE}", "--for", "Ada"),
        ("build", HOSTILE),
        ("build", f"--{HOSTILE}"),
        ("preview", HOSTILE),
        (HOSTILE,),
        ("impose", f"{HOSTILE}.pdf", "--scheme", "2-up", "--paper", "a3", "-o", "x.pdf"),
        ("preflight", f"{HOSTILE}.pdf", "--profile", "office"),
        ("roster", "check", f"{HOSTILE}.csv"),
        ("batch", f"{HOSTILE}.csv"),
        ("batch", f"{HOSTILE}.yaml"),
    ],
    ids=lambda args: "-".join(args)[:20].encode("ascii", "ignore").decode().strip("\x1b"),
)
def test_what_was_typed(clinic_folder: ClinicFolder, args: tuple[str, ...]) -> None:
    code, screen = on_screen(*args, cwd=clinic_folder.path)
    assert code in {2, 3}, screen
    assert steering(screen) == [], screen
    assert r"\x1b" in screen


def hostile_names(clinic: ClinicFolder) -> None:
    """Give an exercise and a programme names that would steer a terminal."""
    clinic.edit('name: "Suboccipital release"', f"name: {json.dumps(HOSTILE)}")
    clinic.edit('name: "All four exercises"', f"name: {json.dumps('P' + HOSTILE)}")


def test_the_list_of_names(plain_clinic: ClinicFolder) -> None:
    hostile_names(plain_clinic)
    code, screen = on_screen("list", cwd=plain_clinic.path)
    assert code == 0
    assert steering(screen) == [], screen
    assert screen.count(r"Q\x1b]0;owned\x07") == 2
    code, screen = on_screen("list", "--json", cwd=plain_clinic.path)
    assert steering(screen) == [], screen
    assert HOSTILE.replace("\u2028", " ") in json.loads(screen)["exercises"].values()


@pytest.mark.usefixtures("own_drafts")
def test_questions_and_their_defaults(plain_clinic: ClinicFolder) -> None:
    hostile_names(plain_clinic)
    options = ("--programme", "all-four", "--goal", "Q\u200f\u00ad goes on")
    code, screen = on_screen(
        "sheet", "--ask", *options, cwd=plain_clinic.path,
        typed=b"Ada\n\n\n" + b"\n" * 6 + b"n\n",
    )  # fmt: skip
    assert steering(screen) == [], screen
    assert r"PQ\x1b]0;owned\x07" in screen
    assert r"[Q\u200f\xad goes on]" in screen
    assert code == 1, screen


def test_what_a_pdf_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / f"t{CSI}.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(612, 792))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name(f"/F{OSC}{C1}"),
        )
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 12 Tf 72 72 Td (x) Tj ET")
        pdf.docinfo["/Title"] = HOSTILE
        pdf.docinfo["/Producer"] = HOSTILE
        pdf.docinfo["/GTS_PDFXVersion"] = HOSTILE
        pdf.save(path)
    code, screen = on_screen("preflight", path.name, "--profile", "press", cwd=tmp_path)
    assert code == 4
    assert steering(screen) == [], screen
    assert r"t\x1b[2J.pdf" in screen
    assert r"F\x1b]0;owned\x07" in screen


def test_json_is_ascii_in_every_case(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "r.csv").write_text(
        f'name,programme,"{HOSTILE}é"\nAda,all-four,\n', encoding="utf-8"
    )
    out = clinic_folder.run("roster", "check", "r.csv", "--json").out
    assert out.isascii()
    assert out.isprintable() or set(out) - {"\n"} == set(filter(str.isprintable, out))
    assert any("é" in finding["what"] for finding in json.loads(out)["findings"])


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_letters_that_the_terminal_lacks_stop_no_command(
    plain_clinic: ClinicFolder, encoding: str
) -> None:
    plain_clinic.edit('name: "Suboccipital release"', 'name: "Übung 李"')
    result = subprocess.run(
        [sys.executable, "-m", "handouts", "list"],
        cwd=plain_clinic.path,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert rb"bung \u674e" in result.stdout


@pytest.mark.parametrize("columns", [1, 9])
def test_a_narrow_terminal_stops_no_command(plain_clinic: ClinicFolder, columns: int) -> None:
    for args in (("--help",), ("sheet", "--help"), ("check",), ("build", "explainer")):
        code, screen = on_screen(*args, cwd=plain_clinic.path, columns=columns)
        assert code == 0, screen
        assert "Traceback" not in screen
