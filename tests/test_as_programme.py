"""A sheet's exercises as a programme in content.yaml: one entry more, and no other byte changed."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import DATA, ClinicFolder
from made_once import made_once
from pdf_tools import fill_clinic
from sheet_tools import ADA, LEVATOR, OPEN_BOOK, RELEASE, TRAPEZIUS, from_options, resolved

from handouts.basics.errors import LayoutError
from handouts.basics.findings import Finding, Report
from handouts.load.content import load_content
from handouts.load.yaml_insert import with_entry

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Outcome

ASKED = (
    *ADA, "--exercise", f"{LEVATOR}:side=left,hold=15s,times=2", "--exercise",
    f"{OPEN_BOOK}:side=each,weeks1-2.reps=5,weeks3-4.reps=8-10", "--exercise", RELEASE,
    "--exercise", f"{TRAPEZIUS}:left.hold=20s,right.hold=10s",
    "--goal", "Secret goal", "--notes", "Secret note",
    "--change", f"{LEVATOR}:note=Secret words", "--change", f"{LEVATOR}:step6=-",
)  # fmt: skip
ENTRY = {"name": "One more", "exercises": ["open-book"], "doses": {"open-book": {"side": "each"}}}


def same_start(one: str | bytes, other: str | bytes) -> int:
    """Say how many signs two texts begin with that are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


@cache
def written() -> tuple[ClinicFolder, bytes, str]:
    """Write a programme: the folder, its content before, and what was said."""

    def fill(folder: Path) -> None:
        clinic = fill_clinic(folder / "clinic", DATA / "whole-clinic.yaml")
        clinic.text = clinic.text.replace("\n", "\r\n", 400)  # as an editor left it half-way
        clinic.content.chmod(0o640)
        (folder / "before.yaml").write_bytes(clinic.content.read_bytes())
        outcome = clinic.run("sheet", *ASKED, "--as-programme", "desk-week", "-o", "ada.pdf")
        assert outcome.code == 0, outcome.err
        (folder / "said.txt").write_text(outcome.out, encoding="utf-8")

    made = made_once("as-programme", fill)
    said = (made / "said.txt").read_text(encoding="utf-8")
    return ClinicFolder(made / "clinic"), (made / "before.yaml").read_bytes(), said


def test_the_file_has_an_insertion_and_no_other_byte_is_changed() -> None:
    clinic, before, said = written()
    after = clinic.content.read_bytes()
    start = same_start(before, after)
    end = len(before) - start
    assert after[:start] == before[:start]
    assert after[len(after) - end :] == before[start:]
    assert "content.yaml  programme desk-week" in said
    assert clinic.content.stat().st_mode & 0o777 == 0o640
    assert (clinic.path / "ada.pdf").stat().st_mode & 0o077 == 0


def test_nothing_personal_is_in_it() -> None:
    clinic, before, _ = written()
    added = clinic.content.read_bytes().decode()
    programme = yaml.safe_load(added)["programmes"]["desk-week"]
    assert set(programme) == {"name", "exercises", "doses"}
    for own in ("Secret", "Ada", "left_out", "2026-"):
        assert added.count(own) == before.decode().count(own)


def test_the_next_patient_gets_the_same_doses() -> None:
    clinic, before, _ = written()
    loaded = load_content(clinic.content)
    doses = (arg for flag, arg in pairwise(ASKED) if flag == "--exercise")
    first = resolved(from_options(*doses, patient="Ada Sample", loaded=loaded), loaded=loaded)
    then = from_options(patient="Ben Sample", programme="desk-week", loaded=loaded)
    assert {one.exercise: one.dose.filled() for one in resolved(then, loaded=loaded).exercises} == {
        one.exercise: one.dose.filled() for one in first.exercises
    }
    assert "desk-week" not in before.decode()


def refused(clinic: ClinicFolder, *args: str, code: int = 3) -> Outcome:
    """Ask for a programme that must be refused; nothing may be written."""
    before = {path: path.read_bytes() for path in clinic.path.rglob("*") if path.is_file()}
    outcome = clinic.run("sheet", *args, "-o", "ada.pdf", "--save", "ada.yaml")
    assert outcome.code == code, outcome
    assert {path: path.read_bytes() for path in clinic.path.rglob("*") if path.is_file()} == before
    return outcome


