"""The shelf of exercises: complete, readable, taken by id, changed part by part, signed for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from pdf_tools import letters
from sheet_tools import ADA, printed_sheet

from handouts.checks.reading_level import WANTED_GRADE, reading_level
from handouts.load.content import load_content
from handouts.load.shelf import SHIPPED
from handouts.models.base import printed_strings
from handouts.models.exercise_tags import Quality
from handouts.models.shelf import ShelfExercise

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

FILES = sorted(SHIPPED.glob("*.yaml"))
BY_ID = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
SQUEEZE = "shoulder-blade-squeeze"


def take(clinic: ClinicFolder, lines: str) -> None:
    """Let a clinic take something from the shelf."""
    clinic.edit("\nexercises:\n", f"\nshelf:\n{lines}\nexercises:\n")


def loaded(file: Path) -> ShelfExercise:
    return ShelfExercise.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def test_there_are_thirty_six_and_they_are_small() -> None:
    assert len(FILES) >= 36
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*.yaml")) < 600_000


@BY_ID
def test_an_exercise_of_the_shelf_is_whole_and_easy_to_read(file: Path) -> None:
    exercise = loaded(file)
    level = reading_level(text for _, text in printed_strings(exercise))
    assert level.words >= 30
    assert level.grade <= WANTED_GRADE
    assert exercise.purpose.count(".") == 1
    assert exercise.equipment
    assert all(line.startswith("Do not ") for line in exercise.mistakes)


@BY_ID
def test_a_dose_is_published_or_marked_as_the_clinics_own(file: Path) -> None:
    """Each part of a dose is the clinic's, or its numbers stand in a source that was read."""
    exercise = loaded(file)
    assert exercise.dose_sources
    read = " ".join(
        one.dose for one in exercise.dose_sources if one.quality is not Quality.NOT_READ
    )
    words = {"once", "daily", "a day"}, {"twice", "morning and evening"}
    for part, value in exercise.dose.given.items():
        if part in {"side", "every", "times_of_day"} or part in exercise.clinic_defaults:
            continue
        for number in re.findall(r"\d+", str(value)):
            said = words[int(number) - 1] if int(number) <= 2 and part == "times_a_day" else set()
            minutes = str(int(number) // 60) if part == "rest" else number
            assert re.search(rf"\b({number}|{minutes})\b", read) or any(w in read for w in said), (
                f"{part}: {value} is in no source that was read: {read}"
            )


def test_a_clinic_takes_exercises_by_id_and_prints_them(plain_clinic: ClinicFolder) -> None:
    take(plain_clinic, f"  exercises:\n    {SQUEEZE}:\n    chin-to-chest:\n")
    plain_clinic.check()
    sheet, _ = printed_sheet(
        plain_clinic, *ADA, "--exercise", SQUEEZE, "--exercise", "chin-to-chest"
    )
    for name in (SQUEEZE, "chin-to-chest"):
        for _, text in printed_strings(loaded(SHIPPED / f"{name}.yaml")):
            assert letters(text) in sheet.letters


def test_the_clinics_word_wins_part_by_part(plain_clinic: ClinicFolder) -> None:
    take(
        plain_clinic,
        f"  exercises:\n    {SQUEEZE}:\n      name: Squeeze\n      dose: {{times_a_day: 1}}\n",
    )
    plain_clinic.check()
    taken = load_content(plain_clinic.content).content.exercises[SQUEEZE]
    shelf = loaded(SHIPPED / f"{SQUEEZE}.yaml")
    assert taken.name == "Squeeze"
    assert str(taken.dose.times_a_day) == "1"
    assert (taken.dose.hold, taken.steps) == (shelf.dose.hold, shelf.steps)


def test_what_a_clinic_says_wrong_is_told_at_its_line(plain_clinic: ClinicFolder) -> None:
    take(
        plain_clinic,
        f"  exercises:\n    {SQUEEZE}:\n      stpes: [Sit.]\n      dose: {{hold: a bit}}\n",
    )
    outcome = plain_clinic.refused()
    key = outcome.the_finding('unknown key "stpes"', 'did you mean "steps"')
    assert key.startswith(plain_clinic.place("stpes"))
    assert outcome.the_finding('"a bit"').startswith(plain_clinic.place("a bit"))


def test_a_dose_past_its_limit_is_told_at_its_line(plain_clinic: ClinicFolder) -> None:
    take(plain_clinic, f"  exercises:\n    {SQUEEZE}:\n      dose: {{repetitions: 50}}\n")
    found = plain_clinic.refused().the_error("repetitions of 50 in one go is past its limit of 5")
    assert found.startswith(plain_clinic.place("50}"))


@pytest.mark.parametrize("kind", ["exercise", "programme"])
def test_an_unknown_id_is_told_with_the_nearest(plain_clinic: ClinicFolder, kind: str) -> None:
    lines = {"exercise": "  exercises:\n    band-rwo:\n", "programme": "  programmes: [desk-dya]\n"}
    take(plain_clinic, lines[kind])
    found = plain_clinic.refused().the_error(f"there is no {kind} on the shelf called")
    assert found.startswith(
        plain_clinic.place({"exercise": "band-rwo", "programme": "desk-dya"}[kind])
    )
    if kind == "exercise":
        assert 'did you mean "band-row"' in found


def test_two_exercises_of_one_id_name_both_files(plain_clinic: ClinicFolder) -> None:
    folder = plain_clinic.path / "shelf"
    folder.mkdir()
    (folder / "band-row.yaml").write_bytes((SHIPPED / "band-row.yaml").read_bytes())
    take(plain_clinic, "  exercises:\n    band-row:\n")
    found = plain_clinic.refused().the_error('two exercises are called "band-row"')
    assert "in handouts/shelf/band-row.yaml and in shelf/band-row.yaml" in found
    (folder / "band-row.yaml").rename(folder / "suboccipital-release.yaml")
    plain_clinic.edit("    band-row:\n", "    suboccipital-release:\n")
    plain_clinic.refused().the_error("in content.yaml and in shelf/suboccipital-release.yaml")


def test_a_clinics_own_file_is_taken_like_the_shelfs(plain_clinic: ClinicFolder) -> None:
    folder = plain_clinic.path / "shelf"
    folder.mkdir()
    text = (SHIPPED / "band-row.yaml").read_text(encoding="utf-8")
    (folder / "our-row.yaml").write_text(text.replace("Band row", "Our row"), encoding="utf-8")
    take(plain_clinic, "  exercises:\n    our-row:\n")
    plain_clinic.check()
    assert load_content(plain_clinic.content).content.exercises["our-row"].name == "Our row"


def test_check_names_what_nobody_has_signed_for(plain_clinic: ClinicFolder) -> None:
    assert not plain_clinic.check().finding_with("has signed")
    take(plain_clinic, f"  exercises:\n    {SQUEEZE}:\n    band-row:\n")
    found = plain_clinic.check().the_finding("no clinician has signed")
    assert f"{SQUEEZE}, band-row" in found
    assert "handouts approve" in found


def test_a_signature_is_bound_to_the_words(plain_clinic: ClinicFolder) -> None:
    take(plain_clinic, f"  exercises:\n    {SQUEEZE}:\n    band-row:\n")
    signing = ("approve", SQUEEZE, "--by", "natalie", "--signed-on", "2026-11-20")
    shown = plain_clinic.run(*signing)
    assert shown.code == 0, shown.err
    shelf = loaded(SHIPPED / f"{SQUEEZE}.yaml")
    for text in (*shelf.steps, *shelf.mistakes, *shelf.stop_if, shelf.dose_sources[0].source):
        assert text in shown.out
    assert "weak:" in shown.out
    found = plain_clinic.check().the_finding("no clinician has signed")
    assert "band-row" in found
    assert SQUEEZE not in found
    plain_clinic.edit(
        f"    {SQUEEZE}:\n    band-row", f"    {SQUEEZE}: {{name: Squeeze}}\n    band-row"
    )
    assert plain_clinic.check().finding_with(f"the words of {SQUEEZE} have changed since natalie")
    assert plain_clinic.run(*signing).code == 0
    assert not plain_clinic.check().finding_with("have changed since")
    assert plain_clinic.text.count("      words:") == 1


def test_a_newer_shelf_never_changes_what_a_clinic_changed(plain_clinic: ClinicFolder) -> None:
    folder = plain_clinic.path / "shelf"
    folder.mkdir()
    ours = folder / "our-row.yaml"
    ours.write_bytes((SHIPPED / "band-row.yaml").read_bytes())
    take(plain_clinic, "  exercises:\n    our-row:\n      dose: {times_a_day: 1, sets: 2}\n")
    assert plain_clinic.run(
        "approve", "our-row", "--by", "natalie", "--signed-on", "2026-11-20"
    ).code == 0  # fmt: skip
    assert not plain_clinic.check().finding_with("newer shelf")
    text = ours.read_text(encoding="utf-8")
    ours.write_text(text.replace("sets: 3, times", "sets: 1, times"), encoding="utf-8")
    assert plain_clinic.check().the_finding("our-row: a newer shelf says of its dose:", "sets 1")
    assert str(load_content(plain_clinic.content).content.exercises["our-row"].dose.sets) == "2"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ("approve", SQUEEZE, "--by", "nobody", "--signed-on", "2026-11-20"),
            "no clinician called",
        ),
        (("approve", SQUEEZE, "--by", "natalie", "--signed-on", "2030-01-01"), "in the future"),
    ],
)
def test_a_signature_that_can_not_be_is_refused(
    plain_clinic: ClinicFolder, args: tuple[str, ...], said: str
) -> None:
    take(plain_clinic, f"  exercises:\n    {SQUEEZE}:\n")
    before = plain_clinic.text
    outcome = plain_clinic.run(*args)
    assert outcome.code == 3
    outcome.the_error(said)
    assert plain_clinic.text == before
