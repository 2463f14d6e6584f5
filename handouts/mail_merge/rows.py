"""Rows of a run: what of a sheet decides its layout, and what only fills its slots."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup

from handouts.basics.choices import Profile
from handouts.compose.initials import initials
from handouts.compose.scripts import LINE_END
from handouts.compose.sheet_view import SHORT_NOTE_WORDS, for_whom, name_size_pt, record_words

if TYPE_CHECKING:
    from collections.abc import Hashable

    from handouts.models.prescription import PatientSheet
    from handouts.wording.language import Language

STAND_IN = "I"
"""Fills the slots of a layout: as narrow as words can be, so that no line breaks before it."""

SLOTS = ("for-whom", "initials", "goal", "next-visit", "note", "record")
"""The slots of templates/sheet.html."""

ON_ONE_LINE = {"initials", "record"}
"""Slots that no layout has several lines for."""

Lines: TypeAlias = tuple[tuple[int, ...], ...]
"""For each slot, as in ``SLOTS``, how many lines each of its paragraphs has."""

_COLLAPSED = re.compile("[ \t\r\n\f]+")
"""White space that HTML takes for a single space."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One person's sheet in a run."""

    record: str
    """The number or key by which the roster knows it; printed on the front."""
    sheet: PatientSheet


Words: TypeAlias = tuple[Sequence[str], int | None]
"""What fills one slot: its paragraphs, and their size in points where it isn't the slot's own."""


@dataclass(frozen=True, slots=True)
class StandingPages:
    """Finished pages that are the same for everybody: one copy of a standing piece."""

    digest: str
    """Of the file; copies with the same digest share all that they draw."""
    pdf: bytes


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page whose place is kept, and which is drawn when all others are known."""


RunItem: TypeAlias = RunRow | StandingPages | KeptPage
"""What lies in a run: each begins on a fresh front side."""


def lines_of(row: RunRow) -> Lines | None:
    """Give the lines of a row whose words all fit on one; None if it needs a layout of its own.

    Long notes and those of one exercise decide the layout themselves.
    """
    sheet = row.sheet
    notes = _notes(sheet)
    if len((sheet.notes or "").split()) > SHORT_NOTE_WORDS:
        return None
    if any(item.note or item.changes for item in sheet.exercises):
        return None
    return (
        (1,), (1,), (1,) if sheet.goal else (), (1,) if sheet.next_visit else (),
        (1,) * len(notes), (1,),
    )  # fmt: skip


def layout_of(row: RunRow, lines: Lines, profile: Profile = Profile.OFFICE) -> RunRow:
    """Give the row with stand-ins of so many lines for all that is the person's own.

    A sheet without a record has an empty slot for it, so that it shares its layout with a run's.
    For a press the record stands in the slug, which has none.
    """
    name, _, goal, next_visit, notes, _ = (
        [LINE_END.join([STAND_IN] * count) for count in counts] for counts in lines
    )
    return RunRow(
        STAND_IN if row.record or profile is not Profile.PRESS else "",
        replace(
            row.sheet,
            patient=name[0],
            goal=Markup().join(goal) or None,
            notes=Markup("\n").join(notes) or None,
            next_visit=Markup().join(next_visit) or None,
            beyond_limits=(),
        ),
    )


def paragraph_at(line: int, counts: Sequence[int]) -> tuple[int, int]:
    """Say which paragraph a slot's line is of, and which of its lines; all count from 0."""
    ends = list(accumulate(counts))
    paragraph = bisect(ends, line)
    return paragraph, line - (ends[paragraph] - counts[paragraph])


def likeness(row: RunRow) -> tuple[Hashable, ...]:
    """Give what rows with the same layout share beside their lines, while they are in memory.

    It is quick where they share the same tuple of exercises, as those of a programme do.
    """
    sheet = row.sheet
    return (
        id(sheet.exercises), sheet.given_on, sheet.clinician, sheet.edition, sheet.paper,
        sheet.layout, sheet.log_weeks, sheet.log,
    )  # fmt: skip


def words_of(row: RunRow, say: Language, profile: Profile = Profile.OFFICE) -> tuple[Words, ...]:
    """Give the words of a row, slot by slot as in ``SLOTS``, in the language of its sheet.

    In a press file the slug says what the record's number is.
    """
    sheet, record = row.sheet, row.record
    if record and profile is not Profile.PRESS:
        record = record_words(say, record)
    name = _plain(sheet.patient)
    return (
        ((for_whom(say, name),), name_size_pt(sheet.patient, sheet.edition)),
        ((initials(name),), None),
        ((_plain(sheet.goal or ""),), None),
        ((_plain(sheet.next_visit or ""),), None),
        (tuple(map(_plain, _notes(sheet))), None),
        ((record,), None),
    )


def _plain(text: str) -> str:
    return _COLLAPSED.sub(" ", text).strip(" ")


def _notes(sheet: PatientSheet) -> list[str]:
    return [line for line in (sheet.notes or "").splitlines() if line.strip()]
