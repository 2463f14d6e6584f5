"""Large print and ink saver: the same words, for other eyes and for a desk printer's ink."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from conftest import ROOT
from pdf_objects import glyphs, ink, lines, page_pictures, without_text, words_of_line
from pdf_tools import (
    CONTENT_HASH,
    EVERY,
    EVERY_FILE,
    IN,
    PAGE_SIZES,
    PIECES,
    body_text,
    file_of,
    letters,
    lost,
    other_editions,
    own_style,
    page_texts,
    printed,
    split_foot,
    tool,
)
from PIL import ImageChops
from promised import Promise, for_side, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conftest import ClinicFolder
    from PIL.Image import Image

LEAST_PT = 18
LEAST_FILL = 0.6


# File names and words


def test_each_file_is_named_after_piece_paper_and_edition() -> None:
    outcome = other_editions().outcome
    assert outcome.code == 0, outcome.err
    files = [Path(file["path"]).name for file in json.loads(outcome.out)["files"]]
    words = {"letter": "", "a4": "-a4"}
    assert sorted(files) == sorted(
        f"{piece}{words[paper]}-{edition}.pdf"
        for piece, paper, edition in EVERY_FILE
        if edition != "standard"
    )
    assert "exercises-a4-large-print.pdf" in files
    assert all((other_editions().folder / "out" / file).is_file() for file in files)


def test_the_clinics_own_paper_adds_no_word(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("paper: letter", "paper: a4")
    outcome = plain_clinic.run("build", "testimonials", "--edition", "ink-saver")
    assert outcome.code == 0, outcome.err
    names = [path.name for path in plain_clinic.out.glob("*.pdf")]
    assert names == ["testimonials-ink-saver.pdf"]


def lost_over_pages(strings: Iterable[str], pages: Sequence[str]) -> list[str]:
    """Give the strings that stand neither whole nor broken from one page to the next.

    What is beside the flow (running feet, words in pictures) ends a page, so it may stand
    within a broken text.
    """
    plain = [letters(page) for page in pages]

    def broken(string: str) -> bool:
        wanted = letters(string)
        return any(
            wanted[:cut] in page and after.startswith(wanted[cut:])
            for page, after in pairwise(plain)
            for cut in range(1, len(wanted))
        )

    return [string for string in lost(strings, "\n".join(pages)) if not broken(string)]


@pytest.mark.parametrize("edition", ["large-print", "ink-saver"])
@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_an_edition_says_the_same_words(name: str, paper: str, edition: str) -> None:
    pages = page_texts(file_of(name, paper, edition))
    promised = list(Promise(load(), name).strings())
    assert len(promised) > 20
    assert lost_over_pages(promised, pages) == []
    codes = {code for page in pages for code in CONTENT_HASH.findall(split_foot(page)[1])}
    assert codes == {printed(name, paper).content_hash}


@pytest.mark.parametrize("name", PIECES)
def test_a_word_that_is_not_in_the_content_is_not_found(name: str) -> None:
    pages = page_texts(file_of(name, "letter", "large-print"))
    first_line = pages[1].splitlines()[0]
    planted = ["Dry needling is a wonder.", f"A wonder {first_line}"]
    assert lost_over_pages([*planted, first_line], pages) == planted


@pytest.mark.parametrize("name", PIECES)
def test_an_edition_adds_no_words_of_its_own(name: str) -> None:
    def vocabulary(text: str) -> set[str]:
        return set(re.findall(r"[^\W\d_]{4,}", text))

    standard = vocabulary(letters_apart(body_text(printed(name, "letter"))))
    own = {"large-print": {"Page"}, "ink-saver": {"Dots", "show"}}
    for edition in ("large-print", "ink-saver"):
        pages = page_texts(file_of(name, "letter", edition))
        body = "\n".join(split_foot(page)[0] for page in pages)
        assert vocabulary(letters_apart(body)) - standard <= own[edition]


def letters_apart(text: str) -> str:
    """Give a text with its words whole, however its lines were broken."""
    return re.sub(r"(?<=\w)[-‐\u00ad]\n?", "", text)


# Large print


@pytest.fixture(params=EVERY, ids="-".join)
def large(request: pytest.FixtureRequest) -> Path:
    return file_of(*request.param, "large-print")


def small_letters(path: Path) -> str:
    """Give what is smaller than 18 pt."""
    return "".join(glyph.text for glyph in glyphs(path) if glyph.size < LEAST_PT - 0.01)


def test_every_text_of_large_print_has_18_points(large: Path) -> None:
    assert small_letters(large) == ""


def test_a_caption_of_17_points_is_seen(plain_clinic: ClinicFolder) -> None:
    own_style(plain_clinic, ".large-print .posture { font-size: 17pt }")
    outcome = plain_clinic.run("build", "exercises", "--edition", "large-print")
    assert outcome.code == 0, outcome.err
    small = small_letters(plain_clinic.out / "exercises-large-print.pdf")
    assert "Lyingonyourback" in letters(small)


def test_each_large_page_has_its_number_and_the_last_one_the_foot(large: Path) -> None:
    pages = page_texts(large)
    ends = [" ".join(page.split())[-len("Page 1 of 9") :] for page in pages]
    assert ends == [f"Page {number} of {len(pages)}" for number in range(1, len(pages) + 1)]
    assert [bool(split_foot(page)[1]) for page in pages] == [False] * (len(pages) - 1) + [True]


def fills(path: Path) -> list[float]:
    """Give how far down each page's text and pictures reach, of the height between its margins."""
    found = []
    for page in page_pictures(path, 36):
        margin = 36
        dark = np.asarray(page.convert("L"))[margin : page.height - margin] < 200
        rows = np.flatnonzero(dark.any(axis=1))
        found.append(float((rows.max(initial=-1) + 1) / dark.shape[0]))
    return found


