"""People's own files, for a screen: tagged and titled, one a person. Nothing is sent from here.

Tags are a file's own, so no pages are shared. The layouts are: each is laid out, tagged and looked
at once, and everybody's words are put into its slots, as ``handouts sheet`` does.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from errno import EIO
from typing import TYPE_CHECKING

from handouts.basics.clock import source_date
from handouts.basics.errors import ContentError
from handouts.basics.findings import Report
from handouts.basics.workers import Workers, cores
from handouts.intake.roster.failed import failed_table
from handouts.intake.roster.row_reader import BadRow
from handouts.mail_merge.fill import findings_of, lay_out_alone, read_part
from handouts.mail_merge.forecast import Forecast
from handouts.mail_merge.rows import RunRow
from handouts.pipeline.on_all_cores import get_ready
from handouts.print_run.counts import Batch, PartCount
from handouts.print_run.event import RosterPart
from handouts.print_run.items import ItemKind, items_of
from handouts.print_run.manifest import ManifestLine, RunManifest
from handouts.print_run.told import manifest_data
from handouts.print_run.work import run_at_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.basics.findings import Finding
    from handouts.basics.workers import Working
    from handouts.print_run.event import Event
    from handouts.print_run.items import PrintItem
    from handouts.print_run.request import BatchRequest
    from handouts.print_run.work import RunWork

_AHEAD = 2
"""Sheets that wait at once, for each process."""


def write_for_screens(
    event: Event, request: BatchRequest, folder: Path, forecast: Forecast | None = None
) -> Batch:
    """Write a file for each person into a folder, and the lists of what is whose.

    Raises:
        ContentError: no sheet could be made, and the rows are written to be mended; under
            ``strict``, anything at all is wrong or doubtful, and nothing is written.
        MachineError: the disk is full or can't be written; what was there before is untouched.

    """
    files = event.files
    with (
        run_at_work(files, folder, resume=request.resume) as work,
        Workers(cores(), get_ready) as pool,
    ):
        lists = files.manifest, files.manifest_json
        with RunManifest(*map(work.staged, lists), with_names=request.with_names) as manifest:
            making = _Making(event, folder, work, pool, forecast or Forecast(0, 0))
            for line in making.lines(with_names=request.with_names):
                manifest.add(line)
            batch = making.batch()
            if request.strict and batch.report.findings:
                raise ContentError(batch.report)
            failed = list(_failed_lists(event, batch, work))
            if not batch.files:
                work.place(failed)
                raise ContentError(batch.report)
            manifest.finish(manifest_data(event, batch))
        work.place((*batch.files, *lists, *failed))
    return batch


class _Making:
    """Makes one file after another, and keeps count."""

    def __init__(
        self, event: Event, folder: Path, work: RunWork, pool: Workers, forecast: Forecast
    ) -> None:
        self._event, self._folder = event, folder
        self._work, self._pool, self._forecast = work, pool, forecast
        self._failed: dict[int, dict[int, Report]] = {}
        self._findings: dict[Finding, None] = dict.fromkeys(event.report.findings)
        self._batch = Batch(
            {part.number: PartCount(part.number, part.title) for part in event.parts},
            PartCount(0, "Separators"),
        )

    def lines(self, *, with_names: bool) -> Iterator[ManifestLine]:
        """Make the files; give for each its line of the manifest."""
        waiting: deque[tuple[PrintItem, Path, Working[None]]] = deque()
        for number, item in enumerate(items_of(self._event, with_names=with_names)):
            if item.copy > 1 or not isinstance(item.run, RunRow):
                self._forecast.sheet_done()
                continue
            path = self._work.parts(self._event.files.target) / f"alone-{number:09}"
            job = self._pool.submit(
                lay_out_alone, self._event.loaded, item.run, source_date(), self._event.use, path
            )
            waiting.append((item, path, job))
            if len(waiting) >= _AHEAD * cores():
                yield from self._made(*waiting.popleft())
        while waiting:
            yield from self._made(*waiting.popleft())

    def _made(self, item: PrintItem, path: Path, job: Working[None]) -> Iterator[ManifestLine]:
        job.result()
        part = read_part(path)
        if part is None:
            raise OSError(EIO, "a sheet of the run can't be read back")
        self._forecast.sheet_done()
        report = findings_of(part)
        if report.errors:
            self._failed.setdefault(item.part, {})[item.row] = report
            return
        self._findings |= dict.fromkeys(report.warnings)
        own = self._folder / f"{item.record_id}.pdf"
        self._work.write(own, bytes(part.data))
        self._batch.files[own] = 1
        sides = part.head["pages"]
        self._batch.parts[item.part].add(1, sides, item.paper)
        yield ManifestLine(
            item.number,
            own.name,
            item.part,
            ItemKind.SHEET,
            "",
            item.row,
            item.record_id,
            item.copy,
            1,
            sides,
            item.edition,
            item.paper,
            "",
            " ".join(one.exercise for one in item.exercises),
            item.name,
        )

    def batch(self) -> Batch:
        """Give what was made, and what could not be."""
        for part in self._event.parts:
            if isinstance(part, RosterPart):
                rows = [*part.bad, *self._bad(part)]
                self._batch.parts[part.number].failed = sorted(rows, key=lambda row: row.number)
        self._batch.alone = len(self._batch.files)
        self._batch.report = Report(tuple(self._findings))
        return self._batch

    def _bad(self, part: RosterPart) -> Iterator[BadRow]:
        failed = self._failed.get(part.number)
        for row in part.roster if failed else ():
            if row.number in (failed or {}):
                place = part.roster.columns.place(row.number)
                found = tuple(
                    replace(one, place=place) for one in (failed or {})[row.number].findings
                )
                self._findings |= dict.fromkeys(found)
                yield BadRow(row.number, row.record_id, row.cells, found)


def _failed_lists(event: Event, batch: Batch, work: RunWork) -> Iterator[Path]:
    """Write the rows that no file was made for, to be mended; give the lists."""
    for part in event.parts:
        failed = batch.parts[part.number].failed
        if isinstance(part, RosterPart) and failed:
            path = event.files.failed(part.number)
            work.write(path, failed_table(part.roster.columns, failed))
            yield path
