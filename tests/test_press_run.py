"""A run for a press: each page is the one its person gets alone, in ink and with its marks."""

from __future__ import annotations

import csv
import json
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pypdfium2
import pytest
import yaml
from conftest import files_below
from pdf_tools import tool
from PIL import Image
from press_tools import needs_ghostscript, rgb_faults, settle, standard_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from conftest import ClinicFolder, Outcome
    from numpy.typing import NDArray

DPI = 150
MOST_DIFFERENT = 0.001
HEAD = (
    "id",
    "name",
    "programme",
    "exercises",
    "goal",
    "note for the patient",
    "next visit",
    "edition",
    "paper",
)
ADA = ("r-1", "Ada Sample", "", "suboccipital-release", "Sleep through", "", "Mon 9:00", "", "")
BEN = ("r-2", "Бен Иванов", "neck-and-head-start", "", "", "Take it slowly", "", "ink-saver", "")
CLEO = ("r-3", "أمل سالم", "neck-and-head-start", "", "", "", "", "", "")
DAN = ("r-4", "Dan Sample", "", "suboccipital-release", "", "Rest. " * 60, "", "", "")
"""His note decides his layout: his sheet is laid out alone."""
FAY = ("r-6", "Fay Sample", "neck-and-head-start", "", "Look round. " * 12, "", "", "", "a4")
EVE = ("r-5", "Eve Sample", "neck-and-head-start", "", "", "", "", "large-print", "")


pytestmark = pytest.mark.usefixtures("shared_cache")


