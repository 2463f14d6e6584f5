"""Doses as they are prescribed: read from a file or options, printed so that nothing disagrees."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import DATA
from dose_tools import DOSES, content_of_doses
from sheet_checker import contradictions
from sheet_tools import (
    ADA,
    LEVATOR,
    TRAPEZIUS,
    ReadSheet,
    from_file,
    from_options,
    kept,
    resolved,
    shared_folder,
    shared_sheet,
    whole_content,
)

from handouts.cli.ask import Asking
from handouts.jobs.draft import Draft
from handouts.jobs.sheet_request import SheetRequest
from handouts.load.prescription import prescription_from_file
from handouts.prescribe.resolve import resolve
from handouts.prescribe.saved import saved

if TYPE_CHECKING:
    from pathlib import Path


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
        "Hold for 10–15 slow breaths",
        "Start with 10 slow breaths",
        "Hold for 5 slow breaths, left side",
    ),
    "02": (
        "Left side: Hold 20 seconds Do this 3 times",
        "Right side: Hold 10 seconds Do this twice",
    ),
    "03": (
        "Morning: Hold 10 seconds Do this twice on each side",
        "Evening: Hold 30 seconds Do this 4 times on each side",
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
    "11": ("Each day: Morning, Evening", "Start with 20 seconds, 2 times"),
    "12": ("Left side: Hold 20 seconds", "1–2 times a day, every second day"),
    "13": ("Hold for 10 slow breaths", "Do 2 sets of 5 on each side, rest 1 minute between"),
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
        "Weeks 1–2: Do this for 20 minutes Once a day, 3 days a week",
        "Weeks 3–4: Do this for 30–40 minutes Once a day: Monday, Wednesday, Friday",
        "Start with 30 minutes. Work up to 40 minutes",
    ),
    "17": ("When your shoulder tightens", "3 times a day at most", "up to 2 and no worse"),
    "18": ("Do 2 sets of 5, left side, rest 90 seconds between", "every 3 days", "1.7 kg"),
    "19": (
        "On waking: Hold 15 seconds, left side Do this twice",
        "Noon: Hold 20 seconds, left side Do this 3 times",
        "At bedtime: Hold for 4 slow breaths, left side Do this twice",
    ),
    "20": (
        "Left side: Do 2 sets of 5, rest 45 seconds between",
        "Right side: Do 1 set of 8",
        "Green band",
        "Once a day: Tuesday, Thursday",
    ),
    "21": (
        "Left side: Hold until you are tired, 30 seconds at most Do this twice",
        "Stop after 3 weeks and see us before you go on",
    ),
    "22": ("Week 1: Hold for 2 slow breaths", "Weeks 2–3: Hold 20 seconds", "up to 3 and no worse"),
    "23": ("Hold for 3–5 slow breaths", "Morning, Evening, every second day"),
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
        ("15", "one time) – –", "one time) –"),
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


def test_no_prescription_says_more_than_it_means() -> None:
    for name in SAYS:
        text = " ".join(" ".join(sheet_of(name).pages).split())
        assert not re.search(r"\bWeeks \d+:|\b1 (?:times|minutes|seconds|weeks)\b", text), name
