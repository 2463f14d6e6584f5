"""Names in every script: they print, run the right way, and are looked for in the file."""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from conftest import run
from hypothesis import given
from hypothesis import strategies as st
from pdf_tools import (
    built,
    exact_letters,
    in_the_sheet,
    must_fail,
    own_style,
    own_template,
    tool,
    words_of,
)
from promised import change, set_at

from handouts.basics.papers import Paper
from handouts.compose.compose import compose
from handouts.compose.scripts import direction, han_language, isolated
from handouts.load.content import load_content
from handouts.pdf.finish.finish import Office, finish
from handouts.pdf.look.legible import check_legible
from handouts.pdf.look.read_back import read_back
from handouts.render.engine import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.basics.findings import Finding
    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut

NAMES = {
    "Arabic": "محمد الأحمد",
    "Arabic with vowels": "مُحَمَّد",
    "Persian": "علی‌رضا گل‌پور",
    "Urdu": "ثنا ٹیپو",
    "Hebrew": "דוד כהן",
    "Yiddish": "שׂרה־לאה",
    "Chinese": "王小明",
    "Japanese": "佐藤 さくら",
    "Korean": "김민준",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Polish": "Łukasz Żółć",
    "Turkish": "Gülşah İğdır",
    "Greek": "Ελένη Παππά",
    "Cyrillic": "Ксения Щукина",
    "Devanagari": "अनुष्का शर्मा",
    "Bengali": "তানিয়া হোসেন",
    "Tamil": "கோவிந்தன்",
    "Thai": "สมชาย น้ำผึ้ง",
    "Khmer": "សុខា",
    "Burmese": "ဇော်ဇော်",
    "Georgian": "ქეთი",
    "Armenian": "Աննա",
    "Amharic": "ሰላም",
    "Yoruba": "Adébáyọ̀ Ọlọ́run",
    "emoji": "Zoë 🎈 👩‍⚕️",
    "markup": "José <b>&amp;</b>",
}
"""Plainly fictional."""

FAMILIES = {
    "Noto-Sans-Arabic", "Noto-Sans-Hebrew", "Noto-Sans-CJK-SC", "Noto-Sans-CJK-JP",
    "Noto-Sans-CJK-KR", "Noto-Sans", "Noto-Sans-Bengali", "Noto-Sans-Tamil", "Noto-Sans-Thai",
    "Noto-Sans-Khmer", "Noto-Sans-Myanmar", "Noto-Sans-Georgian", "Noto-Sans-Armenian",
    "Noto-Sans-Ethiopic", "Noto-Emoji", "Atkinson-Hyperlegible", "Figures",
}  # fmt: skip

ALL_NAMES = f"All: {' · '.join(NAMES.values())}."
LEFT_TO_RIGHT = [name for name in NAMES.values() if direction(name) == "ltr"]


def with_names(clinic: ClinicFolder, text: str = ALL_NAMES) -> ClinicFolder:
    change(clinic, set_at("clinic", "language_help", to=text))
    return clinic


def embedded(path: Path) -> set[str]:
    """Name the families in a file; each must be embedded."""
    names = set()
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                assert {"/FontFile2", "/FontFile3"} & set(thing.keys()), thing
                names.add(str(thing.FontName).partition("+")[2].removesuffix("-Bold"))
    return names


# Which way words run


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("محمد", "rtl"),
        ("דוד", "rtl"),
        ("Anna محمد", "ltr"),
        ("(5) محمد Anna", "rtl"),
        ("12.", "ltr"),
        ("", "ltr"),
        ("王小明", "ltr"),
        ("\u200fAnna", "rtl"),
    ],
)
def test_a_text_runs_as_its_first_letter_does(text: str, runs: str) -> None:
    assert direction(text) == runs


@given(st.text(alphabet="0123456789 .,()-:", max_size=8), st.text(max_size=8))
def test_what_stands_before_and_behind_the_first_letter_does_not_matter(
    before: str, behind: str
) -> None:
    assert direction(f"{before}ש{behind}") == "rtl"
    assert direction(f"{before}A{behind}") == "ltr"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("王小明", "zh-CN"),
        ("陈伟强", "zh-CN"),
        ("陳偉強", "zh-TW"),
        ("佐藤 さくら", "ja"),
        ("金 민준", "ko"),
        ("Anna", ""),
    ],
)
def test_chinese_characters_are_shaped_by_a_language(text: str, language: str) -> None:
    assert han_language(text) == language


def test_markup_in_a_name_stays_text() -> None:
    assert str(isolated("<b>&")) == '<bdi dir="ltr">&lt;b&gt;&amp;</bdi>'


# On paper


def test_names_of_every_script_print_with_embedded_fonts(plain_clinic: ClinicFolder) -> None:
    path = built(with_names(plain_clinic), "exercises").path
    assert embedded(path) >= FAMILIES
    assert "Syntax Error" not in tool("pdffonts", path)


