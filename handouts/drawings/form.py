"""A drawing as a form of PDF: made once, and placed wherever a page shows it.

An inline SVG is read, matched with all styles and drawn anew on each page that shows it: a fifth
of rendering a sheet of four exercises (0.56 s of a processor against 0.44 s). So a page holds the
drawing's place and words alone, and the file its form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from handouts.drawings.paths import path_operators, pdf_number, read_path

UNITS_PER_MM = 100
"""Drawings are written in hundredths of a millimetre, and so a form has whole numbers alone."""
PLACE = "data-drawing"
"""The attribute of an SVG element that is a drawing's place: its value names the form."""

_FLAT = re.compile(
    r'(<svg [^>]*viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"[^>]*)(>.*?)'
    r'<g stroke-linejoin="round" stroke-linecap="round">(?P<paths>(?:<path [^>]*/>)*)'
    r"</g></svg>\s*",
    re.DOTALL,
)
_PATH = re.compile(r"<path ([^>]*)/>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_COLOUR = re.compile(r"#([\da-f]{2})([\da-f]{2})([\da-f]{2})")
_KNOWN = {"d", "fill", "fill-rule", "stroke", "stroke-width", "stroke-dasharray"}
_ROUND_ENDS_AND_JOINS = "1 J 1 j"


@dataclass(frozen=True, slots=True)
class Form:
    """What a drawing paints, in hundredths of a millimetre from its upper left, y down."""

    width: int
    height: int
    operators: str
    """In RGB; ISO 32000-1, 8.5."""

    @property
    def name(self) -> str:
        """Name it by what it paints: the same in every process."""
        told = f"{self.width} {self.height} {self.operators}"
        return sha256(told.encode()).hexdigest()[:32]


class NoFormError(ValueError):
    """An SVG is no flat drawing of paths."""


def as_form(svg: str) -> tuple[str, Form]:
    """Take a flat drawing apart: its place on a page, with its words, and its form.

    Raises:
        NoFormError: it holds something else than paths in plain colours.

    """
    flat = _FLAT.fullmatch(svg)
    if flat is None:
        raise NoFormError("a drawing is not a flat one of paths")
    width, height = (_units(flat[side]) for side in ("width", "height"))
    form = Form(int(width), int(height), _painted(flat["paths"]))
    return f'{flat[1]} {PLACE}="{form.name}"{flat[4]}</svg>\n', form


def _painted(paths: str) -> str:
    """Write paths one after another; a colour or weight that goes on is not said again."""
    parts = [_ROUND_ENDS_AND_JOINS]
    said: dict[str, str] = {"d": _dashes("")}

    def say(operator: str, operands: str) -> None:
        if said.get(operator) != operands:
            said[operator] = operands
            parts.append(f"{operands} {operator}")

    for path in _PATH.finditer(paths):
        attributes = dict(_ATTRIBUTE.findall(path[1]))
        if not attributes.keys() <= _KNOWN or "d" not in attributes:
            raise NoFormError(f"a path has {', '.join(sorted(attributes.keys() - _KNOWN))}")
        segments = read_path(attributes["d"])
        if segments is None:
            raise NoFormError("a path has other segments than M, L, H, C and Z")
        fill, stroke = attributes.get("fill", "#000000"), attributes.get("stroke", "none")
        if fill != "none":
            say("rg", _rgb(fill))
        if stroke != "none":
            say("RG", _rgb(stroke))
            say("w", pdf_number(_units(attributes.get("stroke-width", "1"))))
            say("d", _dashes(attributes.get("stroke-dasharray", "")))
        in_units = [(kind, list(map(_units, numbers))) for kind, numbers in segments]
        parts.extend(path_operators(in_units))
        parts.append(_paint(attributes, filled=fill != "none", stroked=stroke != "none"))
    return " ".join(parts)


def _paint(attributes: dict[str, str], *, filled: bool, stroked: bool) -> str:
    even_odd = "*" if attributes.get("fill-rule") == "evenodd" else ""
    if filled:
        return ("B" if stroked else "f") + even_odd
    return "S" if stroked else "n"


def _dashes(said: str) -> str:
    """Write a dash pattern (ISO 32000-1, 8.4.3.6); nothing said is a line without gaps."""
    return f"[{' '.join(pdf_number(_units(length)) for length in said.split())}] 0"


def _units(length_mm: str | float) -> float:
    return round(float(length_mm) * UNITS_PER_MM, 2)


def _rgb(colour: str) -> str:
    parts = _COLOUR.fullmatch(colour)
    if parts is None:
        raise NoFormError(f"a path has the colour {colour}")
    return " ".join(pdf_number(int(part, 16) / 255) for part in parts.groups())
