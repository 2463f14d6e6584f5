"""Separator sheets: what the stack below each one is, for whoever takes the run apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.compose.composed import OWN_SHEET
from handouts.tickets.own_document import Panel, own_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.basics.papers import Size
    from handouts.compose.composed import Composed, SheetUse
    from handouts.load.content import LoadedContent

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
    names = [f"separator-{one.number}" for one in separators]
    view = SeparatorsView(
        language="en",
        title="Separator sheets",
        clinic=loaded.content.clinic.name,
        event=event,
        count=count,
        sheets=tuple(
            SeparatorSheet(name, one.number, tuple(map(_block, one.stretches)))
            for name, one in zip(names, separators, strict=True)
        ),
    )
    panels = {name: Panel(one.size) for name, one in zip(names, separators, strict=True)}
    return own_document(loaded, SEPARATORS, view, view.title, panels, use)


def _block(stretch: Stretch) -> SeparatorBlock:
    if not stretch.sheets:
        nothing = ("Sheets and copies", "none here; see the rows that are not printed")
        return SeparatorBlock(stretch.label, stretch.title, (nothing,))
    rest = "; more in the next file" if stretch.goes_on else ""
    paper = ", ".join(f"{name}: {count:,}" for name, count in sorted(stretch.papers.items()))
    return SeparatorBlock(
        stretch.label,
        stretch.title,
        (
            ("Sheets and copies", f"{stretch.sheets:,}{rest}"),
            ("Paper, without dividers", paper),
            (
                "Pages, with dividers",
                f"{stretch.first_page:,} to {stretch.last_page:,}",
            ),
        ),
    )
