"""A run in piles that a printer needs apart: nobody lost, doubled or on another's back."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import yaml
from test_batch import table

from handouts.basics.choices import Apart
from handouts.print_run.manifest import ManifestLine
from handouts.print_run.piles import piles_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

HEAD = "id,name,exercises,side,paper,edition,copies"
LONG = "suboccipital-release; levator-scapulae-stretch:side=left"
ROWS = [
    "a-1,Ada One,suboccipital-release,,letter,standard,1",
    "a-2,Ben Two,suboccipital-release,,a4,standard,2",
    "a-3,Cleo Three,suboccipital-release,,letter,large-print,1",
    f"a-4,Dan Four,{LONG},,letter,large-print,1",
    "a-5,Eve Five,suboccipital-release,,letter,standard,1",
]


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "batch-cache"))


def split(clinic: ClinicFolder, by: str, *options: str) -> None:
    (clinic.path / "people.csv").write_text("\n".join((HEAD, *ROWS)) + "\n", encoding="utf-8")
    outcome = clinic.run("batch", "people.csv", "--split", by, *options)
    assert outcome.code == 0, outcome.err


def page_texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def test_each_sheet_is_in_one_pile_as_it_is_in_the_run(clinic_folder: ClinicFolder) -> None:
    split(clinic_folder, "paper,sides,edition")
    out = clinic_folder.out
    whole = page_texts(out / "run.pdf")
    lines = table(out / "run-manifest.csv")
    wanted: dict[str, list[str]] = {}
    for line in lines:
        sides, first = int(line["sides"]), int(line["first page"]) - 1
        counted = f"{sides}-side{'s' if sides > 1 else ''}"
        name = f"run-{line['paper']}-{counted}-{line['edition']}.pdf"
        wanted.setdefault(name, []).extend(whole[first : first + sides + sides % 2])
    assert len(wanted) >= 3
    told = json.loads((out / "run-manifest.json").read_text(encoding="utf-8"))
    assert [pile["file"] for pile in told["piles"]] == list(wanted)
    assert sum(pile["sheets"] for pile in told["piles"]) == len(lines)
    for pile in told["piles"]:
        path = out / pile["file"]
        assert page_texts(path) == wanted[path.name], path.name
        assert pile["pages"] % 2 == 0, "everybody begins on a front"
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=True)
        assert done.stderr == ""
        ticket = json.loads(path.with_name(f"{path.stem}-ticket.json").read_text(encoding="utf-8"))
        assert [file["name"] for file in ticket["files"]] == [path.name]
        assert ticket["files"][0]["sha256"] == pile["sha256"]
        assert len(ticket["papers"]) == 1
        (page,) = page_texts(path.with_name(f"{path.stem}-ticket.pdf"))
        assert path.name in page
        assert not [name for name in ("Ada", "Ben", "Cleo", "Dan", "Eve") if name in page]


def test_a_pile_holds_no_other_paper(clinic_folder: ClinicFolder) -> None:
    split(clinic_folder, "paper")
    sizes = {}
    for name in ("run-letter.pdf", "run-a4.pdf"):
        document = pypdfium2.PdfDocument(clinic_folder.out / name)
        sizes[name] = {tuple(map(round, page.get_size())) for page in document}
        document.close()
    assert sizes == {"run-letter.pdf": {(612, 792)}, "run-a4.pdf": {(595, 842)}}


@pytest.mark.parametrize("words", ["", "paper,", "paper;sides", "colour"])
def test_what_is_no_way_to_split_is_refused(clinic_folder: ClinicFolder, words: str) -> None:
    outcome = clinic_folder.run("batch", "people.csv", "--split", words)
    assert outcome.code == 2
    assert "is none of paper, sides, edition" in outcome.err


@pytest.mark.parametrize(
    ("plan", "options", "said"),
    [
        ({"separators": ["part"]}, (), "a run with dividers"),
        ({"chunk": 2}, (), "a run with several files"),
        ({}, ("--chunk", "2"), "a run with several files"),
        ({}, ("--impose", "2-up"), "a run with sheets on larger ones"),
    ],
)
def test_what_can_not_be_put_together_again_is_not_split(
    clinic_folder: ClinicFolder, plan: dict[str, object], options: tuple[str, ...], said: str
) -> None:
    (clinic_folder.path / "people.csv").write_text(f"{HEAD}\n{ROWS[0]}\n", encoding="utf-8")
    data = {"title": "Fair", "parts": [{"roster": "people.csv"}], **plan}
    (clinic_folder.path / "run.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    refused = clinic_folder.run("batch", "run.yaml", "--split", "paper", *options)
    assert refused.code == 3
    assert refused.finding_with("run.yaml", said)
    assert not clinic_folder.out.exists()


def test_piles_are_named_by_what_was_asked() -> None:
    def line(paper: str, sides: int) -> ManifestLine:
        return ManifestLine(
            0, "run.pdf", 1, "piece", "x", None, "", 1, 1, sides, "standard", paper, "", ""
        )

    lines = [line("4x9 in", 2), line("letter", 1), line("4x9 in", 2)]
    assert [
        (pile.name, len(pile.lines)) for pile in piles_of(lines, [Apart.PAPER, Apart.SIDES])
    ] == [("4x9-in-2-sides", 2), ("letter-1-side", 1)]
