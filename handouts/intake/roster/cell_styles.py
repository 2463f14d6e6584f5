"""Styles of a workbook's cells: how numbers are shown, and whether text is struck through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.xml.constants import SHEET_MAIN_NS

from handouts.intake.roster.cell_texts import OFF
from handouts.intake.roster.markup import Follower, followed, named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

GENERAL = "General"
NOT_KNOWN = "?"
"""Stands for a format that can't be worked out: it is none."""
LONGEST_FORMAT = 255
"""Letters; Excel keeps no longer one."""
_OTHER_CALENDARS = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of formats that mean days of a machine's own country, in East Asia and Thailand."""
_FORMATS, _FORMAT = named(SHEET_MAIN_NS, "numFmts", "numFmt")
_FONTS, _FONT, _STRIKE = named(SHEET_MAIN_NS, "fonts", "font", "strike")
_STYLES, _STYLE = named(SHEET_MAIN_NS, "cellXfs", "xf")


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell shows what it holds."""

    code: str
    """The format of its number."""
    moment: bool
    """Whether numbers are days or times."""
    length: bool
    """Whether they are lengths of time."""
    struck: bool


class _Listed(Follower):
    """The lists of a workbook's styles."""

    __slots__ = ("codes", "strokes", "styles")

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, str] = {}
        self.strokes: list[bool] = []
        """Of each font, whether it strikes through."""
        self.styles: list[tuple[int, int]] = []
        """Of each style, the numbers of its format and its font."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        within = self.around[-1]
        if name == _STYLE and within == _STYLES:
            format_number = int(attributes.get("numFmtId", 0))
            self.styles.append((format_number, int(attributes.get("fontId", 0))))
        elif name == _FONT and within == _FONTS:
            self.strokes.append(False)
        elif name == _STRIKE and within == _FONT and self.around[-2] == _FONTS:
            self.strokes[-1] = attributes.get("val", "1") not in OFF
        elif name == _FORMAT and within == _FORMATS:
            self.codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        self.around.append(name)


class Styles(dict[int, Style]):
    """The styles of a workbook's cells by their numbers, each looked at once."""

    def __init__(self, source: IO[bytes] | None) -> None:
        """Read a workbook's part of styles; without one, there is a plain style alone.

        Raises:
            ExpatError, ValueError, KeyError: it can't be read.

        """
        super().__init__()
        self._listed = _Listed()
        if source is not None:
            followed(source, self._listed)
        self._listed.styles = self._listed.styles or [(0, 0)]

    def __missing__(self, number: int) -> Style:
        if number < 0:
            raise IndexError(number)
        listed = self._listed
        format_number, font = listed.styles[number]
        code = self._code(format_number)
        moment = bool(is_date_format(code))
        struck = 0 <= font < len(listed.strokes) and listed.strokes[font]
        style = Style(code, moment, moment and is_timedelta_format(code), struck)
        self[number] = style
        return style

    def _code(self, number: int) -> str:
        code = self._listed.codes.get(number)
        if code is None and number in _OTHER_CALENDARS:
            return NOT_KNOWN
        code = code or BUILTIN_FORMATS.get(number, GENERAL)
        return code if len(code) <= LONGEST_FORMAT else NOT_KNOWN
