"""Prescriptions in: which of several words holds, and what is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sheet_tools import (
    ADA,
    LEVATOR,
    OPEN_BOOK,
    RELEASE,
    TRAPEZIUS,
    from_file,
    from_options,
    kept,
    kept_exercise,
    printed_sheet,
    reasons_for,
    refused_sheet,
    resolved,
    whole_content,
)

from handouts.models.exercises import Programme

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

# Which word holds


def ranges(most: int, unit: str = "") -> st.SearchStrategy[str]:
    """Write a number, or a range, as a saved prescription writes it."""
    ends = st.tuples(st.integers(1, most), st.integers(1, most)).map(sorted)
    return ends.map(lambda pair: "-".join(map(str, dict.fromkeys(pair))) + unit)


PARTS = {
    "hold": ranges(600, " s"),
    "repetitions": ranges(100),
    "sets": ranges(9),
    "rest": ranges(600, " s"),
    "times_a_day": ranges(9),
    "days_a_week": ranges(7),
    "side": st.sampled_from(["each", "left", "right"]),
}
SHORT = {"repetitions": "reps", "times_a_day": "times", "days_a_week": "days"}
LAYER = st.fixed_dictionaries({}, optional=PARTS)
OWN = {"hold": "20-30 s", "repetitions": "2-3", "times_a_day": "1-2"}
"""The stretch's own dose in the shipped content, but for its side."""


@given(LAYER, LAYER, LAYER, st.booleans())
def test_each_part_of_a_dose_is_that_of_the_layer_nearest_to_the_patient(
    tmp_path: Path,
    in_programme: dict[str, str],
    in_file: dict[str, str],
    in_flag: dict[str, str],
    short: bool,
) -> None:
    wanted = OWN | in_programme | in_file | in_flag
    assume("side" in wanted and ("rest" not in wanted or "sets" in wanted))
    shipped = whole_content()
    programme = Programme.model_validate(
        {"name": "One", "exercises": [LEVATOR], "doses": {LEVATOR: in_programme}}
    )
    loaded = dataclasses.replace(
        shipped, content=shipped.content.model_copy(update={"programmes": {"one": programme}})
    )
    file = {"programme": "one", "exercises": [{"exercise": LEVATOR, **in_file}]}
    names = {part: SHORT.get(part, part) if short else part for part in in_flag}
    flag = ",".join(f"{names[part]}={value}" for part, value in in_flag.items())
    sheet = resolved(
        from_file(tmp_path / "ada.yaml", file, loaded),
        from_options(
            *([f"{LEVATOR}:{flag}"] if flag else []),
            loaded=loaded,
            patient="Ada",
            beyond_limits=reasons_for(LEVATOR, wanted),
        ),
        loaded=loaded,
    )
    assert kept_exercise(sheet, LEVATOR) == {"exercise": LEVATOR, **wanted}


HEADER = {
    "patient": st.sampled_from(["Ada", "Ben"]),
    "date": st.dates(dt.date(1970, 1, 1), dt.date(2999, 12, 31)).map(str),
    "order": st.sampled_from(["posture", "as-listed"]),
    "goal": st.sampled_from(["Run", "Swim"]),
    "notes": st.sampled_from(["Rest", "Walk"]),
    "next_visit": st.sampled_from(["Monday", "Tuesday"]),
    "edition": st.sampled_from(["standard", "large-print", "ink-saver"]),
    "paper": st.sampled_from(["letter", "a4"]),
    "layout": st.sampled_from(["auto", "1", "2", "4"]),
    "log_weeks": st.integers(2, 8),
}


@given(
    st.fixed_dictionaries({}, optional=HEADER),
    st.fixed_dictionaries({}, optional=HEADER),
)
def test_what_an_option_says_goes_before_the_file_and_the_file_before_the_default(
    tmp_path: Path, in_file: dict[str, Any], in_options: dict[str, Any]
) -> None:
    assume("patient" in in_file | in_options)
    sheet = resolved(
        from_file(tmp_path / "ada.yaml", {**in_file, "exercises": [RELEASE]}),
        from_options(**in_options),
    )
    default = {
        "date": "2026-12-01", "clinician": "natalie", "edition": "standard", "paper": "letter",
        "layout": "auto", "language": "en-US",
    }  # fmt: skip
    wanted = default | in_file | in_options
    found = {key: value for key, value in kept(sheet).items() if isinstance(value, str)}
    assert found == {key: str(value) for key, value in wanted.items()}


