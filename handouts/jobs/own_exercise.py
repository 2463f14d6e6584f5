"""What a front can show and ask of an exercise's own words for one patient.

A change is written as a request takes it (``SheetRequest.changes``): ``ID:PART=TEXT``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.compose.dose_words import sided
from handouts.load.own_changes import changes_from_texts
from handouts.prescribe.own_exercise import on_side, own_exercise
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.basics.choices import Side
    from handouts.basics.findings import Finding
    from handouts.jobs.prescribing import Prescribing
    from handouts.load.content import LoadedContent
    from handouts.models.prescription import Prescribed


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A part of an exercise that can be changed: its name in a change, and what it says."""

    part: str
    """step1, mistake2, equipment, stop-if."""
    text: str


def parts_to_change(
    loaded: LoadedContent, exercise: str, side: Side | None = None
) -> tuple[OwnPart, ...]:
    """Give what can be changed in an exercise, as the content says it for a side."""
    say = language(loaded.content.language)
    shown = on_side(loaded.content.exercises[exercise], side)
    parts = [(f"step{n}", text) for n, text in enumerate(shown.steps, 1)]
    parts += [(f"mistake{n}", text) for n, text in enumerate(shown.mistakes, 1)]
    parts += [("equipment", text) for text in shown.equipment]
    parts += [("stop-if", text) for text in shown.stop_if]
    return tuple(OwnPart(part, sided(say, text, side)) for part, text in parts)


def may_choose_side(loaded: LoadedContent, exercise: str) -> bool:
    """Say whether an exercise that is done without a side may be given one."""
    return loaded.content.exercises[exercise].either_side is not None


def faults_in_changes(changes: Iterable[str]) -> tuple[Finding, ...]:
    """Say what is wrong with changes as they are written; none of it repeats their words."""
    return changes_from_texts(changes)[1]


def changes_in_words(prescribing: Prescribing) -> dict[str, tuple[str, ...]]:
    """Say what differs in each changed exercise, as the content's own and this patient's words."""
    content = prescribing.loaded.content
    say = language(content.language)
    return {
        item.exercise: tuple(
            sided(say, line, item.dose.side) for line in _differences(item, prescribing)
        )
        for item in prescribing.sheet.exercises
        if item.changes is not None
    }


def _differences(item: Prescribed, prescribing: Prescribing) -> Iterator[str]:
    changes = item.changes
    if changes is None:
        return
    for kind, lines in (("Step", changes.steps), ("Mistake", changes.mistakes)):
        for line in lines:
            now = "left out" if line.now is None else f'now "{line.now}"'
            yield f'{kind} {line.number}: "{line.was}", {now}'
    things = changes.equipment
    if things is not None:
        was, now = (", ".join(some or ()) or "none" for some in (things.was, things.now))
        yield f"Equipment: {was}, now {now}"
    for sign in changes.stop_if or ():
        yield f'Stop sign added: "{sign}"'
    exercise = prescribing.loaded.content.exercises[item.exercise]
    for one in own_exercise(exercise, item).left_out:
        pose = exercise.drawings.get(one.name)
        yield f'Left out: the {one.kind} "{pose.title if pose else one.name}" ({one.why})'
