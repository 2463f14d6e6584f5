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
    "Headache after needling often passes by itself within hours. Drink water and rest as long "
    "as your body wants. Call your clinician during opening hours about pain that continues or "
    "gets worse."
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
    return clinic.place("  questions:\n    heading").rpartition(":")[0]


def test_sample_details_are_named_until_they_are_replaced(plain_clinic: ClinicFolder) -> None:
    found = plain_clinic.check().the_finding("these are sample clinic details")
    assert found.startswith(plain_clinic.place("sample: true\n  name") + " warning: ")
    for detail in (
        "Sample Needling & Headache Clinic",
        "(555) 555-0142",
        "100 Example Street",
        "https://www.example.com",
        "Natalie Sample",
    ):
        assert detail in found
    assert "take out the line sample: true" in found
    assert plain_clinic.refused("--strict").finding_with("sample clinic details")
    plain_clinic.edit("  sample: true\n", "")
    assert not plain_clinic.check().finding_with("sample clinic details")


def test_the_shipped_content_has_no_other_warnings(clinic_folder: ClinicFolder) -> None:
    clinic_folder.text = (ROOT / "content.yaml").read_text(encoding="utf-8")
    known = (
        "these are sample clinic details",
        "has no authorization on record",
        "nobody has signed for the danger signs",
    )
    other = [f for f in clinic_folder.check().findings if not any(said in f for said in known)]
    assert other == []


def test_a_review_date_that_is_past_is_a_warning(
    plain_clinic: ClinicFolder, on_day: Callable[[str], None]
) -> None:
    on_day("2028-11-22")
    assert not plain_clinic.check().finding_with("was due for review")
    on_day("2028-11-23")
    found = plain_clinic.check().the_finding("the content was due for review on 2028-11-22")
    assert found.startswith(plain_clinic.place("2028-11-22") + " warning: ")
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
    plain_clinic: ClinicFolder, on_day: Callable[[str], None], day: str, said: str
) -> None:
    on_day("2026-11-20")
    plain_clinic.edit("next_review: 2028-11-22", f"next_review: {day}")
    found = plain_clinic.refused().the_finding("error: next_review")
    assert found.startswith(plain_clinic.place(f"next_review: {day}").rpartition(":")[0])
    assert said in found


def test_a_review_date_three_years_on_is_fine(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("next_review: 2028-11-22", "next_review: 2029-11-22")
    assert not plain_clinic.check().finding_with("next_review")


def test_text_above_grade_8_is_an_error(plain_clinic: ClinicFolder) -> None:
    line = with_questions(plain_clinic, f"{HARD_WORDS} {HARD_WORDS}")
    found = plain_clinic.refused().the_finding("error: sections questions reads at grade")
    assert found.startswith(f"{line}:")
    assert float(re.search(r"at grade ([\d.]+)", found)[1]) > 8
    assert "use shorter sentences and everyday words" in found


def test_text_above_grade_6_is_a_warning_and_strict_makes_it_an_error(
    plain_clinic: ClinicFolder,
) -> None:
    line = with_questions(plain_clinic, RATHER_HARD_WORDS)
    found = plain_clinic.check().the_finding("warning: sections questions reads at grade")
    assert found.startswith(f"{line}:")
    assert 6 < float(re.search(r"at grade ([\d.]+)", found)[1]) <= 8
    assert plain_clinic.refused("--strict").finding_with("sections questions reads at grade")


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        (
            '- "Lie on your back."',
            f'- "Lie on your back. {HARD_WORDS} {HARD_WORDS}"',
            "exercises suboccipital",
        ),
        ('text: "We do not know how long', f'text: "{HARD_WORDS} We do', "evidence how-long"),
        ('text: "Stop at once if', f'text: "{HARD_WORDS} Stop', "stop_and_call"),
        ("    These are the stories", f"    {HARD_WORDS} These", "expected_results"),
    ],
)
def test_hard_text_is_found_in_every_part(
    plain_clinic: ClinicFolder, old: str, new: str, part: str
) -> None:
    plain_clinic.edit(old, new)
    assert f"{part}" in plain_clinic.refused().the_finding("reads at grade")


