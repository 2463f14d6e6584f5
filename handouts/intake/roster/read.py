"""A roster in: each row becomes a prescription with its sheet, or what is wrong with it.

Rows are read one at a time. What is not a person's own (all but name, id, copies, goal,
notes and next visit) is worked out once for each combination of cells that occurs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from handouts.basics.characters import is_joined
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Report
from handouts.intake.roster import values
from handouts.intake.roster.cells import RowLook, meant, shown
from handouts.intake.roster.columns import Columns, SaidColumns, is_failed, read_header
from handouts.intake.roster.formulas import as_written
from handouts.intake.roster.header_words import header_words, plain
from handouts.intake.roster.nobody import OF_NAMES, Nobody, merged_heading
from handouts.intake.roster.prescribing import Prescriber, RowDefaults
from handouts.intake.roster.reading import AS_FOUND, Reading
from handouts.intake.roster.sheet_rows import SheetRow, SheetText, Span
from handouts.intake.roster.tables import Table, open_table
from handouts.intake.roster.text import HEADER_WITHIN
from handouts.intake.roster.visits import visit
from handouts.intake.roster.whole_table import WholeTable
from handouts.load.prescription import Layer
from handouts.models.personal import name_fault, name_part_fault
from handouts.models.prescription import Prescription
from handouts.prescribe.resolve import MANY_WORDS, resolve

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.models.prescription import PatientSheet

OWN = (
    "patient", "first_name", "last_name", "goal", "notes", "next_visit", "copies", "record_id",
    "cancelled",
)  # fmt: skip
"""The columns that may differ in every row without changing what is prescribed."""
SHOWN = ("patient", "first_name", "last_name", "goal", "notes", "record_id")
"""The columns that are printed as the sheet shows them."""
ENOUGH_KNOWN = 2
"""A row that names so many columns is a header, and no title; the first such row is taken."""
KEPT_COMBINATIONS = 4096
"""How many combinations of prescribing cells are remembered; an event has a few dozen."""

_WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|\d{5}(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person: the prescription, and the sheet that is made of it."""

    number: int
    """The row as Excel counts it, from 1."""
    record_id: str
    """The id in the file, or the row's number where there is no column of ids."""
    copies: int
    layer: Layer
    sheet: PatientSheet
    cells: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    """Warnings."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be printed, and all that is wrong with it."""

    number: int
    record_id: str
    cells: tuple[str, ...]
    findings: tuple[Finding, ...]


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
        reader: _RowReader,
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
    reader = _RowReader(columns, loaded, today, given)
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


