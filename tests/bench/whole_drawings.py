"""Drawings as whole SVG, for peers that know nothing of our forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.drawings.form import PLACE, UNITS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.drawings.form import Form

_SVG = re.compile(rf'(<svg [^>]*{PLACE}="(\w+)"[^>]*>)(.*?)</svg>', re.DOTALL)
_PAINTS = {
    "f": (True, False),
    "f*": (True, False),
    "B": (True, True),
    "B*": (True, True),
    "S": (False, True),
}


def with_drawings(html: str, forms: Mapping[str, Form]) -> str:
    """Put each drawing into its place in HTML, or into its own SVG element."""
    return _SVG.sub(lambda place: f"{place[1]}{place[3]}{_paths(forms[place[2]])}</svg>", html)


def _paths(form: Form) -> str:
    """Write what a form paints as the paths of an SVG."""
    paths, path, numbers = list[str](), list[str](), list[str]()
    fill = stroke = weight = ""
    for word in form.operators.split():
        if word in "mlc":
            path += [word.upper(), *numbers]
        elif word == "h":
            path.append("Z")
        elif word == "rg":
            fill = _hex(numbers)
        elif word == "RG":
            stroke = _hex(numbers)
        elif word == "w":
            weight = numbers[0]
        elif word in _PAINTS:
            filled, stroked = _PAINTS[word]
            painted = (
                f'fill="{fill if filled else "none"}" stroke="{stroke if stroked else "none"}" '
                f'fill-rule="{"evenodd" if word.endswith("*") else "nonzero"}"'
            )
            paths.append(f'<path {painted} stroke-width="{weight}" d="{" ".join(path)}"/>')
            path = []
        elif word not in {"J", "j"}:
            numbers.append(str(float(word)))
            continue
        numbers = []
    return (
        '<g stroke-linejoin="round" stroke-linecap="round" '
        f'transform="scale({1 / UNITS_PER_MM})">{"".join(paths)}</g>'
    )


def _hex(numbers: list[str]) -> str:
    return "#" + "".join(f"{round(float(number) * 255):02x}" for number in numbers)