def test_an_exercise_that_is_left_out_can_be_taken_in_again_by_an_option(tmp_path: Path) -> None:
    file = {"patient": "Ada", "programme": "all-four", "leave_out": [OPEN_BOOK, LEVATOR]}
    sheet = resolved(from_file(tmp_path / "ada.yaml", file), from_options(f"{OPEN_BOOK}:reps=6"))
    assert {item.exercise for item in sheet.exercises} == {RELEASE, OPEN_BOOK, TRAPEZIUS}
    taken_in = kept_exercise(sheet, OPEN_BOOK)
    assert (taken_in["side"], taken_in["repetitions"]) == ("each", "6")  # the programme's side


# Limits


@pytest.mark.parametrize(
    ("exercise", "asked", "limit"),
    [
        (f"{RELEASE}:hold=200s", "hold of 3 minutes 20 seconds", "3 minutes"),
        (f"{LEVATOR}:hold=36s,side=left", "hold of 36 seconds", "35 seconds"),
        (f"{LEVATOR}:hold=5m,side=left", "hold of 5 minutes", "35 seconds"),
        (f"{LEVATOR}:hold=30-36s,side=left", "hold of 30–36 seconds", "35 seconds"),
        (f"{TRAPEZIUS}:hold=31s,side=right", "hold of 31 seconds", "30 seconds"),
        (f"{LEVATOR}:reps=5,side=left", "repetitions of 5 in one go", "4"),
        (f"{LEVATOR}:reps=2-5,side=left", "repetitions of 5 in one go", "4"),
        (f"{LEVATOR}:reps=2,sets=3,side=left", "repetitions of 6 in one go (3 sets)", "4"),
        (f"{OPEN_BOOK}:reps=6,sets=1-2,side=each", "repetitions of 12 in one go (2 sets)", "10"),
        (f"{LEVATOR}:times=4,side=left", "times a day of 4", "3"),
        (f"{TRAPEZIUS}:times=1-3,side=left", "times a day of 1–3", "2"),
    ],
)
def test_a_dose_past_its_limit_is_refused_and_the_limit_said(
    clinic_folder: ClinicFolder, exercise: str, asked: str, limit: str
) -> None:
    name = exercise.partition(":")[0]
    found = refused_sheet(clinic_folder, *ADA, "--exercise", exercise).the_error(asked)
    assert found.startswith(f"--exercise {name}")
    assert f"{name}: {asked} is past its limit of {limit}." in found
    assert f"write {limit} at most" in found
    assert "--beyond-limits" in found


@pytest.mark.parametrize(
    "exercise",
    [
        f"{RELEASE}:hold=3m,reps=2,times=2",
        f"{LEVATOR}:hold=35s,reps=2,sets=2,times=3,side=left",
        f"{OPEN_BOOK}:reps=5,sets=2,times=2,side=each",
    ],
)
def test_a_dose_at_its_limit_is_let_through(exercise: str) -> None:
    assert len(resolved(from_options(exercise, patient="Ada")).exercises) == 1


def test_past_several_limits_each_is_said(clinic_folder: ClinicFolder) -> None:
    outcome = refused_sheet(
        clinic_folder, *ADA, "--exercise", f"{LEVATOR}:hold=40s,reps=5,times=4,side=left",
        "--exercise", f"{RELEASE}:times=3",
    )  # fmt: skip
    errors = [line for line in outcome.findings if " error: " in line]
    assert len(errors) == 4
    assert all("is past its limit of" in line for line in errors)


def test_a_reason_lets_a_dose_past_its_limit_and_is_kept_but_never_printed(
    clinic_folder: ClinicFolder,
) -> None:
    sheet, outcome = printed_sheet(
        clinic_folder, *ADA, "--exercise", f"{LEVATOR}:hold=50s,side=left",
        "--beyond-limits", f"{LEVATOR}:hold=50s: Tolerated quarantine", "--save", "ada.yaml",
    )  # fmt: skip
    assert sheet.says("Hold 50 seconds, left side")
    assert not sheet.says("quarantine")
    assert b"quarantine" not in sheet.path.read_bytes()
    assert "quarantine" not in outcome.out + outcome.err
    saved = (clinic_folder.path / "ada.yaml").read_text(encoding="utf-8")
    assert "  reason: Tolerated quarantine" in saved
    again, _ = printed_sheet(clinic_folder, "ada.yaml")
    assert again.pages == sheet.pages


def test_a_reason_that_nothing_needs_is_a_warning(clinic_folder: ClinicFolder) -> None:
    outcome = refused_sheet(
        clinic_folder, *ADA, "--exercise", RELEASE, "--strict",
        "--beyond-limits", f"{RELEASE}:hold=4min: wept as agreed",
    )  # fmt: skip
    found = outcome.the_finding("--beyond-limits warning: ", "no hold of that value is past")
    assert "wept" not in found


