"""Whether patients can read it: sizes, contrast, line lengths, and the clinic's colours."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from conftest import ROOT
from pdf_objects import Glyph, commands, glyphs, is_form, lines, without_text, words_of_line
from pdf_tools import (
    EVERY,
    EVERY_FILE,
    PIECES,
    built,
    file_of,
    letters,
    lost,
    own_style,
    page_texts,
    printed,
)
from PIL import ImageColor
from promised import Promise, change, for_side, load, set_at
from read_once import read_once

from handouts.basics.papers import Paper
from handouts.compose.compose import compose
from handouts.load.content import load_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from conftest import ClinicFolder

Colour = tuple[int, int, int]

LEAST_PT = 9
LEAST_CONTRAST = 4.5
BODY_PT = {"explainer": 12, "exercises": 12, "brochure": 10.5, "testimonials": 10.5}
LINE_LENGTHS = {
    "explainer": (50, 60),
    "exercises": (50, 65),
    "brochure": (44, 60),
    "testimonials": (44, 60),
    "large-print": (45, 60),
}
"""The characters of a line, on average; a fold and a card are narrow."""
SHORTEST_LINE = 20
_NUMBER = re.compile(r"^\d+\. ?")
"""Of a step, before its first line."""
LONG_TEXT = 38
"""The characters from which a text may need several lines."""
MIDDLE_PT = 290
ROUNDING_PT = 0.01
PALE, PRIMARY, ACCENT = "#9fd8dd", "#0f5c63", "#d96f4e"
PLUM, OLIVE = "#5b2a86", "#8a9a1e"

every_file = pytest.mark.parametrize(("name", "paper", "edition"), EVERY_FILE)


# Sizes


def too_small(path: Path, least: float = LEAST_PT) -> dict[float, str]:
    """Give the texts that are smaller than 9 points, by their size."""
    small: dict[float, str] = {}
    for glyph in glyphs(path):
        if glyph.size < least - ROUNDING_PT and glyph.text.strip():
            small[glyph.size] = small.get(glyph.size, "") + glyph.text
    return small


def body_size(path: Path) -> float:
    """Give the size that most letters have."""
    counts = Counter(glyph.size for glyph in glyphs(path) if glyph.text.strip())
    return counts.most_common(1)[0][0]


@every_file
def test_no_text_is_smaller_than_9_points(name: str, paper: str, edition: str) -> None:
    assert too_small(file_of(name, paper, edition)) == {}


@every_file
def test_no_phone_number_is_broken_over_lines(name: str, paper: str, edition: str) -> None:
    text = "\n".join(page_texts(file_of(name, paper, edition)))
    assert "(555) 555-014" in text
    assert not re.search(r"\(555\)\s*\n|555-\s*\n", text)


@every_file
def test_body_text_has_its_size(name: str, paper: str, edition: str) -> None:
    least = 18 if edition == "large-print" else BODY_PT[name]
    assert body_size(file_of(name, paper, edition)) >= least


def test_small_text_is_refused(plain_clinic: ClinicFolder) -> None:
    own_style(plain_clinic, ".purpose { font-size: 8.9pt }")
    outcome = plain_clinic.run("build", "exercises")
    assert outcome.code == 4
    assert outcome.finding_with("error", "exercises (letter)", "8.9 pt")
    assert not plain_clinic.out.exists()


def printed_purposes(clinic: ClinicFolder) -> list[str]:
    data = load(clinic.content)
    return [
        data["exercises"][name]["purpose"] for name in data["handouts"]["exercises"]["exercises"]
    ]


def test_small_text_is_seen_here(plain_clinic: ClinicFolder) -> None:
    own_style(plain_clinic, ".purpose { font-size: 11pt }")
    small = too_small(built(plain_clinic, "exercises").path, 11.5)
    purposes = printed_purposes(plain_clinic)
    assert lost(purposes, small[11.0]) == []


# Contrast


def luminance(colour: Colour) -> float:
    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast of two colours as WCAG 2 does: from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: str) -> Colour:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


@dataclass(frozen=True)
class Run:
    """A run of letters of one colour, and the colour that lies behind most of it."""

    words: str
    colour: Colour
    ground: Colour

    @property
    def contrast(self) -> float:
        return contrast(self.colour, self.ground)


def runs_of_one_colour(path: Path) -> Iterator[Sequence[Glyph]]:
    for line in lines(path):
        for _, run in groupby(line, key=lambda glyph: glyph.colour):
            whole = list(run)
            if any(glyph.text.strip() for glyph in whole):
                yield whole


@read_once
def runs(path: Path) -> tuple[Run, ...]:
    """Give each run of letters of a file with what lies behind it."""
    scale = 100 / 72
    document = pypdfium2.PdfDocument(without_text(path))
    try:
        grounds = [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
    found = []
    for run in runs_of_one_colour(path):
        ground = grounds[run[0].page]
        box = (
            (min(g.left for g in run) - 1) * scale,
            ground.height - (max(g.top for g in run) + 1) * scale,
            (max(g.right for g in run) + 1) * scale,
            ground.height - (min(g.bottom for g in run) - 1) * scale,
        )
        crop = ground.crop(tuple(round(edge) for edge in box))
        _, most = max(crop.getcolors(crop.width * crop.height))
        found.append(Run(words_of_line(run), run[0].colour, most))
    return tuple(found)


def faint(path: Path) -> dict[str, float]:
    """Give the texts with too little contrast, each with how much it has."""
    return {
        run.words: round(run.contrast, 2) for run in runs(path) if run.contrast < LEAST_CONTRAST
    }


@every_file
def test_every_text_stands_out_from_its_ground(name: str, paper: str, edition: str) -> None:
    path = file_of(name, paper, edition)
    assert len(runs(path)) > 20
    assert faint(path) == {}


def test_white_words_on_the_cover_are_seen_on_its_colour() -> None:
    title = letters(load()["handouts"]["brochure"]["title"])
    every = runs(file_of("brochure", "letter", "standard"))
    cover = [run for run in every if run.colour == (255, 255, 255) and letters(run.words) in title]
    assert "".join(letters(run.words) for run in cover) == title
    assert {run.ground for run in cover} == {rgb(load()["clinic"]["brand"]["primary"])}


@pytest.mark.parametrize(
    "rule",
    [".purpose { color: #949494 }", ".purpose { background: #7a7a7a; color: #111 }"],
    ids=["grey-on-white", "black-on-grey"],
)
def test_faint_text_is_seen(plain_clinic: ClinicFolder, rule: str) -> None:
    own_style(plain_clinic, rule)
    found = faint(built(plain_clinic, "exercises").path)
    purposes = printed_purposes(plain_clinic)
    assert lost(purposes, "".join(found)) == []


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


# Line lengths


def paragraphs(name: str, data: dict[str, Any]) -> list[str]:
    """Give the texts of a piece that are read and may need several lines."""
    promise = Promise(data, name)
    piece = promise.piece
    texts = [words for words, _ in promise.quotes()]
    texts += [data["expected_results"]["text"]] if texts else []
    for sections in (piece.get("sections", ()), *piece.get("panels", {}).values()):
        texts += [text for section in sections for text in promise.flow(section)]
    if name == "exercises":
        texts += [data["stop_and_call"]["text"], data["stop_and_call"]["action"]]
        for exercise in data["exercises"].values():
            side = exercise["dose"].get("side")
            texts += [exercise["purpose"], *(for_side(text, side) for text in exercise["steps"])]
            texts += [for_side(exercise["sides"], side)] if "sides" in exercise else []
            texts += [for_side(text, side) for text in exercise["mistakes"]]
            texts += exercise["stop_if"]
        texts.append(piece["note"])
    return [text for text in dict.fromkeys(texts) if len(text) > LONG_TEXT]


def full_lines(path: Path, name: str, data: dict[str, Any]) -> list[int]:
    """Give how many characters the lines of a piece's paragraphs have, but for the last ones.

    The explainer's narrow column, where nothing is longer than two or three lines, is left out.
    """
    two_columns = name == "explainer" and "large-print" not in path.name
    rows = [line for line in lines(path) if words_of_line(line)]
    words = [_NUMBER.sub("", words_of_line(row)) for row in rows]
    plain = [letters(row) for row in words]
    starts = [0, *accumulate(map(len, plain))]
    every = "".join(plain)
    lengths = []
    for text in map(letters, paragraphs(name, data)):
        start = every.find(text)
        if start >= 0:
            last = start + len(text)
            whole = [n for n, s in enumerate(starts[1:]) if starts[n] >= start and s < last]
            wide = (n for n in whole if not two_columns or rows[n][0].left < MIDDLE_PT)
            lengths += [len(words[n]) for n in wide]
    return lengths


@pytest.mark.shipped_words  # how many letters a line takes depends on which they are
@pytest.mark.parametrize(("name", "paper"), EVERY)
@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_lines_are_neither_short_nor_long(name: str, paper: str, edition: str) -> None:
    lengths = full_lines(file_of(name, paper, edition), name, load())
    assert len(lengths) >= 6  # most steps of the exercises fit on one line
    least, most = LINE_LENGTHS.get(edition, LINE_LENGTHS[name])
    assert least <= statistics.mean(lengths) <= most, statistics.mean(lengths)


@pytest.mark.parametrize(("name", "paper", "edition"), EVERY_FILE)
def test_no_line_breaks_far_too_early(name: str, paper: str, edition: str) -> None:
    assert min(full_lines(file_of(name, paper, edition), name, load())) >= SHORTEST_LINE


def test_long_lines_are_seen(clinic_folder: ClinicFolder) -> None:
    own_style(clinic_folder, "body.large-print { font-size: 12pt }")
    outcome = clinic_folder.run("build", "explainer", "--edition", "large-print")
    assert outcome.code == 0, outcome.err
    data = load(clinic_folder.content)
    lengths = full_lines(clinic_folder.out / "explainer-large-print.pdf", "explainer", data)
    assert statistics.mean(lengths) > max(LINE_LENGTHS["large-print"])


# The clinic's colours


def with_colours(clinic: ClinicFolder, primary: str, accent: str) -> None:
    change(clinic, set_at("clinic", "brand", to={"primary": primary, "accent": accent}))


def test_a_pale_colour_is_printed_darker_and_said_so(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(PRIMARY, PALE)
    outcome = clinic_folder.check()
    found = outcome.the_finding("warning", PALE, "hard to read")
    assert found.startswith(clinic_folder.place(f'"{PALE}"'))
    others = {word.strip(",;.") for word in found.split() if word.startswith("#")} - {PALE}
    if not others:  # a very pale one is a ground, under black words
        assert "they are printed in black" in found
    darker = others.pop() if others else "#000000"
    assert contrast(rgb(darker), (255, 255, 255)) >= LEAST_CONTRAST
    assert clinic_folder.run("build").code == 0
    for name in PIECES:
        path = clinic_folder.out / f"{name}.pdf"
        assert faint(path) == {}, name
        assert {run.colour for run in runs(path)} & {rgb(darker)}
        assert not {run.colour for run in runs(path)} & {rgb(PALE), rgb(PRIMARY)}


def test_a_dark_colour_is_printed_as_it_is(clinic_folder: ClinicFolder) -> None:
    with_colours(clinic_folder, PLUM, OLIVE)
    assert not clinic_folder.check().finding_with("hard to read")
    path = built(clinic_folder, "testimonials").path
    heading = load(clinic_folder.content)["sections"]["get-in-touch"]["heading"]
    (found,) = [run for run in runs(path) if run.words == heading]
    assert found.colour == rgb(PLUM)


@pytest.mark.parametrize("written", ["teal", "#0f5c6", "0f5c63", "#0f5c6g", "rgb(1, 2, 3)", ""])
@pytest.mark.parametrize("key", ["primary", "accent"])
def test_a_colour_that_is_none(clinic_folder: ClinicFolder, key: str, written: str) -> None:
    old = f'{key}: "{PRIMARY if key == "primary" else ACCENT}"'
    clinic_folder.edit(old, f'{key}: "{written}"')
    found = clinic_folder.refused(command="check").the_error(f'"{key}"', "#0f5c63")
    assert found.startswith(clinic_folder.place(f'{key}: "{written}"').rpartition(":")[0])


def colours_in(path: Path) -> set[Colour]:
    """Give the colours that a file's operators name, for fills and for lines."""
    found: set[Colour] = set()
    with pikepdf.open(path) as pdf:
        for stream in [*filter(is_form, pdf.objects), *pdf.pages]:
            for operands, operator in commands(stream):
                if str(operator) in {"rg", "RG", "sc", "SC", "scn", "SCN"} and len(operands) == 3:
                    red, green, blue = (round(float(part) * 255) for part in operands)
                    found.add((red, green, blue))
    return found


