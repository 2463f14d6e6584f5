"""A sheet's exercises and doses as a programme of the clinic's: one entry more in its content."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.settings import Setting, named
from handouts.load.content import load_content
from handouts.load.yaml_insert import reads_as, with_entry
from handouts.models.base import ID_PATTERN
from handouts.models.dose import DoseParts
from handouts.prescribe.doses import past_limits
from handouts.prescribe.saved import written_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.jobs.sheet_request import SheetRequest
    from handouts.load.content import LoadedContent
    from handouts.models.exercises import Exercise
    from handouts.models.prescription import PatientSheet, Prescribed

LONGEST_ID = 60
_SETTING = named(Setting.AS_PROGRAMME)
_SHORTEST_WORD = 3


def unfit_ids(id_: str, loaded: LoadedContent) -> Iterator[Finding]:
    """Find that a programme can't have an id, or that the content has one of it."""
    place = Place(file=_SETTING)
    if not re.match(ID_PATTERN, id_) or len(id_) > LONGEST_ID:
        what = f"a programme's id has small letters, digits and hyphens, {LONGEST_ID} at most"
        yield Finding(what, "", "write it like gentle-start", place)
    elif id_ in loaded.content.programmes:
        where = loaded.place(("programmes", id_), key=True)
        why = f"it stands in {where}, and would be written over"
        yield Finding(f"there is a programme {id_}", why, "give another id", place)


def refuse_personal(id_: str, sheet: PatientSheet, loaded: LoadedContent) -> None:
    """Refuse what is one patient's alone in a sheet that is to be a programme.

    Raises:
        ContentError: with every finding; none names the patient.

    """
    if findings := tuple(_personal(id_, sheet, loaded)):
        raise ContentError(Report(findings))


def content_with_programme(
    before: bytes, loaded: LoadedContent, sheet: PatientSheet, request: SheetRequest
) -> bytes:
    """Give the content's file with a programme more, which ``check`` has nothing against.

    ``before`` is what the file holds.

    Nothing personal is in it: no name, note, goal or word of the patient's own. All else in the
    file stays as it is, byte by byte.

    Raises:
        ContentError: the sheet holds what no programme can, or the file can't be written so.
        HandoutsError: the content would not pass the check.

    """
    from handouts.jobs.check import CheckRequest, look_through  # noqa: PLC0415 - seldom needed
    from handouts.jobs.progress import unseen  # noqa: PLC0415 - seldom needed

    id_ = str(request.as_programme)
    entry: dict[str, Any] = {
        "name": id_.replace("-", " ").capitalize(),
        "exercises": [item.exercise for item in sheet.exercises],
    }
    doses = {item.exercise: _differing(item, loaded) for item in sheet.exercises}
    if doses := {name: parts for name, parts in doses.items() if parts}:
        entry["doses"] = doses
    text = before.decode(errors="replace")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    changed = with_entry(text.removeprefix(mark), ("programmes",), id_, entry)
    data = (mark + (changed or "")).encode()
    now = _as_it_will_be_read(data, request, loaded, entry)
    _refuse_other_doses(now, sheet, id_)
    look_through(
        now,
        CheckRequest(request.content, strict=request.strict),
        unseen,
    )
    return data


def _personal(id_: str, sheet: PatientSheet, loaded: LoadedContent) -> Iterator[Finding]:
    """Find what is one patient's alone, or let pass for one patient alone."""
    place = Place(file=_SETTING)
    if _words(sheet.patient) & set(id_.split("-")):
        what = "the programme's id holds a word of the patient's name"
        yield Finding(what, "no patient is named in the content", "give another id", place)
    for item in sheet.exercises:
        exercise = loaded.content.exercises[item.exercise]
        if item.dose.as_needed not in {None, exercise.dose.as_needed}:
            yield Finding(
                f"{item.exercise}: when it is needed is said in words for this patient",
                "a programme would lack them, and its dose would mean something else",
                f"take as_needed out, or {_SETTING}",
                place,
            )
        if item.dose.held not in {None, exercise.dose.held}:
            yield Finding(
                f"{item.exercise}: where the band or the weight goes is said for this patient",
                "a programme would lack it",
                f"take held out, or {_SETTING}",
                place,
            )
        for passed in past_limits(exercise, item.dose):
            why = "a reason is for one patient, and a programme for all"
            mend = f"{passed.mend}, or take {_SETTING} out"
            yield Finding(f"{item.exercise}: {passed.what}", why, mend, place)


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return {word for word in re.findall(r"[a-z]+", plain) if len(word) >= _SHORTEST_WORD}


def _differing(item: Prescribed, loaded: LoadedContent) -> dict[str, Any]:
    """Give the parts of a dose that are not the exercise's own, as a file holds them."""
    exercise = loaded.content.exercises[item.exercise]
    own = exercise.dose.model_copy(update={"side": None})
    whole = item.dose.filled()
    parts = {
        name: value for name, value in whole.given.items() if getattr(own, name, None) != value
    }
    if _as_programme_says(exercise, parts) != whole:
        parts = whole.given
    return {name: written_part(value) for name, value in parts.items()}


def _as_programme_says(exercise: Exercise, parts: dict[str, Any]) -> object:
    """Give the dose that a programme with these parts gives a patient."""
    own = exercise.dose.model_copy(update={"side": None})
    return own.changed_by(DoseParts.model_construct(**parts)).filled()


def _as_it_will_be_read(
    data: bytes, request: SheetRequest, loaded: LoadedContent, entry: dict[str, Any]
) -> LoadedContent:
    """Give the content that a changed file holds: what it held, and the programme beside.

    Raises:
        ContentError: it would hold something else.

    """
    before = loaded.written
    programmes = {**(before.value.get("programmes") or {}), request.as_programme: _tuples(entry)}
    if not reads_as(data, before.file, {**before.value, "programmes": programmes}):
        raise ContentError.because(
            "the programme can't be written into the file as it is laid out",
            why="something else would change",
            mend="write programmes as the sample does: keys below one another; or, if another "
            "program has changed the file meanwhile, give the command again",
            place=loaded.place(("programmes",), key=True),
        )
    return load_content(request.content, data)


def _refuse_other_doses(now: LoadedContent, sheet: PatientSheet, id_: str) -> None:
    """See that a patient who gets the programme gets these doses.

    Raises:
        ContentError: a dose would be another one.

    """
    doses = now.content.programmes[id_].doses
    for item in sheet.exercises:
        said = doses.get(item.exercise)
        dose = _as_programme_says(
            now.content.exercises[item.exercise], said.given if said is not None else {}
        )
        if dose != item.dose.filled():
            raise ContentError.because(
                f"{item.exercise}: no programme can give this dose",
                why="it lacks a part that the exercise's own dose has",
                mend=f"take {_SETTING} out, or give the whole dose",
                place=Place(file=_SETTING),
            )


def _tuples(tree: Any) -> Any:
    """Give lists as the reader of YAML does."""
    if isinstance(tree, dict):
        return {key: _tuples(value) for key, value in tree.items()}
    return tuple(map(_tuples, tree)) if isinstance(tree, list) else tree
