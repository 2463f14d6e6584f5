"""``handouts preflight``: what it says of each file, good, bad or damaged, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import jsonschema
import pikepdf
import pytest
from conftest import ROOT, run, run_here
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary
from preflight_pdfs import (
    AREA,
    PRESS_PAGE,
    Recipe,
    drawn,
    form,
    good,
)

from handouts.basics.choices import Profile
from handouts.basics.errors import ContentError
from handouts.preflight.look import CHECKS, preflight
from handouts.preflight.result import Result

if TYPE_CHECKING:
    from pathlib import Path


NAMES = [entry.name for entry in CHECKS]

# Files that are no PDF


def bad_files(folder: Path) -> dict[str, str]:
    """Write files that can't be read; give what must be said of each."""
    whole = good(press=True)
    no_pages = BytesIO()
    pikepdf.new().save(no_pages)
    held: dict[str, tuple[bytes, str]] = {
        "empty.pdf": (b"", "the file is empty"),
        "letter.pdf": (b"Dear Sir or Madam", "this is no PDF file"),
        "half.pdf": (whole[: len(whole) // 2], "the file is cut short"),
        "holed.pdf": (b"%PDF-1.7\n" + b"\0" * 500 + b"\n%%EOF", "the file is damaged"),
        "locked.pdf": (
            Recipe(encryption=pikepdf.Encryption(owner="secret", user="open")).make(),
            "the file is locked with a password",
        ),
        "pageless.pdf": (no_pages.getvalue(), "the file has no pages"),
    }
    for name, (data, _) in held.items():
        (folder / name).write_bytes(data)
    (folder / "folder.pdf").mkdir()
    missing = {"folder.pdf": "the file can't be read", "nowhere.pdf": "the file can't be read"}
    return {**{name: said for name, (_, said) in held.items()}, **missing}


def test_every_bad_file_gets_its_answer_and_the_good_one_its_own(tmp_path: Path) -> None:
    said = bad_files(tmp_path)
    (tmp_path / "good.pdf").write_bytes(good(press=True))
    outcome = run("preflight", *said, "good.pdf", "--profile", "press", cwd=tmp_path)
    assert outcome.code == 3
    for name, what in said.items():
        outcome.the_finding(name, what, "To mend:")
    assert outcome.err.splitlines() == [*outcome.findings, f"{len(said)} errors."]
    assert "good.pdf: preflight-checked for press" in outcome.out.splitlines()


@settings(max_examples=25)
@given(data=st.data())
def test_a_damaged_file_gets_an_answer_and_no_crash(data: st.DataObject) -> None:
    whole = bytearray(good(press=True))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(1, 20))] = data.draw(st.binary(max_size=12))
    try:
        said = {check.name for check in preflight(bytes(whole), Profile.PRESS)}
    except ContentError as error:
        said = set(NAMES) if len(error.report.findings) == 1 else set()
    assert said == set(NAMES)


def test_a_form_that_draws_itself_ends(tmp_path: Path) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        endless = pdf.make_indirect(form(pdf, "/Endless Do"))
        endless.Resources.XObject = Dictionary(Endless=endless)
        pdf.pages[0].obj.Resources.XObject.Form = endless

    checks = preflight(Recipe(edit=edit).make(), Profile.PRESS)
    assert [check for check in checks if check.result is Result.FAIL] == []


# The command


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "good.pdf").write_bytes(good(press=True))
    (tmp_path / "red.pdf").write_bytes(drawn(f"1 0 0 rg {AREA}").make())
    (tmp_path / "few.pdf").write_bytes(drawn("q 9.2 0 0 9.2 40 50 cm /Picture Do Q").make())
    return tmp_path


def test_a_file_that_passes_ends_with_0_and_is_not_called_certified(files: Path) -> None:
    outcome = run_here("preflight", "good.pdf", "--profile", "press", cwd=files)
    assert (outcome.code, outcome.err) == (0, "")
    head, *rows = outcome.out.splitlines()
    assert head == "good.pdf: preflight-checked for press"
    assert [row.split()[0] for row in rows] == NAMES
    assert "certified" not in outcome.out


