"""What style sheets and attributes of an SVG say, read without looking at a letter many times.

A file may be hostile: no pattern here goes back over what it has read, so that a long text takes
as long as it is long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = re.compile(r"url\(\s*['\"]?#([^'\")(\s]+)['\"]?\s*\)")
"""A part of the same file, by its id."""
STEP = re.compile(r"\b(\w+)\s*\(([^()]*)\)")
"""One step of a ``transform``: its name and its numbers."""
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")


def rules(text: str) -> Iterator[tuple[str, str]]:
    """Give each rule of a style sheet: what stands before its declarations, and these."""
    first, *others = text.split("/*")
    plain = first + " ".join(other.partition("*/")[2] for other in others)
    for rule in plain.split("}")[:-1]:
        before, _, declarations = rule.rpartition("{")
        yield before.strip(), declarations


def declared(declarations: str) -> Iterator[tuple[str, str]]:
    """Give each property that declarations name, with its value."""
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip(), value.strip()
