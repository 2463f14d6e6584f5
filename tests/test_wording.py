"""The program's own words: each language whole, numbers and days as CLDR has them, and no English
outside the languages' files.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
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
from pydantic import BaseModel
from sheet_tools import TODAY, from_options, whole_content

from handouts.basics.choices import Edition, Flip, Profile, Side
from handouts.basics.folds import Direction, FoldKind, fold_sheet
from handouts.basics.papers import SHEETS, Paper, Sheet
from handouts.compose.compose import compose, compose_sheet
from handouts.compose.composed import SheetUse
from handouts.compose.dose_words import sided
from handouts.drawings.person.pose import Pose
from handouts.imposition.schemes import ImpositionOrder, SchemeName, scheme_called
from handouts.models.base import _printed_fields
from handouts.models.dose_days import TimeOfDay
from handouts.models.dose_values import Band
from handouts.models.evidence import Certainty
from handouts.models.exercises import Posture
from handouts.pipeline.companions import Companions
from handouts.pipeline.piece import LaidOutPiece, lay_out_piece
from handouts.pipeline.sheet import lay_out_sheet
from handouts.preflight.look import CHECKS
from handouts.prescribe.page_layouts import arrangements
from handouts.prescribe.resolve import resolve
from handouts.print_run.on_larger_sheets import ImposedRun, stacking_steps
from handouts.tickets.piece_ticket import fold_steps
from handouts.tickets.run_ticket import RunFile, RunPart, RunTicket, compose_run_ticket
from handouts.tickets.separators import Separator, Stretch, compose_separators, part_label
from handouts.wording import language as own
from handouts.wording.cldr import Cldr, read_cldr
from handouts.wording.language import FOLDER, PLACEHOLDER, language, language_files
from handouts.wording.which import other_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.basics.findings import Report
    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent

MADE_UP = "qq"
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

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
BRACKETED = re.compile(r"\[[^\[\]]*\]")


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
    """Find the keys that code and templates name."""
    whole = "\n".join(texts)
    keys = set(re.findall(r'"([a-z_]+\.[a-z_0-9]+)"', whole))
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
    assert f"{day}. Next review by" in words


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


# No English outside the languages' files


def bracketed(text: str) -> str:
    """Put each word of a message into brackets, its placeholders left alone."""
    parts = re.split(r"(\{\w+\})", text)
    return "".join(part if part[:1] == "{" else WORD.sub(r"[\g<0>]", part) for part in parts)


def make_up(folder: Path) -> None:
    """Write a language that is English in brackets."""
    tree = yaml.safe_load((FOLDER / "en.yaml").read_text(encoding="utf-8"))
    for section, keys in tree.items():
        for key, message in keys.items():
            if (section, key) == ("dates", "clock"):
                continue
            keys[key] = (
                {name: bracketed(form) for name, form in message.items()}
                if isinstance(message, dict)
                else bracketed(message)
            )
    (folder / f"{MADE_UP}.yaml").write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")
    data = json.loads((FOLDER / "en.cldr.json").read_text(encoding="utf-8"))
    for name in ("months", "short_months", "weekdays", "weekday_letters"):
        data[name] = [f"[{word}]" for word in data[name]]
    (folder / f"{MADE_UP}.cldr.json").write_text(json.dumps(data), encoding="utf-8")


def turned(text: str) -> str:
    """Write other letters, as many, so that no word of the content's is an English one."""
    parts = re.split(r"(\{\w+\})", text)
    return "".join(part if part[:1] == "{" else part.translate(_TURN) for part in parts)


_TURN = str.maketrans(
    "".join(chr(65 + n) for n in range(26)) + "".join(chr(97 + n) for n in range(26)),
    "".join(chr(65 + (n + 13) % 26) for n in range(26))
    + "".join(chr(97 + (n + 13) % 26) for n in range(26)),
)


