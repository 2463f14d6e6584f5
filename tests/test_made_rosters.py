"""Lists of every form: each is read right, or refused with its place and mend."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
import unicodedata
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ROOT, ClinicFolder
from hypothesis import given
from hypothesis import strategies as st
from made_rosters import made
from roster_makers import PROGRAMME, Made, repacked

from handouts.basics.errors import ContentError
from handouts.basics.findings import Severity
from handouts.cli.setting_names import option
from handouts.intake.roster.cell_texts import unescaped
from handouts.intake.roster.columns import SaidColumns
from handouts.intake.roster.failed import write_failed
from handouts.intake.roster.header_words import plain
from handouts.intake.roster.number_formats import shown_moment, shown_number, shown_text
from handouts.intake.roster.read import BadRow, RosterRow, read_roster
from handouts.intake.roster.reading import Reading
from handouts.load.content import LoadedContent, load_content
from handouts.models.personal import name_fault, text_fault
from handouts.print_run.request import defaults_layer

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.findings import Finding

TODAY = dt.date(2026, 12, 1)
MADE = made()


@pytest.fixture(scope="module")
def loaded() -> LoadedContent:
    return load_content(ROOT / "content.yaml")


def said(row: RosterRow, key: str) -> str:
    """Give what a sheet says, by a prescription's key."""
    if key == "side":
        return str(row.sheet.exercises[0].dose.side)
    return str(getattr(row.sheet, key))


@pytest.mark.parametrize("one", MADE, ids=lambda one: ascii(one.name))
def test_a_list_is_read_right_or_refused_with_its_mend(
    one: Made, tmp_path: Path, loaded: LoadedContent
) -> None:
    path = tmp_path / f"people{one.suffix}"
    path.write_bytes(one.data)
    defaults = defaults_layer({"programme": PROGRAMME} if one.default else {}, loaded)
    findings: list[Finding] = []
    rows: list[RosterRow | BadRow] = []
    try:
        roster = read_roster(path, loaded, TODAY, one.reading, defaults)
        rows = [*roster]
        findings += [*roster.findings, *(f for row in rows for f in row.findings), *roster.seen]
    except ContentError as error:
        findings += error.report.findings
    assert rows or any(finding.severity is Severity.ERROR for finding in findings)
    people = [row for row in rows if isinstance(row, RosterRow)]
    assert tuple(row.sheet.patient for row in people) == one.people
    assert tuple(row.number for row in rows if isinstance(row, BadRow)) == one.bad
    texts = [str(finding.in_words(option)) for finding in findings]
    for part in one.told:
        assert any(part in text for text in texts), texts
    for finding in findings:
        if finding.severity is Severity.ERROR:
            assert finding.mend, finding
    for key, value in one.own:
        assert said(people[0], key) == value


def test_there_are_as_many_forms_and_encodings_as_there_should_be() -> None:
    assert len(MADE) >= 100
    assert len({one.form for one in MADE}) >= 25
    assert len({one.encoding for one in MADE if one.suffix in {".csv", ".tsv"}}) >= 12
    assert len({one.name for one in MADE}) == len(MADE)


def read(name: str, loaded: LoadedContent, **said: str) -> list[RosterRow | BadRow]:
    columns = SaidColumns(tuple(said.items()))
    path = ROOT / "tests" / "data" / "rosters" / name
    return [*read_roster(path, loaded, TODAY, Reading(columns=columns))]


def test_days_that_are_counted_from_1904(loaded: LoadedContent) -> None:
    (row,) = read("epoch-1904-general.xlsx", loaded)
    assert isinstance(row, RosterRow)
    assert row.sheet.given_on == dt.date(2026, 11, 28)


def test_a_failed_row_of_a_workbook_from_1904_keeps_its_day(
    tmp_path: Path, loaded: LoadedContent
) -> None:
    path = ROOT / "tests" / "data" / "rosters" / "epoch-1904-general.xlsx"
    data = repacked(path.read_bytes(), {PROGRAMME: "neck-and-head-stat"})
    (tmp_path / "people.xlsx").write_bytes(data)
    roster = read_roster(tmp_path / "people.xlsx", loaded, TODAY)
    write_failed(tmp_path / "failed.csv", roster.columns, [r for r in roster if type(r) is BadRow])
    text = (tmp_path / "failed.csv").read_text("utf-8-sig").replace("head-stat", "head-start")
    (tmp_path / "failed.csv").write_text(text)
    (row,) = read_roster(tmp_path / "failed.csv", loaded, TODAY)
    assert isinstance(row, RosterRow)
    assert row.sheet.given_on == dt.date(2026, 11, 28)


def test_a_return_that_office_wrote_in_a_name_is_refused(loaded: LoadedContent) -> None:
    ada, bo = read("escaped-return.xlsx", loaded, note="notes")
    assert isinstance(ada, BadRow)
    assert "more than one line" in str(ada.findings[0])
    assert isinstance(bo, RosterRow)
    assert bo.sheet.patient == "Bo Example"


