"""What a template gets to see: exactly what must be on the paper, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.editions import Edition
    from handouts.models.base import Path
    from handouts.models.clinic import Clinic, Clinician
    from handouts.models.content import SafetyBox
    from handouts.models.exercises import Exercise
    from handouts.models.pieces import Piece
    from handouts.models.sections import Include, Item

SHEET = "sheet"
"""The name of a sheet's one flow of text, where folds and cards have panels."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with the numbers of its sources."""

    text: str
    basis: str | None
    certainty: str | None
    """None where the source does not rate it."""
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph, a list, claims, a callout or a warning; the others are empty."""

    title: str | None
    text: str | None
    items: tuple[Item, ...]
    claims: tuple[ClaimView, ...]
    callout: str | None
    warning: str | None
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture: inline SVG, or the address of a file."""

    svg: str | None
    file: str | None
    caption: str | None
    alt: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section in the form the template prints."""

    id: str
    heading: str
    blocks: tuple[BlockView, ...]
    picture: PictureView | None
    include: Include | None


@dataclass(frozen=True, slots=True)
class PanelView:
    """One panel, or a sheet's whole flow."""

    name: str
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """An exercise with its pictures and how they share their column (a CSS class)."""

    exercise: Exercise
    pictures: tuple[PictureView, ...]
    arrangement: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A patient's words as they are printed."""

    text: str
    name: str
    compensation: str | None


@dataclass(frozen=True, slots=True)
class ExpectedResultsView:
    """What people can generally expect, with the numbers of its sources."""

    text: str
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A numbered source."""

    number: int
    citation: str


@dataclass(frozen=True, slots=True)
class ProvenanceView:
    """Who made the piece, when, until when it holds, and the hash of its words."""

    made_by: tuple[Clinician, ...]
    dated: str
    next_review: str
    feedback: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class PieceView:
    """A whole piece."""

    id: str
    edition: Edition
    piece: Piece
    language: str
    clinic: Clinic
    website: str
    booking: str
    booking_code: str
    picture: PictureView | None
    panels: tuple[PanelView, ...]
    exercises: tuple[ExerciseView, ...]
    quotes: tuple[QuoteView, ...]
    expected_results: ExpectedResultsView | None
    safety: SafetyBox | None
    sources: tuple[SourceView, ...]
    provenance: ProvenanceView

    def panel(self, name: str) -> PanelView:
        """Give the panel of that name."""
        return next(panel for panel in self.panels if panel.name == name)


@dataclass(frozen=True, slots=True)
class MustPrint:
    """A text that has to be on the paper, and where in content.yaml it was written."""

    text: str
    path: Path
