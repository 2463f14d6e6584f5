"""Files of earlier builds: those that no longer say what the content says are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pdf_tools import page_texts

if TYPE_CHECKING:
    from conftest import ClinicFolder

OLD, NEW = "Tell us about your health first.", "Tell us about your health now."
"""A sentence of the explainer alone."""


def test_a_build_names_the_files_that_are_older_than_the_content(
    clinic_folder: ClinicFolder,
) -> None:
    assert clinic_folder.run("build", "explainer", "testimonials").code == 0
    for more in (["--paper", "a4"], ["--edition", "large-print"], ["--profile", "screen"]):
        assert clinic_folder.run("build", "explainer", *more).code == 0
    clinic_folder.edit(OLD, NEW)
    outcome = clinic_folder.run("build", "explainer")
    assert outcome.code == 0, outcome.err
    told = outcome.the_finding("older than the content")
    assert "3 files" in told
    for name in ("explainer-a4.pdf", "explainer-large-print.pdf", "explainer-screen.pdf"):
        assert name in told
    assert "testimonials" not in told
    assert "make them again with --again" in told


def test_again_makes_all_that_is_there(clinic_folder: ClinicFolder) -> None:
    for more in ([], ["--paper", "a4"], ["--profile", "screen"]):
        assert clinic_folder.run("build", "explainer", *more).code == 0
    clinic_folder.edit(OLD, NEW)
    outcome = clinic_folder.run("build", "--again")
    assert outcome.code == 0, outcome.err
    assert "older than" not in outcome.err
    for name in ("explainer", "explainer-a4", "explainer-screen"):
        words = " ".join(" ".join(page_texts(clinic_folder.out / f"{name}.pdf")).split())
        assert NEW in words
        assert OLD not in words
    assert not (clinic_folder.out / "brochure.pdf").exists()


def test_a_deleted_file_is_not_missed(clinic_folder: ClinicFolder) -> None:
    assert clinic_folder.run("build", "explainer").code == 0
    assert clinic_folder.run("build", "explainer", "--paper", "a4").code == 0
    (clinic_folder.out / "explainer-a4.pdf").unlink()
    clinic_folder.edit(OLD, NEW)
    assert "older than" not in clinic_folder.run("build", "explainer").err


def test_again_where_nothing_was_built(clinic_folder: ClinicFolder) -> None:
    outcome = clinic_folder.run("build", "--again")
    assert outcome.code == 3
    assert "nothing in the folder was built before" in outcome.err


def test_a_preview_of_the_shops_file(clinic_folder: ClinicFolder) -> None:
    outcome = clinic_folder.run(
        "preview", "testimonials", "--profile", "press", "--proof", "--copies", "50"
    )
    assert outcome.code == 0, outcome.err
    assert (clinic_folder.out / "preview" / "testimonials-press-1.png").is_file()