@pytest.mark.parametrize("piece", ["explainer", "brochure", "testimonials"])
def test_every_template_prints_them(plain_clinic: ClinicFolder, piece: str) -> None:
    assert embedded(built(with_names(plain_clinic), piece).path) >= FAMILIES


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("骨直", "Noto-Sans-CJK-SC"),
        ("陳骨直", "Noto-Sans-CJK-TC"),
        ("骨直さくら", "Noto-Sans-CJK-JP"),
    ],
)
def test_the_language_chooses_the_shapes(
    plain_clinic: ClinicFolder, name: str, family: str
) -> None:
    change(plain_clinic, set_at("handouts", "exercises", "subtitle", to=name))
    own_template(plain_clinic, "exercises", in_the_sheet("{{ view.piece.subtitle|isolated }}"))
    path = built(plain_clinic, "exercises").path
    assert family in embedded(path)


def left_of(path: Path, word: str) -> float:
    """Give the left edge of a word that stands on the first page once."""
    (left,) = [found.left for found in words_of(path) if found.page == 0 and found.text == word]
    return left


def ink_columns(path: Path, left: float, right: float) -> int:
    """Count the columns with ink in the first 3 cm of a page, of those between two edges."""
    page = pypdfium2.PdfDocument(path)[0]
    picture = page.render(scale=2, grayscale=True).to_numpy()
    dark = picture.reshape(picture.shape[:2])[:170, int(left * 2) : int(right * 2)] < 128
    return int(dark.any(axis=0).sum())


def masthead(clinic: ClinicFolder, words: str) -> None:
    """Let a sheet begin with words of ours."""
    own_template(clinic, "parts", (r"(?<=<h1>).*?(?=</h1>)", words))


@pytest.mark.parametrize("name", [NAMES["Arabic"], NAMES["Hebrew"], "דוד (5)"])
def test_a_right_to_left_name_does_not_move_the_words_around_it(
    plain_clinic: ClinicFolder, name: str
) -> None:
    change(plain_clinic, set_at("handouts", "exercises", "title", to=name))
    masthead(plain_clinic, "Qx {{ view.piece.title|isolated }} 77 Qy")
    path = built(plain_clinic, "exercises").path
    first, number, last = (left_of(path, word) for word in ("Qx", "77", "Qy"))
    assert first < number < last
    assert ink_columns(path, first + 50, number - 5) > 100


def test_without_isolation_a_number_moves_into_the_name(plain_clinic: ClinicFolder) -> None:
    change(plain_clinic, set_at("handouts", "exercises", "title", to=NAMES["Arabic"]))
    masthead(plain_clinic, "Qx {{ view.piece.title }} 77 Qy")
    path = built(plain_clinic, "exercises").path
    assert left_of(path, "77") - left_of(path, "Qx") < 60


def test_arabic_letters_are_joined(plain_clinic: ClinicFolder) -> None:
    def width(name: str) -> tuple[float, int]:
        change(plain_clinic, set_at("handouts", "exercises", "title", to=name))
        masthead(plain_clinic, "Qx {{ view.piece.title|isolated }} 77 Qy")
        path = built(plain_clinic, "exercises").path
        left, right = left_of(path, "Qx") + 45, left_of(path, "77") - 12
        return right - left, ink_columns(path, left, right)

    joined, ink = width("سسسسسس")
    assert ink >= 2 * int(joined) - 1
    apart, ink = width("\u200c".join("سسسسسس"))
    assert joined < apart
    assert ink < 2 * int(apart) - 1


def test_a_decomposed_letter_prints_as_the_whole_one(plain_clinic: ClinicFolder) -> None:
    whole = with_names(plain_clinic, NAMES["Vietnamese"])
    path = built(whole, "exercises").path
    expected = tool("pdftotext", path, "-")
    assert NAMES["Vietnamese"] in expected
    with_names(plain_clinic, unicodedata.normalize("NFD", NAMES["Vietnamese"]))
    found = tool("pdftotext", built(plain_clinic, "exercises").path, "-")
    assert NAMES["Vietnamese"] in found


def test_other_readers_get_the_words(plain_clinic: ClinicFolder) -> None:
    with_names(plain_clinic, f"All: {' · '.join(LEFT_TO_RIGHT)}.")
    text = tool("pdftotext", "-raw", built(plain_clinic, "exercises").path, "-")
    found = exact_letters(text).replace("\ufe0f", "")
    wanted = [exact_letters(name).replace("\ufe0f", "") for name in LEFT_TO_RIGHT]
    assert [name for name in wanted if name not in found] == []


@pytest.mark.parametrize("character", ["\ue000", "\u0378", "\U00013000", "\U0010fffd"])
def test_a_character_of_no_font_is_named_with_its_place(
    plain_clinic: ClinicFolder, character: str
) -> None:
    with_names(plain_clinic, f"Ann{character}a محمد")
    outcome = must_fail(plain_clinic, "exercises")
    line = plain_clinic.place(f"Ann{character}a").rpartition(":")[0]
    assert outcome.the_finding(f"U+{ord(character):04X}").startswith(f"{line}:")


