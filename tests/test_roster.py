"""Rosters: what stands in a cell is what is printed, or a finding that names row and column."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from roster_tools import (
    GOOD,
    HEAD,
    LEVATOR,
    OPEN_BOOK,
    RELEASE,
    TODAY,
    check,
    good,
    refused,
    rows_of,
    the_bad,
    written,
)
from sheet_tools import whole_content

from handouts.basics.choices import Side
from handouts.intake.roster.read import BadRow, RosterRow
from handouts.prescribe.resolve import resolve

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.load.content import LoadedContent


@pytest.fixture(scope="module")
def loaded() -> LoadedContent:
    return whole_content()


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
