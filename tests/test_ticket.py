"""What goes with a piece's file: the checks before it, the ticket, and the imposed sheets."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from conftest import files_below
from press_tools import standard_faults

from handouts.basics.choices import Flip, SchemeName
from handouts.basics.folds import FOLDS, FoldKind
from handouts.basics.papers import Sheet
from handouts.cli.impose import impose

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

PRESS = ("build", "--profile", "press", "--proof")


def words(path: Path) -> str:
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    return " ".join(text.split())


def box(path: Path, name: str) -> tuple[float, float]:
    """Give the width and height of a box of the first page, in points, as poppler reads it."""
    told = subprocess.run(
        ["pdfinfo", "-box", path], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    left, bottom, right, top = map(
        float, next(line for line in told.splitlines() if line.startswith(name)).split()[1:]
    )
    return right - left, top - bottom


def add_rule(clinic: ClinicFolder, css: str) -> None:
    (clinic.path / "styles" / "clinic.css").write_text(css, encoding="utf-8")


def impose_cards(clinic: ClinicFolder, settings: str) -> None:
    line = "    template: testimonials\n"
    clinic.edit(line, f"{line}    imposition: {settings}\n")


@pytest.mark.parametrize("profile", ["office", "press"])
def test_a_failing_check_stops_the_build(clinic_folder: ClinicFolder, profile: str) -> None:
    add_rule(clinic_folder, "@page { margin: 4mm !important; }")
    flags = () if profile == "office" else ("--profile", profile, "--proof")

    outcome = clinic_folder.run("build", "explainer", *flags)

    assert outcome.code == 4
    assert outcome.finding_with("explainer (letter", "error: safe-area", "mm, limit")
    assert not clinic_folder.out.exists()


def test_a_failing_check_tells_nothing_of_the_patient(clinic_folder: ClinicFolder) -> None:
    add_rule(clinic_folder, "@page { margin: 4mm !important; }")
    outcome = clinic_folder.run(
        "sheet", "--for", "Zebulon Quux", "--exercise", "suboccipital-release",
        "--notes", "Mind xylophones", "--profile", "press", "--proof", "-o", "sheet.pdf",
    )  # fmt: skip

    assert outcome.code == 4
    assert outcome.finding_with("error: safe-area", "a text of the patient's own")
    assert not re.search("Zebulon|Quux|xylophones", outcome.err)
    assert not (clinic_folder.path / "sheet.pdf").exists()


def test_an_odd_number_of_pages_is_nothing_to_tell_the_desk(clinic_folder: ClinicFolder) -> None:
    outcome = clinic_folder.run("build", "testimonials", "--edition", "large-print")
    assert "3 pages" in outcome.out
    assert not outcome.finding_with("page-count")


def test_an_odd_press_file_ends_with_a_blank_page(clinic_folder: ClinicFolder) -> None:
    outcome = clinic_folder.run(*PRESS, "testimonials", "--edition", "large-print")
    assert "4 pages, 2 sheets" in outcome.out
    text = words(clinic_folder.out / "testimonials-large-print-press.pdf")
    assert "page 4 of 4, left blank" in text


def test_a_ticket_says_what_the_press_has_to_know(clinic_folder: ClinicFolder) -> None:
    assert clinic_folder.run(*PRESS, "brochure", "--copies", "2500").code == 0

    digest = hashlib.sha256((clinic_folder.out / "brochure-press.pdf").read_bytes()).hexdigest()
    text = words(clinic_folder.out / "brochure-press-ticket.pdf")
    for told in (
        "Copies 2,500",
        "PROOF",
        "279.40 × 215.90 mm (11 × 8.5 in), flat",
        "93.66 × 215.90 mm (3.6875 × 8.5 in)",
        "3.175 mm (0.125 in)",
        "2 pages on 1 sheet a copy, both sides, flip on the short edge",
        "4/4, Cyan + Magenta + Yellow + Black",
        "FOGRA39: Coated FOGRA39",
        "Fold 1: at 187.32 mm (7.375 in), valley",
        "Fold 2: at 93.66 mm (3.6875 in), valley",
        "preflight-checked; this is no certificate",
        "brochure-press.pdf",
    ):
        assert told in text, told
    assert digest in text.replace(" ", "")

    ticket = json.loads((clinic_folder.out / "brochure-press-ticket.json").read_text())
    assert ticket["sha256"] == digest
    assert ticket["copies"] == 2500
    assert ticket["fold"]["outside"][0] == {"panel": "flap", "width_mm": 92.08}
    assert [crease["order"] for crease in ticket["fold"]["creases"]] == [2, 1]
    assert ticket["inks"] == [["Cyan", "Magenta", "Yellow", "Black"]] * 2
    assert {"boxes", "bleed", "ink-limit", "fonts"} <= set(ticket["preflight"]["passed"])


def test_a_ticket_names_the_inks_that_are_in_the_file(clinic_folder: ClinicFolder) -> None:
    clinic_folder.run(*PRESS, "explainer", "--edition", "ink-saver")
    ticket = json.loads((clinic_folder.out / "explainer-ink-saver-press-ticket.json").read_text())
    assert ticket["colours"] == "1/1, Black"
    assert ticket["copies"] is None
    assert ticket["fold"] is None
    text = words(clinic_folder.out / "explainer-ink-saver-press-ticket.pdf")
    assert "Copies ____" in text
    assert "flip on the long edge" in text


@pytest.mark.parametrize("kind", [FoldKind.Z])
def test_a_ticket_shows_another_fold(clinic_folder: ClinicFolder, kind: FoldKind) -> None:
    line = "    template: brochure\n"
    clinic_folder.edit(line, f'{line}    fold: {kind}\n    stock_thickness: "0.2 mm"\n')
    assert clinic_folder.run(*PRESS, "brochure").code == 0
    text = words(clinic_folder.out / "brochure-press-ticket.pdf")
    assert "mountain" in text
    assert "0.2 mm thick" in text
    assert all(panel in text for panel in FOLDS[kind].reading_order)


def test_tickets_are_made_once_and_again_when_something_changes(
    clinic_folder: ClinicFolder,
) -> None:
    order = (*PRESS, "testimonials", "--copies", "10")
    clinic_folder.run(*order)
    before = files_below(clinic_folder.out)
    assert "(unchanged)" in clinic_folder.run(*order).out
    assert files_below(clinic_folder.out) == before

    (clinic_folder.out / "testimonials-press-ticket.json").unlink()
    clinic_folder.run(*order)
    again = files_below(clinic_folder.out)
    assert {name: data for name, (data, _) in again.items()} == {
        name: data for name, (data, _) in before.items()
    }

    clinic_folder.run(*PRESS, "testimonials", "--copies", "11")
    assert "Copies 11" in words(clinic_folder.out / "testimonials-press-ticket.pdf")


def test_a_ticket_that_can_not_be_made_stops_its_press_file(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "styles" / "ticket.css").write_text(".ticket { font-size: 40pt; }")
    outcome = clinic_folder.run(*PRESS, "testimonials")
    assert outcome.code == 4
    assert outcome.finding_with("testimonials ticket", "longer than its one page")
    assert not clinic_folder.out.exists()


def test_a_patients_sheet_has_no_ticket(clinic_folder: ClinicFolder) -> None:
    outcome = clinic_folder.run(
        "sheet", "--for", "Ada Sample", "--exercise", "suboccipital-release",
        "--profile", "press", "--proof", "-o", "sheets/one.pdf",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert [path.name for path in (clinic_folder.path / "sheets").iterdir()] == ["one.pdf"]


def test_copies_without_a_press_are_refused(clinic_folder: ClinicFolder) -> None:
    outcome = clinic_folder.run("build", "--copies", "5")
    assert outcome.code == 2
    assert "--profile press" in outcome.err


def test_an_imposition_in_the_content_is_written_with_each_build(
    clinic_folder: ClinicFolder,
) -> None:
    impose_cards(clinic_folder, "{scheme: 2-up, paper: letter, copies: 4}")
    clinic_folder.run("build", "testimonials")
    imposed = clinic_folder.out / "testimonials-imposed.pdf"
    assert box(imposed, "MediaBox") == (612, 792)
    clinic_folder.run(
        "impose", "out/testimonials.pdf", "--scheme", "2-up", "--paper", "letter",
        "--copies", "4", "-o", "by-hand.pdf",
    )  # fmt: skip
    assert imposed.read_bytes() == (clinic_folder.path / "by-hand.pdf").read_bytes()

    before = files_below(clinic_folder.out)
    assert "(unchanged)" in clinic_folder.run("build", "testimonials").out
    assert files_below(clinic_folder.out) == before
    clinic_folder.edit("copies: 4}", "copies: 5}")
    assert "(unchanged)" not in clinic_folder.run("build", "testimonials").out


def test_press_pieces_are_imposed_screens_and_reflowed_ones_are_not(
    clinic_folder: ClinicFolder,
) -> None:
    impose_cards(clinic_folder, "{scheme: 2-up, paper: tabloid, copies: 2}")
    clinic_folder.run(*PRESS, "testimonials")
    clinic_folder.run("build", "testimonials", "--profile", "screen")
    clinic_folder.run("build", "testimonials", "--edition", "large-print")
    assert sorted(path.name for path in clinic_folder.out.glob("*-imposed.pdf")) == [
        "testimonials-press-imposed.pdf"
    ]
    imposed = clinic_folder.out / "testimonials-press-imposed.pdf"
    assert standard_faults(imposed) == []
    data = json.loads((clinic_folder.out / "testimonials-press-ticket.json").read_text())
    assert data["copies"] == 2
    (sheets,) = data["imposed"]
    assert sheets["file"] == imposed.name
    assert sheets["sha256"] == hashlib.sha256(imposed.read_bytes()).hexdigest()
    assert {"boxes", "ink-limit", "metadata"} <= set(sheets["passed"])
    told = words(clinic_folder.out / "testimonials-press-ticket.pdf")
    assert "testimonials-press-imposed.pdf: 1 sheet of tabloid, both sides" in told


@pytest.mark.parametrize(
    ("settings", "at", "told"),
    [
        ("{scheme: 5-up, paper: letter}", "5-up", '"scheme" can\'t be "5-up"'),
        ("{scheme: 2-up, paper: letterr}", "letterr", 'did you mean "letter"'),
        ("{scheme: 2-up, paper: a3, up: 4}", "up: 4", "up has no meaning with scheme: 2-up"),
        ("{scheme: cut-stack, paper: a3}", "{scheme", "wants up: 2, 3, 4 or 8"),
        ("{scheme: 2-up, paper: a3, gutter: 6}", "6}", "has no unit"),
        ("{scheme: 2-up, paper: a3, copies: 0}", "0}", "write 1 or more"),
    ],
)
def test_an_imposition_that_is_wrong_is_refused_in_its_line(
    clinic_folder: ClinicFolder, settings: str, at: str, told: str
) -> None:
    impose_cards(clinic_folder, settings)
    line = clinic_folder.place(f"imposition: {settings}").split(":")[1]
    error = clinic_folder.refused("testimonials").finding_with(f"content.yaml:{line}:", told)
    assert error, (at, told)


def test_what_does_not_fit_its_sheet_is_refused_in_its_line(clinic_folder: ClinicFolder) -> None:
    impose_cards(clinic_folder, "{scheme: 8-up, paper: letter}")
    line = clinic_folder.place("imposition: {").split(":")[1]
    outcome = clinic_folder.run("build", "testimonials")
    assert outcome.code == 4
    assert outcome.finding_with(f"content.yaml:{line}:5", "letter")
    assert not clinic_folder.out.exists()


def test_the_command_and_the_content_know_the_same_names() -> None:
    choices = {
        option.name: tuple(option.type.choices)
        for option in impose.params
        if hasattr(option.type, "choices")
    }
    assert choices["scheme"] == tuple(SchemeName)
    assert choices["paper"] == tuple(Sheet)
    assert choices["flip"] == tuple(Flip)
