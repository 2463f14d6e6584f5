"""Paper: the sheets and the cards.

Sizes come from the print table in docs/print-shop.md: US Letter and A4 (ISO 216).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handouts.basics.lengths import Length, inches, mm


class Paper(StrEnum):
    """The paper a piece is made for."""

    LETTER = "letter"
    A4 = "a4"


class Format(StrEnum):
    """What is made of the paper."""

    SHEET = "sheet"
    CARD = "card"
    FOLD = "fold"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a page, a panel or a sheet."""

    width: Length
    height: Length


class Sheet(StrEnum):
    """A sheet by the name that a paper dealer knows."""

    LETTER = "letter"
    LEGAL = "legal"
    TABLOID = "tabloid"
    TWELVE_BY_EIGHTEEN = "12x18"
    THIRTEEN_BY_NINETEEN = "13x19"
    A4 = "a4"
    A3 = "a3"
    SRA3 = "sra3"
    MM_320_BY_450 = "320x450"
    """SRA3 by its size, as shops with digital presses call it."""


SHEET_SIZES = {
    Sheet.LETTER: Size(inches("8.5"), inches(11)),
    Sheet.LEGAL: Size(inches("8.5"), inches(14)),
    Sheet.TABLOID: Size(inches(11), inches(17)),
    Sheet.TWELVE_BY_EIGHTEEN: Size(inches(12), inches(18)),
    Sheet.THIRTEEN_BY_NINETEEN: Size(inches(13), inches(19)),
    Sheet.A4: Size(mm(210), mm(297)),
    Sheet.A3: Size(mm(297), mm(420)),
    Sheet.SRA3: Size(mm(320), mm(450)),
    Sheet.MM_320_BY_450: Size(mm(320), mm(450)),
}
"""Width and height of each sheet, upright."""

SHEETS = {paper: SHEET_SIZES[Sheet(paper)] for paper in Paper}
"""The size of each paper that pieces are made for."""

RACK_CARDS = {
    Paper.LETTER: Size(inches(4), inches(9)),
    Paper.A4: Size(mm(99), mm(210)),
}

BLEED = {Paper.LETTER: inches("0.125"), Paper.A4: mm(3)}
"""How far grounds run over the trim, where a piece is cut from a larger sheet."""
MARK_MARGIN = {Paper.LETTER: inches("0.625"), Paper.A4: mm(16)}
"""The room around the trim for bleed, marks and slug."""
OFFICE_PAPER_THICKNESS = mm("0.1")
"""A sheet of 80 g/m2 is 0.004 in thick (prepressure.com, "caliper")."""


def page_size(page_format: Format, paper: Paper) -> Size:
    """Give the trim size of a sheet's or a card's page."""
    return RACK_CARDS[paper] if page_format is Format.CARD else SHEETS[paper]