# What is refused, one by one

NEAR = {
    "exercise": (("--exercise", "open-bok"), '"open-bok"', '"open-book"'),
    "programme": (("--programme", "all-for"), '"all-for"', '"all-four"'),
    "clinician": (
        ("--exercise", RELEASE, "--clinician", "natalia"), '"natalia"', '"natalie"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NEAR)
def test_an_unknown_name_is_refused_with_the_nearest(
    clinic_folder: ClinicFolder, kind: str
) -> None:
    args, given_name, nearest = NEAR[kind]
    found = refused_sheet(clinic_folder, *ADA, *args).the_error(
        f"there is no {kind} called {given_name}"
    )
    assert found.startswith(f"--{kind}")
    assert f"did you mean {nearest}" in found


@pytest.mark.parametrize(
    ("exercise", "said"),
    [
        (f"{LEVATOR}:hold=-3s,side=left", '"-3s" is no time to hold'),
        (f"{LEVATOR}:hold=20,side=left", '"20" is no time to hold; write it like "30 s"'),
        (f"{LEVATOR}:hold=11m,side=left", "longer than the limit of 10 min"),
        (f"{LEVATOR}:reps=0,side=left", '"0" is outside 1 to 100'),
        (f"{LEVATOR}:reps=3-2,side=left", "does not run from less to more"),
        (f"{LEVATOR}:side=up", '"side" can\'t be "up"'),
        (f"{LEVATOR}:side=left,days=9", '"9" is more than the 7 days of a week'),
        (f"{OPEN_BOOK}:hold=20s,side=left", "counted and not held"),
        (f"{RELEASE}:side=left", "not done by side"),
        (LEVATOR, "needs the side that is stretched (it is not guessed)"),
        (f"{RELEASE}:rest=30s", "has a rest but no sets"),
        (f"{RELEASE}:bar", '"bar" is no change of a dose'),
        (f"{RELEASE}:hold=", '"hold=" is no change of a dose'),
        (f"{RELEASE}:=3", '"=3" is no change of a dose'),
        (f"{RELEASE}:hold=2m,hold=3m", '"hold" is given twice'),
        (f"{RELEASE}:speed=3", 'unknown key "speed"'),
        ("", 'there is no exercise called ""'),
        (":", 'there is no exercise called ""'),
        (":hold=2m", 'there is no exercise called ""'),
    ],
)
def test_a_wrong_exercise_is_refused_where_it_was_written(
    clinic_folder: ClinicFolder, exercise: str, said: str
) -> None:
    found = refused_sheet(clinic_folder, *ADA, "--exercise", exercise).the_error(said)
    assert found.startswith(f"--exercise {exercise.partition(':')[0]}".strip()), found


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--exercise", RELEASE), "error: the patient is missing. To mend: give --for NAME"),
        (ADA, "error: the sheet has no exercise. To mend: give --programme or --exercise"),
        ((*ADA, "--exercise", RELEASE, "--weeks", "1"), "--weeks error: "),
        ((*ADA, "--exercise", RELEASE, "--weeks", "9"), "--weeks error: "),
        ((*ADA, "--exercise", RELEASE, "--goal", ""), "--goal error: "),
        (("--for", " ", "--exercise", RELEASE), "--for error: "),
        (("--for", "x" * 301, "--exercise", RELEASE), "--for error: "),
        (
            (*ADA, "--programme", "neck-and-head-start", "--leave-out", OPEN_BOOK),
            f"--leave-out error: {OPEN_BOOK} can't be left out: it is not on the sheet",
        ),
        ((*ADA, "--exercise", RELEASE, "--leave-out", RELEASE), f"{RELEASE} is given and left out"),
        *(
            ((*ADA, "--exercise", RELEASE, "--date", day), "--date error: ")
            for day in ("2026-02-30", "tomorrow", "1/12/2026", "0", "86400", "20261201")
        ),
    ],
)
def test_a_wrong_part_is_refused_with_its_option(
    clinic_folder: ClinicFolder, args: tuple[str, ...], said: str
) -> None:
    outcome = refused_sheet(clinic_folder, *args)
    found = next(line for line in outcome.findings if said in line)
    assert "To mend: " in found


def test_an_exercise_that_is_given_twice_is_refused(clinic_folder: ClinicFolder) -> None:
    outcome = refused_sheet(
        clinic_folder, *ADA, "--exercise", f"{RELEASE}:hold=1m", "--exercise", f"{RELEASE}:hold=2m"
    )
    assert outcome.finding_with(f"{RELEASE} is given 2 times", "give it once")


