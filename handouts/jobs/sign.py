"""The record that a clinician stands for the words of a shelf's exercise: in content.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.basics.clock import today
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Report
from handouts.deliver.folder import write_files
from handouts.load.content import load_content
from handouts.load.explain import did_you_mean
from handouts.load.shelf import written_on
from handouts.load.yaml_insert import reads_as, with_entry, without_entry
from handouts.models.shelf import digest_of, dose_parts, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.models.exercises import Exercise

_SIGNED = ("shelf", "signed")


@dataclass(frozen=True, slots=True)
class Signing:
    """A clinician who has read an exercise of the shelf, and stands for its words."""

    content: Path
    exercise: str
    by: str
    """The clinician's id in the content."""
    on: date


def is_from_shelf(content: Path, name: str) -> bool:
    """Say whether a name is that of an exercise which is taken from the shelf.

    Raises:
        ContentError: the content can't be read.

    """
    return name in load_content(content).from_shelf


def words_to_sign(content: Path, exercise: str) -> str:
    """Give all that is signed for, and what is published of its dose.

    Raises:
        ContentError: the content can't be read, or takes no such exercise from the shelf.

    """
    loaded = load_content(content)
    return "\n".join(_lines(loaded, exercise, _exercise(loaded, exercise)))


def sign(asked: Signing) -> None:
    """Record it; comments and everything else in the file stay as they are.

    Raises:
        ContentError: the content can't be read, takes no such exercise from the shelf or knows no
            such clinician, or the day is to come; the file is untouched.
        MachineError: the file can't be written.

    """
    loaded = load_content(asked.content)
    exercise = _exercise(loaded, asked.exercise)
    if wrong := tuple(wrong_signature(loaded, asked.by, asked.on)):
        raise ContentError(Report(wrong))
    record: dict[str, Any] = {
        "by": asked.by,
        "on": str(asked.on),
        "words": words_of(exercise),
    }
    if beside := _beside(loaded, asked.exercise):
        record["beside"] = beside
    text = asked.content.read_bytes().decode("utf-8-sig")
    alone = set(loaded.content.shelf.signed) == {asked.exercise}
    old = loaded.written.keys.get(_SIGNED if alone else (*_SIGNED, asked.exercise))
    if old is not None:
        text = without_entry(text, old.line, old.column)
    changed = with_entry(text, _SIGNED, asked.exercise, record)
    _check_alone(changed, loaded, asked.exercise, record)
    write_files({asked.content: (changed or "").encode()})


def _exercise(loaded: LoadedContent, name: str) -> Exercise:
    if name not in loaded.from_shelf:
        raise ContentError.because(
            f'the content takes no exercise called "{name}" from the shelf',
            mend=did_you_mean(name, loaded.from_shelf),
            place=loaded.place(("shelf",), key=True),
        )
    return loaded.content.exercises[name]


def wrong_signature(loaded: LoadedContent, by: str, on: date) -> Iterator[Finding]:
    """Name what is wrong with who signs for words, and when."""
    place = loaded.place(("clinic", "clinicians"), key=True)
    known = loaded.content.clinic.clinicians
    if by not in known:
        mend = did_you_mean(by, known)
        yield Finding(f'there is no clinician called "{by}"', "", mend, place)
    if on > today():
        why = "words are read before they are signed for"
        yield Finding(f"{on} is in the future", why, "give the day of today")


def _beside(loaded: LoadedContent, name: str) -> dict[str, str]:
    """Give the digest of what the shelf says of each part that the clinic says otherwise."""
    taken = loaded.written.value["shelf"].get("exercises") or {}
    shelf = written_on(loaded.folder, name)
    return {part: digest_of(shelf[part]) for part in taken.get(name) or {} if part in shelf}


def _lines(loaded: LoadedContent, name: str, exercise: Exercise) -> Iterator[str]:
    yield f"{name}: {exercise.name}"
    yield f"  {exercise.anatomical_name}"
    yield f"  {exercise.purpose}"
    for title, lines in (
        ("Equipment", exercise.equipment),
        ("Steps", exercise.steps),
        ("Sides", (exercise.sides,) if exercise.sides else ()),
        ("Mistakes to avoid", exercise.mistakes),
        ("Stop if", exercise.stop_if),
        ("Not for everyone", exercise.ask_first),
        ("Drawings", tuple(pose.title for pose in exercise.drawings.values())),
    ):
        if lines:
            yield f"  {title}:"
            yield from (f"    {line}" for line in lines)
    dose = ", ".join(f"{part} {value}" for part, value in dose_parts(exercise.dose).items())
    yield f"  Dose: {dose}"
    if exercise.clinic_defaults:
        yield f"    No source gives: {', '.join(exercise.clinic_defaults)}"
    for one in exercise.dose_sources:
        yield f"    {one.quality}: {one.dose} ({one.source})"
    if not exercise.dose_sources:
        yield "    No source gives a dose."
    limits = exercise.limits.model_dump(exclude_none=True)
    yield "  At most: " + ", ".join(f"{part} {value}" for part, value in limits.items())
    if changed := sorted((loaded.written.value["shelf"].get("exercises") or {}).get(name) or {}):
        yield f"  In your own words: {', '.join(changed)}"


def _check_alone(
    changed: str | None, loaded: LoadedContent, name: str, record: dict[str, Any]
) -> None:
    """See that the record is all that differs, as the file will be read.

    Raises:
        ContentError: the file is laid out in a way that this can't change.

    """
    written = loaded.written
    shelf = written.value["shelf"]
    signed = {**(shelf.get("signed") or {}), name: record}
    expected = {**written.value, "shelf": {**shelf, "signed": signed}}
    if not reads_as((changed or "").encode(), written.file, expected):
        raise ContentError.because(
            "the record can't be written into the file as it is laid out",
            why="something else would change",
            mend='write "shelf:" as docs/clinician.md does: its keys below one another',
            place=loaded.place(("shelf",), key=True),
        )
