"""What a front can show and ask of an exercise's own words for one patient.

A change is written as a request takes it (``SheetRequest.changes``): ``ID:PART=TEXT``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Report
from handouts.compose.dose_words import sided
from handouts.load.own_changes import LEFT_OUT, OWN_AGAIN, changes_from_texts, part_to_change
from handouts.prescribe.changes import names_a_side
from handouts.prescribe.own_exercise import on_side, own_exercise
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from handouts.basics.choices import Side
    from handouts.jobs.prescribing import Prescribing
    from handouts.load.content import LoadedContent
    from handouts.models.prescription import Prescribed


ADDED_UP = frozenset({"equipment", "stop-if"})
"""Parts that may be said several times, each time one thing more."""


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A part of an exercise that can be changed: its name in a change, and what it says."""

    part: str
    """step1, mistake2, equipment, stop-if."""
    text: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What is said to be changed in one exercise, part by part as it was said."""

    said: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, changes: Iterable[str]) -> dict[str, OwnWords]:
        """Take apart changes that can be read, by exercise."""
        own: dict[str, OwnWords] = {}
        for text in changes:
            name, _, rest = text.partition(":")
            part, _, words = rest.partition("=")
            said = own.get(name.strip(), cls()).said
            own[name.strip()] = cls((*said, (part_to_change(part) or part, words.strip())))
        return own

    @property
    def written(self) -> tuple[str, ...]:
        """Each change behind the exercise's id, as a request takes it."""
        return tuple(f"{part}={text}" for part, text in self.said)

    def on_another_side(self, said_anew: Container[str]) -> Report:
        """Find words that hold for one side alone, and are not said anew with the other one."""
        if not any(names_a_side(text) and part not in said_anew for part, text in self.said):
            return Report()
        what = "what was changed in its words names a side, and was written for another one"
        mend = "say these words anew with the side; step3=+ brings the content's own step 3 again"
        return Report((Finding(what, mend=mend),))

    def with_more(self, parts: Mapping[str, str]) -> OwnWords:
        """Say more, each in the place of what it changes anew or undoes.

        One more stop sign, or thing that is used, stands beside those before it.
        """
        said = list(self.said)
        for part, text in parts.items():
            name = part.partition("+")[0]
            more = name in ADDED_UP and text not in {LEFT_OUT, OWN_AGAIN}
            said = [
                (one, words)
                for one, words in said
                if one.partition("+")[0] != name or (more and words != OWN_AGAIN)
            ]
            said.append((part, text))
        return OwnWords(tuple(said))


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
    return {
        item.exercise: differences_in_words(prescribing.loaded, item)
        for item in prescribing.sheet.exercises
        if item.changes is not None
    }


def differences_in_words(loaded: LoadedContent, item: Prescribed) -> tuple[str, ...]:
    """Say what differs in one exercise, for its side."""
    say = language(loaded.content.language)
    return tuple(sided(say, line, item.dose.side) for line in _differences(item, loaded))


def _differences(item: Prescribed, loaded: LoadedContent) -> Iterator[str]:
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
    exercise = loaded.content.exercises[item.exercise]
    for one in own_exercise(exercise, item).left_out:
        pose = exercise.drawings.get(one.name)
        yield f'Left out: the {one.kind} "{pose.title if pose else one.name}" ({one.why})'
