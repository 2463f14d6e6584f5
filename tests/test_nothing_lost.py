"""Every word of the content is on its paper, and where one would be lost nothing is written."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING, Any

import pytest
from pdf_tools import (
    CONTENT_HASH,
    EVERY,
    PIECES,
    Printed,
    Promise,
    body_text,
    built,
    change,
    day_words,
    dose_words,
    exact_letters,
    first_text_block,
    in_the_sheet,
    letters,
    load,
    lost,
    must_fail,
    own_style,
    own_template,
    printed,
    set_at,
    words_of,
)

from handouts.basics.papers import Paper
from handouts.compose.compose import compose
from handouts.load.content import load_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import ClinicFolder


@pytest.fixture(params=EVERY, ids="-".join)
def piece(request: pytest.FixtureRequest) -> Printed:
    return printed(*request.param)


# The shipped content


def test_every_patient_facing_text_is_on_its_paper(piece: Printed) -> None:
    promise = Promise(load(), piece.name)
    strings = list(promise.strings())
    assert len(strings) > 20
    foot = list(promise.provenance())
    assert lost([text for text in strings if text not in foot], body_text(piece)) == []
    assert lost(foot, "\n".join(piece.feet)) == []


def test_a_lost_text_would_be_seen(piece: Printed) -> None:
    strings = list(Promise(load(), piece.name).strings())
    text = body_text(piece)
    for string in (strings[0], strings[len(strings) // 2]):
        without = letters(text).replace(letters(string), "")
        assert string in lost(strings, without)
    assert lost(["Hold 20–31 seconds"], text) == ["Hold 20–31 seconds"]


def test_the_promises_are_not_the_same_for_all_pieces() -> None:
    promised = {name: set(Promise(load(), name).strings()) for name in PIECES}
    for name, strings in promised.items():
        others = set().union(*(promised[other] for other in PIECES if other != name))
        assert strings - others, name
        assert lost(strings - others, body_text(printed(name, "letter"))) == []


def test_doses_are_printed_in_words(piece: Printed) -> None:
    data = load()
    assert dose_words(data["exercises"]["levator-scapulae-stretch"]["dose"])[0] == (
        "Hold 20–30 seconds, each side"
    )
    if data["handouts"][piece.name].get("exercises"):
        assert "Hold 20–30 seconds, each side" in " ".join(piece.text.split())


@pytest.mark.parametrize("name", load()["handouts"]["exercises"]["exercises"])
def test_an_exercise_is_held_only_where_its_dose_says_so(
    clinic_folder: ClinicFolder, name: str
) -> None:
    change(clinic_folder, set_at("handouts", "exercises", "exercises", to=[name]))
    dose = load()["exercises"][name]["dose"]
    text = body_text(built(clinic_folder, "exercises"))
    assert lost(dose_words(dose), text) == []
    assert bool(re.search(r"\bHold\b", text)) == ("hold" in dose)
    if name == "open-book":
        assert "hold" not in dose
        assert "Do this 5–10 times on each side" in " ".join(text.split())


def test_testimonials_are_printed_letter_by_letter(piece: Printed) -> None:
    promise = Promise(load(), piece.name)
    text = exact_letters(body_text(piece))
    for words, testimonial in promise.quotes():
        assert text.count(exact_letters(words)) == 1
        assert exact_letters(testimonial["name"]) in text
        assert exact_letters(words).replace("’", "'") not in text or "’" not in words
    if piece.name == "testimonials":
        assert len(list(promise.quotes())) == 2


def test_the_expected_results_stand_wherever_a_testimonial_does(piece: Printed) -> None:
    expected = load()["expected_results"]["text"]
    has_testimonial = bool(load()["handouts"][piece.name].get("testimonials"))
    assert (lost([expected], body_text(piece)) == []) == has_testimonial


# Who made it, and the hash of its words


def test_the_provenance_stands_together_at_the_foot(piece: Printed) -> None:
    data = load()
    wanted = list(Promise(data, piece.name).provenance())
    assert day_words(data["provenance"]["dated"]) in wanted
    sheet = piece.name in {"explainer", "exercises"}
    assert len(piece.feet) == (len(piece.pages) if sheet else 1)
    for foot in piece.feet:
        assert lost(wanted, foot) == []
        assert CONTENT_HASH.findall(foot) == [piece.content_hash]
    assert piece.content_hash in piece.info["Subject"]


def test_nothing_stands_below_the_provenance(piece: Printed) -> None:
    codes = [word for word in piece.words if piece.content_hash in word.text]
    assert len(codes) == len(piece.feet)
    feet = letters("".join(piece.feet))
    for code in codes:
        assert code.top > 0.8 * piece.size[1]
        below = [
            word
            for word in piece.words
            if word.page == code.page
            and word.top >= code.bottom
            and not (piece.name == "brochure" and abs(word.left - code.left) > 270)
        ]
        assert [word for word in below if letters(word.text) not in feet] == []


@pytest.mark.parametrize("name", PIECES)
def test_both_papers_have_the_same_hash(name: str) -> None:
    assert printed(name, "letter").content_hash == printed(name, "a4").content_hash


def test_every_piece_has_a_hash_of_its_own() -> None:
    assert len({printed(name, "letter").content_hash for name in PIECES}) == len(PIECES)


def hashes(clinic: ClinicFolder) -> dict[str, str]:
    loaded = load_content(clinic.content)
    return {name: compose(loaded, name, Paper.LETTER).content_hash for name in PIECES}


def test_the_hash_that_is_made_is_the_one_that_is_printed(plain_clinic: ClinicFolder) -> None:
    made = hashes(plain_clinic)
    assert {name: built(plain_clinic, name).content_hash for name in PIECES} == made


_unchanged: dict[str, str] = {}
"""The hashes of the plain clinic's content, which are the same for every test."""


