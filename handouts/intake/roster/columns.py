"""What the columns of a roster mean, by their names in the header."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Place, Severity
from handouts.basics.settings import Setting, named
from handouts.intake.roster.header_words import called, header_words, key_called, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROW, WRONG = "row", "what is wrong"
"""The two columns that are put before a row that failed."""

_MOST_NAMED = 12
_LONGEST_NAMED = 40
_PARTS = ("first_name", "last_name")


def is_failed(names: Iterable[str]) -> bool:
    """Say whether a header, in plain names, is that of rows which failed and were written."""
    return {ROW, WRONG} <= set(names)


@dataclass(frozen=True, slots=True)
class SaidColumns:
    """What somebody said a table's columns are: it goes before what their names mean."""

    by_name: tuple[tuple[str, str], ...] = ()
    """The meaning, by any name of ours, with the header of the column."""

    def meanings(self, cells: Sequence[str]) -> list[str | None]:
        """Give what each cell of a header means, or nothing."""
        words = header_words()
        names = [plain(cell) for cell in cells]
        found = [words.meanings.get(name) for name in names]
        for key, header in self.by_key():
            if header in names:
                parts = {key, *(_PARTS if key == "patient" else ())}
                found = [None if meaning in parts else meaning for meaning in found]
        for key, header in self.by_key():
            found = [
                key if name == header else meaning
                for name, meaning in zip(names, found, strict=True)
            ]
        return found

    def by_key(self) -> list[tuple[str, str]]:
        """Give each known meaning with the plain name of its column."""
        known = ((key_called(name), plain(header)) for name, header in self.by_name)
        return [(key, header) for key, header in known if key is not None and header]


AS_NAMED = SaidColumns()
"""Nothing was said: columns mean what their names do."""


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
    numbered: bool = False
    """Whether the first column has no name and counts the rows."""
    family_first: bool = False
    """Whether the family's name stands before the given one, where they are two columns."""

    def place(self, row: int, key: str = "") -> Place:
        """Say where the cell of a meaning stands in a row; its first cell, where it has none."""
        return Place(file=self.file, line=row, column=self.at.get(key, 0) + 1)

    def taken(self) -> dict[str, str]:
        """Give what each column was taken for, by our own names; columns as the table has them."""
        return {called(key): self.header[index].strip() for key, index in self.at.items()}

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


def _nearest(cells: Sequence[str], found: Sequence[str | None], wanted: Sequence[str]) -> str:
    """Name the columns whose names look like one that is wanted, or could mean it."""
    words = header_words()
    names = [word for word, key in words.meanings.items() if key in wanted]
    near = [
        short(cell)
        for cell, meaning in zip(cells, found, strict=True)
        if meaning is None
        and (
            set(wanted) & set(words.doubtful.get(plain(cell), ()))
            or difflib.get_close_matches(plain(cell), names, n=1, cutoff=0.8)
        )
    ]
    own = called(wanted[0])
    if not near:
        which = column_said(own, "Its header")
        return f'name a column "{own}", or say which it is: {which}'
    asked = " or ".join(f'"{name}"' for name in near)
    return f'is it {asked}? Name the column "{own}", or add {column_said(own, near[0])}'


