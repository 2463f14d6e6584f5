"""A run from what was read to its files: sheets, lists of what stands where, and the ticket."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.compose.separators import Separator
from handouts.errors import ContentError, MachineError
from handouts.findings import Finding, Place, Report, Severity
from handouts.jobs.batch.counts import Batch, PartCount
from handouts.jobs.batch.event import RosterPart
from handouts.jobs.batch.imposing import impose_run
from handouts.jobs.batch.items import Chunks, Kind, items_of
from handouts.jobs.batch.lists import manifest_data, ticket_of, write_each
from handouts.jobs.batch.manifest import Line, Manifest
from handouts.jobs.batch.request import held
from handouts.jobs.batch.separating import draw_separators
from handouts.jobs.batch.ticket import ticket_ahead
from handouts.jobs.build import source_date
from handouts.roster.failed import write_failed
from handouts.roster.read import BadRow
from handouts.run.run import PrintedRow, print_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handouts.jobs.batch.event import Event
    from handouts.jobs.batch.items import Item
    from handouts.jobs.batch.request import BatchRequest
    from handouts.run.run import FailedRow, RunResult


def print_batch(
    event: Event, request: BatchRequest, progress: Callable[[int], None] = lambda _: None
) -> Batch:
    """Print an event, and write what stands where, what failed, and the ticket.

    ``progress`` is told how many more sheets are done.

    Raises:
        ContentError: no sheet could be printed, and the rows are written to be mended; under
            ``strict``, anything at all is wrong or doubtful, and nothing is written.
        LayoutError: the separators or the ticket can't be laid out.
        MachineError: the disk is full or can't be written; what was there before is untouched.

    """
    files = event.files
    with (
        ticket_ahead(event.loaded, files) as write_ticket,
        Manifest(files.manifest, files.manifest_json, with_names=request.with_names) as manifest,
    ):
        printing = _Printing(event, request, manifest, progress)
        batch = printing.print()
        if request.strict:
            _put_in_place(batch)
        batch.report = Report(
            tuple(dict.fromkeys((*batch.report.findings, *_left_over(event, batch))))
        )
        for part in batch.parts.values():
            if part.failed:
                _write_failed(event, part)
        if not batch.files:
            raise ContentError(batch.report)
        if event.order is not None:
            for path in batch.files:
                batch.imposed.append(impose_run(path, files.imposed(path), event.order))
        manifest.finish(manifest_data(event, batch))
        batch.report += write_ticket(ticket_of(event, batch))
    if request.each is not None:
        write_each(request.each, printing.each)
    return batch


def _put_in_place(batch: Batch) -> None:
    """Put files that were held where they belong; none, where anything was found."""
    if batch.report.findings:
        for path in batch.files:
            held(path).unlink(missing_ok=True)
        raise ContentError(batch.report)
    for path in batch.files:
        try:
            held(path).replace(path)
        except OSError as error:
            raise MachineError.because(
                f"can't write {path.name} into {path.parent}",
                why=error.strerror or str(error),
                mend=f"what was printed is in {held(path).name}",
                place=Place(file=str(path)),
            ) from error


class _Printing:
    """Prints one file after another, and keeps count."""

    def __init__(
        self,
        event: Event,
        request: BatchRequest,
        manifest: Manifest,
        progress: Callable[[int], None],
    ) -> None:
        self._event, self._request = event, request
        self._manifest, self._progress = manifest, progress
        self._asked: deque[Item] = deque()
        self._separators: list[Item] = []
        self._waiting: list[Line] = []
        """Lines of separators, until something behind them is printed."""
        self._failed: dict[int, dict[int, Report]] = {}
        self._batch = Batch(
            {part.number: PartCount(part.number, part.title) for part in event.parts},
            PartCount(0, "Separators"),
        )
        self.each: list[tuple[Path, Line]] = []

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
        batch.report = Report(tuple(findings))
        return batch

    def _print_file(self, chunk: Iterator[Item], path: Path) -> RunResult | None:
        """Print one file; None where none of its sheets can be printed."""
        sheets = 0

        def told(done: PrintedRow | FailedRow) -> None:
            nonlocal sheets
            item = self._asked.popleft()
            if isinstance(done, PrintedRow):
                sheets += item.kind is not Kind.SEPARATOR
                self._printed(path, item, done)
            else:
                self._failed.setdefault(item.part, {}).setdefault(item.row, done.report)
            self._progress(item.kind is not Kind.SEPARATOR)

        self._separators.clear()
        self._waiting.clear()
        try:
            result = print_run(
                (item.run for item in self._noted(chunk)),
                held(path) if self._request.strict else path,
                loaded=self._event.loaded,
                resume=self._request.resume,
                moment=source_date(),
                use=self._event.use,
                told=told,
                kept=self._draw_separators,
            )
        except ContentError:
            if self._asked or sheets:
                raise
            return None
        self._list_waiting()
        self._batch.files[path] = sheets
        return result

    def _noted(self, chunk: Iterator[Item]) -> Iterator[Item]:
        for item in chunk:
            self._asked.append(item)
            yield item

    def _printed(self, path: Path, item: Item, done: PrintedRow) -> None:
        line = _line(path.name, item, done)
        if item.kind is Kind.SEPARATOR:
            self._separators.append(item)
            self._waiting.append(line)
            return
        self._list_waiting()
        self._manifest.add(line)
        self._batch.parts[item.part].add(done.first_page, done.sides, item.paper)
        for stretch in item.stretches:
            stretch.add(done.first_page, done.sides, item.paper)
        if self._request.each is not None and item.kind is Kind.SHEET and item.copy == 1:
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


def _line(file: str, item: Item, done: PrintedRow) -> Line:
    return Line(
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


def _write_failed(event: Event, count: PartCount) -> None:
    part = event.parts[count.number - 1]
    if isinstance(part, RosterPart):
        write_failed(event.files.failed(part.number), part.roster.columns, count.failed)


def _left_over(event: Event, batch: Batch) -> Iterator[Finding]:
    after = event.files.chunk(len(batch.files) + 1)
    if event.files.chunked and after.exists():
        last = list(batch.files)[-1].name if batch.files else ""
        yield Finding(
            f"{after.name} is of an earlier run",
            f"this one ends with {last}" if last else "this one has no file",
            "take it away before anyone prints it",
            Place(file=str(after)),
            Severity.WARNING,
        )
