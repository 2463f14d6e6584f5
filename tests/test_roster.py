"""Rosters: what stands in a cell is what is printed, or a finding that names row and column."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
import re
import stat
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_tools import whole_content

from handouts.basics.choices import Side
from handouts.basics.errors import ContentError
from handouts.intake.roster.failed import write_failed, write_table
from handouts.intake.roster.formulas import as_written
from handouts.intake.roster.read import BadRow, RosterRow, read_roster
from handouts.intake.roster.tables import open_table
from handouts.prescribe.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from conftest import ClinicFolder, Outcome

    from handouts.load.content import LoadedContent

TODAY = dt.date(2026, 12, 1)
HEAD = "name,programme\n"
GOOD = "Ada Sample,neck-and-head-start\n"
LEVATOR, OPEN_BOOK, RELEASE = "levator-scapulae-stretch", "open-book", "suboccipital-release"


@pytest.fixture(scope="module")
def loaded() -> LoadedContent:
    return whole_content()


def rows_of(path: Path, loaded: LoadedContent) -> list[RosterRow | BadRow]:
    return list(read_roster(path, loaded, TODAY))


def written(tmp_path: Path, text: str | bytes, name: str = "roster.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def good(path: Path, loaded: LoadedContent) -> list[RosterRow]:
    rows = rows_of(path, loaded)
    found = [row for row in rows if isinstance(row, RosterRow)]
    assert found == rows, [str(f) for row in rows for f in row.findings]
    return found


def the_bad(path: Path, loaded: LoadedContent) -> str:
    """Give the only finding of the only bad row."""
    bad = [row for row in rows_of(path, loaded) if isinstance(row, BadRow)]
    assert len(bad) == 1
    assert len(bad[0].findings) == 1, [str(f) for f in bad[0].findings]
    return str(bad[0].findings[0])


def refused(path: Path, loaded: LoadedContent) -> str:
    """Give what is said of a file that can't be read."""
    with pytest.raises(ContentError) as caught:
        rows_of(path, loaded)
    return "\n".join(map(str, caught.value.report.errors))


def book(path: Path, rows: Iterable[Sequence[Any]], *, as_text: bool = False) -> Path:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for number, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(number, column, value)
            if as_text:
                cell.data_type = "s"
    made.save(path)
    return path


def check(clinic: ClinicFolder, text: str | bytes, *args: str, name: str = "roster.csv") -> Outcome:
    written(clinic.path, text, name)
    return clinic.run("roster", "check", name, *args)


def doses(row: RosterRow) -> dict[str, Any]:
    return {item.exercise: item.dose for item in row.sheet.exercises}


# -- what a row says -------------------------------------------------------------------------


def test_a_row_says_all_that_a_prescription_can(tmp_path: Path, loaded: LoadedContent) -> None:
    path = written(
        tmp_path,
        "Record_ID;THERAPIST;Client;Program;Without;Date;Goal;Note for the patient;"
        "Next Appointment;Weeks;Edition;Paper;Layout;Order;Language;Qty\n"
        "A-1;natalie sample;Ada Sample;All Four Exercises;open-book;11/23/2026;Drive;"
        '"Slowly,\nplease.";Tuesday;3;Large Print;A4;1;As listed;EN;2\n',
    )
    (row,) = good(path, loaded)
    sheet = row.sheet
    assert (row.number, row.record_id, row.copies) == (2, "A-1", 2)
    assert (sheet.patient, sheet.clinician) == ("Ada Sample", "natalie")
    assert OPEN_BOOK not in doses(row)
    assert len(doses(row)) == 3
    assert sheet.given_on == dt.date(2026, 11, 23)
    assert (sheet.goal, sheet.notes, sheet.next_visit) == ("Drive", "Slowly,\nplease.", "Tuesday")
    assert (sheet.log_weeks, sheet.edition, sheet.paper) == (3, "large-print", "a4")
    assert sheet.layout == "1"
    assert row.layer.prescription.order == "as-listed"
    assert row.layer.prescription.language == "en-US"