def test_warnings_do_not_fail(files: Path) -> None:
    outcome = run_here("preflight", "few.pdf", "--profile", "press", cwd=files)
    assert outcome.code == 0
    assert outcome.out.startswith("few.pdf: preflight-checked for press, 1 warning\n")
    assert "276 dpi, limit 300" in outcome.out


def test_a_file_that_fails_ends_with_4_and_says_where(files: Path) -> None:
    outcome = run_here("preflight", "red.pdf", "good.pdf", "--profile", "press", cwd=files)
    assert outcome.code == 4
    outcome.the_error("red.pdf, page 2", "area in RGB", "40.0 mm from the left, 140.0 mm from the")
    assert "red.pdf: does not pass for press" in outcome.out
    assert "good.pdf: preflight-checked for press" in outcome.out


def test_the_profile_must_be_named(files: Path) -> None:
    outcome = run_here("preflight", "good.pdf", cwd=files)
    assert outcome.code == 2
    assert "--profile" in outcome.err


TEXT = {"type": "string"}
NUMBER = {"type": ["number", "null"]}
ROW = {
    "check": {"enum": NAMES},
    "result": {"enum": ["pass", "warn", "fail", "not applicable"]},
    "what": TEXT,
    "page": {"type": ["integer", "null"], "minimum": 1},
    "left_mm": NUMBER,
    "top_mm": NUMBER,
    "number": NUMBER,
    "limit": NUMBER,
    "unit": TEXT,
    "times": {"type": "integer", "minimum": 1},
    "mend": TEXT,
}


def exactly(properties: dict[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


SCHEMA = exactly(
    {
        "profile": {"enum": ["office", "press", "screen"]},
        "files": {
            "type": "array",
            "items": exactly(
                {
                    "path": TEXT,
                    "passed": {"type": "boolean"},
                    "checks": {"type": "array", "items": exactly(ROW)},
                    "findings": {"type": "array", "items": {"type": "object"}},
                }
            ),
        },
    }
)


def test_json_says_the_same_for_programs(files: Path) -> None:
    (files / "empty.pdf").write_bytes(b"")
    names = ("good.pdf", "red.pdf", "few.pdf", "empty.pdf")
    outcome = run_here("preflight", *names, "--profile", "press", "--json", cwd=files)
    assert outcome.code == 3
    result = json.loads(outcome.out)
    jsonschema.validate(result, SCHEMA)
    assert [file["path"] for file in result["files"]] == list(names)
    assert [file["passed"] for file in result["files"]] == [True, False, True, False]
    (red,) = [row for row in result["files"][1]["checks"] if row["result"] == "fail"]
    assert (red["check"], red["page"], red["left_mm"], red["top_mm"]) == (
        "colour-spaces",
        2,
        40,
        140,
    )
    (few,) = [row for row in result["files"][2]["checks"] if row["result"] == "warn"]
    assert (few["number"], few["limit"], few["unit"]) == (276, 300, "dpi")
    assert result["files"][3]["findings"][0]["what"] == "the file is empty"


def test_a_broken_file_is_not_told_by_the_readers_own_noise(tmp_path: Path) -> None:
    page = (*PRESS_PAGE, "/Nowhere gs BT /Nowhere 4 Tf (x) Tj ET 1 2 cm")
    (tmp_path / "odd.pdf").write_bytes(Recipe(pages=(page, PRESS_PAGE)).make())
    outcome = run("preflight", "odd.pdf", "--profile", "press", cwd=tmp_path)
    assert outcome.err.splitlines()[:-1] == outcome.findings[:]


def test_looking_at_a_file_does_not_change_what_python_takes_for_a_mapping() -> None:
    """playa's streams share Mapping's cache; here nothing else has asked before them."""
    program = (
        "import handouts.preflight, collections.abc, playa.pdftypes\n"
        "isinstance({}, playa.pdftypes.ContentStream)\n"
        "assert isinstance({}, collections.abc.Mapping)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
