"""A roster printed in one go: nobody is lost, nobody is named, and a stopped run goes on."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from conftest import ROOT
from pdf_tools import own_style
from processes import held, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder, Outcome

HEAD = "id,name,programme,exercises,side,note for the patient,copies"
ADA = "r-1,Quizzyla Vexworth,,suboccipital-release,,Zugzwang,1"
BEN = "r-2,Bartholo Kumquat,,levator-scapulae-stretch,left,,1"
CLEO = "r-3,Amaryllis Oxbow,,suboccipital-release,,Zugzwang,1"
BAD = "r-4,Jabberwock Wyvern,no-such-programme,,,,1"
NO_GLYPH = "r-5,Flumph \U00013000,,suboccipital-release,,Zugzwang,1"
CANARIES = (
    "Quizzyla",
    "Vexworth",
    "Kumquat",
    "Oxbow",
    "Jabberwock",
    "Wyvern",
    "Flumph",
    "Zugzwang",
)


pytestmark = pytest.mark.usefixtures("shared_cache")


def batch(clinic: ClinicFolder, *rows: str, options: tuple[str, ...] = ()) -> Outcome:
    (clinic.path / "people.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return clinic.run("batch", "people.csv", *options)


def fronts(path: Path) -> list[str]:
    """Give the words of each sheet's front."""
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [text for text in texts if "Your exercises for home" in text]


def fonts_of(path: Path) -> str:
    return subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_all_print_in_order_with_their_copies(clinic_folder: ClinicFolder) -> None:
    outcome = batch(clinic_folder, ADA, BEN.removesuffix("1") + "2", CLEO)
    assert outcome.code == 0, outcome.err
    found = fronts(clinic_folder.out / "run.pdf")
    assert [next(name for name in CANARIES if name in text) for text in found] == [
        "Quizzyla", "Kumquat", "Kumquat", "Oxbow",
    ]  # fmt: skip
    assert "4 sheets" in outcome.out
    sides = len(pypdfium2.PdfDocument(clinic_folder.out / "run.pdf"))
    assert f"on {sides // 2} pieces of letter paper" in outcome.out
    assert not (clinic_folder.out / "run-failed.csv").exists()


def test_the_manifest_says_where_each_sheet_stands(clinic_folder: ClinicFolder) -> None:
    assert batch(clinic_folder, ADA, BEN, CLEO, options=("--with-names",)).code == 0
    document = pypdfium2.PdfDocument(clinic_folder.out / "run.pdf")
    lines = table(clinic_folder.out / "run-manifest.csv")
    assert [(line["row"], line["record id"]) for line in lines] == [
        ("2", "r-1"), ("3", "r-2"), ("4", "r-3"),
    ]  # fmt: skip
    for line in lines:
        front = document[int(line["first page"]) - 1].get_textpage().get_text_range()
        assert line["name"] in front
        assert line["record id"] in front
    assert lines[1]["exercises"] == "levator-scapulae-stretch"
    told = json.loads((clinic_folder.out / "run-manifest.json").read_text(encoding="utf-8"))
    assert [sheet["name"] for sheet in told["sheets"]] == [line["name"] for line in lines]
    assert told["sides"] == sum(int(line["sides"]) for line in lines)


def test_bad_rows_are_told_and_the_others_print(clinic_folder: ClinicFolder) -> None:
    outcome = batch(clinic_folder, ADA, BAD, NO_GLYPH, CLEO)
    assert outcome.code == 6
    assert outcome.finding_with("people.csv:3:3", "there is no programme of this name")
    assert outcome.finding_with("people.csv:4:", "no font has a glyph")
    assert len(fronts(clinic_folder.out / "run.pdf")) == 2
    assert [row["row"] for row in table(clinic_folder.out / "run-failed.csv")] == ["3", "4"]
    told = json.loads((clinic_folder.out / "run-manifest.json").read_text(encoding="utf-8"))
    assert told["failed_rows"] == [3, 4]


LONG = "r-6,Zyzzyva Quokka,,suboccipital-release,," + "Zugzwang " * 60 + ",1"
"""Laid out alone, for its long note."""


@pytest.mark.parametrize("row", [ADA, LONG])
def test_what_was_found_is_told_by_each_run(clinic_folder: ClinicFolder, row: str) -> None:
    style = clinic_folder.path / "styles" / "clinic.css"
    style.write_text(".masthead { no-such-rule: 1 }", encoding="utf-8")
    first, second = (batch(clinic_folder, row) for _ in range(2))
    assert first.code == 0, first.err
    assert "no-such-rule" in first.err
    assert second.err == first.err


