"""What the layers of a prescription change in one exercise, bound to what the content says.

A change is laid over the sentence that it was made for, and over no other. Words that name a
side hold for the side that was said with them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.basics.settings import Setting, named
from handouts.load.own_changes import no_such_line
from handouts.models.own_exercise import OwnChanges
from handouts.models.prescription import Prescribed
from handouts.prescribe.own_exercise import on_side, own_exercise, still_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.basics.choices import Side
    from handouts.basics.findings import Place
    from handouts.load.prescription import Layer
    from handouts.models.dose import Dose
    from handouts.models.exercises import Exercise
    from handouts.models.own_exercise import ChangedLine, ChangedThings
    from handouts.prescribe.own_exercise import OwnExercise

_LISTS = ("steps", "mistakes", "stop_if")
MOST_LETTERS = 800
"""Of one exercise's lists on one side, beside the largest drawings; the four exercises have
some 300 to 500."""
KINDS = {"steps": "step", "mistakes": "mistake"}
_SIDE = re.compile(r"(?<!\{)\b(left|right)\b(?!\}| away| now)", re.IGNORECASE)
_DOSE = re.compile(
    r"(?i)\b\d+\s*(?:s|secs?|seconds?|min|mins|minutes?|times|x|breaths?|reps?|repetitions?|sets?)\b"
    r"|\b(?:once|twice)\s+(?:a|each|every)\s+day\b"
)
"""A dose in words: it stands in the dose, where it is checked, and nowhere else."""
_TIME_OF_DAY = re.compile(r"(?i)\b(?:mornings?|noon|afternoons?|evenings?|bedtime|nights?)\b")
_PAIN = re.compile(r"(?i)\bpain|\bhurt")


def names_a_side(text: str) -> bool:
    """Say whether a text names a side that does not change with the exercise's."""
    return bool(_SIDE.search(text))


@dataclass(frozen=True, slots=True)
class _Told:
    """Where a change was said, for which side, and whether a file keeps it."""

    place: Place
    side: Side | None
    kept: bool


