"""A prescription kept as a file: the same sheet again, and what has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import yaml

from handouts.basics.findings import Finding, Severity
from handouts.models.dose import DoseParts
from handouts.models.dose_amounts import Amount, BySide
from handouts.models.exercises import Posture
from handouts.models.prescription import MadeFrom
from handouts.prescribe.own_exercise import on_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.basics.choices import Side
    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer
    from handouts.models.exercises import Exercise
    from handouts.models.prescription import PatientSheet

_DOSE = {"dose", "limits", "clinic_defaults", "repetition_takes"}
_LATER = set(DoseParts.model_fields) - {
    "hold", "repetitions", "sets", "rest", "times_a_day", "days_a_week", "side",
}  # fmt: skip
_DRAWINGS = {"drawings", "pictures"}
_LATER_IN_DRAWINGS: dict[str, Any] = {
    "crop": None, "ghost": None, "lifted": [], "wrong": False, "looks_at_cm": None,
    "breath": {"chest_cm": 0.0, "belly_cm": 0.0}, "jaw": {"open_mm": 0.0}, "glide_cm": 0.0,
    "nod_upper": 0.0, "nod_lower": 0.0, "squeeze": 0.0, "leaned_on": False, "place_cm": None,
    "with_": "palm",
}  # fmt: skip
"""What poses did not have at first, as it is where nobody says it."""
_CURL_AT_FIRST = 18.0
"""Of the fingers of a hand that reaches, where nobody said it."""
_UNPRINTED: dict[str, Any] = {
    "stop_at_pain": True,
    "either_side": True,
    "anatomical_name": True,
    "dose_sources": True,
    "tags": True,
    "drawings": {"__all__": {"steps"}},
    "pictures": {"__all__": {"steps"}},
}
"""What says of an exercise how it may change, and nothing that is on the sheet."""


class _Dumper(yaml.SafeDumper):
    """Writes a value that stands in two places twice: the reader takes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


_DOUBTFUL = frozenset("\"'#“”„«»‘’‚\n")
"""Signs for which the reader of YAML asks whether a text was meant so, unless it is quoted."""


def _written_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if _DOUBTFUL & set(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _written_text)


def saved(sheet: PatientSheet, loaded: LoadedContent) -> bytes:
    """Write a prescription so that it prints the same sheet again.

    Every dose is written out, so that a later change of the content's own doses does not
    change this patient's.
    """
    exercises = [
        {
            "exercise": item.exercise,
            **{name: written_part(value) for name, value in item.dose.filled().given.items()},
            **({"note": item.note} if item.note else {}),
            **({"changes": item.changes.written()} if item.changes else {}),
        }
        for item in sheet.exercises
    ]
    tree = {
        "patient": sheet.patient,
        "date": sheet.given_on,
        "clinician": sheet.clinician,
        "exercises": exercises,
        "order": str(sheet.order) if sheet.order is not None else None,
        "goal": sheet.goal,
        "notes": sheet.notes,
        "next_visit": sheet.next_visit,
        "edition": str(sheet.edition),
        "language": loaded.content.language,
        "paper": str(sheet.paper),
        "layout": str(sheet.layout),
        "log_weeks": sheet.log_weeks if sheet.log_weeks_said else None,
        "log": [str(one) for one in sheet.log] or None,
        "beyond_limits": [one.model_dump(mode="json") for one in sheet.beyond_limits] or None,
        "made_from": {
            item.exercise: made_from(
                loaded.content.exercises[item.exercise], item.dose.side
            ).model_dump()
            for item in sheet.exercises
        },
    }
    text = yaml.dump(
        {key: value for key, value in tree.items() if value is not None},
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )
    return ("# To print it again: handouts sheet THIS-FILE\n" + text).encode()


def written_part(value: object) -> Any:
    """Give a part of a dose as plain data, as a file holds it."""
    if isinstance(value, Amount):
        return {name: written_part(part) for name, part in value.given.items()}
    if isinstance(value, BySide):
        return {"left": written_part(value.left), "right": written_part(value.right)}
    if isinstance(value, Mapping):
        return {str(key): written_part(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [written_part(part) for part in value]
    text = str(value)
    return int(text) if text.isdecimal() else text


def made_from(exercise: Exercise, side: Side | None) -> MadeFrom:
    """Give the digests of an exercise as it is now, on the side for which it is given."""
    shown = on_side(exercise, side)
    parts = _known_then(shown.model_dump(mode="json", exclude=_UNPRINTED))
    parts["drawings"] = _as_first_drawn(parts["drawings"])
    if not exercise.ask_first:
        del parts["ask_first"]  # which exercises did not have at first
    if exercise.posture is Posture.SUPINE:
        parts["posture"] = "lying"  # its name when it was the only way to lie, in the same words

    def digest(names: set[str]) -> str:
        chosen = {name: part for name, part in parts.items() if name in names}
        return hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()[:8]

    return MadeFrom(
        words=digest(set(parts) - _DOSE - _DRAWINGS), drawings=digest(_DRAWINGS), dose=digest(_DOSE)
    )


def _known_then(tree: Any) -> Any:
    """Leave out what is not given of the parts that doses did not have at first.

    So the digest of an exercise that has none of them is what it was.
    """
    if isinstance(tree, dict):
        return {
            key: _known_then(value)
            for key, value in tree.items()
            if value is not None or key not in _LATER
        }
    return [_known_then(value) for value in tree] if isinstance(tree, list) else tree


def _as_first_drawn(tree: Any) -> Any:
    """Write drawings as they were dumped at first, so that what nobody changed has its digest."""
    if isinstance(tree, list):
        return [_as_first_drawn(value) for value in tree]
    if not isinstance(tree, dict):
        return tree
    kept = {
        key: _as_first_drawn(value)
        for key, value in tree.items()
        if key not in _LATER_IN_DRAWINGS or value != _LATER_IN_DRAWINGS[key]
    }
    if "hand" in kept and kept.get("curl") is None:
        kept["curl"] = _CURL_AT_FIRST
    if "props" in kept:
        kept["props"] = [{"at": None, **prop} for prop in kept["props"]]
    return kept


def changed_since(layer: Layer, loaded: LoadedContent) -> Iterator[Finding]:
    """Find the exercises that content.yaml changed since the prescription was saved."""
    for name, then in layer.prescription.made_from.items():
        exercise = loaded.content.exercises.get(name)
        if exercise is None:
            continue
        sides = (item.side for item in layer.prescription.exercises if item.exercise == name)
        now = made_from(exercise, next(sides, None))
        changed = [
            part for part in MadeFrom.model_fields if getattr(now, part) != getattr(then, part)
        ]
        if changed:
            yield Finding(
                f"{name} was changed in the content since this was saved: its {', '.join(changed)}",
                "the sheet prints the words and drawings of today, and the dose that was saved",
                "read the sheet before you hand it over; save it again to take the change over",
                layer.place("made_from", name),
                Severity.WARNING,
            )
