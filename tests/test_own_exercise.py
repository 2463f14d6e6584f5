"""One patient's own exercise: what is changed is the only thing the patient reads."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import DATA, ClinicFolder
from made_once import made_once
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
    refused_sheet,
    resolved,
    whole_content,
)

from handouts.basics.choices import Edition, Side
from handouts.basics.errors import ContentError
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
from handouts.load.content import LoadedContent, load_content
from handouts.load.prescription import Layer, prescription_from_choices, prescription_from_file
from handouts.prescribe.own_exercise import own_exercise
from handouts.prescribe.resolve import resolve
from handouts.prescribe.saved import made_from, saved

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.findings import Finding
    from handouts.models.prescription import PatientSheet

EITHER_SIDE = """    either_side:
      sides: "To release your {left} side, press to the {left} of the middle."
      steps:
        2: "Put the ball under your skull, to the {left} of the middle."
      equipment:
        - "A tennis ball"
      captions:
        place: "The ball sits to the {left}"
    drawings:
      hold:
        steps: [1, 2, 3]
"""
GUIDE = "Use your {right} hand to guide the stretch lightly."
CHANGES = (
    f"{LEVATOR}:step4=-",
    f"{LEVATOR}:stop-if=Your arm tingles, too.",
    f"{LEVATOR}:note=Think of the car, of parking it.",
    f"{TRAPEZIUS}:step3+drawings=Let your {{right}} ear sink.",
    f"{TRAPEZIUS}:equipment=A chair with arms",
    f"{TRAPEZIUS}:mistake2=-",
    f"{RELEASE}:step4=Breathe = slowly, and sigh.",
)
EXERCISES = (f"{RELEASE}:side=right", f"{LEVATOR}:side=right", f"{TRAPEZIUS}:side=right")
IN_A_FILE = {
    "patient": "Ada Sample",
    "exercises": [
        {
            "exercise": RELEASE,
            "side": "right",
            "changes": {"steps": [{"number": 4, "now": "Breathe = slowly, and sigh."}]},
        },
        {
            "exercise": LEVATOR,
            "side": "right",
            "note": "Think of the car, of parking it.",
            "changes": {
                "steps": [{"number": 4, "left_out": True}],
                "stop_if": ["Your arm tingles, too."],
            },
        },
        {
            "exercise": TRAPEZIUS,
            "side": "right",
            "changes": {
                "steps": [{"number": 3, "now": "Let your {right} ear sink.", "drawings_fit": True}],
                "mistakes": [{"number": 2, "left_out": True}],
                "equipment": {"now": ["A chair with arms"]},
            },
        },
    ],
}


@cache
def either_folder() -> ClinicFolder:
    """A clinic whose suboccipital release may be given on a side."""

    def fill(folder: Path) -> None:
        clinic = fill_clinic(folder / "clinic", DATA / "whole-clinic.yaml")
        clinic.edit("    drawings:\n      hold:\n        steps: [1, 2, 3]\n", EITHER_SIDE)

    return ClinicFolder(made_once("either-side", fill) / "clinic")


@cache
def either() -> LoadedContent:
    return load_content(either_folder().content)


def said(*texts: str, changes: tuple[str, ...] = (), **values: object) -> Layer:
    """Read a layer as the command line gives it."""
    return prescription_from_choices({"patient": "Ada", **values}, texts, either(), changes)


def found(*layers: Layer, loaded: LoadedContent | None = None) -> tuple[Finding, ...]:
    """Give what is found in layers, refused or not."""
    try:
        return resolve(layers, loaded or either(), TODAY)[1].findings
    except ContentError as error:
        return error.report.findings


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


# Bound to what the content said


@pytest.fixture
def kept_in(clinic_folder: ClinicFolder) -> ClinicFolder:
    """A clinic's folder with a saved prescription that leaves a step out."""
    loaded = load_content(clinic_folder.content)
    layer = prescription_from_choices(
        {"patient": "Ada Sample"}, (f"{LEVATOR}:side=left",), loaded, (f"{LEVATOR}:step4=-",)
    )
    (clinic_folder.path / "ada.yaml").write_bytes(saved(resolved(layer, loaded=loaded), loaded))
    return clinic_folder


