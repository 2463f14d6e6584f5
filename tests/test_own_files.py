"""People's own files: tagged and titled, one a person, as ``sheet --profile screen`` makes them."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import yaml
from pdf_tools import info_of, own_style
from promised import load
from screen_tools import own_strings, rules_broken
from test_batch import ADA, BAD, BEN, CANARIES, HEAD, NO_GLYPH, batch, table

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

SCREEN = ("--profile", "screen", "--each", "out/people")
LEILA = "r-9,ليلى الأحمد,neck-and-head-start,,each,,1"


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_each_file_is_tagged_and_titled_and_holds_one_person(clinic_folder: ClinicFolder) -> None:
    rows = (ADA, BEN.removesuffix("1") + "3", LEILA, BAD, NO_GLYPH)
    outcome = batch(clinic_folder, *rows, options=SCREEN)
    assert outcome.code == 6, outcome.err
    assert "3 files, one for each person" in outcome.out
    assert outcome.finding_with("people.csv:6", "no font has a glyph")
    assert "--profile screen --each out/people -o out/run-mended.pdf" in outcome.out
    folder = clinic_folder.out / "people"
    paths = sorted(folder.iterdir())
    assert [path.name for path in paths] == ["r-1.pdf", "r-2.pdf", "r-9.pdf"]
    for path, own in zip(paths, ("Vexworth", "Kumquat", "ليلى"), strict=True):
        assert rules_broken(path) == []
        assert info_of(path)["Tagged"] == "yes"
        looked = clinic_folder.run("preflight", "--profile", "screen", path)
        assert looked.code == 0, looked.out + looked.err
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        text = text_of(path)
        assert own in text
        assert not [word for word in CANARIES[:3] if word in text and word not in ADA + BEN]
        assert sum(name in text for name in ("Vexworth", "Kumquat", "ليلى")) == 1
        strings = own_strings(path)
        assert load(clinic_folder.content)["sheet"]["title"] in strings
        assert own not in strings
    left = {path.name for path in clinic_folder.out.iterdir()}
    assert left == {"people", "run-manifest.csv", "run-manifest.json", "run-failed.csv"}
    lines = table(clinic_folder.out / "run-manifest.csv")
    assert [(line["file"], line["record id"]) for line in lines] == [
        ("r-1.pdf", "r-1"), ("r-2.pdf", "r-2"), ("r-9.pdf", "r-9"),
    ]  # fmt: skip
    told = json.loads((clinic_folder.out / "run-manifest.json").read_text(encoding="utf-8"))
    assert told["failed_rows"] == [5, 6]


def test_a_file_is_the_sheet_that_its_person_gets_alone(clinic_folder: ClinicFolder) -> None:
    dated = ("--date", "2026-11-20")
    assert batch(clinic_folder, BEN, options=(*SCREEN, *dated)).code == 0
    alone = clinic_folder.run(
        "sheet", "--for", "Bartholo Kumquat", "--exercise", "levator-scapulae-stretch:side=left",
        "--profile", "screen", *dated, "-o", "alone.pdf",
    )  # fmt: skip
    assert alone.code == 0, alone.err
    own = text_of(clinic_folder.out / "people" / "r-2.pdf").replace("No. r-2", "")
    assert own.split() == text_of(clinic_folder.path / "alone.pdf").split()


def test_where_a_sheet_loses_words_no_file_is_written(clinic_folder: ClinicFolder) -> None:
    own_style(clinic_folder, ".how-long { display: none }")
    outcome = batch(clinic_folder, BEN, options=SCREEN)
    assert outcome.code == 3
    assert outcome.finding_with("people.csv:2", "missing from the file")
    assert not (clinic_folder.out / "people").exists()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--profile", "screen"), 3, "add --each out/people"),
        ((*SCREEN, "--impose", "2-up"), 2, "--impose is for paper"),
        ((*SCREEN, "--chunk", "2"), 2, "--chunk is for paper"),
        ((*SCREEN, "--only", "1"), 2, "--only is for paper"),
        ((*SCREEN, "--proof"), 3, "--profile press"),
    ],
)
def test_what_a_screen_has_no_use_for_is_refused(
    clinic_folder: ClinicFolder, options: tuple[str, ...], code: int, said: str
) -> None:
    outcome = batch(clinic_folder, ADA, options=options)
    assert outcome.code == code
    assert said in outcome.err
    assert not clinic_folder.out.exists()


def test_a_plan_with_a_standing_piece_is_refused(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "people.csv").write_text(f"{HEAD}\n{ADA}\n", encoding="utf-8")
    parts = [{"roster": "people.csv"}, {"piece": "testimonials", "copies": 2}]
    plan = clinic_folder.path / "run.yaml"
    plan.write_text(yaml.safe_dump({"title": "Fair", "parts": parts}), encoding="utf-8")
    refused = clinic_folder.run("batch", "run.yaml", *SCREEN)
    assert refused.code == 3
    assert refused.finding_with("run.yaml:4", "handouts build testimonials --profile screen")
    plan.write_text(yaml.safe_dump({"title": "Fair", "parts": parts[:1]}), encoding="utf-8")
    assert clinic_folder.run("batch", "run.yaml", *SCREEN).code == 0
    assert (clinic_folder.out / "people" / "r-1.pdf").exists()
