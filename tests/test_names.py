"""One rule for a name and for a person's words: from rosters, files, options and prompts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from pdf_objects import lines, words_of_line

from handouts.basics.errors import ContentError
from handouts.compose.initials import initials
from handouts.intake.roster.read import BadRow, read_roster
from handouts.intake.roster.tables import open_table
from handouts.load.content import LoadedContent, load_content
from handouts.load.prescription import prescription_from_choices, prescription_from_file
from handouts.models.personal import LONGEST_NAME, name_fault, text_fault

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

TODAY = dt.date(2026, 12, 1)
NO_NAMES = {
    "\u200b": "holds nothing that can be seen",
    "\u00ad\u2060": "holds nothing that can be seen",
    "\u3164": "holds nothing that can be seen",
    "\u0301\u0301": "has no letter",
    "12": "has no letter",
    "...": "has no letter",
    "😀": "has no letter",
    "Qu\ufffdx": "a letter was lost",
    "Qux \u202egnp": "turns text round",
    "Qux \u2066a\u2069": "turns text round",
    "Qux\x07": "a control character",
    "Qux\x1b[31m": "a control character",
    "Qux\x9b31m": "a control character",
    "Qux\tQuux": "a control character",
    "Qux\nQuux": "more than one line",
    "Qux\u2028Quux": "more than one line",
    "=Qux": "begins with one of",
    "＠Qux": "begins with one of",
    "Q" * (LONGEST_NAME + 1): "longer than 300 letters",
}
NAMES = (
    "Ada Sample",
    "J.",
    "Ø",
    "李",
    "עדה\u200f",
    "می\u200cخواهم",
    "Zoë 2",
    "O'Neil-Smith",
    "क्‍ष",
    "Q" * LONGEST_NAME,
)
NO_TEXTS = {
    "\u200b\u200b": "holds nothing that can be seen",
    "Rest\x1b]0;x\x07": "a control character",
    "Rest\x85\x9b": "a control character",
    "Re\ufffdst": "a letter was lost",
    "Rest \u202etser": "turns text round",
    "R" * 20_001: "longer than 20,000 letters",
}
TEXTS = ("Rest.\nThen go on.\tSlowly.", "= 2 sets", "😀", "12", "a\u2028b")
KEYS = ("goal", "notes", "next_visit")


@pytest.fixture(scope="module")
def loaded() -> LoadedContent:
    return load_content(ROOT / "content.yaml")


def said_of(key: str, text: str, way: str, folder: Path, loaded: LoadedContent) -> str:
    """Give what is said of a text that comes in some way; nothing where it is taken."""
    try:
        if way == "options":
            prescription_from_choices({key: text}, (), loaded)
            return ""
        if way == "file":
            path = folder / "p.yaml"
            path.write_text(yaml.safe_dump({key: text, "programme": "all-four"}))
            prescription_from_file(path, loaded)
            return ""
    except ContentError as error:
        return str(error)
    path = folder / "r.csv"
    tree = {"patient": "Ada", "programme": "all-four", key: text}
    names = {"notes": "note for the patient"}
    header = ",".join(names.get(name, name.replace("_", " ")) for name in tree)
    cells = ",".join('"' + cell.replace('"', '""') + '"' for cell in tree.values())
    path.write_text(f"{header}\n{cells}\n", newline="", encoding="utf-8")
    (row,) = read_roster(path, loaded, TODAY)
    return "\n".join(map(str, row.findings)) if isinstance(row, BadRow) else ""


WAYS = ("options", "file", "roster")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "part"), NO_NAMES.items())
def test_what_is_no_name_is_none_wherever_it_comes_from(
    tmp_path: Path, loaded: LoadedContent, way: str, name: str, part: str
) -> None:
    said = said_of("patient", name, way, tmp_path, loaded)
    if (way, name) == ("roster", "=Qux"):
        part = "a formula stands"
    assert part in said
    assert len(said.splitlines()) == 1
    assert "ux" not in said
    assert "QQ" not in said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_any_other_name_is_taken(
    tmp_path: Path, loaded: LoadedContent, way: str, name: str
) -> None:
    assert said_of("patient", name, way, tmp_path, loaded) == ""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(("text", "part"), NO_TEXTS.items())
def test_a_persons_words_have_one_rule(
    tmp_path: Path, loaded: LoadedContent, way: str, key: str, text: str, part: str
) -> None:
    said = said_of(key, text, way, tmp_path, loaded)
    assert part in said
    assert "Rest" not in said
    assert "RR" not in said


@pytest.mark.parametrize("way", ["options", "file"])
@pytest.mark.parametrize("text", TEXTS)
def test_other_words_are_taken(tmp_path: Path, loaded: LoadedContent, way: str, text: str) -> None:
    for key in KEYS:
        assert said_of(key, text, way, tmp_path, loaded) == ""


def test_a_note_to_an_exercise_has_the_same_rule(tmp_path: Path, loaded: LoadedContent) -> None:
    path = tmp_path / "p.yaml"
    for text, part in NO_TEXTS.items():
        one = {"exercise": "open-book", "side": "each", "note": text}
        path.write_text(yaml.safe_dump({"patient": "Ada", "exercises": [one]}))
        with pytest.raises(ContentError) as caught:
            prescription_from_file(path, loaded)
        assert part in str(caught.value)
        assert "Rest" not in str(caught.value)


@pytest.mark.parametrize("name", ["\u200b", "Zed\ufffd", "77", "Zed \u202eQ"])
def test_a_prompt_has_the_same_rule(clinic_folder: ClinicFolder, name: str) -> None:
    outcome = clinic_folder.run("sheet", "--ask", typed=f"{name}\nAda Sample\n")
    assert outcome.err.count("Patient's name:") == 2
    assert "the name " in outcome.err
    assert "Zed" not in outcome.err.replace(f"Patient's name: {name}", "")
    assert outcome.code == 5, "the answers end there"


@pytest.mark.parametrize("typed", ["\u200b\n", "77\n", "\n", ""])
def test_standard_input_has_the_same_rule(clinic_folder: ClinicFolder, typed: str) -> None:
    outcome = clinic_folder.run("sheet", "--for", "-", "--programme", "all-four", typed=typed)
    assert outcome.code == 3
    assert outcome.finding_with("--for error: ")
    assert not clinic_folder.out.exists()


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
@example(name="1 \u200b .. Ada")
@example(name="ʻOkina ʻ")
@example(name="ﬁ ß 2Pac")
@example(name="เ ແ")
def test_the_initials_of_a_name_are_a_name(name: str) -> None:
    if name.strip() and name_fault(name) is None:
        assert name_fault(initials(name)) is None
        assert initials(name).strip()


@given(text=st.text(max_size=20))
def test_no_fault_repeats_what_it_is_about(text: str) -> None:
    for fault in (name_fault(text), text_fault(text)):
        if fault is not None:
            told = set(f"{fault.what} {fault.mend}") - {"\ufffd"}
            assert told <= set("the text name ,.=+-@0123456789UTF") | set(
                "abcdefghijklmnopqrstuvwxyz"
            )


# -- cells that are too long -----------------------------------------------------------------

LONG = "x" * 131_073


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"name,programme\nAda,all\nBen,{LONG}\n", ":3:2 error: the cell has more than 131,072"),
        (f'name,programme\n"Ada\n""B""",{LONG}\n', ":2:2 error: the cell has more than 131,072"),
        (f"sep=;\nname;programme\n{LONG};x\n", ":2:1 error: the cell has more than 131,072"),
        (f"name,{LONG}\nAda,all\n", ":1:2 error: the cell has more than 131,072"),
        ('name,programme\nAda,"' + '""' * 131_073 + '"\n', ":2:2 error: the cell has more than"),
        (f'name,programme\nAda,"all{LONG}\n', ":2:1 error: a quotation mark is not closed"),
        (f'name,programme\nAda,"all"{LONG}\n', ":2:1 error: a quotation mark is not closed"),
        ('name,programme\nAda,"all\n', ":2:1 error: a quotation mark is not closed"),
    ],
)
def test_a_cell_too_long_is_told_as_that(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(text, newline="")
    with pytest.raises(ContentError) as caught:
        list(open_table(path).rows())
    assert said in str(caught.value)


def test_the_longest_cell_that_is_read_is_told_by_its_column(
    tmp_path: Path, loaded: LoadedContent
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"name,programme,note for the patient\nAda,all-four,{LONG[1:]}\n")
    (row,) = read_roster(path, loaded, TODAY)
    (finding,) = row.findings
    assert 'r.csv:2:3 error: column "note for the patient": the text is longer than 20,000' in str(
        finding
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ada Sample", "A. S."),
        ("Élodie d’Été", "É. D."),
        ("Z\u0301oe Ana", "Z\u0301. A."),
        ("ნინო მაისურაძე", "ნ. მ."),
        ("क्षितिज मोहन", "क्षि॰ मो॰"),
        ("श्रीनिवास", "श्री॰"),
        ("ক্ষমা রায়", "ক্ষ. রা."),
        ("แสงระวี เกษม", "ส. ก."),
        ("น้ำ กล้าหาญ", "น. ก."),
        ("ແກ້ວ", "ກ."),
        ("김민준", "김"),
        ("\u1100\u1175\u11b7 민준", "\u1100\u1175\u11b7 민"),
        ("王小明", "王"),
        ("克特·米勒", "克 米"),
        ("佐藤 花子", "佐 花"),
        ("マリー・キュリー", "マ キ"),
        ("مُحَمَّد علي", "مُ. ع."),
        ("Ann Bea Cem Dan Eva Fay", "A. B. C. F."),
    ],
)
def test_initials_are_in_the_way_of_their_script(name: str, short: str) -> None:
    assert initials(name) == short


def test_a_long_name_and_the_word_before_it_are_of_one_size(plain_clinic: ClinicFolder) -> None:
    long = "Maximiliane Annegret Sample-Hohenberg"
    roster = f"id,name,programme\n1,Ada Sample,all-four\n2,{long},all-four\n"
    (plain_clinic.path / "people.csv").write_text(roster, encoding="utf-8")
    assert plain_clinic.run("batch", "people.csv", "-o", "run.pdf").code == 0
    alone = ("sheet", "--for", long, "--exercise", "suboccipital-release", "-o", "alone.pdf")
    assert plain_clinic.run(*alone).code == 0
    sizes = {
        words_of_line(line): {glyph.size for glyph in line if glyph.text.strip()}
        for path in ("run.pdf", "alone.pdf")
        for line in lines(plain_clinic.path / path)
        if words_of_line(line).startswith("For ")
    }
    assert sizes == {"For Ada Sample": {20.0}, f"For {long}": {13.0}}