def test_a_step_that_was_reworded_since_is_refused_and_said(kept_in: ClinicFolder) -> None:
    kept_in.edit("Use your {right} hand to guide the stretch lightly.", "Rest your {right} hand.")
    error = refused_sheet(kept_in, "ada.yaml").the_error("step 4 is not what it was")
    assert error.startswith("ada.yaml:")
    assert 'today it says "Rest your {right} hand."' in error
    assert f'--change "{LEVATOR}:step4=new words"' in error


def test_a_step_that_moved_is_never_taken_for_another(kept_in: ClinicFolder) -> None:
    kept_in.edit('- "Sit tall."', '- "Sit down."\n      - "Sit tall."')
    error = refused_sheet(kept_in, "ada.yaml").the_error("step 4 is not what it was")
    assert "its old words are step 5 now" in error


def test_equipment_that_changed_since_is_refused(tmp_path: Path) -> None:
    file = {
        "patient": "Ada",
        "exercises": [
            {
                "exercise": LEVATOR,
                "side": "left",
                "changes": {"equipment": {"was": ["A stool"], "now": ["A bench"]}},
            }
        ],
    }
    (one,) = [
        f for f in found(from_file(tmp_path / "a.yaml", file, either())) if f.severity == "error"
    ]
    assert "its equipment is not what it was" in one.what
    assert one.why == 'today it is "A chair"'


def test_a_number_alone_in_a_file_is_told_with_what_it_changes(tmp_path: Path) -> None:
    layer = from_file(tmp_path / "ada.yaml", IN_A_FILE, either())
    told = [one for one in found(layer) if "does not say what it was" in one.what]
    assert {one.what.split(":")[0] for one in told} == {RELEASE, LEVATOR, TRAPEZIUS}
    assert any(f'write was: "{GUIDE}"' in one.mend for one in told)


def test_words_that_name_a_side_hold_for_the_side_they_were_written_for(tmp_path: Path) -> None:
    first = resolved(
        said(f"{LEVATOR}:side=left", changes=(f"{LEVATOR}:note=Look to the right.",)),
        loaded=either(),
    )
    kept = tmp_path / "ada.yaml"
    kept.write_bytes(saved(first, either()))
    layer = prescription_from_file(kept, either())
    assert not found(layer)
    (one,) = found(layer, said(f"{LEVATOR}:side=right"))
    assert one.what == f"{LEVATOR}: the note names a side, and was written for left"
    assert "Look" not in str(one)
    again = said(f"{LEVATOR}:side=right", changes=(f"{LEVATOR}:note=Look left.",))
    assert not found(layer, again)


def test_the_contents_own_can_be_had_again_and_a_note_taken_back(tmp_path: Path) -> None:
    first = resolved(said(*EXERCISES, changes=CHANGES), loaded=either())
    kept = tmp_path / "ada.yaml"
    kept.write_bytes(saved(first, either()))
    back = said(
        changes=(
            f"{LEVATOR}:step4=+", f"{LEVATOR}:stop-if=+", f"{LEVATOR}:note=-",
            f"{TRAPEZIUS}:step3=+", f"{TRAPEZIUS}:equipment=+", f"{TRAPEZIUS}:mistake2=+",
            f"{RELEASE}:step4=+",
        )
    )  # fmt: skip
    sheet = resolved(prescription_from_file(kept, either()), back, loaded=either())
    assert sheet.exercises == resolved(said(*EXERCISES), loaded=either()).exercises


def test_a_file_from_before_says_of_an_exercise_what_it_said(tmp_path: Path) -> None:
    plain = load_content(fill_clinic(tmp_path / "clinic", DATA / "whole-clinic.yaml").content)
    for name, exercise in plain.content.exercises.items():
        assert made_from(either().content.exercises[name], None) == made_from(exercise, None)


