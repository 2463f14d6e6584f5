"""Separator sheets: what the stack below each one is, for whoever takes the run apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.compose.composed import OWN_SHEET
from handouts.tickets.own_document import Panel, own_document
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.basics.papers import Size
    from handouts.compose.composed import Composed, SheetUse
    from handouts.load.content import LoadedContent
    from handouts.wording.language import Language

SEPARATORS = "separators"


@dataclass(slots=True)
class Stretch:
    """Sheets of one part or one programme that follow one another in a file.

    It grows while the run is put together.
    """

    label: str
    """What it is, such as "Part 2 of 3"."""
    title: str
    first_page: int = 0
    """From 1; 0 as long as it is empty."""
    last_page: int = 0
    """Blank backs counted."""
    sheets: int = 0
    papers: Counter[str] = field(default_factory=Counter)
    """How many pieces of paper, by their size."""
    goes_on: bool = False
    """Whether more of it stands in the next file."""

    def add(self, first_page: int, sides: int, paper: str) -> None:
        """Let it grow by one sheet."""
        self.first_page = self.first_page or first_page
        self.last_page = first_page + sides + sides % 2 - 1
        self.sheets += 1
        self.papers[paper] += (sides + 1) // 2


@dataclass(frozen=True, slots=True)
class Separator:
    """One separator sheet: the stretches that begin behind it, the widest first."""

    number: int
    """In its file, from 1."""
    size: Size
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class SeparatorBlock:
    """A stretch as the sheet shows it."""

    label: str
    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SeparatorSheet:
    """One separator sheet as the template shows it."""

    panel: str
    number: int
    blocks: tuple[SeparatorBlock, ...]


@dataclass(frozen=True, slots=True)
class SeparatorsView:
    """What the template of separator sheets shows."""

    language: str
    title: str
    clinic: str
    event: str
    count: int
    sheets: tuple[SeparatorSheet, ...]


def compose_separators(
    loaded: LoadedContent,
    event: str,
    separators: Sequence[Separator],
    count: int,
    use: SheetUse = OWN_SHEET,
) -> Composed:
    """Fill the template of separator sheets, each a page; ``count`` is how many the file has.

    All have one size.

    Raises:
        ContentError: the template is broken.

    """
    say = language(loaded.content.language)
    names = [f"separator-{one.number}" for one in separators]
    view = SeparatorsView(
        language=loaded.content.language,
        title=say.text("separators.title"),
        clinic=loaded.content.clinic.name,
        event=event,
        count=count,
        sheets=tuple(
            SeparatorSheet(
                name, one.number, tuple(_block(say, stretch) for stretch in one.stretches)
            )
            for name, one in zip(names, separators, strict=True)
        ),
    )
    panels = {name: Panel(one.size) for name, one in zip(names, separators, strict=True)}
    return own_document(loaded, SEPARATORS, view, view.title, panels, use)


def _block(say: Language, stretch: Stretch) -> SeparatorBlock:
    return SeparatorBlock(
        stretch.label,
        stretch.title,
        tuple((say.text(f"separators.{name}"), told) for name, told in _told(say, stretch)),
    )


def _told(say: Language, stretch: Stretch) -> Iterator[tuple[str, str]]:
    """Give what is told of a stretch, each with the message that names it."""
    if not stretch.sheets:
        yield "sheets_and_copies", say.text("separators.none")
        return
    sheets = say.number(stretch.sheets)
    goes_on = stretch.goes_on
    told = say.text("separators.goes_on", sheets=sheets) if goes_on else sheets
    yield "sheets_and_copies", told
    papers = (
        say.text("run_ticket.papers", paper=name, count=say.number(count))
        for name, count in sorted(stretch.papers.items())
    )
    yield "paper", say.list_of(papers)
    first, last = map(say.number, (stretch.first_page, stretch.last_page))
    yield "pages", say.text("separators.from_to", first=first, last=last)


def part_label(say: Language, number: int, count: int) -> str:
    """Name a part among all: "Part 2 of 3"."""
    return say.text("separators.part", number=str(number), count=str(count))
