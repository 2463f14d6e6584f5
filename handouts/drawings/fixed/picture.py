"""A fixed picture's SVG file, in a palette's colours.

The file is as Inkscape writes it. What is printed holds shapes alone, without style sheets,
classes, editors' notes and the marks where labels go.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from itertools import count
from operator import itemgetter
from typing import TYPE_CHECKING

from handouts.drawings.fixed.roles import role_colours
from handouts.drawings.palette import Palette
from handouts.drawings.svg_style import ADDRESS, declared
from handouts.drawings.svg_style import rules as sheet_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

WIDTH_UNITS = 750.0
MARKS = ("point", "room", "leader")
"""Classes of what says where labels go. It isn't printed."""
INK_SAVER = "ink-saver"
"""Rules for parts below this class are those of the edition with one ink."""

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = {
    "g", "defs", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "clipPath", "mask", "pattern", "linearGradient", "radialGradient", "stop",
}  # fmt: skip
_UNSEEN = {"title", "desc", "metadata", "style"}
_PROPERTIES = {
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray",
    "stroke-dashoffset", "opacity", "display", "visibility", "clip-path", "clip-rule", "mask",
    "stop-color", "stop-opacity",
}  # fmt: skip
"""What a style may say of a shape; programs write much more, which is about letters."""
_PAINTS = {"fill": "fill", "line": "stroke"}
"""What a class begins with, and what of a part it colours."""
_ONE_INK = role_colours(Palette.one_ink())
_LONGEST_NAME = 60
_ATTRIBUTES = _PROPERTIES | {
    "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy",
    "width", "height", "transform", "href", "offset", "viewBox", "preserveAspectRatio",
    "clipPathUnits", "maskUnits", "maskContentUnits", "patternUnits", "patternContentUnits",
    "patternTransform", "gradientUnits", "gradientTransform", "spreadMethod",
}  # fmt: skip
"""What is printed of a part: nothing that other programs read on a page."""
_SELECTOR = re.compile(rf"(\.{INK_SAVER}\s+)?\.([\w-]+)")
_NUMBERS = re.compile(r"[\s,]+")

Declarations = dict[str, str]
Rules = dict[str, list[tuple[bool, int, Declarations]]]
"""By class: whether for the edition with one ink alone, and how early in the file."""


@dataclass(frozen=True, slots=True)
class DrawingFault:
    """What can't be drawn: the letters in the file to look for, what is wrong, and the mend."""

    near: str
    what: str
    mend: str


class UnfitPictureError(ValueError):
    """A picture's file that can't be drawn, with all that is wrong with it."""

    def __init__(self, faults: tuple[DrawingFault, ...]) -> None:
        super().__init__("; ".join(fault.what for fault in faults))
        self.faults = faults


def painted(root: Element, palette: Palette, prefix: str) -> tuple[str, list[DrawingFault]]:
    """Write the shapes of a picture in a palette's colours, and say what can't be drawn.

    Only parts that others refer to keep their id, and it begins with `prefix`.
    """
    rules, faults = _rules(root)
    faults += [*_faults_of_size(root), *_faults_of_ids(root)]
    painter = _Painter(palette.hatched, role_colours(palette), rules)
    shown = painter.shown(root)
    parts = list(shown.parts())
    own = [element for element in root.iter() if str(element.tag).startswith(_SVG)]
    faults += [fault for element in own[1:] for fault in _faults_of_kind(element)]
    faults += [fault for element in own for fault in _faults_of_classes(element, rules)]
    ids = {part.element.get("id") for part in parts}
    needed = [(part.element, name) for part in parts for name in part.refers_to()]
    hatched = [(element, name) for element in own for name in _hatches(element)]
    missing = {name: element for element, name in needed + hatched if name not in ids}
    faults += [
        DrawingFault(
            _near(element),
            f'{_called(element)} needs a part "{name}", which is not there',
            f'draw it and give it the id "{name}"'
            + ("; it is a <pattern>" if name.startswith("hatch-") else ""),
        )
        for name, element in missing.items()
    ]
    referred = {name for _, name in needed}
    return shown.written(prefix, referred), list(dict.fromkeys(faults))


def _rules(root: Element) -> tuple[Rules, list[DrawingFault]]:
    rules: Rules = {}
    faults = []
    number = count()
    for style in root.iter(f"{_SVG}style"):
        for selectors, declarations in sheet_rules(style.text or ""):
            for selector in selectors.split(","):
                if found := _SELECTOR.fullmatch(selector.strip()):
                    rule = bool(found[1]), next(number), _declared(declarations)
                    rules.setdefault(found[2], []).append(rule)
                    continue
                faults.append(
                    DrawingFault(
                        selector.strip(),
                        f'its <style> has a rule for "{selector.strip()}"',
                        f"write rules for one class each: .outline or .{INK_SAVER} .outline",
                    )
                )
    return rules, faults


def _declared(declarations: str) -> Declarations:
    return {name: value for name, value in declared(declarations) if name in _PROPERTIES and value}