@pytest.mark.shipped_words
def test_no_large_page_but_the_last_is_half_empty(large: Path) -> None:
    assert [share for share in fills(large)[:-1] if share < LEAST_FILL] == []


def test_a_half_empty_page_is_seen(plain_clinic: ClinicFolder) -> None:
    own_style(plain_clinic, ".large-print h2 { break-before: page }")
    outcome = plain_clinic.run("build", "exercises", "--edition", "large-print")
    assert outcome.code == 0, outcome.err
    found = fills(plain_clinic.out / "exercises-large-print.pdf")
    assert any(share < LEAST_FILL for share in found[:-1])


def headings(name: str) -> dict[str, list[str]]:
    """Give a piece's headings by their level, as the content and the templates have them."""
    data = load()
    piece = data["handouts"][name]
    sections = [
        *piece.get("sections", ()),
        *(s for p in piece.get("panels", {}).values() for s in p),
    ]
    second = [data["sections"][section]["heading"] for section in sections]
    third = []
    for section in sections:
        part = data["sections"][section]
        brief = name == "brochure" and "brief" in part
        blocks = part["brief" if brief else "body"]
        third += [b["title"] for b in blocks if not isinstance(b, str) and "title" in b]
    if name == "exercises":
        second += [data["exercises"][exercise]["name"] for exercise in piece["exercises"]]
        second += [data["stop_and_call"]["heading"], "Tick each day you did it"]
    else:
        third.append("Sources")
    return {"h1": [piece["title"]], "h2": second, "h3": third}


def set_as(path: Path, words: str) -> list[tuple[float, bool]]:
    """Give the smallest size, and whether all of it is bold, of each place where words stand."""
    every = [glyph for glyph in glyphs(path) if letters(glyph.text)]
    text = "".join(glyph.text for glyph in every)
    wanted = letters(words)
    text = text if len(text) == len(every) else "".join(letters(g.text)[0] for g in every)
    starts = [match.start() for match in re.finditer(re.escape(wanted), text)]
    runs = [every[start : start + len(wanted)] for start in starts]
    return [(min(g.size for g in run), all(g.bold for g in run)) for run in runs]


