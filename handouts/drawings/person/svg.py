"""Writes a drawing as a flat SVG in millimetres."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import numpy as np
import shapely
from shapely import affinity

from handouts.drawings.person.curves import Pen, number
from handouts.drawings.person.shapes import Area, Bounds, Drawing, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from handouts.drawings.person.inks import FigurePalette, Fill, Hatch

_FINE = 0.62
_LEAST_LINE_MM = 0.24
_LEAST_PRINTED_MM = 0.0886
"""0.25 pt, the thinnest line that a plate holds, and a little for rounding."""
_SMALLEST_MM = (25, 22)
"""To which styles/sheet.css reduces a drawing on a sheet of four, but for the second of two that
lie one above the other: that is wide or square, and 17 mm high."""
_HALO = 1.3
_DASH_MM = (1.1, 0.9)
_CROSS_SHARE = 0.15
"""Half a cross, of the shorter side of its frame."""
_CROSS_BROAD = 0.2


@dataclass(frozen=True)
class ScreenSheet:
    """How the screen plane lands on paper."""

    bounds: Bounds
    width_mm: float
    mirror: bool

    @property
    def mm_per_cm(self) -> float:
        """Printed millimetres for one centimetre of the figure."""
        return self.width_mm / self.bounds.width_cm

    @property
    def height_mm(self) -> float:
        """The drawing's printed height."""
        return self.bounds.height_cm * self.mm_per_cm

    @property
    def outline_mm(self) -> float:
        """Outline weight: follows the figure's scale within what prints well."""
        return min(0.6, max(0.22, 0.55 * self.mm_per_cm))

    @property
    def least_line_mm(self) -> float:
        """The thinnest line that still prints where the drawing is set smallest."""
        wide, high = _SMALLEST_MM
        smallest = max(self.width_mm / wide, self.height_mm / high)
        return max(_LEAST_LINE_MM, _LEAST_PRINTED_MM * smallest)

    def place(self, shape: BaseGeometry) -> BaseGeometry:
        """The shape in millimetres, y down."""
        k = self.mm_per_cm
        shift = (-self.bounds.left_cm * k, self.bounds.top_cm * k)
        return affinity.affine_transform(shape, (k, 0, 0, -k, *shift))


def write_svg(
    drawing: Drawing,
    sheet: ScreenSheet,
    palette: FigurePalette,
    title: str,
    description: str,
    prefix: str,
) -> str:
    """The SVG text; the same input always gives the same bytes."""
    inks = palette if drawing.crossed is None else palette.muted()
    body = "".join(_Writer(sheet, inks).items(drawing))
    width, height = number(sheet.width_mm), number(sheet.height_mm)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-desc">{escape(description)}</desc>'
        f'<g stroke-linejoin="round" stroke-linecap="round">{body}</g></svg>\n'
    )


