"""Paths of drawings, read at once.

The engine reads a path point by point, and each time copies what is left of it. The drawings
of a sheet have thousands of points: half of the time to draw it, measured.

Written for WeasyPrint 70, in place of its ``svg.TAGS["path"]``. Upstream could read a path once,
with a regular expression as here.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = re.compile(r"[A-Za-z]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[^\s,]")
_NUMBERS_OF = {"M": 2, "L": 2, "H": 1, "C": 6, "Z": 0}
_OPERATORS = {"M": "m", "L": "l", "H": "l", "C": "c"}

PATHS_KEPT = 4000
"""Some 2 kB each; the four shipped exercises have 383 for one side in one edition."""

Segment = tuple[str, list[float]]


@contextmanager
def paths_read_at_once() -> Iterator[None]:
    """Let the engine draw paths of lines and cubic curves by their segments.

    Paths with anything else in them are left to the engine, as are those with markers.
    """
    from weasyprint import svg as drawing  # noqa: PLC0415 - after the fonts are set

    plain = drawing.TAGS["path"]

    def at_once(svg: Any, node: Any, font_size: float) -> None:
        marked = any("marker" in name for name in node.attrib)
        operators = None if marked else _drawn(node.get("d", ""))
        if operators is None:
            plain(svg, node, font_size)
        else:
            svg.stream.stream.append(operators)

    drawing.TAGS["path"] = at_once
    try:
        yield
    finally:
        drawing.TAGS["path"] = plain


@lru_cache(maxsize=PATHS_KEPT)
def _drawn(path: str) -> bytes | None:
    """Write a path as PDF's operators; the sheets of a run have the same drawings over and over."""
    segments = _read(path)
    return None if segments is None else " ".join(_operators(segments)).encode()


def _read(path: str) -> list[Segment] | None:
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


def _operators(segments: list[Segment]) -> Iterator[str]:
    """Write segments as PDF's operators (ISO 32000-1, 8.5.2), in the drawing's own units."""
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
        yield from map(_number, numbers)
        yield _OPERATORS[kind]


def _number(value: float) -> str:
    return f"{value:f}".rstrip("0").rstrip(".")