def test_rows_that_were_mended_print_on_their_own(clinic_folder: ClinicFolder) -> None:
    assert batch(clinic_folder, ADA, BAD, NO_GLYPH).code == 6
    failed = clinic_folder.out / "run-failed.csv"
    refused = clinic_folder.run("batch", "out/run-failed.csv")
    assert refused.code == 3
    refused.the_error("would write over a file that it reads")
    text = failed.read_text(encoding="utf-8-sig").replace("\U00013000", "Fizz")
    failed.write_text(text.replace("no-such-programme,,", "neck-and-head-start,,each"), "utf-8")
    again = clinic_folder.run("batch", "out/run-failed.csv", "-o", "out/mended.pdf")
    assert again.code == 0, again.err
    found = fronts(clinic_folder.out / "mended.pdf")
    assert "Jabberwock" in found[0]
    assert "Flumph Fizz" in found[1]


def test_strict_prints_nothing_where_a_row_is_bad(clinic_folder: ClinicFolder) -> None:
    outcome = batch(clinic_folder, ADA, BAD, options=("--strict",))
    assert outcome.code == 3
    assert outcome.finding_with("people.csv:3:3")
    assert not clinic_folder.out.exists()


@pytest.mark.parametrize("trouble", ["a layout", "a row"])
def test_strict_prints_nothing_where_a_sheet_fails(
    clinic_folder: ClinicFolder, trouble: str
) -> None:
    clinic_folder.edit("  sample: true\n", "")
    options = ("--strict", "--chunk", "1")
    assert batch(clinic_folder, BEN, ADA, options=options).code == 0
    files = {path: path.read_bytes() for path in clinic_folder.out.iterdir()}
    assert {"run-1.pdf", "run-2.pdf"} < {path.name for path in files}
    if trouble == "a layout":
        own_style(clinic_folder, ".notes h2 { color: #fff }  .notes { background: #fff }")
        refused = batch(clinic_folder, BEN, ADA, options=options)
        assert refused.finding_with("people.csv:3:", "can't be seen on the page"), refused.err
    else:
        refused = batch(clinic_folder, BEN, NO_GLYPH, options=options)
        assert refused.finding_with("people.csv:3:", "no font has a glyph"), refused.err
    assert refused.code == 3
    assert {path: path.read_bytes() for path in clinic_folder.out.iterdir()} == files


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(
    clinic_folder: ClinicFolder,
) -> None:
    assert batch(clinic_folder, ADA, BEN).code == 0
    files = {path: path.read_bytes() for path in clinic_folder.out.iterdir()}
    full = subprocess.run(
        [sys.executable, "-m", "handouts", "batch", "people.csv"],
        cwd=clinic_folder.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 5
    assert "can't write run.pdf into out (File too large)" in full.stderr
    assert "go on with --resume" in full.stderr
    assert "Traceback" not in full.stderr
    assert {path: path.read_bytes() for path in files} == files
    (left,) = set(clinic_folder.out.iterdir()) - set(files)
    assert (left / "part-000000000").exists(), "what was done is kept"
    assert clinic_folder.run("batch", "people.csv", "--resume").code == 0
    assert {path: path.read_bytes() for path in clinic_folder.out.iterdir()} == files


@pytest.mark.parametrize("row", [BAD, NO_GLYPH], ids=["bad", "no glyph"])
def test_without_any_sheet_there_is_no_file(clinic_folder: ClinicFolder, row: str) -> None:
    outcome = batch(clinic_folder, row)
    assert outcome.code == 3
    assert outcome.finding_with("people.csv:2:")
    assert [path.name for path in clinic_folder.out.iterdir()] == ["run-failed.csv"]


def test_nobody_is_named_beside_the_sheets(
    clinic_folder: ClinicFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    outcome = batch(clinic_folder, ADA, BEN, CLEO, BAD, NO_GLYPH, options=("--each", "out/each"))
    assert outcome.code == 6
    written = {path for path in clinic_folder.out.rglob("*") if path.is_file()}
    for path in written:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    kept = {path for path in (tmp_path / "cache").rglob("*") if path.is_file()}
    assert kept
    for path in written | kept:
        if path.name == "run-failed.csv":
            continue
        data = path.read_bytes()
        assert not [word for word in CANARIES if word.encode() in data], path
        assert not [word for word in CANARIES if word.lower() in path.name.lower()]
    assert not [word for word in CANARIES if word in outcome.out + outcome.err]
    assert "Jabberwock" in (clinic_folder.out / "run-failed.csv").read_text(encoding="utf-8-sig")


def test_each_person_gets_a_file_of_their_own(clinic_folder: ClinicFolder) -> None:
    li = "r-7,李小龙,,suboccipital-release,,Zugzwang,1"
    assert batch(clinic_folder, ADA, BEN, li, options=("--each", "each")).code == 0
    folder = clinic_folder.path / "each"
    assert sorted(path.name for path in folder.iterdir()) == ["r-1.pdf", "r-2.pdf", "r-7.pdf"]
    assert ["CJK" in fonts_of(folder / f"r-{number}.pdf") for number in (1, 2, 7)] == [
        False, False, True,
    ], "nobody's file has the fonts of other people's words"  # fmt: skip
    for name, own, other in (("r-1", "Vexworth", "Kumquat"), ("r-2", "Kumquat", "Vexworth")):
        document = pypdfium2.PdfDocument(folder / f"{name}.pdf")
        texts = "".join(page.get_textpage().get_text_range() for page in document)
        assert own in texts
        assert other not in texts
        done = subprocess.run(
            ["qpdf", "--check", folder / f"{name}.pdf"], capture_output=True, text=True, check=True
        )
        assert done.stderr == ""


def test_chunks_hold_so_many_sheets(clinic_folder: ClinicFolder) -> None:
    outcome = batch(clinic_folder, ADA, BEN, CLEO, options=("--chunk", "2"))
    assert outcome.code == 0, outcome.err
    counts = [len(fronts(clinic_folder.out / f"run-{number}.pdf")) for number in (1, 2)]
    assert counts == [2, 1]
    lines = table(clinic_folder.out / "run-manifest.csv")
    assert [(line["file"], line["first page"]) for line in lines] == [
        ("run-1.pdf", "1"), ("run-1.pdf", "3"), ("run-2.pdf", "1"),
    ]  # fmt: skip
    fewer = batch(clinic_folder, ADA, options=("--chunk", "2"))
    assert fewer.finding_with("run-2.pdf is of an earlier run")


def test_a_chunk_without_any_sheet_is_passed_over(clinic_folder: ClinicFolder) -> None:
    assert batch(clinic_folder, ADA, NO_GLYPH, BEN, options=("--chunk", "1")).code == 6
    assert "Vexworth" in fronts(clinic_folder.out / "run-1.pdf")[0]
    assert "Kumquat" in fronts(clinic_folder.out / "run-2.pdf")[0]
    assert not (clinic_folder.out / "run-3.pdf").exists()


@pytest.mark.parametrize(
    ("order", "ids"),
    [("name", ["r-3", "r-2", "r-6", "r-1"]), ("programme", ["r-6", "r-1", "r-2", "r-3"])],
)
def test_sheets_lie_in_the_order_that_was_asked(
    clinic_folder: ClinicFolder, order: str, ids: list[str]
) -> None:
    extra = "r-6,éva Sample,neck-and-head-start,,each,,1"
    assert batch(clinic_folder, ADA, BEN, CLEO, extra, options=("--sort", order)).code == 0
    lines = table(clinic_folder.out / "run-manifest.csv")
    assert [line["record id"] for line in lines] == ids
    found = fronts(clinic_folder.out / "run.pdf")
    assert all(record in text for record, text in zip(ids, found, strict=True))


def test_json_tells_all_that_was_made(clinic_folder: ClinicFolder) -> None:
    outcome = batch(clinic_folder, ADA, BAD, options=("--json",))
    told = json.loads(outcome.out)
    assert outcome.code == 6
    assert (told["sheets"], told["failed_rows"], told["files"]) == (1, [3], ["out/run.pdf"])
    quiet = batch(clinic_folder, ADA, options=("--quiet",))
    assert (quiet.out, quiet.err) == ("", "")


ALONE = tuple(
    f"s-{n},Ada {n},,suboccipital-release,,{'Take it slowly. ' * (40 + n)},1" for n in range(3)
)
"""People whose notes decide their layouts, so that each is a part of the run."""


def test_a_stopped_run_goes_on_and_gives_the_same_bytes(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "people.csv").write_text("\n".join((HEAD, ADA, *ALONE)), encoding="utf-8")
    words = clinic_folder.path, "batch", "people.csv", "-q"
    parts = clinic_folder.out / "run.pdf.parts"
    with held(*words, at="alone-000000002.*") as first:
        wait_for(lambda: list(parts.glob("alone-?????????")), first)
    with held(*words, "--resume", at="book.pdf") as second:
        assert len(list(parts.glob("alone-?????????"))) == len(ALONE)
        os.killpg(second.pid, signal.SIGINT)  # as a terminal does: all of its processes get it
        _, err = second.communicate()
    assert second.returncode == 130
    assert not (clinic_folder.out / "run.pdf").exists()
    (line,) = err.strip().splitlines()
    assert "--resume" in line
    for path in clinic_folder.out.rglob("*"):
        assert path.is_dir() or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert clinic_folder.run("batch", "people.csv", "--resume").code == 0
    assert clinic_folder.run("batch", "people.csv", "-o", "out/whole.pdf").code == 0
    whole = (clinic_folder.out / "whole.pdf").read_bytes()
    assert (clinic_folder.out / "run.pdf").read_bytes() == whole
    assert not list(clinic_folder.out.glob("*.parts"))
