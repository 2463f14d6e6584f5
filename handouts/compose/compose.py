"""Content in, one piece's HTML out, with all that must be found on its paper."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import escape

from handouts.basics.choices import Edition, Profile
from handouts.basics.errors import ContentError
from handouts.basics.findings import Place
from handouts.basics.folds import fold_sheet
from handouts.basics.papers import BLEED, OFFICE_PAPER_THICKNESS, Format, page_size
from handouts.basics.phone_numbers import phone_numbers
from handouts.compose.composed import OWN_SHEET, Composed, Leaf, SheetUse
from handouts.compose.composition_checks import (
    check_nothing_left_out,
    check_panels,
    check_piece,
    undrawable,
)
from handouts.compose.crowding import crowding, lines_lacking_at_foot
from handouts.compose.page_rules import (
    foot_rule,
    long_words_rule,
    page_number_rule,
    page_rules,
    panel_sizes,
)
from handouts.compose.page_text import page_text
from handouts.compose.piece_view import build_view
from handouts.compose.scripts import marks_on_their_letters
from handouts.compose.sheet_view import build_sheet_view
from handouts.compose.shown_clinic import web_words
from handouts.compose.templates import Templates
from handouts.compose.views import SHEET
from handouts.drawings.person.exercise_drawings import UndrawableError, kept_drawings
from handouts.load.icc_profile import condition_file
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.basics.lengths import Length
    from handouts.basics.papers import Paper
    from handouts.compose.template_manifest import TemplateManifest
    from handouts.compose.views import PieceView, SheetView
    from handouts.drawings.form import Form
    from handouts.load.content import LoadedContent
    from handouts.models.content import Content
    from handouts.models.prescription import Arrangement, PatientSheet


def compose(
    loaded: LoadedContent,
    piece_id: str,
    paper: Paper,
    edition: Edition = Edition.STANDARD,
    profile: Profile = Profile.OFFICE,
    *,
    proof: bool = False,
) -> Composed:
    """Fill a piece's template.

    In large print a fold or a card becomes a sheet: its panels follow one another.

    Raises:
        ContentError: the piece asks for a template, a panel or a part that does not exist,
            or some of its exercises can't be drawn.
        LayoutError: the template left out a text that the piece must show.

    """
    content = loaded.content
    piece = content.handouts[piece_id]
    templates = Templates(loaded.folder)
    manifest = templates.manifest(piece.template, loaded.place(("handouts", piece_id, "template")))
    check_piece(loaded, piece_id, manifest)
    manifest = manifest.folded_as(piece.fold)
    stock = piece.stock_thickness or OFFICE_PAPER_THICKNESS
    drawings = kept_drawings()
    with _drawing_errors(loaded):
        view, must = build_view(content, piece_id, manifest, edition, drawings, templates)
    setting = PieceSetting(piece_id, paper, edition, profile, proof, stock)
    filled = _fill(loaded, piece.template, manifest, view, setting)
    check_nothing_left_out(loaded, piece_id, must, filled.chunks)
    return replace(filled, report=drawings.report)


def compose_sheet(
    loaded: LoadedContent,
    sheet: PatientSheet,
    arrangement: Arrangement,
    use: SheetUse = OWN_SHEET,
    most_sides_wanted: int | None = None,
) -> Composed:
    """Fill the template of one patient's sheet.

    Past ``most_sides_wanted`` it will be laid out, but not drawn.

    Raises:
        ContentError: the template is broken, or an exercise can't be drawn.
        LayoutError: the template left out a text that the sheet must show.

    """
    manifest = Templates(loaded.folder).manifest(SHEET, Place())
    in_slug = use.profile is Profile.PRESS and bool(use.record)
    record = "" if in_slug else use.record
    drawings = kept_drawings()
    with _drawing_errors(loaded):
        view, must = build_sheet_view(
            loaded.content, sheet, manifest, arrangement, record, drawings
        )
    setting = PieceSetting(SHEET, sheet.paper, sheet.edition, use.profile, use.proof)
    filled = _fill(loaded, SHEET, manifest, view, setting)
    check_nothing_left_out(loaded, SHEET, must, filled.chunks)
    return replace(
        filled,
        record=use.record if in_slug else None,
        report=drawings.report,
        most_sides_wanted=most_sides_wanted,
    )


@dataclass(frozen=True, slots=True)
class PieceSetting:
    """What is set, on which paper, how thick that is, in which edition, and for whom."""

    piece: str
    paper: Paper
    edition: Edition
    profile: Profile = Profile.OFFICE
    proof: bool = False
    stock: Length = OFFICE_PAPER_THICKNESS


@contextmanager
def _drawing_errors(loaded: LoadedContent) -> Iterator[None]:
    try:
        yield
    except UndrawableError as error:
        raise undrawable(loaded, error) from error


def _fill(
    loaded: LoadedContent,
    template: str,
    manifest: TemplateManifest,
    view: PieceView | SheetView,
    setting: PieceSetting,
) -> Composed:
    content, paper, edition = loaded.content, setting.paper, setting.edition
    templates = Templates(loaded.folder)
    large = edition is Edition.LARGE_PRINT
    page_format = Format.SHEET if large else manifest.format
    folded = None
    if manifest.fold is not None and not large:
        folded = fold_sheet(manifest.fold, paper, setting.stock)
    sizes = {} if large else panel_sizes(manifest, paper, folded)
    bleed = BLEED[paper] if setting.profile is Profile.PRESS else None
    lacking = lines_lacking_at_foot(
        manifest, view, sizes, page_size(page_format, paper), content.language
    )
    css = "\n".join(
        (
            page_rules(page_size(page_format, paper), sizes, content.clinic.brand, edition, bleed),
            page_number_rule(language(content.language)),
            long_words_rule(content.clinic.name, web_words(content.clinic.booking)),
            foot_rule(lacking),
            templates.styles(template, manifest, edition, setting.profile),
        )
    )
    html = _kept_together(
        templates.html(template, view, css, content.language), bound_phrases(content)
    )
    chunks = page_text(html)
    check_panels(template, setting.piece, manifest, html)
    if sizes:
        leaves = tuple(Leaf(panel, sizes[panel], 1, panel, panel) for panel in manifest.panels)
    else:
        panels = manifest.panels or (SHEET,)
        most = None if large else manifest.most_sides
        leaves = (Leaf(SHEET, page_size(page_format, paper), most, panels[0], panels[-1]),)
        chunks = tuple(replace(chunk, panel=SHEET) for chunk in chunks)
    composed = Composed(
        piece=setting.piece,
        paper=paper,
        edition=edition,
        folded=None if setting.profile is Profile.SCREEN else folded,
        title=view.title,
        author=content.clinic.name,
        language=content.language,
        dated=content.provenance.dated,
        content_hash=view.provenance.content_hash,
        html=html,
        folder=loaded.folder,
        leaves=leaves,
        chunks=chunks,
        profile=setting.profile,
        bleed=bleed,
        press_profile=press_profile(loaded),
        proof=setting.proof,
        drawings=_forms(view),
    )
    return replace(composed, crowding=tuple(crowding(loaded, lacking, composed.label)))


def _forms(view: PieceView | SheetView) -> dict[str, Form]:
    pictures = (picture for item in view.exercises for picture in item.pictures)
    return {picture.form.name: picture.form for picture in pictures if picture.form is not None}


def press_profile(loaded: LoadedContent) -> Path:
    """Give the ICC profile of the condition that the clinic's press prints on.

    Raises:
        ContentError: the profile that lies in the clinic's folder can't be used.

    """
    clinic = loaded.content.clinic
    try:
        return condition_file(loaded.folder, clinic.press_condition, clinic.paper)
    except ValueError as error:
        place = loaded.place(("clinic",), key=True)
        raise ContentError.because(str(error), place=place) from error


def bound_phrases(content: Content) -> tuple[str, ...]:
    """Give the phrases that are never broken over lines, whoever wrote them."""
    clinic = content.clinic
    at_other_hours = phone_numbers(clinic.when_closed or "")
    phrases = (clinic.phone, " ".join(clinic.name.split()[-2:]), *at_other_hours)
    return tuple(dict.fromkeys(phrases))


def _kept_together(html: str, phrases: tuple[str, ...]) -> str:
    """Keep a telephone number, the end of a name and a letter's marks together.

    The words before it are a span of their own, or the engine may break their line far too
    early, where all of them fit on it but the space after them does not.
    """
    head, body_tag, body = html.partition("<body")
    for phrase in map(escape, phrases):

        def bound(found: re.Match[str], phrase: str = phrase) -> str:
            before = f"<span>{found[1]}</span>" if found[1] else ""
            return f'>{before}{found[2]}<span class="bound">{phrase}</span>'

        body = re.sub(rf">([^<>]*\S)?(\s*){re.escape(phrase)}", bound, body)
    return head + body_tag + marks_on_their_letters(body)
