"""One patient's own exercise: what is changed is the only thing the patient reads."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ClinicFolder
from made_once import made_once
from own_exercise_tools import (
    CHANGES,
    EXERCISES,
    GUIDE,
    IN_A_FILE,
    either,
    either_folder,
    said,
)
from pdf_tools import fill_clinic
from sheet_tools import (
    ADA,
    LEVATOR,
    OPEN_BOOK,
    RELEASE,
    TODAY,
    TRAPEZIUS,
    from_file,
    from_options,
    printed_sheet,
    read_sheet,
    resolved,
)

from handouts.basics.choices import Edition, Side
from handouts.basics.findings import Place
from handouts.compose.gather import Gatherer
from handouts.compose.shown_clinic import palette_for
from handouts.compose.templates import SHIPPED
from handouts.jobs.own_exercise import (
    changes_in_words,
    faults_in_changes,
    may_choose_side,
    parts_to_change,
)
from handouts.jobs.prescribing import prescribe
from handouts.jobs.sheet_request import SheetRequest
from handouts.load.content import load_content
from handouts.load.prescription import prescription_from_choices, prescription_from_file
from handouts.prescribe.own_exercise import own_exercise
from handouts.prescribe.saved import saved

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.models.prescription import PatientSheet


def own_sheet(folder: Path) -> None:
    """Print a sheet with changes, keep its prescription, and print that."""
    clinic = ClinicFolder(folder)
    change = [word for text in CHANGES for word in ("--change", text)]
    give = [word for text in EXERCISES for word in ("--exercise", text)]
    outcome = clinic.run("sheet", *ADA, *give, *change, "--save", "ada.yaml", "-o", "ada.pdf")
    assert outcome.code == 0, outcome.err
    (folder / "told.txt").write_text(outcome.err, encoding="utf-8")
    again = clinic.run("sheet", "ada.yaml", "-o", "again.pdf")
    assert again.code == 0, again.err
    (folder / "told-again.txt").write_text(again.err, encoding="utf-8")


def printed() -> Path:
    def fill(folder: Path) -> None:
        clinic = fill_clinic(folder / "clinic", either_folder().content)
        own_sheet(clinic.path)

    return made_once("own-exercise", fill) / "clinic"


def test_the_patient_reads_the_changes_and_nothing_that_they_took_the_place_of() -> None:
    sheet = read_sheet(printed() / "ada.pdf")
    assert sheet.says(
        "Breathe = slowly, and sigh.", "Your arm tingles, too.", "Let your left ear sink.",
        "A chair with arms", "Think of the car, of parking it.",
        "To stretch your right side, turn your head to the left.",
    )  # fmt: skip
    for gone in (
        "guide the stretch", "Gently bring your", "Breathe slowly and deeply", "Coming back fast",
    ):  # fmt: skip
        assert not sheet.says(gone), gone


def test_a_drawing_that_shows_what_was_left_out_is_left_out_with_it_and_told() -> None:
    sheet = read_sheet(printed() / "ada.pdf")
    assert sheet.says("Start, from behind", "Lie still with the ball under your head")
    assert not sheet.says("Hold: right side")
    told = (printed() / "told.txt").read_text(encoding="utf-8")
    assert 'the drawing "end" is left out (it shows step 4, which is left out)' in told
    assert "is left out (it shows the equipment, which is changed)" in told
    for own in ("tingles", "sink", "parking", "sigh", "with arms"):
        assert own not in told, "a message repeats the patient's own"


def test_a_side_that_is_chosen_stands_in_words_and_in_the_drawing() -> None:
    sheet = read_sheet(printed() / "ada.pdf")
    assert sheet.says(
        "Hold 1–2 minutes, right side", "To release your right side, press to the right",
        "Put the ball under your skull, to the right of the middle.", "The ball sits to the right",
    )  # fmt: skip
    assert not sheet.says("two tennis balls")
    drawn = {side: pictures(side) for side in (None, Side.LEFT, Side.RIGHT)}
    assert len(drawn[None]) == 2
    assert drawn[None] == drawn[Side.LEFT] != drawn[Side.RIGHT]


def pictures(side: Side | None) -> list[str]:
    """Draw the release for a side, in the clinic's colours; without the words for readers."""
    sheet = resolved(said(RELEASE + (f":side={side}" if side else "")), loaded=either())
    (item,) = sheet.exercises
    content = either().content
    shown = {RELEASE: own_exercise(content.exercises[RELEASE], item)}
    manifest = SHIPPED.manifest("sheet", Place())
    palette = palette_for(content.clinic.brand, Edition.STANDARD)
    gather = Gatherer(content, manifest, palette, own_exercises=shown)
    drawn = gather.exercise(RELEASE, item.dose).pictures
    return [picture.form.operators for picture in drawn if picture.form is not None]


