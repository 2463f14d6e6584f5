"""One patient's own exercise: bound to what the content said, and refused where it can't be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import DATA, ClinicFolder
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
    refused_sheet,
    resolved,
    whole_content,
)

from handouts.basics.errors import ContentError
from handouts.load.content import LoadedContent, load_content
from handouts.load.prescription import Layer, prescription_from_choices, prescription_from_file
from handouts.prescribe.resolve import resolve
from handouts.prescribe.saved import made_from, saved

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.findings import Finding


def found(*layers: Layer, loaded: LoadedContent | None = None) -> tuple[Finding, ...]:
    """Give what is found in layers, refused or not."""
    try:
        return resolve(layers, loaded or either(), TODAY)[1].findings
    except ContentError as error:
        return error.report.findings


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
