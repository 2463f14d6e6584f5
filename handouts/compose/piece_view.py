"""From the content to one piece's view, with the list of all that must be on its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.papers import Format
from handouts.compose.blocks import section_view
from handouts.compose.gather import Gatherer
from handouts.compose.shown_clinic import palette_for, shown_clinic, web_words
from handouts.compose.template_manifest import ExerciseForm, TemplateManifest
from handouts.compose.templates import SHIPPED
from handouts.compose.views import SHEET, MustPrint, PanelView, PieceView

if TYPE_CHECKING:
    from handouts.basics.choices import Edition
    from handouts.basics.kept import Cache
    from handouts.compose.templates import Templates
    from handouts.models.base import Path
    from handouts.models.content import Content


def build_view(
    content: Content,
    piece_id: str,
    manifest: TemplateManifest,
    edition: Edition,
    drawings: Cache | None = None,
    templates: Templates = SHIPPED,
) -> tuple[PieceView, tuple[MustPrint, ...]]:
    """Make one piece's view, and the texts that must be found on its paper.

    The content hash is taken over those texts, so that two prints with the same hash
    say the same, whatever their paper. ``drawings`` is what is kept of them,
    and ``templates`` has the files of its fixed pictures.

    Raises:
        UndrawableError: some of its exercises' drawings can't be made. All are named.
        ContentError: some of its fixed pictures' files can't be drawn. All are named.

    """
    piece = content.handouts[piece_id]
    path: Path = ("handouts", piece_id)
    palette = palette_for(content.clinic.brand, edition)
    builder = Gatherer(content, manifest, palette, drawings, templates)
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
        PanelView(name, tuple(section_view(builder, section) for section in chosen))
        for name, chosen in sections.items()
    )
    exercises = builder.exercises((name, content.exercises[name].dose) for name in piece.exercises)
    safety = builder.safety() if manifest.exercises is ExerciseForm.FULL else None
    quotes = builder.quotes(piece, path)
    if content.clinic.language_help:
        builder.print_text(content.clinic.language_help, ("clinic", "language_help"))
    if builder.unfit.findings:
        raise ContentError(builder.unfit)
    booking = web_words(content.clinic.booking)
    view = PieceView(
        id=piece_id,
        edition=edition,
        piece=piece,
        language=content.language,
        clinic=shown_clinic(content.clinic),
        website=web_words(content.clinic.website or ""),
        booking=booking,
        booking_code=builder.code(content.clinic.booking),
        picture=picture,
        panels=panels,
        exercises=exercises,
        quotes=quotes,
        expected_results=builder.expected_results() if quotes else None,
        safety=safety,
        sources=builder.sources(),
        provenance=builder.provenance(),
        weekdays=tuple(map(builder.say.short_weekday, range(7))),
    )
    return view, tuple(builder.must)
