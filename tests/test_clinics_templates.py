"""Too much text, own styles and templates: where a word would be lost nothing is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from pdf_tools import (
    PIECES,
    Printed,
    body_text,
    built,
    exact_letters,
    in_the_sheet,
    must_fail,
    own_style,
    own_template,
)
from promised import change, load, set_at
from template_tools import fill

from handouts.compose.templates import _compiled

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder


# Too much text


LONG = "Dry needling may help. "


def test_text_too_long_for_a_panel_says_by_how_much(plain_clinic: ClinicFolder) -> None:
    section = plain_clinic_section(plain_clinic, "flap")
    change(plain_clinic, set_at("sections", section, "brief", to=[{"text": LONG * 120}]))
    found = must_fail(plain_clinic, "brochure").the_finding("panel flap")
    assert "brochure (letter), panel flap" in found
    assert "longer than its one page" in found
    over = int(re.search(r"by about (\d+) mm", found)[1])  # type: ignore[index]
    change(plain_clinic, set_at("sections", section, "brief", to=[{"text": LONG * 180}]))
    found = must_fail(plain_clinic, "brochure").the_finding("panel flap")
    much_over = int(re.search(r"by about (\d+) mm", found)[1])  # type: ignore[index]
    lines_more = 60 * len(LONG) / 45
    assert 0 < over < much_over
    assert much_over - over == pytest.approx(lines_more * 14 / 72 * 25.4, rel=0.3)


def plain_clinic_section(clinic: ClinicFolder, panel: str) -> str:
    return str(load(clinic.content)["handouts"]["brochure"]["panels"][panel][0])


def test_every_panel_that_is_too_full_is_named_at_once(plain_clinic: ClinicFolder) -> None:
    for panel in ("flap", "inside-left", "back"):
        section = plain_clinic_section(plain_clinic, panel)
        change(plain_clinic, set_at("sections", section, "brief", to=[{"text": LONG * 90}]))
    change(plain_clinic, set_at("handouts", "testimonials", "note", to=LONG * 90))
    outcome = must_fail(plain_clinic, "brochure", "testimonials")
    for panel in ("flap", "inside-left", "back"):
        found = outcome.the_finding(f"brochure (letter), panel {panel}")
        assert ", page " not in found.partition(" error:")[0], "the sheet has two pages, not six"
    outcome.the_finding("testimonials (letter), panel back")


def test_a_text_that_just_fits_is_printed_and_one_line_more_is_not(
    plain_clinic: ClinicFolder,
) -> None:
    section = plain_clinic_section(plain_clinic, "flap")
    last_good, first_bad = 0, 80
    while first_bad - last_good > 1:
        lines = (last_good + first_bad) // 2
        text = [{"text": "Line"} for _ in range(lines)]
        change(plain_clinic, set_at("sections", section, "brief", to=text))
        outcome = plain_clinic.run("build", "brochure")
        assert outcome.code in {0, 4}
        if outcome.code == 0:
            last_good = lines
            panel = Printed("brochure", "letter", plain_clinic.out / "brochure.pdf").panel("flap")
            assert panel.split().count("Line") == lines
        else:
            first_bad = lines
    assert last_good > 5


def test_an_explainer_over_two_sides_is_refused(plain_clinic: ClinicFolder) -> None:
    change(plain_clinic, set_at("handouts", "explainer", "note", to=LONG * 500))
    found = must_fail(plain_clinic, "explainer").the_finding("longer than its 2 sides")
    assert "explainer (letter)" in found
    assert re.search(r"by about \d+ mm", found)


def test_one_bad_piece_keeps_all_others_from_being_written(plain_clinic: ClinicFolder) -> None:
    change(plain_clinic, set_at("handouts", "explainer", "note", to=LONG * 500))
    must_fail(plain_clinic, "brochure", "explainer", "exercises")


# A clinic's own styles


SPOILING_STYLES = {
    "a part is hidden": ("brochure", ".exercise-list { display: none }", "panel flap"),
    "words are invisible": ("brochure", ".exercise-list { visibility: hidden }", "panel flap"),
    "words have no size": ("brochure", ".exercise-list { font-size: 0 }", "panel flap"),
    "the foot is hidden": ("exercises", ".provenance { display: none }", "Natalie Sample"),
    "the foot has no room": ("exercises", "@page { margin-bottom: 0 }", "runs off the page"),
    "a part in the middle is clipped": (
        "brochure", ".part-evidence { height: 10mm; overflow: hidden }", "panel inside-right",
    ),
    "the last part is clipped": (
        "brochure", ".sources { height: 5mm; overflow: hidden }", "panel back",
    ),
    "a part on a sheet is clipped": (
        "exercises", ".note, .log { height: 5mm; overflow: hidden }", "exercises (letter)",
    ),
    "the patient's words are clipped": (
        "testimonials", ".quote { max-height: 10mm; overflow: hidden }", "testimonials (letter)",
    ),
    "words are white on white": ("explainer", ".part li { color: #fff }", "explainer (letter)"),
    "words have no colour": (
        "explainer", ".part li { color: transparent }", "explainer (letter)",
    ),
    "words are too small to be seen": (
        "explainer", ".part li { font-size: 0.5pt }", "explainer (letter)",
    ),
    "words lie under a box": (
        "explainer",
        ".part::after { content: ''; position: absolute; inset: 0; background: #ccc }",
        "explainer (letter)",
    ),
    "words are off the page by a margin": (
        "brochure", ".call { margin-left: -300mm }", "panel cover",
    ),
    "words are off the page by their place": (
        "brochure", ".call { position: relative; left: 300mm }", "panel cover",
    ),
    "words are off the sheet by a turn": (
        "explainer", ".part { transform: translate(-300mm) }", "panel sheet",
    ),
    "words are on the next panel": (
        "brochure", ".part-evidence h2 { position: relative; left: -70mm }", "panel inside-right",
    ),
    "lines lie on one another": (
        "exercises", ".purpose { position: relative; top: -13pt }", "printed over",
    ),
    "lines of one paragraph lie on one another": (
        "explainer", ".part li { line-height: 4pt }", "printed over",
    ),
}  # fmt: skip


@pytest.mark.parametrize("trouble", SPOILING_STYLES)
def test_a_style_that_loses_words_is_refused(plain_clinic: ClinicFolder, trouble: str) -> None:
    name, css, part = SPOILING_STYLES[trouble]
    change(plain_clinic, set_at("handouts", "exercises", "note", to="A note at the end."))
    own_style(plain_clinic, css)
    outcome = must_fail(plain_clinic, name)
    assert outcome.finding_with(f"{name} (letter)", part), outcome.err


def test_columns_have_a_reading_order_each(clinic_folder: ClinicFolder) -> None:
    assert built(clinic_folder, "explainer").pages
    for section in ("what-it-is", "when-to-call"):
        own_style(clinic_folder, f".part-{section} {{ position: relative; z-index: 1 }}")
        outcome = must_fail(clinic_folder, "explainer")
        assert outcome.finding_with("explainer (letter)", "out of its reading order"), outcome.err


def test_harmless_styles_are_accepted(plain_clinic: ClinicFolder) -> None:
    own_style(
        plain_clinic,
        """
        body { font-size: 10pt }
        .call { font-style: italic }
        .part li { letter-spacing: 0.2pt }
        h1 { hyphens: auto }
        .part { margin-top: 4pt }
        """,
    )
    for name in PIECES:
        built(plain_clinic, name)


# A clinic's own templates


MISTAKES = r'<p class="wrong-ones"><strong>{{ words.page.mistakes_label }}.*?</p>'
STOP_SIGNS = r'<p class="stop-if">.*?</p>'


def test_a_template_that_leaves_out_the_mistakes_is_refused(plain_clinic: ClinicFolder) -> None:
    own_template(plain_clinic, "exercise_parts", (MISTAKES, ""))
    outcome = must_fail(plain_clinic, "exercises")
    place = plain_clinic.place('"The ball sits on the bone')
    found = outcome.the_finding("The ball sits on the bone")
    assert found.startswith(f"{place}, exercises")
    assert "the template does not print" in found


def test_a_template_that_leaves_out_words_which_stand_elsewhere_too_is_refused(
    plain_clinic: ClinicFolder,
) -> None:
    def edit(data: dict[str, Any]) -> None:
        for exercise in data["exercises"].values():
            exercise["stop_if"] = [data["stop_and_call"]["signs"][1]]

    change(plain_clinic, edit)
    built(plain_clinic, "exercises")
    own_template(plain_clinic, "exercise_parts", (STOP_SIGNS, ""))
    assert must_fail(plain_clinic, "exercises").finding_with("You see double.")


@pytest.mark.parametrize(
    ("name", "part", "words"),
    [
        ("testimonials", r"\{\{ parts\.expected\(view\) \}\}", "These are the stories"),
        ("testimonials", r"\{\{ parts\.provenance\(view\) \}\}", "PT, DPT"),
        ("exercises", r"\{\{ stop\.stop_box\(view\.safety\) \}\}", "You see double."),
        ("explainer", r"\{\{ parts\.sources\(view\) \}\}", "Porter"),
        ("brochure", r"<h1>.*?</h1>", "A brochure"),
    ],
)
def test_a_template_that_leaves_out_a_part_is_refused(
    plain_clinic: ClinicFolder, name: str, part: str, words: str
) -> None:
    own_template(plain_clinic, name, (part, ""))
    assert must_fail(plain_clinic, name).finding_with("the template does not print", words)


def test_a_template_that_prints_no_testimonials_can_not_be_given_some(
    plain_clinic: ClinicFolder,
) -> None:
    change(plain_clinic, set_at("handouts", "exercises", "testimonials", to=["hannah"]))
    assert must_fail(plain_clinic, "exercises").finding_with("I can unequivocally state")


def test_testimonials_stand_once_with_the_expected_results_on_any_piece(
    plain_clinic: ClinicFolder,
) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["handouts"]["explainer"] |= {"sections": ["stories"], "testimonials": ["hannah"]}

    change(plain_clinic, edit)
    text = exact_letters(body_text(built(plain_clinic, "explainer")))
    data = load(plain_clinic.content)
    assert text.count(exact_letters(data["testimonials"]["hannah"]["approved_text"])) == 1
    assert text.count(exact_letters(data["expected_results"]["text"])) == 1


BROKEN_TEMPLATES = {
    "a tag that is none": ("{% endfo %}", "endfo"),
    "half an expression": ("{{ view. }}", "expected"),
    "a tag that is not closed": ("{% if view.piece %}", "endif"),
}


@pytest.mark.parametrize("trouble", BROKEN_TEMPLATES)
def test_a_broken_template_is_named_with_its_line(plain_clinic: ClinicFolder, trouble: str) -> None:
    words, why = BROKEN_TEMPLATES[trouble]
    own_template(plain_clinic, "exercises", in_the_sheet(f"<p>one</p>\n{words}"))
    html = (plain_clinic.path / "templates" / "exercises.html").read_text(encoding="utf-8")
    line = html[: html.index(words)].count("\n") + 1
    found = must_fail(plain_clinic, "exercises", code=3).the_finding("templates/exercises.html")
    at = re.match(r"templates/exercises\.html:(\d+):\d+ error: ", found)
    assert at, found
    assert int(at[1]) == line or trouble == "a tag that is not closed"
    assert why in found


@pytest.mark.parametrize(
    "words",
    [
        "{{ view.nothing }}",
        "{{ view.piece.title.nothing.more }}",
        "{{ view.panel('nowhere') }}",
        "{% include 'nowhere.html' %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 1 / 0 }}",
        "{{ 'a' + 1 }}",
        "{{ range(10 ** 9) | list }}",
    ],
)
def test_a_template_that_can_not_be_filled_is_named(plain_clinic: ClinicFolder, words: str) -> None:
    own_template(plain_clinic, "exercises", in_the_sheet(words))
    outcome = must_fail(plain_clinic, "exercises", code=3)
    assert outcome.the_finding("templates/exercises.html"), outcome.err


@pytest.mark.parametrize("file", ["templates/exercises.html", "styles/clinic.css"])
def test_a_file_that_is_not_utf_8_is_named(plain_clinic: ClinicFolder, file: str) -> None:
    own_template(plain_clinic, "exercises")
    own_style(plain_clinic, "")
    (plain_clinic.path / file).write_bytes(b"/* caf\xe9 */")
    must_fail(plain_clinic, "exercises", code=3).the_finding(file)


def test_an_unknown_template_is_named_with_the_nearest_one(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("template: explainer", "template: explaner")
    found = must_fail(plain_clinic, "explainer", code=3).the_finding('no template "explaner"')
    line = plain_clinic.place("template: explaner").rpartition(":")[0]
    assert found.startswith(f"{line}:")
    assert 'did you mean "explainer"?' in found


def test_an_unknown_panel_is_named_with_the_nearest_one(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("      flap: [", "      flip: [")
    found = must_fail(plain_clinic, "brochure", code=3).the_finding('no panel "flip"')
    assert found.startswith(f"{plain_clinic.place('flip: [')} error")
    assert 'did you mean "flap"?' in found


def test_panels_on_a_sheet_are_refused(plain_clinic: ClinicFolder) -> None:
    change(plain_clinic, set_at("handouts", "explainer", "panels", to={"front": ["summary"]}))
    must_fail(plain_clinic, "explainer", code=3).the_finding('no panel "front"')


def test_a_template_without_one_of_its_panels_is_refused(plain_clinic: ClinicFolder) -> None:
    own_template(plain_clinic, "brochure", (r'parts\.panel\("cover"\)', 'parts.panel("cove")'))
    found = must_fail(plain_clinic, "brochure").the_finding("the template has no panel")
    assert "cover" in found


def test_folders_share_the_code_of_what_is_alike_and_nothing_else(tmp_path: Path) -> None:
    page = "{% import 'own.html' as own %}{{ own.word() }} of {{ view.clinic.name }}"
    words = ["one", "two", "two", "one"]
    read = []
    for number, word in enumerate(words):
        folder = tmp_path / str(number)
        folder.mkdir()
        compiled = _compiled.cache_info().misses
        read.append(fill(folder, page, own=f"{{% macro word() %}}{word}{{% endmacro %}}"))
        assert _compiled.cache_info().misses - compiled == (2, 1, 0, 0)[number]
    assert [text.partition(" of ")[0] for text in read] == words
    assert fill(folder, page, own="{% macro word() %}new{% endmacro %}").startswith("new of ")