class _RowReader:
    """Reads rows of one roster."""

    def __init__(
        self,
        columns: Columns,
        loaded: LoadedContent,
        today: dt.date,
        defaults: RowDefaults,
    ) -> None:
        self.columns = columns
        self.defaults = defaults.layers
        self.loaded = loaded
        self.today = today
        at = columns.at
        nameless = (n for n, name in enumerate(columns.header) if not plain(name))
        self.nameless = [n for n in nameless if n or not columns.numbered]
        self.nobody = Nobody(columns)
        self.own = [(key, at[key]) for key in OWN if key in at]
        keys = tuple(key for key in header_words().own if key in at and key not in OWN)
        self.picked = tuple(at[key] for key in keys)
        prescriber = Prescriber(columns, loaded, today, keys, defaults)
        self.label = prescriber.labelled
        self.prescribe = lru_cache(KEPT_COMBINATIONS)(prescriber.prescribe)

    def read(
        self, number: int, cells: tuple[str, ...], ids: dict[str, int], merged: Span | None
    ) -> RosterRow | BadRow:
        width = len(self.columns.header)
        if len(cells) != width and (len(cells) < width or any(map(str.strip, cells[width:]))):
            return BadRow(number, "", cells, (self._wrong_width(number, len(cells)),))
        look = RowLook(self.columns, number)
        if merged is not None and merged_heading(merged, self.columns):
            what, why = (
                f"the cells {merged.name} are merged",
                "a heading or a remark may stand there",
            )
            mend = "take the row out, or unmerge the cells and write each text in its own"
            finding = Finding(what, why, mend, self.columns.place(number))
            return BadRow(number, "", cells, (finding,))
        for index in (index for index in self.nameless if cells[index].strip()):
            what = f"{self.columns.label(index)}: text stands in a column without a name"
            place = replace(self.columns.place(number), column=index + 1)
            mend = "name the column in the header, or empty the cell"
            look.findings.append(Finding(what, "it would not be printed", mend, place))
        given = {
            key: text
            for key, index in self.own
            if (text := meant(shown(cells[index]) if key in SHOWN else cells[index]))
        }
        name = self._name(given)
        if nobody := self.nobody.fault(name, cells):
            look.find(next(key for key in OF_NAMES if key in self.columns.at), *nobody)
            return BadRow(number, "", cells, tuple(look.findings))
        shared = self.prescribe(tuple([cells[index] for index in self.picked]))
        for finding in shared.findings:
            look.findings.append(replace(finding, place=replace(finding.place, line=number)))
        record_id = self._record_id(look, given, ids)
        copies = look.read("copies", given, _copies) or 1
        look.read("cancelled", given, values.not_cancelled)
        own = self._own(look, given, name, cells)
        if shared.prescription is None or shared.sheet is None or look.failed:
            return BadRow(number, record_id, cells, tuple(look.findings))
        layer = Layer(
            shared.prescription.model_copy(update=own), replace(shared.places, row=number)
        )
        sheet = replace(shared.sheet, **own)
        if len((own["notes"] or "").split()) > MANY_WORDS:
            _, report = resolve([*self.defaults, layer], self.loaded, self.today)
            look.findings = [*self.label(report.findings)]
        for key, index in self.own:
            if isinstance(cell := cells[index], SheetText) and cell.doubtful and key != "copies":
                look.warn(
                    key,
                    "the sheet may show this cell in another way",
                    "look at the sheet; or write what it shows as text",
                    "its format is not known here",
                )
        return RosterRow(number, record_id, copies, layer, sheet, cells, tuple(look.findings))

    def _wrong_width(self, number: int, found: int) -> Finding:
        width = len(self.columns.header)
        return Finding(
            f"the row has {found} cells, the header has {width}",
            "texts may stand in the wrong columns",
            "write the missing delimiters"
            if found < width
            else "put text that holds the delimiter in quotation marks, or name the column",
            self.columns.place(number),
        )

    def _record_id(self, look: RowLook, given: Mapping[str, str], ids: dict[str, int]) -> str:
        if "record_id" not in self.columns.at:
            return str(look.row)
        text = look.read("record_id", {"record_id": given.get("record_id", "")}, values.record_id)
        if text is None:
            return ""
        first = ids.setdefault(text.casefold(), look.row)
        if first != look.row:
            what = f"the id stands in row {first}, too"
            look.find(
                "record_id", what, "give each row its own", "one would take the other's place"
            )
        return text

    def _own(
        self, look: RowLook, given: Mapping[str, str], name: str, cells: tuple[str, ...]
    ) -> dict[str, Any]:
        """Give what is the person's own, as a prescription keeps it."""
        self._check_name(look, given, name)
        tree: dict[str, Any] = {
            "patient": name or None,
            "goal": given.get("goal"),
            "notes": given.get("notes"),
            "next_visit": self._next_visit(look, given, cells),
        }
        for key in ("goal", "notes", "next_visit"):
            if key in given:
                look.check(key, given[key])
        if look.failed:
            return tree
        said = Prescription.model_validate(tree)
        return {key: getattr(said, key) for key in tree}

    def _name(self, given: Mapping[str, str]) -> str:
        """Give the whole name, in the order in which its language writes it."""
        if "patient" in self.columns.at:
            return given.get("patient", "")
        first, last = given.get("first_name", ""), given.get("last_name", "")
        if first and last and is_joined(first + last):
            return last + first
        parts = (last, first) if self.columns.family_first else (first, last)
        return " ".join(filter(None, parts))

    def _check_name(self, look: RowLook, given: Mapping[str, str], name: str) -> None:
        if "patient" in self.columns.at:
            key = "patient"
            if name:
                look.check(key, name, name_fault)
        else:
            key = "first_name"
            for part, other in ((key, "last_name"), ("last_name", key)):
                if part in given:
                    beside = given.get(other, "")
                    look.check(part, given[part], partial(name_part_fault, beside=beside))
            if name and not look.failed and (fault := name_fault(name)):
                look.find(key, fault.what, fault.mend)
        if not name:
            look.find(key, "the name is missing", "write it, or take the row out")

    def _next_visit(
        self, look: RowLook, given: Mapping[str, str], cells: tuple[str, ...]
    ) -> str | None:
        """Give the next visit's words; a day that a workbook wrote is put into words."""
        text = given.get("next_visit")
        if text is None or not _WRITTEN_DAY.fullmatch(text):
            header = self.columns.header[self.columns.at["next_visit"]] if text else ""
            look.read("next_visit", given, partial(visit, header=header))
            return text
        day = look.read("next_visit", given, values.day)
        if day is None or not self.loaded.content.language.startswith("en"):
            return shown(cells[self.columns.at["next_visit"]])
        words = f"{day:%A}, {day:%B} {day.day}, {day.year}"
        hour, colon, minute = text[11:].partition(":")
        if not colon:
            return words
        return f"{words}, {int(hour) % 12 or 12}:{minute} {'am' if int(hour) < 12 else 'pm'}"


def _copies(text: str) -> int:
    return values.whole(text, 1, values.MOST_COPIES)
