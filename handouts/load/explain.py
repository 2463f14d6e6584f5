"""From a validation error to a finding that a person can act on."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, Protocol, get_args

from pydantic import BaseModel

from handouts.basics.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic_core import ErrorDetails

    from handouts.models.base import Path

MOST_FINDINGS = 100
"""More than anybody mends at once; a damaged file could hold hundreds of thousands."""
_LONGEST_ECHO = 48
_LONGEST_WORD = 100
_MOST_COMPARED = 500
"""To compare a word with so many takes 10 ms."""
_NOTHING = (None, (), "")


class Places(Protocol):
    """Knows where each value and key was written: in a file, or in a front's setting."""

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Say where the value (or the key) at the path stands."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the nearest of the known words, or all of them where they are few."""
    known = sorted(known)
    word = word[:_LONGEST_WORD]
    like = known if len(known) <= _MOST_COMPARED else [one for one in known if one[:2] == word[:2]]
    near = difflib.get_close_matches(word, like[:_MOST_COMPARED], n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(f'"{name}"' for name in near) + "?"
    if not known:
        return "none is defined yet"
    if len(known) <= 24:
        return "write one of: " + ", ".join(known)
    return "see the names with: handouts list"


def explain_all(
    errors: Sequence[ErrorDetails],
    source: Places,
    root: type[BaseModel],
    private: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """Turn pydantic's errors into findings, as ``explain`` does: the first ones, where many are."""
    cut = {
        error["loc"][:-1]
        for error in errors
        if error["type"] == "extra_forbidden" and _reads_like_text(str(error["loc"][-1]), ())
    }
    errors = [one for one in errors if one["type"] != "missing" or one["loc"][:-1] not in cut]
    found = [explain(error, source, root, private) for error in errors[:MOST_FINDINGS]]
    more = len(errors) - len(found)
    if more > 0:
        what = f"there are {more:,} more errors"
        found.append(
            Finding(what, "only the first are shown", "mend those first", source.place(()))
        )
    return tuple(found)


def explain(
    error: ErrorDetails,
    source: Places,
    root: type[BaseModel],
    private: frozenset[str] = frozenset(),
) -> Finding:
    """Turn one of pydantic's errors into a finding with its place.

    What was written below a key of ``private`` is not repeated.
    """
    at = tuple(error.get("ctx", {}).get("at", ()))
    path: Path = (*error["loc"], *at)
    kind = error["type"]
    bad_key = bool(path) and path[-1] == "[key]"
    if bad_key:
        path = path[:-1]
    name = str(path[-1]) if path else "the file"
    place = source.place(path, key=bad_key or bool(at) or kind in {"extra_forbidden", "missing"})
    if kind == "extra_forbidden":
        fields = _fields_at(root, path[:-1])
        if _reads_like_text(name, fields):
            return Finding(*_COLON_IN_TEXT, place)
        return Finding(
            f"unknown key {_echo(name)}",
            "nothing would be printed",
            did_you_mean(name, fields),
            place,
        )
    if kind == "missing":
        return Finding(
            f'"{name}" is missing',
            "this part can't be printed without it",
            f'add a line "{name}: …" below this one',
            place,
        )
    if kind in {"string_type", "model_type"} and _is_cut_at_colon(error["input"]):
        return Finding(*_COLON_IN_TEXT, source.place((*path, next(iter(error["input"]))), key=True))
    what, why, mend = _wording(error, name, is_key=bad_key)
    own = private.intersection(map(str, path)) and kind != "personal"
    if own and error["input"] not in _NOTHING:
        what, why = f"{_label(name)} is not right", "it is the patient's own: not repeated here"
    return Finding(what, why, mend, place)


_COLON_IN_TEXT = (
    "a colon stands in the text",
    "what is before a colon is read as a key",
    "put quotes around the whole text",
)


def _reads_like_text(name: str, fields: Iterable[str]) -> bool:
    """Say whether an unknown key is rather the beginning of a text that goes on behind a colon."""
    known = list(fields)
    if not name.isprintable():
        return False
    if difflib.get_close_matches(name.lower().replace(" ", "_"), known, n=1, cutoff=0.7):
        return False
    return " " in name or name[:1].isupper() or not name.isascii()


def _is_cut_at_colon(given: object) -> bool:
    return isinstance(given, dict) and len(given) == 1 and _reads_like_text(next(iter(given)), ())


def _wording(error: ErrorDetails, name: str, *, is_key: bool) -> tuple[str, str, str]:
    kind = error["type"]
    context = error.get("ctx", {})
    given = error["input"]
    if kind == "too_long" and isinstance(given, str):
        kind = "string_too_long"
    if kind == "unknown_id":
        wanted, value = str(context["kind"]), str(context["value"])
        return (
            f"there is no {wanted} called {_echo(value)}",
            "",
            did_you_mean(value, context["known"]),
        )
    if kind == "unreadable":
        return f"{_label(name)}: {context['why']}", "", str(context.get("mend", ""))
    if kind in {"personal", "value_error"}:
        what = context.get("what", context.get("error", error["msg"]))
        return f"{_label(name)}: {what}", "", str(context.get("mend", ""))
    if kind in _CHOICES:
        return _choice_wording(error, name)
    if kind == "string_pattern_mismatch":
        return _pattern_wording(str(context["pattern"]), name, given, is_key=is_key)
    what = f"{_label(name)} is {_echo(given)}"
    if given is None or given == ():
        what = f"{_label(name)} is empty"
    return what, "", _SIMPLE.get(kind, error["msg"]).format(**context)


_CHOICES = {"enum": "expected", "literal_error": "expected", "union_tag_invalid": "expected_tags"}


def _choice_wording(error: ErrorDetails, name: str) -> tuple[str, str, str]:
    context = error.get("ctx", {})
    given = context.get("tag", error["input"])
    name = str(context.get("discriminator", name)).strip("'")
    choices = str(context[_CHOICES[error["type"]]]).replace("'", "").replace(" or ", ", ")
    mend = did_you_mean(str(given), choices.split(", "))
    return f"{_label(name)} can't be {_echo(given)}", "", mend


_SIMPLE = {
    "string_type": "write text; a number, or a value that starts with #, goes in quotes",
    "string_too_short": "write at least one letter, or take the line out",
    "string_too_long": "write at most {max_length} letters",
    "int_type": "write a whole number without quotes",
    "int_parsing": "write a whole number without quotes",
    "int_from_float": "write a whole number",
    "greater_than_equal": "write {ge} or more",
    "greater_than": "write more than {gt}",
    "float_parsing": "write a number without quotes",
    "float_type": "write a number without quotes",
    "less_than_equal": "write {le} or less",
    "bool_type": "write true or false",
    "date_type": "write the day as year-month-day, like 2026-11-22",
    "date_parsing": "write the day as year-month-day, like 2026-11-22",
    "date_from_datetime_parsing": "write the day as year-month-day, like 2026-11-22",
    "date_from_datetime_inexact": "write the day alone, like 2026-11-22",
    "tuple_type": "write a list: one line each, starting with a hyphen",
    "mapping_type": "write keys below it, each with a colon",
    "dict_type": "write keys below it, each with a colon",
    "model_type": "write keys below it, each with a colon",
    "too_short": "give at least {min_length}",
    "too_long": "give at most {max_length}",
}


def _pattern_wording(
    pattern: str, name: str, given: object, *, is_key: bool
) -> tuple[str, str, str]:
    label = "the name" if is_key else _label(name)
    what = f"{label} can't be {_echo(given)}"
    if pattern.startswith("^#"):
        return what, "it is no colour", 'write six hex digits in quotes, like "#0f5c63"'
    if pattern.startswith("^https"):
        return what, "it is no web address", "write it with https:// in front"
    if pattern.startswith("^10"):
        return what, "it is no DOI", "write it without https://doi.org/, like 10.1000/xyz"
    if "[0-9a-f]{12}" in pattern:
        return what, "it is no fingerprint", "write twelve zeros, then: handouts approve"
    if pattern.startswith("^[a-z]{2,3}"):
        return what, "it is no language tag", "write it like en-US"
    return what, "it names files and places", "use small letters, digits and hyphens"


def _label(name: str) -> str:
    return f"item {int(name) + 1}" if name.isdigit() else f'"{name}"'


def _echo(given: object) -> str:
    if isinstance(given, tuple):
        return "a list"
    if isinstance(given, dict):
        return "a set of keys"
    text = str(given)
    if isinstance(given, bool):
        text = text.lower()
    short = text if len(text) <= _LONGEST_ECHO else text[: _LONGEST_ECHO - 1] + "…"
    return f'"{short}"'


def _fields_at(root: type[BaseModel], path: Path) -> list[str]:
    """Name the keys that the model at the path knows."""
    annotation: Any = root
    for step in path:
        model = _model_in(annotation)
        if model is not None and step in (fields := _keys(model)):
            annotation = fields[str(step)]
    model = _model_in(annotation)
    return list(_keys(model)) if model else []


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    """Name a model's keys as they are written, each with its annotation."""
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation))
    return next((model for model in found if model), None)