def test_a_row_s_sheet_is_the_one_its_prescription_resolves_to(
    tmp_path: Path, loaded: LoadedContent
) -> None:
    text = "name,programme,exercises,side,note for the patient\n"
    for number in range(6):
        side = ("left", "right", "each")[number % 3]
        text += f"P{number},neck-and-head-start,{LEVATOR}:hold=20s,{side},{number}\n".replace(
            f"{LEVATOR}:hold=20s", f'"{LEVATOR}:hold=20s"'
        )
    rows = good(written(tmp_path, text), loaded)
    for number, row in enumerate(rows):
        sheet, _ = resolve([row.layer], loaded, TODAY)
        assert sheet == row.sheet
        assert (sheet.patient, sheet.notes) == (f"P{number}", str(number))
        assert row.layer.place("exercises", 0).line == row.number == number + 2
        assert doses(row)[LEVATOR].side == ("left", "right", "each")[number % 3]


def test_exercises_are_written_as_options_write_them(tmp_path: Path, loaded: LoadedContent) -> None:
    listed = f"{LEVATOR}:hold=20s,side=l; Open book mobilization:side=right"
    (row,) = good(written(tmp_path, f'name,exercises\nAda,"{listed}"\n'), loaded)
    assert doses(row)[LEVATOR].side is Side.LEFT
    assert str(doses(row)[LEVATOR].hold) == "20 s"
    assert doses(row)[OPEN_BOOK].side is Side.RIGHT


def test_a_side_is_for_every_exercise_that_has_sides(tmp_path: Path, loaded: LoadedContent) -> None:
    (row,) = good(written(tmp_path, "name,programme,side\nAda,all-four,Left side\n"), loaded)
    assert doses(row)[RELEASE].side is None
    assert {dose.side for name, dose in doses(row).items() if name != RELEASE} == {Side.LEFT}


def test_a_side_said_in_two_ways_is_refused(tmp_path: Path, loaded: LoadedContent) -> None:
    path = written(tmp_path, f"name,exercises,side\nAda,{OPEN_BOOK}:side=right,left\n")
    assert "roster.csv:2:3" in (said := the_bad(path, loaded))
    assert 'column "side": for open-book' in said


def test_a_dose_is_for_the_only_exercise(tmp_path: Path, loaded: LoadedContent) -> None:
    head = "name,exercises,hold,reps,side\n"
    (row,) = good(written(tmp_path, f"{head}Ada,{LEVATOR},20 s,3,left\n"), loaded)
    assert (str(doses(row)[LEVATOR].hold), str(doses(row)[LEVATOR].repetitions)) == ("20 s", "3")
    path = written(tmp_path, f'{head}Ada,"{LEVATOR}, {OPEN_BOOK}",20 s,,left\n')
    said = the_bad(path, loaded)
    assert 'roster.csv:2:3 error: column "hold": it is not known for which exercise' in said
    assert f"{LEVATOR}:hold=" in said


@pytest.mark.parametrize(
    ("head", "cells", "place", "part"),
    [
        ("programme", "nek-and-head-start", "2:2", 'did you mean "neck-and-head-start"?'),
        ("exercises", "open-bok:side=left", "2:2", 'did you mean "open-book"?'),
        ("exercises", "open-book", "2:2", "needs the side"),
        ("exercises", "open-book:side=up", "2:2", "write left, right or each"),
        ("exercises", "open-book:hold", "2:2", "write it like"),
        ("exercises", "open-book:force=3", "2:2", "write hold, reps"),
        ("exercises,hold", f"{RELEASE},30", "2:3", "with its unit"),
        ("exercises,hold", f"{RELEASE},9 min", "2:2", "past its limit"),
        ("exercises,sets", f"{RELEASE},many", "2:3", "a whole number"),
        ("exercises,side", f"{RELEASE},left", "2:3", "no exercise of this row is done by side"),
        ("programme,side", "all-four,up", "2:3", "write left, right or each"),
        ("programme,leave out", f"neck-and-head-start,{OPEN_BOOK}", "2:3", "can't be left out"),
        ("programme,clinician", "all-four,Natali", "2:3", 'did you mean "natalie"?'),
        ("programme,edition", "all-four,huge", "2:3", "ink-saver, large-print, standard"),
        ("programme,paper", "all-four,A3", "2:3", "a4, letter"),
        ("programme,language", "all-four,es", "2:3", "the content is written in en-US"),
        ("programme,weeks", "all-four,12", "2:3", "from 2 to 8"),
        ("programme,copies", "all-four,0", "2:3", "from 1 to 999"),
        ("programme,copies", "all-four,two", "2:3", "from 1 to 999"),
        ("programme", "", "2:2", "no programme and no exercise"),
    ],
)
def test_what_is_wrong_names_row_and_column(
    tmp_path: Path, loaded: LoadedContent, head: str, cells: str, place: str, part: str
) -> None:
    said = the_bad(written(tmp_path, f"name,{head}\nAda,{cells}\n"), loaded)
    assert f"roster.csv:{place} error: column " in said
    assert part in said


