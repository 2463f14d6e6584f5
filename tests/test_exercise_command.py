"""An exercise's own file: begun, looked through, drawn as the sheet will have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.load.shelf import template

if TYPE_CHECKING:
    from conftest import ClinicFolder

FILE = "shelf/seated-turn.yaml"


def test_what_is_begun_is_right_and_is_drawn(
    clinic_folder: ClinicFolder, shared_cache: None
) -> None:
    assert clinic_folder.run("exercise", "new", FILE).code == 0
    assert (clinic_folder.path / FILE).read_bytes() == template()
    checked = clinic_folder.run("exercise", "check", FILE)
    assert (checked.code, checked.err) == (0, "")
    drawn = clinic_folder.run("exercise", "preview", FILE, "--dpi", "40")
    assert drawn.code == 0, drawn.err
    pictures = sorted((clinic_folder.out / "preview").glob("seated-turn-*.png"))
    assert [str(picture.relative_to(clinic_folder.path)) for picture in pictures] == (
        drawn.out.split()
    )
    again = clinic_folder.run("exercise", "new", FILE)
    assert again.code == 3
    again.the_error("the file is there already")


def test_a_name_that_is_no_id_is_refused(clinic_folder: ClinicFolder) -> None:
    outcome = clinic_folder.run("exercise", "new", "shelf/Seated Turn.yaml")
    assert outcome.code == 3
    outcome.the_error("use small letters, digits and hyphens")
    assert not (clinic_folder.path / "shelf").exists()


def test_what_is_wrong_is_told_at_its_line(clinic_folder: ClinicFolder) -> None:
    file = clinic_folder.path / FILE
    file.parent.mkdir()
    text = template().decode()
    wrong = text.replace("{twist: -45}", "{twist: -95}").replace(
        "repetitions: 5,", "repetitions: 50,"
    )
    file.write_text(wrong, encoding="utf-8")
    line = wrong[: wrong.index("    joints:\n      spine")].count("\n") + 2
    outcome = clinic_folder.run("exercise", "check", FILE)
    assert outcome.code == 3
    found = outcome.the_finding("twist of -95 degrees")
    assert found.startswith(f"{FILE}:{line}:")
    file.write_text(text.replace("repetitions: 5,", "repetitions: 50,"), encoding="utf-8")
    past = clinic_folder.run("exercise", "check", FILE).the_error("repetitions of 50")
    assert past.startswith(f"{FILE}:")
    hard = text.replace(
        "To help your upper back turn with ease.", "Facilitating " * 30 + "mobility."
    )
    file.write_text(hard.replace("drawings:\n", "drawings: {}\nx:\n").split("\nx:")[0])
    told = clinic_folder.run("exercise", "check", FILE).err
    assert "reads at grade" in told
