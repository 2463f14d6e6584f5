"""Some sheets of a run once more: as they were, in a file of their own, the run untouched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import yaml
from test_batch import ADA, BAD, BEN, CLEO, HEAD, batch, fronts, table

from handouts.print_run.again import _missing

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "batch-cache"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def page_texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def test_sheets_are_printed_again_and_the_run_is_left_alone(clinic_folder: ClinicFolder) -> None:
    assert batch(clinic_folder, ADA, BEN.removesuffix("1") + "2", BAD, CLEO).code == 6
    before = files(clinic_folder.out)
    whole = fronts(clinic_folder.out / "run.pdf")
    again = clinic_folder.run("batch", "people.csv", "--only", "1,3-4")
    assert again.code == 0, again.err
    assert fronts(clinic_folder.out / "run-only.pdf") == [whole[0], whole[2], whole[3]]
    lines = table(clinic_folder.out / "run-only-manifest.csv")
    assert [(line["number"], line["copy"], line["file"]) for line in lines] == [
        ("1", "1", "run-only.pdf"), ("3", "2", "run-only.pdf"), ("4", "1", "run-only.pdf"),
    ]  # fmt: skip
    after = files(clinic_folder.out)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {
        "run-only.pdf", "run-only-manifest.csv", "run-only-manifest.json",
        "run-only-ticket.pdf", "run-only-ticket.json",
    }  # fmt: skip
    by_id = clinic_folder.run("batch", "people.csv", "--only-id", "r-3")
    assert by_id.code == 0, by_id.err
    assert fronts(clinic_folder.out / "run-only.pdf") == [whole[3]]


def test_a_sheet_keeps_the_day_of_its_run(clinic_folder: ClinicFolder) -> None:
    assert batch(clinic_folder, ADA, BEN).code == 0
    manifest = clinic_folder.out / "run-manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    assert batch(clinic_folder, ADA, BEN, options=("--date", "2026-11-02")).code == 0
    of_that_day = fronts(clinic_folder.out / "run.pdf")
    other = json.loads(manifest.read_text(encoding="utf-8")) | {"day": "2026-11-02"}
    assert other["day"] != told["day"]
    manifest.write_text(json.dumps(other), encoding="utf-8")
    again = clinic_folder.run("batch", "people.csv", "--only", "2")
    assert again.code == 0, again.err
    assert fronts(clinic_folder.out / "run-only.pdf") == of_that_day[1:]


def test_what_the_run_has_not_is_refused_at_once(clinic_folder: ClinicFolder) -> None:
    assert batch(clinic_folder, ADA, BEN).code == 0
    before = files(clinic_folder.out)
    refused = clinic_folder.run("batch", "people.csv", "--only", "2-5,9", "--only-id", "r-1,r-8")
    assert refused.code == 3
    for one in ("3-5", "9", "r-8"):
        assert refused.finding_with("run-manifest.json", f"the run has no sheet {one}")
    assert "no sheet r-1" not in refused.err
    assert files(clinic_folder.out) == before
    for words in ("0", "x", "5-3", "1,,2"):
        assert clinic_folder.run("batch", "people.csv", "--only", words).code == 2


def test_without_a_run_there_is_nothing_to_print_again(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "people.csv").write_text(f"{HEAD}\n{ADA}\n", encoding="utf-8")
    refused = clinic_folder.run("batch", "people.csv", "--only", "1")
    assert refused.code == 3
    assert refused.finding_with("run-manifest.json", "no list of what the run printed")
    clinic_folder.out.mkdir()
    (clinic_folder.out / "run-manifest.json").write_text("{}", encoding="utf-8")
    refused = clinic_folder.run("batch", "people.csv", "--only", "1")
    assert refused.finding_with("run-manifest.json", "this is no list of a run")


def test_another_persons_row_is_never_printed(clinic_folder: ClinicFolder) -> None:
    assert batch(clinic_folder, ADA, BEN).code == 0
    before = files(clinic_folder.out)
    refused = batch(clinic_folder, CLEO, ADA, BEN, options=("--only", "1"))
    assert refused.code == 3
    assert refused.finding_with("people.csv", "the list has changed since the run")
    assert files(clinic_folder.out) == before


@pytest.mark.parametrize("change", ["the content", "an option"])
def test_a_sheet_that_would_be_another_is_refused(clinic_folder: ClinicFolder, change: str) -> None:
    assert batch(clinic_folder, ADA, BEN).code == 0
    before = files(clinic_folder.out)
    options = ("--only", "1-2")
    if change == "the content":
        clinic_folder.edit('phone: "(555) 555-0142"', 'phone: "(555) 555-0143"')
    else:
        options += ("--paper", "a4")
    refused = clinic_folder.run("batch", "people.csv", *options)
    assert refused.code == 3
    assert refused.finding_with("sheet 1, No. r-1, is not as it was")
    assert refused.finding_with("sheet 2, No. r-2, is not as it was")
    assert files(clinic_folder.out) == before


def test_sheets_and_pieces_of_a_plan_are_printed_again(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "people.csv").write_text("\n".join((HEAD, ADA, BEN)), encoding="utf-8")
    plan = {
        "title": "Health fair",
        "parts": [{"roster": "people.csv"}, {"piece": "brochure", "copies": 2},
                  {"roster": "people.csv", "title": "Once more"}],
        "separators": ["part"],
        "chunk": 2,
    }  # fmt: skip
    (clinic_folder.path / "run.yaml").write_text(yaml.safe_dump(plan), encoding="utf-8")
    assert clinic_folder.run("batch", "run.yaml").code == 0
    lines = table(clinic_folder.out / "run-manifest.csv")
    kinds = [line["kind"] for line in lines]
    assert kinds == ["separator", "sheet", "sheet", "separator", "piece", "piece",
                     "separator", "sheet", "sheet"]  # fmt: skip
    before = files(clinic_folder.out)
    divider = clinic_folder.run("batch", "run.yaml", "--only", "4")
    assert divider.finding_with("no sheet 4")
    again = clinic_folder.run("batch", "run.yaml", "--only", "5", "--only-id", "3-r-2")
    assert again.code == 0, again.err
    assert len(page_texts(clinic_folder.out / "run-only.pdf")) == 4
    (front,) = fronts(clinic_folder.out / "run-only.pdf")
    assert "Kumquat" in front
    assert "3-r-2" in front
    ticket = json.loads((clinic_folder.out / "run-only-ticket.json").read_text(encoding="utf-8"))
    assert [(part["number"], part["sheets"]) for part in ticket["parts"]] == [(2, 1), (3, 1)]
    after = files(clinic_folder.out)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(
    ("asked", "known", "told"),
    [
        ([range(1, 4)], [1, 2, 3], []),
        ([range(1, 4)], [2], ["1", "3"]),
        ([range(2, 10**9)], [2, 3], ["4-999999999"]),
        ([range(5, 6), range(1, 2)], [], ["5", "1"]),
    ],
)
def test_missing_numbers_are_told_in_stretches(
    asked: list[range], known: list[int], told: list[str]
) -> None:
    assert list(_missing(asked, known)) == told
