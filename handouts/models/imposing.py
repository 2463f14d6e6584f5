"""How a piece is placed on larger sheets: the settings of ``handouts impose``, kept with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.basics.choices import Flip, SchemeName, Work
from handouts.basics.lengths import parse_length
from handouts.basics.papers import Sheet
from handouts.basics.settings import as_keys
from handouts.imposition.schemes import ImpositionOrder, UnfitSettingError, scheme_called
from handouts.imposition.what_fits import MOST_COPIES
from handouts.models.base import Model, YesNo, parsed

if TYPE_CHECKING:
    from handouts.basics.lengths import Length
    from handouts.imposition.schemes import Scheme

    Written = Length
else:

    def _length(written: object) -> Length:
        if not isinstance(written, str):
            raise ValueError(f'"{written}" has no unit; write a length like 6mm or 0.25in')
        return parse_length(written)

    Written = parsed(
        _length,
        pattern=r"^\s*\d{1,6}(\.\d{1,6})? ?(mm|in)\s*$",
        examples=["6mm", "0.25in"],
        whole_numbers=False,
    )


class Imposition(Model):
    """How many of a piece lie on a larger sheet; each build writes those sheets as well."""

    scheme: SchemeName
    """How the pages lie on the sheets."""
    paper: Sheet
    """The sheet that is printed on."""
    copies: Annotated[int, Field(strict=True, ge=1, le=MOST_COPIES)] = 1
    """How many of each; 2-up to 8-up then repeat one page on the whole sheet."""
    sides: Literal[1, 2] | None = None
    """Sides that are printed: 2, or 1 if the piece has a single page."""
    flip: Flip | None = None
    """The edge about which the printer turns the sheet."""
    up: Literal[2, 3, 4, 8] | None = None
    """Pieces on a sheet, for cut-stack."""
    gutter: Written | None = None
    """Space between pieces; twice the bleed where it is left out."""
    thickness: Written | None = None
    """Of the paper, for a booklet's creep; 0.1 mm where it is left out."""
    work: Work | None = None
    """Both sides from one form, half fronts and half backs: turn (like a book's page) or tumble
    (over its head)."""
    marks: YesNo | None = None
    """Marks where to cut and fold; if the sheet has room where it is left out."""

    @property
    def order(self) -> ImpositionOrder:
        """The order to impose."""
        return ImpositionOrder(self._scheme(), self.paper, self.copies, self.flip, self.marks)

    def _scheme(self) -> Scheme:
        return scheme_called(
            self.scheme,
            up=self.up,
            sides=self.sides,
            gutter=self.gutter,
            thickness=self.thickness,
            work=self.work,
        )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        try:
            self._scheme()
        except UnfitSettingError as error:
            raise PydanticCustomError(
                "unreadable",
                "{why}",
                {
                    "why": as_keys(str(error)),
                    "at": () if error.missing else (error.setting,),
                },
            ) from None
        return self