# -- days ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23", "2026/11/23", "11/23/2026", "23/11/2026", "23.11.2026", "46349", "46349.5",
        "23 Nov 2026", "Nov 23 2026", "november 23 2026", "2026-11-23 10:30", "11/23/2026 10:30 AM",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(
    tmp_path: Path, loaded: LoadedContent, text: str
) -> None:
    path = written(tmp_path, f"name,programme,date\nAda,all-four,{text}\n")
    assert good(path, loaded)[0].sheet.given_on == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("03/04/2026", "write 2026-03-04 or 2026-04-03"),
        ("3-4-2026", "write 2026-03-04 or 2026-04-03"),
        ("11/23/26", "like 2026-11-22"),
        ("2026-02-30", "like 2026-11-22"),
        ("13/13/2026", "like 2026-11-22"),
        ("03/04/1950", "not between 2000 and 2099"),
        ("12345", "not between 2000 and 2099"),
        ("Tuesday", "like 2026-11-22"),
    ],
)
def test_a_doubtful_day_is_not_guessed(
    tmp_path: Path, loaded: LoadedContent, text: str, part: str
) -> None:
    path = written(tmp_path, f"name,programme,date\nAda,all-four,{text}\n")
    said = the_bad(path, loaded)
    assert said.startswith(f'{path}:2:3 error: column "date": ')
    assert part in said
    assert "1950" not in said


def test_the_same_day_and_month_is_one_day(tmp_path: Path, loaded: LoadedContent) -> None:
    path = written(tmp_path, "name,programme,date\nAda,all-four,03/03/2026\n")
    assert good(path, loaded)[0].sheet.given_on == dt.date(2026, 3, 3)


# -- columns ---------------------------------------------------------------------------------


def test_first_and_last_names_are_joined(tmp_path: Path, loaded: LoadedContent) -> None:
    path = written(tmp_path, "Last Name,FIRST_NAME,Program\nSample,Ada,all-four\n")
    assert good(path, loaded)[0].sheet.patient == "Ada Sample"
    path = written(tmp_path, "Name,First name,Program\nSample,Ada,all-four\n")
    assert "both name the patient" in refused(path, loaded)
    path = written(tmp_path, "First name,Program\nAda,all-four\n")
    assert 'there is no column "last name"' in refused(path, loaded)


def test_what_is_not_read_is_named_once(clinic_folder: ClinicFolder) -> None:
    head = "name,programme,Seat,Phone," + ",".join(f"x{n}" for n in range(200))
    outcome = check(clinic_folder, f"{head}\nAda,all-four{',' * 202}\n")
    assert outcome.code == 0
    said = outcome.the_finding('column "Seat", column "Phone"')
    assert "and 190 more are not read" in said
    assert len(outcome.findings) == 1


def test_a_doubtful_column_is_not_guessed(clinic_folder: ClinicFolder) -> None:
    outcome = check(clinic_folder, "name,programme,Appointment\nAda,all-four,11/23/2026\n")
    assert outcome.code == 0
    assert 'name it "date" or "next visit"' in outcome.the_finding("roster.csv:1:3 warning")
    assert check(clinic_folder, "name,programme,Appointment\nA,all-four,\n", "--strict").code == 3


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "the file is empty"),
        ("name,programme\n", "the roster has no rows"),
        ("name,programme\n\n , \n", "the roster has no rows"),
        ("name\nAda\n", 'there is no column "programme" or "exercises"'),
        ("patiant,programme\nAda,all-four\n", 'is it "patiant"? Name the column "name"'),
        ("Ada Sample,all-four\nBen,all-four\n", "the table has no header"),
        ("name,Patient,programme\nA,A,all-four\n", "all mean"),
        ('name,programme\n"Ada,all-four\nBen,all-four\n', "a quotation mark is not closed"),
    ],
)
def test_a_file_that_is_no_roster_is_refused(
    tmp_path: Path, loaded: LoadedContent, text: str, part: str
) -> None:
    said = refused(written(tmp_path, text), loaded)
    assert part in said
    assert "Ada" not in said


