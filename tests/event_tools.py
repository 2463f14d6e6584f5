"""What the tests of events share: plans, rosters, and what came out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pypdfium2
import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder, Outcome


HEAD = "id,name,programme,exercises,side,note for the patient,date,edition"
ADA = "r-1,Quizzyla Vexworth,,suboccipital-release,,,,"
BEN = "r-2,Bartholo Kumquat,neck-and-head-start,,each,,,"
CANARIES = ("Quizzyla", "Vexworth", "Kumquat", "Oxbow", "Jabberwock", "Wyvern", "Flumph")


def roster(clinic: ClinicFolder, *rows: str, name: str = "people.csv") -> None:
    (clinic.path / name).write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")


def plan(clinic: ClinicFolder, data: dict[str, Any] | str, *options: str) -> Outcome:
    text = data if isinstance(data, str) else yaml.safe_dump(data, sort_keys=False)
    (clinic.path / "run.yaml").write_text(text, encoding="utf-8")
    return clinic.run("batch", "run.yaml", *options)


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def squeezed(text: str) -> str:
    return " ".join(text.split())


EVENT = {
    "title": "Health fair",
    "parts": [
        {"roster": "people.csv"},
        {"piece": "brochure", "copies": 3},
        {"roster": "people.csv", "title": "Once more"},
        {"piece": "testimonials", "copies": 2},
    ],
}
SEPARATED = {
    "title": "Health fair",
    "parts": [
        {"roster": "people.csv", "sort": "programme"},
        {"piece": "explainer", "copies": 2},
    ],
    "separators": ["part", "programme"],
}
