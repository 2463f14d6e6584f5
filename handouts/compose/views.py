"""What a template gets to see: exactly what must be on the paper, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.basics.choices import Edition
    from handouts.compose.dose_view import DoseView
    from handouts.compose.scripts import Words
    from handouts.drawings.form import Form
    from handouts.models.base import Path
    from handouts.models.clinic import Clinic, Clinician
    from handouts.models.content import DangerBox, SafetyBox, TeachBack
    from handouts.models.exercises import Exercise
    from handouts.models.pieces import Piece
    from handouts.models.sections import Include, Item, Visit

SHEET = "sheet"
"""The name of a sheet's one flow of text, where folds and cards have panels."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with the numbers of its sources."""

    text: str
    basis: str | None
    certainty: str | None
    """None where that is not told."""
    dots: int
    """How sure, of 4; 0 where the source does not rate it."""
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DotsView:
    """Counts of 100 as dots: the whole drawing, and what each shape stands for (inline SVG)."""

    of: str
    drawing: str
    kinds: tuple[DotKind, ...]
    rarer: str | None
    note: str


@dataclass(frozen=True, slots=True)
class DotKind:
    """One kind of dot: its shape (the address of a background), how many of 100, and of what."""

    shape: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph, a list, claims, a warning ...; the others are empty."""

    title: str | None
    text: str | None
    items: tuple[Item, ...]
    checklist: bool
    """Whether the items have a box to tick."""
    claims: tuple[ClaimView, ...]
    unknown: bool
    """Whether the claims say what is not known."""
    callout: str | None
    warning: str | None
    danger: DangerBox | None
    dots: DotsView | None
    visits: tuple[Visit, ...]
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture: inline SVG, or the address of a file."""

    svg: str | None
    file: str | None
    caption: str | None
    alt: str
    form: Form | None = None
    """What is drawn where the SVG is a drawing's place."""


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
    """An exercise with its dose, its words for the dose's side, and its pictures."""

    exercise: Exercise
    posture: str
    dose: DoseView
    steps: tuple[str, ...]
    sides: str | None
    """Which side is stretched and how to begin; the steps say the rest for that side."""
    change_sides: str | None
    """What stands behind the steps where they are done on each side."""
    side_choices: tuple[str, ...]
    """The sides to tick by hand, where it is done on one that nobody chose."""
    mistakes: tuple[str, ...]
    stop_if: tuple[str, ...]
    ask_first: tuple[str, ...]
    """For whom it may not be."""
    see_box: str
    """Where the box with what to do then stands."""
    pain_fine: str | None
    """How much pain is no sign to stop, where that is said."""
    equipment: tuple[str, ...]
    """What this patient takes, where that differs from the exercise's own."""
    pictures: tuple[PictureView, ...]
    arrangement: str
    """How the pictures share their column (a CSS class)."""
    last_day: str | None = None
    """The day with which it ends, where a patient is to stop after some weeks."""
    note: Words | None = None
    """The clinician's sentence for this patient."""
    video: LinkView | None = None


@dataclass(frozen=True, slots=True)
class LinkView:
    """A web address: where it leads, in words, and as a code to scan (inline SVG)."""

    url: str
    words: str
    code: str


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
    people: str
    """Those who made it, with their credentials and licences."""
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
    weekdays: tuple[str, ...]
    """The letters of the days of a week, from Monday on."""

    @property
    def title(self) -> str:
        """The piece's title."""
        return self.piece.title

    def panel(self, name: str) -> PanelView:
        """Give the panel of that name."""
        return next(panel for panel in self.panels if panel.name == name)


@dataclass(frozen=True, slots=True)
class PatientName:
    """A patient's name, alone and in the line that says for whom, its size, and its initials."""

    words: Words
    for_whom: Words
    size_pt: int
    initials: Words


@dataclass(frozen=True, slots=True)
class LogDay:
    """One day of the log: the letter of its weekday and its number in the month."""

    weekday: str
    number: int


@dataclass(frozen=True, slots=True)
class LogBoxes:
    """What a day of the log has for a row: boxes to tick, and those that need not be ticked."""

    sure: int
    more: int
    """None of either is room to write in."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One exercise in the log, all of them, or what else is written down for each day."""

    name: str
    boxes: tuple[LogBoxes | None, ...]
    """For each of a table's days; None where it is not done on it."""


@dataclass(frozen=True, slots=True)
class LogTable:
    """Two weeks of the log, or the one that is left: its dates in words, its days and rows.

    A day on which nothing is done is not among them.
    """

    dates: str
    days: tuple[LogDay, ...]
    rows: tuple[LogRow, ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """One patient's sheet. What is the patient's own is marked data-private by the template."""

    title: str
    edition: Edition
    language: str
    clinic: Clinic
    patient: PatientName
    record: Words | None
    """The number of the sheet in a run of many."""
    given_on: str
    clinician: Clinician
    goal: Words | None
    notes: tuple[Words, ...]
    """The clinician's note, paragraph by paragraph."""
    notes_length: str
    """short (stands at the top), medium (behind the exercises) or long (a page of its own)."""
    next_visit: Words | None
    how_long: str
    layout: str
    plan_after: int
    """Behind how many exercises the log stands; those behind it begin on a side of their own."""
    tight: bool
    """Whether drawings are small, so that an exercise of large print stands on one side."""
    exercises: tuple[ExerciseView, ...]
    drawn: bool
    has_boxes: bool
    """Whether a dose shows a box for each time."""
    log: tuple[LogTable, ...]
    log_words: str
    """What to do with the log: about boxes that need not be ticked, and after its last day."""
    questions: str | None
    """A heading above lines to write on; none where there is no room."""
    teach_back: TeachBack
    safety: SafetyBox
    provenance: ProvenanceView


@dataclass(frozen=True, slots=True)
class MustPrint:
    """A text that has to be on the paper, and where in content.yaml it was written."""

    text: str
    path: Path
    private: bool = False
    """Whether it is a patient's own, and no message may repeat it."""
