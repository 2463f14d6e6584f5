"""No English outside the languages' files: everything printed in a made-up language."""

from __future__ import annotations

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
from conftest import ROOT
from pydantic import BaseModel
from sheet_tools import TODAY, from_options, whole_content

from handouts.basics.choices import Edition, Profile, Side
from handouts.basics.folds import FoldKind, fold_sheet
from handouts.basics.papers import SHEETS, Paper, Sheet
from handouts.compose.compose import compose, compose_sheet
from handouts.compose.composed import SheetUse
from handouts.compose.dose_words import sided
from handouts.drawings.person.pose import Pose
from handouts.imposition.schemes import ImpositionOrder, SchemeName, scheme_called
from handouts.models.base import _printed_fields
from handouts.pipeline.companions import Companions
from handouts.pipeline.piece import LaidOutPiece, lay_out_piece
from handouts.pipeline.sheet import lay_out_sheet
from handouts.prescribe.page_layouts import arrangements
from handouts.prescribe.resolve import resolve
from handouts.print_run.on_larger_sheets import ImposedRun, stacking_steps
from handouts.tickets.piece_ticket import fold_steps
from handouts.tickets.run_ticket import RunFile, RunPart, RunTicket, compose_run_ticket
from handouts.tickets.separators import Separator, Stretch, compose_separators, part_label
from handouts.wording import language as own
from handouts.wording.language import FOLDER, language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.basics.findings import Report
    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent


MADE_UP = "qq"
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
BRACKETED = re.compile(r"\[[^\[\]]*\]")


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
    for name in ("months", "short_months", "weekdays", "short_weekdays"):
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


_ROOMY_PANELS = {
    "flap": ("before-you-start", "when-to-call"),
    "inside-left": ("what-it-is", "care-and-education"),
    "inside-center": ("nerves",),
    "inside-right": ("evidence", "side-effects"),
    "back": ("get-in-touch",),
}
"""Turned words are wider, and brackets come to them."""


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
    brochure = words.handouts["brochure"].model_copy(update={"panels": _ROOMY_PANELS})
    handouts = {**words.handouts, "brochure": brochure}
    own_parts = {"language": MADE_UP, "sheet": sheet, "clinic": clinic, "handouts": handouts}
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
        steps += stacking_steps(say, order, [ImposedRun(Path("x"), 3, Sheet.TABLOID, "long", ())])
    parts = (
        RunPart(1, "roster", "Ada", 3, 9, {"letter": 3}, 1, 3, (4, 5)),
        RunPart(2, "roster", "Ada", 3, 9, {"letter": 3}, 2, 3, tuple(range(4, 80))),
        RunPart(3, "piece", "Sample", 1, 2, {"letter": 1}, fold_steps=folding),
    )
    files = (
        RunFile("1", 30, "0" * 64),
        RunFile("2", 30, "0" * 64),
        RunFile("3", 8, "0" * 64, "4", ("boxes", "ink-limit")),
    )
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