def test_a_title_may_stand_above_the_header(tmp_path: Path, loaded: LoadedContent) -> None:
    (row,) = good(written(tmp_path, f"Health fair,\n,\n{HEAD}{GOOD}"), loaded)
    assert (row.number, row.sheet.patient) == (4, "Ada Sample")


def test_text_in_a_column_without_a_name_is_not_lost(tmp_path: Path, loaded: LoadedContent) -> None:
    path = written(tmp_path, "name,programme, \nAda,all-four,\nBen,all-four,rest first\n")
    said = the_bad(path, loaded)
    assert "roster.csv:3:3 error: column 3: text stands in a column without a name" in said
    assert "rest first" not in said


def test_a_second_header_loses_nobody(tmp_path: Path, loaded: LoadedContent) -> None:
    path = written(
        tmp_path, "name,programme,seat\nAda,all-four,1\nPatient,Program,Side\nBea,all-four,2\n"
    )
    ada, header, bea = rows_of(path, loaded)
    assert isinstance(ada, RosterRow)
    assert isinstance(header, BadRow)
    assert isinstance(bea, RosterRow)


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


# -- workbooks -------------------------------------------------------------------------------


def test_a_workbook_s_values_are_read(tmp_path: Path, loaded: LoadedContent) -> None:
    day = dt.datetime.fromisoformat("2026-11-23")
    visit = dt.datetime.fromisoformat("2026-12-01T14:30")
    path = book(
        tmp_path / "roster.xlsx",
        [
            ["id", "name", "programme", "date", "copies", "next visit", None, "goal"],
            [1042, "Ada Sample", "all-four", day, 2.0, visit, None, 1.5],
            [],
            ["7", "Ben", "all-four", 46349, "3"],
        ],
    )
    ada, ben = good(path, loaded)
    assert (ada.record_id, ada.copies, ben.copies, ben.number) == ("1042", 2, 3, 4)
    assert ada.sheet.given_on == ben.sheet.given_on == dt.date(2026, 11, 23)
    assert ada.sheet.next_visit == "Tuesday, December 1, 2026, 2:30 pm"
    assert ada.sheet.goal == "1.5"


def test_a_finding_in_a_workbook_names_row_and_letter(
    tmp_path: Path, loaded: LoadedContent
) -> None:
    rows = [["name", "Program"], ["Ada", "all-for"]]
    said = the_bad(book(tmp_path / "roster.xlsx", rows), loaded)
    assert 'roster.xlsx:2:2 error: column B "Program": there is no programme' in said


def with_value(path: Path, value: str) -> None:
    """Let the only formula of a workbook have a value, as Excel saves it."""
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    sheet = held["xl/worksheets/sheet1.xml"]
    old = b"</f><v></v>" if b"</f><v></v>" in sheet else b"</f><v />"
    assert sheet.count(old) == 1
    held["xl/worksheets/sheet1.xml"] = sheet.replace(old, f"</f><v>{value}</v>".encode()).replace(
        b'<c r="B2">', b'<c r="B2" t="str">'
    )
    with zipfile.ZipFile(path, "w") as parts:
        for name, data in held.items():
            parts.writestr(name, data)


def test_a_formula_s_saved_value_is_read_and_without_one_it_is_refused(
    tmp_path: Path, loaded: LoadedContent
) -> None:
    path = book(tmp_path / "roster.xlsx", [["programme", "name"], ["all-four", '="Ada"&" S"']])
    said = the_bad(path, loaded)
    assert 'roster.xlsx:2:2 error: column B "name": a formula stands' in said
    with_value(path, "Ada S")
    assert good(path, loaded)[0].sheet.patient == "Ada S"


def test_merged_cells_below_the_header_are_refused(tmp_path: Path, loaded: LoadedContent) -> None:
    path = book(tmp_path / "r.xlsx", [["Fair"], ["name", "programme"], ["A", "all-four"], ["B"]])
    made = openpyxl.load_workbook(path)
    made.worksheets[0].merge_cells("A1:B1")
    made.save(path)
    assert len(rows_of(path, loaded)) == 2
    made.worksheets[0].merge_cells("B3:B4")
    made.save(path)
    assert "cells are merged: B3:B4" in refused(path, loaded)