def test_what_the_content_says_is_kept_beside_each_change() -> None:
    kept = yaml.safe_load((printed() / "ada.yaml").read_text(encoding="utf-8"))
    changes = {item["exercise"]: item["changes"] for item in kept["exercises"]}
    assert changes[LEVATOR]["steps"] == [{"number": 4, "was": GUIDE, "left_out": True}]
    assert changes[LEVATOR]["stop_if"] == ["Your arm tingles, too."]
    assert changes[TRAPEZIUS] == {
        "steps": [
            {
                "number": 3,
                "was": "Gently bring your {right} ear toward your {right} shoulder.",
                "now": "Let your {right} ear sink.",
                "drawings_fit": True,
            }
        ],
        "mistakes": [{"number": 2, "was": "Coming back fast.", "left_out": True}],
        "equipment": {"was": ["A chair"], "now": ["A chair with arms"]},
    }


def test_what_was_kept_prints_the_same_bytes_and_warns_of_nothing_again() -> None:
    folder = printed()
    assert (folder / "again.pdf").read_bytes() == (folder / "ada.pdf").read_bytes()
    assert "left out" not in (folder / "told-again.txt").read_text(encoding="utf-8")


def test_a_file_and_the_command_line_say_the_same(tmp_path: Path) -> None:
    in_file = resolved(from_file(tmp_path / "ada.yaml", IN_A_FILE, either()), loaded=either())
    in_options = resolved(said(*EXERCISES, changes=CHANGES, patient="Ada Sample"), loaded=either())
    assert in_file == in_options


def test_a_version_on_paper_does_not_depend_on_words_of_a_patient() -> None:
    content = either().content
    manifest = SHIPPED.manifest("sheet", Place())
    hashes = []
    for words in ("Sigh.", "Hum."):
        (item,) = resolved(
            said(RELEASE, changes=(f"{RELEASE}:step4={words}",)), loaded=either()
        ).exercises
        gather = Gatherer(
            content, manifest, palette_for(content.clinic.brand, Edition.STANDARD),
            own_exercises={RELEASE: own_exercise(content.exercises[RELEASE], item)},
        )  # fmt: skip
        gather.exercise(RELEASE, item.dose)
        hashes.append(gather.provenance().content_hash)
    assert hashes[0] == hashes[1]


# Drawings and videos


def without_pictures(clinic: ClinicFolder, *changes: str) -> set[tuple[str, str]]:
    """Name what is left out of the stretch with changes."""
    loaded = load_content(clinic.content)
    layer = prescription_from_choices(
        {"patient": "A B"}, (f"{LEVATOR}:side=left",), loaded, changes
    )
    (item,) = resolved(layer, loaded=loaded).exercises
    own = own_exercise(loaded.content.exercises[LEVATOR], item)
    return {(one.kind, one.name) for one in own.left_out}


def test_a_drawing_that_does_not_say_what_it_shows_counts_as_showing_all(
    clinic_folder: ClinicFolder,
) -> None:
    last = f"{LEVATOR}:step6=-"
    assert without_pictures(clinic_folder, last) == set()
    clinic_folder.edit(
        "        like: start\n        steps: [1, 2, 3, 4, 5]\n", "        like: start\n"
    )
    assert without_pictures(clinic_folder, last) == {("drawing", "end")}
    assert without_pictures(clinic_folder, f"{LEVATOR}:step6+drawings=Come back.") == set()
    assert without_pictures(clinic_folder, f"{LEVATOR}:step1=-") == {
        ("drawing", "start"), ("drawing", "end"),
    }  # fmt: skip


