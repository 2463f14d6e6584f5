"""What can be asked for: the schemes, each with the settings that make sense for it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from handouts.basics.choices import SchemeName
from handouts.basics.papers import OFFICE_PAPER_THICKNESS
from handouts.basics.settings import Setting, named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.basics.choices import Flip, Work
    from handouts.basics.lengths import Length
    from handouts.basics.papers import Sheet


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
    page, or with copies repeats the same page on the whole sheet. With ``work`` both sides are
    printed from one form, so that each sheet gives every leaf on it twice.
    """

    up: int
    stacked: bool = False
    gutter: Length | None = None
    sides: Literal[1, 2] | None = None
    work: Work | None = None


Scheme: TypeAlias = Booklet | Grid


UPS: Mapping[SchemeName, int] = MappingProxyType(
    {
        SchemeName.TWO_UP: 2,
        SchemeName.THREE_UP: 3,
        SchemeName.FOUR_UP: 4,
        SchemeName.EIGHT_UP: 8,
    }
)
_IDLE = {
    SchemeName.BOOKLET: (Setting.SIDES, Setting.UP, Setting.GUTTER, Setting.WORK),
    SchemeName.CUT_STACK: (Setting.THICKNESS, Setting.WORK),
}
_IDLE_IN_GRIDS = (Setting.UP, Setting.THICKNESS)


class UnfitSettingError(ValueError):
    """A setting that has no meaning with its scheme or, if ``missing``, that the scheme wants."""

    def __init__(self, setting: Setting, scheme: SchemeName, *, missing: bool = False) -> None:
        self.setting = setting
        self.scheme = scheme
        self.missing = missing
        scheme_named = named(Setting.SCHEME, scheme)
        super().__init__(
            f"{scheme_named} wants {named(setting, '2, 3, 4 or 8')}"
            if missing
            else f"{named(setting)} has no meaning with {scheme_named}"
        )


def scheme_called(
    name: SchemeName,
    *,
    up: int | None = None,
    sides: Literal[1, 2] | None = None,
    gutter: Length | None = None,
    thickness: Length | None = None,
    work: Work | None = None,
) -> Scheme:
    """Make the scheme of a name; a setting without meaning is refused, not passed over.

    Raises:
        UnfitSettingError: a setting has no meaning with the scheme, or one is missing.

    """
    given = {
        Setting.UP: up,
        Setting.SIDES: sides,
        Setting.GUTTER: gutter,
        Setting.THICKNESS: thickness,
        Setting.WORK: work,
    }
    for setting in _IDLE.get(name, _IDLE_IN_GRIDS):
        if given[setting] is not None:
            raise UnfitSettingError(setting, name)
    if name is SchemeName.BOOKLET:
        return Booklet() if thickness is None else Booklet(thickness)
    pieces = UPS.get(name) or up
    if pieces is None:
        raise UnfitSettingError(Setting.UP, name, missing=True)
    return Grid(pieces, name is SchemeName.CUT_STACK, gutter, sides, work)


@dataclass(frozen=True, slots=True)
class ImpositionOrder:
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
    """A page to be imposed, upright: its trim size, how far it bleeds at most, and its folds."""

    width_pt: float
    height_pt: float
    bleed_pt: float = 0.0
    folds_pt: tuple[float, ...] = ()
    """From the trim's left."""
