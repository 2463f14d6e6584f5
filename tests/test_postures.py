"""The words for a posture are the posture's own: nothing is said that no drawing shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from pdf_tools import letters
from sheet_tools import ADA, RELEASE, printed_sheet

from handouts.load.content import load_content
from handouts.prescribe.saved import made_from

if TYPE_CHECKING:
    from conftest import ClinicFolder

WORDS = {
    "supine": "Lying on your back",
    "prone": "Lying on your belly",
    "lying": "Lying down",
    "side-lying": "Lying on your side",
    "hands-and-knees": "On your hands and knees",
    "kneeling": "Kneeling",
    "half-kneeling": "Kneeling on one knee",
    "sitting": "Sitting",
    "standing": "Standing",
    "standing-at-a-wall": "Standing at a wall",
    "moving": "On the move",
}


def test_each_posture_has_its_words_and_its_place_in_the_order(plain_clinic: ClinicFolder) -> None:
    content = yaml.safe_load(plain_clinic.text)
    release = content["exercises"][RELEASE]
    content["exercises"] |= {
        f"in-{posture}": {**release, "posture": posture, "name": f"Exercise {posture}"}
        for posture in WORDS
    }
    plain_clinic.text = json.dumps(content, default=str)
    told = plain_clinic.check().err
    assert told.count('"lying" does not say how') == 1
    assert "in-lying" in told
    chosen = (arg for posture in reversed(WORDS) for arg in ("--exercise", f"in-{posture}"))
    sheet, _ = printed_sheet(plain_clinic, *ADA, *chosen)
    begins = [sheet.letters.index(letters(f"Exercise {posture}")) for posture in WORDS]
    assert begins == sorted(begins)
    for words, begin, end in zip(WORDS.values(), begins, [*begins[1:], None], strict=True):
        assert letters(words) in sheet.letters[begin:end]


@pytest.mark.parametrize(
    ("base", "words"),
    [("supine", "supine"), ("prone", "prone"), ("side-lying-left", "side-lying")],
)
def test_an_older_lying_is_what_its_drawing_shows(
    clinic_folder: ClinicFolder, base: str, words: str
) -> None:
    was = made_from(load_content(clinic_folder.content).content.exercises[RELEASE], None)
    clinic_folder.edit("posture: supine\n", "posture: lying\n")
    clinic_folder.edit("posture: {base: supine}", f"posture: {{base: {base}}}")
    exercise = load_content(clinic_folder.content).content.exercises[RELEASE]
    assert exercise.posture == words
    assert (made_from(exercise, None).words == was.words) == (base == "supine")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    posture: supine\n", "    posture: prone\n"),
        ("    posture: supine\n", "    posture: kneeling\n"),
        ("posture: {base: supine}", "posture: {base: prone}"),
        ("posture: {base: supine}", "posture: {base: standing}"),
    ],
)
def test_a_posture_that_is_drawn_otherwise_is_an_error_at_its_line(
    clinic_folder: ClinicFolder, old: str, new: str
) -> None:
    clinic_folder.edit(old, new)
    line = clinic_folder.text[: clinic_folder.text.index("    posture: ")].count("\n") + 1
    found = clinic_folder.refused(command="check").the_finding(f"content.yaml:{line}:")
    assert "the first drawing," in found
    assert "write the posture that is drawn" in found
