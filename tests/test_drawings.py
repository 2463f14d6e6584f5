"""The nerve map, the treated places and the code to scan: words from the content, and readable."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from conftest import DATA, ROOT
from fontTools.ttLib import TTFont
from pdf_tools import (
    EDITIONS,
    EVERY_FILE,
    PAPERS,
    PIECES,
    built,
    file_of,
    letters,
    lost,
    printed,
    words_of,
)
from promised import change, load, set_at

from handouts.basics.choices import Edition
from handouts.basics.papers import Paper
from handouts.compose.compose import compose
from handouts.drawings.fixed.art import LABELS, Art, PictureWords, draw
from handouts.drawings.lettering import FONT_FAMILY, WIDTHS_EM
from handouts.drawings.palette import Palette
from handouts.load.content import load_content
from handouts.load.pictures import read_svg
from handouts.render.fonts import font_folder

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder
    from pdf_tools import Printed

DRAWINGS = ROOT / "templates" / "drawings"
WITH_CONTACT = ("brochure", "explainer", "testimonials")
DRAWN = {"nerves": "nerve-map", "where-we-treat": "treated-places"}


def labels_of(section: str) -> dict[str, str]:
    """Give the labels of a picture in the clinic's folder."""
    data = load(DATA / "whole-clinic.yaml")
    labels: dict[str, str] = data["sections"][section]["picture"]["labels"]
    return labels


# Words in the drawings


def test_the_labels_words_come_from_the_content(clinic_folder: ClinicFolder) -> None:
    old = {section: labels_of(section) for section in DRAWN}
    before = built(clinic_folder, "brochure").text
    new = {
        section: {name: f"{word} {number} quux" for number, name in enumerate(old[section])}
        for section, word in zip(DRAWN, ("Zweig", "Stamm"), strict=True)
    }
    for section, labels in new.items():
        assert lost(old[section].values(), before) == []
        change(clinic_folder, set_at("sections", section, "picture", "labels", to=labels))
    text = built(clinic_folder, "brochure").text
    own = {"Neck", "Shoulders", "Greater occipital nerve", "Base of the skull"}
    for section, labels in new.items():
        assert lost(labels.values(), text) == []
        gone = {words for words in old[section].values() if letters(words) not in letters(text)}
        assert set(old[section].values()) - own <= gone


def place_of_picture(clinic: ClinicFolder, section: str) -> tuple[int, int]:
    """Give the first and the last line of a section's picture."""
    rows = clinic.text.splitlines()
    start = rows.index(f"  {section}:")
    first = next(n for n, row in enumerate(rows) if n > start and row == "    picture:")
    last = next(n for n, row in enumerate(rows) if n > first and not row.startswith("      "))
    return first + 1, last


def line_of_finding(found: str) -> int:
    return int(found.removeprefix("content.yaml:").partition(":")[0])


@pytest.mark.parametrize(
    ("section", "label"), [(section, label) for section in DRAWN for label in labels_of(section)]
)
def test_a_label_with_an_unknown_name(
    clinic_folder: ClinicFolder, section: str, label: str
) -> None:
    old = f'        {label}: "{labels_of(section)[label]}"\n'
    clinic_folder.edit(old, old.replace(f"{label}:", f"{label}x:"))
    found = clinic_folder.refused(command="check").the_error("labels", label)
    assert f"{label}x" in found
    assert found.startswith(clinic_folder.place(f"{label}x:"))


@pytest.mark.parametrize(
    ("section", "label"), [(section, label) for section in DRAWN for label in labels_of(section)]
)
def test_a_label_that_is_left_out(clinic_folder: ClinicFolder, section: str, label: str) -> None:
    clinic_folder.edit(f'        {label}: "{labels_of(section)[label]}"\n', "")
    found = clinic_folder.refused(command="check").the_error("labels", label)
    first, last = place_of_picture(clinic_folder, section)
    assert first <= line_of_finding(found) <= last, found


@pytest.mark.parametrize("section", DRAWN)
def test_a_label_too_many(clinic_folder: ClinicFolder, section: str) -> None:
    first = next(iter(labels_of(section)))
    old = f'        {first}: "{labels_of(section)[first]}"\n'
    clinic_folder.edit(old, f'{old}        elbow: "Elbow"\n')
    found = clinic_folder.refused(command="check").the_error("elbow")
    assert found.startswith(clinic_folder.place('elbow: "Elbow"').rpartition(":")[0])


