"""What the columns of a roster mean, by their names in the header."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

NAMES = {
    "patient": "name, patient, patient name, full name, client, client name, participant, "
    "participant name, attendee, attendee name, person",
    "first_name": "first name, first, given name, forename, patient first name",
    "last_name": "last name, last, surname, family name, patient last name",
    "programme": "programme, program, exercise programme, exercise program, home program, "
    "home programme, hep",
    "exercises": "exercises, exercise",
    "leave_out": "leave out, without",
    "side": "side, stretched side",
    "hold": "hold, hold time",
    "repetitions": "repetitions, reps",
    "sets": "sets",
    "rest": "rest, rest between sets",
    "times_a_day": "times a day, times per day, times",
    "days_a_week": "days a week, days per week, days",
    "clinician": "clinician, therapist, provider, pt, physical therapist, physiotherapist, "
    "practitioner, treating therapist",
    "date": "date, day, given on, date given, visit date, date of visit, appointment date, "
    "date of appointment, session date, event date",
    "goal": "goal, goals, patient goal",
    "notes": "notes, note, note for the patient, notes for the patient, message",
    "next_visit": "next visit, next appointment, next appt, follow up, followup, return visit",
    "language": "language, preferred language",
    "edition": "edition",
    "paper": "paper, paper size",
    "layout": "layout",
    "order": "order",
    "log_weeks": "weeks, log weeks, weeks of log",
    "beyond_limits": "beyond limits",
    "copies": "copies, number of copies, quantity, qty",
    "record_id": "id, record id, record, patient id, client id, mrn, chart number",
}
"""Each meaning with the names that a column of it may have; the first is ours."""

DOUBTFUL = {
    "appointment": 'name it "date" or "next visit"',
    "appt": 'name it "date" or "next visit"',
    "visit": 'name it "date" or "next visit"',
    "comment": 'name it "notes" if the patient is to read it',
    "comments": 'name it "notes" if the patient is to read it',
    "affected side": 'name it "side" if it is the side that is stretched',
    "frequency": 'name it "times a day" or "days a week"',
}
"""Columns that could mean one thing or another: they are not guessed."""

ROW, WRONG = "row", "what is wrong"
"""The two columns that are put before a row that failed."""

_MOST_NAMED = 12
_LONGEST_NAMED = 40
_INVISIBLE = {"Cf", "Cc"}
_SPACES = re.compile(r"[\s_.\-/]+")


def plain(text: str) -> str:
    """Leave aside case, underscores, hyphens, invisible marks and spare spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return _SPACES.sub(" ", text).strip(" :*")


def is_failed(names: Iterable[str]) -> bool:
    """Say whether a header, in plain names, is that of rows which failed and were written."""
    return {ROW, WRONG} <= set(names)


@cache
def _meanings() -> Mapping[str, str]:
    return {plain(name): key for key, names in NAMES.items() for name in names.split(",")}


def meanings(cells: Sequence[str]) -> list[str | None]:
    """Give what each cell of a header means, or nothing."""
    known = _meanings()
    return [known.get(plain(cell)) for cell in cells]


def called(key: str) -> str:
    """Give our own name of a column."""
    return NAMES[key].partition(",")[0]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one roster. ``at`` says where each meaning stands, from 0."""

    file: str
    row: int
    """The header's row, from 1."""
    header: tuple[str, ...]
    at: Mapping[str, int]
    lettered: bool
    """Whether columns are known by letters, as in a workbook."""

    def place(self, row: int, key: str = "") -> Place:
        """Say where the cell of a meaning stands in a row; its first cell, where it has none."""
        return Place(file=self.file, line=row, column=self.at.get(key, 0) + 1)

    def label(self, column: int) -> str:
        """Name a column, from 0, as the reader of the table finds it."""
        name = short(self.header[column]) if column < len(self.header) else ""
        letter = f"{letters(column)} " if self.lettered else ""
        return f'column {letter}"{name}"' if name else f"column {letter or column + 1}".rstrip()


def letters(column: int) -> str:
    """Name a column, from 0, as Excel does: A to Z, then AA."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name, column = chr(65 + letter) + name, column - 1
    return name


def short(name: str) -> str:
    """Write a column's name in one line, cut where it is long."""
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST_NAMED else name[: _LONGEST_NAMED - 1] + "…"


