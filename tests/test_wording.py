"""The program's own words: each language whole, numbers and days as CLDR has them."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from cldr import cldr_data, cldr_texts
from conftest import ROOT, ClinicFolder
from hypothesis import given
from hypothesis import strategies as st
from pdf_tools import page_texts

from handouts.basics.choices import Edition, Flip, Side
from handouts.basics.folds import Direction, FoldKind, fold_sheet
from handouts.basics.papers import Paper
from handouts.models.dose_days import TimeOfDay
from handouts.models.dose_values import Band
from handouts.models.evidence import Certainty
from handouts.models.exercises import Posture
from handouts.preflight.look import CHECKS
from handouts.wording.cldr import Cldr, read_cldr
from handouts.wording.language import FOLDER, PLACEHOLDER, language, language_files
from handouts.wording.which import other_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


ENDS_A_LINE = {
    "sheet.record": "number", "sheet.for_whom": "name", "sheet.next_visit": "visit",
    "sheet.given": "initials", "slug.record": "number",
}  # fmt: skip
"""A run of many sheets fills these in at the end of their line."""
FOLDED_PANELS = {
    spot.panel
    for kind in FoldKind
    for side in fold_sheet(kind, Paper.LETTER).sides
    for spot in side.spots
}
NAMED = {
    "time_of_day": set(TimeOfDay),
    "band": set(Band),
    "side": {Side.LEFT, Side.RIGHT},
    "posture": set(Posture),
    "certainty": set(Certainty),
    "edition": set(Edition),
    "panel": FOLDED_PANELS,
    "crease": set(Direction),
    "flip": set(Flip),
    "check": {entry.name for entry in CHECKS},
    "ink": {"Cyan", "Magenta", "Yellow", "Black"},
}
"""Sections with a message for each of the program's own names."""


def messages_in(path: Path) -> dict[str, Any]:
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {f"{name}.{key}": said for name, keys in tree.items() for key, said in keys.items()}


def forms(message: Any) -> Mapping[str, str]:
    return message if isinstance(message, dict) else {"": message}


def placeholders(message: Any) -> set[str]:
    return {name for form in forms(message).values() for name in PLACEHOLDER.findall(form)}


def faults(messages: dict[str, Any], english: dict[str, Any], cldr: Cldr) -> list[str]:
    """Say where a language's file differs from what it must hold."""
    found = [f"{key}: missing" for key in english.keys() - messages.keys()]
    found += [f"{key}: unknown" for key in messages.keys() - english.keys()]
    for key in english.keys() & messages.keys():
        message = messages[key]
        if not all(isinstance(form, str) for form in forms(message).values()):
            found.append(f"{key}: no text")
            continue
        if isinstance(message, dict) is not isinstance(english[key], dict):
            found.append(f"{key}: plurals here or there")
        elif isinstance(message, dict) and message.keys() - {*cldr.plurals, "other"}:
            found.append(f"{key}: no such plural")
        elif isinstance(message, dict) and "other" not in message:
            found.append(f'{key}: no "other"')
        for form in forms(message).values():
            if set(PLACEHOLDER.findall(form)) != placeholders(english[key]):
                found.append(f"{key}: other placeholders")
        last = ENDS_A_LINE.get(key)
        if last and not message.endswith(f"{{{last}}}"):
            found.append(f"{key}: {{{last}}} must stand last")
    return found


def used_keys(texts: Iterable[str]) -> set[str]:
    """Find the keys that code and templates name; names of templates and styles look like keys."""
    whole = "\n".join(texts)
    keys = set(re.findall(r'"([a-z_]+\.(?!css"|html")[a-z_0-9]+)"', whole))
    return keys | {f"{a}.{b}" for a, b in re.findall(r"words\.([a-z_]+)\.([a-z_0-9]+)", whole)}


def sources() -> list[str]:
    paths = [*(ROOT / "handouts").rglob("*.py"), *(ROOT / "templates").glob("*.html")]
    return [path.read_text(encoding="utf-8") for path in paths]


def unused(messages: Iterable[str], texts: list[str]) -> set[str]:
    """Name messages of which code and templates know nothing, or only by names that are put in."""
    used = used_keys(texts)
    rows = {key for text in texts for key in re.findall(r'(?:\(|yield )"([a-z_0-9]+)"', text)}
    return {
        key
        for key in messages
        if key not in used
        and key.partition(".")[0] not in NAMED
        and not (key.partition(".")[0] in BY_NAME and key.partition(".")[2] in rows)
        and key not in SAID_BY_PART
    }