REFUSED = {
    "there already": ("all-four", RELEASE, "there is a programme all-four", "another id"),
    "no id": ("All four", RELEASE, "small letters, digits and hyphens", "like gentle-start"),
    "a name": ("for-ada", RELEASE, "holds a word of the patient's name", "another id"),
    "as needed": (
        "one", f"{RELEASE}:when=My head aches", "said in words for this patient", "take as_needed",
    ),
    "past a limit": (
        "one", f"{RELEASE}:hold=4min", "hold of 4 minutes is past its limit", "3 minutes at most",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_be_no_programme_is_refused_and_nothing_written(
    clinic_folder: ClinicFolder, case: str
) -> None:
    id_, exercise, what, mend = REFUSED[case]
    outcome = refused(
        clinic_folder, *ADA, "--initials", "--exercise", exercise, "--as-programme", id_,
        *(("--beyond-limits", f"{RELEASE}:hold=240s: held well here") if "limit" in case else ()),
    )  # fmt: skip
    error = outcome.the_error(what)
    assert error.startswith("--as-programme")
    assert mend in error
    assert "head aches" not in error


def test_content_that_does_not_pass_the_check_is_not_written(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Report:
        raise LayoutError(Report((Finding("the brochure is too long", "", "write less"),)))

    monkeypatch.setattr("handouts.jobs.check.look_through", fails)
    outcome = refused(
        clinic_folder, *ADA, "--exercise", RELEASE, "--as-programme", "one", code=4
    )  # fmt: skip
    assert outcome.the_error("the brochure is too long")


def test_content_that_an_editor_saves_meanwhile_is_not_written_over(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edits(*_: object) -> Report:
        clinic_folder.edit("# Names of anatomy", "# Names of all anatomy")
        return Report()

    monkeypatch.setattr("handouts.jobs.check.look_through", edits)
    args = (*ADA, "--exercise", RELEASE, "--as-programme", "one", "-o", "ada.pdf")
    outcome = clinic_folder.run("sheet", *args)
    assert outcome.code == 5
    assert outcome.the_error("the content was changed while the sheet was made")
    assert "  one:" not in clinic_folder.text
    assert "# Names of all anatomy" in clinic_folder.text
    assert not (clinic_folder.path / "ada.pdf").exists()


def test_a_file_laid_out_so_that_nothing_can_be_put_in_is_refused(
    clinic_folder: ClinicFolder,
) -> None:
    text = clinic_folder.text
    start, end = text.index("\nprogrammes:"), text.index("\n# Names of anatomy")
    clinic_folder.text = text[:start] + "\nprogrammes: {} # none yet {" + text[end:]
    clinic_folder.check()
    outcome = clinic_folder.run(
        "sheet", *ADA, "--exercise", RELEASE, "--as-programme", "one", "-o", "a.pdf"
    )
    assert outcome.code == 0, outcome.err  # a comment is no hindrance
    assert "programmes: {one: {name: One" not in clinic_folder.text
    assert 'programmes: {one: {name: "One", exercises: [suboccipital-release]}} # none' in (
        clinic_folder.text
    )


LAID_OUT = {
    "as the sample": "a: 1\nprogrammes:\n  old:\n    name: x\n\n# next\nb: 2\n",
    "a comment behind": "programmes:\n  old: {n: x} # its own\n    # and more\n# next\nb: 2\n",
    "four spaces": "programmes:\n    old:\n        name: x\nb: 2\n",
    "the last in the file": "b: 2\nprogrammes:\n  old:\n    name: x",
    "with a text in lines": "programmes:\n  old:\n    n: |\n      x\n      # text\n\n\n# c\nb: 2\n",
    "in braces": "programmes: {old: {name: x}}\nb: 2\n",
    "in braces, a comma at the end": "programmes: {old: {name: x}, }\nb: 2\n",
    "in braces over lines": "programmes: {\n  old: {name: x}\n}\nb: 2\n",
    "none yet": "b: 2 # the last\n",
    "none yet, and no line's end": "b: [1,\n 2]",
    "none yet, and a comment": "b: 2\n\n# the end\n",
    "other line ends": "programmes:\r\n  old:\r\n    name: x\r\n\r\n# next\r\nb: 2\r\n",
    "all in braces": '{"b": 2, "programmes": {"old": {"name": "x"}}}\n',
}


@pytest.mark.parametrize("how", LAID_OUT)
def test_an_entry_is_put_in_however_the_file_is_laid_out(how: str) -> None:
    text = LAID_OUT[how]
    after = with_entry(text, ("programmes",), "one-more", ENTRY)
    assert after is not None
    start = same_start(text, after)
    assert after.endswith(text[start:])
    before, read = yaml.safe_load(text), yaml.safe_load(after)
    assert read == {**before, "programmes": {**before.get("programmes", {}), "one-more": ENTRY}}
    assert ("\r\n" in text) == ("\r\n" in after)
    comments = [line for line in text.splitlines() if "#" in line]
    assert [line for line in after.splitlines() if "#" in line] == comments


@pytest.mark.parametrize("text", ["programmes: text\n", "programmes:\n", "- a\n", "", "a: [\n"])
def test_a_file_that_has_no_place_for_an_entry_is_left_alone(text: str) -> None:
    assert with_entry(text, ("programmes",), "one-more", ENTRY) is None
