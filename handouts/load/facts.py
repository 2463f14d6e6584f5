"""Facts that stand once in the content, and are named in its texts: the clinic's phone, for one.

A number that is typed in five places is changed in four of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handouts.basics.findings import Finding
from handouts.load.explain import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.load.yaml_source import YamlSource
    from handouts.models.base import Path

_NAMED = re.compile(r"(?<!\{)\{([a-z_]{2,20})\}(?!\})")
"""A fact's name; what else stands in braces is printed as it is."""
_PLACES: Mapping[str, tuple[str, ...]] = {
    "clinic": ("clinic", "name"),
    "phone": ("clinic", "phone"),
    "address": ("clinic", "address"),
    "hours": ("clinic", "hours"),
    "when_closed": ("clinic", "when_closed"),
    "emergency": ("clinic", "jurisdiction", "emergency"),
}
"""Where each fact stands in the content, by the name that texts call it by."""
_NAMES = "|".join(_PLACES)
_NEARLY_NAMED = re.compile(rf"\{{\s*({_NAMES})\b\s*\}}?|(?<![{{\w])({_NAMES})\}}", re.IGNORECASE)
"""A fact's name with a brace at least: one may be missing, or a space or a big letter too many."""
_A_TEXT = "when_closed"
"""The fact that is a text, and may itself name the others."""
_MAY_BE_LEFT_OUT = frozenset({"emergency", "when_closed"})
_SIDES = frozenset({"left", "right"})
"""Named in exercises: they change places on a sheet for the other side."""


class _Filling:
    """Fills a tree of values from YAML."""

    def __init__(self, source: YamlSource) -> None:
        self.source = source
        self.facts = {name: _fact(source.value, path) for name, path in _PLACES.items()}
        if text := self.facts[_A_TEXT]:
            self.facts[_A_TEXT] = _NAMED.sub(self._other_fact, text)
        self.findings: list[Finding] = []

    def filled(self, value: Any, path: Path) -> Any:
        if path[:1] == ("testimonials",) or path[-1:] == ("excerpt",):
            return value  # a patient's words are printed letter by letter, braces and all
        if isinstance(value, dict):
            return {key: self.filled(one, (*path, key)) for key, one in value.items()}
        if isinstance(value, tuple):
            return tuple(self.filled(one, (*path, number)) for number, one in enumerate(value))
        if isinstance(value, str) and (path == _PLACES[_A_TEXT] or path not in _PLACES.values()):
            self._look_for_near_names(value, path)
            return _NAMED.sub(lambda found: self._word(found, path), value)
        return value

    def _look_for_near_names(self, text: str, path: Path) -> None:
        for found in _NEARLY_NAMED.finditer(text):
            meant = f"{{{(found[1] or found[2]).lower()}}}"
            if found[0] != meant:
                what = f"{found[0]} is nearly {meant}, and would be printed as it is"
                self._find(path, what, f"write {meant}")

    def _other_fact(self, found: re.Match[str]) -> str:
        fact = self.facts.get(found[1]) if found[1] != _A_TEXT else None
        return found[0] if fact is None else fact

    def _word(self, found: re.Match[str], path: Path) -> str:
        name = found[1]
        in_exercise = path[0] == "exercises"
        if name in _SIDES and in_exercise:
            return found[0]
        if path == _PLACES.get(name):
            self._find(path, f"{found[0]} stands in its own text", "take it out")
        elif name not in self.facts:
            known = (*self.facts, *(_SIDES if in_exercise else ()))
            self._find(path, f"there is no {found[0]}", did_you_mean(name, known))
        elif (fact := self.facts[name]) is None:
            if name not in _MAY_BE_LEFT_OUT:
                return found[0]  # that it is missing is told at its own place
            *above, key = _PLACES[name]
            self._find(path, f"{found[0]} has no value", f"write {key}: below {'.'.join(above)}")
        else:
            return fact
        return found[0]

    def _find(self, path: Path, what: str, mend: str) -> None:
        why = "words in braces are filled in from the clinic's details"
        self.findings.append(Finding(what, why, mend, self.source.place(path)))


def filled_in(source: YamlSource) -> tuple[Any, tuple[Finding, ...]]:
    """Give the content's values with each fact in its place, and what can't be filled in."""
    filling = _Filling(source)
    return filling.filled(source.value, ()), tuple(filling.findings)


def _fact(value: Any, path: tuple[str, ...]) -> str | None:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, tuple):
        value = ", ".join(map(_line, value))
    return str(value) if value is not None else None


def _line(line: Any) -> str:
    """Write a line of an address, or of the opening hours."""
    return " ".join(map(str, line.values())) if isinstance(line, dict) else str(line)


def texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Give each text of a tree of values with its path."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, (*path, key))
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from texts(one, (*path, number))
    elif isinstance(value, str):
        yield path, value
