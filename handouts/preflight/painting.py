"""Everything that a page paints, in the order in which it does, with its colour and place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from math import hypot
from typing import TYPE_CHECKING, Any

from playa.content import (
    GraphicState,
    ImageObject,
    PathObject,
    TextObject,
    XObjectObject,
)
from playa.font import Type3Font
from playa.interp import LazyInterpreter
from playa.pdftypes import MATRIX_IDENTITY
from playa.utils import mult_matrix

from handouts.preflight.boxes import PageBox
from handouts.preflight.colour_spaces import Family, Space, space_from, space_of
from handouts.preflight.objects import mapping, name, numbers, sequence, stream, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playa import Color, ColorSpace, ContentObject, ContentStream, Matrix, Page

CORNER_PT = 0.02
INVISIBLE = 3
STROKED_TEXT = {1, 2, 5, 6}
FILLED_TEXT = {0, 2, 4, 6}
NAMELESS_FONT = "unknown"
"""What painted text calls a font whose descriptor has no name."""


class PaintKind(StrEnum):
    """What is painted."""

    FILL = "area"
    LINE = "line"
    TEXT = "text"
    PICTURE = "picture"
    SHADING = "gradient"
    HIDDEN = "invisible text"


@dataclass(frozen=True, slots=True)
class Painted:
    """One thing that is painted: what, where, in which colour.

    ``width_pt`` is a line's width as it is printed, or the smaller side of a straight
    area. A place that can't be told is None. Clipping is not looked at, so a thing may
    reach further than it is seen.
    """

    kind: PaintKind
    box: PageBox | None
    space: Space
    values: tuple[float, ...] = ()
    width_pt: float | None = None
    font: str = ""
    picture: ContentStream | None = None
    dpi: float | None = None
    size_pt: float | None = None
    """Of text, as it is printed."""
    covers: bool = False
    """Whether it hides all that lies below its box: an upright area or picture, not see-through."""


def painted_on(page: Page) -> Iterator[Painted]:
    """Give what a page paints: its own content, forms, glyph procedures, patterns, gradients."""
    yield from _walk(page, frozenset())
    for resources in resources_of(page):
        yield from _gradients(resources)
        yield from _tiles(page, resources)


def resources_of(page: Page) -> Iterator[dict[str, Any]]:
    """Give each resource dictionary that a page can reach: its own, and those of its parts."""
    waiting: list[Any] = [page.resources]
    for annotation in sequence(page.attrs.get("Annots")):
        waiting += _streams_below(mapping(annotation).get("AP"))
    seen: set[int] = set()
    while waiting:
        held = value(waiting.pop())
        key = getattr(held, "objid", None) or id(held)
        if key in seen:
            continue
        seen.add(key)
        part = stream(held)
        resources = mapping(held if part is None else part.get("Resources"))
        if resources:
            yield resources
            waiting += _parts(resources)


def _parts(resources: dict[str, Any]) -> Iterator[Any]:
    """Give what a resource dictionary holds that may have resources of its own."""
    for kind in ("XObject", "Pattern"):
        for held in mapping(resources.get(kind)).values():
            if stream(held) is not None:
                yield held
    for font in mapping(resources.get("Font")).values():
        if "CharProcs" in mapping(font):
            yield mapping(font).get("Resources")
    for state in mapping(resources.get("ExtGState")).values():
        yield mapping(mapping(state).get("SMask")).get("G")


def _streams_below(looks: Any) -> Iterator[Any]:
    for look in mapping(looks).values():
        yield from [look] if stream(look) is not None else mapping(look).values()


def _walk(objects: Iterable[ContentObject], inside: frozenset[int]) -> Iterator[Painted]:
    for thing in objects:
        if isinstance(thing, PathObject):
            yield from _path(thing)
        elif isinstance(thing, TextObject):
            yield from _text(thing, inside)
        elif isinstance(thing, ImageObject):
            yield _picture(thing)
        elif isinstance(thing, XObjectObject):
            key = id(thing.stream) if thing.stream.objid is None else thing.stream.objid
            if key not in inside:
                yield from _walk(thing, inside | {key})


def _path(path: PathObject) -> Iterator[Painted]:
    box = PageBox(*path.bbox)
    state = path.gstate
    if path.fill:
        straight = all(segment.operator in "mlh" for segment in path.raw_segments)
        narrow = min(box.width, box.height) if straight else None
        colour = _colour(state.ncs, state.ncolor)
        covers = straight and _is_upright(path, box) and _is_opaque(state)
        covers = covers and colour[0].family is not Family.PATTERN
        yield Painted(PaintKind.FILL, box, *colour, narrow, covers=covers)
    if path.stroke:
        width_pt = state.linewidth * _least_scale(path.ctm)
        yield Painted(PaintKind.LINE, box, *_colour(state.scs, state.scolor), width_pt)


def _is_upright(path: PathObject, box: PageBox) -> bool:
    """Say whether a path of straight lines is one rectangle that fills its box."""
    points = [point for segment in path.segments for point in segment.points]
    corners = {(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)}
    near = all(any(abs(x - cx) + abs(y - cy) < CORNER_PT for cx, cy in corners) for x, y in points)
    return near and len(points) in {4, 5} and sum(s.operator == "m" for s in path.segments) == 1


def _is_opaque(state: GraphicState) -> bool:
    normal = name(state.blend_mode) in {"Normal", "Compatible"}
    return state.nalpha == 1 and state.smask is None and normal


def _text(text: TextObject, inside: frozenset[int]) -> Iterator[Painted]:
    state = text.gstate
    if state.font is None:
        return
    if isinstance(state.font, Type3Font):
        for glyph in text:
            yield from _walk(glyph, inside)
        return
    left, bottom = text.origin
    end = left + text.displacement[0]
    box = PageBox(min(left, end), bottom, max(left, end), bottom + text.size)
    font, size = str(state.font.fontname), abs(float(text.size))
    if state.render_mode == INVISIBLE:
        yield Painted(PaintKind.HIDDEN, box, Space(Family.GRAY))
    if state.render_mode in FILLED_TEXT:
        yield Painted(
            PaintKind.TEXT, box, *_colour(state.ncs, state.ncolor), font=font, size_pt=size
        )
    if state.render_mode in STROKED_TEXT:
        yield Painted(
            PaintKind.TEXT, box, *_colour(state.scs, state.scolor), font=font, size_pt=size
        )


def _picture(image: ImageObject) -> Painted:
    a, b, c, d, _, _ = image.ctm
    width_pt, height_pt = hypot(a, b), hypot(c, d)
    across, down = image.srcsize
    dpi = min(
        (72 * dots / size for dots, size in ((across, width_pt), (down, height_pt)) if size),
        default=None,
    )
    box = PageBox(*image.bbox) if image.bbox else None
    if image.imagemask:
        space, values = _colour(image.gstate.ncs, image.gstate.ncolor)
        return Painted(PaintKind.PICTURE, box, space, values, dpi=dpi)
    space = space_of(image.colorspace) if image.colorspace else Space(Family.GRAY)
    whole = "SMask" not in image.stream and "Mask" not in image.stream and not (b or c)
    covers = whole and _is_opaque(image.gstate)
    return Painted(PaintKind.PICTURE, box, space, picture=image.stream, dpi=dpi, covers=covers)


def _colour(space: ColorSpace, color: Color) -> tuple[Space, tuple[float, ...]]:
    known = space_of(space)
    values = tuple(float(value) for value in color.values)
    if known.palette and values:
        return known, known.palette[min(int(values[0]), len(known.palette) - 1)]
    return known, values


def _least_scale(matrix: Matrix) -> float:
    """Say how much a matrix makes of a unit in the direction in which it makes the least."""
    a, b, c, d, _, _ = matrix
    whole = (a * a + b * b + c * c + d * d) / 2
    area = a * d - b * c
    least = max(0.0, whole - max(0.0, whole * whole - area * area) ** 0.5)
    return float(least**0.5)


def _gradients(resources: dict[str, Any]) -> Iterator[Painted]:
    shadings = list(mapping(resources.get("Shading")).values())
    patterns = map(mapping, mapping(resources.get("Pattern")).values())
    shadings += [pattern["Shading"] for pattern in patterns if "Shading" in pattern]
    for held in shadings:
        mesh = stream(held)
        shading = mapping(held) if mesh is None else mesh.attrs
        space = space_from(shading["ColorSpace"])
        stops = list(_stops(shading.get("Function")))
        yield from (Painted(PaintKind.SHADING, None, space, stop) for stop in stops or [()])


def _stops(held: Any) -> Iterator[tuple[float, ...]]:
    """Give the colours at the ends of a gradient's functions; sampled ones are not read."""
    functions = sequence(held)
    if functions:
        ends = [list(_stops(part)) for part in functions]
        yield from (tuple(chain.from_iterable(parts)) for parts in zip(*ends, strict=False))
        return
    function = mapping(held)
    for part in sequence(function.get("Functions")):
        yield from _stops(part)
    if "N" in function:
        yield numbers(function.get("C0", [0.0]))
        yield numbers(function.get("C1", [1.0]))


def _tiles(page: Page, resources: dict[str, Any]) -> Iterator[Painted]:
    for pattern in mapping(resources.get("Pattern")).values():
        tile = stream(pattern)
        if tile is None:
            continue
        a, b, c, d, e, f = numbers(tile.get("Matrix")) or MATRIX_IDENTITY
        inner = LazyInterpreter(
            page,
            [tile],
            mapping(tile.get("Resources")),
            ctm=mult_matrix((a, b, c, d, e, f), page.ctm),
        )
        for thing in _walk(inner, frozenset()):
            yield replace(thing, box=None)