def test_a_video_shows_all_steps_and_is_left_out_with_any(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(
        '    sides: "To stretch your {left} side, turn your head to the {right}."\n',
        '    sides: "To stretch your {left} side, turn your head to the {right}."\n'
        '    video: "https://www.example.org/stretch"\n',
    )
    assert without_pictures(clinic_folder, f"{LEVATOR}:step6=-") == {
        ("video", "https://www.example.org/stretch")
    }
    sheet, _ = printed_sheet(
        clinic_folder, *ADA, "--exercise", f"{LEVATOR}:side=left",
        "--change", f"{LEVATOR}:step6=-",
    )  # fmt: skip
    assert not sheet.says("example.org/stretch")


NOT_THERE = {
    "a drawing's step": ("steps: [2]\n", "steps: [2, 5]\n", '"place" shows step 5'),
    "a step of one side": ('2: "Put the ball', '7: "Put the ball', "either_side has a step 7"),
    "a caption": ('place: "The ball sits to', 'palce: "The ball sits to', 'caption for "palce"'),
    "braces": ("press to the {left}", "press to the left", "write {left}"),
}


@pytest.mark.parametrize("case", NOT_THERE)
def test_content_that_names_a_step_or_drawing_that_is_not_there_is_refused(
    tmp_path: Path, case: str
) -> None:
    old, new, what = NOT_THERE[case]
    clinic = fill_clinic(tmp_path / "clinic", either_folder().content)
    clinic.edit(old, new)
    assert clinic.refused("--quick", command="check").the_error(what).startswith("content.yaml:")


# What a front shows and asks


def test_a_front_is_told_what_can_be_changed_and_what_is_changed(tmp_path: Path) -> None:
    parts = parts_to_change(either(), RELEASE, Side.RIGHT)
    assert [one.part for one in parts] == [
        "step1", "step2", "step3", "step4", "mistake1", "mistake2", "mistake3", "equipment",
        "stop-if",
    ]  # fmt: skip
    assert parts[1].text == "Put the ball under your skull, to the right of the middle."
    assert may_choose_side(either(), RELEASE)
    assert not may_choose_side(either(), LEVATOR)
    assert faults_in_changes(CHANGES) == ()
    assert [one.what for one in faults_in_changes((f"{RELEASE}:step1=",))] == [
        f"{RELEASE}: step 1: the text is empty"
    ]
    request = SheetRequest(
        either_folder().content, values={"patient": "Ada"}, exercises=EXERCISES, changes=CHANGES
    )
    words = changes_in_words(prescribe(request))
    assert words[LEVATOR] == (
        'Step 4: "Use your left hand to guide the stretch lightly.", left out',
        'Stop sign added: "Your arm tingles, too."',
        'Left out: the drawing "Hold: right side" (it shows step 4, which is left out)',
    )
    assert words[RELEASE] == (
        'Step 4: "Breathe slowly and deeply.", now "Breathe = slowly, and sigh."',
    )


# What is saved


def order_of(sheet: PatientSheet) -> list[str]:
    return [item.exercise for item in sheet.exercises]


def test_an_order_that_nobody_said_stays_automatic(tmp_path: Path) -> None:
    sides = (f"{LEVATOR}:side=left", RELEASE)
    for asked, then in (
        (None, [RELEASE, OPEN_BOOK, LEVATOR]),
        ("as-listed", [LEVATOR, RELEASE, OPEN_BOOK]),
    ):
        order = {"order": asked} if asked else {}
        kept = tmp_path / "ada.yaml"
        kept.write_bytes(saved(resolved(from_options(*sides, patient="Ada", **order)), either()))
        assert yaml.safe_load(kept.read_bytes()).get("order") == asked
        more = from_options(f"{OPEN_BOOK}:side=left")
        assert order_of(resolved(prescription_from_file(kept, either()), more)) == then


def test_a_log_that_nobody_gave_weeks_grows_with_the_doses(tmp_path: Path) -> None:
    kept = tmp_path / "ada.yaml"
    first = resolved(from_options(f"{LEVATOR}:side=left,stop=3", patient="Ada"))
    kept.write_bytes(saved(first, either()))
    layer = prescription_from_file(kept, either())
    assert resolved(layer).log_weeks == 3
    assert resolved(layer, from_options(f"{LEVATOR}:stop=5")).log_weeks == 5


def test_the_sheet_for_next_time_is_a_change_of_three_lines(clinic_folder: ClinicFolder) -> None:
    clinic = clinic_folder
    _, outcome = printed_sheet(
        clinic, *ADA, "--programme", "neck-and-head-start", "--date", "2026-11-23",
        "--next-visit", "Tuesday, December 1, 2026", "--change", f"{LEVATOR}:step6=-",
        "--save", "ada.yaml",
    )  # fmt: skip
    text = (clinic.path / "ada.yaml").read_text(encoding="utf-8")
    lines = {
        "date: 2026-11-23": "date: 2026-12-01",
        "next_visit: Tuesday, December 1, 2026": "next_visit: Tuesday, December 15, 2026",
        f"- exercise: {LEVATOR}\n  hold: 20-30 s": f"- exercise: {LEVATOR}\n  hold: 30 s",
    }
    for old, new in lines.items():
        assert text.count(old) == 1, (old, text)
        text = text.replace(old, new)
    (clinic.path / "ada.yaml").write_text(text, encoding="utf-8")
    sheet, again = printed_sheet(clinic, "ada.yaml")
    assert sheet.says("Hold 30 seconds", "December 15, 2026", "Dec 1 – Dec 14")
    assert again.findings == [one for one in outcome.findings if "content.yaml" in one]
    assert dt.date(2026, 12, 1) == TODAY
