"""A row in: its prescription with its sheet, or what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from handouts.basics.characters import is_joined
from handouts.basics.findings import Finding
from handouts.intake.roster import values
from handouts.intake.roster.cells import RowLook, is_escaped, meant, shown
from handouts.intake.roster.header_words import header_words, plain
from handouts.intake.roster.nobody import OF_NAMES, Nobody, merged_heading
from handouts.intake.roster.prescribing import Prescriber, RowDefaults
from handouts.intake.roster.sheet_rows import SheetText, Span
from handouts.intake.roster.visits import visit
from handouts.load.prescription import Layer
from handouts.models.no_names import says_nothing
from handouts.models.personal import name_fault, name_part_fault
from handouts.models.prescription import Prescription
from handouts.prescribe.resolve import resolve
from handouts.prescribe.too_much import MANY_WORDS
from handouts.wording.language import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from handouts.intake.roster.columns import Columns
    from handouts.load.content import LoadedContent
    from handouts.models.prescription import PatientSheet

OWN = (
    "patient", "first_name", "last_name", "goal", "notes", "next_visit", "copies", "record_id",
    "cancelled",
)  # fmt: skip
"""The columns that may differ in every row without changing what is prescribed."""
SHOWN = ("patient", "first_name", "last_name", "goal", "notes", "record_id")
"""The columns that are printed as the sheet shows them."""
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


class RowReader:
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
        """Read a row; ``ids`` keeps those that were met, with their rows."""
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
            good = key not in given or look.check(key, given[key])
            if good and key != "next_visit" and says_nothing(given.get(key, "")):
                what = "a word that says that nothing stands here would be printed"
                look.find(key, what, "empty the cell")
        for key in (*OF_NAMES, "goal", "notes", "next_visit"):
            if "_x" in given.get(key, "") and not self.columns.lettered and is_escaped(given[key]):
                look.find(
                    key, "an escape of Office's, like _x000D_, stands in the text", "take it out"
                )
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
        if day is None:
            return shown(cells[self.columns.at["next_visit"]])
        hour, colon, minute = text[11:].partition(":")
        at = time(int(hour), int(minute)) if colon else None
        return language(self.loaded.content.language).visit(day, at)


def _copies(text: str) -> int:
    return values.whole(text, 1, values.MOST_COPIES)