def with_turned_words(value: Any, *, printed: bool = False) -> Any:
    """Turn every text that a patient reads."""
    if isinstance(value, str) and type(value) is str:
        return turned(value) if printed else value
    if isinstance(value, Pose):
        words = {"title": turned(value.title), "description": turned(value.description)}
        return value.model_copy(update=words)
    if isinstance(value, BaseModel):
        changed = {
            name: with_turned_words(getattr(value, name), printed=is_printed)
            for name, is_printed in _printed_fields(type(value))
        }
        return value.model_copy(update=changed)
    if isinstance(value, dict):
        return {key: with_turned_words(item, printed=printed) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(with_turned_words(item, printed=printed) for item in value)
    return value


@cache
def content() -> LoadedContent:
    """Give the shipped content in no language at all, to be printed in the made-up one."""
    loaded = whole_content()
    words = with_turned_words(loaded.content)
    short = {"credentials": "C", "licence": "1"}  # so that a foot has room for the brackets
    clinicians = {
        name: one.model_copy(update=short) for name, one in words.clinic.clinicians.items()
    }
    clinic = words.clinic.model_copy(update={"clinicians": clinicians, "feedback": "Nfx."})
    sheet = words.sheet.model_copy(update={"questions": turned(words.sheet.questions or "")})
    own_parts = {"language": MADE_UP, "sheet": sheet, "clinic": clinic}
    return replace(loaded, content=words.model_copy(update=own_parts))


def texts_below(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_below(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_below(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_below(item)


@cache
def known_words() -> frozenset[str]:
    """Give the words that the content and the prescription say, the clinic's details with them."""
    turned_content = content().content
    clinic = turned_content.clinic
    say = language(MADE_UP)
    exercises = turned_content.exercises.values()
    texts = [sided(say, text, Side.LEFT) for each in exercises for text in texts_below(each)]
    for part in ("sections", "evidence", "handouts", "testimonials", "programmes"):
        texts += texts_below(getattr(turned_content, part))
    texts += texts_below(turned_content.sheet)
    texts += texts_below(turned_content.stop_and_call)
    texts += texts_below(turned_content.expected_results)
    texts += [clinic.name, clinic.phone, *clinic.address, clinic.website or "", clinic.booking]
    texts += [*texts_below(clinic.hours), clinic.feedback, clinic.language_help or ""]
    texts += texts_below(clinic.clinicians)
    texts += [source.citation for source in turned_content.sources.values()]
    texts += [*turned_content.handouts, *Paper, *Sheet, turned_content.provenance.dated.isoformat()]
    texts += ["Ada Sample A S", GOAL, NOTES, VISIT, "FOGRA39: Coated FOGRA39 (ISO 12647-2:2004)"]
    return frozenset(words_in(" ".join(texts)))


GOAL, NOTES, VISIT = "Qnapr ntnva", "Frr lbh fbba", "Fngheqnl"


def words_in(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text.replace("\u00ad", "").replace("\ufffe", "-"))
    return re.findall(r"[^\W\d_]+", plain)


def strange(text: str) -> Counter[str]:
    """Count words that are neither bracketed nor the content's, nor in a file's name or digest."""
    rest = re.sub(r"\S+\.pdf", " ", BRACKETED.sub(" ", text))
    rest = re.sub(r"\b[0-9a-f]{8}\b", " ", rest)
    return Counter(word for word in words_in(rest) if word not in known_words())


def told_in(composed: Composed) -> str:
    """Give what is read out in a page's place of pictures, and the page's title."""
    told = re.findall(r'(?:alt|aria-label|title)="([^"]*)"', composed.html)
    told += re.findall(r"<(?:title|desc)[^>]*>([^<]*)<", composed.html)
    return "\n".join(told)


def read(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(str(page.get_textpage().get_text_bounded()) for page in document)
    finally:
        document.close()


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program speak the made-up language."""
    folder = tmp_path / "wording"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    make_up(folder)
    monkeypatch.setattr(own, "FOLDER", folder)


speaks = pytest.mark.usefixtures("made_up")


def errors(report: Report) -> list[str]:
    """Give the errors; words that are longer for their brackets may come near the paper's edge."""
    return [found.what for found in report.errors if not found.what.startswith("safe-area")]


def laid_out(composed: Composed) -> str:
    """Lay out a piece that must have no other fault, and give all that it says."""
    result = lay_out_piece(content(), None, composed)
    assert errors(result.report) == []
    return f"{read(result.pdf)}\n{told_in(composed)}"


def sheet_of(edition: Edition, **values: object) -> Any:
    own_words = {"patient": "Ada Sample", "goal": GOAL, "notes": NOTES, "next_visit": VISIT}
    layer = from_options(
        loaded=content(), programme="all-four", edition=edition, **{**own_words, **values}
    )
    return resolve([layer], content(), TODAY)[0]


@speaks
@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("piece", ["brochure", "exercises", "explainer", "testimonials"])
def test_no_piece_says_a_word_of_the_programs_own(piece: str, edition: Edition) -> None:
    told = laid_out(compose(content(), piece, Paper.LETTER, edition))
    assert strange(told) == {}
    assert "[" in told


@speaks
@pytest.mark.parametrize("edition", Edition)
def test_no_sheet_says_a_word_of_the_programs_own(edition: Edition) -> None:
    told = ""
    for exercises in ({}, {"log_weeks": 8}):
        sheet = sheet_of(edition, **exercises)
        result = lay_out_sheet(content(), sheet, None, SheetUse("17"))
        assert errors(result.piece.report) == []
        told += read(result.piece.pdf)
        told += told_in(compose_sheet(content(), sheet, result.arrangement))
    assert strange(told) == {}
    assert {"[For]", "[Hold]", "[December]", "[Stop]"} <= set(BRACKETED.findall(told))


@speaks
@pytest.mark.parametrize("edition", [Edition.STANDARD, Edition.LARGE_PRINT])
def test_no_press_file_and_no_ticket_says_a_word_of_the_programs_own(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: dict[str, LaidOutPiece] = {}

    def lay_out_once(loaded: LoadedContent, moment: None, piece: Composed) -> LaidOutPiece:
        if piece.html not in known:
            known[piece.html] = lay_out_piece(loaded, moment, piece)
        return known[piece.html]

    monkeypatch.setattr("handouts.pipeline.companions.lay_out_piece", lay_out_once)
    piece = compose(content(), "brochure", Paper.LETTER, edition, Profile.PRESS, proof=True)
    for copies in (1200, None):
        result = Companions(content(), None, copies).lay_out(piece)
        assert errors(result.report) == []
        (ticket,) = (data for name, data in result.beside.items() if name.endswith(".pdf"))
        told = read(ticket)
        assert strange(read(result.pdf)) == {}
        assert strange(told) == {}
        assert "[Print] [ticket]" in told
    assert len(known) == 3  # the piece and two tickets


@speaks
def test_no_ticket_of_a_run_says_a_word_of_the_programs_own() -> None:
    say = language(MADE_UP)
    folded = fold_sheet(FoldKind.GATE, Paper.LETTER)
    steps: list[str] = []
    folding = tuple(fold_steps(say, folded))
    two, stack = SchemeName.TWO_UP, SchemeName.CUT_STACK
    for scheme, up in ((two, None), (stack, 2), (stack, 4)):
        order = ImpositionOrder(scheme_called(scheme, up=up, sides=2, gutter=None), Sheet.TABLOID)
        steps += stacking_steps(say, order, [ImposedRun(Path("x"), 3, Sheet.TABLOID, "long")])
    parts = (
        RunPart(1, "roster", "Ada", 3, 9, {"letter": 3}, 1, 3, (4, 5)),
        RunPart(2, "roster", "Ada", 3, 9, {"letter": 3}, 2, 3, tuple(range(4, 80))),
        RunPart(3, "piece", "Sample", 1, 2, {"letter": 1}, fold_steps=folding),
    )
    files = (
        RunFile("1", 30, "0" * 64), RunFile("2", 30, "0" * 64), RunFile("3", 8, "0" * 64, "4"),
    )  # fmt: skip
    told = ""
    for condition in ("", "FOGRA39"):
        ticket = RunTicket(
            "Ada", files, parts, 9, {"letter": 7}, 20, 2, tuple(steps), condition, proof=True
        )
        told += laid_out(compose_run_ticket(content(), ticket))
    empty = RunTicket("", files[:1], parts[2:], None, {}, 20, 0)
    told += laid_out(compose_run_ticket(content(), empty))
    assert strange(told) == {}
    assert "[Dividers]" in told


@speaks
def test_no_separator_says_a_word_of_the_programs_own() -> None:
    say = language(MADE_UP)
    papers = Counter(letter=2000)
    stretches = (
        Stretch(part_label(say, 1, 2), "Ada", 3, 2003, 1000, papers, goes_on=True),
        Stretch(part_label(say, 2, 2), "Ada"),
    )
    separators = [Separator(1, SHEETS[Paper.LETTER], stretches)]
    told = laid_out(compose_separators(content(), "Ada", separators, 1))
    assert strange(told) == {}
    assert "[Divider]" in told


@speaks
@pytest.mark.parametrize(
    ("template", "old", "new", "words"),
    [
        ("exercise_parts", "{{ words.page.stop_if_label }}", "Halt when:", ["Halt", "when"]),
        ("sheet", "{{ words.sheet.note }}", "A note for you", ["A", "note", "for", "you"]),
        ("parts", 'alt="{{ words.page.logo }}"', 'alt="Emblem"', ["Emblem"]),
    ],
)
def test_a_word_that_stands_in_a_template_is_found(
    tmp_path: Path, template: str, old: str, new: str, words: list[str]
) -> None:
    clinic = tmp_path / "clinic"
    shutil.copytree(ROOT / "styles", clinic / "styles")
    (clinic / "templates").mkdir()
    source = (ROOT / "templates" / f"{template}.html").read_text(encoding="utf-8")
    assert old in source
    (clinic / "templates" / f"{template}.html").write_text(source.replace(old, new), "utf-8")
    spoiled = replace(content(), folder=clinic)
    sheet = sheet_of(Edition.STANDARD)
    composed = compose_sheet(spoiled, sheet, arrangements(sheet)[0])
    result = lay_out_piece(spoiled, None, composed)
    found = strange(f"{read(result.pdf)}\n{told_in(composed)}")
    assert set(found) == set(words) - known_words()
    assert found
