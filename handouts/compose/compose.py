"""Content in, one piece's HTML out, with all that must be found on its paper."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import escape

from handouts.compose.build_view import build_view
from handouts.compose.figures import UndrawableError
from handouts.compose.page_rules import page_rules, panel_sizes
from handouts.compose.page_text import Chunk, page_text
from handouts.compose.templates import Templates
from handouts.compose.views import SHEET
from handouts.editions import Edition
from handouts.errors import ContentError, LayoutError
from handouts.findings import Finding, Place, Report
from handouts.load.explain import did_you_mean
from handouts.paper import Format, page_size

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from handouts.compose.manifest import Manifest
    from handouts.compose.views import MustPrint
    from handouts.load.content import LoadedContent
    from handouts.paper import Paper, Size


@dataclass(frozen=True, slots=True)
class Leaf:
    """A run of pages with a name: a panel (one page) or a sheet's flow of text."""

    name: str
    size: Size
    most_pages: int | None
    first_panel: str
    last_panel: str
    """The panels that begin and end it: the same one, but where panels are reflowed."""


@dataclass(frozen=True, slots=True)
class Composed:
    """One piece, ready to be laid out."""

    piece: str
    paper: Paper
    edition: Edition
    format: Format
    title: str
    author: str
    language: str
    dated: date
    content_hash: str
    html: str
    folder: Path
    leaves: tuple[Leaf, ...]
    chunks: tuple[Chunk, ...]

    @property
    def label(self) -> str:
        """Name the piece, its paper and its edition, as messages do."""
        edition = "" if self.edition is Edition.STANDARD else f", {self.edition}"
        return f"{self.piece} ({self.paper}{edition})"


def compose(
    loaded: LoadedContent, piece_id: str, paper: Paper, edition: Edition = Edition.STANDARD
) -> Composed:
    """Fill a piece's template.

    In large print a fold or a card becomes a sheet: its panels follow one another.

    Raises:
        ContentError: the piece asks for a template, a panel or a part that does not exist.
        LayoutError: the template left out a text that the piece must show.

    """
    content = loaded.content
    piece = content.handouts[piece_id]
    templates = Templates(loaded.folder)
    manifest = templates.manifest(piece.template, loaded.place(("handouts", piece_id, "template")))
    _check_piece(loaded, piece_id, manifest)
    try:
        view, must = build_view(content, piece_id, manifest, edition)
    except UndrawableError as error:
        raise ContentError.because(
            f'exercise "{error.exercise}" can\'t be drawn: {error}',
            mend="change the pose; see docs/drawings.md",
            place=loaded.place(("exercises", error.exercise, "drawings"), key=True),
        ) from error
    large = edition is Edition.LARGE_PRINT
    page_format = Format.SHEET if large else manifest.format
    sizes = {} if large else panel_sizes(manifest, paper)
    css = "\n".join(
        (
            page_rules(page_size(page_format, paper), sizes, content.clinic.brand, edition),
            templates.styles(piece.template, edition),
        )
    )
    html = _kept_together(
        templates.html(piece.template, view, css),
        (content.clinic.phone, " ".join(content.clinic.name.split()[-2:])),
    )
    chunks = page_text(html)
    _check_panels(loaded, piece_id, manifest, html)
    _check_nothing_left_out(loaded, piece_id, must, chunks)
    if sizes:
        leaves = tuple(Leaf(panel, sizes[panel], 1, panel, panel) for panel in manifest.panels)
    else:
        panels = manifest.panels or (SHEET,)
        most = None if large else manifest.most_sides
        leaves = (Leaf(SHEET, page_size(page_format, paper), most, panels[0], panels[-1]),)
        chunks = tuple(replace(chunk, panel=SHEET) for chunk in chunks)
    return Composed(
        piece=piece_id,
        paper=paper,
        edition=edition,
        format=page_format,
        title=piece.title,
        author=content.clinic.name,
        language=content.language,
        dated=content.provenance.dated,
        content_hash=view.provenance.content_hash,
        html=html,
        folder=loaded.folder,
        leaves=leaves,
        chunks=chunks,
    )


def _kept_together(html: str, phrases: tuple[str, ...]) -> str:
    """Keep a telephone number, and the end of a name, on one line wherever it is printed.

    The words before it are a span of their own, or the engine may break their line far too
    early, where all of them fit on it but the space after them does not.
    """
    head, body_tag, body = html.partition("<body")
    for phrase in map(escape, phrases):

        def bound(found: re.Match[str], phrase: str = phrase) -> str:
            before = f"<span>{found[1]}</span>" if found[1] else ""
            return f'>{before}{found[2]}<span class="bound">{phrase}</span>'

        body = re.sub(rf">([^<>]*\S)?(\s*){re.escape(phrase)}", bound, body)
    return head + body_tag + body


def _check_piece(loaded: LoadedContent, piece_id: str, manifest: Manifest) -> None:
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
    if findings:
        raise ContentError(Report(tuple(findings)))


def _check_panels(loaded: LoadedContent, piece_id: str, manifest: Manifest, html: str) -> None:
    template = loaded.content.handouts[piece_id].template
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
            f'the template does not print "{_short(wanted)}"',
            "no text of a piece may be lost",
            "let the template show this part, or take the part out of the piece",
            _at_piece(loaded.place(item.path), piece_id),
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


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _at_piece(place: Place, piece_id: str) -> Place:
    return Place(place.file, place.line, place.column, piece_id)
