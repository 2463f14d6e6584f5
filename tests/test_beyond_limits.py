"""A reason to go past a limit is for one value of one exercise, until its own day."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import DATA
from hypothesis import given
from hypothesis import strategies as st
from sheet_tools import (
    ADA,
    LEVATOR,
    TODAY,
    TRAPEZIUS,
    from_file,
    from_options,
    printed_sheet,
    refused_sheet,
    resolved,
    whole_content,
)

from handouts.basics.errors import ContentError
from handouts.basics.findings import Severity
from handouts.intake.roster.read import read_roster
from handouts.load.prescription import reason_from_text
from handouts.models.beyond_limits import PastLimit, reason_fault

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

SAVED = DATA / "saved-before" / "08-beyond-a-limit.yaml"
"""Saved with one reason for all: 2 sets of 3 where 4 in one go are the limit."""
WHY = "tolerated well since October"
SEEN = "did it gladly for a month"
HOLD = {"exercise": LEVATOR, "part": "hold", "value": "40 s", "reason": WHY}
FILE: dict[str, Any] = {
    "patient": "Ada Sample",
    "date": "2026-12-01",
    "exercises": [{"exercise": LEVATOR, "hold": "40 s", "side": "left"}],
    "beyond_limits": [HOLD],
}


def asked(*layers: Any) -> list[str]:
    """Give what is asked of layers that are refused; nothing where they are taken."""
    try:
        resolved(*layers)
    except ContentError as error:
        return [str(finding) for finding in error.report.errors]
    return []


def test_a_reason_lets_its_own_value_pass(tmp_path: Path) -> None:
    sheet = resolved(from_file(tmp_path / "a.yaml", FILE))
    assert [(one.part, one.value, one.reason) for one in sheet.beyond_limits] == [
        ("hold", "40 s", WHY)
    ]


@pytest.mark.parametrize(
    ("option", "values", "said"),
    [
        (f"{LEVATOR}:hold=8min", {}, "hold of 8 minutes"),
        (f"{LEVATOR}:hold=41s", {}, "hold of 41 seconds"),
        (f"{LEVATOR}:times=12", {}, "times a day of 12"),
        (f"{LEVATOR}:sets=3", {}, "repetitions of 9 in one go"),
        (f"{TRAPEZIUS}:hold=40s,side=left", {}, f"{TRAPEZIUS}: hold of 40 seconds"),
        (LEVATOR, {"date": "2026-12-02"}, "held until the date of its own file"),
        (LEVATOR, {"date": "2027-12-01"}, "held until the date of its own file"),
    ],
)
def test_another_value_exercise_or_day_asks_again(
    tmp_path: Path, option: str, values: dict[str, str], said: str
) -> None:
    (found,) = asked(from_file(tmp_path / "a.yaml", FILE), from_options(option, **values))
    assert said in found
    assert WHY not in found
    name = option.partition(":")[0]
    assert f"beyond_limits={name}:".replace("=", '="') in found or f"{name}:" in found


def test_what_is_asked_for_says_how_to_write_it_and_that_is_taken(
    clinic_folder: ClinicFolder,
) -> None:
    dose = f"{LEVATOR}:hold=40s,side=left"
    found = refused_sheet(clinic_folder, *ADA, "--exercise", dose).the_error("past its limit")
    how = found.partition("--beyond-limits ")[2].strip('".')
    assert how == f"{LEVATOR}:hold=40s: why"
    printed_sheet(
        clinic_folder, *ADA, "--exercise", dose, "--beyond-limits", how.replace("why", WHY),
        "--save", "ada.yaml",
    )  # fmt: skip
    kept = yaml.safe_load((clinic_folder.path / "ada.yaml").read_text())
    assert kept["beyond_limits"] == [HOLD]
    again = "ada.yaml", "--exercise", f"{LEVATOR}:hold=8min,times=12"
    outcome = clinic_folder.run("sheet", *again)
    assert outcome.code == 3
    assert outcome.finding_with("hold of 8 minutes")
    assert outcome.finding_with("times a day of 12")
    assert WHY not in outcome.err


@pytest.mark.parametrize(
    "text",
    ["Held it well", f"{LEVATOR}: {WHY}", f"{LEVATOR}:hold: {WHY}", f"{LEVATOR}:hold=40s", ""],
)
def test_a_reason_without_its_value_is_refused_with_how_to_write_it(
    clinic_folder: ClinicFolder, text: str
) -> None:
    dose = f"{LEVATOR}:hold=40s,side=left"
    outcome = refused_sheet(clinic_folder, *ADA, "--exercise", dose, "--beyond-limits", text)
    found = outcome.the_finding("a reason is for one value of one exercise")
    assert f'"{LEVATOR}:hold=40s: {WHY}"' in found
    assert "Held" not in outcome.err


@pytest.mark.parametrize(
    "text",
    ["no", "No.", "yes", "ok", "go back", "Go back, please", "40 s", "30 seconds", "hold 30 s",
     "3 times a day", "left side", "never mind", "-", "?!", "because", "n/a", "I don't know"],
)  # fmt: skip
def test_what_is_no_reason_is_refused(text: str) -> None:
    assert reason_fault(text) is not None
    (found,) = asked_for_reason(text)
    assert "no reason" in found


def asked_for_reason(text: str) -> list[str]:
    dose = from_options(f"{LEVATOR}:hold=40s,side=left", patient="Ada")
    try:
        reason = from_options(beyond_limits=[f"{LEVATOR}:hold=40s: {text}"])
    except ContentError as error:
        return [str(finding) for finding in error.report.errors]
    return asked(dose, reason)


@pytest.mark.parametrize("text", [WHY, "as agreed", "Held it well", "競泳選手で慣れている"])
def test_what_is_a_reason_is_taken(text: str) -> None:
    assert asked_for_reason(text) == []


@given(st.text(max_size=40))
def test_any_text_is_a_reason_for_a_value_or_none(text: str) -> None:
    found = reason_from_text(text)
    assert found is None or all(found.values())


@given(
    st.sampled_from(["hold", "reps", "repetitions", "times", "times-a-day"]),
    st.integers(1, 100),
    st.sampled_from(["{}:{}={}: {}", " {} : {} = {} :{}", "{}:{}={}:{}"]),
)
def test_a_reason_is_read_from_what_it_was_written_as(part: str, count: int, form: str) -> None:
    value = f"{count} s" if part == "hold" else str(count)
    found = reason_from_text(form.format(LEVATOR, part, value, WHY + ": as a swimmer = strong"))
    assert found is not None
    one = PastLimit.model_validate(found)
    assert (one.exercise, one.most) == (LEVATOR, count)
    assert one.reason == WHY + ": as a swimmer = strong"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (f"{LEVATOR}:hold=40s: {SEEN}", ""),
        (f"{TRAPEZIUS}:hold=40s: {SEEN}", "hold of 40 seconds is past its limit"),
        (f"{LEVATOR}:hold=41s: {SEEN}", "hold of 40 seconds is past its limit"),
        (SEEN, "a reason is for one value of one exercise"),
        (f"{LEVATOR}:hold=40s: no", "this is no reason"),
    ],
)
def test_a_row_of_a_roster_has_its_reason_for_one_value(
    tmp_path: Path, reason: str, said: str
) -> None:
    path = tmp_path / "r.csv"
    row = f'Ada Sample,"{LEVATOR}:hold=40s,side=left","{reason}"'
    path.write_text(f"name,exercises,beyond limits\n{row}\n", encoding="utf-8")
    (found,) = read_roster(path, whole_content(), TODAY)
    errors = [str(one) for one in found.findings if one.severity is Severity.ERROR]
    assert bool(errors) == bool(said)
    assert said in "".join(errors)
    assert SEEN not in "".join(errors)


# One reason for all, as files had it


def test_a_file_with_one_reason_for_all_prints_what_it_printed(clinic_folder: ClinicFolder) -> None:
    shutil.copy(SAVED, clinic_folder.path / "old.yaml")
    sheet, _ = printed_sheet(clinic_folder, "old.yaml", "--save", "again.yaml")
    assert sheet.says("Hold 30 seconds", "2 sets of 3", "5 days a week")
    kept = yaml.safe_load((clinic_folder.path / "again.yaml").read_text())
    (reason,) = kept["beyond_limits"]
    assert (reason["exercise"], reason["part"], reason["value"]) == (LEVATOR, "repetitions", "6")
    assert reason["reason"].startswith("Competitive swimmer")


@pytest.mark.parametrize(
    ("args", "said", "how"),
    [
        (("--exercise", f"{LEVATOR}:hold=8min"), "counts only for what is past", "hold=480s"),
        (("--exercise", f"{TRAPEZIUS}:hold=9min,side=left"), "counts only for", "hold=540s"),
        (("--date", "2027-11-23"), "until the date of its own file", "repetitions=6"),
    ],
)
def test_for_anything_else_a_file_with_one_reason_for_all_asks_again(
    clinic_folder: ClinicFolder, args: tuple[str, ...], said: str, how: str
) -> None:
    shutil.copy(SAVED, clinic_folder.path / "old.yaml")
    outcome = refused_sheet(clinic_folder, "old.yaml", *args)
    found = outcome.the_error(said)
    assert f":{how}: why" in found
    assert "swimmer" not in outcome.err


def test_a_file_that_is_used_every_day_has_no_reason_for_ever(tmp_path: Path) -> None:
    for reasons in ([HOLD], "held it well here"):
        file = {key: value for key, value in FILE.items() if key != "date"}
        layer = from_file(tmp_path / "a.yaml", {**file, "beyond_limits": reasons})
        (found,) = asked(layer)
        assert "until the file's date, and it has none" in found


# A next visit that is past


@pytest.mark.parametrize(
    ("visit", "date", "past"),
    [
        ("Tuesday, December 8, 10:30 am", "2026-12-09", True),
        ("Tuesday, December 8, 10:30 am", "2026-12-08", False),
        ("8 Dec", "2026-12-20", True),
        ("8th December, at 9", "2026-12-20", True),
        ("2026-12-08 10:30", "2026-12-20", True),
        ("January 5", "2026-12-20", False),
        ("January 5", "2027-01-06", True),
        ("In three weeks", "2027-06-01", False),
        ("December 8 or December 10", "2026-12-20", False),
        ("March 32", "2027-06-01", False),
    ],
)
def test_a_saved_next_visit_that_is_past_is_refused(
    tmp_path: Path, visit: str, date: str, past: bool
) -> None:
    file = {**FILE, "next_visit": visit, "beyond_limits": []}
    file["exercises"] = [{"exercise": LEVATOR, "side": "left"}]
    said = asked(from_file(tmp_path / "a.yaml", file), from_options(date=date))
    assert any("next visit is before" in one for one in said) == past
    assert visit not in "".join(said)
    mended = asked(
        from_file(tmp_path / "a.yaml", file), from_options(date=date, next_visit="In a week")
    )
    assert mended == []
