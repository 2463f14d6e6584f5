"""Plans of an event that are refused, with their place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
from conftest import files_below
from event_tools import (
    ADA,
    EVENT,
    SEPARATED,
    plan,
    roster,
)
from promised import change, set_at

if TYPE_CHECKING:
    from conftest import ClinicFolder


pytestmark = pytest.mark.usefixtures("shared_cache")
HEALTHY = "title: Fair\nparts:\n- {roster: people.csv}\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ["run.yaml:1:1", "the file holds no plan"]),
        ("title: Fair\n", ['"parts" is missing']),
        ("title: Fair\nparts: []\n", ["run.yaml:2:8", "give at least 1"]),
        ("parts:\n- {roster: people.csv}\n", ['"title" is missing']),
        ("title: Fair\nparts:\n- {}\n", ["run.yaml:3:", "neither"]),
        ("title: Fair\nparts:\n- {roster: gone.csv}\n", ["run.yaml:3:12", 'no file "gone.csv"']),
        ("title: Fair\nparts:\n- {roster: ../people.csv}\n", ["run.yaml:3:12", "leads out of"]),
        ("title: Fair\nparts:\n- {roster: /etc/passwd}\n", ["run.yaml:3:12", "leads out of"]),
        ("title: Fair\nparts:\n- {roster: 'https://x.org/a'}\n", ["is an address"]),
        (HEALTHY + "output: ../run.pdf\n", ["run.yaml:4:9", "leads out of"]),
        (HEALTHY + "output: run.csv\n", ["run.yaml:4:", "ends in .pdf"]),
        (HEALTHY + "content: ../content.yaml\n", ["run.yaml:4:10", "leads out of"]),
        (HEALTHY + "content: gone.yaml\n", ["can't read the file"]),
        (HEALTHY + "output: a.pdf\noutput: b.pdf\n", ["run.yaml:5:1", '"output"', "second time"]),
        (HEALTHY.replace("Fair", "Fair \U00013000"), ["run.yaml:1:8", "no font has a glyph"]),
        (HEALTHY.replace("Fair", "F" * 121), ["run.yaml:1:8", "at most 120 letters"]),
        (HEALTHY + "separator: [part]\n", ["run.yaml:4:1", '"separator"', '"separators"']),
        (HEALTHY + "separators: [parts]\n", ["run.yaml:4:14", '"part"']),
        (HEALTHY + "separators: [programme]\n", ["run.yaml:3:", "want sort: programme"]),
        (HEALTHY + "profile: screen\n", ["run.yaml:4:", "write office or press"]),
        (HEALTHY + "chunk: 0\n", ["run.yaml:4:8", "1 or more"]),
        (HEALTHY + "defaults: {clinician: nobody}\n", ["run.yaml:4:23", "no clinician"]),
        (HEALTHY + "defaults: {language: fr}\n", ["run.yaml:4:22", "written in en-US"]),
        (HEALTHY + "defaults: {date: 12/24/2026}\n", ["run.yaml:4:18", "year-month-day"]),
        (HEALTHY + "imposition: {scheme: booklet}\n", ["run.yaml:4:22", "cut-stack"]),
        (HEALTHY + "imposition: {scheme: 2-up, up: 2}\n", ["run.yaml:4:", "has no meaning"]),
        (HEALTHY.replace("}", ", copies: 2}"), ["run.yaml:3:", 'a column "copies"']),
        (HEALTHY.replace("}", ", edition: ink-saver}"), ["run.yaml:3:", "below defaults"]),
        (HEALTHY.replace("}", ", worksheets: A}"), ['"worksheets"', '"worksheet"']),
        (HEALTHY + "- {piece: brochure}\n", ["run.yaml:4:", "how many copies"]),
        (HEALTHY + "- {piece: broshure, copies: 2}\n", ["run.yaml:4:11", '"brochure"']),
        (HEALTHY + "- {piece: brochure, copies: 0}\n", ["run.yaml:4:29", "1 or more"]),
        (HEALTHY + "- {piece: brochure, copies: 10000000}\n", ["run.yaml:4:29", "100000 or less"]),
        (HEALTHY + "- {piece: brochure, copies: 2, sort: name}\n", ["this is for a roster"]),
        (HEALTHY + "- {piece: brochure, roster: people.csv, copies: 2}\n", ["of its own"]),
        (HEALTHY + "a: &a [x, x]\nb: [*a, *a]\n", ["starts with *"]),
        ("title: Fair\nparts:\n\t- {roster: people.csv}\n", ["run.yaml:3:1", "a tab"]),
        ("title: 'Fair\nparts:\n", ["a quote is opened here and not closed"]),
        (HEALTHY + "--- \ntitle: Two\n", ["a second document"]),
    ],
)
def test_a_bad_plan_is_refused_with_its_place(
    clinic_folder: ClinicFolder, text: str, wanted: list[str]
) -> None:
    roster(clinic_folder, ADA)
    outcome = plan(clinic_folder, text)
    assert outcome.code == 3, outcome
    assert outcome.finding_with(*wanted), outcome.err
    assert not clinic_folder.out.exists()


def test_all_that_is_wrong_is_told_at_once(clinic_folder: ClinicFolder) -> None:
    change(clinic_folder, set_at("clinic", "phone", to=""))
    text = "titel: Fair\nparts:\n- {roster: gone.csv}\n- {piece: brochure, copies: 0}\n"
    outcome = plan(clinic_folder, text)
    for wanted in ('"titel"', "gone.csv", "copies", "content.yaml"):
        assert outcome.finding_with(wanted), outcome.err


def test_a_plan_is_not_written_over_by_its_own_run(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, name="run-manifest.csv")
    before = files_below(clinic_folder.path)
    text = "title: Fair\noutput: run.pdf\nparts:\n- {roster: run-manifest.csv}\n"
    outcome = plan(clinic_folder, text)
    assert outcome.code == 3
    outcome.the_error("run-manifest.csv", "write over a file that it reads")
    assert plan(clinic_folder, text, "-o", "run.yaml").code == 3
    after = files_below(clinic_folder.path)
    assert {name: after[name] for name in before} == before


def test_a_title_that_overflows_its_separator_stops_the_run_before_it_begins(
    clinic_folder: ClinicFolder,
) -> None:
    parts = [{"piece": "testimonials", "copies": 2, "title": "Mm" * 60}]
    (clinic_folder.path / "styles" / "separators.css").write_text(".title { font-size: 80pt; }")
    outcome = plan(clinic_folder, {"title": "W" * 120, "parts": parts, "separators": ["part"]})
    assert outcome.code == 4
    assert outcome.finding_with("Separator sheets", "longer than its one page")
    assert not clinic_folder.out.exists()


def test_a_piece_that_can_not_be_laid_out_stops_the_whole_run(clinic_folder: ClinicFolder) -> None:
    change(clinic_folder, set_at("handouts", "brochure", "title", to="Needling \U00013000"))
    roster(clinic_folder, ADA)
    outcome = plan(clinic_folder, EVENT)
    assert outcome.code == 4
    assert outcome.finding_with("brochure", "no font has a glyph")
    assert not clinic_folder.out.exists()


def test_what_belongs_into_the_plan_is_no_option(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA)
    outcome = plan(clinic_folder, HEALTHY, "--sort", "name")
    assert outcome.code == 2
    assert "--sort is written in the plan" in outcome.err


def test_the_schema_knows_plans(clinic_folder: ClinicFolder) -> None:
    schema = json.loads(clinic_folder.run("schema", "plan").out)
    jsonschema.validate(EVENT, schema)
    jsonschema.validate(SEPARATED, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**EVENT, "copies": 2}, schema)
