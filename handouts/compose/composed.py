"""One piece, composed: all that the layout engine and the press need to know of it.

The module imports nothing heavy, so that a process that lays out is ready soon.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Profile
from handouts.basics.findings import Finding, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from handouts.basics.folds import FoldedSheet
    from handouts.basics.lengths import Length
    from handouts.basics.papers import Paper, Size
    from handouts.compose.page_text import Chunk
    from handouts.drawings.form import Form

PRIVATE_WORDS = "a text of the patient's own"
"""What stands in messages where the words themselves must not."""


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
    folded: FoldedSheet | None
    """Where a folded piece's panels lie; None where each panel is a page, as for a screen."""
    title: str
    author: str
    language: str
    dated: date
    content_hash: str
    html: str
    folder: Path
    leaves: tuple[Leaf, ...]
    chunks: tuple[Chunk, ...]
    profile: Profile
    bleed: Length | None
    """How far grounds run over the trim; None where the page is the trimmed sheet."""
    press_profile: Path
    """The ICC profile of the press."""
    proof: bool
    """Whether the press file is for looking at alone."""
    drawings: Mapping[str, Form] = field(default_factory=dict)
    """The forms of the drawings that have their places in the HTML, by their names."""
    crowding: tuple[Finding, ...] = ()
    """What in the content takes more room than usual; told where the piece does not fit."""
    most_sides_wanted: int | None = None
    """Past as many it is only laid out, not drawn, since another arrangement will be tried."""
    record: str | None = None
    """The number that stands in the slug of a press file: a sheet's own in a run of many."""
    report: Report = field(default_factory=Report)
    """What was found while it was composed; warnings alone."""

    def quote(self, words: str) -> str:
        """Quote words of the piece in a message; what may be a patient's own is not repeated."""
        letters = "".join(words.split())
        own = [chunk for chunk in self.chunks if chunk.private]
        if own and (_within(letters, own) or not _within(letters, self.chunks)):
            return PRIVATE_WORDS
        return f'"{words[:60]}"'

    @property
    def reflowed(self) -> bool:
        """Whether it was panels, which large print makes a sheet of."""
        return any(leaf.first_panel != leaf.last_panel for leaf in self.leaves)

    @property
    def label(self) -> str:
        """Name the piece, its paper and its edition, as messages do."""
        edition = "" if self.edition is Edition.STANDARD else f", {self.edition}"
        profile = "" if self.profile is Profile.OFFICE else f", {self.profile}"
        return f"{self.piece} ({self.paper}{edition}{profile})"


def _within(letters: str, chunks: Iterable[Chunk]) -> bool:
    return any(letters in "".join(chunk.text.split()) for chunk in chunks)


@dataclass(frozen=True, slots=True)
class SheetUse:
    """What one patient's sheet is made for."""

    record: str = ""
    """Its number in a run of many; none where it is made alone. In a press file it stands in the
    slug, else on the sheet."""
    profile: Profile = Profile.OFFICE
    proof: bool = False


OWN_SHEET = SheetUse()
"""A sheet that is made alone, for the desk's printer."""
