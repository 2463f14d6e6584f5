"""One list of emergencies on every piece; needling's own signs are named until somebody signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from pdf_objects import page_pictures
from pdf_tools import exact_letters, page_texts, printed
from promised import change, filled, load, set_at

if TYPE_CHECKING:
    from conftest import ClinicFolder

NOBODY = "nobody has signed for the danger signs after needling"
SIGNING = ("approve", "after-needling", "--by", "natalie", "--signed-on", "2026-11-20")


@pytest.mark.parametrize("piece", ["brochure", "explainer", "exercises"])
def test_all_pieces_print_the_one_list(piece: str) -> None:
    text = exact_letters("".join(page_texts(printed(piece, "letter").path)))
    box = load()["stop_and_call"]
    for sign in (*box["signs"], box["action"]):
        assert exact_letters(filled(sign)) in text
    # Its last line speaks of an exercise's own signs, so it stands where exercises do.
    assert (exact_letters(filled(box["milder"])) in text) == (piece == "exercises")


def test_signs_are_named_until_somebody_signs_and_when_they_change(
    clinic_folder: ClinicFolder, shipped_text: str
) -> None:
    clinic_folder.text = shipped_text
    assert f"warning: {NOBODY}" in clinic_folder.check().the_finding(NOBODY)
    signed = clinic_folder.run(*SIGNING)
    assert signed.code == 0, signed.err
    assert "Chest pain" in signed.out
    assert NOBODY not in clinic_folder.check().err
    clinic_folder.edit('- "Blue lips"', '- "Blue lips or nails"')
    changed = clinic_folder.check().the_finding("not the ones that were signed for")
    assert "Natalie Sample signed on 2026-11-20" in changed
    assert clinic_folder.run(*SIGNING).code == 0
    assert "signed for" not in clinic_folder.check().err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--by", "nathalie", 'there is no clinician called "nathalie"'),
        ("--signed-on", "2999-01-01", "2999-01-01 is in the future"),
    ],
)
def test_what_can_not_be_signed(
    clinic_folder: ClinicFolder, shipped_text: str, option: str, value: str, said: str
) -> None:
    clinic_folder.text = shipped_text
    outcome = clinic_folder.run(*SIGNING, option, value)
    assert outcome.code == 3
    assert said in outcome.err
    assert clinic_folder.text == shipped_text


def test_all_that_can_not_be_signed_is_told_at_once(
    clinic_folder: ClinicFolder, shipped_text: str
) -> None:
    clinic_folder.text = shipped_text
    outcome = clinic_folder.run(*SIGNING, "--by", "nathalie", "--signed-on", "2999-01-01")
    assert outcome.code == 3
    outcome.the_finding('no clinician called "nathalie"')
    outcome.the_finding("2999-01-01 is in the future")


def test_a_box_without_signs_is_refused(clinic_folder: ClinicFolder, shipped_text: str) -> None:
    start = shipped_text.index("    signs:\n", shipped_text.index("  after_needling:\n"))
    end = shipped_text.index("    action:", start)
    clinic_folder.text = shipped_text[:start] + "    signs: []\n" + shipped_text[end:]
    found = clinic_folder.refused(command="check").the_finding("signs")
    assert found.startswith(clinic_folder.place("signs: []").rpartition(":")[0])


def test_a_dangerous_sections_picture_and_booking_are_printed(
    clinic_folder: ClinicFolder, shipped_text: str
) -> None:
    """Danger stands over both columns of the explainer; the rest of its section beside."""
    clinic_folder.text = shipped_text
    section = {
        "heading": "When to call for help",
        "body": [{"danger": "emergency"}, {"text": "Call a doctor today."}],
        "include": "contact",
        "picture": {"drawing": "cover", "alt": "A calm face."},
    }
    change(clinic_folder, set_at("sections", "when-to-call", to=section))
    shown = ["summary", "what-it-is", "when-to-call"]
    change(clinic_folder, set_at("handouts", "explainer", "sections", to=shown))
    outcome = clinic_folder.run("build", "explainer")
    assert outcome.code == 0, outcome.err
    path = clinic_folder.out / "explainer.pdf"
    words = " ".join(page_texts(path)[1].split())
    assert words.index("Emergency") < words.index("Call a doctor today.")
    assert "example.com/book" in words
    beside = page_pictures(path, 36)[1].crop((170, 70, 300, 200)).convert("L")
    assert sum(beside.histogram()[:100]) > 500  # the hair


def test_a_section_can_not_ask_for_signs_that_are_not_there(
    clinic_folder: ClinicFolder, shipped_text: str
) -> None:
    start = shipped_text.index("  after_needling:\n")
    end = shipped_text.index("\n\n", start)
    clinic_folder.text = shipped_text[:start].rstrip(" ") + shipped_text[end:]
    refused = clinic_folder.refused(command="check")
    assert "there is no after_needling below stop_and_call" in refused.err


def test_counts_of_100_are_100_at_most(clinic_folder: ClinicFolder, shipped_text: str) -> None:
    clinic_folder.text = shipped_text.replace("{count: 8, text", "{count: 95, text")
    assert "the counts are 106 of 100" in clinic_folder.refused(command="check").err


@pytest.fixture
def shipped_text() -> str:
    return (ROOT / "content.yaml").read_text(encoding="utf-8")