BY_NAME = {
    "time_of_day",
    "band",
    "ticket",
    "run_ticket",
    "separators",
    "fold",
    "slug",
    "dose",
    "how_long",
}
"""Sections of which rows and forms are asked for by the last part of their key."""
SAID_BY_PART = {
    "dose.left", "dose.right", "dose.each_side", "dose.left_side", "dose.right_side",
    "dose.times_a_day",
    "fold.outside", "fold.inside", "slug.outside", "slug.inside",
    "proof_sheet.first", "proof_sheet.short", "proof_sheet.long", "proof_sheet.marks",
    "proof_sheet.script", "proof_sheet.signs", "dose.once_a_day", "dose.twice_a_day",
}  # fmt: skip


# The files


@pytest.mark.parametrize("tag", language_files(FOLDER))
def test_each_language_is_whole(tag: str) -> None:
    english = messages_in(FOLDER / "en.yaml")
    cldr = read_cldr(FOLDER / f"{tag}.cldr.json")
    base = tag.partition("-")[0]
    own = messages_in(FOLDER / f"{tag}.yaml")
    below = messages_in(FOLDER / f"{base}.yaml") if base != tag else {}
    assert faults({**below, **own}, english, cldr) == []
    assert all(own[key] != below.get(key) for key in own)


@pytest.mark.parametrize(
    ("tag", "licence", "day"),
    [
        ("en-US", "license", "November 22, 2026"),
        ("en-CA", "licence", "November 22, 2026"),
        ("en-GB", "licence", "22 November 2026"),
    ],
)
def test_a_regions_own_spelling_and_days(
    plain_clinic: ClinicFolder, tag: str, licence: str, day: str
) -> None:
    written = plain_clinic.content.read_text(encoding="utf-8")
    plain_clinic.content.write_text(f"language: {tag}\n{written}", encoding="utf-8")
    outcome = plain_clinic.run("build", "exercises")
    assert outcome.code == 0, outcome.err
    words = " ".join(" ".join(page_texts(plain_clinic.out / "exercises.pdf")).split())
    assert f"PT, DPT, {licence} PT-00000" in words
    assert f"{day}. Text valid until" in words


@pytest.mark.parametrize(
    ("key", "message", "said"),
    [
        ("page.stop_if", None, "page.stop_if: missing"),
        ("page.stop_it", "Stop it", "page.stop_it: unknown"),
        ("page.week", "Week {number}", "page.week: other placeholders"),
        ("page.week", "Week", "page.week: other placeholders"),
        ("page.stop_if", True, "page.stop_if: no text"),
        ("time.seconds", "{n} seconds", "time.seconds: plurals here or there"),
        ("time.seconds", {"one": "{n} second"}, 'time.seconds: no "other"'),
        ("time.seconds", {"few": "{n} s", "other": "{n} s"}, "time.seconds: no such plural"),
        ("time.seconds", {"one": "a second", "other": "{n} s"}, "time.seconds: other placeholders"),
        ("sheet.for_whom", "{name}'s sheet", "sheet.for_whom: {name} must stand last"),
    ],
)
def test_a_fault_in_a_languages_file_is_found(key: str, message: Any, said: str) -> None:
    english = messages_in(FOLDER / "en.yaml")
    spoiled = {**english, key: message}
    if message is None:
        del spoiled[key]
    assert faults(spoiled, english, read_cldr(FOLDER / "en.cldr.json")) == [said]


def test_each_message_is_printed_somewhere_and_none_is_missing() -> None:
    english = messages_in(FOLDER / "en.yaml")
    texts = sources()
    assert unused(english, texts) == set()
    assert unused([*english, "page.forgotten", "ticket.forgotten"], texts) == {
        "page.forgotten", "ticket.forgotten",
    }  # fmt: skip
    sections = {key.partition(".")[0] for key in english}
    used = {key for key in used_keys(texts) if key.partition(".")[0] in sections}
    assert used - english.keys() == set()
    assert "page.lost" in used_keys(['say.text("page.lost")']) - english.keys()
    assert "page.lost" in used_keys(["{{ words.page.lost }}"]) - english.keys()