def test_a_time_is_read_as_the_sheet_shows_it(loaded: LoadedContent) -> None:
    rows = read("time-cell.xlsx", loaded)
    assert all(isinstance(row, RosterRow) for row in rows)
    assert [row.sheet.next_visit for row in rows if isinstance(row, RosterRow)] == [
        "Tuesday, December 1, 2026, 10:30 am",
        "10:30:00",
        "Tuesday, December 1, 2026",
    ]
    assert {row.sheet.given_on for row in rows if isinstance(row, RosterRow)} == {
        dt.date(2026, 11, 28)
    }


# -- what the command says -------------------------------------------------------------------


def test_an_unknown_encoding_is_told_with_words_in_two_readings(
    clinic_folder: ClinicFolder,
) -> None:
    text = "name,programme,notes\nAda Müller,all-four,Ärger\nBo Peña,all-four,x\n"
    (clinic_folder.path / "r.csv").write_bytes(text.encode("cp1252"))
    said = clinic_folder.run("roster", "check", "r.csv").the_error("r.csv:1:1")
    assert "Müller, Peña" in said
    assert "--encoding cp1252" in said
    assert said.count("--encoding ") >= 2
    assert "Ada" not in said
    assert "Ärger" not in said
    outcome = clinic_folder.run("roster", "check", "r.csv", "--encoding", "cp1252")
    assert outcome.code == 0
    assert "2 rows, 2 good" in outcome.out
    outcome = clinic_folder.run("roster", "check", "r.csv", "--encoding", "utf-16")
    assert outcome.code == 3


def test_check_says_what_each_column_was_taken_for(clinic_folder: ClinicFolder) -> None:
    text = "Who,Notes,Anreise\nAda Sample,Go on.,x\n"
    (clinic_folder.path / "r.csv").write_text(text)
    args = ("roster", "check", "r.csv", "--programme", "all-four", "--column", "name=Who")
    outcome = clinic_folder.run(*args, "--column", "notes=Notes", "--edition", "large-print")
    assert outcome.code == 0, outcome.err
    assert '  name                  column "Who"\n' in outcome.out
    assert '  note for the patient  column "Notes"\n' in outcome.out
    found = json.loads(clinic_folder.run(*args, "--json").out)
    assert found["columns"] == {"name": "Who"}
    assert "held back" in str(found["findings"])
    assert clinic_folder.run("roster", "check", "r.csv", "--column", "name").code == 2
    outcome = clinic_folder.run("roster", "check", "r.csv", "--programme", "nothing")
    assert outcome.the_error("--programme")


def test_a_plan_says_how_a_list_is_read(clinic_folder: ClinicFolder) -> None:
    rows = "Wer,Ziel\nZoë Müller,Gehen\nTotal,\n"
    (clinic_folder.path / "r.csv").write_bytes(rows.encode("cp1252"))
    plan = {
        "title": "Fair",
        "defaults": {"programme": "neck-and-head-start"},
        "parts": [{"roster": "r.csv", "encoding": "cp1252", "columns": {"name": "Wer"}}],
    }
    (clinic_folder.path / "run.yaml").write_text(yaml.safe_dump(plan))
    outcome = clinic_folder.run("batch", "run.yaml")
    assert outcome.code == 6, outcome.err
    assert "1 sheet" in outcome.out
    assert "--column name=Wer" in outcome.out
    assert "--encoding" not in outcome.out, "the rows to be mended are UTF-8"
    plan["parts"] = [{"piece": "brochure", "copies": 1, "encoding": "cp1252"}]
    (clinic_folder.path / "run.yaml").write_text(yaml.safe_dump(plan))
    assert clinic_folder.run("batch", "run.yaml").finding_with("this is for a roster")


@pytest.mark.parametrize("option", [("--encoding", "cp1252"), ("--column", "name=Who")])
def test_how_a_list_is_read_stands_in_a_plan(
    clinic_folder: ClinicFolder, option: tuple[str, str]
) -> None:
    assert clinic_folder.run("batch", "run.yaml", *option).code == 2


# -- words -----------------------------------------------------------------------------------


def test_no_word_of_a_header_means_two_things() -> None:
    held = tomllib.loads((ROOT / "handouts/intake/roster/headers.toml").read_text("utf-8"))
    seen: dict[str, str] = {}
    others = {"held back": held["held_back"], "doubtful": {"en": held["doubtful"]}}
    for key, named in (held["columns"] | others).items():
        for word in (plain(word) for words in named.values() for word in words):
            assert seen.setdefault(word, key) == key, word
    assert {language for named in held["columns"].values() for language in named} >= {
        "en", "es", "fr", "de", "it", "pt", "nl", "pl", "ru", "zh", "ja", "ko", "vi", "ar",
    }  # fmt: skip
    sides: dict[str, str] = {}
    for side, words in held["sides"].items():
        for word in words:
            assert sides.setdefault(plain(word), side) == side, word