def _nearest(cells: Sequence[str], wanted: Sequence[str]) -> str:
    """Name the columns whose names look like one that is wanted."""
    names = [plain(name) for key in wanted for name in NAMES[key].split(",")]
    near = [
        f'"{short(cell)}"'
        for cell, meaning in zip(cells, meanings(cells), strict=True)
        if meaning is None and difflib.get_close_matches(plain(cell), names, n=1, cutoff=0.8)
    ]
    if not near:
        return f'name a column "{called(wanted[0])}"'
    return f'is it {" or ".join(near)}? Name the column "{called(wanted[0])}"'


class _Header:
    """Looks at one header and keeps what is found."""

    def __init__(self, columns: Columns, found: list[str | None]) -> None:
        self.columns = columns
        self.found = found
        self.findings: list[Finding] = []

    def find(self, what: str, mend: str, column: int = 0, why: str = "") -> None:
        place = Place(self.columns.file, self.columns.row, column + 1)
        self.findings.append(Finding(what, why, mend, place))

    def warn(self, what: str, why: str, mend: str, column: int = 0) -> None:
        place = Place(self.columns.file, self.columns.row, column + 1)
        self.findings.append(Finding(what, why, mend, place, Severity.WARNING))

    def need(self, *keys: str) -> None:
        if not any(key in self.columns.at for key in keys):
            names = " or ".join(f'"{called(key)}"' for key in keys)
            self.find(f"there is no column {names}", _nearest(self.columns.header, keys))

    def names(self) -> None:
        """See that the name stands in one column, or in a first and a last name's."""
        at = self.columns.at
        parts = [key for key in ("first_name", "last_name") if key in at]
        if "patient" in at and len(parts) == 1:
            whole, part = (self.columns.label(at[key]) for key in ("patient", *parts))
            mend = 'name the columns "first name" and "last name", or take one of them out'
            self.find(f"{whole} and {part} both name the patient", mend, at[parts[0]])
        elif "patient" not in at and len(parts) == 1:
            other = "last_name" if parts == ["first_name"] else "first_name"
            self.find(
                f'there is no column "{called(other)}"', _nearest(self.columns.header, [other])
            )
        elif not parts:
            self.need("patient")

    def twice(self) -> None:
        counts = Counter(key for key in self.found if key)
        for key in (key for key, count in counts.items() if count > 1):
            places = [index for index, meaning in enumerate(self.found) if meaning == key]
            names = " and ".join(self.columns.label(index) for index in places)
            mend = "rename or take out all but one"
            self.find(f'{names} all mean "{called(key)}"', mend, places[1])

    def ignored(self) -> Iterator[int]:
        used = set(self.columns.at.values())
        noted = {ROW, WRONG} if is_failed(map(plain, self.columns.header)) else set()
        for index, cell in enumerate(self.columns.header):
            if index not in used and plain(cell) and plain(cell) not in noted:
                yield index

    def rest(self) -> None:
        """Name what is not read, in one note; what is doubtful, each by itself."""
        labels = []
        for index in self.ignored():
            label = self.columns.label(index)
            mend = DOUBTFUL.get(plain(self.columns.header[index]))
            if mend:
                self.warn(f"{label} is not read", "its name could mean two things", mend, index)
            elif self.found[index] is None or "patient" in self.columns.at:
                labels.append(label)
        if labels:
            more = f" and {len(labels) - _MOST_NAMED} more" if len(labels) > _MOST_NAMED else ""
            verb = "is" if len(labels) == 1 else "are"
            named = ", ".join(labels[:_MOST_NAMED]) + more
            self.warn(f"{named} {verb} not read", "no part of a sheet has this name", "")


def read_header(
    cells: Sequence[str], file: str, row: int, *, lettered: bool, prescribes: bool
) -> tuple[Columns, tuple[Finding, ...]]:
    """Find what each column means; the findings name what is missing, doubled or not read.

    ``prescribes`` says whether the table has to hold programmes or exercises.
    """
    header = tuple(cells)
    found = meanings(header)
    at: dict[str, int] = {}
    for index, key in enumerate(found):
        if key:
            at.setdefault(key, index)
    both = {"first_name", "last_name"} <= at.keys()
    if "patient" in at and both:
        del at["first_name"], at["last_name"]
    look = _Header(Columns(file, row, header, at, lettered), found)
    if not at:
        mend = "put a row above the people that names the columns: name, programme, …"
        look.find("the table has no header", mend)
        return look.columns, tuple(look.findings)
    look.twice()
    look.names()
    if prescribes:
        look.need("programme", "exercises")
    look.rest()
    return look.columns, tuple(look.findings)
