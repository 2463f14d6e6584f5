"""The handouts themselves: which template shows which content."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from handouts.models.base import ExerciseRef, Id, Model, Prose, SectionRef
from handouts.models.sections import Picture
from handouts.models.testimonials import Quote


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
    sections: tuple[SectionRef, ...] = ()
    """For sheets: the sections in reading order."""
    exercises: tuple[ExerciseRef, ...] = ()
    testimonials: tuple[Quote, ...] = ()
    log_weeks: int = Field(default=2, strict=True, ge=1, le=8)
    """For exercise sheets: how many weeks the log has room for."""
