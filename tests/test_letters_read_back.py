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


@pytest.mark.parametrize(
    ("script", "profile"),
    [
        ("Arabic", "office"),
        ("Arabic with vowels", "screen"),
        ("Persian", "press"),
        ("Urdu", "screen"),
        ("Hebrew", "screen"),
        ("Devanagari", "screen"),
        ("Thai", "office"),
        ("Japanese", "screen"),
        ("emoji", "screen"),
    ],
)
def test_a_sheet_gives_its_name_back(
    clinic_folder: ClinicFolder, script: str, profile: str
) -> None:
    proof = ("--proof",) if profile == "press" else ()
    outcome = clinic_folder.run(
        "sheet", "--for", NAMES[script], "--exercise", "suboccipital-release",
        "--profile", profile, *proof, "-o", "own.pdf",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    path = clinic_folder.path / "own.pdf"
    assert alike(NAMES[script]) in as_poppler_reads(path)[0]
    read = as_pdfium_reads(path)[0]  # which orders words as those of the line around them
    assert [word for word in NAMES[script].split() if alike(word) not in read] == []


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
