"""Rows of a run: what of a sheet decides its layout, and what only fills its slots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handouts.compose.sheet_view import SHORT_NOTE_WORDS, initials, name_size_pt

if TYPE_CHECKING:
    from collections.abc import Hashable

    from handouts.models.prescription import PatientSheet

STAND_IN = "I"
"""Fills the slots of a layout: as narrow as words can be, so that no line breaks before it."""

SLOTS = ("name", "initials", "goal", "next-visit", "note", "record")
"""The slots of templates/sheet.html."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One person's sheet in a run."""

    record: str
    """The number or key by which the roster knows it; printed on the front."""
    sheet: PatientSheet


@dataclass(frozen=True, slots=True)
class StandingPages:
    """Finished pages that are the same for everybody: one copy of a standing piece."""

    digest: str
    """Of the file; copies with the same digest share all that they draw."""
    pdf: bytes


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page whose place is kept, and which is drawn when all others are known."""

    width_pt: float
    height_pt: float


RunItem: TypeAlias = RunRow | StandingPages | KeptPage
"""What lies in a run: each begins on a fresh front side."""


class Words(NamedTuple):
    """What fills one slot: the words, and their size where it isn't the slot's own."""

    text: str
    size_pt: int | None = None


def layout_of(row: RunRow) -> RunRow | None:
    """Give the row with stand-ins for all that is the person's own; None if it needs more.

    Notes of several lines, long ones and those of one exercise decide the layout themselves.
    """
    sheet = row.sheet
    notes = _notes(sheet)
    if not _is_one_line(notes):
        return None
    if any(item.note for item in sheet.exercises):
        return None
    return RunRow(
        STAND_IN if row.record else "",
        replace(
            sheet,
            patient=STAND_IN,
            goal=STAND_IN if sheet.goal else None,
            notes=STAND_IN if notes else None,
            next_visit=STAND_IN if sheet.next_visit else None,
            beyond_limits=None,
        ),
    )


def likeness(row: RunRow) -> Hashable:
    """Give what rows with the same layout share, while their exercises are in memory.

    It is quick where they share the same tuple of exercises, as those of a programme do.
    """
    sheet = row.sheet
    notes = _notes(sheet)
    return (
        id(sheet.exercises), sheet.given_on, sheet.clinician, sheet.edition, sheet.paper,
        sheet.layout, sheet.log_weeks, bool(sheet.goal), bool(sheet.next_visit), bool(notes),
        _is_one_line(notes), bool(row.record),
    )  # fmt: skip


def words_of(row: RunRow) -> tuple[Words, ...]:
    """Give the words of a row, slot by slot as in ``SLOTS``."""
    sheet = row.sheet
    return (
        Words(sheet.patient, name_size_pt(sheet.patient, sheet.edition)),
        Words(initials(sheet.patient)),
        Words(sheet.goal or ""),
        Words(sheet.next_visit or ""),
        Words("".join(_notes(sheet))),
        Words(row.record),
    )


def _is_one_line(notes: list[str]) -> bool:
    return not notes or (len(notes) == 1 and len(notes[0].split()) <= SHORT_NOTE_WORDS)


def _notes(sheet: PatientSheet) -> list[str]:
    return [line for line in (sheet.notes or "").splitlines() if line.strip()]
