"""The path of an SVG, read at once and written as PDF's operators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PARTS = re.compile(r"[A-Za-z]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[^\s,]")
_NUMBERS_OF = {"M": 2, "L": 2, "H": 1, "C": 6, "Z": 0}
_OPERATORS = {"M": "m", "L": "l", "H": "l", "C": "c"}

Segment = tuple[str, list[float]]


def read_path(path: str) -> list[Segment] | None:
    """Split a path into segments (SVG 2, 9.3); None where it has others than M, L, H, C and Z."""
    parts = _PARTS.findall(path)
    segments: list[Segment] = []
    at, letter = 0, ""
    while at < len(parts):
        if parts[at].isalpha():
            letter = parts[at]
            at += 1
        elif letter in "Zz":
            return None
        count = _NUMBERS_OF.get(letter.upper())
        numbers = parts[at : at + (count or 0)]
        if count is None or len(numbers) < count or (not segments and letter not in "Mm"):
            return None
        try:
            segments.append((letter, [float(number) for number in numbers]))
        except ValueError:
            return None
        at += count
        letter = {"M": "L", "m": "l"}.get(letter, letter)
    return segments


def path_operators(segments: Sequence[Segment]) -> Iterator[str]:
    """Write segments as PDF's operators (ISO 32000-1, 8.5.2), in the path's own units."""
    x = y = first_x = first_y = 0.0
    for letter, given in segments:
        kind = letter.upper()
        if kind == "Z":
            x, y = first_x, first_y
            yield "h"
            continue
        numbers = given
        if kind == "H":
            numbers = [given[0], 0.0 if letter == "h" else y]
        if letter != kind:
            numbers = [number + (y if odd % 2 else x) for odd, number in enumerate(numbers)]
        x, y = numbers[-2:]
        if kind == "M":
            first_x, first_y = x, y
        yield from map(pdf_number, numbers)
        yield _OPERATORS[kind]


def pdf_number(value: float) -> str:
    """Write a number as a PDF has it: six places at most, and no power of ten."""
    return f"{value:f}".rstrip("0").rstrip(".")
