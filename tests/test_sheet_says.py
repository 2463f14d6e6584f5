"""What a patient's sheet says in so many words: last days, sides in turn, where a band goes."""

from __future__ import annotations

import pytest
from conftest import ROOT
from sheet_tools import (
    ADA,
    LEVATOR,
    RELEASE,
    ROLLS,
    WALK,
    from_options,
    refused_sheet,
    resolved,
    shared_folder,
    shared_sheet,
    whole_content,
)

from handouts.basics.errors import ContentError
from handouts.compose.dose_words import change_sides_words
from handouts.load.shelf import exercise_on
from handouts.models.dose import Dose
from handouts.prescribe.doses import unplaced_load
from handouts.wording.language import language

PAIN_AND_ONE_MORE_SIGN = (
    "--exercise", f"{LEVATOR}:side=each,pain=3",
    "--change", f"{LEVATOR}:stop-if=Your arm tingles or feels weak.",
)  # fmt: skip


def test_the_last_day_and_where_a_band_goes_are_said() -> None:
    rolls = f"{ROLLS}:load=red band,held=around both wrists"
    sheet, _ = shared_sheet(
        *ADA, "--date", "2026-12-01", "--exercise", f"{WALK}:stop=2", "--exercise", rolls, more=True
    )
    assert sheet.says("Stop after 2 weeks and see us", "The last day is December 14, 2026")
    assert sheet.says("Use: Red band", "Where it goes: around both wrists")
    assert sheet.says("Then see the box on page 1.")


def test_where_a_band_goes_needs_a_band() -> None:
    with pytest.raises(ContentError) as refused:
        resolved(from_options(f"{LEVATOR}:side=left,held=in both hands", patient="Ada Sample"))
    assert "there is none. To mend: give its load" in str(refused.value)
    assert "both hands" not in str(refused.value)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((f"{ROLLS}:load=red band",), "shoulder-rolls: nothing says where the red band goes"),
        ((f"{ROLLS}:load=1.7kg",), "shoulder-rolls: nothing says where the 1.7 kg goes"),
        ((f"{ROLLS}:load=red band,held=around both wrists",), ""),
        ((f"{ROLLS}:load=red band", "--change", f"{ROLLS}:note=Hold it in both hands."), ""),
        ((ROLLS,), ""),
    ],
)
def test_a_band_or_weight_without_a_place_is_told(options: tuple[str, ...], told: str) -> None:
    _, outcome = shared_sheet(*ADA, "--date", "2026-12-01", "--exercise", *options, more=True)
    assert bool(outcome.finding_with("goes")) == bool(told)
    if told:
        assert "held=in both hands" in outcome.the_finding("warning", told)


def test_steps_of_an_exercise_with_a_band_say_where_it_goes() -> None:
    row, walk = (exercise_on(ROOT, name) for name in ("band-row", "brisk-walk"))
    band = Dose.model_validate({"times_a_day": 1, "repetitions": 8, "load": "red band"})
    assert unplaced_load(row, band) == ""
    assert unplaced_load(walk, band) == "red band"


def test_the_key_tells_of_boxes_where_there_are_some() -> None:
    one_side, _ = shared_sheet(*ADA, "--exercise", f"{LEVATOR}:side=left")
    assert one_side.says("Each box in a dose is one time.")
    large, _ = shared_sheet(
        *ADA,
        "--exercise",
        f"{LEVATOR}:side=each",
        "--exercise",
        RELEASE,
        "--edition",
        "large-print",
    )
    assert not large.says("Each box in a dose")


def test_minutes_name_their_exercises_where_others_are_done_at_other_times() -> None:
    needed = f"{RELEASE}:when=When a headache starts,times=2"
    alone, _ = shared_sheet(*ADA, "--exercise", needed)
    assert alone.says("About 1–2 minutes each time you need it")
    assert not alone.says("Suboccipital release: About")
    both, _ = shared_sheet(*ADA, "--exercise", needed, "--exercise", f"{LEVATOR}:side=left")
    assert both.says("Suboccipital release: About 1–2 minutes each time you need it")


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        ({"side": "each", "repetitions": "2-3"}, "Do all repeats on the left first."),
        ({"side": "each", "repetitions": 5, "sets": 2}, "Do all sets on the left first."),
        ({"side": "each", "repetitions": 1}, "Do the left side first."),
    ],
)
def test_which_side_comes_first_is_said(dose: dict[str, object], words: str) -> None:
    said = change_sides_words(language("en"), Dose.model_validate({"times_a_day": 1, **dose}))
    assert said == f"{words} Then change sides."


def test_one_side_is_not_changed() -> None:
    one = Dose.model_validate({"side": "left", "repetitions": 2, "times_a_day": 1})
    assert change_sides_words(language("en"), one) is None


def test_steps_that_are_not_there_are_told_with_all_else() -> None:
    changes = (f"{LEVATOR}:step9=Rest.", f"{LEVATOR}:step2=", f"{RELEASE}:mistake8=-")
    outcome = refused_sheet(
        shared_folder(), *ADA, "--exercise", f"{LEVATOR}:side=left", "--exercise", RELEASE,
        *(word for change in changes for word in ("--change", change)),
    )  # fmt: skip
    for what in (f"{LEVATOR} has no step 9", f"{RELEASE} has no mistake 8", "step 2:"):
        assert outcome.finding_with(what)


def test_a_single_exercise_stands_on_one_side() -> None:
    sheet, _ = shared_sheet(*ADA, "--exercise", f"{LEVATOR}:side=each")
    assert len(sheet.pages) == 1
    assert sheet.says("Tick each time you did it", "Stop and call")


def test_a_long_exercise_in_large_print_is_not_split() -> None:
    sheet, _ = shared_sheet(*ADA, *PAIN_AND_ONE_MORE_SIGN, "--edition", "large-print")
    exercise = whole_content().content.exercises[LEVATOR]
    page = sheet.page_of(exercise.purpose)
    for text in ("Hold 20–30 seconds", exercise.mistakes[-1], "Your arm tingles", "see the box"):
        assert sheet.page_of(text) == page
