"""Cells of a row: what is looked at in each, and how findings name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from handouts.basics.characters import FORMULA_SIGNS
from handouts.basics.findings import Finding, Severity
from handouts.intake.roster.header_words import called
from handouts.intake.roster.sheet_rows import SheetText
from handouts.models.personal import text_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handouts.intake.roster.columns import Columns
    from handouts.models.personal import Fault

_ERROR = re.compile(r"#(?:[^\W\d_]{1,20}(?:/0)?[!?]|N/A|NV|N/D|GETTING_DATA|#+)|Err:\d{3}")
"""Errors of spreadsheets, in whatever language."""

_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")

T = TypeVar("T")


def called_in(columns: Columns, key: str) -> str:
    """Name the column of a meaning as it stands in the table; else by our own name."""
    return columns.label(columns.at[key]) if key in columns.at else called(key)


def meant(cell: str) -> str:
    """Give a cell without outer spaces, and without the apostrophe that disarms a formula.

    Other programs write one, too. In a file of failed rows our own are off already.
    """
    text = cell.strip()
    if text[:1] == "'" and text[1:2] and text[1] in FORMULA_SIGNS:
        return text[1:]
    return text


def is_escaped(text: str) -> bool:
    """Say whether an escape stands in text that Office alone would decode: _x000D_."""
    return _ESCAPE.search(text) is not None


def shown(cell: str) -> str:
    """Give a cell as its sheet shows it."""
    return cell.shown if isinstance(cell, SheetText) else cell


@dataclass(slots=True)
class RowLook:
    """Looks at the cells of one row and keeps what is found."""

    columns: Columns
    row: int
    findings: list[Finding] = field(default_factory=list)

    def find(self, key: str, what: str, mend: str, why: str = "") -> None:
        """Keep an error in the column of a meaning. It must not hold what the cell holds."""
        what = f"{called_in(self.columns, key)}: {what}"
        self.findings.append(Finding(what, why, mend, self.columns.place(self.row, key)))

    def warn(self, key: str, what: str, mend: str, why: str) -> None:
        """Keep a warning in the column of a meaning. It must not hold what the cell holds."""
        what = f"{called_in(self.columns, key)}: {what}"
        place = self.columns.place(self.row, key)
        self.findings.append(Finding(what, why, mend, place, Severity.WARNING))

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def check(
        self, key: str, text: str, fault_in: Callable[[str], Fault | None] = text_fault
    ) -> bool:
        """Say whether a cell holds text that can be used."""
        before = len(self.findings)
        if text[:1] == "=":
            why = "formulas are not worked out here, and this one has no value in the file"
            self.find(key, "a formula stands where text is read", "write its value", why)
        if _ERROR.fullmatch(text):
            self.find(key, "the cell holds an error of the spreadsheet", "write the value")
        if len(self.findings) == before and (fault := fault_in(text)):
            self.find(key, fault.what, fault.mend)
        return len(self.findings) == before

    def read(self, key: str, given: Mapping[str, str], parse: Callable[[str], T]) -> T | None:
        """Read a cell's value, if it holds one."""
        if key not in given:
            return None
        try:
            return parse(given[key])
        except ValueError as error:
            what, mend = error.args
            self.find(key, what, mend)
            return None
