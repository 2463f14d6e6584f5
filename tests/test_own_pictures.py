"""A clinic's own exercise without Python, and its own pictures."""

from __future__ import annotations

import math
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from conftest import files_below
from pdf_tools import built, fill_clinic, letters, lost, tool, words_of
from PIL import Image, ImageColor
from promised import Promise, change, load, set_at

from handouts.basics.choices import Profile

if TYPE_CHECKING:
    from conftest import ClinicFolder


SKIN = "#d6a381"


# A fifth exercise


FIFTH = """\
  chin-tuck:
    name: "Wall chin nod"
    purpose: "To ease the front of your neck."
    posture: standing
    steps:
      - "Stand with your back to a wall."
      - "Say yes with your head."
    dose: {hold: "5-10 s", repetitions: 5, times_a_day: "1-2"}
    limits: {hold: "10 s", repetitions: 10, times_a_day: 2}
    mistakes:
      - "Shuffled about."
    stop_if:
      - "You feel dizzy."
    drawings:
      nod:
        title: "Nodding: make your {left} and {right} neck long"
        description: "Standing, seen from the {left}, the chin is drawn in."
        view: {azimuth: 90, elevation: 4}
        joints:
          neck: {nod: 25}
          shoulder-left: {raise: 20}
        arrows:
          - {kind: arc, around: neck, axis: bend, radius-cm: 25, from: 0, to: 40}

"""


def colours_above(path: Path, words: str) -> set[tuple[int, int, int]]:
    """Give the colours that cover something (1 mm2 at least) in the inch above some words."""
    dpi = 100
    first = letters(words.split(maxsplit=1)[0])
    places = [word for word in words_of(path) if letters(word.text) == first]
    assert len(places) == 1, places
    page, left, top = places[0].page, places[0].left, places[0].top
    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
    scale = dpi / 72
    box = (left * scale, (top - 72) * scale, (left + 90) * scale, (top - 1) * scale)
    crop = picture.crop(tuple(round(edge) for edge in box))
    counts = crop.getcolors(crop.width * crop.height)
    least = (dpi / 25.4) ** 2
    return {colour for count, colour in counts if count >= least}


def rgb(colour: str) -> tuple[int, int, int]:
    return ImageColor.getrgb(colour)[:3]


def test_a_fifth_exercise_needs_no_python(clinic_folder: ClinicFolder) -> None:
    warning = "# The warning on every sheet with exercises."
    clinic_folder.edit(warning, f"{FIFTH}{warning}")
    clinic_folder.edit(
        "upper-trapezius-stretch, open-book]\n    log_weeks",
        "upper-trapezius-stretch, open-book, chin-tuck]\n    log_weeks",
    )
    piece = built(clinic_folder, "exercises")
    data = load(clinic_folder.content)
    caption = "Nodding: make your left and right neck long"
    assert lost(["Wall chin nod", "Say yes with your head.", caption], piece.text) == []
    assert lost(Promise(data, "exercises").strings(), piece.text) == []
    shown = colours_above(piece.path, caption)
    assert {rgb(SKIN), rgb(data["clinic"]["brand"]["primary"])} <= shown
    assert rgb(SKIN) not in colours_above(piece.path, "Shuffled about.")


# Pictures of the clinic's own


def with_picture(clinic: ClinicFolder, width_px: int) -> None:
    """Give the open book a picture of the clinic's own, in place of its drawings."""
    noise = Image.effect_noise((width_px, width_px // 2), 60).convert("RGB")
    noise.save(clinic.path / "book.png")

    def edit(data: dict[str, Any]) -> None:
        exercise = data["exercises"]["open-book"]
        exercise.pop("drawings", None)
        exercise["pictures"] = [
            {"file": "book.png", "caption": "Open like a book", "alt": "A photo of the end"}
        ]

    change(clinic, edit)


def printed_width_in(path: Path) -> float:
    """Measure how wide the only picture made of dots is printed, with poppler."""
    _, _, *rows = tool("pdfimages", "-list", path).splitlines()
    (row,) = [row.split() for row in rows if row.split()[2] == "image"]
    return int(row[3]) / float(row[12])


@cache
def picture_width_in() -> float:
    """Build once with a picture that is large enough, and measure it."""
    folder = Path(tempfile.mkdtemp(prefix="handouts-picture-"))
    try:
        clinic = fill_clinic(folder / "clinic")
        with_picture(clinic, 1600)
        piece = built(clinic, "exercises")
        assert lost(["Open like a book"], piece.text) == []
        return printed_width_in(piece.path)
    finally:
        shutil.rmtree(folder)


def with_picture_of(clinic: ClinicFolder, dpi: float) -> None:
    with_picture(clinic, math.ceil(picture_width_in() * dpi) + 1)


def test_a_picture_of_300_dpi_is_printed(clinic_folder: ClinicFolder) -> None:
    with_picture_of(clinic_folder, 300)
    outcome = clinic_folder.run("build", "exercises")
    assert outcome.code == 0, outcome.err
    assert not outcome.finding_with("dots")
    path = clinic_folder.out / "exercises.pdf"
    assert printed_width_in(path) == pytest.approx(picture_width_in(), abs=0.02)
    alone = len(Image.open(clinic_folder.path / "book.png").getcolors(10**6) or ())
    assert alone > 100


def test_a_picture_of_250_dpi_gives_a_warning(clinic_folder: ClinicFolder) -> None:
    with_picture_of(clinic_folder, 250)
    outcome = clinic_folder.run("build", "exercises")
    assert outcome.code == 0, outcome.err
    found = outcome.the_finding("warning", "dots per inch")
    assert re.search(r"\b25[0-2] dots per inch", found), found
    assert "exercises (letter)" in found
    assert (clinic_folder.out / "exercises.pdf").is_file()
    strict = clinic_folder.run("build", "exercises", "--strict")
    assert strict.code != 0


@pytest.mark.parametrize("profile", list(Profile))
def test_a_picture_of_150_dpi_is_refused_in_one_sentence(
    clinic_folder: ClinicFolder, profile: Profile
) -> None:
    with_picture_of(clinic_folder, 150)
    before = files_below(clinic_folder.path)
    proof = ("--proof",) if profile is Profile.PRESS else ()
    outcome = clinic_folder.run("build", "exercises", "--profile", str(profile), *proof)
    assert outcome.code == 4, outcome
    assert files_below(clinic_folder.path) == before
    found = outcome.the_error("has too few dots for its size")
    assert re.search(r"\b15[0-2] (dots per inch|dpi)", found), found
    assert "use a larger picture" in found


def test_drawings_and_pictures_together_are_refused(clinic_folder: ClinicFolder) -> None:
    drawings = load()["exercises"]["open-book"]["drawings"]
    with_picture(clinic_folder, 900)
    change(clinic_folder, set_at("exercises", "open-book", "drawings", to=drawings))
    found = clinic_folder.refused().the_error("drawings or pictures of its own, not both")
    assert found.startswith("content.yaml:")