@dataclass
class ChangesSoFar:
    """What is changed in one exercise while the layers are read."""

    lines: dict[tuple[str, int], tuple[ChangedLine, _Told]] = field(default_factory=dict)
    things: tuple[ChangedThings, _Told] | None = None
    stop_if: list[tuple[str, _Told]] = field(default_factory=list)
    note: tuple[str, _Told] | None = None

    def __bool__(self) -> bool:
        """Whether anything is changed or noted."""
        return bool(self.lines or self.things or self.stop_if or self.note)

    def lay(self, layer: Layer, index: int, side: Side | None) -> None:
        """Lay over it what one exercise of a layer says; ``side`` is that of its dose so far."""
        item = layer.prescription.exercises[index]

        def told(*path: str | int) -> _Told:
            return _Told(layer.place("exercises", index, *path), side, layer.kept)

        if item.note:
            self.note = item.note, told("note")
        changes = item.changes
        if changes is None:
            return
        for kind in KINDS:
            for number, line in enumerate(getattr(changes, kind)):
                self.lines[kind, line.number] = line, told("changes", kind, number)
        if changes.no_note:
            self.note = None
        if changes.equipment is not None:
            self.things = changes.equipment, told("changes", "equipment")
        if changes.stop_if == ():
            self.stop_if = []
        said = {text for text, _ in self.stop_if}
        signs = enumerate(changes.stop_if or ())
        self.stop_if += [
            (sign, told("changes", "stop_if", number)) for number, sign in signs if sign not in said
        ]

    def bound(self, exercise: Exercise, side: Side | None) -> OwnChanges | None:
        """Give the changes, each with what the content says today."""
        shown = on_side(exercise, side)
        lines: dict[str, list[ChangedLine]] = {kind: [] for kind in KINDS}
        for (kind, number), (line, _) in sorted(self.lines.items()):
            own = getattr(shown, kind)
            if line.own or number > len(own) or line.now == own[number - 1]:
                continue
            lines[kind].append(line.model_copy(update={"was": own[number - 1]}))
        things = self.things[0] if self.things else None
        if things is not None and (things.own or things.now == shown.equipment):
            things = None
        if things is not None:
            things = things.model_copy(update={"was": shown.equipment})
        changes = OwnChanges(
            steps=tuple(lines["steps"]),
            mistakes=tuple(lines["mistakes"]),
            equipment=things,
            stop_if=tuple(sign for sign, _ in self.stop_if if sign not in shown.stop_if) or None,
        )
        return changes if changes else None

    def found(self, name: str, dose: Dose, exercises: Mapping[str, Exercise]) -> Iterator[Finding]:
        """Find changes that can't be made, and what would contradict them on the page."""
        shown = on_side(exercises[name], dose.side)
        for (kind, number), (line, told) in self.lines.items():
            yield from _unbound(name, kind, line, getattr(shown, kind), told)
            if line.now is not None and _DOSE.search(line.now):
                yield Finding(
                    f"{name}: {KINDS[kind]} {number} speaks of a dose",
                    "the dose on the sheet could say something else",
                    "give it as the dose of the exercise, and leave it out here",
                    told.place,
                )
        yield from self._note_found(name)
        yield from self._things_found(name, shown)
        for sign, told in self.stop_if:
            if dose.pain_up_to is not None and _PAIN.search(sign):
                yield Finding(
                    f"{name}: a stop sign of this patient's speaks of pain",
                    f"it would contradict the rule that pain up to {dose.pain_up_to} is fine",
                    "take one of the two out",
                    told.place,
                )
        yield from self._of_another_side(name, dose.side)
        changes = self.bound(exercises[name], dose.side)
        if changes is None:
            return
        own = own_exercise(exercises[name], Prescribed(name, dose, None, changes))
        yield from self._length_found(name, own.exercise)
        if self.things is not None:
            for part, word in still_named(name, shown, changes, exercises):
                fixed = part in {"sides", "purpose", "stop_if"}
                yield Finding(
                    f'{name}: its {part} still says "{word}"',
                    "the equipment is changed, and the sheet would contradict itself",
                    "write an exercise of its own for this equipment into the content"
                    if fixed
                    else f"reword it or leave it out: {_how(name, part)}",
                    self.things[1].place,
                )
        yield from self._left_out_found(name, own)

    def _length_found(self, name: str, exercise: Exercise) -> Iterator[Finding]:
        """Find lists of which nothing is left, or that take more than a side together."""
        letters = sum(map(len, (line for kind in _LISTS for line in getattr(exercise, kind))))
        if letters > MOST_LETTERS:
            yield Finding(
                f"{name}: its steps, mistakes and stop signs have {letters:,} letters",
                f"{MOST_LETTERS} fit on one side with the drawings",
                "write less, or put the rest into the exercise's note",
                next(told.place for _, told in (*self.lines.values(), *self.stop_if)),
            )
        for kind, one in KINDS.items():
            if not getattr(exercise, kind):
                place = next(told.place for (k, _), (_, told) in self.lines.items() if k == kind)
                yield Finding(f"{name}: no {one} is left", "", f"leave one {one} in", place)

    def _left_out_found(self, name: str, own: OwnExercise) -> Iterator[Finding]:
        """Tell which drawings are left out with what they show, until a file holds the change."""
        fresh = self._fresh()
        for one in own.left_out if fresh else ():
            mend = "nothing, if that is right; where it does not show it, write so in the content "
            mend += "(steps: [1, 2], the steps that it shows)"
            if one.part:
                mend = "nothing, if that is right; where it still fits the new words, say so: "
                mend += f"{_how(name, f'{one.part}+drawings', '…')}, or drawings_fit: true"
            yield Finding(
                f'{name}: the {one.kind} "{one.name}" is left out',
                one.why,
                mend,
                fresh[0].place,
                Severity.WARNING,
            )

    def _fresh(self) -> list[_Told]:
        """Give where changes were said that no saved prescription holds yet."""
        told = [at for line, at in self.lines.values() if line.was is None and not line.own]
        if self.things is not None and self.things[0].was is None and not self.things[0].own:
            told.append(self.things[1])
        return told

    def _note_found(self, name: str) -> Iterator[Finding]:
        if self.note is None:
            return
        text, told = self.note
        if _DOSE.search(text) or _TIME_OF_DAY.search(text):
            yield Finding(
                f"{name}: the note speaks of a dose",
                "the dose on the sheet could say something else",
                "give it as the dose of the exercise, and leave it out of the note",
                told.place,
                Severity.WARNING,
            )

    def _things_found(self, name: str, exercise: Exercise) -> Iterator[Finding]:
        if self.things is None:
            return
        things, told = self.things
        if things.was is not None and things.was != exercise.equipment:
            yield Finding(
                f"{name}: its equipment is not what it was when it was changed here",
                "today it is " + (", ".join(f'"{one}"' for one in exercise.equipment) or "none"),
                f"say it anew: {_how(name, 'equipment')}; or take the change out",
                told.place,
            )
        elif things.was is None and told.kept and not things.own:
            yield _by_place_alone(
                f"{name}: the equipment", json.dumps(exercise.equipment, ensure_ascii=False), told
            )

    def _of_another_side(self, name: str, side: Side | None) -> Iterator[Finding]:
        """Find words that name a side, and were said for another one than is printed."""
        said = [
            (f"{KINDS[kind]} {number}", "as " + f"{KINDS[kind]}{number}", line.now, told)
            for (kind, number), (line, told) in self.lines.items()
        ]
        said += [("a stop sign", "as stop-if", sign, told) for sign, told in self.stop_if]
        if self.note is not None:
            said.append(("the note", "as note", *self.note))
        for what, how, text, told in said:
            if text is not None and told.side is not side and names_a_side(text):
                was = told.side or "no side"
                yield Finding(
                    f"{name}: {what} names a side, and was written for {was}",
                    f"the sheet is for {side or 'no side'}",
                    f"say it anew with the side, {how}; or write {{left}} and {{right}}",
                    told.place,
                )


def _unbound(
    name: str, kind: str, line: ChangedLine, own: tuple[str, ...], told: _Told
) -> Iterator[Finding]:
    """Find a change of a line that is not there, or no longer says what was changed."""
    what = f"{KINDS[kind]} {line.number}"
    if line.number > len(own):
        yield no_such_line(name, KINDS[kind], line.number, len(own), told.place)
        return
    today = own[line.number - 1]
    if line.was is not None and line.was != today:
        moved = ""
        if line.was in own:
            moved = f"; its old words are {KINDS[kind]} {own.index(line.was) + 1} now"
        yield Finding(
            f"{name}: {what} is not what it was when it was changed here",
            f'today it says "{today}"{moved}',
            f"say the change anew: {_how(name, what.replace(' ', ''))}; or take it out of the file",
            told.place,
        )
    elif line.was is None and told.kept and not line.own:
        yield _by_place_alone(f"{name}: {what}", f'"{today}"', told)


def _by_place_alone(what: str, today: str, told: _Told) -> Finding:
    return Finding(
        f"{what} is changed, and the file does not say what it was",
        "if the content changes, this would change something else",
        f"write was: {today}; or print what {named(Setting.SAVE)} keeps",
        told.place,
        Severity.WARNING,
    )


def _how(name: str, part: str, text: str = "new words") -> str:
    return named(Setting.CHANGES, f'"{name}:{part}={text}"')