def changed_hashes(clinic: ClinicFolder, edit: Callable[[dict[str, Any]], object]) -> set[str]:
    """Change the content, and name the pieces whose printed hash is another one then."""
    if not _unchanged:
        _unchanged.update(hashes(clinic))
    change(clinic, edit)
    after = hashes(clinic)
    return {name for name in PIECES if _unchanged[name] != after[name]}


def test_a_changed_word_changes_the_hash_of_its_piece_alone(plain_clinic: ClinicFolder) -> None:
    def edit(data: dict[str, Any]) -> None:
        name = data["handouts"]["exercises"]["exercises"][0]
        data["exercises"][name]["mistakes"][0] = "You look up."

    assert changed_hashes(plain_clinic, edit) == {"exercises"}


def test_a_changed_title_changes_the_hash_of_its_piece_alone(plain_clinic: ClinicFolder) -> None:
    edit = set_at("handouts", "testimonials", "title", to="What people say")
    assert changed_hashes(plain_clinic, edit) == {"testimonials"}


def test_a_changed_source_changes_the_hash_where_it_is_cited(plain_clinic: ClinicFolder) -> None:
    edit = set_at("sources", "brady-2014", "journal", to="J Man Ther")
    assert changed_hashes(plain_clinic, edit) == {"brochure"}


@pytest.mark.parametrize(
    ("path", "to", "pieces"),
    [
        pytest.param(
            ("clinic", "language_help"), "Help in your language is free.",
            {"brochure", "exercises", "explainer", "testimonials"}, id="language-help",
        ),
        pytest.param(
            ("exercises", "suboccipital-release", "posture"), "sitting", {"exercises"},
            id="posture",
        ),
    ],
)  # fmt: skip
def test_every_printed_word_counts_for_the_hash(
    plain_clinic: ClinicFolder, path: tuple[str, ...], to: str, pieces: set[str]
) -> None:
    assert changed_hashes(plain_clinic, set_at(*path, to=to)) == pieces


def test_a_word_that_is_not_printed_does_not_change_a_hash(plain_clinic: ClinicFolder) -> None:
    edit = set_at("sources", "brady-2014", "result", to="A note for the clinic alone.")
    assert changed_hashes(plain_clinic, edit) == set()


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


MISTAKES = r'<p class="mind"><strong>{{ words.page.mistakes_label }}.*?</p>'
STOP_SIGNS = r'<p class="mind stop-if">.*?</p>'


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
        ("exercises", r"\{\{ exercises\.safety\(view\.safety\) \}\}", "You see double."),
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


# Characters


SOMEWHERE: dict[str, tuple[str, Callable[[dict[str, Any]], tuple[str | int, ...]]]] = {
    "a title": ("exercises", lambda _: ("handouts", "exercises", "title")),
    "an exercise's name": (
        "exercises",
        lambda data: ("exercises", data["handouts"]["exercises"]["exercises"][0], "name"),
    ),
    "a section's text": ("explainer", lambda data: first_text_block(data, "explainer")),
    "a label": ("explainer", lambda _: ("sections", "nerves", "picture", "labels", "occipital")),
    "the clinic's name": ("explainer", lambda _: ("clinic", "name")),
}