@dataclass(frozen=True)
class _Writer:
    sheet: ScreenSheet
    palette: FigurePalette

    @property
    def outline_mm(self) -> float:
        return max(self.sheet.least_line_mm, self.sheet.outline_mm * self.palette.outline_share)

    @property
    def fine_mm(self) -> float:
        return max(self.sheet.least_line_mm, self.outline_mm * _FINE)

    @property
    def pen(self) -> Pen:
        return Pen(self.sheet.width_mm if self.sheet.mirror else None)

    def items(self, drawing: Drawing) -> Iterator[str]:
        lens = None if drawing.lens is None else self.sheet.place(drawing.lens)
        shown = lens if drawing.window is None else self.sheet.place(drawing.window)
        for item in drawing.items:
            shape = self.sheet.place(item.shape)
            edge = shape.boundary if isinstance(item, Area) and item.edged else None
            if shown is not None:
                shape = shape.intersection(shown)
            if shape.is_empty:
                continue
            if isinstance(item, Line):
                yield self._line(item, shape)
            elif edge is not None and shown is not None:
                yield from self._area(replace(item, edged=False), shape)
                line = edge.intersection(shown)
                yield self.pen.stroke(line, self.palette.outline, self.outline_mm)
            else:
                yield from self._area(item, shape)
        if lens is not None:
            yield self.pen.stroke(lens.boundary, self.palette.outline, self.outline_mm)
        if drawing.crossed is not None:
            yield from self._cross(self.sheet.place(drawing.crossed))

    def _line(self, item: Line, shape: BaseGeometry) -> str:
        if item.ghost:
            return self.pen.stroke(shape, self.palette.ghost, self.fine_mm, _DASH_MM)
        weight = self.fine_mm if item.fine else self.outline_mm
        return self.pen.stroke(shape, self.palette.outline, weight)

    def _cross(self, head: BaseGeometry) -> Iterator[str]:
        """A cross in the lower corner that is farther from the head."""
        wide, high = self.sheet.width_mm, self.sheet.height_mm
        arm = _CROSS_SHARE * min(wide, high)
        at_left = float(head.centroid.x) > wide / 2
        x, y = arm * 1.3 if at_left else wide - arm * 1.3, high - arm * 1.3
        strokes = shapely.MultiLineString(
            (((x - arm, y - arm), (x + arm, y + arm)), ((x - arm, y + arm), (x + arm, y - arm)))
        )
        cross = strokes.buffer(arm * _CROSS_BROAD)
        yield self.pen.fill(cross.buffer(self.outline_mm * 2), self.palette.paper)
        yield self.pen.fill(cross, self.palette.wrong)

    def _area(self, item: Area, shape: BaseGeometry) -> Iterator[str]:
        match item.paint:
            case "outline":
                yield self.pen.fill(shape, self.palette.outline)
            case "press":
                edge_mm = self.outline_mm * 2
                yield self.pen.fill(shape.buffer(edge_mm), self.palette.paper)
                yield self.pen.fill(shape, self.palette.paper, (self.palette.accent, edge_mm))
            case "accent":
                yield self.pen.fill(shape.buffer(self.outline_mm * _HALO), self.palette.paper)
                yield self.pen.fill(shape, self.palette.accent)
            case _:
                ink: Fill = getattr(self.palette, item.paint.replace("-", "_"))
                yield from self._inked(item, shape, ink)

    def _inked(self, item: Area, shape: BaseGeometry, ink: Fill) -> Iterator[str]:
        if item.shaded:
            if ink.shade != ink.fill:
                yield self.pen.fill(shape, ink.shade)
            return
        edge = (self.palette.outline, self.outline_mm) if item.edged else None
        yield self.pen.fill(shape, ink.fill, edge)
        if ink.hatch is not None:
            yield self._hatch(shape, self._printable(ink.hatch))
        if item.paint == "tint" and self.palette.tint_edge is not None:
            yield self.pen.stroke(shape.boundary, self.palette.tint_edge, self.fine_mm)

    def _printable(self, hatch: Hatch) -> Hatch:
        """A hatch whose lines print where the drawing is set smallest, as dark as it was."""
        more = max(1.0, self.sheet.least_line_mm / hatch.weight_mm)
        wider = {"gap_mm": hatch.gap_mm * more, "weight_mm": hatch.weight_mm * more}
        return hatch.model_copy(update=wider)

    def _hatch(self, shape: BaseGeometry, hatch: Hatch) -> str:
        """Lines or dots on one grid for the whole sheet, so that they run on between parts."""
        flat = affinity.rotate(shape, -hatch.angle_deg, origin=(0, 0))
        left, top, right, bottom = (int(np.floor(v / hatch.gap_mm)) for v in flat.bounds)
        columns = np.arange(left, right + 2) * hatch.gap_mm
        rows = np.arange(top, bottom + 2) * hatch.gap_mm
        if hatch.dotted:
            grid = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
            dots = affinity.rotate(shapely.MultiPoint(grid), hatch.angle_deg, origin=(0, 0))
            spots = shapely.get_coordinates(dots)
            inner = shape.buffer(-hatch.weight_mm / 2)
            kept = spots[shapely.contains_xy(inner, spots)]
            return self.pen.dots(kept, hatch.colour, hatch.weight_mm)
        lines = shapely.MultiLineString([((columns[0], y), (columns[-1], y)) for y in rows])
        turned = affinity.rotate(lines, hatch.angle_deg, origin=(0, 0))
        return self.pen.stroke(turned.intersection(shape), hatch.colour, hatch.weight_mm)
