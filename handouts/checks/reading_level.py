"""The reading level of patient-facing text: 6th grade wanted, 8th at most (NIH, AMA)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from handouts.basics.findings import Finding, Severity
from handouts.checks.syllables import count_syllables
from handouts.models.base import printed_strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.load.content import LoadedContent
    from handouts.models.base import Model, Path

WANTED_GRADE = 6.0
HIGHEST_GRADE = 8.0
FEWEST_WORDS = 30
"""Below this the formula swings by whole grades with a single word."""

_SENTENCE_END = re.compile(r"(?<=[.!?:])[\"”’)]*\s+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+")


class Level(NamedTuple):
    """The grade of a text and how many words it was taken from."""

    grade: float
    words: int


def reading_level(texts: Iterable[str], plain_words: Iterable[str] = ()) -> Level:
    """Measure the Flesch-Kincaid grade (Kincaid et al., 1975); each text ends its last sentence.

    ``plain_words`` are names that the text explains; each counts as one easy word.
    """
    plain = sorted(plain_words, key=len, reverse=True)
    excused = (
        re.compile(r"\b(" + "|".join(map(re.escape, plain)) + r")\b", re.IGNORECASE)
        if plain
        else None
    )
    sentences = words = syllables = 0
    for text in texts:
        easy = excused.sub("word", text) if excused else text
        for sentence in _SENTENCE_END.split(" ".join(easy.split())):
            found = _WORD.findall(sentence)
            sentences += bool(found)
            words += len(found)
            syllables += sum(map(count_syllables, found))
    if not words:
        return Level(0.0, 0)
    return Level(0.39 * words / sentences + 11.8 * syllables / words - 15.59, words)


def check_reading_level(loaded: LoadedContent) -> Iterator[Finding]:
    """Find the sections, exercises and claims that are too hard to read."""
    content = loaded.content
    parts: list[tuple[Path, Model]] = [
        *((("sections", name), part) for name, part in content.sections.items()),
        *((("exercises", name), part) for name, part in content.exercises.items()),
        *((("evidence", name), part) for name, part in content.evidence.items()),
        (("stop_and_call",), content.stop_and_call),
        (("expected_results",), content.expected_results),
    ]
    for path, part in parts:
        found = hard_to_read(part, " ".join(map(str, path)), content.plain_words)
        if found is not None:
            yield replace(found, place=loaded.place(path, key=True))


def hard_to_read(part: Model, name: str, plain_words: Iterable[str] = ()) -> Finding | None:
    """Find that what a patient reads of a part is too hard; ``name`` is what it is called."""
    level = reading_level((text for _, text in printed_strings(part)), plain_words)
    if level.words < FEWEST_WORDS or level.grade <= WANTED_GRADE:
        return None
    too_hard = level.grade > HIGHEST_GRADE
    return Finding(
        f"{name} reads at grade {level.grade:.1f}",
        f"patients are served by grade {WANTED_GRADE:.0f} or below; "
        f"{HIGHEST_GRADE:.0f} is the limit",
        "use shorter sentences and everyday words, or add names the text explains to plain_words",
        severity=Severity.ERROR if too_hard else Severity.WARNING,
    )
