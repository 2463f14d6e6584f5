"""Lists that handouts writes: no spreadsheet finds a formula, and reading gives every cell back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handouts.basics.errors import ContentError
from handouts.intake.roster.columns import read_header
from handouts.intake.roster.failed import write_failed
from handouts.intake.roster.formulas import as_written, harmless
from handouts.intake.roster.read import BadRow, RosterRow, read_roster
from handouts.load.content import LoadedContent, load_content
from handouts.print_run.manifest import ManifestLine, RunManifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = dt.date(2026, 12, 1)
DDE = "=cmd|'/C calc'!A0"
SPLITTERS = (*',;\t|\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"', "；", "｜", "，")
BLANKS = (
    " \t\n\r\v\f\0\x1b\x7f\xa0\xad\u034f\u115f\u1680\u180e"
    "\u2003\u200b\u200e\u202e\u2028\u2060\u2800\u3000\u3164\ufe0f\ufeff\uffa0"
)
WILD = st.text(
    st.one_of(
        st.sampled_from(BLANKS + ",;|\"'=+-@＝＋－＠﹦﹫"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=14,
)


@cache
def content() -> LoadedContent:
    return load_content(ROOT / "content.yaml")


def is_formula(field: str) -> bool:
    """Say whether a careless spreadsheet would work a field out: it cuts off all it can't see."""
    while field and (
        field[0] == '"'
        or field[0] in BLANKS
        or unicodedata.category(field[0]) in {"Zs", "Zl", "Zp", "Cc", "Cf"}
    ):
        field = field[1:]
    return unicodedata.normalize("NFKC", field)[:1] in {"=", "+", "-", "@"} and bool(field)


def fields(text: str) -> Iterator[str]:
    """Cut a file's text in every way that a spreadsheet may have been told to."""
    for splitter in SPLITTERS:
        yield from text.split(splitter)
        if splitter not in '"\n\r':
            for skips in (False, True):
                reader = csv.reader(
                    io.StringIO(text, newline=""), delimiter=splitter, skipinitialspace=skips
                )
                for row in reader:
                    yield from row
    for quoting in (csv.QUOTE_NONE, csv.QUOTE_MINIMAL):
        for row in csv.reader(io.StringIO(text, newline=""), quoting=quoting):
            yield from row


def with_lost_nul(cell: str) -> str:
    """Give a cell as it is written: NUL would end it in many programs, and is refused anyway."""
    return cell.replace("\0", "\ufffd")


def test_the_adversary_finds_what_is_there() -> None:
    for text in (
        f"1,{DDE}",
        f"1,x;{DDE}",
        f'1,"a ""b"";{DDE}"',
        "1,\xa0+1",
        "1,\ufeff@SUM(A1)",
        "1,x\u3000\t\u3000=1",
        '1,"x\n -2+3"',
        "1,＝1+1",
        '1,"say ""=1"""',
    ):
        assert any(map(is_formula, fields(text))), text
    assert not any(map(is_formula, fields("1,x - y = z @ home +'")))


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        (DDE, "'" + DDE),
        (f"x;{DDE}", f"x;'{DDE}"),
        (f"x,\xa0{DDE}", f"x,\xa0'{DDE}"),
        (f"x|\u3000\ufeff{DDE}", f"x|\u3000\ufeff'{DDE}"),
        (f'say "{DDE}', f"say \"'{DDE}"),
        ("a\n- b\n- c", "a\n'- b\n'- c"),
        ("＝1", "'＝1"),
        ("-5", "'-5"),
        ("+1 555 0142", "'+1 555 0142"),
        ("'=1", "''=1"),
        ("'s Hertogenbosch", "'s Hertogenbosch"),
        ("Ada - Sample", "Ada - Sample"),
        ("2-3 times, a = b", "2-3 times, a = b"),
        ("ada@example.com", "ada@example.com"),
    ],
)
def test_only_what_could_begin_a_formula_is_guarded(cell: str, guarded: str) -> None:
    assert harmless(cell) == guarded
    assert as_written(guarded) == cell


@settings(max_examples=400)
@given(cell=WILD)
@example(cell=f"'';'';{DDE}")
@example(cell='"\'"=')
def test_a_guard_comes_off_as_it_went_on(cell: str) -> None:
    assert as_written(harmless(cell)) == cell
    assert not is_formula(harmless(cell))


