"""A sheet laid out with stand-ins in its slots."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from handouts.render.embedded import faces_of
from handouts.render.engine import render
from handouts.render.patches.slot_lines import lines_marked, slots_of

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut
    from handouts.render.slots import Slot


@dataclass(frozen=True, slots=True)
class Slotted:
    """A laid-out sheet whose slots hold stand-ins, and its slots.

    Its file has a mark, ``SLOT_MARK`` with the slot's number on its page, around each stand-in.
    """

    laid_out: LaidOut
    slots: tuple[Slot, ...]
    faces: dict[str, str]
    """Its faces as Pango names them, by the tags of their subsets in the file."""


def render_slotted(composed: Composed) -> Slotted:
    """Lay out a sheet whose slots hold a stand-in.

    Raises:
        MachineError: Pango's libraries or a font are missing.
        LayoutError: the sheet runs over, a slot can't be filled, or something could not be read.

    """
    found: list[tuple[Slot, Any]] = []
    drawn: list[Any] = []

    def marked(document: Any) -> AbstractContextManager[None]:
        drawn.append(document)
        numbered: dict[int, tuple[int, float]] = {}
        for number, page in enumerate(document.pages):
            lines = Counter[str]()
            for place, (slot, text) in enumerate(slots_of(page, number)):
                found.append((replace(slot, line=lines[slot.name]), text))
                lines[slot.name] += 1
                numbered[id(text)] = place, page.height
        return lines_marked(numbered)

    laid_out = render(composed, marked)
    faces = {tag: face for document in drawn for tag, face in faces_of(document)}
    return Slotted(laid_out, tuple(slot for slot, _ in found), faces)
