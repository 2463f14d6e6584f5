"""A run that was read: its rosters, its standing pieces, and how they are put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.compose.composed import OWN_SHEET, SheetUse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.basics.choices import Sort
    from handouts.basics.findings import Report
    from handouts.basics.papers import Size
    from handouts.imposition.schemes import ImpositionOrder
    from handouts.intake.roster.read import Roster
    from handouts.intake.roster.row_reader import BadRow
    from handouts.load.content import LoadedContent
    from handouts.models.run_plan import Before
    from handouts.print_run.again import Again
    from handouts.print_run.request import RunFiles
    from handouts.print_run.standing import Standing


@dataclass(slots=True)
class RosterPart:
    """Everybody's sheets from a roster; it is gone through once to be counted."""

    number: int
    """Counted from 1."""
    title: str
    roster: Roster
    sort: Sort
    prefix: str
    """Stands before record ids, so that those of several rosters stay apart."""
    defaults: Mapping[str, str]
    """What holds for rows that leave it out, by a prescription's keys."""
    sheets: int = 0
    """How many there are to print, copies counted."""
    bad: list[BadRow] = field(default_factory=list)
    sizes: dict[str, Size] = field(default_factory=dict)
    """The papers of its sheets."""


@dataclass(frozen=True, slots=True)
class PiecePart:
    """Copies of a standing piece."""

    number: int
    title: str
    piece: str
    sheets: int
    standing: Standing

    @property
    def sizes(self) -> Mapping[str, Size]:
        """The paper of the piece."""
        return {self.standing.paper: self.standing.size}


@dataclass(frozen=True, slots=True)
class Event:
    """A run that was read: what can be printed, and how it is put together."""

    title: str
    """Empty for a roster alone."""
    loaded: LoadedContent
    files: RunFiles
    parts: tuple[RosterPart | PiecePart, ...]
    report: Report
    separators: frozenset[Before] = frozenset()
    sheets_a_file: int | None = None
    order: ImpositionOrder | None = None
    """How the sheets are imposed; None where they are not."""
    use: SheetUse = OWN_SHEET
    """What the sheets are made for."""
    again: Again | None = None
    """The sheets of an earlier run that are printed once more, and no others."""
    layouts: int = 0
    """How many layouts the rosters' sheets will need."""

    @property
    def sheets(self) -> int:
        """How many there are to print, copies counted."""
        if self.again is not None:
            return len(self.again.sheets)
        return sum(part.sheets for part in self.parts)

    def lists(self) -> dict[int, Path]:
        """Give the file of each roster, by its part."""
        rosters = (part for part in self.parts if isinstance(part, RosterPart))
        return {part.number: Path(part.roster.columns.file) for part in rosters}

    def roster(self, number: int) -> RosterPart:
        """Give a part that is a roster, by its number."""
        part = self.parts[number - 1]
        if isinstance(part, RosterPart):
            return part
        raise ValueError(f"part {number} is no roster")