def put(clinic: ClinicFolder, where: str, text: str) -> str:
    """Write a text somewhere into the content, and name a piece that prints it."""
    name, path_in = SOMEWHERE[where]

    def edit(data: dict[str, Any]) -> None:
        data["handouts"]["explainer"]["sections"] = ["nerves", "get-in-touch"]
        set_at(*path_in(data), to=text)(data)

    change(clinic, edit)
    return name


@pytest.mark.parametrize("where", SOMEWHERE)
def test_a_character_without_a_glyph_is_named_with_its_place(
    plain_clinic: ClinicFolder, where: str
) -> None:
    characters = "\ue000\u0378\N{EGYPTIAN HIEROGLYPH A001}"
    text = f"Before {' '.join(characters)} after"
    name = put(plain_clinic, where, text)
    outcome = must_fail(plain_clinic, name)
    line = plain_clinic.place(text).rpartition(":")[0]
    for character in characters:
        found = outcome.the_finding(f"U+{ord(character):04X}")
        own = "\ue000" <= character <= "\uf8ff"  # of a word processor's own font, drawn by none
        said = "no font has the sign U+E000" if own else f"no font has a glyph for {character} "
        assert said in found
        assert found.startswith(f"{line}:"), found
        assert f"{name} (letter)" in found


@pytest.mark.parametrize(
    "character", ["\u2028", "\u2029", "\u000b"], ids=["line", "paragraph", "tabulation"]
)
def test_a_separator_is_never_printed_as_a_box(plain_clinic: ClinicFolder, character: str) -> None:
    name = put(plain_clinic, "a title", f"Before{character}after")
    outcome = plain_clinic.run("build", name)
    assert outcome.code in {0, 3, 4}
    assert ".notdef" not in outcome.err


RARE_CHARACTERS = [
    "Crème brûlée, naïve, Ångström, Łódź, Dvořák",
    "½ – — … “quoted” ‘so’ • ≤ ≥ ± × ° µ €",
    "ﬁne oﬃce",
    "Zero\u200bwidth and no\u00a0break",
    "Soft\u00adhyphen",
    "Приве́т, Γειά",
]


def test_characters_that_the_fonts_have_are_printed(plain_clinic: ClinicFolder) -> None:
    def edit(data: dict[str, Any]) -> None:
        *body, _index, _key = first_text_block(data, "explainer")
        set_at(*body, to=[{"text": text} for text in RARE_CHARACTERS])(data)

    name = put(plain_clinic, "a section's text", "Replaced")
    change(plain_clinic, edit)
    found = letters(body_text(built(plain_clinic, name))).replace("\u200b", "")
    wanted = [letters(text.replace("\u200b", "")) for text in RARE_CHARACTERS]
    assert [text for text in wanted if text not in found] == []


HARD_TEXTS = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% raw %}",
    "{# gone #}",
    "&amp; & \"quotes\" 'single'",
    "</title></style><!-- --> <b>bold</b>",
    "\\n \\u0041 %s ${HOME} $(id)",
]


def test_code_is_printed_as_the_very_text(plain_clinic: ClinicFolder) -> None:
    """Each place has a text of its own, by its number, so that none is found in another's place."""
    hard = " or ".join(HARD_TEXTS)
    texts = {
        where: f"<b> {{{{7}}}} &amp; {number}" if where == "a label" else f"{hard} {number}"
        for number, where in enumerate(SOMEWHERE, start=1)
    }
    names = {where: put(plain_clinic, where, text) for where, text in texts.items()}
    outcome = plain_clinic.run("build", *sorted(set(names.values())))
    assert outcome.code == 0, outcome.err
    for where, name in names.items():
        piece = Printed(name, "letter", plain_clinic.out / f"{name}.pdf")
        assert lost([texts[where]], body_text(piece)) == [], where
        if where == "a title":
            assert piece.info["Title"] == texts[where]


LONG_WORD = "".join(chr(ord("a") + step * 7 % 26) for step in range(400))


@pytest.mark.parametrize("where", [*SOMEWHERE, "a brochure's title", "a step"])
def test_a_word_of_400_letters_is_wrapped_or_refused_and_never_cut(
    plain_clinic: ClinicFolder, where: str
) -> None:
    change(plain_clinic, lambda data: data["plain_words"].append(LONG_WORD))
    if where == "a brochure's title":
        name = "brochure"
        change(plain_clinic, set_at("handouts", "brochure", "title", to=LONG_WORD))
    elif where == "a step":
        name = "exercises"
        exercise = load(plain_clinic.content)["handouts"]["exercises"]["exercises"][0]
        change(plain_clinic, set_at("exercises", exercise, "steps", 0, to=LONG_WORD))
    else:
        name = put(plain_clinic, where, LONG_WORD)
    outcome = plain_clinic.run("build", name)
    assert outcome.code in {0, 4}, outcome
    if outcome.code == 4:
        assert outcome.finding_with(f"{name} (letter)")
        assert not (plain_clinic.out / f"{name}.pdf").exists()
        return
    piece = Printed(name, "letter", plain_clinic.out / f"{name}.pdf")
    assert LONG_WORD in letters(body_text(piece))
    for word in words_of(piece.path):
        assert 0 <= word.left < word.right <= piece.size[0], word
        assert word.bottom - word.top > 5, "too small to be read"


