"""Pages that go with a print run and are for the people who print it, not for patients."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Profile
from handouts.basics.papers import BLEED, SHEETS
from handouts.compose.compose import press_profile
from handouts.compose.composed import OWN_SHEET, Composed, Leaf
from handouts.compose.page_text import page_text
from handouts.compose.scripts import marks_on_their_letters
from handouts.compose.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.basics.papers import Size
    from handouts.compose.composed import SheetUse
    from handouts.compose.templates import View
    from handouts.load.content import LoadedContent


@dataclass(frozen=True, slots=True)
class Panel:
    """A page, or where ``most_pages`` is None as many as it takes, of one size."""

    size: Size
    most_pages: int | None = 1


def own_document(
    loaded: LoadedContent,
    template: str,
    view: View,
    title: str,
    panels: Mapping[str, Panel],
    use: SheetUse = OWN_SHEET,
) -> Composed:
    """Fill a template whose panels are pages of their own size, in black.

    All have one size where ``use`` is for a press.

    Raises:
        ContentError: the template is broken.

    """
    content = loaded.content
    clinic = content.clinic
    templates = Templates(loaded.folder)
    rules = [
        f"@page {name} {{ size: {panel.size.width.css} {panel.size.height.css}; }}\n"
        f'[data-panel="{name}"] {{ page: {name}; break-before: page; }}'
        for name, panel in panels.items()
    ]
    paper = clinic.paper
    if use.profile is Profile.PRESS:
        sizes = {panel.size for panel in panels.values()}
        paper = next((one for one, size in SHEETS.items() if size in sizes), paper)
    html = templates.html(
        template, view, "\n".join((*rules, templates.own_styles(template))), content.language
    )
    head, body_tag, body = html.partition("<body")
    html = head + body_tag + marks_on_their_letters(body)
    return Composed(
        piece=title,
        paper=paper,
        edition=Edition.STANDARD,
        folded=None,
        title=title,
        author=clinic.name,
        language=content.language,
        dated=content.provenance.dated,
        content_hash=sha256(html.encode()).hexdigest()[:8],
        html=html,
        folder=loaded.folder,
        leaves=tuple(
            Leaf(name, panel.size, panel.most_pages, name, name) for name, panel in panels.items()
        ),
        chunks=page_text(html),
        profile=use.profile,
        bleed=BLEED[paper] if use.profile is Profile.PRESS else None,
        press_profile=press_profile(loaded),
        proof=use.proof,
    )
