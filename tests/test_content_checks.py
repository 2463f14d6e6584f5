"""Checks on content: sample details, review dates, reading level, promises, numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import ROOT

from handouts.checks.reading_level import reading_level
from handouts.load.content import load_content
from handouts.models.base import printed_strings

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import ClinicFolder

HARD_WORDS = (
    "Approximately twenty participants demonstrated statistically significant improvements in "
    "musculoskeletal functionality following intramuscular stimulation, notwithstanding "
    "considerable methodological heterogeneity throughout contemporaneous investigations "
    "regarding cervicogenic symptomatology."
)
RATHER_HARD_WORDS = (
    "We look at your neck and shoulders before the treatment and we explain the different "
    "options. Afterward your clinician talks with you about the exercises and the next visit. "
    "You can ask any questions that you have about the treatment."
)
QUESTIONS = """\
      - list:
          - "What may be causing my headaches?"
          - "Is needling safe for me?"
          - "What else could I try?"
          - "How will we know if it helps me?"
"""


@pytest.fixture(scope="module")
def shipped() -> Any:
    """The shipped content as another reader of YAML sees it."""
    return yaml.safe_load((ROOT / "content.yaml").read_text(encoding="utf-8"))


def with_questions(clinic: ClinicFolder, words: str) -> str:
    """Put other words into the section of questions, and give the line of its name."""
    clinic.edit(QUESTIONS, f"      - text: >-\n          {words}\n")
    return clinic.place("  questions:\n").rpartition(":")[0]


def test_sample_details_are_named_until_they_are_replaced(clinic_folder: ClinicFolder) -> None:
    found = clinic_folder.check().the_finding("these are sample clinic details")
    assert found.startswith(clinic_folder.place("sample: true\n  name") + " warning: ")
    for detail in (
        "Sample Needling & Headache Clinic",
        "(555) 555-0142",
        "100 Example Street",
        "https://www.example.com",
        "Natalie Sample",
    ):
        assert detail in found
    assert "take out the line sample: true" in found
    assert clinic_folder.refused("--strict").finding_with("sample clinic details")
    clinic_folder.edit("  sample: true\n", "")
    assert not clinic_folder.check().finding_with("sample clinic details")


def test_the_shipped_content_has_no_other_warnings(clinic_folder: ClinicFolder) -> None:
    known = ("these are sample clinic details", "has no authorization on record")
    other = [f for f in clinic_folder.check().findings if not any(said in f for said in known)]
    assert other == []


def test_a_review_date_that_is_past_is_a_warning(
    clinic_folder: ClinicFolder, on_day: Callable[[str], None]
) -> None:
    on_day("2028-11-22")
    assert not clinic_folder.check().finding_with("was due for review")
    on_day("2028-11-23")
    found = clinic_folder.check().the_finding("the content was due for review on 2028-11-22")
    assert found.startswith(clinic_folder.place("2028-11-22") + " warning: ")
    assert "have a clinician read it" in found


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2029-11-23", "more than 3 years after dated"),
        ("2035-01-01", "more than 3 years after dated"),
        ("2026-11-21", "next_review is not after dated"),
        ("2026-11-22", "next_review is not after dated"),
    ],
)
def test_a_review_date_that_can_not_be(
    clinic_folder: ClinicFolder, on_day: Callable[[str], None], day: str, said: str
) -> None:
    on_day("2026-11-20")
    clinic_folder.edit("next_review: 2028-11-22", f"next_review: {day}")
    found = clinic_folder.refused().the_finding("error: next_review")
    assert found.startswith(clinic_folder.place(f"next_review: {day}").rpartition(":")[0])
    assert said in found


def test_a_review_date_three_years_on_is_fine(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("next_review: 2028-11-22", "next_review: 2029-11-22")
    assert not clinic_folder.check().finding_with("next_review")


def test_text_above_grade_8_is_an_error(clinic_folder: ClinicFolder) -> None:
    line = with_questions(clinic_folder, f"{HARD_WORDS} {HARD_WORDS}")
    found = clinic_folder.refused().the_finding("error: sections questions reads at grade")
    assert found.startswith(f"{line}:")
    assert float(re.search(r"at grade ([\d.]+)", found)[1]) > 8
    assert "use shorter sentences and everyday words" in found


def test_text_above_grade_6_is_a_warning_and_strict_makes_it_an_error(
    clinic_folder: ClinicFolder,
) -> None:
    line = with_questions(clinic_folder, RATHER_HARD_WORDS)
    found = clinic_folder.check().the_finding("warning: sections questions reads at grade")
    assert found.startswith(f"{line}:")
    assert 6 < float(re.search(r"at grade ([\d.]+)", found)[1]) <= 8
    assert clinic_folder.refused("--strict").finding_with("sections questions reads at grade")


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('- "Lie on your back."', f'- "Lie on your back. {HARD_WORDS}"', "exercises suboccipital"),
        ('text: "We do not know how long', f'text: "{HARD_WORDS} We do', "evidence how-long"),
        ('text: "Stop at once if', f'text: "{HARD_WORDS} Stop', "stop_and_call"),
        ("    These are the stories", f"    {HARD_WORDS} These", "expected_results"),
    ],
)
def test_hard_text_is_found_in_every_part(
    clinic_folder: ClinicFolder, old: str, new: str, part: str
) -> None:
    clinic_folder.edit(old, new)
    assert f"{part}" in clinic_folder.refused().the_finding("reads at grade")


def test_plain_words_are_excused(clinic_folder: ClinicFolder) -> None:
    words = (
        "The sternocleidomastoideus is a muscle in your neck. It can be sore after a long day. "
        "We rub the sternocleidomastoideus. You rest the sternocleidomastoideus at home. "
        "Your sternocleidomastoideus will feel warm."
    )
    with_questions(clinic_folder, words)
    assert clinic_folder.check().finding_with("sections questions reads at grade")
    clinic_folder.edit("plain_words:\n", "plain_words:\n  - Sternocleidomastoideus\n")
    assert not clinic_folder.check().finding_with("sections questions reads at grade")


def test_every_part_of_the_shipped_content_is_at_grade_6_or_below() -> None:
    content = load_content(ROOT / "content.yaml").content
    groups = {
        "sections": content.sections,
        "evidence": content.evidence,
        "exercises": content.exercises,
    }
    levels = {
        (kind, name): reading_level((text for _, text in printed_strings(part)), ("migraine",))
        for kind, parts in groups.items()
        for name, part in parts.items()
        if kind == "sections"
    }
    plain = content.plain_words
    for kind, parts in groups.items():
        for name, part in parts.items():
            texts = [text for _, text in printed_strings(part)]
            levels[kind, name] = reading_level(texts, plain)
    measured = {key: level.grade for key, level in levels.items() if level.words >= 30}
    assert len(measured) > 15
    assert {key: grade for key, grade in measured.items() if grade > 6} == {}


def test_the_reading_level_is_flesch_kincaids() -> None:
    # 12 words, 2 sentences, 13 syllables: 0.39 * 12 / 2 + 11.8 * 13 / 12 - 15.59
    level = reading_level(["The cat sat on the mat. The dog ran to the garden."])
    assert level.words == 12
    assert level.grade == pytest.approx(0.39 * 6 + 11.8 * 13 / 12 - 15.59, abs=0.01)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('- "What else could I try?"', '- "Is it a cure?"', "cure"),
        ('basis: "Review of 11 trials"', 'basis: "It is guaranteed."', "guaranteed"),
        ('title: "Your exercises for home"', 'title: "100 % of people feel better"', "100 %"),
        ('- "You rush."', '- "You want permanent relief."', "permanent"),
        ('heading: "Side effects"', 'heading: "Risk-free care"', "Risk-free"),
    ],
)
def test_a_promise_in_the_clinics_own_words_is_a_warning(
    clinic_folder: ClinicFolder, old: str, new: str, word: str
) -> None:
    clinic_folder.edit(old, new)
    found = clinic_folder.check().the_finding("promises a result")
    quoted = new[new.index('"') :]
    assert found.startswith(f'{clinic_folder.place(quoted)} warning: "{word}" promises a result')
    assert "say what may happen" in found
    assert clinic_folder.refused("--strict").finding_with("promises a result")


def test_every_claim_rests_on_sources_that_exist(shipped: Any) -> None:
    for name, claim in shipped["evidence"].items():
        assert claim["sources"], name
        assert set(claim["sources"]) <= set(shipped["sources"]), name


def test_a_claim_without_a_source_is_refused(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("    sources: [jung-2024]", "    sources: []")
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place("[]"))
    assert "give at least 1" in found


def test_the_figures_of_a_claim_are_its_sources_own(shipped: Any) -> None:
    for name, claim in shipped["evidence"].items():
        figures = [int(n) for n in re.findall(r"(\d+) people", claim.get("basis", ""))]
        known = {shipped["sources"][source].get("people") for source in claim["sources"]}
        assert set(figures) <= known, name


def test_side_effects_are_counted_per_100_as_the_study_says(shipped: Any) -> None:
    study = shipped["sources"]["brady-2014"]["result"]
    printed = {
        item["text"]: item["term"]
        for block in shipped["sections"]["side-effects"]["body"]
        for item in block.get("list", ())
    }
    named = {
        "a small bruise": "bruising",
        "bleeding": "bleeding",
        "pain during needling": "pain during",
        "pain after needling": "pain after",
        "feeling worse for a while": "symptoms worse for a while",
        "headache": "headache",
    }
    assert set(printed) == set(named)
    for text, term in printed.items():
        percent = float(re.search(rf"{named[text]} ([\d.]+) %", study)[1])
        assert term == ("Fewer than 1" if percent < 0.5 else f"About {percent:.0f}"), text
    everything = float(re.search(r"Any mild event ([\d.]+) %", " ".join(study.split()))[1])
    claim = shipped["evidence"]["mild-side-effects"]
    assert f"about {everything:.0f} mild effects in every 100 treatments" in claim["text"]
    treatments = re.search(r"([\d,]+) treatments", study)[1]
    assert f"{treatments} treatments" in claim["basis"]
