"""Texts of an Excel workbook's cells, and the list that it keeps of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openpyxl.xml.constants import SHEET_MAIN_NS

from handouts.intake.roster.markup import Follower, follow, named

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from zipfile import ZipFile

MOST_MARKS = 8_000_000
"""Of a list of texts: two for each of four million, which are 40 in each of 100,000 rows."""
OFF = frozenset({"0", "false"})
"""How a workbook says that something is not so."""
_ITEM, _INLINE = named(SHEET_MAIN_NS, "si", "is")
_TEXT, _RUN, _RUN_STYLE, _STRIKE = named(SHEET_MAIN_NS, "t", "r", "rPr", "strike")
ITEM_MARKS = frozenset({_TEXT, _RUN})
"""What a cell's text is made of, beside its looks."""
_WHOLE = frozenset({_ITEM, _INLINE})
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Decode Office's escapes: _x000D_ for a return, _x005F_ for the sign that begins one.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


class StruckText(str):
    """Text of which every letter is struck through."""

    __slots__ = ()


class Words(Follower):
    """Gathers the text of a cell, runs of it joined; how it is read aloud is left out."""

    __slots__ = ("_pieces", "_plain", "_runs", "_struck", "into")

    def __init__(self) -> None:
        super().__init__()
        self.into: list[str] | None = None
        """What takes the text that comes next."""
        self._begin_text()

    def _begin_text(self) -> None:
        self._pieces: list[str] = []
        self._plain = False
        self._runs = self._struck = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        around = self.around
        if name == _TEXT:
            if around[-1] in _WHOLE:
                self._plain = True
                self.into = self._pieces
            elif around[-1] == _RUN and around[-2] in _WHOLE:
                self.into = self._pieces
        elif name == _RUN:
            self._runs += around[-1] in _WHOLE
        elif name == _STRIKE and around[-1] == _RUN_STYLE and around[-2] == _RUN:
            self._struck += attributes.get("val", "1") not in OFF
        around.append(name)

    def end(self, _name: str) -> None:
        """Take the end of an element."""
        self.around.pop()
        self.into = None

    def said(self, text: str) -> None:
        """Take text."""
        if self.into is not None:
            self.into.append(text)

    def words(self) -> str:
        """Give the text, and begin another one."""
        text = unescaped("".join(self._pieces))
        struck = not self._plain and 0 < self._runs <= self._struck
        self._begin_text()
        return StruckText(text) if struck else text


class Texts(Words):
    """A workbook's list of texts by their numbers, read as far as it is asked for."""

    __slots__ = ("_list", "_more")

    def __init__(self, parts: ZipFile, member: str) -> None:
        super().__init__()
        self._list: list[str] = []
        self._more = self._pieces_of(parts, member)

    def _pieces_of(self, parts: ZipFile, member: str) -> Generator[None]:
        with parts.open(member) as source:
            yield from follow(source, self, MOST_MARKS, "its list of texts")

    def close(self) -> None:
        """Let go of the part, which need not have been read to its end."""
        self._more.close()

    def end(self, name: str) -> None:
        """Take the end of an element."""
        super().end(name)
        if name == _ITEM:
            self._list.append(self.words())

    def __getitem__(self, number: int) -> str:
        """Give a text.

        Raises:
            IndexError: there is none of this number.
            TooManyMarksError: the list has no end.
            KeyError, ExpatError, ValueError: there is no list, or it can't be read.

        """
        while number >= len(self._list):
            if next(self._more, self) is self:
                raise IndexError(number)
        if number < 0:
            raise IndexError(number)
        return self._list[number]