@pytest.mark.parametrize("name", PIECES)
def test_the_clinics_colours_are_those_of_headings_and_drawings(
    clinic_folder: ClinicFolder, name: str
) -> None:
    (clinic_folder.path / "styles" / "sample-logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    old, new = {rgb(PRIMARY), rgb(ACCENT)}, {rgb(PLUM), rgb(OLIVE)}
    assert colours_in(printed(name, "letter").path) >= old
    with_colours(clinic_folder, PLUM, OLIVE)
    colours = colours_in(built(clinic_folder, name).path)
    assert colours >= new
    assert not colours & old


def svgs_of(clinic: ClinicFolder, name: str) -> str:
    composed = compose(load_content(clinic.content), name, Paper.LETTER)
    parts = composed.html.split("<svg")[1:]
    forms = "".join(form.operators for form in composed.drawings.values())
    filled = (map(float, parts) for parts in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) rg", forms))
    colours = "".join(
        f"#{''.join(f'{round(255 * part):02x}' for part in parts)}" for parts in filled
    )
    return "".join(part.partition("</svg>")[0] for part in parts) + colours


@pytest.mark.parametrize("name", PIECES)
def test_the_clinics_colours_are_in_the_drawings(clinic_folder: ClinicFolder, name: str) -> None:
    assert PRIMARY in svgs_of(clinic_folder, name)
    with_colours(clinic_folder, PLUM, OLIVE)
    drawings = svgs_of(clinic_folder, name)
    assert PLUM in drawings
    assert PRIMARY not in drawings
    assert ACCENT not in drawings


def test_the_shipped_colours_are_those_that_are_looked_for_here() -> None:
    brand = load(ROOT / "content.yaml")["clinic"]["brand"]
    assert brand == {"primary": PRIMARY, "accent": ACCENT}