def test_plain_words_are_excused(plain_clinic: ClinicFolder) -> None:
    words = (
        "Your sternocleidomastoideus is a muscle in your neck. It can hurt after long days. You "
        "rest your sternocleidomastoideus at home. Your sternocleidomastoideus will feel warm and "
        "stretched after that, with less pain for a while."
    )
    with_questions(plain_clinic, words)
    assert plain_clinic.check().finding_with("sections questions reads at grade")
    plain_clinic.edit("plain_words:\n", "plain_words:\n  - Sternocleidomastoideus\n")
    assert not plain_clinic.check().finding_with("sections questions reads at grade")


def test_every_part_of_the_shipped_content_is_at_grade_6_or_below() -> None:
    content = load_content(ROOT / "content.yaml").content
    groups = {
        "sections": content.sections,
        "evidence": content.evidence,
        "exercises": content.exercises,
    }
    levels = {
        f"{kind} {name}": reading_level(
            (text for _, text in printed_strings(part)), content.plain_words
        )
        for kind, parts in groups.items()
        for name, part in parts.items()
    }
    measured = {key: level.grade for key, level in levels.items() if level.words >= 30}
    assert len(measured) > 15
    assert {key: grade for key, grade in measured.items() if grade > 6} == {}


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def test_the_reading_level_is_flesch_kincaids() -> None:
    level = reading_level(["The cat sat on the mat. The dog ran to the garden."])
    assert level.words == 12
    assert level.grade == pytest.approx(flesch_kincaid(12, 2, 13), abs=0.01)


def test_the_reading_level_of_a_real_text_is_right_within_a_grade() -> None:
    # Syllables counted with the CMU Pronouncing Dictionary.
    text = (
        "Therapists noted about 19 mild effects in every 100 treatments. A small bruise was the "
        "most common. This study saw no serious harm, but it can't be ruled out. The therapists "
        "kept count themselves, so the true number may be higher."
    )
    level = reading_level([text])
    assert level.words == 41
    assert level.grade == pytest.approx(flesch_kincaid(41, 4, 57), abs=1)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('- "What else could I try?"', '- "Is it a cure?"', "cure"),
        ('basis: "Review of 11 trials"', 'basis: "It is guaranteed."', "guaranteed"),
        (
            'title: "Your exercises for home"\n    subtitle',
            'title: "100 % of people feel better"\n    subtitle',
            "100 %",
        ),
        ('- "You rush."', '- "You want permanent relief."', "permanent"),
        ('heading: "Side effects"', 'heading: "Risk-free care"', "Risk-free"),
    ],
)
def test_a_promise_in_the_clinics_own_words_is_a_warning(
    plain_clinic: ClinicFolder, old: str, new: str, word: str
) -> None:
    plain_clinic.edit(old, new)
    found = plain_clinic.check().the_finding("promises a result")
    quoted = new[new.index('"') :]
    assert found.startswith(f'{plain_clinic.place(quoted)} warning: "{word}" promises a result')
    assert "say what may happen" in found
    assert plain_clinic.refused("--strict").finding_with("promises a result")


def test_every_claim_rests_on_sources_that_exist(shipped: Any) -> None:
    for name, claim in shipped["evidence"].items():
        assert claim["sources"], name
        assert set(claim["sources"]) <= set(shipped["sources"]), name


def test_a_claim_without_a_source_is_refused(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("    sources: [jung-2024]", "    sources: []")
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place("[]\n  not-needling-alone"))
    assert "give at least 1" in found


def test_the_figures_of_a_claim_are_its_sources_own(shipped: Any) -> None:
    for name, claim in shipped["evidence"].items():
        figures = [int(n) for n in re.findall(r"(\d+) people", claim.get("basis", ""))]
        known = {shipped["sources"][source].get("people") for source in claim["sources"]}
        assert set(figures) <= known, name


@pytest.mark.shipped_words
def test_side_effects_are_counted_per_100_as_the_study_says(shipped: Any) -> None:
    study = shipped["sources"]["brady-2014"]["result"]
    (counts,) = [
        block["in_100"]
        for block in shipped["sections"]["side-effects"]["body"]
        if "in_100" in block
    ]
    printed = {harm["text"]: f"About {harm['count']}" for harm in counts["harms"]}
    few, _, rarer = counts["rarer"].partition(": ")
    printed[rarer] = few
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
    assert f"About {everything:.0f} of 100 treatments" in counts["of"]
    treatments = re.search(r"([\d,]+) treatments", study)[1]
    assert f"{treatments} treatments" in " ".join(counts["note"].split())
