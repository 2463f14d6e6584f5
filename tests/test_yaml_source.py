"""Reading YAML: the same values as were written, each with its place, and never a crash."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handouts.basics.errors import ContentError
from handouts.load.yaml_source import YamlSource, read_yaml

WORDS = st.text("abcdefghijklmnopqrstuvwxyzéß-_0123456789", min_size=1, max_size=12)
PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)
PLAIN = (
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | PRINTABLE | st.text("\n\t ab:#")
)
NESTED = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=25,
)
YAML_LIKE = st.text("ab1:-?[]{},&*!|>'\"%@#~= \n\t\r\0\x85\u2028\ufeff.<é", max_size=80)


class _QuotingDumper(yaml.SafeDumper):
    """Writes every text in quotes, so that YAML 1.1 and 1.2 mean the same by it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_QuotingDumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def read(data: str | bytes) -> YamlSource:
    """Read YAML from a file as handouts does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "content.yaml"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_yaml(path)


def with_tuples(value: Any) -> Any:
    """Give the value with tuples in place of lists, as handouts keeps it."""
    if isinstance(value, dict):
        return {key: with_tuples(item) for key, item in value.items()}
    return tuple(map(with_tuples, value)) if isinstance(value, list) else value


def keys_below(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Name the path of every key."""
    if isinstance(value, dict):
        below = (keys_below(item, (*path, key)) for key, item in value.items())
        return [*((*path, key) for key in value), *itertools.chain(*below)]
    if isinstance(value, list):
        return list(itertools.chain(*(keys_below(v, (*path, i)) for i, v in enumerate(value))))
    return []


@given(NESTED, st.sampled_from([True, False, None]), st.booleans())
def test_values_come_back_as_they_were_written(
    value: Any, flow: bool | None, unicode: bool
) -> None:
    text = yaml.dump(
        value,
        Dumper=_QuotingDumper,
        default_flow_style=flow,
        allow_unicode=unicode,
        sort_keys=False,
        width=60,
    )
    source = read(text)
    assert source.value == with_tuples(value)
    assert repr(source.value) == repr(with_tuples(value))  # 1 is not True here
    assert source.findings == ()


@given(
    st.dictionaries(WORDS, NESTED, min_size=1, max_size=5),
    st.sampled_from([True, False, None]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_key_is_found_where_it_stands(
    value: dict[str, Any], flow: bool | None, newline: str
) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True, width=60)
    dumper_has_anchors = "&id" in text
    source = read(text.replace("\n", newline))
    lines = text.split("\n")
    for path in keys_below(value):
        place = source.place(path, key=True)
        rest_of_line = lines[place.line - 1][place.column - 1 :]
        assert rest_of_line.lstrip("'\"").startswith(str(path[-1])), (path, place)
    assert dumper_has_anchors or set(source.keys) == set(keys_below(value))


@given(st.lists(st.integers(0, 99) | WORDS.map(lambda word: f"a{word}"), min_size=1, max_size=8))
def test_every_item_of_a_list_is_found_where_it_stands(items: list[Any]) -> None:
    text = "list:\n" + "".join(f"    -  {item}\n" for item in items)
    source = read(text)
    assert [source.place(("list", index)).line for index in range(len(items))] == list(
        range(2, len(items) + 2)
    )
    assert {source.place(("list", index)).column for index in range(len(items))} == {8}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert isinstance(read(data), YamlSource)
    except ContentError as refusal:
        assert refusal.report.findings  # noqa: PT017 - a property: either way is right


@given(YAML_LIKE)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert isinstance(read(text), YamlSource)
    except ContentError as refusal:
        assert refusal.report.findings  # noqa: PT017 - a property: either way is right


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("NO", "NO"),
        ("1:30", "1:30"),
        ("012", "012"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("1.5", "1.5"),
        ("2026-11-22", "2026-11-22"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ('"12"', "12"),
        ('"true"', "true"),
        ('""', ""),
        ("'~'", "~"),
    ],
)
def test_plain_words_mean_what_a_person_would_think(written: str, value: Any) -> None:
    read_value = read(f"key: {written}\n").value["key"]
    assert (read_value, type(read_value)) == (value, type(value))


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    source = read(b"\xef\xbb\xbfclinic: 1\n")
    assert source.value == {"clinic": 1}
    assert str(source.place(("clinic",), key=True)) == "content.yaml:1:1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x\n", "starts with * repeats another place"),
        ("a: !!python/object:os.system 1\nb: 1\n", "is a tag"),
        ("a: 1\na: 2\n", 'the key "a" stands here a second time'),
        ("a: &x [*x]\n", "starts with * repeats another place"),
        ("a: 1\nb:\n  <<: *a\n", "starts with * repeats another place"),
    ],
)
def test_what_hides_or_multiplies_text_is_a_finding(text: str, said: str) -> None:
    try:
        findings = read(text).findings
    except ContentError as refusal:
        findings = refusal.report.findings
    assert any(said in finding.what for finding in findings), findings