def _faults_of_size(root: Element) -> Iterator[DrawingFault]:
    written = (root.get("viewBox") or "").strip()
    numbers = _NUMBERS.split(written)
    if len(numbers) != 4 or numbers[:3] != ["0", "0", f"{WIDTH_UNITS:g}"]:
        yield DrawingFault(
            "viewBox",
            f'its viewBox is "{written[:40]}", so its letters would have another size',
            f'draw it {WIDTH_UNITS:g} units wide: viewBox="0 0 {WIDTH_UNITS:g} HEIGHT"',
        )


def _faults_of_ids(root: Element) -> Iterator[DrawingFault]:
    for ident, times in Counter(one.get("id") for one in root.iter()).items():
        if ident is not None and times > 1:
            yield DrawingFault(
                f'"{ident}"', f'{times} parts have the id "{ident}"', "rename one of them"
            )


def _faults_of_kind(element: Element) -> Iterator[DrawingFault]:
    if _local(element) not in _DRAWN | _UNSEEN:
        yield DrawingFault(
            _near(element),
            f"{_called(element)} is a <{_local(element)}>, and a drawing is of shapes alone",
            "make a path of it; words are set from the labels in content.yaml",
        )


def _faults_of_classes(element: Element, rules: Rules) -> Iterator[DrawingFault]:
    for name in element.get("class", "").split():
        kind, _, role = name.partition("-")
        if kind in _PAINTS:
            if role not in _ONE_INK:
                (near,) = get_close_matches(role[:_LONGEST_NAME], _ONE_INK, 1, cutoff=0)
                yield DrawingFault(
                    _near(element),
                    f'{_called(element)} has the class "{name}", and no color has that name',
                    f'did you mean "{kind}-{near}"? The colors stand in docs/designer.md',
                )
        elif name not in rules and name not in (INK_SAVER, *MARKS):
            yield DrawingFault(
                _near(element),
                f'{_called(element)} has the class "{name}", which nothing is said of',
                f"take it away, or write a rule for .{name} into the file's <style>",
            )


def _hatches(element: Element) -> Iterator[str]:
    """Name the patterns that an element is filled with in one ink."""
    for name in element.get("class", "").split():
        if name.startswith("fill-"):
            yield from ADDRESS.findall(_ONE_INK.get(name.removeprefix("fill-"), ""))


def _called(element: Element) -> str:
    """Say which part is meant, as a message would."""
    ident = element.get("id")
    return f'the part "{ident}"' if ident else f"a <{_local(element)}> without an id"


def _near(element: Element) -> str:
    ident, classes = element.get("id"), element.get("class")
    return f'id="{ident}"' if ident else f'class="{classes}"' if classes else f"<{_local(element)}"


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that is printed, with what its classes and its style come to."""

    element: Element
    attributes: Declarations
    inner: tuple[_Part, ...]

    def parts(self) -> Iterator[_Part]:
        """Give the part and all in it."""
        yield self
        for part in self.inner:
            yield from part.parts()

    def refers_to(self) -> Iterator[str]:
        """Name the parts that it draws, or draws with."""
        for name, value in self.attributes.items():
            yield from ADDRESS.findall(value)
            if name == "href":
                yield value.removeprefix("#")

    def written(self, prefix: str, referred: set[str]) -> str:
        """Write it as SVG, with the ids that are referred to."""
        tag = _local(self.element)
        inner = "".join(part.written(prefix, referred) for part in self.inner)
        shown = {
            name: f"#{prefix}-{value.removeprefix('#')}"
            if name == "href"
            else ADDRESS.sub(rf"url(#{prefix}-\1)", value)
            for name, value in self.attributes.items()
        }
        if (ident := self.element.get("id")) in referred:
            shown["id"] = f"{prefix}-{ident}"
        if tag == "svg":
            tag = "g"
            shown = {name: value for name, value in shown.items() if name in _PROPERTIES}  # no size
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in shown.items())
        return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


@dataclass(frozen=True, slots=True)
class _Painter:
    """Works out what is printed of each part."""

    hatched: bool
    colours: Mapping[str, str]
    rules: Rules

    def shown(self, element: Element) -> _Part:
        """Give a part with all in it that is printed."""
        inner = tuple(self.shown(child) for child in element if self._is_shown(child))
        return _Part(element, self._attributes(element), inner)

    def _is_shown(self, element: Element) -> bool:
        if not str(element.tag).startswith(_SVG) or _local(element) in _UNSEEN:
            return False
        marks = set(MARKS).intersection(element.get("class", "").split())
        return not marks and self._attributes(element).get("display") != "none"

    def _attributes(self, element: Element) -> Declarations:
        attributes = {
            name.rpartition("}")[2]: value
            for name, value in element.attrib.items()
            if name in _ATTRIBUTES or name.endswith("}href")
        }
        classes = element.get("class", "").split()
        own = _declared(element.get("style", ""))
        rules = [rule for name in dict.fromkeys(classes) for rule in self.rules.get(name, ())]
        for in_one_ink, _, declarations in sorted(rules, key=itemgetter(0, 1)):
            if self.hatched or not in_one_ink:
                attributes |= declarations
        for name in classes:
            kind, _, role = name.partition("-")
            if kind in _PAINTS and role in self.colours:
                attributes[_PAINTS[kind]] = self.colours[role]
        return attributes | own
