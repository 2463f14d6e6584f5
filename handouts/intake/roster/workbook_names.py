"""What an Excel workbook says of its parts: its worksheets, its list of texts, its styles."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.xml.constants import PKG_REL_NS, REL_NS, SHEET_MAIN_NS

from handouts.intake.roster.cell_texts import OFF
from handouts.intake.roster.markup import Follower, followed, named
from handouts.intake.roster.workbook_parts import MOST_WORKSHEETS, too_large

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from zipfile import ZipFile

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_USUAL = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
"""Where parts are that some programs do not relate to the workbook, as they should."""
(_RELATION,) = named(PKG_REL_NS, "Relationship")
(_ID,) = named(REL_NS, "id")
_SHEETS, _SHEET, _PROPERTIES = named(SHEET_MAIN_NS, "sheets", "sheet", "workbookPr")


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet's name, its part, and whether people see it."""

    name: str
    member: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Book:
    """The parts of a workbook that are read."""

    worksheets: tuple[Worksheet, ...]
    texts: str
    """The part with the list of texts; there may be none."""
    styles: str
    """The part with the styles; empty where there is none."""
    from_1904: bool
    """Whether days are counted from 1904, as old Macs did."""


class _Named(Follower):
    __slots__ = ("from_1904", "sheets")

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        """Name, relation, whether it is shown."""
        self.from_1904 = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if name == _SHEET and self.around[-1] == _SHEETS:
            shown = attributes.get("state", "visible") == "visible"
            self.sheets.append((attributes["name"], attributes.get(_ID, ""), shown))
        elif name == _PROPERTIES:
            self.from_1904 = attributes.get("date1904", "0") not in OFF
        self.around.append(name)


class _Related(Follower):
    __slots__ = ("parts",)

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, tuple[str, str]] = {}
        """By its number, what a part is and where."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if name == _RELATION and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            member = posixpath.normpath(posixpath.join("/xl", attributes["Target"]))
            self.parts[attributes["Id"]] = kind, member.lstrip("/")
        self.around.append(name)


def names_of(parts: ZipFile, path: Path) -> Book:
    """Read what a workbook says of its parts; worksheets without one are left out.

    Raises:
        ContentError: it names more worksheets than are looked at.
        ExpatError, ValueError, KeyError: it can't be read.

    """
    named_, related = _Named(), _Related()
    for member, follower in ((WORKBOOK, named_), (_RELATIONS, related)):
        with parts.open(member) as source:
            followed(source, follower)
    if len(named_.sheets) > MOST_WORKSHEETS:
        many = f"it names {len(named_.sheets):,} worksheets"
        raise too_large(path, f"{many}; the limit is {MOST_WORKSHEETS}")
    there = {*parts.namelist()}
    worksheets = []
    for name, relation, shown in named_.sheets:
        kind, member = related.parts[relation] if relation else ("", "")
        if member in there and kind != "chartsheet":
            worksheets.append(Worksheet(name, member, shown))
    members = {**_USUAL, **dict(related.parts.values())}
    styles = members["styles"] if members["styles"] in there else ""
    return Book(tuple(worksheets), members["sharedStrings"], styles, named_.from_1904)
