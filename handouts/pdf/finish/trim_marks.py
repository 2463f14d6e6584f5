"""What is drawn around the trim for the people who cut and fold, and the word PROOF over it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition
from handouts.basics.papers import MARK_MARGIN
from handouts.pdf.circle import circle
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.compose.composed import Composed

LINE_PT = 0.25
GAP_PT = 3.0
"""Between the bleed and the marks."""
MARK_PT = 13.0
REGISTRATION_PT = 5.0
"""The radius of a registration mark's circle."""
SLUG_LEFT_PT = SLUG_BOTTOM_PT = 5.5
"""Where the slug's line begins, from the media's lower left."""
SLUG_PT = 11.0
"""The height of the slug's line, which stands below the marks."""
PROOF_SHARE = 0.7
"""How much of the page's diagonal the word PROOF takes."""
PROOF_EDGE_SHARE = 0.05
"""How much of the page's width or height stays free of it at each edge."""
PROOF_INK = 0.12
PROOF_STROKE = 0.13
"""The width of PROOF's strokes, and below its letters, in heights of a letter."""

_BOWL = "0 0 m 0 1 l 0.3 1 l 0.68 1 0.68 0.46 0.3 0.46 c 0 0.46 l"
_ROUND = "0.36 0 m 0.84 0 0.84 1 0.36 1 c -0.12 1 -0.12 0 0.36 0 c s"
_PROOF = (  # each letter is one stroke, so that no ink doubles where lines meet
    (0.0, f"{_BOWL} S"),
    (0.85, f"{_BOWL} 0.3 0.46 m 0.6 0 l S"),
    (1.7, _ROUND),
    (2.7, _ROUND),
    (3.7, "0 0 m 0 1 l 0.58 1 l 0 0.5 m 0.46 0.5 l S"),
)
_PROOF_WIDTH = 4.28


@dataclass(frozen=True, slots=True)
class TrimFrame:
    """A page's trim within its media, in points: where it begins, its size, and its bleed."""

    margin_pt: float
    width_pt: float
    height_pt: float
    bleed_pt: float

    @property
    def media(self) -> tuple[float, float, float, float]:
        """The MediaBox."""
        return 0, 0, self.width_pt + 2 * self.margin_pt, self.height_pt + 2 * self.margin_pt

    @property
    def trim(self) -> tuple[float, float, float, float]:
        """The TrimBox."""
        return self._around(0)

    @property
    def bleed(self) -> tuple[float, float, float, float]:
        """The BleedBox."""
        return self._around(self.bleed_pt)

    def _around(self, out: float) -> tuple[float, float, float, float]:
        near, right, top = self.margin_pt - out, self.width_pt + out, self.height_pt + out
        return near, near, self.margin_pt + right, self.margin_pt + top


def blank_last(pages: int) -> bool:
    """Say whether a press file gets a blank page at its end, so that its last sheet has a back."""
    return pages > 1 and pages % 2 == 1


def sides(composed: Composed, pages: int) -> tuple[str, ...]:
    """Name each finished page as the slug does; ``pages`` counts those that were laid out."""
    say = language(composed.language)
    if composed.folded is not None:
        return tuple(say.text(f"slug.{side.name}") for side in composed.folded.sides)
    blank = blank_last(pages)
    whole = str(pages + blank)
    names = [
        say.text("slug.page", page=str(number), pages=whole)
        for number in range(1, pages + 1 + blank)
    ]
    if blank:
        names[-1] = say.text("slug.left_blank", page=names[-1])
    return tuple(names)


def slug_lines(composed: Composed, pages: int) -> tuple[str, ...]:
    """Write the line below each page's marks: what it is, which words, from when, which side."""
    say = language(composed.language)
    paper = str(composed.paper)
    if composed.edition is not Edition.STANDARD:
        edition = say.text(f"edition.{composed.edition}")
        paper = say.text("slug.with_edition", paper=paper, edition=edition)
    lines = (
        say.text(
            "slug.line",
            piece=composed.piece,
            paper=paper,
            version=composed.content_hash,
            date=composed.dated.isoformat(),
            side=side,
        )
        for side in sides(composed, pages)
    )
    return tuple(say.text("slug.proof", line=line) if composed.proof else line for line in lines)


def slug_width_pt(composed: Composed) -> float:
    """Give the room for the slug: the media's width, but for the half of a line at each end."""
    folded = composed.folded
    size = composed.leaves[0].size if folded is None else folded.outside.size
    return float(size.width.pt + 2 * MARK_MARGIN[composed.paper].pt) - 2 * SLUG_LEFT_PT


