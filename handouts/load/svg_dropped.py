"""What the layout engine leaves out of an SVG, or draws another way, without a word.

From the tables of WeasyPrint 69's SVG drawing (``svg/__init__.py``, ``defs.py``, ``text.py``):
what is not in them is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = {
    "a", "circle", "clipPath", "defs", "desc", "ellipse", "g", "image", "line", "linearGradient",
    "marker", "mask", "metadata", "path", "pattern", "polygon", "polyline", "radialGradient",
    "rect", "stop", "style", "svg", "symbol", "text", "textPath", "title", "tspan", "use", "view",
}  # fmt: skip
_FILTERS = {"feOffset", "feBlend"}
_WORDS = {"flowRoot", "flowPara", "flowSpan", "flowRegion", "textArea", "tref"}
_PROPERTY = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
_DROPPED = {
    "mix-blend-mode": ("normal",), "isolation": ("auto",), "paint-order": ("normal",),
    "vector-effect": ("none",), "writing-mode": ("lr", "lr-tb", "horizontal-tb", "tb-lr"),
    "shape-inside": ("none", "auto"), "inline-size": ("0", "auto"), "mask-image": ("none",),
}  # fmt: skip
"""Properties that are passed over, and the values that change nothing."""
_GENERIC = {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "inherit"}


def dropped(data: bytes, fonts: frozenset[str]) -> Iterator[str]:
    """Name what is not drawn as the picture's author saw it, each once.

    ``fonts`` are the families that come with handouts. The SVG is one that may be printed.
    """
    root = fromstring(data)
    told: dict[str, None] = {}
    for element in root.iter():
        told.update(dict.fromkeys(_of(element, fonts)))
    yield from told


def _of(element: Element, fonts: frozenset[str]) -> Iterator[str]:
    tag = str(element.tag)
    if tag.startswith("{") and not tag.startswith(_SVG):
        return  # what drawing programs keep for themselves
    name = tag.removeprefix(_SVG)
    if name in _WORDS:
        yield "text that flows in a frame (it is not printed; turn it into plain text or paths)"
    elif name.startswith("fe"):
        if name not in _FILTERS:
            yield f"a filter <{name}> (the part is drawn without it)"
    elif name not in _DRAWN | {"filter"}:
        yield f"<{name}> (it is not drawn)"
    yield from _of_properties(element, fonts)


def _of_properties(element: Element, fonts: frozenset[str]) -> Iterator[str]:
    for key, value in _properties(element):
        if key == "font-family":
            yield from _fonts(value, fonts)
        elif key == "filter" and "(" in value and not value.startswith("url"):
            yield f"a filter {value[:20]} (the part is drawn without it)"
        elif key == "clip-path" and value != "none" and not value.startswith("url"):
            yield f"a clip-path {value[:20]} (the part is drawn whole)"
        elif key in _DROPPED and value not in _DROPPED[key]:
            yield f"{key}: {value[:20]} (it changes nothing)"
        elif value.startswith("var("):
            yield "a CSS variable (it has no value)"


def _properties(element: Element) -> Iterator[tuple[str, str]]:
    """Give an element's properties, or a style sheet's, with their values."""
    for key, value in element.attrib.items():
        if key == "style":
            yield from _declared(value)
        elif not key.startswith("{"):
            yield key, value.strip()
    if str(element.tag).removeprefix(_SVG) == "style":
        yield from _declared(element.text or "")


def _declared(text: str) -> Iterator[tuple[str, str]]:
    for match in _PROPERTY.finditer(text):
        yield match[1].lower(), match[2].strip()


def _fonts(value: str, fonts: frozenset[str]) -> Iterator[str]:
    wanted = [name.strip().strip("'\"") for name in value.split(",")]
    if not any(name in fonts for name in wanted) and wanted[0].lower() not in _GENERIC:
        yield f'the font "{wanted[0][:40]}" (another one is printed; turn the text into paths)'
