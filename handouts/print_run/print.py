"""A run from what was read to its files: sheets, lists of what stands where, and the ticket."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from handouts.basics.clock import source_date
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.workers import Workers, cores
from handouts.intake.roster.failed import failed_table
from handouts.intake.roster.row_reader import BadRow
from handouts.mail_merge.forecast import Forecast
from handouts.mail_merge.merge import print_run
from handouts.mail_merge.results import PrintedRow
from handouts.pipeline.on_all_cores import get_ready
from handouts.print_run.counts import Batch, PartCount
from handouts.print_run.event import RosterPart
from handouts.print_run.items import Chunks, ItemKind, items_of
from handouts.print_run.manifest import ManifestLine, RunManifest
from handouts.print_run.on_larger_sheets import impose_run
from handouts.print_run.piles import write_piles
from handouts.print_run.separating import draw_separators
from handouts.print_run.ticket import lay_out_ticket
from handouts.print_run.told import manifest_data, ticket_of, write_each
from handouts.print_run.work import run_at_work
from handouts.tickets.separators import Separator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from handouts.mail_merge.results import FailedRow, RunResult
    from handouts.mail_merge.words_on_paper import WordsOnPaper
    from handouts.print_run.event import Event
    from handouts.print_run.items import PrintItem
    from handouts.print_run.request import BatchRequest
    from handouts.print_run.work import RunWork


def print_batch(event: Event, request: BatchRequest, forecast: Forecast | None = None) -> Batch:
    """Print an event, and write what stands where, what failed, and the ticket.

    ``forecast`` is told of layouts and sheets as they are done.

    Raises:
        ContentError: no sheet could be printed, and the rows are written to be mended; under
            ``strict``, anything at all is wrong or doubtful, and nothing is written.
        LayoutError: the separators or the ticket can't be laid out, or a sheet in a finished
            file lacks a word of its row.
        MachineError: the disk is full or can't be written; what was there before is untouched.

    """
    files = event.files
    with (
        run_at_work(files, request.each, resume=request.resume) as work,
        Workers(cores(), get_ready) as pool,
    ):
        lists = files.manifest, files.manifest_json
        with RunManifest(*map(work.staged, lists), with_names=request.with_names) as manifest:
            printing = _Printing(event, request, work, pool, manifest, forecast or Forecast(0, 0))
            batch = printing.print()
            if printing.changed:
                raise ContentError(Report(tuple(printing.changed)))
            if request.strict and batch.report.findings:
                raise ContentError(batch.report)
            failed = list(_failed_lists(event, batch, work))
            if not batch.files:
                work.place(failed)
                raise ContentError(batch.report)
            if event.order is not None:
                for path in batch.files:
                    onto = files.imposed(path), event, event.order, work, printing.words[path]
                    batch.imposed.append(impose_run(path, *onto))
            if request.split:
                batch.piles += write_piles(event, request.split, printing.lines, work, pool)
            manifest.finish(manifest_data(event, batch))
        ticket = lay_out_ticket(event.loaded, ticket_of(event, batch, work), pool)
        work.write(files.ticket, ticket.pdf)
        work.write(files.ticket_json, ticket.data)
        each = list(write_each(printing.each, request.each, work)) if request.each else []
        imposed = (one.path for one in batch.imposed)
        piles = (path for one in batch.piles for path in one.paths)
        written = (
            *batch.files,
            *imposed,
            *piles,
            *lists,
            files.ticket,
            files.ticket_json,
            *failed,
            *each,
        )
        found = (*ticket.report.findings, *_left_over(event, batch, written))
        batch.report = Report(tuple(dict.fromkeys((*batch.report.findings, *found))))
        work.place(written)
    return batch


class _Printing:
    """Prints one file after another, and keeps count."""

    def __init__(
        self,
        event: Event,
        request: BatchRequest,
        work: RunWork,
        pool: Workers,
        manifest: RunManifest,
        forecast: Forecast,
    ) -> None:
        self._event, self._request, self._work = event, request, work
        self._pool, self._manifest, self._forecast = pool, manifest, forecast
        self._asked: deque[PrintItem] = deque()
        self._separators: list[PrintItem] = []
        self._waiting: list[ManifestLine] = []
        """Lines of separators, until something behind them is printed."""
        self._failed: dict[int, dict[int, Report]] = {}
        self._batch = Batch(
            {part.number: PartCount(part.number, part.title) for part in event.parts},
            PartCount(0, "Separators"),
        )
        self.words: dict[Path, WordsOnPaper] = {}
        """What each file shows."""
        self.each: list[tuple[Path, ManifestLine]] = []
        self.changed: list[Finding] = []
        """Sheets that were to be printed once more, and are not what they were."""
        self.lines: list[ManifestLine] = []
        """Of sheets that are printed once more, or put into piles."""

    def print(self) -> Batch:
        batch, event = self._batch, self._event
        findings = [*event.report.findings]
        items = items_of(event, with_names=self._request.with_names)
        for chunk in Chunks(items, event.sheets_a_file):
            path = event.files.chunk(len(batch.files) + 1)
            result = self._print_file(chunk, path)
            if result is None:
                continue
            batch.pages[path] = result.sides
            batch.layouts += result.layouts
            batch.alone += result.alone
            findings.extend(result.report.findings)
        for part in event.parts:
            if isinstance(part, RosterPart):
                failed = self._failed.get(part.number, {})
                rows = [*part.bad, *_failed(part, failed)]
                batch.parts[part.number].failed = sorted(rows, key=lambda row: row.number)
                findings += (f for number in failed for f in _placed(part, number, failed))
        if event.again is not None:
            self.changed += event.again.changed(map(asdict, self.lines))
        batch.report = Report(tuple(findings))
        return batch

    def _print_file(self, chunk: Iterator[PrintItem], path: Path) -> RunResult | None:
        """Print one file; None where none of its sheets can be printed."""
        sheets = 0

        def told(done: PrintedRow | FailedRow) -> None:
            nonlocal sheets
            item = self._asked.popleft()
            if isinstance(done, PrintedRow):
                sheets += item.kind is not ItemKind.SEPARATOR
                self._printed(path, item, done)
            else:
                self._failed.setdefault(item.part, {}).setdefault(item.row, done.report)
            if item.kind is not ItemKind.SEPARATOR:
                self._forecast.sheet_done()

        self._separators.clear()
        self._waiting.clear()
        try:
            result = print_run(
                (item.run for item in self._noted(chunk)),
                self._work.staged(path),
                self._work.parts(path),
                loaded=self._event.loaded,
                pool=self._pool,
                moment=source_date(),
                use=self._event.use,
                told=told,
                kept=self._draw_separators,
                forecast=self._forecast,
            )
        except ContentError:
            if self._asked or sheets:
                raise
            return None
        self._list_waiting()
        self._batch.files[path] = sheets
        self.words[path] = result.words
        return result

    def _noted(self, chunk: Iterator[PrintItem]) -> Iterator[PrintItem]:
        for item in chunk:
            self._asked.append(item)
            yield item

    def _printed(self, path: Path, item: PrintItem, done: PrintedRow) -> None:
        line = _line(path.name, item, done)
        if item.kind is ItemKind.SEPARATOR:
            self._separators.append(item)
            self._waiting.append(line)
            return
        self._list_waiting()
        self._manifest.add(line)
        if self._event.again is not None or self._request.split:
            self.lines.append(line)
        self._batch.parts[item.part].add(done.first_page, done.sides, item.paper)
        for stretch in item.stretches:
            stretch.add(done.first_page, done.sides, item.paper)
        if self._request.each is not None and item.kind is ItemKind.SHEET and item.copy == 1:
            self.each.append((path, line))

    def _list_waiting(self) -> None:
        for line in self._waiting:
            self._manifest.add(line)
            self._batch.separators.add(line.first_page, line.sides, line.paper)
        self._waiting.clear()

    def _draw_separators(self) -> list[tuple[bytes, int]]:
        """Lay out the separators of a file, now that it is known what lies behind them."""
        numbered = enumerate(self._separators, 1)
        separators = [Separator(number, item.size, item.behind) for number, item in numbered]
        return draw_separators(self._event, separators)


def _line(file: str, item: PrintItem, done: PrintedRow) -> ManifestLine:
    return ManifestLine(
        item.number,
        file,
        item.part,
        item.kind,
        item.piece,
        item.row or None,
        item.record_id,
        item.copy,
        done.first_page,
        done.sides,
        item.edition,
        item.paper,
        done.layout,
        " ".join(one.exercise for one in item.exercises),
        item.name,
    )


def _failed(part: RosterPart, failed: dict[int, Report]) -> Iterator[BadRow]:
    """Give the rows that failed while they were printed, with their cells."""
    if not failed:
        return
    for row in part.roster:
        if row.number in failed:
            found = tuple(_placed(part, row.number, failed))
            yield BadRow(row.number, row.record_id, row.cells, found)


def _placed(part: RosterPart, number: int, failed: dict[int, Report]) -> Iterator[Finding]:
    place = part.roster.columns.place(number)
    for finding in failed[number].findings:
        yield replace(finding, place=place)


def _failed_lists(event: Event, batch: Batch, work: RunWork) -> Iterator[Path]:
    """Write the rows that are not printed, to be mended; give the files."""
    for part in event.parts:
        failed = batch.parts[part.number].failed
        if isinstance(part, RosterPart) and failed:
            path = event.files.failed(part.number)
            work.write(path, failed_table(part.roster.columns, failed))
            yield path


def _left_over(event: Event, batch: Batch, written: Sequence[Path]) -> Iterator[Finding]:
    """Warn of what an earlier run left, and what lies beside this one's files."""
    files = event.files
    after = [files.chunk(len(batch.files) + 1)] if files.chunked else []
    for path in (*after, *map(files.failed, files.rosters)):
        if path not in written and path.exists():
            yield Finding(
                f"{path.name} is of an earlier run",
                f"this one wrote {', '.join(one.name for one in batch.files)}",
                "take it away before anyone prints or mends it",
                Place(file=str(path)),
                Severity.WARNING,
            )
