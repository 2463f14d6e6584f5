"""Checks on the page's geometry: boxes, bleed, safe area, number of pages."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np

from handouts.basics.choices import Profile
from handouts.preflight.boxes import PageBox
from handouts.preflight.result import Check, Result
from handouts.preflight.thresholds import (
    BOX_ROUNDING_PT,
    LEAST_BLEED_MM,
    LOOK_DPI,
    OFFICE_EDGE_MM,
    PT_PER_MM,
    SAFE_FROM_FOLD_MM,
    SAFE_FROM_TRIM_MM,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from handouts.preflight.boxes import PageBoxes
    from handouts.preflight.document import DrawnPage, OpenFile
    from handouts.preflight.text_places import TextLine

EDGES = ("left", "bottom", "right", "top")
SLANT_DOTS = 3
"""How far a slanting edge may wander between the dots on both sides of the trim."""
LEAST_GAP_DOTS = 2


def boxes(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look whether TrimBox lies in BleedBox lies in MediaBox, the same on all pages."""
    first = file.sheets[0]
    for sheet in file.sheets:
        yield from _nested(sheet)
        if profile is not Profile.SCREEN:
            yield from _sized(sheet, profile, imposed=file.imposed)
            yield from _same(sheet, first)
        if sheet.unit != 1:
            yield _box_fault(sheet, "the page has a UserUnit, so its size is not what it seems")
        if sheet.turned:
            yield Check(
                "boxes",
                Result.WARN,
                "the page is stored turned",
                sheet.number,
                number=sheet.turned,
                limit=0,
                unit="degrees",
                mend="write the page upright, without /Rotate",
            )


def _box_fault(sheet: PageBoxes, what: str, number: float | None = None, limit: float = 0) -> Check:
    return Check(
        "boxes",
        Result.FAIL,
        what,
        sheet.number,
        number=number,
        limit=None if number is None else limit,
        unit="" if number is None else "mm",
        mend="write the boxes anew: MediaBox around BleedBox around TrimBox",
    )


def _nested(sheet: PageBoxes) -> Iterator[Check]:
    named = (
        ("MediaBox", sheet.media),
        ("CropBox", sheet.crop),
        ("BleedBox", sheet.bleed),
        ("TrimBox", sheet.trim_written),
    )
    there = [(name, box) for name, box in named if box is not None]
    for (outer_name, outer), (inner_name, inner) in pairwise(there):
        outside_pt = -min(outer.margins(inner))
        if outside_pt > BOX_ROUNDING_PT:
            what = f"the {inner_name} reaches out of the {outer_name}"
            yield _box_fault(sheet, what, round(outside_pt / PT_PER_MM, 3))


def _sized(sheet: PageBoxes, profile: Profile, *, imposed: bool) -> Iterator[Check]:
    if sheet.trim_written is None:
        if profile is Profile.PRESS:  # a desk printer takes the page for the sheet
            yield _box_fault(sheet, "there is no TrimBox")
    elif profile is Profile.OFFICE:
        if sheet.media.differs(sheet.trim, BOX_ROUNDING_PT):
            over_mm = max(map(abs, sheet.media.margins(sheet.trim))) / PT_PER_MM
            yield _box_fault(sheet, "the page is not the trimmed sheet", round(over_mm, 3))
    elif sheet.bleed is None:
        yield _box_fault(sheet, "there is no BleedBox")
    elif not imposed:  # a sheet is not cut: its pieces have their bleed within
        least_mm = min(sheet.bleed.margins(sheet.trim)) / PT_PER_MM
        if least_mm < LEAST_BLEED_MM - BOX_ROUNDING_PT:
            what = "the BleedBox leaves too little bleed"
            yield _box_fault(sheet, what, round(least_mm, 3), LEAST_BLEED_MM)


def _same(sheet: PageBoxes, first: PageBoxes) -> Iterator[Check]:
    pairs = (
        ("MediaBox", sheet.media, first.media),
        ("BleedBox", sheet.bleed, first.bleed),
        ("TrimBox", sheet.trim_written, first.trim_written),
    )
    for name, box, wanted in pairs:
        if box and wanted and box.differs(wanted, BOX_ROUNDING_PT):
            off_mm = max(map(abs, box.margins(wanted))) / PT_PER_MM
            yield _box_fault(sheet, f"the {name} is not that of page 1", round(off_mm, 3))


