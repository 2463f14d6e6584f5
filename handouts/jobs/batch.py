"""A roster as a print run: one file of everybody's sheets, and a list of what stands where."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from handouts.errors import ContentError, MachineError
from handouts.findings import Finding, Place, Report, Severity
from handouts.jobs.build import source_date, today
from handouts.jobs.sheet import content_findings, write_private
from handouts.load.content import load_content
from handouts.roster.failed import write_failed, write_table
from handouts.roster.read import BadRow, Roster, RosterRow, read_roster
from handouts.run.rows import RunRow
from handouts.run.run import FailedRow, PrintedRow, print_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.models.prescription import Prescribed


class Sort(StrEnum):
    """In which order the sheets lie."""

    ROSTER = "roster"
    NAME = "name"
    """By last name where the roster has a column of them, else by the whole name."""
    PROGRAMME = "programme"
    """Rows of a programme together, as the roster has them; those without one last."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What the command line asks for."""

    content: Path
    roster: Path
    target: Path
    worksheet: str = ""
    resume: bool = False
    strict: bool = False
    sort: Sort = Sort.ROSTER
    sheets_a_file: int | None = None
    """None puts all into one file."""
    each: Path | None = None
    """A folder for a file a person."""
    with_names: bool = False
    """Whether the manifest holds names."""

    @property
    def manifest(self) -> Path:
        """The list of what stands where, for a spreadsheet."""
        return self.target.with_name(f"{self.target.stem}-manifest.csv")

    @property
    def manifest_json(self) -> Path:
        """The same list, for a program."""
        return self.target.with_name(f"{self.target.stem}-manifest.json")

    @property
    def failed(self) -> Path:
        """The rows that are not printed, to be mended."""
        return self.target.with_name(f"{self.target.stem}-failed.csv")

    def held(self, path: Path) -> Path:
        """Where a file is printed: under ``strict`` beside its place, until all is well."""
        return path.with_name(f".{path.name}.held") if self.strict else path

    def part(self, number: int) -> Path:
        """Where the sheets of one file of several go; numbers count from 1."""
        if self.sheets_a_file is None:
            return self.target
        return self.target.with_name(f"{self.target.stem}-{number}{self.target.suffix}")


