"""From the content to one piece's view, with the list of all that must be on its paper."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.compose.figures import UndrawableError, arrangement, draw_exercise
from handouts.compose.manifest import ExerciseForm, Manifest, SectionForm
from handouts.compose.views import (
    SHEET,
    BlockView,
    ClaimView,
    ExerciseView,
    ExpectedResultsView,
    MustPrint,
    PanelView,
    PictureView,
    PieceView,
    ProvenanceView,
    QuoteView,
    SectionView,
    SourceView,
)
from handouts.drawings.art import draw
from handouts.drawings.palette import Palette, readable
from handouts.drawings.qr import qr_code
from handouts.editions import Edition
from handouts.figures.palette import ONE_INK, in_brand
from handouts.models.base import printed_strings
from handouts.models.evidence import Certainty
from handouts.models.sections import Include
from handouts.paper import Format

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from handouts.models.base import Path
    from handouts.models.content import Content
    from handouts.models.pieces import Piece
    from handouts.models.sections import Block, Picture


def web_words(url: str) -> str:
    """Write a web address as people read it: without the scheme or a closing slash."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def day_words(day: date) -> str:
    """Write a day in words: "November 22, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"


@dataclass
class _Builder:
    """Gathers what must be printed while the view is made."""

    content: Content
    manifest: Manifest
    palette: Palette
    source_numbers: dict[str, int] = field(default_factory=dict)
    must: list[MustPrint] = field(default_factory=list)

    def print_text(self, text: str, path: Path) -> str:
        self.must.append(MustPrint(text, path))
        return text

    def print_all(self, value: object, path: Path) -> None:
        for where, text in printed_strings(value, path):
            self.print_text(text, where)

    def refs(self, sources: Iterable[str]) -> tuple[int, ...]:
        return tuple(
            sorted(
                self.source_numbers.setdefault(source, len(self.source_numbers) + 1)
                for source in sources
            )
        )

    def claim(self, name: str) -> ClaimView:
        claim = self.content.evidence[name]
        self.print_all(claim, ("evidence", name))
        return ClaimView(
            claim.text,
            claim.basis,
            self.print_text(claim.certainty.words, ("evidence", name, "certainty"))
            if claim.certainty is not Certainty.NOT_RATED
            else None,
            self.refs(claim.sources),
        )

    def block(self, block: Block, path: Path) -> BlockView:
        self.print_all(block, path)
        return BlockView(
            block.title,
            block.text,
            block.list or (),
            tuple(self.claim(name) for name in block.claims or ()),
            block.callout,
            block.warning,
            self.refs(block.sources),
        )

    def section(self, name: str) -> SectionView:
        section = self.content.sections[name]
        path: Path = ("sections", name)
        self.print_text(section.heading, (*path, "heading"))
        brief = self.manifest.sections is SectionForm.BRIEF and section.brief is not None
        form = "brief" if brief else "body"
        blocks: tuple[Block, ...] = getattr(section, form)
        views = tuple(self.block(block, (*path, form, index)) for index, block in enumerate(blocks))
        picture = self.picture(section.picture, (*path, "picture"))
        if section.include is Include.CONTACT:
            self.contact()
        return SectionView(name, section.heading, views, picture, section.include)

    def picture(self, picture: Picture | None, path: Path) -> PictureView | None:
        if picture is None:
            return None
        self.print_all(picture, path)
        svg = None
        if picture.drawing is not None:
            svg = draw(
                picture.drawing,
                self.palette,
                labels=picture.labels,
                title=picture.caption or picture.alt,
                description=picture.alt,
                prefix=f"art{len(self.must)}",
            )
        return PictureView(svg, picture.file, picture.caption, picture.alt)

    def contact(self) -> None:
        clinic = self.content.clinic
        self.print_text(clinic.name, ("clinic", "name"))
        self.print_text(clinic.phone, ("clinic", "phone"))
        for index, line in enumerate(clinic.address):
            self.print_text(line, ("clinic", "address", index))
        self.print_all(clinic.hours, ("clinic", "hours"))
        self.print_text(web_words(clinic.booking), ("clinic", "booking"))

    def exercise(self, name: str) -> ExerciseView:
        exercise = self.content.exercises[name]
        path: Path = ("exercises", name)
        dose = exercise.dose
        if self.manifest.exercises is ExerciseForm.BRIEF:
            self.print_text(exercise.name, (*path, "name"))
            self.print_text(dose.short_words, (*path, "dose"))
            return ExerciseView(exercise, (), "")
        self.print_all(exercise, path)
        self.print_text(exercise.posture.words, (*path, "posture"))
        for words in (dose.hold_words, dose.repeat_words, dose.how_often_words):
            if words:
                self.print_text(words, (*path, "dose"))
        if not exercise.drawings:
            own = tuple(PictureView(None, p.file, p.caption, p.alt) for p in exercise.pictures)
            return ExerciseView(exercise, own, "squares")
        palette = self.palette
        figures = draw_exercise(
            name,
            exercise.drawings,
            ONE_INK if palette.hatched else in_brand(palette.primary, palette.arrow),
            dose.side,
        )
        pictures = []
        for key, figure in figures.items():
            caption = self.print_text(figure.caption, (*path, "drawings", key, "title"))
            pictures.append(PictureView(figure.svg, None, caption, figure.alt))
        return ExerciseView(exercise, tuple(pictures), arrangement(figures.values()))

    def all_exercises(self, names: Iterable[str]) -> tuple[ExerciseView, ...]:
        views: list[ExerciseView] = []
        why: dict[tuple[str, str], str] = {}
        for name in names:
            try:
                views.append(self.exercise(name))
            except UndrawableError as error:
                why.update(error.why)
        if why:
            raise UndrawableError(why)
        return tuple(views)

    def quotes(self, piece: Piece, path: Path) -> tuple[QuoteView, ...]:
        views: list[QuoteView] = []
        for index, quote in enumerate(piece.testimonials):
            testimonial = self.content.testimonials[quote.testimonial]
            text = quote.excerpt or testimonial.approved_text
            where: Path = ("testimonials", quote.testimonial)
            excerpt: Path = (*path, "testimonials", index, "excerpt")
            self.print_text(text, excerpt if quote.excerpt else (*where, "approved_text"))
            self.print_all(testimonial, where)
            views.append(QuoteView(text, testimonial.name, testimonial.compensation))
        return tuple(views)

    def expected_results(self) -> ExpectedResultsView:
        expected = self.content.expected_results
        self.print_all(expected, ("expected_results",))
        return ExpectedResultsView(expected.text, self.refs(expected.sources))

    def sources(self) -> tuple[SourceView, ...]:
        views = []
        for name, number in self.source_numbers.items():
            citation = self.content.sources[name].citation
            self.print_text(citation, ("sources", name))
            views.append(SourceView(number, citation))
        return tuple(views)

    def provenance(self) -> ProvenanceView:
        provenance, clinic = self.content.provenance, self.content.clinic
        path: Path = ("provenance",)
        makers = tuple(clinic.clinicians[name] for name in provenance.made_by)
        for name in provenance.made_by:
            self.print_all(clinic.clinicians[name], ("clinic", "clinicians", name))
        dated = self.print_text(day_words(provenance.dated), (*path, "dated"))
        review = self.print_text(day_words(provenance.next_review), (*path, "next_review"))
        self.print_text(clinic.feedback, ("clinic", "feedback"))
        words = "\n".join(must.text for must in self.must)
        digest = hashlib.sha256(words.encode()).hexdigest()[:8]
        return ProvenanceView(makers, dated, review, clinic.feedback, self.print_text(digest, path))


def build_view(
    content: Content, piece_id: str, manifest: Manifest, edition: Edition
) -> tuple[PieceView, tuple[MustPrint, ...]]:
    """Make one piece's view, and the texts that must be found on its paper.

    The content hash is taken over those texts, so that two prints with the same hash
    say the same, whatever their paper.

    Raises:
        UndrawableError: some of its exercises' drawings can't be made. All are named.

    """
    piece = content.handouts[piece_id]
    path: Path = ("handouts", piece_id)
    brand = content.clinic.brand
    palette = (
        Palette.one_ink()
        if edition is Edition.INK_SAVER
        else Palette.full_colour(readable(brand.primary), brand.accent)
    )
    builder = _Builder(content, manifest, palette)
    for key in ("title", "subtitle", "call_to_action", "note"):
        if text := getattr(piece, key):
            builder.print_text(text, (*path, key))
    picture = builder.picture(piece.picture, (*path, "picture"))
    sections = (
        {SHEET: piece.sections}
        if manifest.format is Format.SHEET
        else {panel: piece.panels.get(panel, ()) for panel in manifest.panels}
    )
    panels = tuple(
        PanelView(name, tuple(builder.section(section) for section in chosen))
        for name, chosen in sections.items()
    )
    exercises = builder.all_exercises(piece.exercises)
    safety = content.stop_and_call if manifest.exercises is ExerciseForm.FULL else None
    if safety:
        builder.print_all(safety, ("stop_and_call",))
    quotes = builder.quotes(piece, path)
    if content.clinic.language_help:
        builder.print_text(content.clinic.language_help, ("clinic", "language_help"))
    booking = web_words(content.clinic.booking)
    view = PieceView(
        id=piece_id,
        edition=edition,
        piece=piece,
        language=content.language,
        clinic=content.clinic,
        website=web_words(content.clinic.website),
        booking=booking,
        booking_code=qr_code(content.clinic.booking, title=f"QR code: {booking}"),
        picture=picture,
        panels=panels,
        exercises=exercises,
        quotes=quotes,
        expected_results=builder.expected_results() if quotes else None,
        safety=safety,
        sources=builder.sources(),
        provenance=builder.provenance(),
    )
    return view, tuple(builder.must)
