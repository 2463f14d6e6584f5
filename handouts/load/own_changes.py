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
    from collections.abc import Iterable, Iterator

LEFT_OUT, OWN_AGAIN = "-", "+"
"""In place of words: the line is left out; the content's own is printed again."""
LIKE_A_CHANGE = 'write it like "suboccipital-release:step2=Put the ball where it feels sore."'
_PARTS = "step and its number, mistake and its number, equipment, stop-if or note"
_CHANGE = re.compile(r"([^:=]+):([^:=]+)=(.*)", re.DOTALL)
_PART = re.compile(r"(step|mistake)s?[ -]?(\d{1,3})|(equipment|stop[-_ ]if|note)")
_KINDS = {"step": "steps", "mistake": "mistakes"}


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
    texts: Iterable[str],
) -> tuple[dict[str, WrittenChanges], tuple[Finding, ...]]:
    """Take apart changes, each ``ID:PART=TEXT``: those of each exercise, and what is wrong.

    No finding repeats the text of a change, nor an id that may be no id.
    """
    changes: dict[str, WrittenChanges] = {}
    findings: list[Finding] = []
    for text in texts:
        found = _CHANGE.fullmatch(unicodedata.normalize("NFC", text))
        name = found[1].strip() if found else ""
        if found is None or not re.match(ID_PATTERN, name):
            what = "a change names its exercise, its part and its words"
            findings.append(Finding(what, "", LIKE_A_CHANGE, Place(file=named(Setting.CHANGES))))
            continue
        said = changes.setdefault(name, WrittenChanges())
        place = Place(file=f"{named(Setting.CHANGES)} {name}")
        for what, mend in _take(said, found[2].strip().lower(), found[3].strip()):
            findings.append(Finding(f"{name}: {what}", "", mend, place))
    return changes, tuple(findings)


def _take(said: WrittenChanges, part: str, text: str) -> Iterator[tuple[str, str]]:
    """Take one change, or say what is wrong and how to mend it."""
    part, plus, more = part.partition("+")
    found = _PART.fullmatch(part.strip())
    if found is None or (plus and more.strip() != "drawings"):
        yield "no exercise has a part of this name to change", f"name one of: {_PARTS}"
        return
    kind, number, other = found.groups()
    what = f"{kind} {number}" if kind else re.sub("[-_]", " ", other)
    many = other in {"equipment", "stop-if", "stop_if", "stop if"}
    if what in said.parts and not many:
        yield f"{what} is changed twice", "change it once"
        return
    said.parts.add(what)
    fault = (text_fault if what == "note" else line_fault)(text)
    if fault is None and not text:
        fault = line_fault(text)
    if fault is not None:
        mend = fault.mend
        if not text and what != "note":
            mend = (
                f"write the words, {LEFT_OUT} to leave it out, or {OWN_AGAIN} for the content's own"
            )
        yield f"{what}: {fault.what}", mend
    elif plus and text in {LEFT_OUT, OWN_AGAIN}:
        yield f"{what}: no drawing can fit words that are not changed", "take +drawings out"
    elif plus and not (kind == "step" or what == "equipment"):
        yield f"{what}: no drawing shows it", "take +drawings out"
    elif what == "note":
        said.note = text
    elif what == "equipment":
        _take_thing(said, text, fits=bool(plus))
    elif what == "stop if":
        yield from _take_sign(said, text)
    else:
        line = {"number": int(number), **_as_a_file_says(text)}
        said.tree.setdefault(_KINDS[kind], []).append(
            {**line, "drawings_fit": True} if plus else line
        )


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


def _take_sign(said: WrittenChanges, text: str) -> Iterator[tuple[str, str]]:
    if text == LEFT_OUT:
        yield "no stop sign can be left out", "write the sign that is added"
        return
    signs = said.tree.setdefault("stop_if", [])
    if text != OWN_AGAIN:
        signs.append(text)
