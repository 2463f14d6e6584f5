"""What a person's name and a person's own words may be, wherever they come from.

The rule is the same for a roster's row, a prescription's file, options and prompts. What is
wrong is told without repeating a letter of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from handouts.basics.characters import (
    FORMULA_SIGNS,
    LINE_ENDS,
    TURNING,
    is_blank,
    is_control,
    is_letter,
)
from handouts.basics.garbled import is_garbled, is_tower
from handouts.models.base import LONGEST_TEXT, Printed, Prose, Text
from handouts.models.no_names import holds_address, holds_code, holds_number, is_placeholder

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_NAME = 300
LONGEST_LINE = 160
"""Of a patient's own step: four lines in the narrowest column. The longest step of the four
exercises has 86 letters."""

_BRACES = re.compile(r"\{(?!(?:left|right)\})|(?<!\{left)(?<!\{right)\}")
_WRITE_NAME = "write the name, or take the row out"
_LINE_ENDS = frozenset(LINE_ENDS)
_SPACES = _LINE_ENDS | {"\t"}
"""Control characters that stand between words; on paper they are spaces."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a name or a text, and how to mend it."""

    what: str
    mend: str


def text_fault(text: str) -> Fault | None:
    """Say what keeps a person's words from being printed.

    Refused are control characters, lost letters, marks that turn text round, a text of which
    nothing can be seen, and one that is too long.
    """
    return _fault("text", text.strip(), LONGEST_TEXT, _SPACES)


def line_fault(text: str) -> Fault | None:
    """Say what keeps a person's words from standing among the steps of an exercise."""
    text = text.strip()
    if not text:
        return Fault("the text is empty", "write what the patient is to read, or leave it out")
    if not _LINE_ENDS.isdisjoint(text):
        return Fault("the text has more than one line", "write it in one line")
    if len(text) > LONGEST_LINE:
        what = f"the text has {len(text)} letters, and {LONGEST_LINE} fit on the page"
        return Fault(what, "write less, or put the rest into the exercise's note")
    if _BRACES.search(text):
        return Fault("only {left} and {right} can stand in braces", "take the braces out")
    return text_fault(text)


def name_part_fault(text: str, beside: str = "") -> Fault | None:
    """Say what is wrong with a first or a last name; one of the two may be without letters.

    ``beside`` is the other one.
    """
    text = text.strip()
    simple = text.isascii() and text.replace(" ", "").isalpha() and len(text) <= LONGEST_NAME
    fault = None if simple else _odd_name_fault(text)
    if fault is None and is_placeholder(text, beside):
        return Fault("a word that says that there is no name stands for it", _WRITE_NAME)
    if fault is None and beside and text == "0":
        return Fault("a zero stands for a part of the name", _WRITE_NAME)
    return fault


def _odd_name_fault(text: str) -> Fault | None:
    if not _LINE_ENDS.isdisjoint(text):
        return Fault("the name has more than one line", "write it in one line")
    if fault := _fault("name", text, LONGEST_NAME, frozenset()):
        return fault
    if text[:1] and text[0] in FORMULA_SIGNS:
        return Fault("the name begins with one of = + - @", "write the name alone")
    faults = (
        ("?" in text or "\uff1f" in text, "the name holds a question mark where a letter may be"),
        (holds_address(text), "the name holds an address"),
        (holds_code(text), "a letter of the name stands as a web page or a program writes it"),
        (holds_number(text), "the name holds a number that is no part of a name"),
    )
    if what := next((what for wrong, what in faults if wrong), ""):
        return Fault(what, _WRITE_NAME)
    return None


def name_fault(text: str) -> Fault | None:
    """Say what is wrong with a whole name: as its parts, and it has a letter of some script."""
    if fault := name_part_fault(text):
        return fault
    if text.strip() and not any(map(is_letter, text)):
        return Fault("the name has no letter", "write the name")
    return None


def _fault(kind: str, text: str, most: int, allowed: frozenset[str]) -> Fault | None:
    """Say what is wrong with a text in which some control characters are ``allowed``."""
    if len(text) > most:
        return Fault(f"the {kind} is longer than {most:,} letters", "write less")
    if text.isascii() and text.isprintable():
        return None
    letters = set(text)
    faults = (
        (
            is_garbled(text),
            "holds letters that were read in a wrong encoding",
            "type it anew, or save the list as UTF-8 where it comes from",
        ),
        (
            any(map(is_control, letters - allowed)),
            "holds a control character",
            "take it out, or type it anew",
        ),
        ("\ufffd" in letters, "holds \ufffd, where a letter was lost", "write the letter again"),
        (
            any("\ud800" <= letter <= "\udfff" for letter in letters),
            "holds bytes that are no letter in UTF-8",
            "type it anew",
        ),
        (
            is_tower(text),
            "has more marks on one letter than fit on a line",
            "take them out",
        ),
        (
            not letters.isdisjoint(TURNING),
            "holds an invisible mark that turns text round",
            "type it anew",
        ),
        (
            bool(letters) and all(map(is_blank, letters)),
            "holds nothing that can be seen",
            "write letters, or leave it out",
        ),
    )
    found = (Fault(f"the {kind} {what}", mend) for wrong, what, mend in faults if wrong)
    return next(found, None)


def _without(fault_in: Callable[[str], Fault | None]) -> BeforeValidator:
    """Make the check of a field that holds a person's own words."""

    def check(written: object) -> object:
        if isinstance(written, str) and (fault := fault_in(written)):
            told = {"what": fault.what, "mend": fault.mend}
            raise PydanticCustomError("personal", "{what}", told)
        return written

    return BeforeValidator(check)


PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    _without(name_fault),
    Printed(),
]
"""A person's name, as a patient reads it."""

OwnProse = Annotated[Prose, _without(text_fault)]
"""A person's own words, which the patient reads."""

OwnLine = Annotated[Prose, _without(line_fault)]
"""A person's own words that stand in one line of a list, like a step."""

OwnText = Annotated[Text, _without(text_fault)]
"""Words about one person that are kept and not printed."""
