"""A prescription in: from a file or from choices that a front took, checked against the content."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.settings import Setting, named
from handouts.load.explain import explain_all
from handouts.load.own_changes import changes_from_texts
from handouts.load.shelf import how_to_take
from handouts.load.yaml_source import read_yaml, read_yaml_text
from handouts.models.content import REFERENCED
from handouts.models.dose_days import TimeOfDay
from handouts.models.prescription import PRIVATE_FIELDS, Prescription

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path as FilePath

    from handouts.load.content import LoadedContent
    from handouts.load.explain import Places
    from handouts.models.base import Path

_MISSING = "name the right file; words of one option that belong together stand in quotes"
SHORT_PARTS = {
    "reps": "repetitions",
    "times": "times_a_day",
    "days": "days_a_week",
    "at": "times_of_day",
    "when": "as_needed",
    "pain": "pain_up_to",
    "stop": "stop_after_weeks",
}
"""What a clinician may type for a part of a dose."""
_UNKNOWN_EXERCISE = re.compile(r'there is no exercise called "([a-z0-9-]+)"')
_NEXT_PART = re.compile(r",(?=\s*[\w.-]+\s*=)|,\s*$|^,")
"""A comma before the next part: one in the words of a part is no end of it."""
_REASON = re.compile(r"([^:=\s]+)\s*:\s*([A-Za-z_-]+)\s*=\s*([^:=]+?)\s*:\s*(\S.*)", re.DOTALL)
LIKE_A_REASON = "levator-scapulae-stretch:hold=40s: tolerated well since October"
"""How a reason to go past a limit is written."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a prescription, and where its parts were written."""

    prescription: Prescription
    places: Places
    kept: bool = False
    """Whether a file holds it, which may be used on another day."""
    only_changed: frozenset[str] = frozenset()
    """Exercises that it changes and does not put on the sheet."""

    def place(self, *path: str | int) -> Place:
        """Say where the value at the path was written."""
        return self.places.place(path)

    def without(self, keys: Iterable[str]) -> Layer:
        """Give the layer as if the keys were not written."""
        unsaid = {key: Prescription.model_fields[key].default for key in keys}
        return replace(self, prescription=self.prescription.model_copy(update=unsaid))


@dataclass(frozen=True, slots=True)
class _Choices:
    """Where choices stand that no file holds: in the setting that gave them."""

    exercises: tuple[str, ...]
    names: tuple[str, ...] = ()
    """Of all exercises, those behind that are only changed among them."""

    def place(self, path: Path, *, key: bool = False) -> Place:
        del key
        if path[:1] == ("exercises",) and len(path) > 1:
            index = int(path[1])
            if index >= len(self.exercises) or path[2:3] in {("changes",), ("note",)}:
                return Place(file=f"{named(Setting.CHANGES)} {self.names[index]}")
            return _exercise_place(self.exercises[int(path[1])])
        return Place(file=named(Setting(str(path[0]))) if path else "")


def _exercise_place(written: str) -> Place:
    return Place(file=f"{named(Setting.EXERCISES)} {written.partition(':')[0]}".strip())


def prescription_from_file(given: FilePath | bytes, loaded: LoadedContent) -> Layer:
    """Read a prescription's file, or what standard input held of one.

    Raises:
        ContentError: with every finding; none repeats what is the patient's own.

    """
    if isinstance(given, bytes):
        source = read_yaml_text(given, "standard input")
    else:
        source = read_yaml(given, missing=_MISSING)
    if not isinstance(source.value, dict):
        place = Place(file=source.file, line=1, column=1)
        finding = Finding("the file holds no prescription", "", "see docs/clinician.md", place)
        raise ContentError(Report((*source.doubts, finding)))
    layer = replace(_layer(source.value, source, loaded, source.doubts), kept=True)
    if source.doubts:
        raise ContentError(Report(source.doubts).ordered())
    return layer


def prescription_from_choices(
    values: Mapping[str, Any],
    exercises: tuple[str, ...],
    loaded: LoadedContent,
    changes: tuple[str, ...] = (),
) -> Layer:
    """Read a prescription from choices that a front took.

    ``values`` are those that were made, by the prescription's key; ``exercises`` each an id with
    the parts of its dose that change: ``levator-scapulae-stretch:hold=20s,reps=3,side=left``.
    ``changes`` are those of their words: ``levator-scapulae-stretch:step6=Come back slowly.``.

    Raises:
        ContentError: with every finding.

    """
    findings: list[Finding] = []
    written = []
    for text in exercises:
        values_of_one, troubles = exercise_from_text(text)
        written.append(values_of_one)
        mend = "write it like levator-scapulae-stretch:hold=20s,reps=3,side=left"
        findings += [Finding(what, "", mend, _exercise_place(text)) for what in troubles]
    tree = {key: _composed(value) for key, value in values.items()}
    if (reasons := values.get("beyond_limits")) is not None:
        read = [reason_from_text(str(_composed(text))) for text in reasons]
        tree["beyond_limits"] = tuple(filter(None, read))
        if None in read:
            what = "a reason is for one value of one exercise"
            mend = f'write it like "{LIKE_A_REASON}"'
            findings.append(Finding(what, "", mend, Place(file=named(Setting.BEYOND_LIMITS))))
    changed, faults, not_there = changes_from_texts(changes, loaded.content.exercises)
    findings += faults
    for item in written:
        if (more := changed.pop(item["exercise"], None)) is not None:
            item.update(more.keys())
    written += [{"exercise": name, **more.keys()} for name, more in changed.items()]
    names = tuple(item["exercise"] for item in written)
    tree = {
        **tree,
        "exercises": tuple(written),
    }
    findings += not_there if findings else ()
    layer = _layer(tree, _Choices(exercises, names), loaded, tuple(findings))
    if findings:
        raise ContentError(Report(tuple(findings)))
    return replace(layer, only_changed=frozenset(changed))


