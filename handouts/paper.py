"""Paper: the sheets, the cards, and where a roll-fold's panels lie on its sheet.

Sizes come from the print table in docs/print-shop.md: US Letter and A4 (ISO 216), and
for the roll-fold the panel widths on which six print shops agree (the panel that is
tucked in is 1/16 in, or 3 mm, narrower).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handouts.lengths import Length, inches, mm


class Paper(StrEnum):
    """The paper a piece is made for."""

    LETTER = "letter"
    A4 = "a4"


class Format(StrEnum):
    """What is made of the paper."""

    SHEET = "sheet"
    CARD = "card"
    ROLL_FOLD = "roll-fold"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a page, a panel or a sheet."""

    width: Length
    height: Length


@dataclass(frozen=True, slots=True)
class Spot:
    """One panel on a side of the sheet: its left edge, measured from the sheet's left."""

    panel: str
    left: Length
    size: Size


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet with its panels from left to right."""

    name: str
    size: Size
    spots: tuple[Spot, ...]


SHEETS = {
    Paper.LETTER: Size(inches("8.5"), inches(11)),
    Paper.A4: Size(mm(210), mm(297)),
}

RACK_CARDS = {
    Paper.LETTER: Size(inches(4), inches(9)),
    Paper.A4: Size(mm(99), mm(210)),
}

BLEED = {Paper.LETTER: inches("0.125"), Paper.A4: mm(3)}
"""How far grounds run over the trim, where a piece is cut from a larger sheet."""
MARK_MARGIN = {Paper.LETTER: inches("0.625"), Paper.A4: mm(16)}
"""The room around the trim for bleed, marks and slug."""

PLAIN_PANEL = {Paper.LETTER: inches("3.6875"), Paper.A4: mm(100)}
TUCKED_PANEL = {Paper.LETTER: inches("3.625"), Paper.A4: mm(97)}

OUTSIDE = ("flap", "back", "cover")
INSIDE = ("inside-left", "inside-center", "inside-right")
ROLL_FOLD_READING_ORDER = ("cover", "flap", *INSIDE, "back")
"""The order in which a person meets the panels: the flap is seen when the cover is opened."""

_TUCKED_PANELS = {"flap", "inside-right"}


def _side(name: str, panels: tuple[str, ...], paper: Paper) -> Side:
    height = SHEETS[paper].width
    left = Length(inches(0).pt)
    spots: list[Spot] = []
    for panel in panels:
        width = TUCKED_PANEL[paper] if panel in _TUCKED_PANELS else PLAIN_PANEL[paper]
        spots.append(Spot(panel, left, Size(width, height)))
        left += width
    return Side(name, Size(left, height), tuple(spots))


def roll_fold(paper: Paper) -> tuple[Side, Side]:
    """Give the outside and the inside of a roll-fold tri-fold on landscape paper.

    The two are mirrored: the flap lies behind the inside's right panel, so both are the
    narrower one.
    """
    return _side("outside", OUTSIDE, paper), _side("inside", INSIDE, paper)


def page_size(page_format: Format, paper: Paper) -> Size:
    """Give the trim size of a sheet's or a card's page."""
    return RACK_CARDS[paper] if page_format is Format.CARD else SHEETS[paper]