def test_the_first_worksheet_with_a_header_is_read(clinic_folder: ClinicFolder) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"] = "Read me"
    for title, rows in {"People": 2, "More": 1}.items():
        sheet = made.create_sheet(title)
        sheet.append(["name", "programme"])
        for _ in range(rows):
            sheet.append(["Ada", "all-four"])
    made.save(clinic_folder.path / "r.xlsx")
    outcome = clinic_folder.run("roster", "check", "r.xlsx")
    assert "r.xlsx: 2 rows, 2 good, 0 bad" in outcome.out
    assert outcome.the_finding('only the worksheet "People" is read')
    outcome = clinic_folder.run("roster", "check", "r.xlsx", "--worksheet", "More")
    assert "r.xlsx: 1 row, 1 good, 0 bad" in outcome.out
    assert outcome.findings == []
    outcome = clinic_folder.run("roster", "check", "r.xlsx", "--worksheet", "Less")
    assert "Sheet, People, More" in outcome.the_error("no worksheet of this name")


@pytest.fixture(scope="module")
def sample_book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("books") / "sample.xlsx"
    rows = [[f"Person {n}", "all-four", dt.date(2026, 11, 23)] for n in range(40)]
    return book(path, [["name", "programme", "date"], *rows]).read_bytes()


def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, loaded: LoadedContent, sample_book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, sample_book, "r.xlsx")
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    name = "xl/worksheets/sheet1.xml"
    grow = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    with zipfile.ZipFile(tmp_path / "grow.xlsx", "w") as parts:
        for part, data in held.items():
            parts.writestr(part, grow + data if part == name else data)
    assert "the workbook can't be read" in refused(tmp_path / "grow.xlsx", loaded)
    assert len(good(path, loaded)) == 40
    monkeypatch.setattr("handouts.intake.roster.workbook_parts.LARGEST_BYTES", 1000)
    assert "too large to unpack" in refused(path, loaded)


