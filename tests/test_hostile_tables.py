"""Rosters, YAML and paths from anywhere: each ends in words, within limits."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest
from hostile_tables import HARMFUL_WORKBOOKS, HARMLESS_WORKBOOKS, overlapping, rows, texts
from roster_makers import ods_cell, ods_row, spreadsheet
from workbooks import MAIN, OFFICE, locked, odd_packing, row, sheet, workbook

from handouts.basics.limits import Limit
from handouts.intake.roster.long_rows import LONGEST_ROW, MOST_COLUMNS, MOST_ROWS
from handouts.intake.roster.markup import LONGEST_MARK_BYTES
from handouts.intake.roster.tables import LARGEST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import ClinicFolder, Outcome

HEADER = "patient,programme\n"
ROW = "Ada Sample,all-four\n"


def looked(clinic: ClinicFolder, name: str, data: bytes | str) -> Outcome:
    path = clinic.path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return clinic.run("roster", "check", name)


NAMED = {
    "a row of 2,000,000,000": f"at most {MOST_ROWS:,} rows",
    "a cell of 700 MB": "more than 100 times of what it is packed to",
    "styles of 300 MB": "the limit is 10 MB",
    "a thousand worksheets": "the limit is 255",
    "a column ZZZ in each of 20,000 rows": f"the limit is {MOST_COLUMNS:,}",
}


@pytest.mark.parametrize("name", [name for name in HARMFUL_WORKBOOKS if name not in NAMED])
def test_harmful_workbooks_end_in_words(
    name: str, clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.intake.roster.workbook.MOST_CELLS", 1_000_000)
    outcome = looked(clinic_folder, "people.xlsx", HARMFUL_WORKBOOKS[name]())
    assert outcome.code == 3
    outcome.the_finding("people.xlsx")


@pytest.mark.parametrize("name", HARMLESS_WORKBOOKS)
def test_what_is_not_looked_at_does_no_harm(name: str, clinic_folder: ClinicFolder) -> None:
    outcome = looked(clinic_folder, "people.xlsx", HARMLESS_WORKBOOKS[name]())
    assert outcome.code == 0
    assert "1 row, 1 good, 0 bad" in outcome.out


LAST_TEXT = row("Ada Sample", "neck-and-head-start", number=2) + (
    '<row r="3"><c r="A3" t="s"><v>59999</v></c></row>'
)


def test_a_list_of_texts_without_end(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.intake.roster.cell_texts.MOST_MARKS", 100_000)
    parts = {
        "xl/worksheets/sheet1.xml": sheet(LAST_TEXT),
        "xl/sharedStrings.xml": texts(60_000),
    }
    outcome = looked(clinic_folder, "people.xlsx", workbook(parts))
    outcome.the_error("people.xlsx:3:1", "its list of texts has more than 100,000 marks")


def test_a_worksheet_with_much_beside_its_cells(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.intake.roster.sheet_cells.MOST_OTHER_MARKS", 1_000)
    part = sheet(before="<conditionalFormatting/>" * 1_001)
    outcome = looked(clinic_folder, "people.xlsx", workbook({"xl/worksheets/sheet1.xml": part}))
    outcome.the_error("people.xlsx:1:1", "more than 1,000 marks beside its cells")


def test_more_merged_cells_than_are_kept(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.intake.roster.workbook.MOST_MERGED", 100)
    merged = "".join(f"<mergeCell ref='A{n}:B{n}'/>" for n in range(9, 110))
    part = sheet(after=f"<mergeCells>{merged}</mergeCells>")
    outcome = looked(clinic_folder, "people.xlsx", workbook({"xl/worksheets/sheet1.xml": part}))
    outcome.the_error("people.xlsx", "more than 100 merged cells")


def test_more_worksheets_are_named_than_are_looked_at(clinic_folder: ClinicFolder) -> None:
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(300))
    part = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
    outcome = looked(clinic_folder, "people.xlsx", workbook({"xl/workbook.xml": part}))
    outcome.the_error("people.xlsx", "it names 300 worksheets; the limit is 255")


@pytest.mark.parametrize("mark", ["<!--{}-->", "<x y='{}'/>"])
def test_a_mark_without_end(mark: str, clinic_folder: ClinicFolder) -> None:
    part = sheet(before=mark.format("a" * (LONGEST_MARK_BYTES + 500_000)))
    outcome = looked(clinic_folder, "people.xlsx", workbook({"xl/worksheets/sheet1.xml": part}))
    outcome.the_error("people.xlsx:1:1", "can't be read")


def test_a_format_without_end(clinic_folder: ClinicFolder) -> None:
    """To work a format out takes longer than its length says."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{"[" * 200_000}"/>'
        '</numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    )
    head = row("name", "programme", "note for the patient", number=1)
    person = row("Ada Sample", "all-four", number=2)
    people = person.replace("</row>", '<c r="C2"><v>7</v></c></row>')
    part = f'<worksheet xmlns="{MAIN}"><sheetData>{head}{people}</sheetData></worksheet>'
    parts = {"xl/styles.xml": styles, "xl/worksheets/sheet1.xml": part}
    outcome = looked(clinic_folder, "people.xlsx", workbook(parts))
    assert "people.xlsx:2:3" in outcome.err
    assert "may show this cell in another way" in outcome.err


@pytest.mark.parametrize("name", NAMED)
def test_the_limit_is_named(name: str, clinic_folder: ClinicFolder) -> None:
    outcome = looked(clinic_folder, "people.xlsx", HARMFUL_WORKBOOKS[name]())
    outcome.the_error("people.xlsx", NAMED[name])


@pytest.mark.parametrize("make", [locked, odd_packing])
def test_workbooks_packed_in_odd_ways(
    make: Callable[[], bytes], clinic_folder: ClinicFolder
) -> None:
    looked(clinic_folder, "people.xlsx", make()).the_error("people.xlsx", "can't be read")


def test_overlapping_parts_end(clinic_folder: ClinicFolder) -> None:
    assert looked(clinic_folder, "people.xlsx", overlapping()).code in {0, 3}


def test_a_usual_workbook_is_taken(clinic_folder: ClinicFolder) -> None:
    people = "".join(row("Ada Sample", "all-four", number=number) for number in (2, 3, 4))
    assert looked(clinic_folder, "people.xlsx", rows(people)).code == 0


def test_a_workbook_that_takes_too_long_to_open(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "handouts.intake.roster.workbook.Limit", lambda _cpu_s, memory: Limit(0.001, memory)
    )
    outcome = looked(clinic_folder, "people.xlsx", HARMLESS_WORKBOOKS["200,000 styles"]())
    outcome.the_error("people.xlsx", "to open it takes more than 0 seconds")


def test_rows_that_take_too_much_memory(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(*_given: object) -> None:
        raise MemoryError

    monkeypatch.setattr("handouts.intake.roster.workbook.memory_within", too_much)
    outcome = looked(clinic_folder, "people.xlsx", workbook())
    outcome.the_error("people.xlsx:1:1", "they take more than 500 MB")


def test_a_row_that_stands_for_too_many(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.intake.roster.opendocument.MOST_ALIKE", 10)
    people = [ods_row(ods_cell("name"), ods_cell("programme"))]
    person = ods_row(ods_cell("Ada Sample"), ods_cell("all-four"))
    for times, code in ((10, 0), (11, 3)):
        repeated = person.replace(">", f' table:number-rows-repeated="{times}">', 1)
        outcome = looked(clinic_folder, "people.ods", spreadsheet([*people, repeated]))
        assert outcome.code == code
    outcome.the_error("people.ods:2:1", "11 rows are alike; the limit is 10")


def test_a_cell_that_stands_for_too_many(clinic_folder: ClinicFolder) -> None:
    cell = ods_cell("Ada").replace(">", ' table:number-columns-repeated="1000000">', 1)
    outcome = looked(clinic_folder, "people.ods", spreadsheet([ods_row(cell)]))
    outcome.the_error("people.ods:1:1", f"the limit is {MOST_COLUMNS:,}")


TEXTS = {
    "a line without end": (HEADER + "a" * 3_000_000, f"more than {LONGEST_ROW:,} letters"),
    "a row of lines without end": (HEADER + '"a\n",' * 500_000, f"{LONGEST_ROW:,} letters"),
    "too many columns": (HEADER + "," * 20_000 + "\n", f"the limit is {MOST_COLUMNS:,}"),
    "too many rows": (HEADER + ROW + "\n" * (MOST_ROWS + 1), f"more than {MOST_ROWS:,} rows"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_without_end(name: str, clinic_folder: ClinicFolder) -> None:
    text, what = TEXTS[name]
    looked(clinic_folder, "people.csv", text).the_error("people.csv:", what)


def test_a_row_is_counted_for_itself(clinic_folder: ClinicFolder) -> None:
    row = "Ada Sample,all-four," + "n" * 1_900 + "\n"
    text = HEADER.replace("\n", ",note for the patient\n") + row * (LONGEST_ROW // 1_900 + 2)
    assert looked(clinic_folder, "people.csv", text).code == 0


def test_a_sparse_file(clinic_folder: ClinicFolder) -> None:
    for where in ("roster", "preflight", "impose", "content"):
        with (clinic_folder.path / NAMES[where]).open("wb") as file:
            file.truncate(10**10)
        clinic_folder.run(*EVERYWHERE[where]).the_error(NAMES[where], "10,000", "the limit is")
    assert LARGEST_BYTES < 10**10


# Paths of any kind

EVERYWHERE = {
    "roster": ("roster", "check", "people.csv"),
    "prescription": ("sheet", "own.yaml"),
    "content": ("check", "--content", "content.yaml"),
    "preflight": ("preflight", "a.pdf", "--profile", "press"),
    "impose": ("impose", "a.pdf", "--scheme", "2-up", "--paper", "a3", "-o", "up.pdf"),
}
NAMES = {
    "roster": "people.csv",
    "prescription": "own.yaml",
    "content": "content.yaml",
    "preflight": "a.pdf",
    "impose": "a.pdf",
}


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def folder(path: Path) -> None:
    path.mkdir()


def listener(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


@pytest.mark.parametrize("where", EVERYWHERE)
@pytest.mark.parametrize("kind", [pipe, device, circle, folder, listener])
def test_what_is_no_plain_file_is_told(
    where: str,
    kind: Callable[[Path], None],
    clinic_folder: ClinicFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(clinic_folder.path)
    path = clinic_folder.path / NAMES[where]
    path.unlink(missing_ok=True)
    kind(path)
    outcome = clinic_folder.run(*EVERYWHERE[where])
    assert outcome.code == 3
    outcome.the_error(path.name, "can't")


@pytest.mark.parametrize("where", ["roster", "content", "preflight", "impose"])
def test_a_name_that_is_too_long(where: str, clinic_folder: ClinicFolder) -> None:
    words = ["n" * 300 if word == NAMES[where] else word for word in EVERYWHERE[where]]
    outcome = clinic_folder.run(*words)
    assert outcome.code == 3
    outcome.the_error("too long")


@pytest.mark.parametrize("written", ["n" * 300 + ".svg", "loop.svg", "pipe.svg"])
def test_a_picture_that_is_no_plain_file(written: str, plain_clinic: ClinicFolder) -> None:
    circle(plain_clinic.path / "loop.svg")
    pipe(plain_clinic.path / "pipe.svg")
    plain_clinic.edit("logo: styles/sample-logo.svg", f"logo: {written}")
    plain_clinic.refused(command="check").the_error('"logo": the picture', "can't be read")


# YAML

YAMLS = {
    "unknown keys": ("".join(f"k{n}: 1\n" for n in range(5_000)), "there are 4,9"),
    "a key again and again": ("zz: 1\n" * 5_000, "a second time"),
    "names of what is not there": ("zz: [" + "*a," * 5_000 + "]", "repeats another place"),
    "too many values": ("zz: [" + "1," * 200_000 + "]", "more than 100,000 values"),
    "a key of a megabyte": ("? " + "k" * 1_000_000 + "\n: 1\n", "unknown key"),
    "brackets": ("zz: " + "[" * 500_000, "levels deep"),
}


@pytest.mark.parametrize("name", YAMLS)
def test_yaml_without_end(name: str, plain_clinic: ClinicFolder) -> None:
    written, what = YAMLS[name]
    plain_clinic.text += "\n" + written
    outcome = plain_clinic.run("check", "--quick")
    assert outcome.code == 3
    assert what in outcome.err
    assert len(outcome.findings) <= 102
    assert len(outcome.err) < 60_000