def _composed(value: Any) -> Any:
    """Compose letters and their marks (NFC), as the reader of files does."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def exercise_from_text(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Take apart ``ID:part=value,part=value``: the keys of an exercise, and what is wrong."""
    name, _, parts = text.partition(":")
    values: dict[str, Any] = {"exercise": name.strip()}
    troubles = []
    for part in filter(None, _NEXT_PART.split(parts)):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        *within, key = key.split(".")
        key = SHORT_PARTS.get(key, key.replace("-", "_"))
        if key == "note":  # the rest may be the note's own commas, and is the patient's own
            change = named(Setting.CHANGES, f'"{name.strip()}:note=…"')
            troubles.append(f"a note is no part of a dose; give it with {change}")
            break
        if not (key and equals and value):
            troubles.append(f'"{part}" is no change of a dose')
        elif (place := _within(values, within)) is None:
            troubles.append(f'"{".".join(within)}" is no side, no time of day and no weeks')
        elif key in place:
            troubles.append(f'"{".".join((*within, key))}" is given twice')
        else:
            place[key] = value
    return _as_in_a_file(values), tuple(troubles)


def _within(values: dict[str, Any], within: list[str]) -> dict[str, Any] | None:
    """Give where a part stands: in the dose, or in that of a side, a time of day or some weeks."""
    if not within:
        return values
    name = within[0].strip().lower()
    if len(within) > 1:
        return None
    if name in {"left", "right"}:
        split = "by_side"
    elif name in set(TimeOfDay):
        split = "each_time"
    elif name.startswith("week"):
        split, name = "phases", name.lstrip("wek").lstrip("s-").strip()
    else:
        return None
    here: dict[str, Any] = values.setdefault(split, {}).setdefault(name, {})
    return here


def _as_in_a_file(values: dict[str, Any]) -> dict[str, Any]:
    """Put parts with dots in their names into the keys that a file has for them."""
    each = values.pop("each_time", {})
    if each:
        named = re.split(r"\s*[/+&]\s*", str(values.get("times_of_day", "")).strip())
        both = [*filter(None, named), *each]
        values["times_of_day"] = {name: each.get(name, {}) for name in both}
    if "phases" in values:
        values["phases"] = tuple(
            {"weeks": weeks, **parts} for weeks, parts in values["phases"].items()
        )
    return values


def reason_from_text(text: str) -> dict[str, str] | None:
    """Take apart ``ID:part=value: why``; None where it is not written so."""
    found = _REASON.fullmatch(text.strip())
    if found is None:
        return None
    exercise, part, value, reason = found.groups()
    part = SHORT_PARTS.get(part.lower(), part.lower().replace("-", "_"))
    return {"exercise": exercise, "part": part, "value": value, "reason": reason}


def _layer(
    tree: dict[str, Any], places: Places, loaded: LoadedContent, found: tuple[Finding, ...]
) -> Layer:
    try:
        prescription = Prescription.model_validate(tree, context={"ids": known_ids(loaded)})
    except ValidationError as error:
        findings = (
            _told_of_the_shelf(one, loaded)
            for one in explain_all(error.errors(), places, Prescription, PRIVATE_FIELDS)
        )
        raise ContentError(Report((*found, *findings)).ordered()) from error
    return Layer(prescription, places)


def _told_of_the_shelf(finding: Finding, loaded: LoadedContent) -> Finding:
    """Say of an exercise that the content does not have how it is taken from the shelf."""
    unknown = _UNKNOWN_EXERCISE.fullmatch(finding.what)
    mend = how_to_take(loaded.folder, unknown[1]) if unknown else None
    return finding if mend is None else replace(finding, mend=mend)


def known_ids(loaded: LoadedContent) -> dict[str, set[str]]:
    """Name what the content defines, by kind, as a prescription is checked against it."""
    ids: dict[str, set[str]] = {}
    for kind, keys in REFERENCED.items():
        part: Any = loaded.content
        for key in keys:
            part = getattr(part, key)
        ids[kind] = set(part)
    return ids
