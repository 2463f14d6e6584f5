"""What the tests of patients' sheets share: a clinic's folder, sheets printed and read back."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import pypdfium2
import yaml
from conftest import DATA, ClinicFolder, Outcome
from made_once import made_once
from pdf_tools import fill_clinic, letters

from handouts.load.content import LoadedContent, load_content
from handouts.load.prescription import Layer, prescription_from_choices, prescription_from_file
from handouts.prescribe.resolve import resolve
from handouts.prescribe.saved import saved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handouts.models.prescription import PatientSheet

RELEASE = "suboccipital-release"
LEVATOR = "levator-scapulae-stretch"
TRAPEZIUS = "upper-trapezius-stretch"
OPEN_BOOK = "open-book"
WALK, ROLLS = "brisk-walk", "shoulder-rolls"
"""Those of more-exercises.yaml."""
TODAY = dt.date(2026, 12, 1)
ADA = ("--for", "Ada Sample")
"""The shortest start of a command that needs a patient."""


@dataclass(frozen=True)
class ReadSheet:
    """A sheet's text, page by page, as PDFium reads it."""

    path: Path
    pages: tuple[str, ...]

    @cached_property
    def letters(self) -> str:
        return letters("".join(self.pages))

    def says(self, *texts: str) -> bool:
        return all(letters(text) in self.letters for text in texts)

    def page_of(self, text: str) -> int:
        """Give the only page (from 0) on which a text stands."""
        (page,) = (n for n, page in enumerate(self.pages) if letters(text) in letters(page))
        return page


def read_sheet(path: Path, password: str | None = None) -> ReadSheet:
    """Read a sheet back."""
    document = pypdfium2.PdfDocument(path, password=password)
    try:
        pages = tuple(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return ReadSheet(path, pages)


def printed_sheet(clinic: ClinicFolder, *args: str | Path) -> tuple[ReadSheet, Outcome]:
    """Print a sheet in a clinic's folder; it must succeed."""
    target = clinic.path / "sheet.pdf"
    outcome = clinic.run("sheet", *args, "-o", target)
    assert outcome.code == 0, outcome.err
    return read_sheet(target), outcome


def refused_sheet(clinic: ClinicFolder, *args: str | Path, code: int = 3) -> Outcome:
    """Ask for a sheet that must be refused; nothing may be written."""
    before = sorted(clinic.path.rglob("*"))
    outcome = clinic.run("sheet", *args, "--save", "saved.yaml")
    assert outcome.code == code, outcome
    assert outcome.out == ""
    assert sorted(clinic.path.rglob("*")) == before
    return outcome


def with_more_exercises(content: str) -> str:
    """Put a walk and shoulder rolls among the exercises of a content."""
    before, warning, after = content.partition("\n# The warning on every sheet")
    more = (DATA / "more-exercises.yaml").read_text(encoding="utf-8")
    return f"{before}\n{more}{warning}{after}"


@cache
def shared_folder(*, more: bool = False) -> ClinicFolder:
    """A clinic's folder with all that a clinic can print, which no test changes.

    With ``more`` it has a walk and shoulder rolls as well.
    """

    def fill(folder: Path) -> None:
        clinic = fill_clinic(folder / "clinic", DATA / "whole-clinic.yaml")
        if more:
            clinic.text = with_more_exercises(clinic.text)

    return ClinicFolder(made_once("clinic", fill, *["more"] * more) / "clinic")


@cache
def shared_sheet(*args: str, more: bool = False) -> tuple[ReadSheet, Outcome]:
    """Print a sheet in that folder."""

    def make(folder: Path) -> None:
        outcome = shared_folder(more=more).run("sheet", *args, "-o", folder / "sheet.pdf")
        assert outcome.code == 0, outcome.err
        (folder / "outcome.json").write_text(json.dumps(asdict(outcome)), encoding="utf-8")

    made = made_once("sheet", make, *args, *["more"] * more)
    outcome = json.loads((made / "outcome.json").read_text(encoding="utf-8"))
    return read_sheet(made / "sheet.pdf"), Outcome(**outcome)


@cache
def whole_content(*, more: bool = False) -> LoadedContent:
    """Load the content of a clinic that prints all that can be printed."""
    return load_content(shared_folder(more=more).content)


def from_options(*exercises: str, loaded: LoadedContent | None = None, **values: object) -> Layer:
    """Read a layer as the command line gives it."""
    return prescription_from_choices(values, exercises, loaded or whole_content())


def from_file(path: Path, tree: dict[str, Any], loaded: LoadedContent | None = None) -> Layer:
    """Read a layer as a prescription's file gives it."""
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return prescription_from_file(path, loaded or whole_content())


def resolved(*layers: Layer, loaded: LoadedContent | None = None) -> PatientSheet:
    return resolve(layers, loaded or whole_content(), TODAY)[0]


def reasons_for(exercise: str, dose: Mapping[str, object]) -> list[str]:
    """Write a reason for each value of a dose that may be past a limit, as options take them."""
    last = {part: str(value).split("-")[-1] for part, value in dose.items()}
    most = {
        "hold": last.get("hold"),
        "times": last.get("times_a_day"),
        "reps": int(last["repetitions"]) * int(last.get("sets", "1")),
    }
    return [f"{exercise}:{part}={one}: as was agreed" for part, one in most.items() if one]


def kept(sheet: PatientSheet, loaded: LoadedContent | None = None) -> dict[str, Any]:
    """Give what a saved prescription says, as plain data read by another reader."""
    data = yaml.load(saved(sheet, loaded or whole_content()), Loader=yaml.BaseLoader)  # noqa: S506
    assert isinstance(data, dict)
    return data


def kept_exercise(sheet: PatientSheet, name: str) -> dict[str, str]:
    """Give one exercise of a saved prescription."""
    (found,) = [item for item in kept(sheet)["exercises"] if item["exercise"] == name]
    return dict(found)