# -- what a cell shows -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.8, "0%", "80%"), (0.8, "0.00%", "80.00%"), (25, '"$"#,##0.00', "$25.00"),
        (25, "[$€-407] #,##0.00", "€ 25.00"), (1234.5, "_($* #,##0.00_)", "$1,234.50"),
        (-5, "#,##0_);[Red](#,##0)", "(5)"), (-5, "0.0", "-5.0"), (42, "00000", "00042"),
        (5551234567, "(000) 000-0000", "(555) 123-4567"), (1 / 3, "General", "0.333333333"),
        (2.5, "0", "3"), (1.005, "0.00", "1.01"), (20, '0" s"', "20 s"), (0.5, "#.##", ".5"),
        (12345678, "#,##0,", "12,346"), (3, "@", "3"), (1234567.891, "#,##0.0##", "1,234,567.891"),
        (0.5, "# ?/?", None), (1e5, "0.00E+00", None), (3, ";;;", None), (1e20, "General", None),
        (1, "[<=9]0;00", None),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_the_sheet_does(value: float, code: str, shown: str | None) -> None:
    assert shown_number(value, code) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("mm-dd-yy", "12/1/2026"), ("h:mm AM/PM", "10:05 AM"), ("[$-409]d-mmm-yy;@", "1-Dec-26"),
        ("dddd, mmmm d, yyyy", "Tuesday, December 1, 2026"), ("dd.mm.yyyy", "01.12.2026"),
        ("yyyy-mm-dd h:mm:ss", "2026-12-01 10:05:07"), ("mm:ss", "05:07"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Tuesday, December 1, 2026"),
        ("[$-40C]d mmm", None), ("[$-40C]dd/mm/yyyy", "01/12/2026"), ("ggge", None),
    ],
)  # fmt: skip
def test_a_moment_is_shown_as_the_sheet_does(code: str, shown: str | None) -> None:
    assert shown_moment(dt.datetime(2026, 12, 1, 10, 5, 7), code) == shown  # noqa: DTZ001 - of no place


@given(
    value=st.one_of(st.integers(-(10**16), 10**16), st.floats(allow_nan=False, width=32)),
    code=st.text(st.sampled_from('0#?.,%$@;"[]hmsdyGenral /\\_*E+-'), max_size=12),
)
def test_any_format_is_worked_out_or_told(value: float, code: str) -> None:
    for shown in (shown_number(value, code), shown_text("Ada", code)):
        assert shown is None or isinstance(shown, str)
    shown_moment(dt.datetime(2026, 12, 1), code)  # noqa: DTZ001 - of no place


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_an_escape_is_decoded_as_it_was_written(text: str) -> None:
    written = re.sub(r"_x(?=[0-9A-Fa-f]{4}_)", "_x005F_x", text)
    assert unescaped(written) == text
    assert unescaped("".join(f"_x{ord(c):04X}_" for c in "\r_A")) == "\r_A"


# -- letters ---------------------------------------------------------------------------------

GOOD_NAMES = (
    "Zoë Müller", "Łukasz Żółć", "Анна Иванова", "Сі", "РІ", "Ґжегож Їжак", "Ελένη", "Ðóra",
    "Đặng Dũng", "SÃO JOÃO", "Çağrı Şimşek", "Ærøskøbing Ö", "क्‍ष", "བརྒྱུད་པ", "Ζωή ᾅ", "Åse", "Œdipe",
    "Jürgen «Jo» Groß", "Lj. Đžumhur", "İpek", "שָׁלוֹם", "Ṩṓṩ",
)  # fmt: skip


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_name_that_is_right_is_taken_and_read_wrongly_is_not(name: str) -> None:
    for form in ("NFC", "NFD"):
        assert name_fault(unicodedata.normalize(form, name)) is None
    for encoding in ("cp1252", "latin-1", "cp1250", "mac_roman", "cp437"):
        wrong = name.encode().decode(encoding, "replace")
        assert name_fault(wrong) is not None, (encoding, wrong)


@pytest.mark.parametrize(
    "text",
    [
        "Marcher jusqu’à l’école", "JOSÉ’S CAFÉ’S", "Il est fatigué…»", "“École”", "TRÄ…", "L’Île",
        "NÃO É", "ЕЁ мама", "Он сказал: «Да…»", "20 °C ± 2 – 5 µm", "Zoë’s “goal” …", "Êtes–vous",
        "ŞİŞLİ’DE", "Čeština…", "Київ — Львів", "日本語…「はい」", "©2026 Zoë™",
        "São Tomé—Príncipe",
    ],
)  # fmt: skip
def test_words_that_look_garbled_and_are_not(text: str) -> None:
    assert text_fault(text) is None
    assert text_fault(text.encode().decode("cp1252", "replace")) is not None


def test_a_word_for_nothing_is_no_goal(tmp_path: Path, loaded: LoadedContent) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"name,programme,goal\nAda Sample,{PROGRAMME},nan\nNan,{PROGRAMME},\n")
    ada, nan = read_roster(path, loaded, TODAY)
    assert isinstance(ada, BadRow)
    assert "r.csv:2:3" in str(ada.findings[0])
    assert isinstance(nan, RosterRow)
