"""Rosters as text files: however they are written, and what may stand in a name or an id."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from roster_tools import (
    GOOD,
    HEAD,
    TODAY,
    check,
    good,
    refused,
    the_bad,
    written,
)
from sheet_tools import whole_content

from handouts.intake.roster.read import RosterRow, read_roster

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.load.content import LoadedContent


@pytest.fixture(scope="module")
def loaded() -> LoadedContent:
    return whole_content()


# -- how text files are written --------------------------------------------------------------


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_way_to_write_a_table_is_read(
    tmp_path: Path, loaded: LoadedContent, between: str, encoding: str, ends: str
) -> None:
    rows = [
        ["NAME", "Programme", "Note for the patient"],
        ["Zoë Müller", "all-four", 'a;b,c\td|e "f"'],
        ["", "", ""],
    ]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=between, lineterminator=ends).writerows(rows)
    path = written(tmp_path, text.getvalue().encode(encoding), "people.txt")
    roster = read_roster(path, loaded, TODAY)
    (row,) = roster
    assert isinstance(row, RosterRow)
    assert (row.sheet.patient, row.sheet.notes) == ("Zoë Müller", 'a;b,c\td|e "f"')
    assert roster.empty_rows == 1
    warned = [finding.what for finding in roster.findings]
    assert warned == []


def test_utf_16_with_its_mark_the_other_way_round(tmp_path: Path, loaded: LoadedContent) -> None:
    path = written(tmp_path, b"\xfe\xff" + (HEAD + GOOD).encode("utf-16-be"))
    assert good(path, loaded)[0].sheet.patient == "Ada Sample"


def test_letters_that_no_encoding_has_are_refused(tmp_path: Path, loaded: LoadedContent) -> None:
    assert "letters of this file" in refused(
        written(tmp_path, b"name,programme\nAd\x81\x8d,all-four\n"), loaded
    )


def test_excels_own_first_line_is_understood(tmp_path: Path, loaded: LoadedContent) -> None:
    path = written(
        tmp_path, "\ufeffsep=|\r\nname|programme|note for the patient\r\nAda|all-four|a,b;c\r\n"
    )
    (row,) = good(path, loaded)
    assert (row.number, row.sheet.notes) == (2, "a,b;c")


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("Ada\n", "the row has 1 cells, the header has 2"),
        ("Sample, Ada,all-four\n", "the row has 3 cells, the header has 2"),
    ],
)
def test_a_row_too_short_or_too_long_is_refused(
    tmp_path: Path, loaded: LoadedContent, row: str, part: str
) -> None:
    assert part in the_bad(written(tmp_path, HEAD + row), loaded)
    assert good(written(tmp_path, f"{HEAD}Ada,all-four,,,\n"), loaded)


# -- what may stand in a name or an id -------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("=cmd|' /C calc'!A0", "a formula stands where text is read"),
        ("'=1+1", "a formula stands where text is read"),
        ("+cmd|x", "begins with one of"),
        ("-2+3", "begins with one of"),
        ("@SUM(1)", "begins with one of"),
        ("#N/A", "an error of the spreadsheet"),
        ("A\0da", "a control character"),
        ("A\x1bda", "a control character"),
        ("Ad\ufffd", "a letter was lost"),
        ("Ada \u202egnp", "turns text round"),
        ('"Ada\nSample"', "more than one line"),
        ("N" * 1000, "longer than 300 letters"),
        ("  ", "the name is missing"),
        ("0", "the name has no letter"),
    ],
)
def test_a_name_that_is_none_is_refused_and_not_repeated(
    tmp_path: Path, loaded: LoadedContent, name: str, part: str
) -> None:
    path = written(tmp_path, f"programme,name\nall-four,{name}\n")
    said = the_bad(path, loaded)
    assert said.startswith(f'{path}:2:2 error: column "name": ')
    assert part in said
    assert "Ada" not in said
    assert "cmd" not in said


@pytest.mark.parametrize(
    "name", ["<b>Ada</b>", "Ada 😀", "\u200fעדה\u200f", "Ada & 'Bea' \\ /", "N" * 300, "Null"]
)
def test_any_other_name_is_kept_as_it_is(tmp_path: Path, loaded: LoadedContent, name: str) -> None:
    path = written(tmp_path, f"programme,name\nall-four,{name}\n")
    assert good(path, loaded)[0].sheet.patient == name


@pytest.mark.parametrize(
    "name", ["../../x", "a/b", "a b", "..", ".x", "a.", "CON", "nul.txt", "-x", "é", "x" * 65, ""]
)
def test_an_id_that_is_no_file_name_is_refused(
    tmp_path: Path, loaded: LoadedContent, name: str
) -> None:
    said = the_bad(written(tmp_path, f"id,name,programme\n{name},Ada,all-four\n"), loaded)
    assert 'roster.csv:2:1 error: column "id": the id ' in said


def test_an_id_may_stand_once(tmp_path: Path, loaded: LoadedContent) -> None:
    text = "id,name,programme\nA1,Ada,all-four\n\nb,Ben,all-four\na1,Cy,all-four\n"
    said = the_bad(written(tmp_path, text), loaded)
    assert "roster.csv:5:1" in said
    assert "the id stands in row 2, too" in said


def test_without_ids_a_row_is_known_by_its_number(tmp_path: Path, loaded: LoadedContent) -> None:
    rows = good(written(tmp_path, f"{HEAD}{GOOD}\n{GOOD}"), loaded)
    assert [row.record_id for row in rows] == ["2", "4"]


def test_no_cell_is_repeated_by_any_finding(clinic_folder: ClinicFolder) -> None:
    """A row whose cells stand in the wrong columns shows a name nowhere."""
    names = "id name programme exercises side hold reps clinician date language edition paper"
    names += " layout order weeks copies leave_out next_visit goal notes"
    columns = names.split()
    text = ",".join(columns) + "\n"
    for index in range(len(columns)):
        cells = ["" for _ in columns]
        cells[1], cells[2] = "Zanzibar", "all-four"
        cells[0] = f"r{index}"
        cells[index] = "Zanzibar=Q"
        text += ",".join(cells) + "\n"
    outcome = check(clinic_folder, text, "--json")
    assert outcome.code == 3
    assert json.loads(outcome.out)["bad"] > 10
    assert "anzibar" not in outcome.err + outcome.out
