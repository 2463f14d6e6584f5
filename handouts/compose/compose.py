"""Content in, one piece's HTML out, with all that must be found on its paper."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import escape

from handouts.basics.assets import shipped_profile
from handouts.basics.choices import Edition, Profile
from handouts.basics.counting import counted
from handouts.basics.errors import ContentError, LayoutError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.folds import FOLDS, fold_sheet, folds_of
from handouts.basics.papers import BLEED, OFFICE_PAPER_THICKNESS, Format, page_size
from handouts.compose.composed import OWN_SHEET, PRIVATE_WORDS, Composed, Leaf, SheetUse
from handouts.compose.gather import web_words
from handouts.compose.page_rules import (
    LONG_ADDRESS,
    LONG_NAME,
    foot_lines_lacking,
    foot_rule,
    long_words_rule,
    page_number_rule,
    page_rules,
    panel_sizes,
)
from handouts.compose.page_text import Chunk, page_text
from handouts.compose.piece_view import build_view
from handouts.compose.scripts import marks_on_their_letters
from handouts.compose.sheet_view import build_sheet_view
from handouts.compose.templates import Templates
from handouts.compose.views import SHEET
from handouts.drawings.person.exercise_drawings import UndrawableError, kept_drawings
from handouts.load.explain import did_you_mean
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.basics.lengths import Length
    from handouts.basics.papers import Paper, Size
    from handouts.compose.template_manifest import TemplateManifest
    from handouts.compose.views import MustPrint, PieceView, SheetView
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
    _check_piece(loaded, piece_id, manifest)
    manifest = manifest.folded_as(piece.fold)
    stock = piece.stock_thickness or OFFICE_PAPER_THICKNESS
    drawings = kept_drawings()
    with _drawing_errors(loaded):
        view, must = build_view(content, piece_id, manifest, edition, drawings, templates)
    setting = Setting(piece_id, paper, edition, profile, proof, stock)
    filled = _fill(loaded, piece.template, manifest, view, setting)
    _check_nothing_left_out(loaded, piece_id, must, filled.chunks)
    return replace(filled, report=drawings.report)


def compose_sheet(
    loaded: LoadedContent,
    sheet: PatientSheet,
    arrangement: Arrangement,
    use: SheetUse = OWN_SHEET,
) -> Composed:
    """Fill the template of one patient's sheet.

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
    setting = Setting(SHEET, sheet.paper, sheet.edition, use.profile, use.proof)
    filled = _fill(loaded, SHEET, manifest, view, setting)
    _check_nothing_left_out(loaded, SHEET, must, filled.chunks)
    return replace(filled, record=use.record if in_slug else None, report=drawings.report)


@dataclass(frozen=True, slots=True)
class Setting:
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
        raise _undrawable(loaded, error) from error


