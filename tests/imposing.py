"""What the tests of imposition share: paper that is printed, turned, cut, folded and stacked.

This is a simulation of what hands and machines do with sheets. It knows the printer's rules
and nothing of how a plan is made: it looks only at where each page lies, and how it is turned.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.imposition.plan import Placement, Plan

NEAR_PT = 0.001
Vector = tuple[float, float]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Face:
    """A page's place as it lies on the sheet, all in the coordinates of the sheet's front."""

    left: float
    bottom: float
    right: float
    top: float
    up: Vector
    reads: Vector
    printed: Rect


@dataclass(frozen=True)
class Piece:
    """What is cut from a sheet: a front, what is behind it, and the page that each bears."""

    front: Face
    back: Face | None
    pages: tuple[int | None, int | None]


@dataclass(frozen=True)
class Paper:
    """A sheet of paper, and the edge about which it is turned."""

    width_pt: float
    height_pt: float
    flip: str | None


def near(one: float, other: float) -> bool:
    return abs(one - other) < NEAR_PT


Place = tuple[float, float, int, Rect]
"""Where a page lies: its left and lower edge, how it is turned, and what is printed of it."""


def _place(placed: Placement) -> Place:
    window = placed.window
    printed = (window.left_pt, window.bottom_pt, window.right_pt, window.top_pt)
    return placed.left_pt, placed.bottom_pt, placed.rotation, printed


def face(place: Place, size: tuple[float, float]) -> Face:
    left, bottom, rotation, printed = place
    width, height = size if rotation in (0, 180) else size[::-1]
    turn = radians(rotation)
    return Face(
        left,
        bottom,
        left + width,
        bottom + height,
        (round(sin(turn)), round(cos(turn))),
        (round(cos(turn)), -round(sin(turn))),
        printed,
    )


def seen_through(paper: Paper, back: Face) -> Face:
    """Say where a face of the back lies for one who looks at the front, through the paper.

    A printer turns the sheet about one of its edges: the one that stands upright, which swaps
    left and right, or the one that lies, which swaps up and down.
    """
    edge_length = max if paper.flip == "long" else min
    upright = near(edge_length(paper.width_pt, paper.height_pt), paper.height_pt)
    if upright:
        left, right = paper.width_pt - back.right, paper.width_pt - back.left
        up, reads = (-back.up[0], back.up[1]), (-back.reads[0], back.reads[1])
        x0, y0, x1, y1 = back.printed
        printed = (paper.width_pt - x1, y0, paper.width_pt - x0, y1)
        return Face(left, back.bottom, right, back.top, up, reads, printed)
    bottom, top = paper.height_pt - back.top, paper.height_pt - back.bottom
    up, reads = (back.up[0], -back.up[1]), (back.reads[0], -back.reads[1])
    x0, y0, x1, y1 = back.printed
    printed = (x0, paper.height_pt - y1, x1, paper.height_pt - y0)
    return Face(back.left, bottom, back.right, top, up, reads, printed)


def cut(plan: Plan, size: tuple[float, float]) -> list[list[Piece]]:
    """Print and cut: the pieces of each sheet, in reading order of the front.

    Every piece must lie on the sheet, be printed over no other, be the right way up, and have
    its back exactly behind it: head to head, and turned like a page of a book.
    """
    paper = Paper(plan.width_pt, plan.height_pt, plan.flip)
    sheets = []
    for sheet in plan.sheets:
        assert len(sheet.sides) == (2 if plan.flip else 1)
        front, *rest = (side.placements for side in sheet.sides)
        places = (tuple(map(_place, side)) for side in (front, *rest))
        sheets.append(
            [
                Piece(found, back, (front[n].page, rest[0][m].page if rest else None))
                for found, back, n, m in _cut(paper, size, *places)
            ]
        )
    return sheets


@lru_cache(maxsize=256)
def _cut(
    paper: Paper, size: tuple[float, float], front: tuple[Place, ...], back: tuple[Place, ...] = ()
) -> tuple[tuple[Face, Face | None, int, int], ...]:
    """Cut a sheet, whatever its pages are: each front and back, and their numbers on their sides.

    Many sheets differ in their pages alone, so each way in which they lie is cut once.
    """
    fronts = [face(place, size) for place in front]
    backs = [seen_through(paper, face(place, size)) for place in back]
    for found in fronts:
        assert found.left > -0.3
        assert found.bottom > -0.3
        assert found.right < paper.width_pt + 0.3
        assert found.top < paper.height_pt + 0.3
        assert (found.up, found.reads) == ((0, 1), (1, 0)), "not the right way up"
    assert not paper.flip or len(backs) == len(fronts)
    cut_apart: list[tuple[Face, Face | None, int, int]] = []
    for number, found in enumerate(fronts):
        at = behind(found, backs) if paper.flip else -1
        cut_apart.append((found, backs[at] if paper.flip else None, number, at))
        for other in fronts[number + 1 :]:
            assert apart(found.printed, other.printed), "printed on one another"
    return tuple(sorted(cut_apart, key=lambda piece: (-round(piece[0].bottom), piece[0].left)))


def behind(front: Face, backs: list[Face]) -> int:
    """Give the number of the one back that lies exactly behind a front."""
    found = [
        number
        for number, back in enumerate(backs)
        if near(back.left, front.left)
        and near(back.right, front.right)
        and near(back.bottom, front.bottom)
        and near(back.top, front.top)
    ]
    assert len(found) == 1, "nothing, or too much, behind a page"
    back = backs[found[0]]
    assert all(map(near, back.printed, front.printed)), "not printed alike"
    assert back.up == front.up, "head to foot"
    assert back.reads == (-front.reads[0], front.reads[1]), "mirrored"
    return found[0]


def apart(one: Rect, other: Rect) -> bool:
    return (
        one[2] <= other[0] + NEAR_PT
        or other[2] <= one[0] + NEAR_PT
        or one[3] <= other[1] + NEAR_PT
        or other[3] <= one[1] + NEAR_PT
    )


def read_booklet(
    plan: Plan, size: tuple[float, float], thickness: float, copies: int = 1
) -> list[list[int | None]]:
    """Fold each sheet in its middle, fronts outside, nest them, trim, and read each booklet.

    The first sheet is outermost. Each sheet inside it lies one thickness farther from the
    spine; after that, every page's fore edge must lie where the booklet is trimmed.
    """
    sheets = cut(plan, size)
    middle = plan.width_pt / 2
    each = len(sheets) // copies
    booklets = []
    for start in range(0, len(sheets), each):
        first_half: list[int | None] = []
        second_half: list[int | None] = []
        for depth, (left, right) in enumerate(sheets[start : start + each]):
            assert near(right.front.right - middle + depth * thickness, size[0]), "creep"
            assert near(middle - left.front.left + depth * thickness, size[0]), "creep"
            first_half += right.pages
            second_half += left.pages
        booklets.append(first_half + second_half[::-1])
    return booklets


def stack(plan: Plan, size: tuple[float, float]) -> list[tuple[int | None, int | None]]:
    """Cut, and lay the piles on one another, the first pile on top; read from above."""
    return [piece.pages for pile in zip(*cut(plan, size), strict=True) for piece in pile]


def piles(plan: Plan, size: tuple[float, float]) -> list[list[tuple[int | None, int | None]]]:
    return [[piece.pages for piece in pile] for pile in zip(*cut(plan, size), strict=True)]


def one_after_another(plan: Plan, size: tuple[float, float]) -> list[tuple[int | None, int | None]]:
    return [piece.pages for sheet in cut(plan, size) for piece in sheet]


def numbered_pdf(
    path: Path,
    pages: int,
    size: tuple[float, float],
    *,
    bleed: float = 0.0,
    rotate: int = 0,
    origin: Vector = (0.0, 0.0),
    user_unit: float = 1.0,
) -> Path:
    """Write a PDF whose pages bear their number, and a frame on the trim that no turn repeats.

    ``size`` is the trim size as written, before ``rotate`` turns the page. With a bleed, the
    page is filled with color to the edge of the bleed, and 10 pt of paper lie around it.
    """
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    width, height = size
    for number in range(1, pages + 1):
        x, y = origin
        around = bleed + 10 if bleed else 0.0
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[x - around, y - around, x + width + around, y + height + around],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
        )
        if bleed:
            page.TrimBox = pikepdf.Array([x, y, x + width, y + height])
            page.BleedBox = pikepdf.Array(
                [x - bleed, y - bleed, x + width + bleed, y + height + bleed]
            )
        if rotate:
            page.Rotate = rotate
        if user_unit != 1:
            page.UserUnit = user_unit
        color = f"{number % 3 / 3:.2f} 0.6 {number % 5 / 5:.2f} rg"
        filled = (
            f"{color} {x - around} {y - around} {width + 2 * around} {height + 2 * around} re f"
        )
        page.Contents = pdf.make_stream(
            f"{filled if bleed else ''} 0 g 0 G "
            f"{x + 6} {y + height - 18} 18 12 re f {x + 4} {y + 4} m {x + width / 2} {y + 4} l S "
            f"BT /F {height / 4} Tf {x + 12} {y + height / 2} Td (n{number}) Tj ET".encode()
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.docinfo["/Title"] = "Numbered pages"
    pdf.save(path, deterministic_id=True)
    return path
