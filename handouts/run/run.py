"""A run: one file of many sheets, laid out once and printed many times, and taken up again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from errno import EIO
from itertools import islice
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING

from handouts.errors import ContentError, MachineError
from handouts.findings import Finding, Place, Report
from handouts.output import owners_file
from handouts.run.book import Book, Title
from handouts.run.layouts import RunLayout, make_layout
from handouts.run.parts import (
    PartJob,
    errors_of,
    fill_part,
    lay_out_alone,
    read_part,
)
from handouts.run.rows import (
    KeptPage,
    RunItem,
    RunRow,
    StandingPages,
    layout_of,
    likeness,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.render.slot_fonts import EmbeddedFace, WantedFace

ROWS_A_PART = 1000
PARTS_AHEAD = 2
"""Parts that wait at once, for each process."""


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
    """What was found in the layouts; warnings alone."""


@dataclass(slots=True)
class _Part:
    """A part on its way: its rows, and the work that is being done on them."""

    job: PartJob
    first: int
    rows: list[RunItem]
    layouts: list[int | None]
    filled: Future[None] | None
    alone: dict[int, Future[None]] = field(default_factory=dict)


def print_run(  # noqa: PLR0913 - one for each part of an order
    rows: Iterable[RunItem],
    target: Path,
    *,
    loaded: LoadedContent,
    resume: bool = False,
    told: Callable[[PrintedRow | FailedRow], None] = lambda _: None,
    moment: datetime | None = None,
    kept: Callable[[], Sequence[tuple[bytes, int]]] = tuple,
) -> RunResult:
    """Print many people's sheets into one file, in the order of the rows.

    Finished pages may lie between them. ``kept`` gives the pages whose places were kept,
    once all others are in the file: each as a file, and which of its pages, from 0.

    Rows with the same exercises, doses, date, paper and so on share a layout. Words that
    don't fit their slot, and notes that decide a layout themselves, are laid out alone, as
    ``handouts sheet`` does. Each sheet begins on a fresh front side. A row that can't be
    printed is told in the result, and the others are printed.

    The work is kept beside the target, in ``NAME.parts``, until the file is whole; with
    ``resume`` what an earlier run left there is used where it is made of the same rows.
    ``told`` hears of each row when it is done, in the order of the rows.

    Raises:
        ContentError: no row could be printed.
        MachineError: the disk is full or can't be written; the target is untouched.

    """
    folder = target.with_name(target.name + ".parts")
    try:
        if not resume:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        run = _Run(loaded, folder, moment)
        staged = folder / "book.pdf"
        with owners_file(staged) as file:
            result = run.print(rows, Book(file), told, kept)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(target)
        shutil.rmtree(folder, ignore_errors=True)
    except ContentError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except OSError as error:
        raise MachineError.because(
            f"can't write {target.name} into {target.parent}",
            why=error.strerror or str(error),
            mend="free some space, then take the run up again; the file is not changed",
            place=Place(file=str(target)),
        ) from error
    except BrokenProcessPool as error:
        raise MachineError.because(
            "a process of the run was ended from outside",
            why="often the memory is full",
            mend="close other programs, then take the run up again",
        ) from error
    return result


class _Run:
    """What a run has at hand while it prints."""

    def __init__(self, loaded: LoadedContent, folder: Path, moment: datetime | None) -> None:
        self._loaded, self._folder, self._moment = loaded, folder, moment
        self._numbers: dict[RunRow, int] = {}
        self._layouts: list[RunLayout] = []
        self._in_book: set[int] = set()
        self._identity = hashlib.sha256()
        self._failed: list[FailedRow] = []
        self._sheets = self._alone = 0

    def print(
        self,
        rows: Iterable[RunItem],
        book: Book,
        told: Callable[[PrintedRow | FailedRow], None],
        kept: Callable[[], Sequence[tuple[bytes, int]]],
    ) -> RunResult:
        with ProcessPoolExecutor(os.cpu_count() or 1, initializer=end_with_parent) as pool:
            waiting: deque[_Part] = deque()
            try:
                for part in self._parts(rows, pool):
                    waiting.append(part)
                    if len(waiting) >= PARTS_AHEAD * (os.cpu_count() or 1):
                        self._bind(waiting.popleft(), pool, book, told)
                while waiting:
                    self._bind(waiting.popleft(), pool, book, told)
                self._check_any()
                pages = kept()
                for pdf, page in pages:
                    self._identity.update(hashlib.sha256(pdf + b"%d" % page).digest())
                book.draw_kept(pages)
                faces = pool.submit(
                    _faces, _wanted(book), self._loaded.content.provenance.dated
                ).result()
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        content = self._loaded.content
        book.finish(
            faces,
            Title(
                content.sheet.title,
                content.clinic.name,
                content.language,
                self._moment or _midnight(content.provenance.dated),
            ),
            self._identity.digest()[:16],
        )
        findings = (finding for layout in self._layouts for finding in layout.report.warnings)
        return RunResult(
            self._sheets,
            book.pages,
            len(self._in_book),
            self._alone,
            tuple(self._failed),
            Report(tuple(dict.fromkeys(findings))),
        )

    def _check_any(self) -> None:
        if self._sheets:
            return
        findings = (finding for row in self._failed for finding in row.report.findings)
        nothing = Finding("no sheet could be printed", "", "see what is said of each row")
        raise ContentError(Report((nothing, *dict.fromkeys(findings))))

    def _parts(self, rows: Iterable[RunItem], pool: ProcessPoolExecutor) -> Iterator[_Part]:
        """Read the rows part by part, and begin the work on each."""
        source, first = iter(rows), 0
        while part := list(islice(source, ROWS_A_PART)):
            yield self._begin(first, part, pool)
            first += len(part)

    def _begin(self, first: int, rows: list[RunItem], pool: ProcessPoolExecutor) -> _Part:
        layouts = self._numbered(rows, pool)
        entries = tuple(
            (number, words_of(row))
            if isinstance(row, RunRow) and number is not None and self._layouts[number].pdf
            else None
            for row, number in zip(rows, layouts, strict=True)
        )
        used = sorted({entry[0] for entry in entries if entry})
        digest = hashlib.sha256(repr(entries).encode())
        for number in used:
            digest.update(self._layouts[number].digest.encode())
        job = PartJob(
            self._folder / f"part-{first:09}",
            digest.hexdigest(),
            entries,
            {n: (self._layouts[n].pages, self._layouts[n].slots) for n in used},
        )
        done = read_part(job.path, job.digest) is not None
        part = _Part(job, first, rows, layouts, None if done else pool.submit(fill_part, job))
        for index, layout in enumerate(layouts):
            if layout is None:
                self._lay_out_alone(part, index, pool)
        return part

    def _lay_out_alone(self, part: _Part, index: int, pool: ProcessPoolExecutor) -> None:
        path = self._folder / f"alone-{part.first + index:09}"
        row = part.rows[index]
        if not isinstance(row, RunRow):
            return
        part.alone[index] = pool.submit(lay_out_alone, self._loaded, row, self._moment, path)

    def _bind(
        self,
        part: _Part,
        pool: ProcessPoolExecutor,
        book: Book,
        told: Callable[[PrintedRow | FailedRow], None],
    ) -> None:
        """Wait for a part, and put its sheets into the book."""
        if part.filled is not None:
            part.filled.result()
        file = read_part(part.job.path, part.job.digest)
        if file is None:
            raise OSError(EIO, "a part of the run can't be read back")
        for index, sheet in enumerate(file.head["sheets"]):
            if sheet is None and part.job.rows[index] is not None:
                self._lay_out_alone(part, index, pool)
        self._identity.update(part.job.digest.encode())
        for number in part.job.slots:
            if number not in self._in_book:
                self._in_book.add(number)
                book.add_layout(number, self._layouts[number].pdf)
        book.begin_part(file)
        streams = book.add_streams(file.streams())
        for index, sheet in enumerate(file.head["sheets"]):
            done: PrintedRow | FailedRow
            if sheet is not None:
                first_page = book.pages + 1
                sides = book.add_sheet(sheet[0], [streams[own] for own in sheet[1:]])
                self._sheets += 1
                digest = self._layouts[sheet[0]].digest[:12]
                done = PrintedRow(part.first + index, first_page, sides, digest)
            else:
                done = self._bind_other(part, index, book)
            told(done)

    def _bind_other(self, part: _Part, index: int, book: Book) -> PrintedRow | FailedRow:
        """Bind what has no slots, or say why there is nothing to bind."""
        item = part.rows[index]
        if not isinstance(item, RunRow):
            return self._bind_pages(part.first + index, item, book)
        if index in part.alone:
            return self._bind_alone(part, index, book)
        layout = part.layouts[index]
        report = Report() if layout is None else self._layouts[layout].report
        return self._fail(part, index, Report(report.errors))

    def _bind_pages(self, index: int, item: StandingPages | KeptPage, book: Book) -> PrintedRow:
        first_page = book.pages + 1
        if isinstance(item, KeptPage):
            book.keep_page(item.width_pt, item.height_pt)
            self._identity.update(b"kept")
            return PrintedRow(index, first_page, 1)
        self._identity.update(item.digest.encode())
        self._sheets += 1
        sides = book.add_standing(item.digest, item.pdf)
        return PrintedRow(index, first_page, sides, item.digest[:12])

    def _bind_alone(self, part: _Part, index: int, book: Book) -> PrintedRow | FailedRow:
        part.alone[index].result()
        file = read_part(self._folder / f"alone-{part.first + index:09}")
        if file is None:
            raise OSError(EIO, "a sheet of the run can't be read back")
        if file.head["errors"]:
            return self._fail(part, index, errors_of(file))
        self._identity.update(file.head["digest"].encode())
        first_page = book.pages + 1
        sides = book.add_alone(bytes(file.data))
        self._sheets += 1
        self._alone += 1
        return PrintedRow(part.first + index, first_page, sides)

    def _fail(self, part: _Part, index: int, report: Report) -> FailedRow:
        row = part.rows[index]
        record = row.record if isinstance(row, RunRow) else ""
        failed = FailedRow(part.first + index, record, report)
        self._failed.append(failed)
        return failed

    def _numbered(self, rows: list[RunItem], pool: ProcessPoolExecutor) -> list[int | None]:
        """Give the number of each row's layout; those that are new are laid out first."""
        alike: dict[Hashable, int | None] = {}
        new: list[Future[RunLayout]] = []
        for row in rows:
            if not isinstance(row, RunRow):
                continue
            like = likeness(row)
            if like in alike:
                continue
            layout = layout_of(row)
            alike[like] = number = (
                None if layout is None else self._numbers.setdefault(layout, len(self._numbers))
            )
            if layout is not None and number == len(self._layouts) + len(new):
                new.append(pool.submit(make_layout, self._loaded, layout, self._moment))
        self._layouts += [layout.result() for layout in new]
        return [alike[likeness(row)] if isinstance(row, RunRow) else None for row in rows]


def end_with_parent() -> None:
    """Let a process end when the run that began it is killed, and only then.

    Ctrl-C reaches all processes of a terminal; the run itself ends the others.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _wanted(book: Book) -> list[WantedFace]:
    from handouts.render.slot_fonts import WantedFace  # noqa: PLC0415 - heavy

    return [
        WantedFace(
            name,
            json.loads(face.part_font["style"]),
            face.part_font["size_pt"],
            face.part_font["words"],
            frozenset(face.widths),
        )
        for name, face in book.faces.items()
    ]


def _faces(wanted: list[WantedFace], dated: date) -> list[EmbeddedFace]:
    from handouts.render.slot_fonts import embed_faces  # noqa: PLC0415 - heavy

    return embed_faces(wanted, dated)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