def test_the_machines_language_does_not_matter(plain_clinic: ClinicFolder) -> None:
    with_names(plain_clinic)
    written = []
    for language in ("C", "ja_JP.UTF-8", "ar_EG.UTF-8"):
        outcome = run(
            "build", "explainer", "--out", language,
            cwd=plain_clinic.path,
            env={
                "LANG": language,
                "LC_ALL": language,
                "LANGUAGE": language[:2],
                "PANGO_LANGUAGE": language[:2],
                "FC_LANG": language[:2],
                "PYTHONUTF8": "1",
            },
        )  # fmt: skip
        assert outcome.code == 0, outcome.err
        written.append((plain_clinic.path / language / "explainer.pdf").read_bytes())
    assert written[0] == written[1] == written[2]


# Looked for in the file


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Composed, LaidOut]:
    """A finished sheet with all names, and what it was made from."""
    import shutil  # noqa: PLC0415

    from conftest import ROOT, ClinicFolder  # noqa: PLC0415

    clinic = ClinicFolder(tmp_path_factory.mktemp("scripts"))
    (clinic.path / "styles").mkdir()
    shutil.copy(ROOT / "styles" / "sample-logo.svg", clinic.path / "styles")
    shutil.copy(ROOT / "tests" / "data" / "clinic.yaml", clinic.content)
    with_names(clinic, ALL_NAMES)
    composed = compose(load_content(clinic.content), "exercises", Paper.LETTER)
    pages = render(composed)
    return finish(composed, pages, None, Office()).pdf, composed, pages


def expecting(composed: Composed, name: str, instead: str) -> Composed:
    chunks = tuple(
        dataclasses.replace(chunk, text=chunk.text.replace(name, instead))
        for chunk in composed.chunks
    )
    assert chunks != composed.chunks
    return dataclasses.replace(composed, chunks=chunks)


def look_for(laid_out: tuple[bytes, Composed, LaidOut], composed: Composed) -> Iterator[Finding]:
    """Look for the texts of a piece in the sheet; who asks for one finding gets no others."""
    pdf, _, pages = laid_out
    return read_back(pdf, composed, pages)


def test_all_names_are_found(laid_out: tuple[bytes, Composed, LaidOut]) -> None:
    pdf, composed, pages = laid_out
    assert list(look_for(laid_out, composed)) == []
    assert list(check_legible(pdf, composed, pages)) == []


def seen_letters(name: str) -> list[int]:
    """Give the indices of letters that are seen: no spaces, joiners or variants."""
    return [
        index
        for index, letter in enumerate(name)
        if unicodedata.category(letter) not in {"Cf", "Zs"} and letter != "\ufe0f"
    ]


@pytest.mark.parametrize("script", NAMES)
def test_a_name_with_another_letter_is_not_found(
    laid_out: tuple[bytes, Composed, LaidOut], script: str
) -> None:
    _, composed, _ = laid_out
    name = NAMES[script]
    seen = seen_letters(name)
    for index in (seen[0], seen[len(seen) // 2], seen[-1]):
        more = name[: index + 1] + name[index:]
        other = name[:index] + ("ي" if name[index] != "ي" else "ب") + name[index + 1 :]
        less = name[:index] + name[index + 1 :]
        for wrong in (more, other, less):
            faults = look_for(laid_out, expecting(composed, name, wrong))
            assert any("is missing" in fault.what for fault in faults), (index, wrong)


def test_swapped_letters_are_not_found(laid_out: tuple[bytes, Composed, LaidOut]) -> None:
    _, composed, _ = laid_out
    for name in NAMES.values():
        first, second, *_ = seen_letters(name)
        swapped = name[second] + name[first] + name[second + 1 :]
        assert second == first + 1 == 1
        assert any(look_for(laid_out, expecting(composed, name, swapped)))


@pytest.mark.parametrize(
    ("script", "css", "said"),
    [
        ("Arabic", ".language-help { display: none }", "is missing from the file"),
        ("Thai", ".language-help { visibility: hidden }", "is missing from the file"),
        ("Hebrew", ".language-help { color: #fff }", "can't be seen on the page"),
        ("Arabic", ".language-help { position: relative; top: -22pt }", "is printed over"),
        ("Arabic", ".language-help { position: relative; left: 180mm }", "runs off the page"),
        ("Devanagari", ".language-help { font-size: 5pt }", "is set in 5.0 pt"),
    ],
)
def test_a_lost_name_stops_the_build(
    plain_clinic: ClinicFolder, script: str, css: str, said: str
) -> None:
    with_names(plain_clinic, f"Help for {NAMES[script]}")
    own_style(plain_clinic, css)
    assert said in must_fail(plain_clinic, "exercises").err
