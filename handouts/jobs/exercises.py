"""The exercises and programmes that a clinic has or could take, and the search among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.load.content import load_content
from handouts.load.shelf import exercise_on, programme_on, shelf_of
from handouts.models.exercise_tags import HEADACHES, Complaint, Gear, Quality
from handouts.models.exercises import Posture
from handouts.models.prescription import Prescribed
from handouts.models.shelf import dose_parts
from handouts.prescribe.how_long import how_long
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.models.exercises import Exercise, Programme

HEADACHE = "headache"
NO_GEAR = "none"
COMPLAINTS = (HEADACHE, *Complaint)
"""What can be asked for: all headaches, or one complaint."""
EQUIPMENT = (NO_GEAR, *Gear)
POSTURES = tuple(Posture)
TAKEN, ON_THE_SHELF = "in your content", "on the shelf"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; nothing finds everything."""

    content: Path
    complaints: tuple[str, ...] = ()
    postures: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    """What may be needed; ``none`` finds what needs a floor, a wall, a chair or a mat alone."""


@dataclass(frozen=True, slots=True)
class FoundExercise:
    """An exercise that a clinic has or could take."""

    id: str
    name: str
    anatomical_name: str | None
    where: str
    """In the content, or on the shelf."""
    posture: str
    complaints: tuple[str, ...]
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    gear: tuple[str, ...]
    dose: Mapping[str, str]
    best_source: str | None
    """The quality of the best source of its dose; none where nobody has published one."""
    signed_by: str | None


@dataclass(frozen=True, slots=True)
class FoundProgramme:
    """A programme that a clinic has or could take."""

    id: str
    name: str
    where: str
    why: str | None
    for_whom: str | None
    minutes: tuple[str, ...]
    """How long it takes, as a sheet says it."""
    exercises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found, and what could not be asked."""

    exercises: tuple[FoundExercise, ...]
    untagged: tuple[str, ...]
    """Exercises of the content's own that say nothing of what was asked for."""


def find_exercises(search: Search) -> Found:
    """Find exercises in the content and on the shelf.

    Raises:
        ContentError: the content, or a file of the shelf, can't be read.

    """
    loaded = load_content(search.content)
    found, untagged = [], []
    for name, exercise, where in _all_exercises(loaded):
        if search.postures and exercise.posture not in search.postures:
            continue
        if exercise.tags is None and (search.complaints or search.equipment):
            untagged.append(name)
        elif _wanted(exercise, search):
            found.append(_found(loaded, name, exercise, where))
    return Found(tuple(found), tuple(untagged))


def find_programmes(content: Path) -> tuple[FoundProgramme, ...]:
    """Find programmes in the content and on the shelf.

    Raises:
        ContentError: the content, or a file of the shelf, can't be read.

    """
    loaded = load_content(content)
    exercises = {name: exercise for name, exercise, _ in _all_exercises(loaded)}
    return tuple(
        FoundProgramme(
            name,
            one.name,
            where,
            one.why,
            one.for_whom,
            _minutes(loaded, one, exercises),
            one.exercises,
        )
        for name, one, where in _all_programmes(loaded)
    )


def _all_exercises(loaded: LoadedContent) -> Iterator[tuple[str, Exercise, str]]:
    for name, exercise in loaded.content.exercises.items():
        yield name, exercise, TAKEN
    for name in shelf_of(loaded.folder).exercises:
        if name not in loaded.content.exercises:
            yield name, exercise_on(loaded.folder, name), ON_THE_SHELF


def _all_programmes(loaded: LoadedContent) -> Iterator[tuple[str, Programme, str]]:
    for name, programme in loaded.content.programmes.items():
        yield name, programme, TAKEN
    for name in shelf_of(loaded.folder).programmes:
        if name not in loaded.content.programmes:
            yield name, programme_on(loaded.folder, name), ON_THE_SHELF


def _wanted(exercise: Exercise, search: Search) -> bool:
    if exercise.tags is None:
        return True
    complaints = {str(one) for one in exercise.tags.complaints}
    if HEADACHES & set(exercise.tags.complaints):
        complaints.add(HEADACHE)
    gear = {str(one) for one in exercise.tags.gear}
    at_hand = set(search.equipment) - {NO_GEAR}
    return (not search.complaints or bool(complaints & set(search.complaints))) and (
        not search.equipment or gear <= at_hand
    )


def _found(loaded: LoadedContent, name: str, exercise: Exercise, where: str) -> FoundExercise:
    tags = exercise.tags
    read = [one.quality for one in exercise.dose_sources]
    record = loaded.content.shelf.signed.get(name)
    return FoundExercise(
        name,
        exercise.name,
        exercise.anatomical_name,
        where,
        str(exercise.posture),
        tuple(map(str, tags.complaints)) if tags else (),
        tuple(map(str, tags.regions)) if tags else (),
        tuple(map(str, tags.kinds)) if tags else (),
        tuple(map(str, tags.gear)) if tags else (),
        dose_parts(exercise.dose),
        next((str(one) for one in Quality if one in read), None),
        record.by if record else None,
    )


def _minutes(
    loaded: LoadedContent, programme: Programme, exercises: Mapping[str, Exercise]
) -> tuple[str, ...]:
    from handouts.compose.dose_words import how_long_words  # noqa: PLC0415 - for programmes alone

    if set(programme.exercises) - set(exercises):
        return ()
    items = []
    for name in programme.exercises:
        dose = exercises[name].dose
        if (parts := programme.doses.get(name)) is not None:
            dose = dose.changed_by(parts)
        items.append(Prescribed(name, dose, None))
    say = language(loaded.content.language)
    return (how_long_words(say, how_long(items, exercises)),)
