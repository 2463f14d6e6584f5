"""Rosters as workbooks, and any table read cell for cell."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roster_tools import (
    GOOD,
    HEAD,
    check,
    good,
    refused,
    rows_of,
    the_bad,
    written,
)
from sheet_tools import whole_content

from handouts.basics.errors import ContentError
from handouts.intake.roster.failed import write_table
from handouts.intake.roster.formulas import as_written
from handouts.intake.roster.tables import open_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.load.content import LoadedContent


@pytest.fixture(scope="module")
def loaded() -> LoadedContent:
    return whole_content()


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


@pytest.mark.parametrize("number", [5550142, -5550142, 5550142.25, 5555550142])
def test_a_number_that_is_shown_as_a_length_of_time_leaves_the_others_readable(
    tmp_path: Path, loaded: LoadedContent, number: float
) -> None:
    """A column of phone numbers whose format somebody changed."""
    made = openpyxl.Workbook()
    made.active.append(["name", "programme", "phone"])
    made.active.append(["Ada Sample", "all-four", number])
    made.active.append(["Ben Sample", "all-four", 0.5])
    for row in (2, 3):
        made.active.cell(row, 3).number_format = "[h]:mm"
    made.save(tmp_path / "roster.xlsx")
    ada, ben = good(tmp_path / "roster.xlsx", loaded)
    assert (ada.sheet.patient, ben.sheet.patient) == ("Ada Sample", "Ben Sample")


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
