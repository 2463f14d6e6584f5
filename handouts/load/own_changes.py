"""What is changed in exercises, as a front's words say it: ``ID:PART=TEXT``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handouts.basics.findings import Finding, Place
from handouts.basics.settings import Setting, named
from handouts.models.base import ID_PATTERN
from handouts.models.personal import line_fault, text_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handouts.models.exercises import Exercise

LEFT_OUT, OWN_AGAIN = "-", "+"
"""In place of words: the line is left out; the content's own is printed again."""
LIKE_A_CHANGE = 'write it like "suboccipital-release:step2=Put the ball where it feels sore."'
_PARTS = "step and its number, mistake and its number, equipment, stop-if or note"
_CHANGE = re.compile(r"([^:=]+):([^:=]+)=(.*)", re.DOTALL)
_PART = re.compile(
    r"(?:(step|mistake)s?[ -]?(\d{1,3})|(equipment|stop[-_ ]if|note))\s*(\+\s*drawings)?"
)
_MANY = {"equipment", "stop if"}
"""Parts that may be said several times."""
_KINDS = {"step": "steps", "mistake": "mistakes"}


def part_to_change(word: str) -> str | None:
    """Give the name of a part that a change may name: "Step 4" is step4; None for any other."""
    found = _PART.fullmatch(word.strip().lower())
    if found is None:
        return None
    return _what(found).replace(" ", "" if found[1] else "-") + ("+drawings" if found[4] else "")


@dataclass
class WrittenChanges:
    """The changes of one exercise, as a file holds them."""

    note: str | None = None
    tree: dict[str, Any] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    """Those that were said, to see one that is said twice."""

    def keys(self) -> dict[str, Any]:
        """Give the keys of an exercise in a prescription."""
        keys: dict[str, Any] = {"changes": self.tree} if self.tree else {}
        return keys if self.note is None else {**keys, "note": self.note}


def changes_from_texts(
    texts: Iterable[str], known: Mapping[str, Exercise] | None = None
) -> tuple[dict[str, WrittenChanges], tuple[Finding, ...], tuple[Finding, ...]]:
    """Take apart changes, each ``ID:PART=TEXT``: those of each exercise, and what is wrong.

    Where ``known`` has the exercises, a change is for one of them. Lines that it does not have come
    by themselves, to be told where anything else is wrong; where nothing is, they are found with
    all that is prescribed. No finding repeats the text of a change, nor an id that may be no id.
    """
    changes: dict[str, WrittenChanges] = {}
    findings: list[Finding] = []
    not_there: list[Finding] = []
    for text in texts:
        found = _CHANGE.fullmatch(unicodedata.normalize("NFC", text))
        name = found[1].strip() if found else ""
        if found is None or not (known or re.match(ID_PATTERN, name)):
            what = "a change names its exercise, its part and its words"
            findings.append(Finding(what, "", LIKE_A_CHANGE, Place(file=named(Setting.CHANGES))))
            continue
        if known is not None and name not in known:
            what = "a change names no exercise of the content"
            mend = f"write the id of one: {', '.join(known)}"
            findings.append(Finding(what, "", mend, Place(file=named(Setting.CHANGES))))
            continue
        said = changes.setdefault(name, WrittenChanges())
        place = Place(file=f"{named(Setting.CHANGES)} {name}")
        if known is not None:
            not_there += _not_there(known[name], name, found[2], place)
        for what, mend in _take(said, found[2].strip().lower(), found[3].strip()):
            findings.append(Finding(f"{name}: {what}", "", mend, place))
    return changes, tuple(findings), tuple(not_there)


def no_such_line(name: str, kind: str, number: int, count: int, place: Place) -> Finding:
    """Say that an exercise has no step, or no mistake, of a number."""
    return Finding(
        f"{name} has no {kind} {number}",
        f"it has {count} {_KINDS[kind]}",
        f"write a number from 1 to {count}",
        place,
    )


def _not_there(exercise: Exercise, name: str, part: str, place: Place) -> Iterator[Finding]:
    found = _PART.fullmatch(part.strip().lower())
    if found is None or not found[1]:
        return
    count = len(getattr(exercise, _KINDS[found[1]]))
    if not 1 <= int(found[2]) <= count:
        yield no_such_line(name, found[1], int(found[2]), count, place)


def _take(said: WrittenChanges, part: str, text: str) -> Iterator[tuple[str, str]]:
    """Take one change, or say what is wrong and how to mend it."""
    found = _PART.fullmatch(part)
    if found is None:
        yield "no exercise has a part of this name to change", f"name one of: {_PARTS}"
        return
    kind, number, _, fits = found.groups()
    what = _what(found)
    if trouble := _trouble(said, what, text, fits=bool(fits)):
        yield trouble
    elif what == "note" and text == LEFT_OUT:
        said.tree["no_note"] = True
    elif what == "note":
        said.note = text
    elif what == "equipment":
        _take_thing(said, text, fits=bool(fits))
    elif what == "stop if":
        signs = said.tree.setdefault("stop_if", [])
        signs += [] if text == OWN_AGAIN else [text]
    else:
        line = {"number": int(number), **_as_a_file_says(text)}
        said.tree.setdefault(_KINDS[kind], []).append(
            {**line, "drawings_fit": True} if fits else line
        )
    said.parts.add(what)


def _what(found: re.Match[str]) -> str:
    """Say what a part is that was found: "step 4", "stop if"."""
    return f"{found[1]} {int(found[2])}" if found[1] else re.sub("[-_]", " ", found[3])


def _trouble(said: WrittenChanges, what: str, text: str, *, fits: bool) -> tuple[str, str] | None:
    """Say what is wrong with a change, and how to mend it."""
    if what in said.parts and what not in _MANY:
        return f"{what} is changed twice", "change it once"
    fault = (text_fault if what == "note" and text else line_fault)(text)
    if fault is not None:
        words = f"write the words, {LEFT_OUT} to leave it out, or {OWN_AGAIN} for the content's own"
        return f"{what}: {fault.what}", fault.mend if text or what == "note" else words
    if what == "stop if" and text == LEFT_OUT:
        return "no stop sign can be left out", "write the sign that is added"
    if fits and text in {LEFT_OUT, OWN_AGAIN}:
        return f"{what}: no drawing can fit words that are not changed", "take +drawings out"
    if fits and not what.startswith(("step", "equipment")):
        return f"{what}: no drawing shows it", "take +drawings out"
    return None


def _as_a_file_says(text: str) -> dict[str, Any]:
    if text == LEFT_OUT:
        return {"left_out": True}
    return {"own": True} if text == OWN_AGAIN else {"now": text}


def _take_thing(said: WrittenChanges, text: str, *, fits: bool) -> None:
    things = said.tree.setdefault("equipment", {})
    if text == OWN_AGAIN:
        things["own"] = True
        return
    now = things.setdefault("now", [])
    if text != LEFT_OUT:
        now.append(text)
    if fits:
        things["drawings_fit"] = True
