"""Exercises are found by complaint, posture and equipment; programmes say why and how long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sheet_tools import ADA, printed_sheet

from handouts.load.content import load_content
from handouts.load.shelf import SHIPPED

if TYPE_CHECKING:
    from conftest import ClinicFolder

PROGRAMMES = sorted(file.stem for file in (SHIPPED / "programmes").glob("*.yaml"))
OWN = "neck-and-head-start"


def found(clinic: ClinicFolder, *args: str) -> list[dict[str, Any]]:
    outcome = clinic.run("list", "exercises", *args, "--json")
    assert outcome.code == 0, outcome.err
    exercises: list[dict[str, Any]] = json.loads(outcome.out)["exercises"]
    return exercises


def test_exercises_are_found_by_complaint_posture_and_equipment(
    plain_clinic: ClinicFolder,
) -> None:
    everything = found(plain_clinic)
    assert len(everything) == len(list(SHIPPED.glob("*.yaml"))) + 4
    some = found(plain_clinic, "--for", "headache", "--posture", "sitting", "--equipment", "none")
    assert {one["id"] for one in some} >= {"chin-tuck", "neck-turn", "shoulder-rolls"}
    for one in some:
        assert one["posture"] == "sitting"
        assert one["gear"] == []
        assert "migraine" in one["complaints"] or any("headache" in c for c in one["complaints"])
    with_band = found(plain_clinic, "--for", "headache", "--equipment", "band")
    assert {"band-row", "chin-tuck"} <= {one["id"] for one in with_band}
    assert "shrug-with-weights" not in {one["id"] for one in with_band}


def test_what_can_not_be_asked_for_is_told(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.run("list", "exercises", "--for", "toothache")
    assert outcome.code == 2
    assert "neck-pain" in outcome.err
    untagged = plain_clinic.run("list", "exercises", "--for", "headache")
    assert "open-book" in untagged.err
    assert "band-row" in untagged.out


def test_the_six_programmes_say_why_for_whom_and_how_long(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.run("list", "programmes", "--json")
    assert outcome.code == 0, outcome.err
    by_id = {one["id"]: one for one in json.loads(outcome.out)}
    assert len(PROGRAMMES) == 6
    for name in PROGRAMMES:
        assert by_id[name]["minutes"]
        if name != OWN:  # the clinic has its own of that name
            assert by_id[name]["why"]
            assert by_id[name]["for_whom"]


@pytest.mark.parametrize("name", [one for one in PROGRAMMES if one != OWN])
def test_a_programme_brings_its_exercises_and_fits_two_sides(
    clinic_folder: ClinicFolder, name: str, shared_cache: None
) -> None:
    clinic_folder.edit("\nexercises:\n", f"\nshelf:\n  programmes: [{name}]\n\nexercises:\n")
    programme = load_content(clinic_folder.content).content.programmes[name]
    sheet, _ = printed_sheet(clinic_folder, *ADA, "--programme", name)
    exercises = load_content(clinic_folder.content).content.exercises
    assert sheet.says(*(exercises[one].name for one in programme.exercises))
    assert len(sheet.pages) == 2
