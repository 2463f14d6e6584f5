"""Folds as data: which panels a folded sheet has, how wide they are, and how it is folded.

A sheet is a strip of columns, named here from the left of its inside. Behind each column of
the inside lies one panel of the outside, so the outside is the inside mirrored.

Widths follow one rule. A column has its share of the sheet; one that is tucked in is narrower
than its share by an allowance, and what it leaves is shared out again among all columns. The
allowance is eight thicknesses of the stock, but at least 1/16 in (3 mm on A4), on which six
print shops agree for a roll-fold, and at most 1/8 in, which they allow heavy stock. Eight is
ours: it reaches 1/8 in at 0.4 mm, the heaviest stock that is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from handouts.basics.lengths import Length, inches, mm, parse_length
from handouts.basics.papers import OFFICE_PAPER_THICKNESS, SHEETS, Paper, Size


class FoldKind(StrEnum):
    """How a sheet is folded, by the name that print shops use."""

    ROLL = "roll"
    Z = "z"
    HALF = "half"
    GATE = "gate"
    OPEN_GATE = "open-gate"
    DOUBLE_PARALLEL = "double-parallel"
    ACCORDION = "accordion"


class Direction(StrEnum):
    """How a crease bends, seen from the inside."""

    VALLEY = "valley"
    """Its two columns meet with their insides."""
    MOUNTAIN = "mountain"
    """Its two columns meet with their outsides."""


@dataclass(frozen=True, slots=True)
class Column:
    """A strip of the sheet from fold to fold, with a panel on each side.

    It is ``parts`` shares wide, less ``tucks`` allowances.
    """

    inside: str
    outside: str
    parts: int = 1
    tucks: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Crease:
    """The fold between two columns that lie side by side.

    Creases of step 1 are folded first. Those of one step are opened together.
    """

    direction: Direction
    step: int


@dataclass(frozen=True, slots=True)
class Fold:
    """A way to fold a sheet, its inside up.

    ``columns`` and ``creases`` run from the left of the inside. The column with the number
    ``still`` (from 0) stays on the table; what lies beyond a crease is moved.
    ``reading_order`` is the order in which a person meets the panels.
    """

    kind: FoldKind
    columns: tuple[Column, ...]
    creases: tuple[Crease, ...]
    still: int
    reading_order: tuple[str, ...]

    @property
    def outside(self) -> tuple[str, ...]:
        """The outside's panels from its left: the inside's columns from the right."""
        return tuple(column.outside for column in reversed(self.columns))

    @property
    def inside(self) -> tuple[str, ...]:
        """The inside's panels from its left."""
        return tuple(column.inside for column in self.columns)


_VALLEY, _MOUNTAIN = Direction.VALLEY, Direction.MOUNTAIN
_TUCKED = Fraction(1)
_THREE_INSIDE = ("inside-left", "inside-center", "inside-right")
_FOUR_INSIDE = ("inside-left", "inside-center-left", "inside-center-right", "inside-right")

FOLDS = {
    fold.kind: fold
    for fold in (
        Fold(
            FoldKind.ROLL,
            (
                Column("inside-left", "cover"),
                Column("inside-center", "back"),
                Column("inside-right", "flap", tucks=_TUCKED),
            ),
            (Crease(_VALLEY, 2), Crease(_VALLEY, 1)),
            still=1,
            reading_order=("cover", "flap", *_THREE_INSIDE, "back"),
        ),
        Fold(
            FoldKind.Z,
            (
                Column("inside-left", "cover"),
                Column("inside-center", "flap"),
                Column("back", "inside-right"),
            ),
            (Crease(_VALLEY, 2), Crease(_MOUNTAIN, 1)),
            still=1,
            reading_order=("cover", *_THREE_INSIDE, "flap", "back"),
        ),
        Fold(
            FoldKind.HALF,
            (Column("inside-left", "cover"), Column("inside-right", "back")),
            (Crease(_VALLEY, 1),),
            still=1,
            reading_order=("cover", "inside-left", "inside-right", "back"),
        ),
        Fold(
            FoldKind.GATE,
            (
                Column("inside-left", "opening-left", tucks=_TUCKED),
                Column("inside-center-left", "cover"),
                Column("inside-center-right", "back"),
                Column("inside-right", "opening-right", tucks=_TUCKED),
            ),
            (Crease(_VALLEY, 1), Crease(_VALLEY, 2), Crease(_VALLEY, 1)),
            still=2,
            reading_order=("cover", "opening-left", "opening-right", *_FOUR_INSIDE, "back"),
        ),
        Fold(
            FoldKind.OPEN_GATE,
            (  # each gate gives half an allowance, so the two meet one allowance apart
                Column("inside-left", "gate-left", tucks=_TUCKED / 2),
                Column("inside-center", "back", parts=2),
                Column("inside-right", "gate-right", tucks=_TUCKED / 2),
            ),
            (Crease(_VALLEY, 1), Crease(_VALLEY, 1)),
            still=1,
            reading_order=("gate-left", "gate-right", *_THREE_INSIDE, "back"),
        ),
        Fold(
            FoldKind.DOUBLE_PARALLEL,
            (
                Column("inside-left", "cover"),
                Column("inside-center-left", "back"),
                Column("inside-center-right", "opening-right", tucks=_TUCKED),
                Column("inside-right", "opening-left", tucks=_TUCKED),
            ),
            (Crease(_VALLEY, 2), Crease(_VALLEY, 1), Crease(_MOUNTAIN, 2)),
            still=1,
            reading_order=("cover", "opening-left", "opening-right", *_FOUR_INSIDE, "back"),
        ),
        Fold(
            FoldKind.ACCORDION,
            (
                Column("inside-left", "cover"),
                Column("inside-center-left", "opening-right"),
                Column("inside-center-right", "opening-left"),
                Column("inside-right", "back"),
            ),
            (Crease(_VALLEY, 2), Crease(_MOUNTAIN, 1), Crease(_VALLEY, 1)),
            still=1,
            reading_order=("cover", *_FOUR_INSIDE, "opening-left", "opening-right", "back"),
        ),
    )
}