def test_a_label_without_words(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit('lower-branch: "Jaw branch"', 'lower-branch: " "')
    found = clinic_folder.refused(command="check").the_error("lower-branch")
    assert found.startswith(clinic_folder.place('lower-branch: " "').rpartition(":")[0])


def test_a_drawing_that_there_is_not(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("drawing: nerve-map", "drawing: nerve-mpa")
    found = clinic_folder.refused(command="check").the_error("nerve-mpa", "nerve-map")
    assert found.startswith(clinic_folder.place("nerve-mpa").rpartition(":")[0])


@pytest.mark.parametrize("art", [art for art in Art if LABELS[art]])
def test_a_drawing_alone_refuses_wrong_labels(art: Art) -> None:
    def drawn(labels: dict[str, str]) -> str:
        root = read_svg((DRAWINGS / f"{art}.svg").read_bytes(), art)
        return draw(root, art, Palette.one_ink(), PictureWords(labels, "T", "D"), prefix="x")

    right = dict.fromkeys(LABELS[art], "words")
    assert "<svg" in drawn(right)
    for wrong in ({}, {**right, "elbow": "words"}, {**right, LABELS[art][0]: " "}):
        with pytest.raises(ValueError, match=r"label|words"):
            drawn(wrong)


def off_page(piece: Printed) -> list[str]:
    """Give the words that reach over an edge of their page."""
    width, height = piece.size
    return [
        word.text
        for word in words_of(piece.path)
        if min(word.left, word.top) < 0 or word.right > width or word.bottom > height
    ]


LONG = ("Eyebrows", "Trigeminus", "The nerve to your eye")
TOO_LONG = ("Hinterhauptsnerven", " ".join(["the nerve of the neck"] * 5))


def with_labels(clinic: ClinicFolder, section: str, words: str) -> int:
    labels = dict.fromkeys(labels_of(section), words)
    change(clinic, set_at("sections", section, "picture", "labels", to=labels))
    return len(labels)


@pytest.mark.parametrize("words", LONG, ids=["one-word", "ten-letters", "many-words"])
@pytest.mark.parametrize("section", DRAWN)
def test_long_labels_stay_on_the_page(
    clinic_folder: ClinicFolder, section: str, words: str
) -> None:
    count = with_labels(clinic_folder, section, words)
    piece = built(clinic_folder, "explainer" if section == "nerves" else "brochure")
    assert letters(piece.text).count(letters(words)) == count
    assert off_page(piece) == []


@pytest.mark.parametrize("piece", ["brochure", "explainer"])
def test_a_word_of_fifteen_letters_has_room_beside_the_head(
    clinic_folder: ClinicFolder, piece: str
) -> None:
    for label in ("upper-branch", "lower-branch", "occipital"):
        path = ("sections", "nerves", "picture", "labels", label)
        change(clinic_folder, set_at(*path, to="Hinterhauptnerv"))
    made = built(clinic_folder, piece)
    assert letters(made.text).count(letters("Hinterhauptnerv")) == 3
    assert off_page(made) == []


def test_the_widths_of_letters_are_those_of_the_font() -> None:
    path = next(font_folder(FONT_FAMILY).glob("*-Regular.ttf"))
    with TTFont(path) as font:
        names, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        for width_em, letters_ in WIDTHS_EM.items():
            for letter in letters_:
                own_em = advances[names[ord(letter)]][0] / em
                assert own_em <= width_em < own_em + 0.03, letter


@pytest.mark.parametrize("words", TOO_LONG, ids=["one-word", "many-words"])
@pytest.mark.parametrize("section", DRAWN)
def test_labels_without_room_are_refused(
    clinic_folder: ClinicFolder, section: str, words: str
) -> None:
    with_labels(clinic_folder, section, words)
    outcome = clinic_folder.run("build", "brochure")
    assert outcome.code == 4, outcome.err
    start = words.split(maxsplit=1)[0][:10]
    assert outcome.finding_with("error", "brochure (letter)", start, "under 9 pt"), outcome.err
    assert not clinic_folder.out.exists()


def test_a_word_over_the_edge_is_seen() -> None:
    sheet = printed("brochure", "letter")
    assert off_page(sheet) == []
    assert len(off_page(replace(sheet, name="testimonials"))) > 20


# Pictures and their words


VOID = {"img", "br", "meta", "link", "hr"}


class Pictures(HTMLParser):
    """Gathers the pictures and drawings of a page: the words that each has inside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.figures: list[dict[str, str]] = []
        self.svgs: list[dict[str, str]] = []
        self.open: list[str] = []
        self.in_picture = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        self.open.append(tag)
        if tag == "figure":
            self.in_picture = dict(attrs).get("class") == "picture"
            if self.in_picture:
                self.figures.append({})
        if tag == "svg":
            self.svgs.append({})

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "figure":
            self.in_picture = False

    def handle_data(self, data: str) -> None:
        if not data.strip() or not self.open:
            return
        tag = self.open[-1]
        if "svg" in self.open and tag in {"title", "desc"}:
            self.svgs[-1][tag] = data
        if self.in_picture:
            kind = "caption" if "figcaption" in self.open else tag
            self.figures[-1][kind] = self.figures[-1].get(kind, "") + data


@cache
def composed_html(name: str, paper: str, edition: str) -> str:
    loaded = load_content(ROOT / "content.yaml")
    return compose(loaded, name, Paper(paper), Edition(edition)).html


def pictures_in(html: str) -> Pictures:
    reader = Pictures()
    reader.feed(html)
    reader.close()
    return reader


@pytest.mark.parametrize(("name", "paper", "edition"), EVERY_FILE)
def test_each_picture_has_a_caption_or_is_a_cover(name: str, paper: str, edition: str) -> None:
    data = load()
    cover: dict[str, Any] = data["handouts"][name].get("picture", {})
    figures = pictures_in(composed_html(name, paper, edition)).figures
    assert len(figures) >= {"brochure": 3, "explainer": 1, "exercises": 8, "testimonials": 1}[name]
    without = [figure for figure in figures if "caption" not in figure]
    assert [figure["desc"] for figure in without] == ([cover["alt"]] if cover else [])
    text = page_text(file_of(name, paper, edition))
    assert lost([figure["caption"] for figure in figures if "caption" in figure], text) == []


def page_text(path: Path) -> str:
    """Give a file's text as PDFium reads it: captions side by side stay whole."""
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", PIECES)
def test_each_drawing_says_what_it_shows(name: str, edition: str) -> None:
    svgs = pictures_in(composed_html(name, "letter", edition)).svgs
    assert svgs
    codes = [svg for svg in svgs if svg.get("title", "").startswith("QR code: ")]
    drawn = [svg for svg in svgs if svg not in codes]
    silent = [svg for svg in drawn if not (svg.get("title") and svg.get("desc"))]
    assert silent == []


def test_pictures_without_words_are_seen() -> None:
    found = pictures_in(
        '<figure class="picture"><svg><title>T</title><path d="M0 0"/></svg></figure>'
        '<figure class="picture"><svg><title>A</title><desc>B</desc><path/></svg>'
        "<figcaption>C <i>d</i></figcaption></figure>"
        '<figure class="quote"><figcaption>E</figcaption></figure>'
    )
    assert found.svgs == [{"title": "T"}, {"title": "A", "desc": "B"}]
    assert [figure.get("caption") for figure in found.figures] == [None, "C d"]


# The code to scan


def scanned(path: Path, dpi: int = 150) -> list[str]:
    """Read the codes that a telephone finds on a file's pages."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()
    return [code.text for page in pages for code in zxingcpp.read_barcodes(np.asarray(page))]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", WITH_CONTACT)
def test_the_code_leads_to_the_booking_page(name: str, paper: str, edition: str) -> None:
    assert scanned(file_of(name, paper, edition)) == [load()["clinic"]["booking"]]


def test_another_address_gives_another_code(clinic_folder: ClinicFolder) -> None:
    url = "https://booking.example.org/a/rather/long/path?clinic=42&from=handout#now"
    change(clinic_folder, set_at("clinic", "booking", to=url))
    assert scanned(built(clinic_folder, "testimonials").path) == [url]


def test_a_page_without_a_code_has_none() -> None:
    assert scanned(file_of("exercises", "letter", "standard")) == []
