"""What an SVG would draw, counted without drawing it.

``<use>``, patterns, markers, masks and paths to clip by draw other parts again. A part that
draws one ten times, which draws one ten times, and so on, nine deep, is a small file and a
thousand million drawings. Each part is counted once, and its count multiplied. What is counted
here lays out within seconds; what slips past is ended by the limits of the layout.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from handouts.drawings.svg_style import ADDRESS, NUMBER, STEP, declared, rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

MOST_PARTS = 50_000
"""Parts that a picture may draw, each as often as it is drawn. WeasyPrint 69 draws some 12,000
rectangles a second; what takes it longer counts for more, as measured."""
DEEPEST_PARTS = 60
"""How deep parts may stand in one another, or draw one another."""
LARGEST_SIDE = 1_000_000
"""The longest side of a picture, in its own units."""
_SIGNS_IN_PART = 65
"""So much of a path or a list of places takes as long as a part; of a text, one letter does."""
_FILL_PARTS = 4
"""A pattern or gradient takes as long as so many parts, before it draws its own."""
_STEPS_IN_PART = 2
"""Steps of colors in a gradient that is repeated."""
_SEARCHED_IN_PART = 130
"""A part that is named for the first time is searched for through so many in that time."""
_TEXTS = {"text", "tspan", "textPath", "a", "tref"}
_PAINTS = ("fill", "stroke")
_MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")
_PASSED_ON = (*_PAINTS, *_MARKERS)
_AROUND = ("mask", "clip-path", "filter")
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
_DRAWN_BY_NAME = {
    "defs", "symbol", "linearGradient", "radialGradient", "pattern", "marker", "mask", "clipPath",
    "filter",
}  # fmt: skip
_PLAIN_SELECTOR = re.compile(r"[.#]?[\w-]+")
_MEASURE = re.compile(rf"\s*({NUMBER.pattern})\s*(px|pt|pc|mm|cm|in|em|ex|q|%)?\s*", re.IGNORECASE)

References = dict[str, str]
"""Properties that name another part, each with the part's id."""


def check_budget(root: Element) -> None:
    """Refuse a picture that draws too much, or round in a circle, or has no sane size.

    Raises:
        ValueError: with words that follow the picture's name.

    """
    _check_sizes(root)
    elements = sum(1 for _ in root.iter())
    if elements > MOST_PARTS:
        raise _too_much(elements)
    parts = _Parts(root).count()
    if parts > MOST_PARTS:
        raise _too_much(parts)


def _too_much(parts: float) -> ValueError:
    return ValueError(
        f"draws {parts:,.0f} parts, the limit is {MOST_PARTS:,}; save it simpler, or as a PNG"
    )


def _check_sizes(root: Element) -> None:
    for side in ("width", "height"):
        written = root.get(side)
        if written is None:
            continue
        measure = _MEASURE.fullmatch(written)
        if written.strip() != "auto" and not (measure and 0 < float(measure[1]) <= LARGEST_SIDE):
            raise ValueError(
                f'has a {side} of "{written[:20]}", which is not between 0 and {LARGEST_SIDE:,};'
                " save it again"
            )
    box = root.get("viewBox")
    if box is None and not all(_is_length(root.get(side)) for side in ("width", "height")):
        raise ValueError("has no size; save it again with a viewBox, or with a width and a height")
    if box is not None:
        numbers = [
            float(number) for number in re.split(r"[\s,]+", box.strip()) if _is_number(number)
        ]
        sides = numbers[2:]
        if len(numbers) != 4 or not all(0 < side <= LARGEST_SIDE for side in sides):
            raise ValueError(
                f'has a viewBox of "{box[:40]}", which is not four numbers, or without a size; '
                "save it again"
            )


def _is_length(written: str | None) -> bool:
    """Say whether a side is given in a unit of its own, and not as a part of the page's."""
    measure = _MEASURE.fullmatch(written or "")
    return measure is not None and measure[2] != "%"


def _is_number(written: str) -> bool:
    return NUMBER.fullmatch(written) is not None and abs(float(written)) <= LARGEST_SIDE


