"""What a sheet begins from and what is noted of it: --like, --record, names written in part."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from sheet_tools import ADA, LEVATOR, OPEN_BOOK, RELEASE, TRAPEZIUS, read_sheet, refused_sheet

if TYPE_CHECKING:
    from conftest import ClinicFolder, Outcome

LAST = {
    "patient": "Ada Sample",
    "date": "2026-11-10",
    "exercises": [
        {"exercise": LEVATOR, "hold": "50 s", "side": "left", "note": "Look down."},
        {"exercise": RELEASE},
    ],
    "next_visit": "November 24, 9 am",
    "goal": "Drive again",
    "beyond_limits": [
        {"exercise": LEVATOR, "part": "hold", "value": "50 s", "reason": "held it well here"}
    ],
}

DOSE = "Hold 50 seconds, left side. Do this 2–3 times. 1–2 times a day."


def last(clinic: ClinicFolder, **changed: object) -> str:
    """Write an earlier sheet's file; None takes a key out."""
    tree = {key: value for key, value in {**LAST, **changed}.items() if value is not None}
    (clinic.path / "last.yaml").write_text(json.dumps(tree), encoding="utf-8")
    return "last.yaml"


def kept(clinic: ClinicFolder, *args: str) -> tuple[dict[str, object], Outcome]:
    """Make a sheet and keep it; give what is kept."""
    outcome = clinic.run("sheet", *args, "--save", "kept.yaml")
    assert outcome.code == 0, outcome.err
    return yaml.safe_load((clinic.path / "kept.yaml").read_text()), outcome


# --like


def test_a_sheet_begins_like_an_earlier_one(plain_clinic: ClinicFolder) -> None:
    said, outcome = kept(plain_clinic, "--like", last(plain_clinic), "--exercise", "lev:hold=30s")
    assert (str(said["date"]), said["goal"]) == ("2026-12-01", "Drive again")
    assert "next_visit" not in said
    assert "beyond_limits" not in said
    (levator,) = (one for one in said["exercises"] if one["exercise"] == LEVATOR)
    assert (levator["hold"], levator["side"], levator["note"]) == ("30 s", "left", "Look down.")
    for not_taken in ("its date, 2026-11-10", "its next visit, which is past", "its reasons"):
        assert outcome.err.count(f"Not taken from last.yaml: {not_taken}") == 1
    assert "24" not in outcome.err


def test_what_an_earlier_sheet_needed_a_reason_for_needs_one_anew(
    plain_clinic: ClinicFolder,
) -> None:
    refused = refused_sheet(plain_clinic, "--like", last(plain_clinic))
    assert refused.the_error("hold of 50 seconds is past its limit", "--beyond-limits")


def test_on_its_own_day_all_of_an_earlier_sheet_holds(plain_clinic: ClinicFolder) -> None:
    file = last(plain_clinic, date="2026-12-01", next_visit="December 8, 9 am")
    said, outcome = kept(plain_clinic, "--like", file)
    assert said["next_visit"] == "December 8, 9 am"
    assert said["beyond_limits"][0]["reason"] == "held it well here"
    assert "Not taken from last.yaml: its date" in outcome.err


@pytest.mark.parametrize(
    "part", [{"stop_after_weeks": 2}, {"phases": [{"weeks": "1", "hold": "10 s"}]}]
)
def test_weeks_that_were_counted_from_another_day_are_said_anew(
    plain_clinic: ClinicFolder, part: dict[str, object]
) -> None:
    exercises = [{"exercise": LEVATOR, "side": "left", **part}, {"exercise": RELEASE}]
    file = last(plain_clinic, exercises=exercises, beyond_limits=None, next_visit=None)
    refused = refused_sheet(plain_clinic, "--like", file)
    assert refused.the_error("its weeks were counted from 2026-11-10", "last.yaml:1:")
    said, outcome = kept(plain_clinic, "--like", file, "--exercise", "lev:side=right,hold=25s")
    (levator,) = (one for one in said["exercises"] if one["exercise"] == LEVATOR)
    assert (levator["side"], levator["hold"]) == ("right", "25 s")
    assert not {"stop_after_weeks", "phases"} & set(levator)
    assert "the weeks of Levator scapulae stretch" in outcome.err


def test_a_prompt_begins_like_an_earlier_sheet_and_asks_for_what_is_gone(
    plain_clinic: ClinicFolder,
) -> None:
    exercises = [*LAST["exercises"], {"exercise": OPEN_BOOK, "side": "each", "stop_after_weeks": 1}]
    file = last(plain_clinic, exercises=exercises)
    answers = ("", "", "", "30 s", "", "", "", "", "", "", "n")
    outcome = plain_clinic.run(
        "sheet", "--ask", "--like", file, typed="".join(f"{one}\n" for one in answers)
    )
    assert outcome.code == 1, outcome.err
    assert "Not taken from last.yaml: the weeks of Open book" in outcome.err
    assert "hold of 50 seconds is past its limit" in outcome.err
    assert "Next visit: \n" in outcome.err
    assert "Hold 30 seconds, left side" in outcome.err
    assert "2026-11-10" not in outcome.err.partition("Patient's name")[2]


