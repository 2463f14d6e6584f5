"""Exercises of the shelf on paper: all of them print, with their drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pdf_tools import letters
from sheet_tools import ADA, printed_sheet, refused_sheet

from handouts.load.content import load_content
from handouts.load.shelf import SHIPPED
from handouts.models.base import printed_strings

if TYPE_CHECKING:
    from conftest import ClinicFolder

IDS = sorted(file.stem for file in SHIPPED.glob("*.yaml"))


def test_the_whole_shelf_is_printed(clinic_folder: ClinicFolder, shared_cache: None) -> None:
    """One sheet, so that it is laid out once: what can't be drawn or read stops it."""
    lines = "".join(f"    {name}:\n" for name in IDS)
    clinic_folder.edit("\nexercises:\n", f"\nshelf:\n  exercises:\n{lines}\nexercises:\n")
    exercises = load_content(clinic_folder.content).content.exercises
    asked = (
        f"{name}:side=each" if exercises[name].sides else name
        for name in IDS
    )  # fmt: skip
    args = (word for one in asked for word in ("--exercise", one))
    sheet, _ = printed_sheet(clinic_folder, *ADA, "--layout", "4", *args)
    for name in IDS:
        for path, text in printed_strings(exercises[name]):
            if "{" not in text and path[0] != "either_side":
                assert letters(text) in sheet.letters, (name, text)


def test_who_asks_for_what_is_on_the_shelf_alone_is_told_how_to_take_it(
    plain_clinic: ClinicFolder,
) -> None:
    outcome = refused_sheet(plain_clinic, *ADA, "--exercise", "chin-tuck")
    outcome.the_error('it is on the shelf: take it with a line "shelf:"', '"chin-tuck:"')
    outcome = refused_sheet(plain_clinic, *ADA, "--programme", "desk-day")
    outcome.the_error(
        'it is on the shelf: take it with a line "shelf:"', '"programmes: [desk-day]"'
    )
    (plain_clinic.path / "people.csv").write_text("name,exercise\nAda Sample,chin-tuck\n")
    told = plain_clinic.run("roster", "check", "people.csv").err
    assert '"exercises:", and below it "chin-tuck:"' in told
