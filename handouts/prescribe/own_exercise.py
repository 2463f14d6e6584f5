"""An exercise as one patient reads it: its side chosen, its words changed, its drawings fitting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.basics.choices import Side
    from handouts.models.exercises import Exercise
    from handouts.models.own_exercise import ChangedLine, OwnChanges
    from handouts.models.prescription import Prescribed

_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class OwnExercise:
    """An exercise with what differs for one patient."""

    exercise: Exercise
    own: frozenset[str]
    """Texts that are this patient's alone, before the side is filled in."""
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A drawing, a picture or a video that would show something else than the words."""

    kind: str
    """drawing, picture or video."""
    name: str
    why: str
    part: str
    """Of the changes, the first that may say that it fits: step4, equipment; none for a step that
    is left out."""


def on_side(exercise: Exercise, side: Side | None) -> Exercise:
    """Give an exercise that needs no side in the words for the side that was chosen."""
    either = exercise.either_side
    if either is None or side is None:
        return exercise
    steps = [either.steps.get(str(n), step) for n, step in enumerate(exercise.steps, 1)]
    drawings = {
        name: pose.model_copy(update={"title": either.captions.get(name, pose.title)})
        for name, pose in exercise.drawings.items()
    }
    return exercise.model_copy(
        update={
            "sides": either.sides,
            "steps": tuple(steps),
            "equipment": either.equipment or exercise.equipment,
            "drawings": drawings,
            "either_side": None,
        }
    )


def own_exercise(exercise: Exercise, prescribed: Prescribed) -> OwnExercise:
    """Give an exercise as a patient gets it."""
    exercise = on_side(exercise, prescribed.dose.side)
    changes = prescribed.changes
    if changes is None:
        return OwnExercise(exercise, frozenset())
    update: dict[str, Any] = {
        "steps": tuple(_lines(exercise.steps, changes.steps)),
        "mistakes": tuple(_lines(exercise.mistakes, changes.mistakes)),
        "stop_if": (*exercise.stop_if, *(changes.stop_if or ())),
    }
    own = {line.now for line in (*changes.steps, *changes.mistakes) if line.now is not None}
    own.update(changes.stop_if or ())
    if changes.equipment is not None and changes.equipment.now is not None:
        update["equipment"] = changes.equipment.now
        own.update(set(changes.equipment.now) - set(exercise.equipment))
    left_out = tuple(unfit_pictures(exercise, changes))
    gone = {one.name for one in left_out}
    update["drawings"] = {k: v for k, v in exercise.drawings.items() if k not in gone}
    update["pictures"] = tuple(one for one in exercise.pictures if one.file not in gone)
    if any(one.kind == "video" for one in left_out):
        update["video"] = None
    return OwnExercise(exercise.model_copy(update=update), frozenset(own), left_out)


def _lines(lines: tuple[str, ...], changes: tuple[ChangedLine, ...]) -> Iterator[str]:
    changed = {change.number: change for change in changes}
    for number, line in enumerate(lines, start=1):
        change = changed.get(number)
        if change is None:
            yield line
        elif change.now is not None:
            yield change.now


def unfit_pictures(exercise: Exercise, changes: OwnChanges) -> Iterator[LeftOut]:
    """Name the drawings, pictures and video that show what is changed.

    A drawing shows the steps that it names, or all where it names none; and the equipment,
    where a thing is drawn with the body. A video and a clinic's own picture show the equipment.
    """
    steps = [line for line in changes.steps if not line.drawings_fit]
    things = changes.equipment
    things_differ = things is not None and not things.drawings_fit
    for name, pose in exercise.drawings.items():
        if why := _why(pose.steps, steps, things_differ=things_differ and bool(pose.props)):
            yield LeftOut("drawing", name, *why)
    for picture in exercise.pictures:
        if why := _why(picture.steps, steps, things_differ=things_differ):
            yield LeftOut("picture", picture.file, *why)
    if exercise.video and (why := _why(None, steps, things_differ=things_differ)):
        yield LeftOut("video", exercise.video, *why)


def _why(
    shown: tuple[int, ...] | None, steps: list[ChangedLine], *, things_differ: bool
) -> tuple[str, str] | None:
    for line in steps:
        if shown is None or line.number in shown:
            verb = "left out" if line.left_out else "reworded"
            may = "it may show" if shown is None else "it shows"
            part = "" if line.left_out else f"step{line.number}"
            return f"{may} step {line.number}, which is {verb}", part
    if things_differ:
        return "it shows the equipment, which is changed", "equipment"
    return None


def still_named(
    name: str, exercise: Exercise, changes: OwnChanges, exercises: Mapping[str, Exercise]
) -> Iterator[tuple[str, str]]:
    """Find lines of the content's that name equipment which this patient does not take.

    Gives the part that would say it, like ``step3`` or ``sides``, and the word. A word tells of
    the equipment where no exercise uses it whose equipment does not name it: "ball", not "head".
    """
    things = changes.equipment
    if things is None or things.now is None:
        return
    gone = _words(*exercise.equipment) - _words(*things.now)
    for other, one in exercises.items():
        if other != name and gone:
            gone -= _words(*one.steps, *one.mistakes) - _words(*one.equipment)
    lines = [(f"step{number}", line) for number, line in enumerate(exercise.steps, 1)]
    lines += [(f"mistake{number}", line) for number, line in enumerate(exercise.mistakes, 1)]
    lines += [("sides", exercise.sides or ""), ("purpose", exercise.purpose)]
    lines += [("stop_if", line) for line in exercise.stop_if]
    changed = {f"step{line.number}" for line in changes.steps}
    changed |= {f"mistake{line.number}" for line in changes.mistakes}
    for part, line in lines:
        if part not in changed and (words := _words(line) & gone):
            yield part, min(words)


def _words(*texts: str) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(text)}