@pytest.mark.parametrize(("level", "least_pt"), [("h1", 22), ("h2", 22), ("h3", 20)])
@pytest.mark.parametrize("name", PIECES)
def test_headings_of_large_print_are_large_and_bold(name: str, level: str, least_pt: float) -> None:
    path = file_of(name, "letter", "large-print")
    places = {heading: set_as(path, heading) for heading in headings(name)[level]}
    small = {
        heading: found
        for heading, found in places.items()
        if not any(size >= least_pt and bold for size, bold in found)
    }
    assert small == {}, f"{level} under {least_pt} pt bold in {name}: {small}"


def test_text_is_not_taken_for_a_heading() -> None:
    path = file_of("explainer", "letter", "large-print")
    text = load()["sections"]["what-it-is"]["body"][0]["text"]
    assert set_as(path, text) == [(18, False)]


def beyond_margins(path: Path, width: float) -> list[str]:
    """Give the lines that stand nearer than an inch to a page's left or right edge."""
    return [
        words_of_line(line)
        for line in lines(path)
        if min(g.left for g in line if g.text.strip()) < IN - 0.5
        or max(g.right for g in line if g.text.strip()) > width - IN + 0.5
    ]


def test_large_print_has_margins_of_an_inch(large: Path) -> None:
    width = 8.5 * IN if "-a4" not in large.name else 210 / 25.4 * IN
    assert {round(w) for w, _ in page_sizes(large)} == {round(width)}
    assert beyond_margins(large, width) == []


def page_sizes(path: Path) -> set[tuple[float, float]]:
    document = pypdfium2.PdfDocument(path)
    try:
        return {page.get_size() for page in document}
    finally:
        document.close()


def test_text_in_a_margin_is_seen() -> None:
    width, _ = PAGE_SIZES["explainer", "letter"]
    assert len(beyond_margins(printed("explainer", "letter").path, width)) > 20


def beside_one_another(path: Path) -> list[tuple[str, str]]:
    """Give the lines of a file that stand side by side."""
    found = []
    boxes = [
        (
            line[0].page,
            min(g.left for g in line),
            max(g.right for g in line),
            line[0].baseline,
            max(g.size for g in line),
            words_of_line(line),
        )
        for line in lines(path)
        if words_of_line(line)
    ]
    for index, (page, left, right, baseline, size, words) in enumerate(boxes):
        for page2, left2, right2, baseline2, size2, words2 in boxes[index + 1 :]:
            level = abs(baseline - baseline2) < 0.6 * min(size, size2)
            if page == page2 and level and (right <= left2 or right2 <= left):
                found.append((words, words2))
    return found


def allowed_beside(name: str) -> str:
    """Give the letters of what may stand side by side: the log, the contact, what pictures say."""
    data = load()
    piece = data["handouts"][name]
    promise = Promise(data, name)
    parts = [
        *promise.contact(),
        "Scan to book",
        "Week 1 Week 2",
        "MoTuWeThFrSaSu",
        "MTuWThFSaSu",
        "Page of 0123456789",
    ]
    for section in data["sections"].values():
        parts += promise._picture(section.get("picture"))
    for exercise in piece.get("exercises", ()):
        parts.append(data["exercises"][exercise]["name"])
        for drawing in data["exercises"][exercise].get("drawings", {}).values():
            parts.append(
                for_side(drawing["title"], data["exercises"][exercise]["dose"].get("side"))
            )
    return "|".join(letters(part) for part in parts)


def in_two_columns(path: Path, name: str) -> list[tuple[str, str]]:
    allowed = allowed_beside(name)
    foot = "".join(letters(part) for part in Promise(load(), name).provenance())

    def may(words: str) -> bool:
        plain = letters(words)
        page_number = re.fullmatch(r"Page\d+of\d+", plain)
        return plain in allowed or plain in foot or bool(page_number) or "Madeby" in plain

    return [
        (one, other)
        for one, other in beside_one_another(path)
        if not (may(one) and may(other)) and not re.search(r"\d+ ?of ?\d+$", other)
    ]


