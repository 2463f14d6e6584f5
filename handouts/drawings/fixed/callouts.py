"""Where a fixed picture's labels go, from the marks in its file.

For a label NAME there is a ``point-NAME`` on the picture, a rectangle ``room-NAME-1`` for its
words, and a line ``leader-NAME-1`` from the point to the room; further rooms are numbered on.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from fontTools.misc.transform import Identity, Transform
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from handouts.drawings.fixed.labels import Callout, Room
from handouts.drawings.fixed.picture import MARKS, DrawingFault
from handouts.drawings.svg_style import NUMBER, STEP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from handouts.drawings.fixed.labels import Point

_MARK = re.compile(r"(point|room|leader)-(.+?)(?:-(\d+))?")

_Marks = dict[str, tuple["Element", Transform]]


def callouts_of(
    root: Element, labels: tuple[str, ...]
) -> tuple[tuple[Callout, ...], tuple[DrawingFault, ...]]:
    """Give the place of each label, and what is wrong with the marks."""
    marks: _Marks = {}
    faults = []
    for element, moved in _parts(root, Identity):
        ident = element.get("id", "")
        if not set(MARKS).intersection(element.get("class", "").split()):
            continue
        found = _MARK.fullmatch(ident)
        if found is None or found[2] not in labels:
            faults.append(
                DrawingFault(
                    f'"{ident}"',
                    f'"{ident}" marks the place of no label of this drawing',
                    "take it away, or end its id with the name of a label: "
                    + (", ".join(labels) or "this drawing has none"),
                )
            )
        marks[ident] = element, moved
    callouts = []
    for label in labels:
        try:
            callouts.append(_callout(label, marks))
        except _Missing as missing:
            faults.append(missing.fault)
    return tuple(callouts), tuple(faults)


class _Missing(Exception):  # noqa: N818 - told as a fault, never seen
    def __init__(self, fault: DrawingFault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def _callout(label: str, marks: _Marks) -> Callout:
    (dot,) = _points(_mark(f"point-{label}", "circle", marks))
    rooms = []
    for number in count(1):
        if number > 1 and f"room-{label}-{number}" not in marks:
            break
        corners = _points(_mark(f"room-{label}-{number}", "rect", marks))
        leader = _points(_mark(f"leader-{label}-{number}", "path", marks))
        xs, ys = zip(*corners, strict=True)
        rooms.append(Room(min(xs), max(xs), min(ys), max(ys), tuple(leader[1:])))
    return Callout(label, dot, tuple(rooms))


_SHAPES = {
    "circle": "a circle of the class point, where the line begins",
    "rect": "a rectangle of the class room, for its words",
    "path": "a line of the class leader, from its point to its room",
}


def _mark(ident: str, tag: str, marks: _Marks) -> tuple[Element, Transform]:
    element, moved = marks.get(ident, (None, Identity))
    if element is None:
        raise _Missing(
            DrawingFault(
                ident,
                f'there is no "{ident}", so the words of this label have no place',
                f"draw {_SHAPES[tag]}, and give it this id",
            )
        )
    right = str(element.tag).rpartition("}")[2] == tag
    try:
        points = _points((element, moved)) if right else []
    except (ValueError, IndexError):
        points = []
    if len(points) < (2 if tag == "path" else 1):
        raise _Missing(
            DrawingFault(f'"{ident}"', f'"{ident}" marks no place', f"draw {_SHAPES[tag]}")
        )
    return element, moved


def _points(mark: tuple[Element, Transform]) -> list[Point]:
    """Give a circle's centre, a rectangle's corners or a line's nodes, in the picture's units."""
    element, moved = mark
    if element.get("cx") is not None:
        own = [(float(element.get("cx", 0)), float(element.get("cy", 0)))]
    elif element.get("d") is not None:
        pen = RecordingPen()
        parse_path(element.get("d"), pen)
        own = [points[-1] for _, points in pen.value if points]
    else:
        x, y, width, height = (float(element.get(n, 0)) for n in ("x", "y", "width", "height"))
        own = [(x, y), (x + width, y + height)]
    return [moved.transformPoint(point) for point in own]


def _parts(element: Element, moved: Transform) -> Iterator[tuple[Element, Transform]]:
    """Give all parts, each with how it is moved by itself and by the groups it stands in."""
    here = moved.transform(_transform(element.get("transform", "")))
    yield element, here
    for child in element:
        yield from _parts(child, here)


def _transform(written: str) -> Transform:
    whole = Identity
    for name, inner in STEP.findall(written):
        numbers = [float(number) for number in NUMBER.findall(inner)]
        match name, numbers:
            case "matrix", [_, _, _, _, _, _]:
                step = Transform(*numbers)
            case "translate", [x, *y]:
                step = Identity.translate(x, *y)
            case "scale", [x, *y]:
                step = Identity.scale(x, *y)
            case _:
                continue
        whole = whole.transform(step)
    return whole