def roster(clinic: ClinicFolder, *rows: tuple[str, ...]) -> None:
    with (clinic.path / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((HEAD, *rows))


def pressed(clinic: ClinicFolder, *options: str) -> Outcome:
    return clinic.run("batch", "people.csv", "--profile", "press", "--proof", *options)


def plan(clinic: ClinicFolder, data: dict[str, Any], *options: str) -> Outcome:
    (clinic.path / "run.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return clinic.run("batch", "run.yaml", *options)


def alone(clinic: ClinicFolder, row: tuple[str, ...]) -> Path:
    """Make a person's sheet alone, as the desk would for a print shop."""
    said = dict(zip(HEAD, row, strict=True))
    names = {
        "name": "for",
        "exercises": "exercise",
        "next visit": "next-visit",
        "note for the patient": "notes",
    }
    options = [
        f"--{names.get(key, key)}={value}" for key, value in said.items() if value and key != "id"
    ]
    out = f"{said['id']}.pdf"
    outcome = clinic.run("sheet", "--profile", "press", "--proof", *options, "-o", out)
    assert outcome.code == 0, outcome.err
    return clinic.path / out


def plates(path: Path) -> Iterator[NDArray[np.uint8]]:
    """Give each page as Ghostscript separates it: height, width, the four inks (0 to 255)."""
    subprocess.run(
        ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiff32nc", f"-r{DPI}",
         f"-sOutputFile={path.with_suffix('')}-%d.tif", path],
        check=True,
    )  # fmt: skip
    for number in range(1, len(pypdfium2.PdfDocument(path)) + 1):
        with Image.open(path.with_name(f"{path.stem}-{number}.tif")) as inked:
            yield np.asarray(inked)


def pictures(path: Path) -> Iterator[NDArray[np.uint8]]:
    """Give each page as a screen shows it."""
    document = pypdfium2.PdfDocument(path)
    yield from (page.render(scale=DPI / 72).to_numpy() for page in document)
    document.close()


def unlike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    assert one.shape == other.shape
    if np.array_equal(one, other):
        return 0.0
    apart = np.maximum(one, other) - np.minimum(one, other)
    return float((apart > 24).any(axis=2).mean())


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def one_slug_has(text: str, number: str) -> bool:
    return sum(f"No. {number}" in line for line in text.splitlines() if "version" in line) == 1


@needs_ghostscript
@pytest.mark.parametrize("people", [(ADA, BEN, CLEO, DAN, EVE), (FAY,)])
def test_each_page_is_the_one_its_person_gets_alone(
    clinic_folder: ClinicFolder, people: tuple[tuple[str, ...], ...]
) -> None:
    roster(clinic_folder, *people)
    outcome = pressed(clinic_folder)
    assert outcome.code == 0, outcome.err
    run = clinic_folder.out / "run.pdf"
    words = tool("pdftotext", "-layout", run, "-").split("\f")[:-1]
    sides, first = zip(pictures(run), plates(run), words, strict=True), 0
    for person in people:
        single = alone(clinic_folder, person)
        count = len(pypdfium2.PdfDocument(single))
        own = list(zip(pictures(single), plates(single), strict=True))
        assert len(own) == count
        for seen, inked in own:
            run_seen, run_inked, text = next(sides)
            assert unlike(run_seen, seen) <= MOST_DIFFERENT
            assert unlike(run_inked, inked) <= MOST_DIFFERENT
            assert one_slug_has(text, person[0])
        if count % 2:
            next(sides)
        first += count + count % 2
    assert first == len(words)
    assert list(sides) == []
    other = alone(clinic_folder, (*people[0][:1], "Ida Sample", *people[0][2:]))
    assert unlike(next(pictures(run)), next(pictures(other))) > 0
    assert rgb_faults(run) == standard_faults(run) == []


@needs_ghostscript
def test_black_words_are_black_ink_alone(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA)
    assert pressed(clinic_folder).code == 0
    path = clinic_folder.out / "run.pdf"
    inked, page = next(plates(path)), pypdfium2.PdfDocument(path)[0]
    height = page.get_height()
    for wanted in ("Ada Sample", "r-1", "Sleep through", "Mon 9:00"):
        text = page.get_textpage()
        at, count = text.search(wanted).get_next()
        for index in range(at, at + count):
            left, bottom, right, top = (edge * DPI / 72 for edge in text.get_charbox(index))
            down = height * DPI / 72
            glyph = inked[int(down - top) : int(down - bottom) + 1, int(left) : int(right) + 1]
            assert glyph[..., :3].max(initial=0) == 0, wanted
            if text.get_text_range(index, 1).strip():
                assert glyph[..., 3].max() == 255, wanted


def test_an_event_for_a_press_is_fit_for_it(clinic_folder: ClinicFolder) -> None:
    settle(clinic_folder)
    roster(clinic_folder, ADA, CLEO, DAN, EVE)
    data: dict[str, Any] = {
        "title": "Fair",
        "profile": "press",
        "parts": [{"roster": "people.csv"}, {"piece": "brochure", "copies": 2}],
        "separators": ["part"],
    }
    outcome = plan(clinic_folder, data, "--each", "each")
    assert outcome.code == 0, outcome.err
    run = clinic_folder.out / "run.pdf"
    each = sorted((clinic_folder.path / "each").iterdir())
    assert [path.stem for path in each] == ["r-1", "r-3", "r-4", "r-5"]
    for path in (run, *each):
        looked = clinic_folder.run("preflight", path, "--profile", "press")
        assert looked.code == 0, looked.err
        assert standard_faults(path) == rgb_faults(path) == []
        assert not any("PROOF" in text for text in texts(path))
    with pikepdf.open(run) as pdf:
        boxes = {
            tuple(tuple(float(edge) for edge in page.obj[box]) for box in
                  ("/MediaBox", "/BleedBox", "/TrimBox"))
            for page in pdf.pages
        }  # fmt: skip
        assert boxes == {((0, 0, 702, 882), (36, 36, 666, 846), (45, 45, 657, 837))}
        assert pdf.pdf_version == "1.6"
        assert "/StructTreeRoot" not in pdf.Root
    (ticket,) = texts(clinic_folder.out / "run-ticket.pdf")
    assert "CMYK, for Coated FOGRA39" in ticket
    assert "RGB" not in ticket
    before = run.read_bytes()
    assert plan(clinic_folder, data, "--resume").code == 0
    assert run.read_bytes() == before


def test_a_press_run_of_what_is_not_settled_is_refused(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA)
    before = files_below(clinic_folder.path).keys()
    refused = clinic_folder.run("batch", "people.csv", "--profile", "press")
    assert refused.code == 3
    refused.the_error("sample clinic details", "--proof")
    piece: dict[str, Any] = {
        "title": "Fair",
        "profile": "press",
        "parts": [{"piece": "testimonials", "copies": 2}],
    }
    refused = plan(clinic_folder, piece)
    assert refused.code == 3
    assert refused.finding_with("error: testimonial", "authorization")
    idle = clinic_folder.run("batch", "people.csv", "--proof")
    assert idle.code == 3
    idle.the_error("--proof", "office")
    assert files_below(clinic_folder.path).keys() - before == {"run.yaml"}


def test_a_press_run_has_one_paper(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, FAY)
    before = files_below(clinic_folder.path).keys()
    refused = pressed(clinic_folder)
    assert refused.code == 3
    refused.the_error("people.csv", "a4 in part 1; letter in part 1", "for each paper")
    assert files_below(clinic_folder.path).keys() == before


def test_a_number_too_long_for_the_slug_is_told(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, ("W" * 64, *ADA[1:]))
    outcome = pressed(clinic_folder)
    assert outcome.code == 6
    assert outcome.finding_with("error: the record's number is too long")
    assert len(texts(clinic_folder.out / "run.pdf")) == 2


def test_sheets_with_bleed_are_imposed_where_they_fit(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, CLEO)
    data: dict[str, Any] = {
        "title": "Fair",
        "profile": "press",
        "parts": [{"roster": "people.csv"}],
        "imposition": {"scheme": "2-up", "paper": "tabloid"},
    }
    before = files_below(clinic_folder.path).keys()
    plan(clinic_folder, data, "--proof").the_error("run.yaml:5:1", "tabloid has room for")
    assert files_below(clinic_folder.path).keys() - before == {"run.yaml"}
    outcome = pressed(clinic_folder, "--impose", "2-up")
    assert outcome.code == 0, outcome.err
    imposed = clinic_folder.out / "run-imposed.pdf"
    front, back = texts(imposed)
    assert "Ada Sample" in front
    assert {"No. r-1", "No. r-3"} <= set(front.splitlines())
    assert "sheet 1 of 1 · front" in front
    assert "sheet 1 of 1 · back" in back
    assert rgb_faults(imposed) == []
    assert standard_faults(imposed) == []
    beside_its_trim(imposed, "No. r-1", left=True)
    beside_its_trim(imposed, "No. r-3", left=False)
    ticket = json.loads((clinic_folder.out / "run-ticket.json").read_text())
    (sheets,) = (file for file in ticket["files"] if file["imposed"])
    assert {"boxes", "output-intent", "metadata", "fonts"} <= set(sheets["passed"])


def beside_its_trim(imposed: Path, words: str, *, left: bool) -> None:
    """See that a record's number stands outside the sheet's pieces, on its own piece's side."""
    page = pypdfium2.PdfDocument(imposed)[0]
    text = page.get_textpage()
    found = text.search(words).get_next()
    assert found
    x0, _, x1, _ = text.get_charbox(found[0])
    width = page.get_width()
    grid = 2 * 8.5 * 72 + 18
    edge = (width - grid) / 2 - 9 if left else (width + grid) / 2 + 9
    assert (x1 < edge) if left else (x0 > edge)
    assert 0 < x0 < x1 < width


def test_another_sheet_costs_less_than_a_kilobyte(clinic_folder: ClinicFolder) -> None:
    sizes = []
    for count in (100, 400):
        roster(clinic_folder, *((f"m-{n}", f"Ada {n} Sample", *ADA[2:]) for n in range(count)))
        assert pressed(clinic_folder).code == 0
        sizes.append((clinic_folder.out / "run.pdf").stat().st_size)
    assert sizes[1] - sizes[0] < 300 * 1024
