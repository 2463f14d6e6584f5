"""How much of a run was printed, part by part and file by file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.basics.findings import Report

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.intake.roster.row_reader import BadRow
    from handouts.print_run.on_larger_sheets import ImposedRun


@dataclass(slots=True)
class PartCount:
    """How much of a part was printed."""

    number: int
    title: str
    sheets: int = 0
    sides: int = 0
    """Blank backs are not counted."""
    papers: Counter[str] = field(default_factory=Counter)
    """How many pieces of paper, by their size."""
    stapled: int = 0
    """Sheets that take more than one piece of paper."""
    first_page: int = 0
    """In the first file that holds any of it, from 1; 0 as long as there is none."""
    failed: list[BadRow] = field(default_factory=list)

    def add(self, first_page: int, sides: int, paper: str) -> None:
        """Count a sheet."""
        self.first_page = self.first_page or first_page
        self.stapled += sides > 2
        self.sheets += 1
        self.sides += sides
        self.papers[paper] += (sides + 1) // 2


@dataclass(frozen=True, slots=True)
class PrintedPile:
    """The files of a pile."""

    path: Path
    ticket: Path
    ticket_json: Path
    sheets: int
    pages: int
    sha256: str

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of its files."""
        return self.path, self.ticket, self.ticket_json


@dataclass(slots=True)
class Batch:
    """What a run printed, and what it could not."""

    parts: dict[int, PartCount]
    separators: PartCount
    files: dict[Path, int] = field(default_factory=dict)
    """How many sheets each file holds."""
    pages: dict[Path, int] = field(default_factory=dict)
    imposed: list[ImposedRun] = field(default_factory=list)
    piles: list[PrintedPile] = field(default_factory=list)
    layouts: int = 0
    alone: int = 0
    report: Report = field(default_factory=Report)

    @property
    def counts(self) -> tuple[PartCount, ...]:
        """Every part and the separators."""
        return (*self.parts.values(), self.separators)

    @property
    def sheets(self) -> int:
        """How many sheets and copies are printed, separators left out."""
        return sum(part.sheets for part in self.parts.values())

    @property
    def sides(self) -> int:
        """How many sides are printed; blank backs are not counted."""
        return sum(part.sides for part in self.counts)

    @property
    def papers(self) -> dict[str, int]:
        """How many pieces of paper it takes, by their size."""
        papers: Counter[str] = Counter()
        for part in self.counts:
            papers.update(part.papers)
        return dict(sorted(papers.items()))

    @property
    def failed_rows(self) -> list[int]:
        """The numbers of the rows that are not printed, part after part."""
        return [row.number for part in self.parts.values() for row in part.failed]