class _Parts:
    """Counts the parts of one picture."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._by_id = {key: one for one in root.iter() if (key := one.get("id"))}
        self._rules = list(_rules(root))
        box = [
            float(number)
            for number in re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
            if number
        ]
        self._extent = max(box[2:], default=1000.0)
        self._elements = sum(1 for _ in root.iter())
        self._used: set[str] = set()
        self._known: dict[tuple[int, tuple[tuple[str, str], ...], bool], float] = {}
        self._inside: list[int] = []

    def count(self) -> float:
        """Count what is drawn."""
        parts = self._of(self._root, {}, named=True)
        return parts + len(self._used) * self._elements / _SEARCHED_IN_PART

    def _of(self, element: Element, inherited: References, *, named: bool) -> float:
        """Count what an element draws where it stands, or where it is ``named``."""
        tag = _local(element)
        if tag in _DRAWN_BY_NAME and not named:
            return 0
        own = self._references(element)
        passed_on = {key: own[key] for key in _PASSED_ON if key in own} if own else {}
        context = {**inherited, **passed_on} if passed_on else inherited
        key = id(element), tuple(sorted(context.items())) if context else (), named
        if key in self._known:
            return self._known[key]
        if id(element) in self._inside:
            raise ValueError("draws a part inside itself; save it without that")
        if len(self._inside) >= DEEPEST_PARTS:
            raise ValueError(f"is nested more than {DEEPEST_PARTS} deep; save it simpler")
        if len(self._known) > 4 * MOST_PARTS:
            raise _too_much(len(self._known))
        self._inside.append(id(element))
        parts = self._own_parts(element, tag)
        if own:
            parts += sum(self._named(own[way], {}) for way in _AROUND if way in own)
        if context and tag in _SHAPES:
            parts += self._painted(element, context)
        if "href" in own and (tag == "use" or tag.endswith("Gradient")):
            parts += self._named(own["href"], context if tag == "use" else {})
        parts += sum(self._of(child, context, named=False) for child in element)
        self._inside.pop()
        self._known[key] = parts
        return parts

    def _painted(self, element: Element, context: References) -> float:
        fills = [context[way] for way in _PAINTS if way in context]
        parts = sum(_FILL_PARTS + self._named(fill, {}) for fill in fills)
        for way in _MARKERS:
            if way in context:
                often = 1 if way in {"marker-start", "marker-end"} else _corners(element)
                parts += often * self._named(context[way], {})
        return parts

    def _named(self, name: str, inherited: References) -> float:
        element = self._by_id.get(name)
        self._used.add(name)
        return 0 if element is None else self._of(element, inherited, named=True)

    def _own_parts(self, element: Element, tag: str) -> float:
        signs = sum(
            len(value) for value in element.attrib.values() if not value.startswith("data:")
        )
        parts = 1 + signs / _SIGNS_IN_PART
        if tag in _TEXTS:
            parts += len((element.text or "").strip()) + len((element.tail or "").strip())
        if tag.endswith("Gradient") and element.get("spreadMethod") in {"repeat", "reflect"}:
            parts += self._repeats(element) * (2 + len(element)) / _STEPS_IN_PART
        return parts

    def _repeats(self, gradient: Element) -> float:
        """Say about how often a gradient is repeated over the picture."""
        whole = self._extent if gradient.get("gradientUnits") == "userSpaceOnUse" else 1.0

        def side(key: str, usual: float) -> float:
            measure = _MEASURE.fullmatch(gradient.get(key, ""))
            if not measure:
                return usual * whole
            share = whole / 100 if measure[2] == "%" else 1.0
            return float(measure[1]) * share

        if _local(gradient) == "linearGradient":
            across, down = side("x2", 1) - side("x1", 0), side("y2", 0) - side("y1", 0)
            length = math.hypot(across, down)
        else:
            length = abs(side("r", 0.5) - side("fr", 0))
        offsets = [
            float(measure[1]) / (100 if measure[2] == "%" else 1)
            for stop in gradient
            if (measure := _MEASURE.fullmatch(stop.get("offset", "0")))
        ]
        span = min(1.0, max(offsets, default=0) - min(offsets, default=0))
        length *= (span or 1) * _least_scale(gradient.get("gradientTransform", ""))
        return min(2 * whole / length, 1e12) if length else 1.0

    def _references(self, element: Element) -> References:
        found: References = {}
        if self._rules:
            names = _names(element)
            for wanted, properties in self._rules:
                if wanted in names:
                    found.update(properties)
        for name, value in element.attrib.items():
            if name.endswith("href") and value.startswith("#"):
                found["href"] = value[1:]
            elif "url(" not in value:
                continue
            elif name == "style":
                found.update(_declared(value))
            elif reference := ADDRESS.search(value):
                found[name] = reference[1]
        return found


def _corners(element: Element) -> float:
    written = element.get("d", "") + element.get("points", "")
    return 2 + len(NUMBER.findall(written)) / 2


def _names(element: Element) -> set[str]:
    classes = {f".{name}" for name in element.get("class", "").split()}
    return {"*", *classes, f"#{element.get('id')}", _local(element)}


def _rules(root: Element) -> Iterator[tuple[str, References]]:
    """Give what rules of style sheets name, by a class, an id, a tag, or * for any element.

    Of a selector of several parts, one is looked at: it then stands for more elements.
    """
    for element in root.iter():
        if _local(element) != "style":
            continue
        for before, declarations in rules("".join(element.itertext())):
            properties = _declared(declarations)
            if properties:
                for selector in before.rpartition("{")[2].split(","):  # of @media, what is in it
                    last = re.split(r"[\s>+~]+", selector.strip())[-1]
                    plain = _PLAIN_SELECTOR.match(last)
                    yield plain[0] if plain else "*", properties


def _declared(declarations: str) -> References:
    return {
        name: reference[1]
        for name, value in declared(declarations)
        if (reference := ADDRESS.search(value))
    }


def _least_scale(transform: str) -> float:
    """Say how much a list of transforms makes of a unit where it makes the least of it."""
    scale = 1.0
    for name, inner in STEP.findall(transform):
        numbers = [float(number) for number in NUMBER.findall(inner)]
        if name == "scale" and numbers:
            scale *= min(map(abs, numbers))
        elif name == "matrix" and len(numbers) == 6:
            a, b, c, d = numbers[:4]
            whole, area = (a * a + b * b + c * c + d * d) / 2, a * d - b * c
            scale *= math.sqrt(max(0.0, whole - math.sqrt(max(0.0, whole**2 - area**2))))
    return scale


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
