"""A run: one file of many sheets, laid out once and printed many times, and taken up again."""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from errno import EIO
from functools import partial
from time import time as clock
from typing import IO, TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.basics.errors import ContentError, MachineError
from handouts.basics.findings import Finding, Report
from handouts.basics.settings import Setting, named
from handouts.basics.workers import WorkerEndedError, cores
from handouts.compose.compose import press_profile
from handouts.compose.composed import OWN_SHEET
from handouts.deliver.folder import OWNER_ONLY_FOLDER, owners_file
from handouts.mail_merge.book import Book, Title
from handouts.mail_merge.fill import (
    findings_of,
    read_part,
)
from handouts.mail_merge.forecast import Forecast
from handouts.mail_merge.layouts import drop_old_layouts
from handouts.mail_merge.parts_at_work import PartAtWork, PartsAtWork
from handouts.mail_merge.results import FailedRow, PrintedRow, RunResult
from handouts.mail_merge.rows import KeptPage, RunItem, RunRow, StandingPages
from handouts.mail_merge.words_on_paper import WordsOnPaper
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from handouts.basics.workers import Workers
    from handouts.compose.composed import SheetUse
    from handouts.load.content import LoadedContent
    from handouts.mail_merge.book import PartInBook
    from handouts.mail_merge.faces import FaceInBook
    from handouts.mail_merge.fill import PartFile
    from handouts.pdf.pages.plain import PlainRoot
    from handouts.render.embedded import EmbeddedFace
    from handouts.render.slot_fonts import Sample, WantedFace

