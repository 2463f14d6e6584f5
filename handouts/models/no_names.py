"""Words that stand where a name should, and are none."""

from __future__ import annotations

import re

_EXACT = frozenset(
    {
        "nan", "NaN", "null", "none", "n/a", "N/A", "n.a.", "N.A.", "na", "<NA>", "NaT", "nil",
        "tbd", "TBD", "tba", "TBA", "tbc", "TBC", "to be determined", "To be determined",
        "xx", "xxx", "XXX", "undefined", "unknown", "Unknown", "UNKNOWN", "not known", "Not known",
        "missing", "Missing", "not available", "Not available", "no name", "No name", "No Name",
        "true", "false", "blank", "empty", "(blank)", "(empty)", "(none)", "(null)",
        "your name", "Your Name", "first last", "First Last",
    }
)  # fmt: skip
"""Written just so: Nan, Na and Null are people's names, and so is NULL beside other capitals."""
_CAPITALS = frozenset({"TRUE", "FALSE", "NULL", "NA", "NONE", "NAN", "NIL", "None"})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_ADDRESS = re.compile(r"\S@\S+\.\S|\b(?:https?://|www\.)\S", re.IGNORECASE)
_NUMBER = re.compile(
    r"\b\d{3}-\d{2}-\d{4}\b"  # a social-security number
    r"|\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b"  # a day
    r"|(?:\d[\s().+-]*){7}"  # a telephone's or a record's
)


_CODE = re.compile(
    r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}"
    r"|(?:=[0-9A-F]{2}){2}|(?:%[0-9A-F]{2}){2}"
)


def says_nothing(text: str) -> bool:
    """Say whether a word stands where a program or a desk had nothing to write."""
    return text.strip() in _EXACT


def is_placeholder(name: str, beside: str = "") -> bool:
    """Say whether a word stands where a name is missing.

    ``beside`` is the other part of a name: beside one in capitals, NULL is a family's name.
    """
    name = name.strip()
    if says_nothing(name) or _BRACKETS.fullmatch(name):
        return True
    return name in _CAPITALS and not (beside.isupper() and name.isupper())


def holds_address(name: str) -> bool:
    """Say whether an e-mail's or a web page's address stands in a name."""
    return _ADDRESS.search(name) is not None


def holds_number(name: str) -> bool:
    """Say whether a telephone's, a person's or a day's number stands in a name."""
    return _NUMBER.search(name) is not None


def holds_code(name: str) -> bool:
    """Say whether a letter stands in a name as web pages and programs write it: &uuml;."""
    return _CODE.search(name) is not None