def test_words_that_excel_keeps_apart_are_read(
    tmp_path: Path, loaded: LoadedContent, sample_book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel writes each text once, into a part of its own; cells name its number."""
    with zipfile.ZipFile(io.BytesIO(sample_book)) as parts:
        held = {name: parts.read(name).decode() for name in parts.namelist()}
    name, types = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
    words: list[str] = []

    def number(match: re.Match[str]) -> str:
        words.append(match[1])
        return f't="s"><v>{len(words) - 1}</v></c>'

    inline = re.compile(r't="inlineStr"><is><t>(.*?)</t></is></c>')
    held[name] = inline.sub(number, held[name])
    assert len(words) == 2 * 40 + 3
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = "".join(f"<si><r><t>{word[:2]}</t></r><r><t>{word[2:]}</t></r></si>" for word in words)
    held["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{texts}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    held[types] = held[types].replace("</Types>", override)
    path = tmp_path / "excel.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        for part, text in held.items():
            parts.writestr(part, text)
    assert [row.sheet.patient for row in good(path, loaded)] == [f"Person {n}" for n in range(40)]
    monkeypatch.setattr("handouts.intake.roster.workbook_parts.LARGEST_WORDS_BYTES", 100)
    assert "too large to unpack" in refused(path, loaded)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_is_refused_or_read_but_never_breaks(
    tmp_path: Path, loaded: LoadedContent, sample_book: bytes, data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from([sample_book, (HEAD + GOOD * 3).encode()]))
    spoilt = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    length = data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))
    path = written(tmp_path, bytes(spoilt[:length]))
    with contextlib.suppress(ContentError):
        rows_of(path, loaded)


def packed(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        for name in names:
            parts.writestr(name, "<x/>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "without a password"),
        (packed("mimetype", "content.xml"), "no spreadsheet"),
        (packed("xl/workbook.xml"), "the workbook can't be read"),
        (b"PK\3\4 broken", "the workbook is damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 600, "the file is a picture"),
        (b"%PDF-1.7\n", "the file is a PDF"),
    ],
    # Without names of their own they hold the archive's time, and no two workers agree.
    ids=["locked", "no workbook", "half a workbook", "damaged", "picture", "PDF"],
)
def test_what_is_no_table_is_refused_whatever_its_name(
    clinic_folder: ClinicFolder, data: bytes, part: str
) -> None:
    assert part in check(clinic_folder, data).the_error("roster.csv")


def test_a_missing_file_and_a_folder_are_refused(clinic_folder: ClinicFolder) -> None:
    assert clinic_folder.run("roster", "check", "none.csv").the_error("none.csv", "can't be read")
    assert clinic_folder.run("roster", "check", "styles").the_error("it is a folder")


# -- cell for cell ---------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
FIRST = ("name", "programme", "goal", "café")


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_table_of_text_is_read_cell_for_cell(tmp_path: Path, data: st.DataObject) -> None:
    encoding = data.draw(
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    )
    cell = ANY_TEXT
    table = [FIRST, *data.draw(st.lists(st.tuples(cell, cell, cell, cell), max_size=6))]
    text = io.StringIO(newline="")
    between = data.draw(st.sampled_from(",;\t|"))
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    csv.writer(text, delimiter=between, quoting=quoting).writerows(table)
    path = written(tmp_path, text.getvalue().encode(encoding))
    assert list(open_table(path).rows()) == table


IN_WORKBOOK = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(table=st.lists(st.tuples(*[IN_WORKBOOK] * 3), min_size=1, max_size=6))
def test_any_workbook_of_text_is_read_cell_for_cell(
    tmp_path: Path, table: list[tuple[str, ...]]
) -> None:
    path = book(tmp_path / "any.xlsx", [FIRST[:3], *table], as_text=True)
    rows = list(open_table(path).rows())
    assert [row[:3] + ("",) * (3 - len(row)) for row in rows] == [FIRST[:3], *table]


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(table=st.lists(st.tuples(*[ANY_TEXT] * 3), min_size=1, max_size=6))
def test_a_written_table_holds_no_formula_and_every_cell(
    tmp_path: Path, table: list[tuple[str, ...]]
) -> None:
    path = tmp_path / "w.csv"
    write_table(path, [FIRST[:3], *table])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(open_table(path).rows())
    for row, cells in zip(rows[1:], table, strict=True):
        for got, cell in zip(row, cells, strict=True):
            assert not got.lstrip().startswith(("=", "+", "-", "@"))
            assert as_written(got) == cell.replace("\0", "\ufffd")


# -- rows that failed ------------------------------------------------------------------------


def test_failed_rows_are_mended_and_run_again(tmp_path: Path, loaded: LoadedContent) -> None:
    text = (
        "name,programme,Seat,goal\nAda,all-four,1,\nBen,al-four,=2,+ ski\n"
        "Cy,all-four,3,\n=x(),all-four,4,\nToo,all-four,5,,6\n"
    )
    roster = read_roster(written(tmp_path, text), loaded, TODAY)
    failed = tmp_path / "failed.csv"
    write_failed(failed, roster.columns, [row for row in roster if isinstance(row, BadRow)])
    assert stat.S_IMODE(failed.stat().st_mode) == 0o600
    rows = list(csv.reader(io.StringIO(failed.read_text("utf-8-sig"), newline="")))
    assert rows[0] == ["row", "what is wrong", "name", "programme", "Seat", "goal"]
    assert [row[0] for row in rows[1:]] == ["3", "5", "6"]
    assert rows[1][2:] == ["Ben", "al-four", "'=2", "'+ ski"]
    assert 'did you mean "all-four"?' in rows[1][1]
    assert rows[2][2] == "'=x()"
    again = read_roster(failed, loaded, TODAY)
    assert [finding.what for finding in again.findings] == ['column "Seat" is not read']
    assert all(isinstance(row, BadRow) for row in again)
    twice = tmp_path / "twice.csv"
    write_failed(twice, again.columns, [row for row in again if isinstance(row, BadRow)])
    assert [
        row[2:] for row in csv.reader(io.StringIO(twice.read_text("utf-8-sig"), newline=""))
    ] == [row[2:] for row in rows]
    mended = failed.read_text("utf-8-sig").replace("al-four", "all-four").replace("all-lfour", "")
    mended = mended.replace("'=x()", "Dee").replace(",,6", ",")
    first, *_ = good(written(tmp_path, mended, "mended.csv"), loaded)
    assert (first.sheet.patient, first.sheet.goal) == ("Ben", "+ ski")


# -- the commands ----------------------------------------------------------------------------


def test_check_says_everything_and_counts(clinic_folder: ClinicFolder) -> None:
    text = (
        "name,programme,exercises,side,copies\nAda,all-four,,,2\nBen,al-four,,up,0\n\n"
        f"Cy,,{OPEN_BOOK},left,\n"
    )
    outcome = check(clinic_folder, text, "--failed", "failed.csv")
    assert outcome.code == 3
    assert outcome.out == (
        "roster.csv: 3 rows, 2 good, 1 bad, 1 empty passed over\n"
        "  (exercises of their own)  1 sheet\n"
        "  all-four                  2 sheets\n"
        '  name       column "name"\n'
        '  programme  column "programme"\n'
        '  exercises  column "exercises"\n'
        '  side       column "side"\n'
        '  copies     column "copies"\n'
        "failed.csv\n"
    )
    for place in ("roster.csv:3:2", "roster.csv:3:4", "roster.csv:3:5"):
        assert outcome.the_finding(place)
    assert (clinic_folder.path / "failed.csv").exists()
    found = json.loads(check(clinic_folder, text, "--json").out)
    assert (found["rows"], found["good"], found["bad"], found["empty"]) == (3, 2, 1, 1)
    assert found["sheets"] == {"(exercises of their own)": 1, "all-four": 2}
    assert [(item["line"], item["column"]) for item in found["findings"]] == [
        (3, 2),
        (3, 4),
        (3, 5),
    ]


def test_failed_rows_are_not_written_over_the_roster(clinic_folder: ClinicFolder) -> None:
    outcome = check(clinic_folder, f"{HEAD}Ada,al-four\n", "--failed", "roster.csv")
    assert outcome.the_error("would be written over the roster")
    assert (clinic_folder.path / "roster.csv").read_text() == f"{HEAD}Ada,al-four\n"


def test_no_failed_rows_no_file(clinic_folder: ClinicFolder) -> None:
    outcome = check(clinic_folder, HEAD + GOOD, "--failed", "failed.csv")
    assert outcome.code == 0
    assert not (clinic_folder.path / "failed.csv").exists()


@pytest.mark.parametrize("name", ["roster.csv", "people.xlsx"])
def test_the_sample_roster_passes_its_check(clinic_folder: ClinicFolder, name: str) -> None:
    args = () if name == "roster.csv" else (name,)
    assert clinic_folder.run("roster", "template", *args).code == 0
    data = (clinic_folder.path / name).read_bytes()
    outcome = clinic_folder.run("roster", "check", name, "--strict")
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith(f"{name}: 3 rows, 3 good, 0 bad\n")
    assert clinic_folder.run("roster", "template", name).the_error("already there")
    (clinic_folder.path / name).unlink()
    assert clinic_folder.run("roster", "template", name).code == 0
    assert (clinic_folder.path / name).read_bytes() == data
    assert clinic_folder.run("roster", "template", "r.ods").the_error(
        "end the name in .csv or .xlsx"
    )


def test_several_clinicians_must_be_told_apart(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(
        "    natalie:\n",
        '    omar:\n      name: "Omar Sample"\n      credentials: "PT"\n'
        '      licence: "PT-1 (sample)"\n    natalie:\n',
    )
    outcome = check(clinic_folder, HEAD + GOOD)
    assert outcome.code == 3
    assert outcome.the_error('there is no column "clinician"', "omar, natalie")
    outcome = check(
        clinic_folder, "name,programme,therapist\nAda,all-four,\nBen,all-four,omar sample\n"
    )
    assert outcome.the_error('roster.csv:2:3 error: column "therapist": the clinician is missing')


def test_rows_are_read_one_at_a_time(tmp_path: Path, loaded: LoadedContent) -> None:
    def peak(count: int) -> int:
        path = written(tmp_path, HEAD + GOOD * count)
        roster = read_roster(path, loaded, TODAY)
        tracemalloc.start()
        read = sum(isinstance(row, RosterRow) for row in roster)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert read == count
        return most

    peak(10)
    assert peak(12_000) < 1.2 * peak(4000)
