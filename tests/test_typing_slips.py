"""Slips of whoever types YAML and does not know it: each is told in plain words, on its line."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from handouts.basics.errors import ContentError
from handouts.load.yaml_source import YamlSource, read_yaml

if TYPE_CHECKING:
    from conftest import ClinicFolder

    from handouts.basics.findings import Finding

STOPS = [
    ("a:\n  heading: Where we treat: calf\n", "2:26", "a colon stands in the text", 'heading: "…"'),
    ('a:\n  heading: "Where\n  text: "x"\n', "2:12", "a quote is opened here and not closed", ""),
    ('a:\n  b: "Where\n  c: x\nd: "x"\n', "2:6", "a quote is opened here and not closed", ""),
    ('a:\n  - "one\n  - two\n', "2:5", "a quote is opened here and not closed", ""),
    ("a:\n  b: 'don't\n  c: d\n", "2:10", "after its closing quote", "double quotes"),
    ('a: "he said "hi" to me"\n', "1:14", "after its closing quote", "single quotes"),
    ("a:\n  b: 1\n   c: 2\n", "3:4", "begins with 3 spaces", "as many spaces"),
    ("a:\n  b: 1\n c: 2\n", "3:2", "begins with 1 space", "begin with 0 or 2"),
    ("a: >-\n    text\n  more\nb: c\n", "3:3", "begins with 2 spaces", "begin with 0 or 4"),
    ("a: 1\nb\nc: 2\n", "2:1", "neither a key with a colon nor a part of a list", ""),
    ("a:\n  phone:555\n  b: 2\n", "2:8", "a space is missing behind the colon", ""),
    ("a: @home\n", "1:4", "the text starts with @", "put quotes around the text"),
    ("a: % off\n", "1:4", "the text starts with %", "put quotes around the text"),
    ("a:\n - * star\n", "2:4", "the text starts with *", "put quotes around the text"),
    ("a: & Co\n", "1:4", "the text starts with &", "put quotes around the text"),
    ("a: [if told] do\n", "1:4", "the text starts with a bracket", "put quotes around the text"),
    ("a: [if told\nb: c\n", "1:4", "a bracket is opened here", "close the bracket"),
    ('a: "C:\\docs"\n', "1:7", "a backslash stands in double quotes", "single quotes"),
    ("a: - item\n", "1:4", "a hyphen stands behind a key", "on the next line"),
    ("a: > text\n b\n", "1:4", "text stands behind > or |", "on the next line"),
    ("a:\n  - x\n  y: z\n", "3:3", "stands in a list and has no hyphen", 'begin it with "- "'),
    ("a: foo\n  # c\n  bar\nb: c\n", "2:3", "a note that starts with #", "above the text"),
    ("a: x\x0by\n", "1:5", "a hidden character (U+000B)", "type a space"),
    ("a: x\nb: y\x07\nc: \x0cz", "2:5", "a hidden character (U+0007)", "type a space"),
    ("a:\n\u00a0\u00a0b: c\n", "2:1", "an unusual space in the indentation", "plain spaces"),
    ("a:\n\tb: c\n", "2:1", "a tab in the indentation", "put spaces in its place"),
    ("a: &Smith Clinic\n", "1:4", "starts with &", "put quotes around the text"),
    ("a:\n   b: 1\n    c: 2\n", "3:5", "begins with 4 spaces", "as its kin"),
    ("a:\n   b: 1\n  c: 2\n  d: 3\n", "2:4", "begins with 3 spaces", "begin it with 2 spaces"),
    ("a:\n  - b\n   - c: 2\n    d: 3\n", "3:4", "begins with 3 spaces", ""),
    ('a:\n  - "b"\n  -"c"\n', "3:3", "a space is missing behind the hyphen", "put a space"),
    ('a:\n  - "b"\n  • c\n', "3:3", "the line begins with •", "type a hyphen and a space"),
    ('a:\n  - "b"\n  – "c"\n', "3:3", "the line begins with –", "type a hyphen and a space"),
    ("a:\n  - b: >-\n  Text\n  - c\n", "3:3", "not further in", "begin it with 6 spaces"),
    ("a: ! now\n", "1:4", "starts with !", "put the text in quotes"),
]
DOUBTS = [
    ("a: 100 Example Street #7B\n", "1:23", "what follows # here is not printed"),
    ("a:\n- Suite # 7\n", "2:9", "what follows # here is not printed"),
    ("a: #7B\n", "1:4", "what follows # here is not printed"),
    ("a: Call us first # as we agreed\n", "1:18", "what follows # here is not printed"),
    ('a: In short"\n', "1:4", "ends with a quote and has none at its start"),
    ("a: In short'\n", "1:4", "ends with a quote and has none at its start"),
    ("a: “In short”\n", "1:4", "stands in curly quotes"),
    ("a: „In short“\n", "1:4", "stands in curly quotes"),
    ("a: «In short»\n", "1:4", "stands in curly quotes"),
    ("a:\n- x\n  - y\n", "3:3", "begins with a hyphen, and is further in"),
    ('a: 705-555-0142"\n', "1:4", "ends with a quote and has none at its start"),
    ('a: >-\n  "In short"\n', "1:4", "stands in quotes below > or |"),
    ('a: "C:\\new"\n', "1:7", "is read as a space, a line break"),
]
MEANT = [
    "# a note\na: letter # or a4\n", "a: b#7\n", 'a: "x #7"\n', "a: 6' 2\"\n", "a: 12\"\n",
    "a: 2.5\"\n", "a: the patients'\n", 'a: say "aah" now\n', 'a: "“In short”"\n',
    "a: it’s “here” now\n",
    "a: >-\n  x # y\n", "a: # those who sign\n  b: c\n", "a: x - y\n",
    "a:\n  - x\n\n  # a note\n  - y\n", "a: 'don''t'\n",
]  # fmt: skip


def read(text: str) -> YamlSource:
    """Read a text as handouts reads a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "content.yaml"
        path.write_bytes(text.encode())
        return read_yaml(path)