def folds_of(panels: tuple[str, ...]) -> tuple[FoldKind, ...]:
    """Name the folds that have exactly these panels, in whatever order."""
    wanted = sorted(panels)
    return tuple(kind for kind, fold in FOLDS.items() if sorted(fold.reading_order) == wanted)


LEAST_TUCK = {Paper.LETTER: inches("0.0625"), Paper.A4: mm(3)}
MOST_TUCK = inches("0.125")
TUCK_IN_THICKNESSES = 8
THINNEST_STOCK = mm("0.05")
THICKEST_STOCK = mm("0.4")


def parse_stock(written: object) -> Length:
    """Read the thickness of a stock, with its unit: ``"0.2 mm"``.

    Raises:
        ValueError: with a sentence that says what would be right.

    """
    if not isinstance(written, str):
        raise ValueError(f'"{written}" has no unit; write the thickness like 0.2 mm')
    stock = parse_length(written)
    if not THINNEST_STOCK <= stock <= THICKEST_STOCK:
        least, most = THINNEST_STOCK.mm, THICKEST_STOCK.mm
        raise ValueError(f'"{written}" is not between {least:g} and {most:g} mm')
    return stock


def tuck_allowance(paper: Paper, stock: Length = OFFICE_PAPER_THICKNESS) -> Length:
    """Say by how much a panel that is tucked in is narrower."""
    by_stock = Length(stock.pt * TUCK_IN_THICKNESSES)
    return min(max(by_stock, LEAST_TUCK[paper]), MOST_TUCK)


@dataclass(frozen=True, slots=True)
class PanelSpot:
    """One panel on a side of the sheet: its left edge, measured from the sheet's left."""

    panel: str
    left: Length
    size: Size

    @property
    def right(self) -> Length:
        """Its right edge, measured from the sheet's left."""
        return self.left + self.size.width


@dataclass(frozen=True, slots=True)
class FoldedSide:
    """One side of a sheet with its panels from left to right."""

    name: str
    size: Size
    spots: tuple[PanelSpot, ...]

    @property
    def folds(self) -> tuple[Length, ...]:
        """Where it is folded, measured from its left."""
        return tuple(spot.left for spot in self.spots[1:])


@dataclass(frozen=True, slots=True)
class FoldedSheet:
    """A fold on a certain paper and stock: where each panel lies."""

    fold: Fold
    outside: FoldedSide
    inside: FoldedSide

    @property
    def sides(self) -> tuple[FoldedSide, FoldedSide]:
        """Both sides in the order in which they are printed."""
        return self.outside, self.inside

    @property
    def panel_sizes(self) -> dict[str, Size]:
        """Each panel's size, in reading order."""
        sizes = {spot.panel: spot.size for side in self.sides for spot in side.spots}
        return {panel: sizes[panel] for panel in self.fold.reading_order}


def fold_sheet(kind: FoldKind, paper: Paper, stock: Length = OFFICE_PAPER_THICKNESS) -> FoldedSheet:
    """Lay out a fold's panels on landscape paper; they add up to the sheet exactly."""
    fold = FOLDS[kind]
    whole = Size(SHEETS[paper].height, SHEETS[paper].width)
    allowance = tuck_allowance(paper, stock).pt
    given = allowance * sum(column.tucks for column in fold.columns)
    share = (whole.width.pt + given) / sum(column.parts for column in fold.columns)
    widths = [Length(share * column.parts - allowance * column.tucks) for column in fold.columns]
    return FoldedSheet(
        fold,
        _side("outside", whole, fold.outside, widths[::-1]),
        _side("inside", whole, fold.inside, widths),
    )


def _side(name: str, whole: Size, panels: tuple[str, ...], widths: list[Length]) -> FoldedSide:
    left = Length(Fraction(0))
    spots: list[PanelSpot] = []
    for panel, width in zip(panels, widths, strict=True):
        spots.append(PanelSpot(panel, left, Size(width, whole.height)))
        left += width
    return FoldedSide(name, whole, tuple(spots))
