"""Every word of the content is on its paper, with who made it, in whatever characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from pdf_tools import (
    CONTENT_HASH,
    EVERY,
    PIECES,
    Printed,
    Word,
    body_text,
    built,
    exact_letters,
    letters,
    lost,
    must_fail,
    panel_spans,
    printed,
    words_of,
)
from promised import Promise, change, day_words, dose_words, first_text_block, load, set_at

from handouts.basics.papers import Paper
from handouts.compose.compose import compose
from handouts.load.content import load_content

if TYPE_CHECKING:
    from collections.abc import Callable

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
    text = " ".join(piece.text.split())
    if piece.name == "exercises":
        assert "Hold 20–30 seconds Do this 2–3 times on each side" in text
    elif data["handouts"][piece.name].get("exercises"):
        assert "Hold 20–30 seconds, each side" in text


@pytest.mark.parametrize("name", load()["handouts"]["exercises"]["exercises"])
def test_an_exercise_is_held_only_where_its_dose_says_so(
    clinic_folder: ClinicFolder, name: str
) -> None:
    change(clinic_folder, set_at("handouts", "exercises", "exercises", to=[name]))
    dose = load()["exercises"][name]["dose"]
    text = body_text(built(clinic_folder, "exercises"))
    assert lost([words.removesuffix(", each side") for words in dose_words(dose)], text) == []
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


def on_back(word: Word, piece: Printed) -> bool:
    back = panel_spans(piece.paper)["back"]
    return word.page == back.page and back.left <= word.left < back.right


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
            and not (piece.name == "brochure" and not on_back(word, piece))
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
