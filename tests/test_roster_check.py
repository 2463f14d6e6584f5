"""Rosters at the command line: rows that failed, and what a check says."""

from __future__ import annotations

import csv
import io
import json
import stat
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from roster_tools import (
    GOOD,
    HEAD,
    OPEN_BOOK,
    TODAY,
    check,
    good,
    written,
)
from sheet_tools import whole_content

from handouts.intake.roster.failed import write_failed
from handouts.intake.roster.read import BadRow, RosterRow, read_roster

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.load.content import LoadedContent


@pytest.fixture(scope="module")
def loaded() -> LoadedContent:
    return whole_content()


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