def found_in(text: str) -> tuple[Finding, ...]:
    """Give all that is said of a text."""
    try:
        source = read(text)
    except ContentError as error:
        return error.report.findings
    return source.findings + source.slips


@pytest.mark.parametrize(("text", "place", "what", "mend"), STOPS)
def test_what_stops_the_reading_is_told_where_it_is_mended(
    text: str, place: str, what: str, mend: str
) -> None:
    first = str(found_in(text)[0])
    assert first.startswith(f"content.yaml:{place} error: ")
    assert what in first
    assert mend in first
    for words in ("mapping values", "did not find", "found ", "block", "token", "scalar"):
        assert words not in first


def test_each_hidden_character_is_named() -> None:
    assert [f.place.line for f in found_in("a: x\x0b\nb: y\nc: \x0cz\x00")] == [1, 3, 3]


@pytest.mark.parametrize(("text", "place", "what"), DOUBTS)
def test_text_that_would_be_lost_or_changed_is_told(text: str, place: str, what: str) -> None:
    (only,) = read(text).slips
    assert str(only).startswith(f"content.yaml:{place} warning: ")
    assert what in str(only)


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_is_left_alone(text: str) -> None:
    assert found_in(text) == ()


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30))
def test_nothing_is_said_of_a_text_in_single_quotes(text: str) -> None:
    source = read("a: '" + text.replace("'", "''") + "'\n")
    assert source.slips == ()


@given(st.text("abc .", min_size=1).map(str.strip).filter(bool), st.text("ab7", min_size=1))
def test_a_number_behind_a_hash_is_never_lost_in_silence(text: str, number: str) -> None:
    source = read(f"a: {text} #{number}\n")
    assert number not in str(source.value["a"]) or number in text
    assert len(source.slips) == 1


def test_the_shipped_content_has_no_slip() -> None:
    assert read_yaml(ROOT / "content.yaml").slips == ()


def test_check_tells_of_a_house_number_that_is_not_printed(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('- "100 Example Street"', "- 100 Example Street #7B")
    outcome = plain_clinic.run("check", "--quick")
    assert outcome.code == 0
    assert "warning" in outcome.the_finding("what follows # here is not printed")


def test_a_colon_in_a_list_is_told_as_a_text(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('- "Tell us about your health first."', "- Pregnancy: now or planned")
    outcome = plain_clinic.refused(command="check")
    assert "a colon stands in the text" in outcome.the_finding()


def test_a_note_of_a_prescription_is_not_cut(plain_clinic: ClinicFolder) -> None:
    path = plain_clinic.path / "ada.yaml"
    path.write_text("exercises: [open-book]\nnotes: Rest on # 3 pillows\n")
    outcome = plain_clinic.run("sheet", "ada.yaml")
    assert outcome.code == 3
    assert "what follows # here is not printed" in outcome.err
    assert "pillows" not in outcome.err