def slug_offset_pt(composed: Composed) -> tuple[float, float]:
    """Say where a sheet's slug has its upper left, seen from the trim's: right and down."""
    margin = float(MARK_MARGIN[composed.paper].pt)
    height = float(composed.leaves[0].size.height.pt)
    return SLUG_LEFT_PT - margin, height + margin - SLUG_BOTTOM_PT - SLUG_PT


def folds_pt(composed: Composed, page: int) -> tuple[float, ...]:
    """Say where a page is folded, from the trim's left."""
    if composed.folded is None:
        return ()
    return tuple(float(fold.pt) for fold in composed.folded.sides[page].folds)


def marks(frame: TrimFrame, folds: Sequence[float]) -> str:
    """Draw crop, fold and registration marks, all outside the bleed, in the current ink."""
    lines = [*_crop(frame), *_registration(frame, folds)]
    return "\n".join((f"{LINE_PT} w", *lines, "[2 1.5] 0 d", *_fold(frame, folds), "[] 0 d"))


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0:.4f} {y0:.4f} m {x1:.4f} {y1:.4f} l S"


def _reach(frame: TrimFrame) -> tuple[tuple[float, float], ...]:
    """Where a mark begins and ends below and above a trim's edge that lies at 0."""
    near = frame.bleed_pt + GAP_PT
    return (-near, -near - MARK_PT), (near, near + MARK_PT)


def _crop(frame: TrimFrame) -> Iterator[str]:
    left, bottom, right, top = frame.trim
    before, after = _reach(frame)
    for x, (near_x, far_x) in ((left, before), (right, after)):
        for y, (near_y, far_y) in ((bottom, before), (top, after)):
            yield _line(x + near_x, y, x + far_x, y)
            yield _line(x, y + near_y, x, y + far_y)


def _fold(frame: TrimFrame, folds: Sequence[float]) -> Iterator[str]:
    left, bottom, _, top = frame.trim
    before, after = _reach(frame)
    for fold in folds:
        for y, (near, far) in ((bottom, before), (top, after)):
            yield _line(left + fold, y + near, left + fold, y + far)


def _registration(frame: TrimFrame, folds: Sequence[float]) -> Iterator[str]:
    left, bottom, right, top = frame.trim
    out = frame.bleed_pt + GAP_PT + MARK_PT / 2
    middle_x, middle_y = left + _clear_of(folds, frame.width_pt), (bottom + top) / 2
    for x, y in (
        (left - out, middle_y),
        (right + out, middle_y),
        (middle_x, bottom - out),
        (middle_x, top + out),
    ):
        yield _line(x - MARK_PT / 2, y, x + MARK_PT / 2, y)
        yield _line(x, y - MARK_PT / 2, x, y + MARK_PT / 2)
        yield circle(x, y, REGISTRATION_PT * 0.7)


def _clear_of(folds: Sequence[float], width_pt: float) -> float:
    """Give the middle of the trim, or of the panel right of it if a fold's mark stands there."""
    middle = width_pt / 2
    if all(abs(fold - middle) > MARK_PT for fold in folds):
        return middle
    left, right = [edge for edge in (*folds, width_pt) if edge > middle - MARK_PT][:2]
    return (left + right) / 2


def proof_word(frame: TrimFrame) -> str:
    """Draw PROOF across the trim in the current ink; it is drawn, so no text is added."""
    left, bottom, _, _ = frame.trim
    diagonal = math.hypot(frame.width_pt, frame.height_pt)
    cos, sin = frame.width_pt / diagonal, frame.height_pt / diagonal
    across, up = cos * _PROOF_WIDTH + sin, sin * _PROOF_WIDTH + cos
    room = 1 - 2 * PROOF_EDGE_SHARE
    scale = min(
        PROOF_SHARE * diagonal / _PROOF_WIDTH,
        room * frame.width_pt / across,
        room * frame.height_pt / up,
    )
    x = left + frame.width_pt / 2 - scale * (cos * _PROOF_WIDTH - sin) / 2
    y = bottom + frame.height_pt / 2 - scale * (sin * _PROOF_WIDTH + cos) / 2
    turn = " ".join(f"{scale * part:.4f}" for part in (cos, sin, -sin, cos))
    letters = "\n".join(f"q 1 0 0 1 {left_at} 0 cm {path} Q" for left_at, path in _PROOF)
    return f"q {turn} {x:.4f} {y:.4f} cm {PROOF_STROKE} w 1 j\n{letters}\nQ"
