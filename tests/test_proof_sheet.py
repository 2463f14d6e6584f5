"""A page to look at before a run is printed: it holds what goes wrong most, and is all there is."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import yaml
from pdf_tools import letters
from test_batch import BAD, HEAD, NO_GLYPH, batch
from test_scripts import NAMES

from handouts.tickets.proof_sheet import NamedRow, NamesToLookAt, scripts_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

LONG = "Maximiliana-Theodora Hohenlohe-Langenburg of Schwarzenberg " * 4
PEOPLE = [
    *(f"p-{n},Plain Sample{'abcdefghijklmnop'[n]},,suboccipital-release,,,1" for n in range(9)),
    f"long,{LONG},,suboccipital-release,,,1",
    "arabic,محمد الأحمد,neck-and-head-start,,each,,2",
    "thai,สมชาย น้ำผึ้ง,,suboccipital-release,,,1",
    "marks,Nguyễn Thị Ánh,,suboccipital-release,,,1",
    "short,Bo,,suboccipital-release,,,1",
]


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1, "one page"
    text = str(document[0].get_textpage().get_text_range())
    document.close()
    return " ".join(text.split())


def test_the_page_holds_what_to_look_at_and_is_all_there_is(clinic_folder: ClinicFolder) -> None:
    outcome = batch(clinic_folder, *PEOPLE, BAD, options=("--proof-sheet",))
    assert outcome.code == 0, outcome.err
    (path,) = clinic_folder.out.iterdir()
    assert path.name == "run-proof-sheet.pdf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "15 sheets to print" in outcome.out
    assert outcome.finding_with("people.csv:16:3", "there is no programme of this name")
    text = words(path)
    for name in ("Plain Samplea", "Plain Sampled", "สมชาย", "Nguyễn Thị Ánh", "Bo"):
        assert name in text
    assert "محمد" in text
    assert letters(LONG) in letters(text.replace("\ufffe", ""))
    assert "Plain Samplef" not in text
    for told in ("Arabic letters", "Thai letters", "many marks", "short", "row 12"):
        assert told in text


def test_a_name_that_can_not_be_drawn_is_told(clinic_folder: ClinicFolder) -> None:
    outcome = batch(clinic_folder, PEOPLE[0], NO_GLYPH, options=("--proof-sheet", "--json"))
    assert outcome.code == 0, outcome.err
    told = json.loads(outcome.out)
    assert any("no font has a glyph" in finding["what"] for finding in told["findings"])
    assert "Plain Samplea" in words(clinic_folder.path / told["proof_sheet"])
    strict = batch(clinic_folder, PEOPLE[0], NO_GLYPH, options=("--proof-sheet", "--strict"))
    assert strict.code == 3


def test_without_any_good_row_nothing_is_written(clinic_folder: ClinicFolder) -> None:
    outcome = batch(clinic_folder, BAD, options=("--proof-sheet",))
    assert outcome.code == 3
    assert not clinic_folder.out.exists()


def test_a_plan_has_one_too(clinic_folder: ClinicFolder) -> None:
    for name in ("a.csv", "b.csv"):
        (clinic_folder.path / name).write_text("\n".join((HEAD, *PEOPLE[:2])), encoding="utf-8")
    plan = {"title": "Health fair", "output": "out/fair.pdf",
            "parts": [{"roster": "a.csv"}, {"roster": "b.csv"},
                      {"piece": "testimonials", "copies": 30}]}  # fmt: skip
    (clinic_folder.path / "run.yaml").write_text(yaml.safe_dump(plan), encoding="utf-8")
    outcome = clinic_folder.run("batch", "run.yaml", "--proof-sheet")
    assert outcome.code == 0, outcome.err
    assert [path.name for path in clinic_folder.out.iterdir()] == ["fair-proof-sheet.pdf"]
    text = words(clinic_folder.out / "fair-proof-sheet.pdf")
    assert "Health fair" in text
    assert "part 2, row 2" in text
    assert "4x9 in 30" in text


def test_many_names_still_make_one_page(clinic_folder: ClinicFolder) -> None:
    rows = [
        f"w-{n},{(f'Widestname{letter} ' * 30)[:299].strip()},,suboccipital-release,,,1"
        for n, letter in enumerate("abcdefghij")
    ]
    for script, word in {"greek": "Ελένη ", "cyrillic": "Ксения ", "georgian": "ქეთი "}.items():
        rows.append(f"{script},{(word * 60)[:290].strip()},,suboccipital-release,,,1")
    outcome = batch(clinic_folder, *rows, *PEOPLE, options=("--proof-sheet",))
    assert outcome.code == 0, outcome.err
    text = words(clinic_folder.out / "run-proof-sheet.pdf")
    assert "no room here for names in Greek, Cyrillic letters" in text
    assert "Arabic letters" in text


def test_every_script_is_shown(clinic_folder: ClinicFolder) -> None:
    people = {script: name for script, name in NAMES.items() if script != "markup"}
    rows = [f"n-{n},{name},,suboccipital-release,,,1" for n, name in enumerate(people.values())]
    outcome = batch(clinic_folder, *rows, options=("--proof-sheet",))
    assert outcome.code == 0, outcome.err
    text = words(clinic_folder.out / "run-proof-sheet.pdf")
    for script in ("Tamil", "Thai", "Khmer", "Myanmar", "Georgian", "Armenian", "Ethiopic"):
        assert f"{script} letters" in text
    assert "no room" not in text


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("Ada", []),
        ("王小明", ["Cjk"]),
        ("Anna Ксения", ["Cyrillic"]),
        ("دوד", ["Arabic", "Hebrew"]),
    ],
)
def test_scripts_are_named(name: str, scripts: list[str]) -> None:
    assert scripts_of(name) == scripts


def test_the_oddest_are_found_among_many() -> None:
    names = NamesToLookAt()
    for number in range(1000):
        names.see(NamedRow(1, number, "Ada Sample"))
    names.see(NamedRow(1, 1000, "O'Brien-Smith 3rd (Jr.)"))
    names.see(NamedRow(1, 1001, "Ọlọ́runtọ́sìn"))
    names.see(NamedRow(1, 1002, "Li"))
    odd = {what: one.row for what, _, one in names.odd()}
    assert odd == {"marks": 1001, "signs": 1000, "short": 1002}
    assert names.long[0].row == 1000