def test_a_word_of_400_letters_in_a_title_of_a_sheet_is_wrapped(
    plain_clinic: ClinicFolder,
) -> None:
    name = put(plain_clinic, "a title", LONG_WORD)
    assert LONG_WORD in letters(body_text(built(plain_clinic, name)))


# Nothing is fetched


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that would notice somebody knocking."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


def knocked(server: socket.socket) -> bool:
    try:
        connection, _ = server.accept()
    except TimeoutError:
        return False
    connection.close()
    return True


def test_the_listener_would_notice(listener: socket.socket) -> None:
    assert not knocked(listener)
    with socket.create_connection(listener.getsockname()):
        assert knocked(listener)


ADDRESSES = ("http://127.0.0.1:PORT/x.png", "file:///etc/hostname", "../secret.svg")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="3"/></svg>'
IN_TEMPLATES = {
    "img": '<img src="{}" alt="">',
    "link": '<link rel="stylesheet" href="{}">',
    "attachment": '<link rel="attachment" href="{}">',
    "attached link": '<a rel="attachment" href="{}">x</a>',
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}">',
    "svg image": '<svg width="9" height="9"><image href="{}" width="5" height="5"/></svg>',
    "style": '<p style="background: url({})">x</p>',
    "base": '<base href="{}">',
}
IN_STYLES = {
    "background": "body {{ background: url({}) }}",
    "content": "h1::before {{ content: url({}) }}",
    "font": '@font-face {{ font-family: X; src: url("{}") }} body {{ font-family: X }}',
    "bullet": "li {{ display: list-item; list-style-image: url({}) }}",
}


def asked(ways: dict[str, str], everywhere: str) -> list[Any]:
    """Ask for the first address in every way, and in one way for all of them."""
    pairs = {(way, ADDRESSES[0]) for way in ways} | {(everywhere, there) for there in ADDRESSES}
    return [pytest.param(ways[way], there, id=f"{way}-{there}") for way, there in sorted(pairs)]


def must_refuse_to_fetch(clinic: ClinicFolder, server: socket.socket) -> None:
    outcome = must_fail(clinic, "exercises")
    assert not knocked(server)
    assert outcome.finding_with("exercises (letter)", "folder"), outcome.err


def real(address: str, clinic: ClinicFolder, server: socket.socket) -> str:
    (clinic.path.parent / "secret.svg").write_text(SVG)
    return address.replace("PORT", str(server.getsockname()[1]))


@pytest.mark.parametrize(("how", "address"), asked(IN_TEMPLATES, "img"))
def test_a_template_that_asks_for_something_elsewhere_is_refused(
    plain_clinic: ClinicFolder, listener: socket.socket, how: str, address: str
) -> None:
    there = real(address, plain_clinic, listener)
    own_template(plain_clinic, "exercises", in_the_sheet(how.format(there)))
    must_refuse_to_fetch(plain_clinic, listener)


@pytest.mark.parametrize(("how", "address"), asked(IN_STYLES, "background"))
def test_a_style_that_asks_for_something_elsewhere_is_refused(
    plain_clinic: ClinicFolder, listener: socket.socket, how: str, address: str
) -> None:
    there = real(address, plain_clinic, listener)
    own_style(plain_clinic, how.format(there))
    must_refuse_to_fetch(plain_clinic, listener)


def test_a_link_out_of_the_folder_is_not_followed(plain_clinic: ClinicFolder) -> None:
    secret = plain_clinic.path.parent / "secret.svg"
    secret.write_text(SVG)
    (plain_clinic.path / "styles" / "inside.svg").symlink_to(secret)
    own_style(plain_clinic, "body { background: url(styles/inside.svg) }")
    assert must_fail(plain_clinic, "exercises").finding_with("inside.svg lies outside")


def test_a_picture_in_the_folder_may_be_asked_for(plain_clinic: ClinicFolder) -> None:
    (plain_clinic.path / "styles" / "own mark.svg").write_text(SVG)
    own_style(plain_clinic, '.key::before { content: url("styles/own mark.svg") }')
    built(plain_clinic, "exercises")