def column_said(name: str, header: str) -> str:
    """Mark where a message says how to tell what a column is."""
    return named(Setting.COLUMN, f'"{name}={header}"'.replace("{", "").replace("}", ""))


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
            self.find(
                f"there is no column {names}", _nearest(self.columns.header, self.found, keys)
            )

    def names(self) -> None:
        """See that the name stands in one column, or in a first and a last name's."""
        at = self.columns.at
        parts = [key for key in _PARTS if key in at]
        if "patient" in at and len(parts) == 1:
            whole, part = (self.columns.label(at[key]) for key in ("patient", *parts))
            holds_all = short(self.columns.header[at["patient"]])
            mend = (
                'name the columns "first name" and "last name", or take one of them out; or, if '
                f"it holds the whole name, add {column_said('name', holds_all)}"
            )
            self.find(f"{whole} and {part} both name the patient", mend, at[parts[0]])
        elif "patient" not in at and len(parts) == 1:
            other = "last_name" if parts == ["first_name"] else "first_name"
            mend = _nearest(self.columns.header, self.found, [other])
            self.find(f'there is no column "{called(other)}"', mend)
        elif not parts:
            self.need("patient")

    def twice(self) -> None:
        counts = Counter(key for key in self.found if key)
        for key in (key for key, count in counts.items() if count > 1):
            places = [index for index, meaning in enumerate(self.found) if meaning == key]
            names = " and ".join(self.columns.label(index) for index in places)
            which = short(self.columns.header[places[0]])
            mend = (
                f"rename or take out all but one, or say which: {column_said(called(key), which)}"
            )
            self.find(f'{names} all mean "{called(key)}"', mend, places[1])

    def ignored(self) -> Iterator[int]:
        used = set(self.columns.at.values())
        noted = {ROW, WRONG} if is_failed(map(plain, self.columns.header)) else set()
        for index, cell in enumerate(self.columns.header):
            if index not in used and plain(cell) and plain(cell) not in noted:
                yield index

    def rest(self) -> None:
        """Name what is not read, in one note; what is doubtful or held back, each by itself."""
        labels = []
        words = header_words()
        for index in self.ignored():
            label, name = self.columns.label(index), self.columns.header[index]
            doubtful = words.doubtful.get(plain(name))
            if doubtful:
                own = [called(key) for key in doubtful]
                lacking = [called(key) for key in doubtful if key not in self.columns.at]
                wanted = " or ".join(f'"{one}"' for one in own)
                mend = f"name it {wanted}, or add {column_said((lacking or own)[0], short(name))}"
                self.warn(f"{label} is not read", "its name could mean two things", mend, index)
            elif plain(name) in words.held_back:
                self.warn(
                    f"{label} is held back: it is not printed",
                    "it may hold words that are not for the patient",
                    f'to print it, name it "{called("notes")}", or add '
                    f"{column_said('notes', short(name))}",
                    index,
                )
            elif self.found[index] is None or "patient" in self.columns.at:
                labels.append(label)
        if labels:
            more = f" and {len(labels) - _MOST_NAMED} more" if len(labels) > _MOST_NAMED else ""
            verb = "is" if len(labels) == 1 else "are"
            named = ", ".join(labels[:_MOST_NAMED]) + more
            self.warn(f"{named} {verb} not read", "no part of a sheet has this name", "")

    def said(self, said: SaidColumns) -> None:
        """Refuse what was said of columns that are not there, or with names that mean nothing."""
        names = [plain(cell) for cell in self.columns.header]
        for name, header in said.by_name:
            if key_called(name) is None:
                own = ", ".join(called(key) for key in header_words().own)
                mend = f"write one of: {own}"
                self.find(f'"{short(name)}" is nothing that a column can hold', mend)
            elif plain(header) not in names:
                there = ", ".join(f'"{short(cell)}"' for cell in self.columns.header if plain(cell))
                what = f'there is no column "{short(header)}", which was said to be "{short(name)}"'
                self.find(what, f"write one of: {there}")


def _with_name_parts(header: Sequence[str], found: list[str | None]) -> list[str | None]:
    """Read a name's column beside one for the other part of it as its language means it."""
    parts = [key for key in _PARTS if key in found]
    if "patient" not in found or len(parts) != 1:
        return found
    words = header_words()
    whole, part = found.index("patient"), found.index(parts[0])
    for language in words.languages.get(plain(header[part]), ()):
        meaning = words.beside.get((language, plain(header[whole])))
        if meaning is not None and meaning != parts[0]:
            return [meaning if index == whole else key for index, key in enumerate(found)]
    return found


def _family_first(columns: Columns) -> bool:
    """Say whether the names' columns are called in a language that writes the family's first."""
    words = header_words()
    called_by = (plain(columns.header[columns.at[key]]) for key in _PARTS if key in columns.at)
    return any(words.languages.get(word, frozenset()) & words.family_first for word in called_by)


def read_header(
    cells: Sequence[str],
    file: str,
    row: int,
    *,
    lettered: bool,
    prescribes: bool,
    said: SaidColumns = AS_NAMED,
) -> tuple[Columns, tuple[Finding, ...]]:
    """Find what each column means; the findings name what is missing, doubled or not read.

    ``prescribes`` says whether the table has to hold programmes or exercises.
    """
    header = tuple(cells)
    found = _with_name_parts(header, said.meanings(header))
    at: dict[str, int] = {}
    for index, key in enumerate(found):
        if key:
            at.setdefault(key, index)
    if "patient" in at and set(_PARTS) <= at.keys():
        for key in _PARTS:
            del at[key]
    look = _Header(Columns(file, row, header, at, lettered), found)
    look.said(said)
    if not at:
        mend = (
            "put a row above the people that names the columns: name, programme, …; or say which "
            f"holds the names: {column_said('name', 'Its header')}"
        )
        look.find("the table has no header", mend)
        return look.columns, tuple(look.findings)
    look.twice()
    look.names()
    if prescribes:
        look.need("programme", "exercises")
    look.rest()
    return replace(look.columns, family_first=_family_first(look.columns)), tuple(look.findings)
