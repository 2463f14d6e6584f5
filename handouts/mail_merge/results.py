"""What a run printed of its rows, and what it could not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.basics.findings import Report
    from handouts.mail_merge.words_on_paper import WordsOnPaper


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row that is in the file: which it is, counted from 0, and where its sheet stands."""

    index: int
    first_page: int
    """From 1."""
    sides: int
    """Without the blank back of the last one."""
    layout: str = ""
    """A short digest of its layout, which tells nothing of a patient; empty if it has its own."""


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row that is not in the file: which it is, counted from 0, and why."""

    index: int
    record: str
    report: Report


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run printed, and what it could not."""

    sheets: int
    sides: int
    layouts: int
    alone: int
    """Sheets that needed a layout of their own."""
    failed: tuple[FailedRow, ...]
    report: Report
    """What was found in the layouts, and in sheets laid out alone; warnings alone."""
    words: WordsOnPaper
    """What was looked for in the file, to be looked for on larger sheets as well."""