def _fill(
    loaded: LoadedContent,
    template: str,
    manifest: TemplateManifest,
    view: PieceView | SheetView,
    setting: Setting,
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
    lacking = _foot_lines_lacking(
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
    _check_panels(template, setting.piece, manifest, html)
    if sizes:
        leaves = tuple(Leaf(panel, sizes[panel], 1, panel, panel) for panel in manifest.panels)
    else:
        panels = manifest.panels or (SHEET,)
        most = None if large else manifest.most_sides
        leaves = (Leaf(SHEET, page_size(page_format, paper), most, panels[0], panels[-1]),)
        chunks = tuple(replace(chunk, panel=SHEET) for chunk in chunks)
    return Composed(
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
        crowding=tuple(_crowding(loaded, lacking)),
    )


def _crowding(loaded: LoadedContent, foot_lines_lacking: int) -> Iterator[Finding]:
    """Name what in the clinic's details takes more room than usual."""
    clinic = loaded.content.clinic
    why = "it takes room from the text"
    if foot_lines_lacking:
        yield Finding(
            f"the foot is {counted(foot_lines_lacking, 'line')} longer than usual",
            why,
            "name fewer people there, or write credentials and licences shorter",
            loaded.place(("provenance", "made_by")),
            Severity.WARNING,
        )
    if len(clinic.name) > LONG_NAME:
        yield Finding(
            f"the clinic's name has {len(clinic.name)} letters",
            why,
            "write it shorter, where that is right",
            loaded.place(("clinic", "name")),
            Severity.WARNING,
        )
    if len(address := web_words(clinic.booking)) > LONG_ADDRESS:
        yield Finding(
            f"the booking address has {len(address)} letters",
            why,
            "give a short one, without what follows ? in it",
            loaded.place(("clinic", "booking")),
            Severity.WARNING,
        )


def _foot_lines_lacking(
    manifest: TemplateManifest,
    view: PieceView | SheetView,
    panels: dict[str, Size],
    page: Size,
    tag: str,
) -> int:
    """Count the foot's lines from the words that the templates set there."""
    say, made = language(tag), view.provenance
    people = "page.text_by" if manifest.personal else "page.made_by"
    words = [
        say.text(people, people=made.people),
        say.text("page.dated", dated=made.dated, review=made.next_review),
    ]
    if manifest.personal:
        paragraphs: tuple[str, ...] = ("", " ".join(words))
    else:
        version = say.text("page.version", version=made.content_hash)
        paragraphs = (" ".join((*words, version, made.feedback)),)
    foot = manifest.foot if view.edition != "large-print" else None
    at = panels.get(foot.panel or "", page) if foot is not None else page
    return foot_lines_lacking(foot, at, paragraphs)


def press_profile(loaded: LoadedContent) -> Path:
    """Give the ICC profile of the clinic's press, or the one that comes along."""
    own = loaded.content.clinic.press_profile
    return loaded.folder / own if own else shipped_profile()


def bound_phrases(content: Content) -> tuple[str, ...]:
    """Give the phrases that are never broken over lines, whoever wrote them."""
    return content.clinic.phone, " ".join(content.clinic.name.split()[-2:])


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


def _check_piece(loaded: LoadedContent, piece_id: str, manifest: TemplateManifest) -> None:
    piece = loaded.content.handouts[piece_id]
    findings = [
        Finding(
            f'template "{piece.template}" has no panel "{panel}"',
            "",
            did_you_mean(panel, manifest.panels),
            loaded.place(("handouts", piece_id, "panels", panel), key=True),
        )
        for panel in piece.panels
        if panel not in manifest.panels
    ]
    if manifest.personal:
        findings.append(
            Finding(
                f'template "{piece.template}" is for one patient\'s sheet',
                "a handout has no patient",
                "print it with: handouts sheet; or choose another template",
                loaded.place(("handouts", piece_id, "template")),
            )
        )
    is_sheet = manifest.format is Format.SHEET
    if piece.sections and not is_sheet:
        findings.append(
            Finding(
                f'template "{piece.template}" has panels, so "sections" would not be printed',
                "",
                "list the sections below panels:",
                loaded.place(("handouts", piece_id, "sections"), key=True),
            )
        )
    findings += _fold_findings(loaded, piece_id, manifest)
    if findings:
        raise ContentError(Report(tuple(findings)))


def _fold_findings(
    loaded: LoadedContent, piece_id: str, manifest: TemplateManifest
) -> Iterator[Finding]:
    piece = loaded.content.handouts[piece_id]
    path = ("handouts", piece_id)
    if manifest.fold is None:
        for key in ("fold", "stock_thickness"):
            if getattr(piece, key) is not None:
                yield Finding(
                    f'template "{piece.template}" is not folded, so "{key}" would change nothing',
                    "",
                    "take the line out, or choose a template that is folded",
                    loaded.place((*path, key), key=True),
                )
    elif piece.fold is not None and piece.fold not in (possible := folds_of(manifest.panels)):
        yield Finding(
            f'template "{piece.template}" can\'t be folded as "{piece.fold}"',
            f"it has the panels {', '.join(manifest.panels)}; that fold has "
            + ", ".join(FOLDS[piece.fold].reading_order),
            "write one of: " + ", ".join(possible) + "; or choose another template",
            loaded.place((*path, "fold")),
        )


def _undrawable(loaded: LoadedContent, error: UndrawableError) -> ContentError:
    findings = tuple(
        Finding(
            f'exercise "{exercise}" can\'t be drawn: "{drawing}": {why}',
            "",
            "change the pose; see docs/drawings.md",
            loaded.place(("exercises", exercise, "drawings", drawing), key=True),
        )
        for (exercise, drawing), why in error.why.items()
    )
    return ContentError(Report(findings))


def _check_panels(template: str, piece_id: str, manifest: TemplateManifest, html: str) -> None:
    body = html.partition("<body")[2]
    findings = tuple(
        Finding(
            f"the template has no panel {panel}",
            "a side of the piece would stay empty",
            f'write it as {{% call parts.panel("{panel}") %}}',
            Place(file=f"templates/{template}.html", piece=piece_id),
        )
        for panel in manifest.panels or (SHEET,)
        if f'data-panel="{panel}"' not in body
    )
    if findings:
        raise LayoutError(Report(findings))


def _check_nothing_left_out(
    loaded: LoadedContent, piece_id: str, must: tuple[MustPrint, ...], chunks: tuple[Chunk, ...]
) -> None:
    printed = "\n".join(chunk.text for chunk in chunks)
    findings = tuple(
        Finding(
            f"the template does not print {_quoted(item, wanted)}",
            "no text of a piece may be lost",
            "let the template show this part, or take the part out of the piece",
            _at_piece(Place() if item.private else loaded.place(item.path), piece_id),
        )
        for item, times in _times(must).items()
        if printed.count(wanted := " ".join(item.text.split())) < times
    )
    if findings:
        raise LayoutError(Report(findings))


def _times(must: tuple[MustPrint, ...]) -> dict[MustPrint, int]:
    """Say how often each text has to stand on the paper: once for each place it comes from."""
    places = dict.fromkeys(must)
    counts = Counter(item.text for item in places)
    return {item: counts[item.text] for item in places}


def _quoted(item: MustPrint, text: str) -> str:
    if item.private:
        return PRIVATE_WORDS
    return f'"{text}"' if len(text) <= 60 else f'"{text[:59]}…"'


def _at_piece(place: Place, piece_id: str) -> Place:
    return Place(place.file, place.line, place.column, piece_id)