def test_large_print_has_one_column(large: Path) -> None:
    assert in_two_columns(large, large.name.split("-")[0]) == []


def test_two_columns_are_seen() -> None:
    assert len(in_two_columns(printed("explainer", "letter").path, "explainer")) > 20


def test_large_print_has_no_italics(large: Path) -> None:
    fonts = tool("pdffonts", large)
    assert "Atkinson" in fonts
    assert not re.search(r"ital|obliq", fonts, re.IGNORECASE)


def test_slanted_text_is_seen_by_its_fonts_name(plain_clinic: ClinicFolder) -> None:
    own_style(plain_clinic, ".large-print .posture { font-style: italic }")
    outcome = plain_clinic.run("build", "exercises", "--edition", "large-print")
    assert outcome.code == 0, outcome.err
    fonts = tool("pdffonts", plain_clinic.out / "exercises-large-print.pdf")
    assert re.search(r"ital|obliq", fonts, re.IGNORECASE)


# Ink saver


def most_colour(pages: Iterable[Image]) -> int:
    """Give how far the three channels of any pixel lie apart at most."""
    most = 0
    for page in pages:
        red, green, blue = page.split()
        for one, other in ((red, green), (green, blue), (red, blue)):
            most = max(most, ImageChops.difference(one, other).getextrema()[1])
    return most


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_the_ink_saver_has_no_colour(name: str, paper: str) -> None:
    assert most_colour(page_pictures(file_of(name, paper, "ink-saver"), 60)) <= 2
    assert most_colour(page_pictures(file_of(name, paper, "standard"), 60)) > 100


MOST_INK = {"brochure": 0.42, "explainer": 0.83, "exercises": 0.76, "testimonials": 0.4}
"""Of the standard edition's; what is left is nearly all black text, the same in both."""
MOST_INK_BESIDE_TEXT = 1 / 3


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_the_ink_saver_saves_ink(name: str, paper: str) -> None:
    saver, standard = (file_of(name, paper, edition) for edition in ("ink-saver", "standard"))
    assert ink(saver) <= MOST_INK[name] * ink(standard)


def ink_beside_text(path: Path) -> float:
    """Give the ink of all that is not text: drawings, boxes, rules, the code to scan."""
    return ink(without_text(path))


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_the_ink_saver_saves_two_thirds_of_what_is_not_text(name: str, paper: str) -> None:
    standard = ink_beside_text(file_of(name, paper, "standard"))
    assert 0 < standard < ink(file_of(name, paper, "standard"))
    saver = ink_beside_text(file_of(name, paper, "ink-saver"))
    assert saver <= MOST_INK_BESIDE_TEXT * standard


def test_a_box_that_costs_ink_is_seen(clinic_folder: ClinicFolder) -> None:
    own_style(clinic_folder, ".ink-saver .dose { background: #888 }")
    outcome = clinic_folder.run("build", "exercises", "--edition", "ink-saver")
    assert outcome.code == 0, outcome.err
    saver = ink_beside_text(clinic_folder.out / "exercises-ink-saver.pdf")
    standard = ink_beside_text(file_of("exercises", "letter", "standard"))
    assert saver > MOST_INK_BESIDE_TEXT * standard


def test_templates_are_the_shipped_ones() -> None:
    """The headings that no content holds are looked for by their words."""
    names = ("exercises", "exercise_parts", "parts")
    html = "".join((ROOT / "templates" / f"{name}.html").read_text("utf-8") for name in names)
    english = (ROOT / "handouts" / "wording" / "en.yaml").read_text("utf-8")
    for key, words in (("mistakes", "Mistakes to avoid"), ("sources", "Sources")):
        assert f">{{{{ words.page.{key} }}}}</h" in html
        assert f"  {key}: {words}\n" in english