@dataclass(slots=True)
class ReadBatch:
    """A roster that was gone through once: what can be printed, and what can't."""

    request: BatchRequest
    loaded: LoadedContent
    roster: Roster
    report: Report
    sheets: int = 0
    """How many there are to print, copies counted."""
    bad: list[BadRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetInBatch:
    """A line of the manifest. Without ``name`` nothing in it is the person's own."""

    file: str
    row: int
    record_id: str
    copy: int
    first_page: int
    sides: int
    edition: str
    paper: str
    exercises: str
    name: str | None = None


@dataclass(slots=True)
class Batch:
    """What a batch printed, and what it could not."""

    files: list[Path] = field(default_factory=list)
    sheets: list[SheetInBatch] = field(default_factory=list)
    layouts: int = 0
    alone: int = 0
    failed: list[BadRow] = field(default_factory=list)
    report: Report = field(default_factory=Report)

    @property
    def sides(self) -> int:
        """How many sides are printed; blank backs are not counted."""
        return sum(sheet.sides for sheet in self.sheets)

    @property
    def papers(self) -> dict[str, int]:
        """How many pieces of paper it takes, by their size."""
        papers: Counter[str] = Counter()
        for sheet in self.sheets:
            papers[sheet.paper] += (sheet.sides + 1) // 2
        return dict(sorted(papers.items()))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is kept of a sheet on its way to the printer."""

    row: int
    record_id: str
    copy: int
    edition: str
    paper: str
    exercises: tuple[Prescribed, ...]
    name: str | None


def read_batch(request: BatchRequest) -> ReadBatch:
    """Go through a roster once, and count what can be printed.

    Raises:
        ContentError: the content, the file or its header can't be used; a file would be
            written over one that is read; no row can be printed, and the rows are written to
            be mended; under ``strict``, anything at all is wrong or doubtful.
        MachineError: the rows to be mended can't be written.

    """
    _refuse_overwriting(request)
    loaded = load_content(request.content)
    content = content_findings(loaded, final=False)
    if content.errors:
        raise ContentError(content)
    roster = read_roster(request.roster, loaded, today(), request.worksheet)
    read = ReadBatch(request, loaded, roster, Report())
    findings = [*content.findings, *roster.findings]
    for row in roster:
        findings.extend(row.findings)
        if isinstance(row, RosterRow):
            read.sheets += row.copies
        else:
            read.bad.append(row)
    read.report = Report(tuple(findings))
    if request.strict and findings:
        raise ContentError(read.report)
    if not read.sheets:
        write_failed(request.failed, roster.columns, read.bad)
        raise ContentError(read.report)
    return read


def _refuse_overwriting(request: BatchRequest) -> None:
    read = {request.roster.resolve(), request.content.resolve()}
    written = (request.target, request.manifest, request.manifest_json, request.failed)
    for path in written:
        if path.resolve() in read:
            raise ContentError.because(
                "this run would write over a file that it reads",
                mend="give the run another name with -o",
                place=Place(file=str(path)),
            )


def print_batch(read: ReadBatch, progress: Callable[[int], None] = lambda _: None) -> Batch:
    """Print a roster's sheets, and write what stands where and what failed.

    ``progress`` is told how many more sheets are done.

    Raises:
        ContentError: no sheet could be printed, and the rows are written to be mended; under
            ``strict``, anything at all is wrong or doubtful, and nothing is written.
        MachineError: the disk is full or can't be written; what was there before is untouched.

    """
    request, batch = read.request, Batch()
    asked: list[_Asked] = []
    failed: dict[int, Report] = {}
    findings = [*read.report.findings]
    rows = _run_rows(read, asked)
    size = request.sheets_a_file or read.sheets
    for first in range(0, read.sheets, size):
        path = request.part(len(batch.files) + 1)

        def told(done: PrintedRow | FailedRow, first: int = first, name: str = path.name) -> None:
            one = asked[first + done.index]
            if isinstance(done, PrintedRow):
                batch.sheets.append(_line(name, one, done))
            else:
                failed.setdefault(one.row, done.report)
            progress(1)

        printed = len(batch.sheets)
        try:
            result = print_run(
                islice(rows, size),
                request.held(path),
                loaded=read.loaded,
                resume=request.resume,
                moment=source_date(),
                told=told,
            )
        except ContentError:
            if len(asked) != min(first + size, read.sheets) or len(batch.sheets) != printed:
                raise
            continue  # none of these rows can be printed, which is told of each
        batch.files.append(path)
        batch.layouts, batch.alone = batch.layouts + result.layouts, batch.alone + result.alone
        findings.extend(result.report.findings)
    batch.failed = sorted([*read.bad, *_failed(read, failed)], key=lambda row: row.number)
    findings.extend(finding for number in failed for finding in _placed(read, number, failed))
    if request.strict:
        _put_in_place(request, batch, Report(tuple(dict.fromkeys(findings))))
    batch.report = Report(tuple(dict.fromkeys((*findings, *_left_over(request, batch)))))
    if batch.failed:
        write_failed(request.failed, read.roster.columns, batch.failed)
    if not batch.files:
        raise ContentError(batch.report)
    _write_manifest(request, batch)
    if request.each is not None:
        _write_each(request.each, batch)
    return batch


def _put_in_place(request: BatchRequest, batch: Batch, report: Report) -> None:
    """Put files that were held where they belong; none, where anything was found."""
    if report.findings:
        for path in batch.files:
            request.held(path).unlink(missing_ok=True)
        raise ContentError(report)
    for path in batch.files:
        try:
            request.held(path).replace(path)
        except OSError as error:
            raise MachineError.because(
                f"can't write {path.name} into {path.parent}",
                why=error.strerror or str(error),
                mend=f"what was printed is in {request.held(path).name}",
                place=Place(file=str(path)),
            ) from error


def _run_rows(read: ReadBatch, asked: list[_Asked]) -> Iterator[RunRow]:
    """Give the rows of the run, copies repeated, and note in ``asked`` what each is."""
    good: Iterable[RosterRow] = (row for row in read.roster if isinstance(row, RosterRow))
    if read.request.sort is not Sort.ROSTER:
        key = _by_name if read.request.sort is Sort.NAME else _by_programme
        good = sorted(good, key=partial(key, read.roster))
    for row in good:
        sheet = row.sheet
        name = sheet.patient if read.request.with_names else None
        for copy in range(1, row.copies + 1):
            asked.append(
                _Asked(row.number, row.record_id, copy, sheet.edition, sheet.paper,
                       sheet.exercises, name)
            )  # fmt: skip
            yield RunRow(row.record_id, sheet)


def _by_name(roster: Roster, row: RosterRow) -> tuple[str, ...]:
    at = roster.columns.at
    last = row.cells[at["last_name"]] if "last_name" in at else ""
    return _folded(last), _folded(row.sheet.patient)


def _by_programme(_roster: Roster, row: RosterRow) -> tuple[str, ...]:
    programme = row.layer.prescription.programme
    return ("own", "") if programme is None else ("a programme", programme)


def _folded(text: str) -> str:
    """Leave aside case and accents."""
    parts = unicodedata.normalize("NFKD", text.strip())
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


def _line(file: str, one: _Asked, done: PrintedRow) -> SheetInBatch:
    return SheetInBatch(
        file,
        one.row,
        one.record_id,
        one.copy,
        done.first_page,
        done.sides,
        one.edition,
        one.paper,
        " ".join(item.exercise for item in one.exercises),
        one.name,
    )


def _failed(read: ReadBatch, failed: dict[int, Report]) -> Iterator[BadRow]:
    """Give the rows that failed while they were printed, with their cells."""
    if not failed:
        return
    for row in read.roster:
        if row.number in failed:
            found = tuple(_placed(read, row.number, failed))
            yield BadRow(row.number, row.record_id, row.cells, found)


def _placed(read: ReadBatch, number: int, failed: dict[int, Report]) -> Iterator[Finding]:
    place = read.roster.columns.place(number)
    for finding in failed[number].findings:
        yield replace(finding, place=place)


def _left_over(request: BatchRequest, batch: Batch) -> Iterator[Finding]:
    after = request.part(len(batch.files) + 1)
    if request.sheets_a_file is not None and after.exists():
        yield Finding(
            f"{after.name} is of an earlier run",
            f"this one ends with {batch.files[-1].name}" if batch.files else "this one has no file",
            "take it away before anyone prints it",
            Place(file=str(after)),
            Severity.WARNING,
        )


def _write_manifest(request: BatchRequest, batch: Batch) -> None:
    lines = [_shown(sheet) for sheet in batch.sheets]
    header = tuple(key.replace("_", " ") for key in lines[0])
    write_table(request.manifest, (header, *(tuple(map(str, line.values())) for line in lines)))
    told = {
        "files": [path.name for path in batch.files],
        "sides": batch.sides,
        "sheets_of_paper": batch.papers,
        "failed_rows": [row.number for row in batch.failed],
        "sheets": lines,
    }
    data = json.dumps(told, indent=1, ensure_ascii=False).encode() + b"\n"
    write_private(request.manifest_json, data)


def _write_each(folder: Path, batch: Batch) -> None:
    """Write a file a person, named by the record's id; of copies only the first."""
    from handouts.press.split import Splitter  # noqa: PLC0415 - heavy

    for path in batch.files:
        with Splitter(path) as whole:
            for sheet in batch.sheets:
                if sheet.file == path.name and sheet.copy == 1:
                    pdf = whole.pages(sheet.first_page, sheet.sides)
                    write_private(folder / f"{sheet.record_id}.pdf", pdf)


def _shown(sheet: SheetInBatch) -> dict[str, Any]:
    return {key: value for key, value in asdict(sheet).items() if value is not None}
