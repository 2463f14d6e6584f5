"""A clinic's own files of exercises: what is wrong is told at its line, and none leads out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handouts.load.shelf import template

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

ID = "seated-turn"


@pytest.fixture
def own(plain_clinic: ClinicFolder) -> Path:
    """The file of a clinic's own exercise, which its content takes."""
    plain_clinic.edit("\nexercises:\n", f"\nshelf:\n  exercises:\n    {ID}:\n\nexercises:\n")
    folder = plain_clinic.path / "shelf"
    folder.mkdir()
    file = folder / f"{ID}.yaml"
    file.write_bytes(template())
    return file


def test_what_is_wrong_in_an_own_file_is_told_at_its_line(
    plain_clinic: ClinicFolder, own: Path
) -> None:
    plain_clinic.check()
    text = template().decode()
    own.write_text(text.replace("mistakes:", "mistaeks:"), encoding="utf-8")
    line = text[: text.index("mistakes:")].count("\n") + 1
    found = plain_clinic.refused().the_finding('unknown key "mistaeks"')
    assert found.startswith(f"shelf/{ID}.yaml:{line}:1 error:")


@pytest.mark.parametrize("text", ["", "- a list\n", "name: [broken\n"])
def test_a_file_that_is_no_exercise_is_named(
    plain_clinic: ClinicFolder, own: Path, text: str
) -> None:
    own.write_text(text, encoding="utf-8")
    assert plain_clinic.refused().the_error().startswith(f"shelf/{ID}.yaml:")


def test_a_link_out_of_the_folder_is_refused(
    plain_clinic: ClinicFolder, own: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(template())
    own.unlink()
    own.symlink_to(outside)
    assert "leads out of the folder" in plain_clinic.refused().the_error()
    assert plain_clinic.run("list", "exercises").code == 3


def test_a_fact_of_the_clinic_is_filled_in(plain_clinic: ClinicFolder, own: Path) -> None:
    text = template().decode().replace('"You feel dizzy."', '"You feel dizzy: call {phon}."')
    own.write_text(text, encoding="utf-8")
    assert plain_clinic.refused().the_error("there is no {phon}").startswith(f"shelf/{ID}.yaml:")
    own.write_text(text.replace("{phon}", "{phone}"), encoding="utf-8")
    plain_clinic.check()


def test_what_is_no_mapping_is_told_as_ever(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit(
        "\nprogrammes:\n", "\nshelf:\n  programmes: [desk-day]\n\nprogrammes: 5\nx:\n"
    )
    assert plain_clinic.refused().finding_with('"programmes"', "5")


def test_a_signature_outlives_what_is_taken(plain_clinic: ClinicFolder) -> None:
    signed = '{by: natalie, "on": 2026-11-20, words: "0123456789ab"}'
    plain_clinic.edit("\nexercises:\n", f"\nshelf:\n  signed:\n    gone: {signed}\n\nexercises:\n")
    assert not plain_clinic.check().finding_with("gone")
