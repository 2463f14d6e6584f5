"""A roster in: each row becomes a prescription with its sheet, or what is wrong with it.

Rows are read one at a time. What is not a person's own (all but name, id, copies, goal,
notes and next visit) is worked out once for each combination of cells that occurs.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Report
from handouts.intake.roster import values
from handouts.intake.roster.columns import Columns, SaidColumns, is_failed, read_header
from handouts.intake.roster.formulas import as_written
from handouts.intake.roster.header_words import plain
from handouts.intake.roster.prescribing import RowDefaults
from handouts.intake.roster.reading import AS_FOUND, Reading
from handouts.intake.roster.row_reader import BadRow, RosterRow, RowReader
from handouts.intake.roster.sheet_rows import SheetRow
from handouts.intake.roster.tables import Table, open_table
from handouts.intake.roster.text import HEADER_WITHIN
from handouts.intake.roster.whole_table import WholeTable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer

ENOUGH_KNOWN = 2
"""A row that names so many columns is a header, and no title; the first such row is taken."""


class Roster:
    """A roster whose header is read; it gives its rows each time it is gone through.

    ``findings`` are warnings about the file as a whole. ``empty_rows`` counts the rows
    without a letter that were passed over when it was last gone through, and ``seen`` are
    warnings that only such a look through all rows can give.
    """

    def __init__(
        self,
        table: Table,
        columns: Columns,
        findings: tuple[Finding, ...],
        reader: RowReader,
        *,
        guarded: bool,
        said: SaidColumns,
    ) -> None:
        self.columns = columns
        self.said = said
        """What somebody said of the columns."""
        self.findings = findings
        self.empty_rows = 0
        self.seen: tuple[Finding, ...] = ()
        self._table = table
        self._reader = reader
        self._guarded = guarded
        """Whether our own guards against formulas stand in the cells."""

    def __iter__(self) -> Iterator[RosterRow | BadRow]:
        """Give each row as a prescription, or as what is wrong with it.

        Raises:
            ContentError: the rest of the file can't be read, or there is no row.

        """
        self.empty_rows = 0
        self.seen = ()
        ids: dict[str, int] = {}
        whole = WholeTable(self.columns)
        days = [self.columns.at[key] for key in ("date", "next_visit") if key in self.columns.at]
        count = 0
        for number, cells in enumerate(self._table.rows(), 1):
            if number <= self.columns.row:
                continue
            if not any(cells) or not any(map(str.strip, cells)):
                self.empty_rows += 1
                continue
            count += 1
            if self._guarded:
                cells = tuple(map(as_written, cells))  # noqa: PLW2901 - from here on they are these
            span = cells.merged if isinstance(cells, SheetRow) else None
            wide = self._of_one_width(cells)
            if days and self._table.from_1904:
                wide = tuple(
                    values.counted_from_1904(cell) if index in days else cell
                    for index, cell in enumerate(wide)
                )
            row = self._reader.read(number, wide, ids, span)
            if isinstance(row, RosterRow):
                whole.see(number, cells)
            yield row
        self.seen = tuple(whole.findings())
        if not count:
            raise ContentError.because(
                "the roster has no rows",
                why="only a header was found",
                mend="write a row for each person below it",
                place=self.columns.place(self.columns.row),
            )

    def _of_one_width(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """Fill up a workbook's row, which ends with its last written cell."""
        missing = len(self.columns.header) - len(cells)
        if missing > 0 and self._table.ragged:
            return (*cells, *("",) * missing)
        return cells


def read_roster(
    path: Path,
    loaded: LoadedContent,
    today: dt.date,
    reading: Reading = AS_FOUND,
    defaults: tuple[Layer, ...] = (),
) -> Roster:
    """Open a roster and read its header. ``today`` is the date of rows that give none.

    ``reading`` is what somebody said of the table.
    ``defaults`` hold for what a row leaves out; a later one goes before an earlier one.

    Raises:
        ContentError: the file can't be read, or a column is missing or stands twice.

    """
    table = open_table(path, reading)
    first = [*islice(table.rows(), HEADER_WITHIN)]
    known = [len({*reading.columns.meanings(cells)} - {None}) for cells in first]
    enough = min(ENOUGH_KNOWN, max(known, default=0))
    written = (index for index, cells in enumerate(first) if any(cells) and known[index] >= enough)
    best = next(written, 0)
    header = tuple(first[best]) if first else ()
    guarded = is_failed(map(plain, header))
    if guarded:
        header = tuple(map(as_written, header))
    programmes = (one.prescription.programme for one in reversed(defaults))
    programme = next(filter(None, programmes), None)
    columns, found = read_header(
        header,
        str(path),
        best + 1,
        lettered=table.lettered,
        prescribes=programme is None,
        said=reading.columns,
    )
    columns = replace(columns, numbered=_is_numbered(header, first[best + 1 :]))
    findings = [*table.findings, *found, *_merged(table, columns)]
    named = "clinician" in columns.at or any(one.prescription.clinician for one in defaults)
    if not named and len(loaded.content.clinic.clinicians) > 1:
        mend = "add one, with one of: " + ", ".join(loaded.content.clinic.clinicians)
        why = "the clinic has several"
        place = columns.place(columns.row)
        findings.append(Finding('there is no column "clinician"', why, mend, place))
    report = Report(tuple(findings))
    if report.errors:
        raise ContentError(report.ordered())
    given = RowDefaults(tuple(one.without(("programme",)) for one in defaults), programme)
    reader = RowReader(columns, loaded, today, given)
    return Roster(table, columns, report.findings, reader, guarded=guarded, said=reading.columns)


def _is_numbered(header: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether the first column has no name and counts the rows, as data tools write it."""
    if not header or plain(header[0]):
        return False
    cells = [cells[0].strip() for cells in below if any(cells)]
    start = 1 if cells[:1] == ["1"] else 0
    return bool(cells) and cells == [str(number) for number in range(start, start + len(cells))]


def _merged(table: Table, columns: Columns) -> Iterator[Finding]:
    """Refuse cells that are merged over rows of people; in one row, that row alone is told."""
    spans = [one for one in table.merged if one.rows.stop - 1 > columns.row and len(one.rows) > 1]
    if spans:
        more = f" and {len(spans) - 5} more" if len(spans) > 5 else ""
        yield Finding(
            f"cells are merged: {', '.join(one.name for one in spans[:5])}{more}",
            "only the first cell of each holds its text",
            "select them, unmerge them, and write the text in each row",
            columns.place(columns.row),
        )
