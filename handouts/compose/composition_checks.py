"""What a piece must have to be composed, and that nothing of it was left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError, LayoutError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.folds import FOLDS, folds_of
from handouts.basics.papers import Format
from handouts.compose.composed import PRIVATE_WORDS
from handouts.compose.views import SHEET
from handouts.load.explain import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.compose.page_text import Chunk
    from handouts.compose.template_manifest import TemplateManifest
    from handouts.compose.views import MustPrint
    from handouts.drawings.person.exercise_drawings import UndrawableError
    from handouts.load.content import LoadedContent


def check_piece(loaded: LoadedContent, piece_id: str, manifest: TemplateManifest) -> None:
    """Refuse a piece that its template can't hold.

    Raises:
        ContentError: with every panel, part or fold that does not go together.

    """
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


def undrawable(loaded: LoadedContent, error: UndrawableError) -> ContentError:
    """Say which drawings can't be made, and where they are written."""
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


def check_panels(template: str, piece_id: str, manifest: TemplateManifest, html: str) -> None:
    """Look for each panel that the manifest names.

    Raises:
        ContentError: the template has left one out.

    """
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


def check_nothing_left_out(
    loaded: LoadedContent, piece_id: str, must: tuple[MustPrint, ...], chunks: tuple[Chunk, ...]
) -> None:
    """Look for each text that must be printed in what the template made.

    Raises:
        ContentError: with every text that the template left out.

    """
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
