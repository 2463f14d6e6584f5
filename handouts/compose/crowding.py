"""What in a clinic's details takes more room on a page than usual."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.basics.counting import counted
from handouts.basics.findings import Finding, Severity
from handouts.compose.page_rules import (
    LONG_ADDRESS,
    LONG_NAME,
    foot_lines_lacking,
)
from handouts.compose.shown_clinic import web_words
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.basics.papers import Size
    from handouts.compose.template_manifest import TemplateManifest
    from handouts.compose.views import PieceView, SheetView
    from handouts.load.content import LoadedContent


_LONG_FEEDBACK = 90
"""In letters: two lines of a wide foot."""


def crowding(loaded: LoadedContent, foot_lines_lacking: int, label: str) -> Iterator[Finding]:
    """Name what in the clinic's details takes more room than usual in the piece of that label."""
    clinic = loaded.content.clinic
    why = "it takes room from the text"
    if foot_lines_lacking:
        yield Finding(
            f"the foot is {counted(foot_lines_lacking, 'line')} longer than usual",
            why,
            "name fewer people there, or write credentials and licences shorter",
            replace(loaded.place(("provenance", "made_by")), piece=label),
            Severity.WARNING,
        )
    if foot_lines_lacking and len(clinic.feedback) > _LONG_FEEDBACK:
        yield Finding(
            f"feedback has {len(clinic.feedback)} letters",
            "it stands in the foot of each page",
            "write it shorter",
            loaded.place(("clinic", "feedback")),
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


def lines_lacking_at_foot(
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