@settings(max_examples=120)
@given(
    rows=st.lists(st.tuples(WILD, WILD, WILD, WILD), min_size=1, max_size=4),
    header=st.tuples(WILD, WILD),
)
@example(rows=[(DDE, f"x;{DDE}", "", "'=1")], header=("a;name;programme;side;hold;goal", "=1"))
@example(rows=[("Ada", "x\n;=1", '"=1";"+2', "\ufeff=1")], header=("\t=1", "row,name"))
def test_failed_rows_hold_no_formula_and_come_back_cell_for_cell(
    tmp_path: Path, rows: list[tuple[str, ...]], header: tuple[str, ...]
) -> None:
    rows = [tuple(map(with_lost_nul, cells)) for cells in rows]
    names = ("name", "programme", *map(with_lost_nul, header))
    columns, told = read_header(names, "r.csv", 1, lettered=False, prescribes=True)
    path = tmp_path / "failed.csv"
    write_failed(path, columns, [BadRow(n, "", cells, ()) for n, cells in enumerate(rows, 2)])
    found = [field for field in fields(path.read_text("utf-8-sig")) if is_formula(field)]
    assert not found
    if any(finding.severity == "error" for finding in told):
        with pytest.raises(ContentError):  # the header itself is no roster's
            read_roster(path, content(), TODAY)
        return
    again = read_roster(path, content(), TODAY)
    assert again.columns.header[2:] == names
    assert [row.cells[2:] for row in again] == rows
    twice = tmp_path / "twice.csv"
    write_failed(twice, again.columns, [BadRow(row.number, "", row.cells, ()) for row in again])
    assert [row.cells[2:] for row in read_roster(twice, content(), TODAY)] == rows


def test_a_mended_row_prints_the_note_that_was_written(tmp_path: Path) -> None:
    note = f'Rest;{DDE}, then \'-5 or "+2"\n- slowly'
    path = tmp_path / "people.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(
            [
                ("name", "programme", "note for the patient", "goal"),
                ("Ada", "al-four", note, "+ ski"),
            ]
        )
    roster = read_roster(path, content(), TODAY)
    failed = tmp_path / "failed.csv"
    write_failed(failed, roster.columns, [row for row in roster if isinstance(row, BadRow)])
    failed.write_text(
        failed.read_text("utf-8-sig").replace(",al-four,", ",all-four,"), encoding="utf-8-sig"
    )
    (row,) = read_roster(failed, content(), TODAY)
    assert isinstance(row, RosterRow), [str(finding) for finding in row.findings]
    assert (row.sheet.notes, row.sheet.goal) == (note, "+ ski")


def test_a_note_of_a_list_that_somebody_else_wrote_keeps_its_apostrophes(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,programme,note for the patient\nAda,all-four,\"use tape, '+2' wide\"\n")
    (row,) = read_roster(path, content(), TODAY)
    assert isinstance(row, RosterRow)
    assert row.sheet.notes == "use tape, '+2' wide"


def test_failed_rows_that_were_saved_with_semicolons_are_still_known(tmp_path: Path) -> None:
    path = tmp_path / "failed.csv"
    path.write_text(
        f'row;what is wrong;name;programme;note for the patient\n2;x;Ada;all-four;"x;\'{DDE}"\n'
    )
    (row,) = read_roster(path, content(), TODAY)
    assert isinstance(row, RosterRow)
    assert row.sheet.notes == f"x;{DDE}"


@settings(max_examples=60)
@given(name=WILD, piece=WILD)
@example(name=f"Ada;{DDE}", piece="\u3000=1")
def test_the_list_of_a_run_holds_no_formula(tmp_path: Path, name: str, piece: str) -> None:
    table, data = tmp_path / "m.csv", tmp_path / "m.json"
    line = ManifestLine(
        "run.pdf", 1, "sheet", piece, 2, "r-1", 1, 1, 2, "standard", "letter", "", "", name
    )
    with RunManifest(table, data, with_names=True) as manifest:
        manifest.add(line)
        manifest.finish({"sheets": 1})
    assert not [field for field in fields(table.read_text("utf-8-sig")) if is_formula(field)]
