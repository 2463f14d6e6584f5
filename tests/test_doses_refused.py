"""Doses that can not be meant: refused, all at once, each in its line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from dose_tools import DOSES, content_of_doses
from sheet_tools import (
    ADA,
    LEVATOR,
    OPEN_BOOK,
    RELEASE,
    ROLLS,
    TODAY,
    TRAPEZIUS,
    WALK,
    from_file,
    from_options,
    kept,
    read_sheet,
    refused_sheet,
    resolved,
    whole_content,
    with_more_exercises,
)

from handouts.basics.errors import ContentError
from handouts.intake.roster.read import BadRow, RosterRow, read_roster
from handouts.load.prescription import prescription_from_file
from handouts.prescribe.resolve import resolve

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder


LEFT = {"hold": "20 s", "repetitions": "2-3"}
RIGHT = {"hold": "10 s", "repetitions": "2-3"}


# What is refused


REFUSED = {
    "two times that overlap": (
        f"{LEVATOR}:side=each,weeks1-2.hold=9s,weeks2-4.hold=8s",
        "overlap",
        "let one end",
    ),
    "a gap": (
        f"{LEVATOR}:side=each,weeks1.hold=9s,weeks3.hold=8s",
        "no dose is given between",
        "let one begin",
    ),
    "a phase that ends first": (
        f"{LEVATOR}:side=each,weeks4-2.hold=9s",
        "ends before it begins",
        '"2-4"',
    ),
    "breaths as a count": (f"{OPEN_BOOK}:side=left,reps=5 breaths", "no count", "as the hold"),
    "breaths where nothing is held": (
        f"{OPEN_BOOK}:side=left,hold=5 breaths",
        "not held",
        "take hold out",
    ),
    "a side left out": (f"{LEVATOR}:left.hold=9s", "the right side has no dose", "side: left"),
    "one side and both": (
        f"{LEVATOR}:side=left,left.hold=9s,right.hold=8s",
        "side is left",
        "give one",
    ),
    "sides where there are none": (
        f"{RELEASE}:left.hold=9s,right.hold=8s",
        "not done by side",
        "take by_side out",
    ),
    "more times than are named": (
        f"{LEVATOR}:side=each,at=morning/evening,times=3",
        "2 times of day",
        "take one",
    ),
    "a time that is none": (f"{LEVATOR}:side=each,at=brunch", '"brunch"', "morning"),
    "a time twice": (f"{LEVATOR}:side=each,at=morning/morning", "twice", "each once"),
    "two splits": (
        f"{LEVATOR}:left.hold=9s,right.hold=8s,at=morning",
        "can't both stand",
        "give one",
    ),
    "as needed in the morning": (
        f"{LEVATOR}:side=each,at=morning,when=it hurts",
        "no time of day",
        "take one",
    ),
    "a number in the words": (
        f"{LEVATOR}:side=each,when=after 3 hours",
        "a number stands",
        "times_a_day",
    ),
    "no load": (f"{LEVATOR}:side=each,load=heavy", "is no load", '"1.7 kg"'),
    "too much effort": (f"{LEVATOR}:side=each,effort=11", '"effort"', "10 or less"),
    "too much pain": (f"{LEVATOR}:side=each,pain=8", '"pain_up_to"', "5 or less"),
    "no days": (f"{LEVATOR}:side=each,days=fridayish", "names no days", "Mon/Wed/Fri"),
    "a day twice": (f"{LEVATOR}:side=each,days=mon/monday", "names a day twice", "each once"),
    "until when": (f"{LEVATOR}:side=each,hold=until tired", "how long at most", "2 min"),
    "minutes of a stretch": (
        f"{LEVATOR}:side=each,minutes=5",
        "not done for minutes",
        "take minutes out, or change hold",
    ),
    "minutes and a hold": (
        f"{LEVATOR}:side=each,morning.minutes=5,morning.hold=9s",
        "for minutes has no hold",
        "take minutes or hold out",
    ),
    "minutes that are none": (
        f"{LEVATOR}:side=each,minutes=long",
        "no number of minutes",
        '"30-40"',
    ),
    "by the clock, and no end": (
        f"{LEVATOR}:side=each,every=hour",
        "how often on a day",
        "give times_a_day",
    ),
    "by a clock that runs on": (
        f"{LEVATOR}:side=each,every=2 hours,times=20",
        "do not fit into a day",
        "fewer times_a_day",
    ),
    "by the clock in the morning": (
        f"{LEVATOR}:side=each,every=hour,at=morning",
        "has no times of day",
        "take one",
    ),
    "no clock": (f"{LEVATOR}:side=each,every=fortnight,times=3", "in which time", '"2 hours"'),
    "past its limit by the clock": (
        f"{LEVATOR}:side=each,every=hour,times=8",
        "times a day of 8",
        "3",
    ),
    "past its limit in the morning": (
        f"{LEVATOR}:side=each,morning.hold=40s,evening.hold=9s",
        "hold of 40 seconds",
        "35 seconds",
    ),
    "past its limit on one side": (
        f"{LEVATOR}:left.hold=40s,right.hold=9s",
        "hold of 40 seconds",
        "35 seconds",
    ),
    "past its limit in week 3": (
        f"{LEVATOR}:side=each,weeks1-2.hold=9s,weeks3.times=5",
        "times a day of 5",
        "3",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_meant_is_refused(name: str, clinic_folder: ClinicFolder) -> None:
    exercise, said, mend = REFUSED[name]
    found = refused_sheet(clinic_folder, *ADA, "--exercise", exercise).the_error(said)
    assert found.startswith(f"--exercise {exercise.partition(':')[0]}")
    assert mend in found


OVERLAP = [{"weeks": "1-3", "hold": "9 s"}, {"weeks": "3-4", "hold": "8 s"}]
AT_ONCE = {
    LEVATOR: {"side": "each", "phases": OVERLAP},
    TRAPEZIUS: {"side": "each", "phases": [{"weeks": "4-2", "hold": "9 s"}]},
    OPEN_BOOK: {"side": "left", "repetitions": "5 slow breaths"},
    RELEASE: {"by_side": {"left": {"hold": "20 s"}}},
}


def test_all_that_can_not_be_meant_is_told_at_once_each_in_its_line(
    clinic_folder: ClinicFolder,
) -> None:
    exercises = [{"exercise": name, **dose} for name, dose in AT_ONCE.items()]
    file = clinic_folder.path / "a.yaml"
    written = yaml.safe_dump({"patient": "Ada", "exercises": exercises}, sort_keys=False)
    file.write_text(written, encoding="utf-8")
    outcome = refused_sheet(clinic_folder, file)
    lines = written.splitlines()
    for said, mend, key in (
        ("weeks 1-3 and weeks 3-4 overlap", "let one end before", "- weeks: 1-3"),
        ("ends before it begins", 'write it like "2-4"', "- weeks: 4-2"),
        ("is no count", "write them as the hold", "repetitions: 5 slow breaths"),
        ("the right side has no dose", "or write side: left", "left:"),
    ):
        (found,) = (one for one in outcome.findings if said in one)
        assert mend in found
        line = int(found.split(":")[1])
        assert any(key in near for near in lines[line - 2 : line + 1]), found
    assert "4 errors" in outcome.err


MOVING = {
    "counted": (f"{WALK}:reps=3", "so it can't have repetitions", "60 at most"),
    "held in sets": (f"{WALK}:sets=2", "so it can't have sets", "60 at most"),
    "too long": (f"{WALK}:minutes=90", "minutes of 90 minutes is past", f'"{WALK}:minutes=90min:'),
    "too often": (f"{ROLLS}:times=12", "times a day of 12 is past its limit of 10", "12: why"),
}


@pytest.mark.parametrize("name", MOVING)
def test_what_is_done_for_minutes_or_by_the_clock_keeps_to_what_it_is(
    name: str, clinic_folder: ClinicFolder
) -> None:
    exercise, said, mend = MOVING[name]
    clinic_folder.text = with_more_exercises(clinic_folder.text)
    assert mend in refused_sheet(clinic_folder, *ADA, "--exercise", exercise).the_error(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{minutes: 60, times", "{times", "limits must say the most minutes"),
        ("{minutes: 40, times", "{times", "does not say how much is done"),
        ("{minutes: 40, ", "{minutes: 40, hold: 9 s, ", "for minutes has no hold"),
        ("{minutes: 40, ", "{minutes: 70, ", "minutes of 70 minutes is past its limit"),
        ("{repetitions: 10, times_a_day: 10", "{times_a_day: 10", "must say the most repetitions"),
        (", times_a_day: 10}", ", times_a_day: 10, minutes: 9}", "not minutes"),
        ("hour at the desk, times_a_day: 8", "hour at the desk, times_a_day: 12", "past its limit"),
    ],
)
def test_content_says_how_much_and_how_much_at_most(
    old: str, new: str, said: str, clinic_folder: ClinicFolder
) -> None:
    clinic_folder.text = with_more_exercises(clinic_folder.text)
    clinic_folder.edit(old, new)
    outcome = clinic_folder.run("check", "--quick")
    assert outcome.code == 3
    outcome.the_error(said)


def test_a_reason_lets_minutes_pass_and_is_kept() -> None:
    loaded = content_of_doses()
    reason = f"{WALK}:minutes=90: walks with her club"
    layer = from_options(
        f"{WALK}:minutes=90", patient="Ada", beyond_limits=(reason,), loaded=loaded
    )
    (written,) = kept(resolved(layer, loaded=loaded), loaded)["beyond_limits"]
    assert (written["part"], written["value"]) == ("minutes", "90 min")


@pytest.mark.parametrize(
    ("in_file", "option", "wanted"),
    [
        ({"every": "hour", "times_a_day": 9}, "times=6", {"every": "hour", "times_a_day": "6"}),
        ({"every": "2 hours", "times_a_day": 5}, "at=noon", {"times_of_day": {"noon": {}}}),
        ({"every": "hour", "times_a_day": 5}, "when=it hurts", {"as_needed": "it hurts"}),
        ({"as_needed": "it hurts"}, "every=30 min,times=4", {"every": "30 min"}),
    ],
)
def test_the_clock_takes_the_place_of_what_it_can_not_stand_beside(
    tmp_path: Path, in_file: dict[str, Any], option: str, wanted: dict[str, Any]
) -> None:
    loaded = content_of_doses()
    tree = {"patient": "Ada", "exercises": [{"exercise": ROLLS, **in_file}]}
    file = from_file(tmp_path / "a.yaml", tree, loaded)
    sheet = resolved(file, from_options(f"{ROLLS}:{option}", loaded=loaded), loaded=loaded)
    (item,) = kept(sheet, loaded)["exercises"]
    assert wanted.items() <= item.items()
    assert len(item.keys() & {"every", "times_of_day", "as_needed"}) == 1


def test_a_log_that_is_longer_than_its_doses_is_refused(clinic_folder: ClinicFolder) -> None:
    dose = f"{LEVATOR}:side=each,stop=3"
    found = refused_sheet(clinic_folder, *ADA, "--exercise", dose, "--weeks", "6")
    assert found.the_error("end after 3").startswith("--weeks")
    assert resolved(from_options(dose, patient="Ada")).log_weeks == 3


def test_weeks_that_a_file_counted_from_another_day_are_asked_for_anew() -> None:
    path = next(path for path in DOSES if path.stem.startswith("10"))
    layer = prescription_from_file(path, whole_content())
    with pytest.raises(ContentError, match="its weeks were counted from 2026-11-23"):
        resolved(layer, from_options(date="2026-12-14"))
    _, report = resolve([layer], whole_content(), dt.date(2027, 1, 4))
    assert any("its weeks are over" in one.what for one in report.warnings)
    _, report = resolve([layer], whole_content(), TODAY)
    assert not any("its weeks are over" in one.what for one in report.warnings)


@pytest.mark.parametrize("sign", ["You feel pain.", "Your neck aches.", "It gets sore."])
def test_a_rule_for_pain_needs_to_know_which_stop_sign_it_replaces(
    sign: str, clinic_folder: ClinicFolder
) -> None:
    text = clinic_folder.text.replace('    stop_at_pain: ["You feel pain."]\n', "")
    clinic_folder.text = text.replace('"You feel pain."', f'"{sign}"')
    dose = f"{LEVATOR}:side=each,pain=3"
    found = refused_sheet(clinic_folder, *ADA, "--exercise", dose).the_error("would contradict it")
    assert "stop_at_pain" in found


def test_content_can_have_such_doses_and_is_held_to_the_same_rules(
    clinic_folder: ClinicFolder,
) -> None:
    each = "{by_side: {left: {hold: 20 s}, right: {hold: 10 s}}}"
    clinic_folder.text = clinic_folder.text.replace(
        f"{LEVATOR}: {{side: each}}", f"{LEVATOR}: {each}"
    )
    clinic_folder.edit('{hold: "3 min", repetitions: 2', '{hold: "50 s", repetitions: 2')
    clinic_folder.edit('hold: "1-2 min"', 'hold: "10 slow breaths"')
    outcome = clinic_folder.run("check")
    assert not outcome.finding_with("which side of")
    outcome.the_error("hold of 1 minute is past its limit of 50 seconds")
    clinic_folder.edit('hold: "10 slow breaths"', 'hold: "8 slow breaths"')
    assert clinic_folder.run("check").code == 0
    sheet = clinic_folder.run("sheet", *ADA, "--programme", "all-four", "-o", "sheet.pdf")
    assert sheet.code == 0, sheet.err
    assert read_sheet(clinic_folder.path / "sheet.pdf").says(
        "Hold for 8 slow breaths", "Right side: Hold 10 seconds Do this 2–3 times"
    )


def test_when_it_is_needed_is_the_patients_own(clinic_folder: ClinicFolder) -> None:
    dose = f"{RELEASE}:when=When zugzwang looms,times=9"
    outcome = refused_sheet(clinic_folder, *ADA, "--exercise", dose)
    assert "zugzwang" not in outcome.err


@pytest.mark.parametrize(
    ("header", "cells", "wanted"),
    [
        ("exercises,hold", f"{RELEASE},10 slow breaths", {"hold": "10 breaths"}),
        ("exercises,side,days", f"{LEVATOR},L,Mon/Wed/Fri", {"days_a_week": "Mon/Wed/Fri"}),
        ("exercises,side,days", f"{LEVATOR},L,every second day", {"days_a_week": "every 2 days"}),
        (
            "exercises",
            f'"{LEVATOR}:left.hold=20s,right.hold=10s"',
            {"by_side": {"left": LEFT, "right": RIGHT}},
        ),
        ("exercises,hold", f"{RELEASE},5 gasps", "can't be read"),
        ("exercises", f'"{LEVATOR}:left.hold=20s"', "can't be read"),
        ("exercises", f'"{LEVATOR}:side=left,at=morning,times=2"', "times_a_day is 2"),
    ],
)
def test_a_row_of_a_roster_says_doses_as_they_are_meant(
    tmp_path: Path, header: str, cells: str, wanted: dict[str, Any] | str
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"name,{header}\nAda Sample,{cells}\n", encoding="utf-8")
    (row,) = read_roster(path, whole_content(), TODAY)
    if isinstance(wanted, str):
        assert isinstance(row, BadRow)
        assert wanted in "".join(map(str, row.findings))
    else:
        assert isinstance(row, RosterRow), row
        (item,) = kept(row.sheet)["exercises"]
        assert wanted.items() <= item.items()