PARTS_AHEAD = 2
"""Parts that wait at once, for each process."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """A part that is done, and what its sheets share in the book."""

    part: PartAtWork
    file: PartFile
    in_book: PartInBook


def print_run(  # noqa: PLR0913 - one for each part of an order
    rows: Iterable[RunItem],
    target: Path,
    work: Path,
    *,
    loaded: LoadedContent,
    pool: Workers,
    told: Callable[[PrintedRow | FailedRow], None] = lambda _: None,
    moment: datetime | None = None,
    use: SheetUse = OWN_SHEET,
    kept: Callable[[], Sequence[tuple[bytes, int]]] = tuple,
    forecast: Forecast | None = None,
) -> RunResult:
    """Print many people's sheets into one file, in the order of the rows.

    Finished pages may lie between them. ``kept`` gives the pages whose places were kept,
    once all others are in the file: each as a file, and which of its pages, from 0.

    Rows with the same exercises, doses, date, paper and so on share a layout; where words
    take several lines, those with as many do. Long notes, those of one exercise, and words
    whose lines can't be told beforehand are laid out alone, as ``handouts sheet`` does.
    Each sheet begins on a fresh front side. A row that can't be printed is told in the
    result, and the others are printed.

    The processes of ``pool`` do the work. What is done is kept in the folder ``work``. What an
    earlier run left there is used where it is made of the same rows; the folder must be this
    user's alone. ``told`` hears of each row when it is done, in the order of the rows. ``use`` says
    whether the file is for a press. ``forecast`` is told of layouts as they are made.

    Raises:
        ContentError: no row could be printed.
        LayoutError: a sheet in the finished file lacks a word of its row; the target is untouched.
        MachineError: a process was ended from outside; the target is untouched.
        OSError: the disk is full or can't be written; the target is untouched.

    """
    started = clock()
    try:
        work.mkdir(OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        run = _Run(loaded, work, moment, use, pool, forecast or Forecast(0, 0))
        staged = work / "book.pdf"
        with owners_file(staged) as file:
            result = run.print(rows, _book(file, use), told, kept)
            file.flush()
            os.fsync(file.fileno())
        result.words.look_for(staged)
        staged.replace(target)
        against = drop_old_layouts(started).findings
        told_once = dict.fromkeys((*result.report.findings, *against))
        result = replace(result, report=Report(tuple(told_once)))
    except WorkerEndedError as error:
        raise MachineError.because(
            "a process of the run was ended from outside",
            why="often the memory is full",
            mend=f"close other programs, then go on with {named(Setting.RESUME)}",
        ) from error
    return result


class _Run:
    """What a run has at hand while it prints."""

    def __init__(
        self,
        loaded: LoadedContent,
        folder: Path,
        moment: datetime | None,
        use: SheetUse,
        pool: Workers,
        forecast: Forecast,
    ) -> None:
        self._forecast = forecast
        self._loaded, self._moment, self._use = loaded, moment, use
        self._pool = pool
        self._at_work = PartsAtWork(loaded, folder, moment, use, pool, forecast)
        self._in_book: set[int] = set()
        self._identity = hashlib.sha256()
        self._failed: list[FailedRow] = []
        self._words = WordsOnPaper(language(loaded.content.language))
        self._findings: dict[Finding, None] = {}
        """Of sheets that were laid out alone."""
        self._sheets = self._alone = 0

    def print(
        self,
        rows: Iterable[RunItem],
        book: Book,
        told: Callable[[PrintedRow | FailedRow], None],
        kept: Callable[[], Sequence[tuple[bytes, int]]],
    ) -> RunResult:
        waiting: deque[PartAtWork] = deque()
        for part in self._at_work.parts(rows):
            waiting.append(part)
            if len(waiting) >= PARTS_AHEAD * cores():
                self._bind(waiting.popleft(), book, told)
        while waiting:
            self._bind(waiting.popleft(), book, told)
        self._check_any()
        pages = kept()
        for pdf, page in pages:
            self._identity.update(hashlib.sha256(pdf + b"%d" % page).digest())
        book.draw_kept(pages)
        dated = self._loaded.content.provenance.dated
        faces = list(self._pool.map(partial(_face, dated), _wanted(book)))
        book.finish(faces, self._title(), self._identity.digest()[:16])
        of_layouts = (
            finding for layout in self._at_work.layouts for finding in layout.report.warnings
        )
        findings = (*of_layouts, *self._findings)
        return RunResult(
            self._sheets,
            book.pages,
            len(self._in_book),
            self._alone,
            tuple(self._failed),
            Report(tuple(dict.fromkeys(findings))),
            self._words,
        )

    def _title(self) -> Title | PlainRoot:
        """Give what the file says of itself."""
        content = self._loaded.content
        moment = self._moment or _midnight(content.provenance.dated)
        named = content.sheet.title, content.clinic.name, content.language
        if self._use.profile is not Profile.PRESS:
            return Title(*named, moment)
        from handouts.pdf.finish.inks import read_condition  # noqa: PLC0415 - heavy
        from handouts.pdf.finish.press_run import ToldOfRun, press_root  # noqa: PLC0415

        told = ToldOfRun(*named, self._identity.hexdigest()[:8], self._use.proof)
        return press_root(told, read_condition(press_profile(self._loaded)), moment)

    def _check_any(self) -> None:
        if self._sheets:
            return
        findings = (finding for row in self._failed for finding in row.report.findings)
        nothing = Finding("no sheet could be printed", "", "see what is said of each row")
        raise ContentError(Report((nothing, *dict.fromkeys(findings))))

    def _bind(
        self,
        part: PartAtWork,
        book: Book,
        told: Callable[[PrintedRow | FailedRow], None],
    ) -> None:
        """Wait for a part, and put its sheets into the book."""
        bound = self._bound(part, book)
        sheets = bound.file.head["sheets"]
        wide = [place for place, sheet in enumerate(sheets) if isinstance(sheet, dict)]
        for place, sheet in enumerate(sheets):
            if sheet is None and part.words[place] is not None:
                self._at_work.lay_out_alone(part, place)
        others = iter(self._bound_wide(bound, wide, book) if wide else ())
        for place, sheet in enumerate(sheets):
            told(
                self._bind_row(*(next(others) if isinstance(sheet, dict) else (bound, place)), book)
            )

    def _bound(self, part: PartAtWork, book: Book) -> _Bound:
        """Wait for a part, and put what its sheets share into the book."""
        if part.filled is not None:
            part.filled.result()
        file = read_part(part.job.path, part.job.digest)
        if file is None:
            raise OSError(EIO, "a part of the run can't be read back")
        self._identity.update(part.job.digest.encode())
        for number in part.job.slots:
            if number not in self._in_book:
                self._in_book.add(number)
                layout = self._at_work.layouts[number]
                book.add_layout(number, layout.pdf, layout.faces)
                self._words.add_layout(
                    number, self._at_work.layouts[number], self._at_work.lines[number]
                )
        return _Bound(part, file, book.add_part(file))

    def _bound_wide(
        self, bound: _Bound, wide: list[int], book: Book
    ) -> Iterator[tuple[_Bound, int]]:
        """Put rows whose words take several lines into layouts that have as many."""
        part, sheets = bound.part, bound.file.head["sheets"]
        again = self._at_work.begin(
            part.job.path.name.replace("part", "wide"),
            [part.indexes[place] for place in wide],
            [part.rows[place] for place in wide],
            [tuple(map(tuple, sheets[place]["lines"])) for place in wide],
        )
        done = self._bound(again, book)
        for place, sheet in enumerate(done.file.head["sheets"]):
            if not isinstance(sheet, list) and again.words[place] is not None:
                self._at_work.lay_out_alone(again, place)
        return ((done, place) for place in range(len(wide)))

    def _bind_row(self, bound: _Bound, place: int, book: Book) -> PrintedRow | FailedRow:
        part, sheet = bound.part, bound.file.head["sheets"][place]
        if isinstance(sheet, list):
            first_page = book.pages + 1
            sides = book.add_sheet(bound.in_book, sheet[0], sheet[1:])
            row, words = part.rows[place], part.words[place]
            if isinstance(row, RunRow) and words is not None:
                self._words.add_sheet(row.record, first_page - 1, sheet[0], words)
            self._sheets += 1
            digest = self._at_work.layouts[sheet[0]].digest[:12]
            return PrintedRow(part.indexes[place], first_page, sides, digest)
        item = part.rows[place]
        if not isinstance(item, RunRow):
            return self._bind_pages(part.indexes[place], item, book)
        if place in part.alone:
            return self._bind_alone(part, place, book)
        layout = part.layouts[place]
        report = Report() if layout is None else self._at_work.layouts[layout].report
        return self._fail(part, place, Report(report.errors))

    def _bind_pages(self, index: int, item: StandingPages | KeptPage, book: Book) -> PrintedRow:
        first_page = book.pages + 1
        if isinstance(item, KeptPage):
            book.keep_page()
            self._identity.update(b"kept")
            return PrintedRow(index, first_page, 1)
        self._identity.update(item.digest.encode())
        self._sheets += 1
        sides = book.add_standing(item.digest, item.pdf)
        return PrintedRow(index, first_page, sides, item.digest[:12])

    def _bind_alone(self, part: PartAtWork, place: int, book: Book) -> PrintedRow | FailedRow:
        with self._forecast.laying_out(1) as one_done:
            part.alone[place].result()
            one_done()
        file = read_part(self._at_work.alone_path(part, place))
        if file is None:
            raise OSError(EIO, "a sheet of the run can't be read back")
        report = findings_of(file)
        if report.errors:
            return self._fail(part, place, report)
        self._findings |= dict.fromkeys(report.warnings)
        self._identity.update(file.head["digest"].encode())
        first_page = book.pages + 1
        pdf, row = bytes(file.data), part.rows[place]
        sides = book.add_alone(pdf)
        if isinstance(row, RunRow):
            self._words.add_alone(row, first_page - 1, pdf)
        self._sheets += 1
        self._alone += 1
        return PrintedRow(part.indexes[place], first_page, sides)

    def _fail(self, part: PartAtWork, place: int, report: Report) -> FailedRow:
        row = part.rows[place]
        record = row.record if isinstance(row, RunRow) else ""
        failed = FailedRow(part.indexes[place], record, report)
        self._failed.append(failed)
        return failed


def _book(file: IO[bytes], use: SheetUse) -> Book:
    if use.profile is not Profile.PRESS:
        return Book(file)
    from handouts.pdf.xmp import PDF_X_VERSION  # noqa: PLC0415 - heavy

    return Book(file, version=PDF_X_VERSION.encode())


def _wanted(book: Book) -> list[WantedFace]:
    from handouts.render.slot_fonts import WantedFace  # noqa: PLC0415 - heavy

    return [
        WantedFace(name, frozenset(face.widths), _sample(face)) for name, face in book.faces.items()
    ]


def _sample(face: FaceInBook) -> Sample | None:
    from handouts.render.slot_fonts import Sample  # noqa: PLC0415 - heavy

    told = face.part_font
    if told is None:
        return None
    return Sample(json.loads(told["style"]), told["size_pt"], told["words"])


def _face(dated: date, wanted: WantedFace) -> EmbeddedFace:
    from handouts.render.slot_fonts import embed_face  # noqa: PLC0415 - heavy

    return embed_face(wanted, dated)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
