"""Everybody's sheets from a roster, or all that a plan names, as one file for the printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.jobs.progress import Progress, unseen
from handouts.mail_merge.forecast import Forecast
from handouts.print_run.on_screens import write_for_screens
from handouts.print_run.print import print_batch
from handouts.print_run.read_event import read_event
from handouts.print_run.request import USUAL_CONTENT, BatchRequest, reading_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handouts.basics.findings import Report
    from handouts.basics.papers import Sheet
    from handouts.print_run.counts import Batch
    from handouts.print_run.event import Event

__all__ = [
    "BatchRequest",
    "ImposedFile",
    "PrintRun",
    "PrintedPart",
    "RowsToMend",
    "print_run",
    "reading_of",
]


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """How much of a part of the run was printed."""

    number: int
    """Counted from 1."""
    title: str
    sheets: int


@dataclass(frozen=True, slots=True)
class ImposedFile:
    """A file of larger sheets, and how it is printed."""

    path: Path
    sheets: int
    paper: Sheet
    flip: str
    """The edge about which the printer turns a sheet."""


@dataclass(frozen=True, slots=True)
class RowsToMend:
    """Rows that are not printed, and all that a run needs to print them once they are mended."""

    roster: Path
    """Where they are written."""
    rows: tuple[int, ...]
    """Their numbers."""
    defaults: Mapping[str, str]
    """What held for them where they leave it out, by a prescription's keys."""
    content: str | None
    """The clinic's content; None for the usual file."""
    profile: Profile
    proof: bool
    columns: tuple[tuple[str, str], ...] = ()
    """What was said of its columns: our name, and the header."""
    each: Path | None = None
    """The folder of a file for each person."""


@dataclass(frozen=True, slots=True)
class PrintRun:
    """The files that are there now, and how much was printed."""

    files: Mapping[Path, int]
    """Each file of sheets, and how many it holds."""
    piles: Mapping[Path, int]
    """Each file of sheets that a printer needs apart, and how many it holds."""
    imposed: tuple[ImposedFile, ...]
    manifest: Path
    """What stands where, for a spreadsheet."""
    manifest_json: Path
    """The same, for a program."""
    ticket: Path | None
    """What the printer has to know; None where nothing is for a printer."""
    each: Path | None
    """The folder of a file for each person."""
    parts: tuple[PrintedPart, ...]
    separators: int
    sides: int
    papers: Mapping[str, int]
    """How many pieces of paper it takes, by their size."""
    layouts: int
    """How many layouts the sheets were filled into."""
    laid_out_alone: int
    """How many sheets fitted into none of them."""
    to_mend: tuple[RowsToMend, ...]
    report: Report

    @property
    def sheets(self) -> int:
        """How many sheets and copies are printed, separators left out."""
        return sum(part.sheets for part in self.parts)

    @property
    def failed_rows(self) -> list[int]:
        """The numbers of the rows that are not printed, part after part."""
        return [row for one in self.to_mend for row in one.rows]


def print_run(request: BatchRequest, progress: Progress = unseen) -> PrintRun:
    """Print everybody's sheets, and write what stands where, what failed, and the ticket.

    ``progress`` is told of the sheets, and how long the rest will take.

    Raises:
        ContentError: the plan, the content or a roster can't be used; no sheet could be printed,
            and the rows are written to be mended; under ``strict``, anything at all is wrong or
            doubtful, and nothing is written.
        LayoutError: a standing piece, the separators or the ticket can't be laid out.
        MachineError: the disk is full or can't be written; what was there before is untouched.

    """
    event = read_event(request)
    forecast = Forecast(event.layouts, event.sheets)

    def told() -> None:
        progress(forecast.sheets_done, event.sheets, how_long(forecast))

    forecast.told = told
    told()
    if event.use.profile is Profile.SCREEN and request.each is not None:
        batch = write_for_screens(event, request, request.each, forecast)
    else:
        batch = print_batch(event, request, forecast)
    return _told(request, event, batch)


def how_long(forecast: Forecast) -> str:
    """Say how long a run still goes on, as far as that is known, and what it does meanwhile."""
    told = []
    if forecast.layouts_left:
        told.append(f"layout {forecast.layouts_done + 1} of {forecast.layouts}")
    left_s = forecast.seconds_left
    if left_s is not None and forecast.sheets_done < forecast.sheets:
        minutes, seconds = divmod(round(left_s), 60)
        told.append(f"{minutes} min {seconds} s left" if minutes else f"{seconds} s left")
    return ", ".join(told)


def _told(request: BatchRequest, event: Event, batch: Batch) -> PrintRun:
    files = event.files
    return PrintRun(
        files=dict(batch.files),
        piles={one.path: one.sheets for one in batch.piles},
        imposed=tuple(ImposedFile(x.path, x.sheets, x.paper, x.flip) for x in batch.imposed),
        manifest=files.manifest,
        manifest_json=files.manifest_json,
        ticket=None if event.use.profile is Profile.SCREEN else files.ticket,
        each=request.each,
        parts=tuple(PrintedPart(x.number, x.title, x.sheets) for x in batch.parts.values()),
        separators=batch.separators.sheets,
        sides=batch.sides,
        papers=batch.papers,
        layouts=batch.layouts,
        laid_out_alone=batch.alone,
        to_mend=tuple(
            _to_mend(event, part.number, tuple(row.number for row in part.failed), request.each)
            for part in batch.parts.values()
            if part.failed
        ),
        report=batch.report,
    )


def _to_mend(event: Event, part: int, rows: tuple[int, ...], each: Path | None) -> RowsToMend:
    content = event.loaded.source.file
    return RowsToMend(
        event.files.failed(part),
        rows,
        event.roster(part).defaults,
        None if content == str(USUAL_CONTENT) else content,
        event.use.profile,
        event.use.proof,
        event.roster(part).roster.said.by_name,
        each,
    )
