"""Names in every script come back letter for letter, in the order in which they are read."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from pdf_tools import tool
from test_scripts import NAMES

from handouts.render.letters import Glyph, letter_by_letter, spelled, tables_words, written
from handouts.render.patches import kept_words

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

ASKED = {script: name for script, name in NAMES.items() if script != "markup"} | {
    "Arabic lam-alef": "علاء بلال",
    "Arabic and Latin": "Lina ليلى",
}
"""A name may not hold markup."""


def alike(text: str) -> str:
    """Leave aside how marks are composed and ordered, spaces, and signs of direction."""
    plain = re.sub("[\u202a-\u202e\ufe0f\\s]", "", text)
    return unicodedata.normalize("NFC", plain)


def as_poppler_reads(path: Path) -> list[str]:
    """Give each page as poppler reads it."""
    return [alike(page) for page in tool("pdftotext", path, "-").split("\f")[:-1]]


def as_pdfium_reads(path: Path) -> list[str]:
    """Give each page as PDFium reads it."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [alike(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def run_of_names(clinic: ClinicFolder, *options: str) -> Path:
    table = io.StringIO()
    rows = [(f"r-{n}", name, "suboccipital-release") for n, name in enumerate(ASKED.values())]
    csv.writer(table).writerows([("id", "name", "exercises"), *rows])
    (clinic.path / "people.csv").write_text(table.getvalue(), encoding="utf-8")
    outcome = clinic.run("batch", "people.csv", *options)
    assert outcome.code == 0, outcome.err
    return clinic.out / "run.pdf"


def lost(path: Path) -> list[tuple[str, str]]:
    """Name the scripts whose names a reader does not get back, with the reader."""
    return [
        (script, reader.__name__)
        for reader in (as_poppler_reads, as_pdfium_reads)
        for (script, name), front in zip(ASKED.items(), reader(path)[::2], strict=True)
        if alike(name) not in front
    ]


@pytest.mark.usefixtures("shared_cache")
@pytest.mark.parametrize(
    "options", [(), ("--profile", "press", "--proof")], ids=["office", "press"]
)
def test_a_run_gives_every_name_back(clinic_folder: ClinicFolder, options: tuple[str, ...]) -> None:
    path = run_of_names(clinic_folder, *options)
    assert lost(path) == []
    without = clinic_folder.path / "without.pdf"
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
        pdf.save(without)
    assert {script for script, _ in lost(without)} >= {"Arabic", "Hebrew", "Persian"}


SHEETS = {
    "Arabic": "office",
    "Arabic with vowels": "screen",
    "Arabic, three words": "office",
    "Persian": "press",
    "Urdu": "screen",
    "Hebrew": "screen",
    "Hebrew, three words": "screen",
    "Hebrew, quoted": "office",
    "Devanagari": "screen",
    "Thai": "office",
    "Japanese": "screen",
    "emoji": "screen",
}
LONGER = {
    "Arabic, three words": "محمد بن سلمان الأحمد",
    "Hebrew, three words": "ד״ר דוד בן־כהן",
    "Hebrew, quoted": 'דוד "דודי" כהן',
}


def own_sheet(clinic: ClinicFolder, name: str, profile: str) -> Path:
    proof = ("--proof",) if profile == "press" else ()
    outcome = clinic.run(
        "sheet", "--for", name, "--exercise", "suboccipital-release",
        "--profile", profile, *proof, "-o", "own.pdf",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    return clinic.path / "own.pdf"


@pytest.mark.parametrize("script", SHEETS)
def test_a_sheet_gives_its_name_back(clinic_folder: ClinicFolder, script: str) -> None:
    name = (NAMES | LONGER)[script]
    path = own_sheet(clinic_folder, name, SHEETS[script])
    assert alike(name) in as_poppler_reads(path)[0]
    assert alike(name) in as_pdfium_reads(path)[0]


@pytest.mark.parametrize("name", ["ש. י. כהן", "د. محمد الأحمد", "א'"])
def test_signs_beside_letters_stay_where_they_are_read(
    clinic_folder: ClinicFolder, name: str
) -> None:
    """Poppler turns words around a full stop; the initials in the foot end with one."""
    path = own_sheet(clinic_folder, name, "office")
    read = as_pdfium_reads(path)[0]
    assert alike(name) in read
    assert alike("".join(f"{word[0]}." for word in name.split())) in read


def test_without_a_form_of_its_own_a_name_moves_into_the_line_around_it(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_words, "runs_right_to_left", lambda _: False)
    read = as_pdfium_reads(own_sheet(clinic_folder, NAMES["Hebrew"], "office"))[0]
    assert alike(NAMES["Hebrew"]) not in read or alike("November30,2026") not in read


# What a glyph is taken for


def glyphs(*kinds: tuple[int, int, int]) -> list[Glyph]:
    """Make glyphs of a number, a width and a rise."""
    return [Glyph(number, width, 0, rise) for number, width, rise in kinds]


def kept(
    text: str, made: list[Glyph], clusters: list[int]
) -> list[tuple[tuple[int, ...], str, str]]:
    found = spelled(made, clusters, text.encode(), backwards=True)
    return [(one.places, one.words, one.kept) for one in found]


def test_each_glyph_tells_its_own_letter() -> None:
    made = glyphs((7, 600, 0), (8, 600, 0))
    assert kept("דו", made, [2, 0]) == [((0,), "ו", ""), ((1,), "ד", "")]


def test_dots_tell_nothing() -> None:
    made = glyphs((5, 0, 90), (7, 600, 0))
    assert kept("ب", made, [0, 0]) == [((1,), "ب", ""), ((0,), "", "\t")]


def test_a_vowel_above_is_told_with_its_letter() -> None:
    made = glyphs((5, 0, 90), (7, 600, 0))
    assert kept("مُ", made, [2, 0]) == [((1,), "\u064fم", ""), ((0,), "", "\t")]


def test_a_glyph_of_two_letters_tells_both() -> None:
    assert kept("لا", glyphs((9, 600, 0)), [0]) == [((0,), "ال", "")]


def test_a_joiner_stays_with_the_letter_before() -> None:
    made = glyphs((8, 600, 0), (0x0FFFFFFF, 0, 0), (7, 600, 0))
    assert kept("ل\u200cپ", made, [5, 2, 0]) == [((0,), "پ", ""), ((2,), "\u200cل", "")]


def test_a_glyph_of_different_letters_needs_two_tables() -> None:
    made = glyphs((7, 600, 0), (7, 600, 0))
    found = spelled(made, [2, 0], "بپ".encode(), backwards=True)
    assert tables_words(found, made) is None
    assert tables_words(found[:1], made) == {7: "پ"}


def test_glyphs_are_written_where_they_were_shaped() -> None:
    made = [Glyph(5, 0, -1024, 2048), Glyph(7, 10240, 0, 0), Glyph(8, 5120, 512, 0)]
    found = spelled(made, [2, 2, 0], "אב".encode(), backwards=True)
    shown = written(made, found, 10.0, lambda glyph: 0 if glyph == 5 else 1000)
    assert shown == (
        "[<0007>]TJ /Span<</ActualText<feff0009>>>BDC -2.0000 Ts [1100.00<0005>]TJ 0 Ts EMC "
        "[-1150.00<0008>550.00]TJ "
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [("Ada", False), ("Łukasz", False), ("शर्मा", False), ("Zoë 🎈", True), ("דוד", True)],
)
def test_which_lines_are_told_letter_by_letter(text: str, told: bool) -> None:
    assert letter_by_letter(text) is told
