"""The handouts themselves: which template shows which content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from handouts.basics.folds import FoldKind, parse_stock
from handouts.models.base import ExerciseRef, Id, Model, Prose, SectionRef, parsed
from handouts.models.imposing import Imposition
from handouts.models.sections import Picture
from handouts.models.testimonials import Quote

if TYPE_CHECKING:
    from handouts.basics.lengths import Length

    Stock = Length
else:
    Stock = parsed(
        parse_stock,
        pattern=r"^\s*\d+(\.\d+)? ?(mm|in)\s*$",
        examples=["0.1 mm", "0.2 mm"],
        whole_numbers=False,
    )


class Piece(Model):
    """One handout: a template and what it shows."""

    template: Id
    """The template's name: a file templates/NAME.html with its templates/NAME.yaml."""
    title: Prose
    subtitle: Prose | None = None
    call_to_action: Prose | None = None
    picture: Picture | None = None
    """The cover's picture."""
    note: Prose | None = None
    """A line of small print at the end of the piece."""
    panels: Mapping[Id, tuple[SectionRef, ...]] = {}
    """For folds and cards: the sections on each panel."""
    fold: FoldKind | None = None
    """For folds: how it is folded; as the template says where it is left out."""
    stock_thickness: Stock | None = None
    """For folds: how thick the paper is, 0.05 mm to 0.4 mm; 0.1 mm where it is left out."""
    imposition: Imposition | None = None
    """How it is also written on larger sheets, for the desk's printer and for a print shop."""
    sections: tuple[SectionRef, ...] = ()
    """For sheets: the sections in reading order."""
    exercises: tuple[ExerciseRef, ...] = ()
    testimonials: tuple[Quote, ...] = ()
    log_weeks: int = Field(default=2, strict=True, ge=1, le=8)
    """For exercise sheets: how many weeks the log has room for."""
