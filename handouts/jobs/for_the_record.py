"""What one patient's sheet gave, as plain text to paste into a clinic's own records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.jobs.summary import summary
from handouts.models.beyond_limits import LimitedPart
from handouts.wording.doses import time_words
from handouts.wording.language import MESSAGES, language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.jobs.prescribing import Prescribing, PrintedSheet
    from handouts.models.beyond_limits import PastLimit
    from handouts.models.dose import Limits


def for_the_record(prescribing: Prescribing, printed: PrintedSheet, *, with_name: bool) -> str:
    """Say what was given, by whom and when, each dose, and why a dose goes past a limit.

    The patient is named only ``with_name``; a goal or a note stands as it was written.
    """
    return "\n".join(_lines(prescribing, printed, with_name=with_name))


def _lines(prescribing: Prescribing, printed: PrintedSheet, *, with_name: bool) -> Iterator[str]:
    sheet, content = prescribing.sheet, prescribing.loaded.content
    said = summary(prescribing)
    yield f"Home exercises, given {said.day}"
    if with_name:
        yield f"Patient: {said.patient}"
    clinician = content.clinic.clinicians[sheet.clinician]
    yield f"Given by: {clinician.name}, {clinician.credentials}"
    for number, (item, words) in enumerate(zip(sheet.exercises, said.exercises, strict=True), 1):
        yield f"{number}. {words.name}: {words.dose}"
        yield from _indented("Note", words.note)
        yield from (f"   {line}" for line in words.changes)
        limits = content.exercises[item.exercise].limits
        for reason in sheet.beyond_limits:
            if reason.exercise == item.exercise:
                yield from _indented("Past a limit", _past(reason, limits))
    if not sheet.beyond_limits:
        yield "No dose is past its limit."
    yield f"{said.how_long}. Log: {said.log}."
    for label, text in (
        ("Goal", said.goal),
        ("Note for the patient", said.notes),
        ("Next visit", said.next_visit),
    ):
        if text:
            yield from f"{label}: {text}".splitlines()
    sides = "1 side" if printed.pages == 1 else f"{printed.pages} sides"
    yield f"Sheet: version {printed.version}, {said.edition}, {said.paper}, {sides}."


def _indented(label: str, text: str) -> Iterator[str]:
    if text:
        yield from (f"   {line}" for line in f"{label}: {text}".splitlines())


def _past(reason: PastLimit, limits: Limits) -> str:
    part = reason.part.replace("_", " ")
    limit = getattr(limits, reason.part)
    if reason.part is LimitedPart.HOLD:
        words = time_words(language(MESSAGES), limit.most_s, limit.most_s)
    else:
        words = str(limit.most)
    return f"{part} {reason.value}; the limit is {words}. Reason: {reason.reason}"
