"""Laid-out pages: what the layout engine hands to the press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.findings import Report


OWN_WORDS = "HandoutsWords"
"""The key under which a line of text in the file keeps its words, in UTF-8."""

SLOT_MARK = "HandoutsSlot"
"""The mark around the line that fills a slot, before the slot's number on its page."""

BLACK_OVERPRINT, KNOCKOUT = "BlackOverprint", "Knockout"
"""The graphics states of a press file: black text is printed over what is below it; all else
is not."""

OWN_ELEMENT = "HandoutsElement"
"""The key under which a tag of a laid-out page keeps its element's number."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A PDF of single pages, and on which of them each panel or sheet stands (from 0)."""

    pdf: bytes
    pages: dict[str, range]
    files: tuple[Path, ...]
    """The files that were read for it, such as pictures."""
    report: Report