def bleed(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Look whether artwork that touches the trim goes on to the bleed's edge, on each edge."""
    for sheet in file.sheets:
        if sheet.bleed is None or min(sheet.bleed.margins(sheet.trim)) < 72 / LOOK_DPI * 3:
            continue  # no bleed to fill: the boxes say so
        drawn = file.drawn(sheet)
        for edge in EDGES:
            yield from _unfilled(sheet, drawn, edge)


def _rim(sheet: PageBoxes, drawn: DrawnPage, edge: str) -> NDArray[np.bool_]:
    """Give the dots along an edge: rows from just inside the trim out to the bleed's edge.

    Dots that a box's edge cuts are left out; they are neither ink nor paper. Places run
    from the left, or from the top.
    """
    scale = LOOK_DPI / 72
    trim, media = sheet.trim, sheet.media
    outer = media.shared(sheet.bleed or trim)
    left, right = (trim.left - media.left) * scale, (trim.right - media.left) * scale
    top, bottom = (media.top - trim.top) * scale, (media.top - trim.bottom) * scale
    columns = slice(int(np.ceil(left)), int(right))
    rows = slice(int(np.ceil(top)), int(bottom))
    ink = drawn.ink
    if edge == "top":
        far = int(np.ceil((media.top - outer.top) * scale))
        return _outwards(ink[far : rows.start + 1, columns][::-1], cut=top % 1 != 0)
    if edge == "bottom":
        far = int((media.top - outer.bottom) * scale)
        return _outwards(ink[rows.stop - 1 : far, columns], cut=bottom % 1 != 0)
    if edge == "left":
        far = int(np.ceil((outer.left - media.left) * scale))
        return _outwards(ink[rows, far : columns.start + 1].T[::-1], cut=left % 1 != 0)
    far = int((outer.right - media.left) * scale)
    return _outwards(ink[rows, columns.stop - 1 : far].T, cut=right % 1 != 0)


def _outwards(rows: NDArray[np.bool_], *, cut: bool) -> NDArray[np.bool_]:
    return np.delete(rows, 1, axis=0) if cut else rows


def _unfilled(sheet: PageBoxes, drawn: DrawnPage, edge: str) -> Iterator[Check]:
    rim = _rim(sheet, drawn, edge)
    depth = len(rim) - 1
    missing = rim[0] & ~(_spread(rim[1], SLANT_DOTS) & _spread(rim[-1], depth))
    for start, stop in _runs(missing):
        if stop - start < LEAST_GAP_DOTS:
            continue
        filled = rim[1:, (start + stop) // 2]
        reach = depth if filled.all() else int(np.argmin(filled))
        along = start * 72 / LOOK_DPI
        upright = edge in {"left", "right"}
        at = {
            "left": sheet.trim.left,
            "right": sheet.trim.right,
            "top": sheet.trim.top,
            "bottom": sheet.trim.bottom,
        }[edge]
        place = (
            sheet.place_mm(at, sheet.trim.top - along)
            if upright
            else sheet.place_mm(sheet.trim.left + along, at)
        )
        outer = sheet.bleed or sheet.trim
        yield Check(
            "bleed",
            Result.FAIL,
            f"artwork touches the {edge} edge and does not fill the bleed",
            sheet.number,
            place,
            number=round(reach * 25.4 / LOOK_DPI, 1),
            limit=round(outer.margins(sheet.trim)[EDGES.index(edge)] / PT_PER_MM, 2),
            unit="mm",
            mend="draw it out to the bleed's edge, or keep it off the trim",
        )


def _spread(dots: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Widen ink along a row by some dots to both sides."""
    whole = np.convolve(dots.astype(np.int32), np.ones(2 * by + 1, np.int32))
    return whole[by : by + len(dots)] > 0


def _runs(dots: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    changes = np.flatnonzero(np.diff(np.concatenate(([0], dots.astype(np.int8), [0]))))
    yield from ((int(start), int(stop)) for start, stop in changes.reshape(-1, 2))


def safe_area(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look whether text keeps off trim and folds, and office pages off the printer's edge."""
    for sheet in file.sheets:
        folds = file.folds_of(sheet)
        if profile is Profile.OFFICE:
            yield from _near_paper_edge(sheet, file.drawn(sheet))
        elif profile is Profile.PRESS and not file.imposed:
            yield from _near_trim(file, sheet)
        if folds:
            yield from _near_folds(file, sheet, folds)


def _on_the_page(sheet: PageBoxes, lines: list[TextLine]) -> Iterator[TextLine]:
    """Leave out what stands beside the trimmed page: marks and their labels."""
    for line in lines:
        across = min(sheet.trim.right - line.box.left, line.box.right - sheet.trim.left)
        if min(across, sheet.trim.top - line.box.bottom, line.box.top - sheet.trim.bottom) > 0:
            yield line


def _near_trim(file: OpenFile, sheet: PageBoxes) -> Iterator[Check]:
    safe_mm = SAFE_FROM_TRIM_MM[file.limits]
    for line in _on_the_page(sheet, file.lines(sheet)):
        margin_mm = min(sheet.trim.margins(line.box)) / PT_PER_MM
        if margin_mm < safe_mm:
            words = file.quote(line.words)
            yield _near(line, f"{words} is too near the trim", sheet, margin_mm, safe_mm)


def _near_folds(file: OpenFile, sheet: PageBoxes, folds_mm: tuple[float, ...]) -> Iterator[Check]:
    for line, fold_mm in product(_on_the_page(sheet, file.lines(sheet)), folds_mm):
        off_mm = _from_fold(line.box, sheet.trim.left + fold_mm * PT_PER_MM) / PT_PER_MM
        if off_mm < SAFE_FROM_FOLD_MM:
            words = file.quote(line.words)
            yield _near(line, f"{words} is too near a fold", sheet, off_mm, SAFE_FROM_FOLD_MM)


def _from_fold(box: PageBox, fold_pt: float) -> float:
    """Say how far a box keeps off a fold, in points; 0 when it lies across."""
    return max(0.0, box.left - fold_pt, fold_pt - box.right)


def _near(line: TextLine, what: str, sheet: PageBoxes, number_mm: float, limit_mm: float) -> Check:
    return Check(
        "safe-area",
        Result.FAIL,
        what,
        sheet.number,
        sheet.place_of(line.box),
        number=round(number_mm, 2),
        limit=limit_mm,
        unit="mm",
        mend="move it inwards or shorten it",
    )


def _near_paper_edge(sheet: PageBoxes, drawn: DrawnPage) -> Iterator[Check]:
    trim, wide = sheet.trim, OFFICE_EDGE_MM * PT_PER_MM
    rims = {
        "left": PageBox(trim.left, trim.bottom, trim.left + wide, trim.top),
        "right": PageBox(trim.right - wide, trim.bottom, trim.right, trim.top),
        "top": PageBox(trim.left, trim.top - wide, trim.right, trim.top),
        "bottom": PageBox(trim.left, trim.bottom, trim.right, trim.bottom + wide),
    }
    for edge, rim in rims.items():
        down, across = np.nonzero(drawn.part(rim))
        if not len(down):
            continue
        dot = 72 / LOOK_DPI
        away = {
            "left": across,
            "right": drawn.part(rim).shape[1] - 1 - across,
            "top": down,
            "bottom": drawn.part(rim).shape[0] - 1 - down,
        }[edge]
        nearest = int(np.argmin(away))
        off_mm = float(away[nearest]) * dot / PT_PER_MM
        if off_mm > OFFICE_EDGE_MM - dot / PT_PER_MM:
            continue  # only the dot that the limit cuts
        yield Check(
            "safe-area",
            Result.FAIL,
            f"something is printed too near the {edge} edge",
            sheet.number,
            sheet.place_mm(rim.left + across[nearest] * dot, rim.top - down[nearest] * dot),
            number=round(off_mm, 1),
            limit=OFFICE_EDGE_MM,
            unit="mm",
            mend="keep it clear of the edge that a desk printer can't reach",
        )


def page_count(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look whether the pages fill their sheets on both sides; a single page is one-sided."""
    count = len(file.sheets)
    if count > 1 and count % 2:
        yield Check(
            "page-count",
            Result.FAIL if profile is Profile.PRESS else Result.WARN,
            "the last sheet's back stays blank",
            count,
            number=count,
            limit=count + 1,
            unit="pages",
            mend="add a page, even a blank one, so that nobody has to guess",
        )
