"""What can be asked for: the schemes, each with the settings that make sense for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from handouts.paper import OFFICE_PAPER_THICKNESS

if TYPE_CHECKING:
    from handouts.imposition.plan import Flip
    from handouts.imposition.sheets import Sheet
    from handouts.lengths import Length


@dataclass(frozen=True, slots=True)
class Booklet:
    """Sheets nested in one another, folded once and stapled through the fold."""

    thickness: Length = OFFICE_PAPER_THICKNESS


@dataclass(frozen=True, slots=True)
class Grid:
    """Pieces in columns and rows, to be cut apart.

    ``gutter`` is the space between pieces; without one it is twice the bleed, so that no
    bleed is lost. ``sides`` is 2 unless the source has a single page. A ``stacked`` grid is
    ordered for piles that are laid on one another; one that is not is filled page after
    page, or with copies repeats the same page on the whole sheet.
    """

    up: int
    stacked: bool = False
    gutter: Length | None = None
    sides: Literal[1, 2] | None = None


Scheme: TypeAlias = Booklet | Grid


@dataclass(frozen=True, slots=True)
class Order:
    """An order to impose: scheme, sheet, and how the run is printed.

    ``flip`` is by default the edge about which a printer turns a page like a book's: the long
    one of a portrait sheet, the short one of a landscape sheet. ``marks`` is by default
    whatever the sheet has room for.
    """

    scheme: Scheme
    sheet: Sheet
    copies: int = 1
    flip: Flip | None = None
    marks: bool | None = None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page to be imposed, upright: its trim size, and how far it bleeds at most."""

    width_pt: float
    height_pt: float
    bleed_pt: float = 0.0