@pytest.mark.parametrize("option", [("--order", "up"), ("--layout", "3"), ("--weeks", "two")])
def test_a_wrong_choice_is_a_wrong_use(clinic_folder: ClinicFolder, option: tuple[str]) -> None:
    assert option[0] in refused_sheet(clinic_folder, *ADA, *option, code=2).err


@pytest.mark.parametrize(
    ("written", "place", "said"),
    [
        ("", "1:1", "the file holds no prescription"),
        ("# nothing but a note\n", "1:1", "the file holds no prescription"),
        ("- patient: Ada\n", "1:1", "the file holds no prescription"),
        ("Ada\n", "1:1", "the file holds no prescription"),
        ("patient: 'Ada\n", "1:10", "a quote is opened here and not closed"),
        (
            "patient: Ada\nexercises: [open-book\n",
            "2:12",
            "a bracket is opened here and not closed",
        ),
        ("patient: Ada\nexercise: open-book\n", "2:1", 'unknown key "exercise"'),
        ("patient: Ada\nexercises:\n- exercise: open-bok\n", "3:13", "there is no exercise"),
        ("patient: Ada\nexercises: [open-bok]\n", "2:13", "there is no exercise"),
        (f"exercises:\n- exercise: {LEVATOR}\n  hold: 20\n", "3:9", "a hold needs its unit"),
        ("patient: Ada\npatient: Ben\n", "2:1", "stands here a second time"),
        (f"patient: Ada\nexercises: [{RELEASE}]\nlanguage: nl\n", "3:11", "written in en-US"),
        ("patient: 42\n", "1:10", '"patient" is'),
        ("date: 2026-02-30\n", "1:7", '"date" is "2026-02-30"'),
        ("date: 86400\n", "1:7", '"date" is "86400"'),
        (f"patient: A\nexercises: [{RELEASE}]\nlog_weeks: 9\n", "3:12", "write 8 or less"),
        (f"patient: A\nexercises: [{LEVATOR}]\n", "2:13", "needs the side that is stretched"),
        (f"patient: A\nexercises: [{RELEASE}]\nleave_out: [{LEVATOR}]\n", "3:13", "not on"),
        (
            f"patient: A\nexercises:\n- exercise: {OPEN_BOOK}\n  hold: 20 s\n  side: left\n",
            "4:9",
            "counted and not held",
        ),
    ],
)
def test_a_wrong_file_is_refused_where_it_is_wrong(
    clinic_folder: ClinicFolder, written: str, place: str, said: str
) -> None:
    (clinic_folder.path / "ada.yaml").write_text(written, encoding="utf-8")
    found = refused_sheet(clinic_folder, "ada.yaml").the_finding(said)
    assert found.startswith(f"ada.yaml:{place} error: "), found


def test_a_file_that_is_not_there_is_no_reason_to_talk_of_the_content(
    clinic_folder: ClinicFolder,
) -> None:
    found = refused_sheet(clinic_folder, "--for", "Ada", "Sample").the_error("can't read the file")
    assert "content" not in found.partition("To mend:")[2]
    assert "quotes" in found.partition("To mend:")[2]


def test_all_that_is_wrong_is_said_at_once(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "ada.yaml").write_text("patient: 42\nlog_weeks: 1\nspeed: 3\n")
    outcome = refused_sheet(
        clinic_folder, "ada.yaml", "--date", "tomorrow", "--clinician", "nobody",
        "--exercise", "open-bok", "--exercise", f"{RELEASE}:bar", "--exercise",
        f"{LEVATOR}:hold=20,side=up",
    )  # fmt: skip
    for said in (
        '"patient"', '"log_weeks"', '"speed"', "--date", '"nobody"', '"open-bok"', '"bar"',
        '"20"', '"up"',
    ):  # fmt: skip
        assert outcome.finding_with("error: ", said), (said, outcome.err)
    assert outcome.err.splitlines()[-1].startswith("9 errors")


def test_all_that_does_not_fit_is_said_at_once(clinic_folder: ClinicFolder) -> None:
    outcome = refused_sheet(
        clinic_folder, "--exercise", LEVATOR, "--exercise", f"{RELEASE}:rest=5s,times=3",
        "--exercise", f"{OPEN_BOOK}:hold=5s,side=left", "--leave-out", TRAPEZIUS,
    )  # fmt: skip
    for said in ("patient is missing", "needs the side", "no sets", "limit", "held", "left out"):
        assert outcome.finding_with("error: ", said), (said, outcome.err)
    assert outcome.err.splitlines()[-1].startswith("6 errors")