@pytest.mark.parametrize("section", NAMED)
def test_each_name_of_the_programs_own_has_its_word(section: str) -> None:
    english = messages_in(FOLDER / "en.yaml")
    assert {key for key in english if key.startswith(f"{section}.")} == {
        f"{section}.{name}" for name in NAMED[section]
    }


def test_a_message_takes_its_values_and_no_others() -> None:
    english = language("en-US")
    assert english.text("page.version", version="1a") == "Version 1a."
    for wrong in ({}, {"hash": "1a"}, {"version": "1a", "more": "x"}):
        with pytest.raises(KeyError):
            english.text("page.version", **wrong)
    with pytest.raises(KeyError):
        english.text("time.seconds", n="3")


# CLDR


LOCALES = ("en", "es", "de", "fr", "ru", "pl", "ar", "hi", "ja", "cs", "lt", "cy", "pt")


@cache
def cldr_of(tag: str) -> Cldr:
    data = cldr_data(tag)
    lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
    return Cldr(**{**data, **lists})


def test_the_data_of_each_language_are_babels() -> None:
    for path, text in cldr_texts().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is stale: run make docs"


@given(st.sampled_from(LOCALES), st.integers(0, 3_000_000))
def test_plurals_are_those_of_cldr(tag: str, number: int) -> None:
    assert cldr_of(tag).category(number) == Locale.parse(tag).plural_form(number)


@given(st.sampled_from(LOCALES), st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_days_are_those_of_cldr(tag: str, day: dt.date) -> None:
    cldr = cldr_of(tag)
    at = dt.datetime.combine(day, dt.time())
    for pattern, form in ((cldr.day, "long"), (cldr.full_day, "full")):
        assert cldr.in_pattern(pattern, at) == format_date(day, form, tag)


@given(st.sampled_from(LOCALES), st.integers(10_000, 2_000_000_000), st.integers(0, 99))
def test_numbers_are_those_of_cldr(tag: str, whole: int, part: int) -> None:
    cldr = cldr_of(tag)
    assert cldr.number(whole) == format_decimal(whole, locale=tag)
    digits = f"{whole}.{part:02}"
    assert cldr.number(digits) == format_decimal(
        float(digits), locale=tag, decimal_quantization=False, format=None
    ) or digits.endswith("0")


@given(st.sampled_from(LOCALES), st.lists(st.sampled_from(["a", "b", "{0}", "{1}"]), min_size=1))
def test_lists_are_those_of_cldr(tag: str, items: list[str]) -> None:
    whole = "start" in Locale.parse(tag).list_patterns.get("unit", {})
    plain = [item.strip("{}") for item in items[: None if whole else 1]]
    style = "unit" if whole else "standard"  # where Babel has a part of the patterns, it fails
    assert cldr_of(tag).joined(plain) == format_list(plain, style=style, locale=tag)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (None, "Tuesday, December 8, 2026"),
        (dt.time(15, 5), "Tuesday, December 8, 2026, 3:05 pm"),
        (dt.time(0, 30), "Tuesday, December 8, 2026, 12:30 am"),
        (dt.time(12), "Tuesday, December 8, 2026, 12:00 pm"),
        (dt.time(9, 15), "Tuesday, December 8, 2026, 9:15 am"),
    ],
)
def test_a_visit_in_words(at: dt.time | None, words: str) -> None:
    assert language("en-US").visit(dt.date(2026, 12, 8), at) == words


# Which language


@pytest.mark.parametrize("asked", [None, "en-US", "en", "EN-us", "en_US"])
def test_a_language_is_asked_for_in_any_spelling(asked: str | None) -> None:
    assert other_language("en-US", asked) is None


@pytest.mark.parametrize("asked", ["es", "en-GB", "", "english"])
def test_another_language_is_told(asked: str) -> None:
    fault = other_language("en-US", asked)
    assert (fault is None) is (asked == "")


def test_content_in_a_language_without_words_is_refused(clinic_folder: ClinicFolder) -> None:
    content = clinic_folder.path / "content.yaml"
    written = content.read_text(encoding="utf-8")
    content.write_text(f"language: es-MX\n{written}", encoding="utf-8")
    outcome = clinic_folder.run("build")
    assert outcome.code == 3
    outcome.the_error('"language"', '"es-MX"', "write one of: en")
    assert not clinic_folder.out.exists()
