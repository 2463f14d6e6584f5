"""The proof sheet of a run: the names that most likely go wrong, and how much would be printed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from heapq import nlargest
from typing import TYPE_CHECKING

from handouts.basics.papers import SHEETS
from handouts.tickets.own_document import Panel, own_document
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent
    from handouts.wording.language import Language

PROOF_SHEET = "proof-sheet"
MOST_FIRST = MOST_LONG = 4
MOST_LINES = 30
"""As many lines of names as a page holds, beside its counts."""
_LETTERS_A_LINE = 40
"""As few as wide letters leave."""
_USUAL = "LATIN"


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A name, and where it stands in the lists."""

    part: int
    row: int
    name: str


@dataclass(slots=True)
class NamesToLookAt:
    """Gathers the first, the longest and the oddest names of many, while they go by."""

    first: list[NamedRow] = field(default_factory=list)
    long: list[NamedRow] = field(default_factory=list)
    of_script: dict[str, NamedRow] = field(default_factory=dict)
    """The first of each script but Latin."""
    marked: NamedRow | None = None
    """The one with the most combining marks."""
    signs: NamedRow | None = None
    """The one with the most characters that are no letters."""
    short: NamedRow | None = None

    def see(self, one: NamedRow) -> None:
        """Take in a name."""
        if len(self.first) < MOST_FIRST:
            self.first.append(one)
        self.long = nlargest(MOST_LONG, [*self.long, one], key=lambda other: len(other.name))
        for script in scripts_of(one.name):
            self.of_script.setdefault(script, one)
        if _marks(one.name) > (_marks(self.marked.name) if self.marked else 0):
            self.marked = one
        if _signs(one.name) > (_signs(self.signs.name) if self.signs else 0):
            self.signs = one
        if self.short is None or len(one.name) < len(self.short.name):
            self.short = one

    def odd(self) -> Iterator[tuple[str, str, NamedRow]]:
        """Give what is odd: the message that says it, the script's name, and the row."""
        if self.marked is not None:
            yield "marks", "", self.marked
        if self.signs is not None:
            yield "signs", "", self.signs
        for script, one in self.of_script.items():
            yield "script", script, one
        if self.short is not None:
            yield "short", "", self.short


def scripts_of(name: str) -> list[str]:
    """Name the scripts of a name's letters but Latin, as Unicode calls them."""
    letters = (letter for letter in name if unicodedata.category(letter).startswith("L"))
    scripts = (unicodedata.name(letter, "?").split()[0].split("-")[0] for letter in letters)
    return [script.capitalize() for script in dict.fromkeys(scripts) if script != _USUAL]


def _marks(name: str) -> int:
    plain = unicodedata.normalize("NFD", name)
    return sum(unicodedata.category(letter) == "Mn" for letter in plain)


def _signs(name: str) -> int:
    return sum(unicodedata.category(letter)[0] in "NPSC" for letter in name)


@dataclass(frozen=True, slots=True)
class PartToPrint:
    """A part of a run, before it is printed."""

    number: int
    title: str
    sheets: int
    bad_rows: int


@dataclass(frozen=True, slots=True)
class ProofSheetView:
    """What the proof sheet's template shows."""

    language: str
    title: str
    clinic: str
    parts: tuple[tuple[str, str, str, str], ...]
    papers: tuple[tuple[str, str], ...]
    programmes: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str, str], ...]
    """What is to be looked at, where it stands, and the name."""


def compose_proof_sheet(
    loaded: LoadedContent,
    event: str,
    parts: tuple[PartToPrint, ...],
    papers: Mapping[str, int],
    programmes: Counter[str],
    names: NamesToLookAt,
) -> Composed:
    """Fill the proof sheet's template, on the clinic's paper.

    Raises:
        ContentError: the template is broken.

    """
    say = language(loaded.content.language)
    title = say.text("proof_sheet.title")
    sheets, bad = sum(part.sheets for part in parts), sum(part.bad_rows for part in parts)
    view = ProofSheetView(
        language=loaded.content.language,
        title=f"{title}: {event}" if event else title,
        clinic=loaded.content.clinic.name,
        parts=(
            *(
                (str(p.number), p.title, say.number(p.sheets), say.number(p.bad_rows))
                for p in parts
            ),
            ("", say.text("run_ticket.in_all"), say.number(sheets), say.number(bad)),
        ),
        papers=tuple((name, say.number(count)) for name, count in sorted(papers.items())),
        programmes=tuple((name, say.number(n)) for name, n in sorted(programmes.items())),
        names=tuple(_names(say, names, many=len(parts) > 1)),
    )
    panels = {"proof": Panel(SHEETS[loaded.content.clinic.paper])}
    return own_document(loaded, PROOF_SHEET, view, title, panels)


def _names(say: Language, names: NamesToLookAt, *, many: bool) -> Iterator[tuple[str, str, str]]:
    """Give each row once, with all that is to be looked at."""
    long = [("long", "", one) for one in names.long]
    odd = sorted(names.odd(), key=lambda one: len(one[2].name))
    asked = [*long[:1], *odd, *(("first", "", one) for one in names.first), *long[1:]]
    said: dict[NamedRow, list[str]] = {}
    left_out: list[str] = []
    lines = 0
    for what, script, one in asked:
        if one not in said:
            more = -(-len(one.name) // _LETTERS_A_LINE)
            if lines + more > MOST_LINES:
                left_out += [script] * bool(script)
                continue
            lines += more
        values = {"script": script} if script else {}
        said.setdefault(one, []).append(say.text(f"proof_sheet.{what}", **values))
    for one, told in said.items():
        row = say.text("proof_sheet.row", row=str(one.row))
        place = say.text("proof_sheet.of_part", part=str(one.part), row=row) if many else row
        yield ", ".join(told), place, one.name
    if left_out:
        yield say.text("proof_sheet.also", scripts=say.list_of(left_out)), "", ""