def test_a_prompt_gives_a_side_to_what_needs_none() -> None:
    answers = (
        "Ada",
        "",
        "1",
        "1 side=r",
        "1",
        "",
        "",
        "",
        "",
        "",
        "l",
        "",
        "",
        "",
        "",
        "",
        "",
        "n",
    )
    outcome = either_folder().run("sheet", "--ask", typed="".join(f"{one}\n" for one in answers))
    assert outcome.code == 1, outcome.err
    assert "  Side: l, r or e (each) [right]: l\n" in outcome.err
    assert "step2: Put the ball under your skull, to the right of the middle." in outcome.err
    *_, shown = outcome.err.partition("\nAda\n")
    assert "Hold 1–2 minutes, left side." in shown


# What can't be


REFUSED = {
    "no such step": (f"{LEVATOR}:step9=Sit.", "has no step 9", "a number from 1 to 6"),
    "no such mistake": (f"{LEVATOR}:mistake4=-", "has no mistake 4", "a number from 1 to 3"),
    "empty": (f"{LEVATOR}:step1= ", "step 1: the text is empty", "- to leave it out"),
    "too long": (f"{LEVATOR}:step1={'ab ' * 100}", "has 299 letters, and 160 fit", "write less"),
    "braces": (f"{LEVATOR}:step1=Call {{phone}}.", "only {left} and {right}", "braces out"),
    "a line end": (f"{LEVATOR}:step1=a\nb", "more than one line", "in one line"),
    "unknown": ("shy-ada:step1=-", "names no exercise of the content", f"{RELEASE}, {LEVATOR}, "),
    "a part of several": ("stretch:step1=-", "could be", f"{LEVATOR} or {TRAPEZIUS}"),
    "not there": (f"{OPEN_BOOK}:step1=-", "it is not on the sheet", f"--exercise {OPEN_BOOK}"),
    "no part": (f"{LEVATOR}:dose=3", "no exercise has a part of this name", "name one of: step"),
    "no change": ("Ada is shy", "a change names its exercise", "write it like"),
    "a dose": (f"{LEVATOR}:step1=Sit for 30 seconds.", "step 1 speaks of a dose", "as the dose"),
    "a sign left out": (f"{LEVATOR}:stop-if=-", "no stop sign can be left out", "that is added"),
    "a drawing of nothing": (f"{LEVATOR}:step4+drawings=-", "no drawing can fit", "+drawings out"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_not_be_changed_is_refused_where_it_was_said(
    clinic_folder: ClinicFolder, case: str
) -> None:
    change, what, mend = REFUSED[case]
    give = ("--exercise", f"{LEVATOR}:side=left", "--exercise", RELEASE)
    error = refused_sheet(clinic_folder, *ADA, *give, "--change", change).the_error(what)
    assert error.startswith("--change")
    assert mend in error
    assert "shy" not in error
    assert '"stretch"' not in error


def test_all_that_is_wrong_with_changes_is_told_at_once(clinic_folder: ClinicFolder) -> None:
    changes = [word for text in ("step9=Sit.", "step1=-", "step2=-", "step3=-", "step4=-",
               "mistake1=Do it for 30 seconds.", "step5=-", "step6=-")
               for word in ("--change", f"{LEVATOR}:{text}")]  # fmt: skip
    outcome = refused_sheet(
        clinic_folder, *ADA, "--exercise", f"{LEVATOR}:side=left", *changes,
        "--exercise", f"{RELEASE}:side=left",
    )  # fmt: skip
    for what in ("has no step 9", "mistake 1 speaks of a dose", "no step is left", "not done by"):
        assert outcome.err.count(what) == 1
    assert "4 errors" in outcome.err


def test_steps_that_take_more_than_a_side_together_are_refused() -> None:
    long = "Breathe out and let go of it " * 5
    changes = tuple(f"{LEVATOR}:step{n}={long}" for n in range(1, 7))
    changes += tuple(f"{LEVATOR}:mistake{n}={long}" for n in range(1, 4))
    (one,) = [
        one for one in found(said(f"{LEVATOR}:side=left", changes=changes))
        if one.severity == "error"
    ]  # fmt: skip
    assert one.what == f"{LEVATOR}: its steps, mistakes and stop signs have 1,325 letters"
    assert "800 fit on one side" in one.why


def test_equipment_is_changed_in_all_lines_that_name_it_or_not_at_all() -> None:
    things = f"{RELEASE}:equipment=A rolled towel"
    named = [one for one in found(said(RELEASE, changes=(things,))) if one.severity == "error"]
    assert [one.what for one in named] == [
        f'{RELEASE}: its {part} still says "ball"' for part in ("step2", "step3", "mistake1")
    ]
    assert f'{RELEASE}:step2=new words"' in named[0].mend
    reworded = (
        things, f"{RELEASE}:step2=Put the towel under your skull.",
        f"{RELEASE}:step3=Rest your head on it.", f"{RELEASE}:mistake1=-",
    )  # fmt: skip
    assert {one.severity for one in found(said(RELEASE, changes=reworded))} == {"warning"}


BAD_FILES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({"steps": [{"number": 1}]}, "says not one thing"),
    "both": ({"steps": [{"number": 1, "now": "Sit.", "left_out": True}]}, "says not one thing"),
    "twice": (
        {"steps": [{"number": 1, "now": "Sit."}, {"number": 1, "left_out": True}]},
        "number 1 of the steps is changed twice",
    ),
    "empty": ({"mistakes": [{"number": 1, "now": "  "}]}, "the text is empty"),
    "too long": ({"stop_if": ["secret " * 50]}, "has 349 letters, and 160 fit on the page"),
    "many signs": ({"stop_if": ["a b", "c d", "e f", "g h"]}, "give at most 3"),
    "no list": ({"equipment": "A towel"}, "write keys below it"),
    "a drawing": ({"steps": [{"number": 1, "left_out": True, "drawings_fit": True}]}, "no drawing"),
    "unknown": ({"step": [{"number": 1, "now": "secret"}]}, 'did you mean "steps"'),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_says_where_a_change_is_wrong_and_repeats_no_word_of_it(
    clinic_folder: ClinicFolder, case: str
) -> None:
    changes, what = BAD_FILES[case]
    tree = {
        "patient": "Ada Sample",
        "exercises": [{"exercise": LEVATOR, "side": "left", "changes": changes}],
    }
    (clinic_folder.path / "ada.yaml").write_text(yaml.safe_dump(tree), encoding="utf-8")
    outcome = refused_sheet(clinic_folder, "ada.yaml")
    assert outcome.the_error(what).startswith("ada.yaml:")
    assert "secret" not in outcome.err


def test_a_side_is_refused_where_both_are_done_at_once_and_taken_where_either_may_be() -> None:
    plain = f"{RELEASE}: it is not done by side, so it can't have one"
    loaded = whole_content()
    layer = prescription_from_choices({"patient": "Ada"}, (f"{RELEASE}:side=left",), loaded)
    assert [one.what for one in found(layer, loaded=loaded)] == [plain]
    assert found(said(f"{RELEASE}:side=left")) == ()
    assert found(said(f"{RELEASE}:side=each")) == ()


def test_a_sign_of_pain_can_not_contradict_a_rule_for_pain() -> None:
    layer = said(
        f"{LEVATOR}:side=left,pain=3", changes=(f"{LEVATOR}:stop-if=It hurts in your arm.",)
    )
    assert [one.what for one in found(layer)] == [
        f"{LEVATOR}: a stop sign of this patient's speaks of pain"
    ]


def test_a_note_that_speaks_of_a_dose_is_told_of() -> None:
    for note in ("Hold it 30 seconds.", "Only in the evening.", "Twice a day is enough."):
        layer = said(f"{LEVATOR}:side=left", changes=(f"{LEVATOR}:note={note}",))
        (one,) = found(layer)
        assert one.what == f"{LEVATOR}: the note speaks of a dose"
        assert one.severity == "warning"


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
    assert sheet.says("Hold 30 seconds, each side", "December 15, 2026", "Dec 1 – Dec 14")
    assert again.findings == [one for one in outcome.findings if "content.yaml" in one]
    assert dt.date(2026, 12, 1) == TODAY
