"""The log of a patient's sheet: boxes for each time, on the days that are meant, and what to do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from promised import change, set_at
from sheet_tools import (
    ADA,
    LEVATOR,
    OPEN_BOOK,
    RELEASE,
    from_file,
    from_options,
    kept,
    printed_sheet,
    refused_sheet,
    resolved,
    shared_sheet,
)

from handouts.compose.log_view import log_tables, log_words
from handouts.compose.views import LogBoxes
from handouts.prescribe.days import done_alike
from handouts.wording.language import language

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.compose.views import LogTable

ENGLISH = language("en-US")
START = dt.date(2026, 12, 1)
"""A Tuesday."""


def tables_of(*exercises: str, **values: object) -> tuple[LogTable, ...]:
    sheet = resolved(from_options(*exercises, patient="Ada", date=str(START), **values))
    return log_tables(ENGLISH, sheet, [item.exercise for item in sheet.exercises], 2)


@pytest.mark.parametrize(
    ("dose", "first", "second"),
    [
        ("times=1", (1, 0), (1, 0)),
        ("times=2", (2, 0), (2, 0)),
        ("times=1-2", (1, 1), (1, 1)),
        ("at=morning/evening", (2, 0), (2, 0)),
        ("when=When a headache starts,times=2", (0, 2), (0, 2)),
        ("times=1,days=3-5", (0, 1), (0, 1)),
        ("times=2,days=every second day", (2, 0), None),
        ("weeks1-2.times=1,weeks3-4.times=1-2", (1, 0), (1, 0)),
    ],
)
def test_a_day_has_as_many_boxes_as_the_dose_may_need(
    dose: str, first: tuple[int, int], second: tuple[int, int] | None
) -> None:
    tables = tables_of(f"{LEVATOR}:side=left,{dose}", OPEN_BOOK + ":side=left", log_weeks=4)
    name = f"{LEVATOR}, 3–5 days a week" if "3-5" in dose else LEVATOR
    (row,) = (row for row in tables[0].rows if row.name == name)
    assert row.boxes[0] == LogBoxes(*first)
    assert row.boxes[1] == (None if second is None else LogBoxes(*second))
    if dose.startswith("weeks"):
        (row,) = (row for row in tables[1].rows if row.name == LEVATOR)
        assert row.boxes[0] == LogBoxes(1, 1)


def test_past_six_boxes_a_day_there_is_room_for_a_number() -> None:
    reason = (f"{LEVATOR}:times=7: agreed with the patient",)
    (table,) = tables_of(f"{LEVATOR}:side=left,times=7", beyond_limits=reason)
    assert (
        table.rows[0].name == f"{LEVATOR}: write how many times (all repeats together are one time)"
    )
    assert set(table.rows[0].boxes) == {LogBoxes(0, 0)}


def test_a_table_ends_where_the_doses_change() -> None:
    dose = "weeks1-3.hold=10s,weeks4-5.hold=20s"
    tables = tables_of(f"{LEVATOR}:side=left,{dose}")
    weeks = [table.dates.partition(":")[0] for table in tables]
    assert weeks == ["Weeks 1–2", "Week 3", "Weeks 4–5"]


def test_one_row_stands_only_for_exercises_that_are_done_alike() -> None:
    def alike(*exercises: str) -> bool:
        return done_alike(resolved(from_options(*exercises, patient="Ada")))

    assert alike(f"{LEVATOR}:side=left", RELEASE)
    assert not alike(f"{LEVATOR}:side=left,times=1", RELEASE)
    assert not alike(f"{LEVATOR}:side=left,days=mon/fri", RELEASE)
    assert not alike(f"{LEVATOR}:side=left,stop=1", RELEASE)


def test_a_diary_has_each_day_and_an_exercise_its_own() -> None:
    (table,) = tables_of(f"{RELEASE}:days=mon/wed/fri", log=("pain", "headache"))
    assert [row.name for row in table.rows] == [
        RELEASE,
        "Pain, 0–10 (10: worst)",
        "I had a headache",
    ]
    assert len(table.days) == 14
    assert sum(box is not None for box in table.rows[0].boxes) == 6
    assert set(table.rows[1].boxes) == {LogBoxes(0, 0)}
    assert set(table.rows[2].boxes) == {LogBoxes(1, 0)}


def test_the_log_says_which_boxes_may_stay_empty_and_what_to_do_when_it_is_full() -> None:
    bring = "Bring this log to your next visit."
    after = f"{bring} After the last day, call us: 1."
    twice, ranges = tables_of(f"{RELEASE}:times=2"), tables_of(f"{RELEASE}:times=1-2")
    assert log_words(ENGLISH, twice, "1", comes_again=False) == after
    assert log_words(ENGLISH, twice, "1", comes_again=True) == bring
    dashed = "Dashed boxes are for extra times: they may stay empty."
    assert log_words(ENGLISH, ranges, "1", comes_again=False) == f"{dashed} {after}"


def boxes_on(path: Path, page: int) -> int:
    """Count the boxes with a whole line round them on a page whose log has room."""
    document = pypdfium2.PdfDocument(path)
    count = 0
    for item in document[page].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds()
        count += abs(right - left - 12.5) < 0.3 and abs(top - bottom - 16.5) < 0.3
    document.close()
    return count


def test_what_is_asked_for_is_drawn() -> None:
    args = (*ADA, "--date", str(START), "--exercise", f"{RELEASE}:times=2,days=mon/wed/fri")
    sheet, _ = shared_sheet(*args, "--log", "pain,headache", "--layout", "1")
    page = sheet.page_of("Tick each time you did it")
    assert sheet.says("Pain, 0–10 (10: worst)", "I had a headache", "After the last day, call us")
    assert not sheet.says("Dashed boxes")
    assert boxes_on(sheet.path, page) == 6 * 2 + 14


def test_a_programme_says_what_its_log_asks_for(clinic_folder: ClinicFolder) -> None:
    programme = {"name": "One", "exercises": [RELEASE], "log": ["headache"]}
    change(clinic_folder, set_at("programmes", "one", to=programme))
    (clinic_folder.path / "ada.yaml").write_text("patient: Ada\nprogramme: one\nlog: []\n")
    sheet, _ = printed_sheet(clinic_folder, *ADA, "--programme", "one")
    assert sheet.says("I had a headache")
    sheet, _ = printed_sheet(clinic_folder, "ada.yaml")
    assert not sheet.says("I had a headache")


def test_a_saved_prescription_keeps_its_log(tmp_path: Path) -> None:
    sheet = resolved(from_options(RELEASE, patient="Ada", log=("headache", "pain")))
    tree = kept(sheet)
    assert tree["log"] == ["headache", "pain"]
    assert resolved(from_file(tmp_path / "ada.yaml", tree)).log == sheet.log


@pytest.mark.parametrize(
    ("log", "said"),
    [("[sleep]", "pain"), ("[pain, pain]", "write each once"), ("pain", "list")],
)
def test_what_no_log_asks_for_is_refused(clinic_folder: ClinicFolder, log: str, said: str) -> None:
    text = f"patient: Ada\nexercises: [{RELEASE}]\nlog: {log}\n"
    (clinic_folder.path / "ada.yaml").write_text(text)
    assert refused_sheet(clinic_folder, "ada.yaml").finding_with("ada.yaml:3", said)


def test_a_log_that_is_longer_than_its_exercises_is_refused(clinic_folder: ClinicFolder) -> None:
    args = (*ADA, "--weeks", "6", "--exercise", f"{RELEASE}:stop=3", "--exercise")
    phases = f"{LEVATOR}:side=left,weeks1-2.hold=10s,weeks3-4.hold=20s"
    refused = refused_sheet(clinic_folder, *args, phases)
    assert refused.finding_with(
        "--weeks error: the log runs 6 weeks, and the exercises end after 4", "give --weeks 4"
    )