def test_a_sheet_begins_from_one_file(plain_clinic: ClinicFolder) -> None:
    file = last(plain_clinic)
    refused = refused_sheet(plain_clinic, file, "--like", file, code=2)
    assert refused.the_error("a prescription and --like are two sheets to begin from")
    assert refused_sheet(plain_clinic, "--like", "nowhere.yaml").the_error("nowhere.yaml")


# --record


def test_what_was_given_is_said_for_the_record(plain_clinic: ClinicFolder) -> None:
    file = last(plain_clinic, date="2026-12-01", next_visit="December 8, 9 am")
    outcome = plain_clinic.run("sheet", file, "--record", "-o", "ada.pdf", "--weeks", "3")
    assert outcome.code == 0, outcome.err
    lines = outcome.out.splitlines()
    about, sheet = lines.pop(6), lines.pop()
    assert lines == [
        "Home exercises, given December 1, 2026",
        "Given by: Natalie Sample, PT, DPT",
        "1. Suboccipital release: Hold 1–2 minutes. Do this once. 1–2 times a day.",
        f"2. Levator scapulae stretch: {DOSE}",
        "   Note: Look down.",
        "   Past a limit: hold 50 s; the limit is 35 seconds. Reason: held it well here",
        "Goal: Drive again",
        "Next visit: December 8, 9 am",
    ]
    printed = read_sheet(plain_clinic.path / "ada.pdf")
    long, _, log = about.rpartition(". Log: ")
    assert log == "3 weeks."
    assert printed.says(long)
    version, sides = sheet.split()[2].rstrip(","), f"{len(printed.pages)} sides"
    assert sheet == f"Sheet: version {version}, standard, letter, {sides}."
    assert printed.says(f"Version {version}")
    assert f"ada.pdf  {sides}, letter" in outcome.err
    assert "Ada" not in outcome.out


def test_what_differs_for_this_patient_is_in_the_record(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.run(
        *("sheet", *ADA, "--exercise", "lev:side=left", "--exercise", RELEASE, "--record"),
        *("--change", "lev:step4=-", "--change", "LEV:note=Look down.", "--log", "pain,headache"),
    )
    assert outcome.code == 0, outcome.err
    *_, dose, note, step, _, about, _ = outcome.out.splitlines()
    assert dose.startswith("2. Levator scapulae stretch: ")
    assert note == "   Note: Look down."
    assert step == '   Step 4: "Use your hand to guide the stretch lightly.", left out'
    assert about.endswith(" Log: 2 weeks, with pain each day (0-10) and headache days.")
    assert outcome.err.count("--change is for Levator scapulae stretch.\n") == 1
    assert "--change lev" not in outcome.err


def test_the_record_names_the_patient_only_where_it_is_asked(plain_clinic: ClinicFolder) -> None:
    args = ("sheet", *ADA, "--exercise", RELEASE, "-q")
    outcome = plain_clinic.run(*args, "--record-name")
    assert "\nPatient: Ada Sample\n" in outcome.out
    assert "\nNo dose is past its limit.\n" in outcome.out
    assert outcome.err == ""
    assert plain_clinic.run(*args).out == ""


# Names written in part


def test_options_take_a_part_of_a_name_as_prompts_do(plain_clinic: ClinicFolder) -> None:
    said, outcome = kept(
        plain_clinic,
        *ADA,
        *("--programme", "neck", "--leave-out", "Suboccipital", "--clinician", "natalie sample"),
        *("--exercise", "levator:hold=50s", "--exercise", "OPEN BOOK:side=left"),
        *("--beyond-limits", "scapulae:hold=50s: held it well here"),
    )
    assert {one["exercise"] for one in said["exercises"]} == {LEVATOR, TRAPEZIUS, OPEN_BOOK}
    assert said["beyond_limits"][0]["exercise"] == LEVATOR
    for told in (
        "--programme neck is Neck and head: a start.",
        "--leave-out Suboccipital is Suboccipital release.",
        "--exercise levator is Levator scapulae stretch.",
        "--beyond-limits scapulae is Levator scapulae stretch.",
    ):
        assert outcome.err.count(f"{told}\n") == 1


def test_a_part_of_several_names_is_refused_with_all_of_them(plain_clinic: ClinicFolder) -> None:
    refused = refused_sheet(
        plain_clinic, *ADA, "--exercise", "stretch:hold=20s", "--leave-out", "e"
    )
    found = refused.the_finding("--exercise error", '"stretch" could be')
    assert f"{LEVATOR} or {TRAPEZIUS}" in found
    assert "write more of it" in found
    assert refused.the_finding("--leave-out error", '"e" could be')
    assert refused_sheet(plain_clinic, *ADA, "--exercise", "squat").the_error('"squat"')
    assert refused_sheet(plain_clinic, *ADA, "--exercise", "2").the_error('"2"')
