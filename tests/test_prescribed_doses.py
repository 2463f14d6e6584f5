"""Doses as they are prescribed: read from a file or options, printed so that nothing disagrees."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import DATA
from hypothesis import given
from hypothesis import strategies as st
from sheet_checker import contradictions
from sheet_tools import (
    ADA,
    LEVATOR,
    OPEN_BOOK,
    RELEASE,
    ROLLS,
    TODAY,
    TRAPEZIUS,
    WALK,
    ReadSheet,
    from_file,
    from_options,
    kept,
    read_sheet,
    refused_sheet,
    resolved,
    shared_folder,
    shared_sheet,
    whole_content,
    with_more_exercises,
)

from handouts.basics.errors import ContentError
from handouts.cli.ask import Asking
from handouts.compose.log_view import log_tables
from handouts.intake.roster.read import BadRow, RosterRow, read_roster
from handouts.jobs.draft import Draft
from handouts.jobs.sheet_request import SheetRequest
from handouts.load.prescription import prescription_from_file
from handouts.models.dose import Dose
from handouts.models.dose_days import EveryNthDay, TimeOfDay, Weekdays, Weeks, days
from handouts.models.dose_values import (
    Breaths,
    Every,
    Load,
    Range,
    UntilTired,
    held,
    minutes,
)
from handouts.models.prescription import PrescribedExercise
from handouts.prescribe.resolve import resolve
from handouts.prescribe.saved import saved
from handouts.wording.language import language

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.load.content import LoadedContent

DOSES = sorted((DATA / "doses").glob("*.yaml"))
BY_OPTIONS = yaml.safe_load((DATA / "doses-by-options.yaml").read_text(encoding="utf-8"))
AT_THE_PROMPT = yaml.safe_load((DATA / "doses-at-the-prompt.yaml").read_text(encoding="utf-8"))
BEFORE = sorted((DATA / "saved-before").glob("*.yaml"))
START = dt.date(2026, 11, 23)


def sheet_of(name: str) -> ReadSheet:
    """Print one of the prescriptions, each exercise from its heading on."""
    path = next(path for path in DOSES if path.stem.startswith(name))
    layout = ("--layout", "2") if name == "13" else ()
    return shared_sheet(str(path), *layout, more=True)[0]


def weeks_of(name: str) -> int:
    return {"09": 3, "10": 4, "16": 4, "18": 4, "21": 3, "22": 3}.get(name, 2)


SAYS = {
    "01": (
        "Hold 10–15 slow breaths",
        "Start with 10 slow breaths",
        "Hold 5 slow breaths, left side",
    ),
    "02": (
        "Left side: Hold 20 seconds. Do this 3 times",
        "Right side: Hold 10 seconds. Do this twice",
    ),
    "03": (
        "Morning: Hold 10 seconds, each side. Do this twice on each side",
        "Evening: Hold 30 seconds, each side. Do this 4 times on each side",
    ),
    "04": ("Once a day: Monday, Wednesday, Friday", "Once a day, every second day"),
    "05": (
        "When a headache starts",
        "Twice a day at most",
        "About 2 minutes each time you need it",
    ),
    "06": ("Do 3 sets of 10 on each side, rest 1 minute between", "Red band", "Effort 4 of 10"),
    "07": ("Hold until you are tired, 2 minutes at most", "1.7 kg"),
    "08": ("Your pain goes over 3 of 10", "up to 3 and no worse", "Your pain goes over 2 of 10"),
    "09": ("Stop after 2 weeks and see us before you go on", "Week 3: About 1 minute"),
    "10": ("Weeks 1–2: Hold 10 seconds", "Weeks 3–4: Hold 30 seconds", "Weeks 3–4: Dec 7 – Dec 20"),
    "11": ("Each day: Morning, Evening", "Start with 20 seconds, twice"),
    "12": ("Left side: Hold 20 seconds", "1–2 times a day, every second day"),
    "13": ("Hold 10 slow breaths", "Do 2 sets of 5 on each side, rest 1 minute between"),
    "14": (
        "Do this for 40 minutes",
        "Once a day, 3 days a week",
        "Effort 4 of 10",
        "About 40 minutes, once a day, 3 days a week",
    ),
    "15": (
        "Once an hour while you sit at your desk, 8 times a day at most: Monday to Friday",
        "About 1 minute each time, once an hour: Monday to Friday",
        "Shoulder rolls: write how many times",
        "Each day: Evening",
    ),
    "16": (
        "Weeks 1–2: Do this for 20 minutes. Once a day, 3 days a week",
        "Weeks 3–4: Do this for 30–40 minutes. Once a day: Monday, Wednesday, Friday",
        "Start with 30 minutes. Work up to 40 minutes",
    ),
    "17": ("When your shoulder tightens", "3 times a day at most", "up to 2 and no worse"),
    "18": ("Do 2 sets of 5, left side, rest 90 seconds between", "every 3 days", "1.7 kg"),
    "19": (
        "On waking: Hold 15 seconds, left side. Do this twice",
        "Noon: Hold 20 seconds, left side. Do this 3 times",
        "At bedtime: Hold 4 slow breaths, left side. Do this twice",
    ),
    "20": (
        "Left side: Do 2 sets of 5, rest 45 seconds between",
        "Right side: Do 1 set of 8",
        "Green band",
        "Once a day: Tuesday, Thursday",
    ),
    "21": (
        "Left side: Hold until you are tired, 30 seconds at most. Do this twice",
        "Stop after 3 weeks and see us before you go on",
    ),
    "22": ("Week 1: Hold 2 slow breaths", "Weeks 2–3: Hold 20 seconds", "up to 3 and no worse"),
    "23": ("Hold 3–5 slow breaths", "Morning, Evening, every second day"),
    "24": (
        "Every 2 hours, 5 times a day at most",
        "About 35 minutes, once a day, on a day with all exercises",
        "About 1 minute each time, every 2 hours",
        "About 2 minutes each time you need it",
    ),
}


@pytest.mark.parametrize("name", SAYS)
def test_a_sheet_says_what_is_meant_and_nothing_in_it_disagrees(name: str) -> None:
    sheet = sheet_of(name)
    for words in SAYS[name]:
        assert sheet.says(words), words
    assert contradictions(sheet.pages, START, weeks_of(name)) == []


def test_there_is_a_sheet_for_each() -> None:
    assert [path.stem[:2] for path in DOSES] == list(SAYS)


@pytest.mark.parametrize(
    ("name", "printed", "planted"),
    [
        ("02", "Right side: Hold 10 seconds", "Right side: Hold 50 seconds"),
        ("02", "Then change sides.", "Then rest."),
        ("03", "About 5 minutes", "About 4 minutes"),
        ("04", "Monday, Wednesday, Friday", "Monday, Tuesday, Friday"),
        ("04", "every second day", "every day"),
        ("05", "About 2 minutes each", "About 3 minutes each"),
        ("06", "3 sets of 10", "3 sets of 12"),
        ("06", " 25 ", " 26 "),
        ("08", "up to 3 and no worse", "up to 4 and no worse"),
        ("08", "left side", "right side"),
        ("09", "Stop after 2 weeks", "Stop after 1 week"),
        ("10", "Weeks 1–2: About 1 minute", "Weeks 1–2: About 2 minutes"),
        ("10", "Tuesday, Thursday", "Tuesday, Friday"),
        ("11", "Start with 20 seconds", "Start with 25 seconds"),
        ("11", "Work up to 30 seconds", "Work up to 40 seconds"),
        ("14", "for 40 minutes", "for 30 minutes"),
        ("14", "3 days a week", "4 days a week"),
        ("15", "once an hour", "every 2 hours"),
        ("15", "Monday to Friday", "Monday to Saturday"),
        ("15", "right side", "left side"),
        ("15", "many times – –", "many times –"),
        ("15", ": write how many times", ""),
        ("16", "for 20 minutes", "for 25 minutes"),
        ("16", " 18 ", " 19 "),
        ("17", "up to 2 and no worse", "up to 3 and no worse"),
        ("18", "every 3 days", "every second day"),
        ("19", "Noon: Hold 20 seconds", "Noon: Hold 50 seconds"),
        ("20", "Tuesday, Thursday", "Tuesday, Friday"),
        ("21", "Do this 3 times", "Do this 9 times"),
        ("22", "Weeks 2–3: About 1 minute", "Weeks 2–3: About 2 minutes"),
        ("23", "every second day", "every 3 days"),
        ("24", "5 times a day", "5 times a day. You feel pain. up to 3 and no worse"),
        ("24", "About 2 minutes each", "About 3 minutes each"),
        ("24", "for 30 minutes", "for 35 minutes"),
    ],
)
def test_the_checker_sees_what_disagrees(name: str, printed: str, planted: str) -> None:
    text = "\f".join(" ".join(page.split()) for page in sheet_of(name).pages)
    assert printed in text
    spoilt = tuple(text.replace(printed, planted, 1).split("\f"))
    assert contradictions(spoilt, START, weeks_of(name)) != []


def test_few_in_a_set_are_said_in_numbers_and_counted() -> None:
    twice, once = "sets=2,reps=2,rest=30s,side=each,hold=20s", "sets=2-3,reps=1,rest=1min,side=left"
    sheet, _ = shared_sheet(
        *ADA,
        "--date",
        str(START),
        "--exercise",
        f"{LEVATOR}:{twice}",
        "--exercise",
        f"{TRAPEZIUS}:{once}",
    )
    assert sheet.says(
        "Do 2 sets of 2 on each side, rest 30 seconds between",
        "Do this 2–3 times, rest 1 minute between",
    )
    assert contradictions(sheet.pages, START, 2) == []
    text = "\f".join(" ".join(page.split()) for page in sheet.pages)
    for said, planted in (("2 sets of 2", "2 sets of 4"), ("Do this 2–3", "Do this 2–5")):
        assert contradictions(tuple(text.replace(said, planted).split("\f")), START, 2) != []


# Files and options


def content_of_doses() -> LoadedContent:
    return whole_content(more=True)


@pytest.mark.parametrize("path", DOSES, ids=lambda path: path.stem)
def test_options_say_what_a_file_says(path: Path) -> None:
    loaded = content_of_doses()
    by_file = resolved(prescription_from_file(path, loaded), loaded=loaded)
    given = {"patient": by_file.patient, "date": str(START), **BY_OPTIONS[path.stem[:2]]}
    by_option = resolved(
        from_options(*given.pop("exercises"), loaded=loaded, **given), loaded=loaded
    )
    assert kept(by_option, loaded) == kept(by_file, loaded)


@pytest.mark.parametrize("path", DOSES, ids=lambda path: path.stem)
def test_a_prompt_takes_what_a_file_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = content_of_doses()
    by_file = resolved(prescription_from_file(path, loaded), loaded=loaded)
    typed = AT_THE_PROMPT[path.stem[:2]]
    answers = [by_file.patient, "", typed["which"], *typed.get("sides", ()), *typed["doses"], ""]
    answers += ["", "", "", str(typed.get("weeks", "")), typed.get("edition", "")]
    answers += ["day", str(START), *(["paper", typed["paper"]] if "paper" in typed else ()), "y"]
    monkeypatch.setattr("handouts.cli.questions.answer_to", lambda *_: answers.pop(0))
    draft = Draft.of(SheetRequest(shared_folder(more=True).content))
    prescribing = Asking(draft).ask()
    assert answers == []
    ours, theirs = (kept(sheet, loaded) for sheet in (prescribing.sheet, by_file))
    for one in (ours, theirs):  # a prompt has those of one posture in the content's order
        one["exercises"] = sorted(one["exercises"], key=lambda item: item["exercise"])
    assert ours == theirs


@pytest.mark.parametrize("path", DOSES, ids=lambda path: path.stem)
def test_what_is_saved_means_the_same(path: Path, tmp_path: Path) -> None:
    loaded = content_of_doses()
    before = resolved(prescription_from_file(path, loaded), loaded=loaded)
    again = tmp_path / "again.yaml"
    again.write_bytes(saved(before, loaded))
    after = resolved(prescription_from_file(again, loaded), loaded=loaded)
    assert saved(after, loaded) == again.read_bytes()
    assert [item.dose.goes() for item in after.exercises] == [
        item.dose.goes() for item in before.exercises
    ]


@pytest.mark.parametrize("path", BEFORE, ids=lambda path: path.stem)
def test_what_was_saved_before_means_the_same_and_nothing_is_found_changed(path: Path) -> None:
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    layer = prescription_from_file(path, whole_content())
    sheet, report = resolve([layer], whole_content(), START)
    changed = [one for one in report.findings if "changed in the content" in one.what]
    assert [one.what for one in changed if "words" in one.what or "dose" in one.what] == []
    now = kept(sheet)
    for part in ("exercises", "log_weeks", "made_from"):
        assert now[part] == written[part]


LEFT = {"hold": "20 s", "repetitions": "2-3"}
RIGHT = {"hold": "10 s", "repetitions": "2-3"}
EACH_SIDE = {"by_side": {"left": {"hold": "20 s"}, "right": {"hold": "10 s"}}}


@pytest.mark.parametrize(
    ("in_file", "option", "wanted"),
    [
        (EACH_SIDE, "hold=15s", "15 s 15 s"),
        (EACH_SIDE, "reps=1", "20 s 10 s"),
        (EACH_SIDE, "side=left", "20-30 s"),
        (
            {"times_of_day": {"morning": {"hold": "10 s"}, "evening": {}}, "side": "each"},
            "times=1",
            "20-30 s",
        ),
        ({"phases": [{"weeks": "1-2", "hold": "10 s"}], "side": "each"}, "hold=15s", "15 s"),
        ({"as_needed": "when it starts", "side": "each"}, "at=morning/evening", "20-30 s 20-30 s"),
    ],
)
def test_what_is_said_nearest_holds_for_each_part_of_a_split_dose(
    tmp_path: Path, in_file: dict[str, Any], option: str, wanted: str
) -> None:
    file = {"patient": "Ada", "exercises": [{"exercise": LEVATOR, **in_file}]}
    sheet = resolved(from_file(tmp_path / "a.yaml", file), from_options(f"{LEVATOR}:{option}"))
    (item,) = sheet.exercises
    assert " ".join(str(go.dose.hold) for go in item.dose.goes()) == wanted
    assert (item.dose.as_needed is None) or "at=" not in option


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
        "Hold 8 slow breaths", "Right side: Hold 10 seconds. Do this 2–3 times"
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


# Readers


SPANS = st.tuples(st.integers(1, 60), st.integers(1, 60)).map(sorted)


@given(SPANS, st.sampled_from(["{}-{} breaths", "{} to {} slow breaths", "{}–{} Breaths"]))
def test_breaths_are_read_back(span: list[int], form: str) -> None:
    found = held(form.format(*span))
    assert found == Breaths(*span)
    assert held(str(found)) == found


@given(
    st.integers(1, 600),
    st.sampled_from(
        [
            "until tired, at most {} s",
            "Until tired {}s",
            "until you are tired: up to {} sec at most",
        ]
    ),
)
def test_until_tired_is_read_back(most_s: int, form: str) -> None:
    found = held(form.format(most_s))
    assert found == UntilTired(most_s)
    assert held(str(found)) == found


@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.sampled_from(["/", ", ", " and ", "+", " "]),
    st.sampled_from([2, 3, 9]),
)
def test_weekdays_are_read_back_in_their_order(
    numbers: set[int], between: str, letters: int
) -> None:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    found = days(between.join(names[n][:letters] for n in sorted(numbers, reverse=True)))
    assert found == Weekdays(tuple(sorted(numbers)))
    assert days(str(found)) == found


@given(st.integers(2, 6))
def test_a_distance_of_days_is_read_back(step: int) -> None:
    assert days(str(EveryNthDay(step))) == EveryNthDay(step)
    assert days("every second day") == days("Every other day") == EveryNthDay(2)


@given(SPANS.filter(lambda span: span[1] <= 52))
def test_weeks_are_read_back(span: list[int]) -> None:
    assert Weeks.parse(f"weeks {span[0]}-{span[1]}") == Weeks(*span)
    assert Weeks.parse(str(Weeks(*span))) == Weeks(*span)


@given(
    st.one_of(st.integers(15, 480), st.integers(1, 8).map(lambda hours: 60 * hours)),
    st.booleans(),
)
def test_the_clock_is_read_back(step_min: int, at_desk: bool) -> None:
    found = Every(step_min, at_desk)
    assert Every.parse(str(found)) == found
    assert Every.parse(f"Once every {found}") == found
    assert Every.parse(f"{step_min} min") == Every(step_min)


@given(SPANS)
def test_minutes_are_read_back(span: list[int]) -> None:
    assert minutes(f"{span[0]}-{span[1]} min") == minutes(f"{span[0]} to {span[1]}") == Range(*span)
    assert minutes(str(Range(*span))) == Range(*span)


@given(st.decimals("0.1", "999", places=1), st.sampled_from(["kg", "lb", "g"]))
def test_a_load_is_read_back(amount: Any, unit: str) -> None:
    found = Load.parse(f"{amount}{unit}")
    assert float(found.amount) == float(amount)
    assert Load.parse(str(found)) == found


NEARLY = st.text("0123456789 -–.,/uUntilredbrahsmowkgvy", max_size=24) | st.text(max_size=20)


@given(NEARLY)
def test_any_text_is_a_value_or_a_sentence_that_says_why(text: str) -> None:
    for read in (held, days, Weeks.parse, Load.parse, Every.parse, minutes):
        try:
            found = read(text)
        except ValueError as refusal:
            assert len(str(refusal)) > 20  # noqa: PT017 - a property: either way is right
        else:
            assert read(str(found)) == found


AMOUNT = st.fixed_dictionaries(
    {"hold": st.sampled_from(["10 s", "5 breaths", "20-30 s"])},
    optional={"repetitions": st.sampled_from(["1", "2-3"])},
)
SPLIT = st.one_of(
    st.fixed_dictionaries({"by_side": st.fixed_dictionaries({"left": AMOUNT, "right": AMOUNT})}),
    st.fixed_dictionaries(
        {
            "times_of_day": st.dictionaries(
                st.sampled_from(sorted(TimeOfDay)), AMOUNT, min_size=1, max_size=3
            )
        }
    ),
    st.fixed_dictionaries(
        {
            "phases": st.tuples(AMOUNT, AMOUNT).map(
                lambda two: [{"weeks": "1-2", **two[0]}, {"weeks": 3, **two[1]}]
            )
        }
    ),
)


@given(SPLIT)
def test_a_dose_that_is_split_is_laid_over_and_written_out_without_a_change(
    tree: dict[str, Any],
) -> None:
    base = Dose.model_validate({"hold": "20-30 s", "repetitions": "2-3", "times_a_day": 1})
    parts = PrescribedExercise.model_validate({"exercise": LEVATOR, **tree})
    dose = base.changed_by(parts)
    assert dose.filled().goes() == dose.goes()
    assert dose.conflict() is None


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
    st.integers(2, 8),
    st.sampled_from(["mon/wed/fri", "every second day", "every 3 days", "sun"]),
)
def test_the_log_has_a_box_on_the_days_that_are_meant_and_on_no_other(
    start: dt.date, weeks: int, written: str
) -> None:
    sheet = resolved(
        from_options(f"{LEVATOR}:side=left,days={written}", f"{RELEASE}:stop=1", patient="Ada",
                     date=str(start), log_weeks=weeks)
    )  # fmt: skip
    names = [item.exercise for item in sheet.exercises]
    boxes: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
    for table in log_tables(language("en-US"), sheet, names, 2):
        assert all(any(column) for column in zip(*(row.boxes for row in table.rows), strict=True))
        for row in table.rows:
            boxes[row.name] += [
                (day.weekday, day.number)
                for day, box in zip(table.days, row.boxes, strict=True)
                if box
            ]
    meant = days(written)
    every = [start + dt.timedelta(days=number) for number in range(7 * weeks)]
    wanted = [
        day for number, day in enumerate(every)
        if (isinstance(meant, Weekdays) and day.weekday() in meant.days)
        or (isinstance(meant, EveryNthDay) and number % meant.step == 0)
    ]  # fmt: skip
    assert boxes[LEVATOR] == [("MTWTFSS"[day.weekday()], day.day) for day in wanted]
    assert boxes[RELEASE] == [("MTWTFSS"[day.weekday()], day.day) for day in every[:7]]


def test_no_prescription_says_more_than_it_means() -> None:
    for name in SAYS:
        text = " ".join(" ".join(sheet_of(name).pages).split())
        assert not re.search(r"\bWeeks \d+:|\b1 (?:times|minutes|seconds|weeks)\b", text), name
