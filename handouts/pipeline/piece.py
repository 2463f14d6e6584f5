"""One piece laid out, finished for its profile and read back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from handouts.basics.choices import Profile
from handouts.basics.errors import HandoutsError, LayoutError
from handouts.basics.findings import Place, Report
from handouts.basics.limits import MEGABYTE, Limit, OverLimitError, within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut
    from handouts.load.content import LoadedContent
    from handouts.render.slotted import Slotted
    from handouts.tickets.piece_ticket import ImposedFile

LIMIT = Limit(15, 1500 * MEGABYTE)
"""A piece of the sample takes about a second and 100 MB to render, and as much to finish."""

LayOut: TypeAlias = "Callable[[LoadedContent, datetime | None, Composed], LaidOutPiece]"
"""Lays out a piece: the content, SOURCE_DATE_EPOCH where it is set, and the piece."""
T = TypeVar("T")


class Engine(Protocol):
    """Does some work on a piece where the layout engine is: in this process, or in another."""

    def __call__(self, work: Callable[[Composed], T], piece: Composed) -> T:
        """Do the work, and give what it gives."""


def here(work: Callable[[Composed], T], piece: Composed) -> T:
    """Do the engine's work in this process."""
    return work(piece)


@dataclass(frozen=True, slots=True)
class LaidOutPiece:
    """A piece's finished file, when there is one, and what was found on the way to it."""

    pdf: bytes
    pages: int
    files: tuple[Path, ...]
    report: Report
    passed: tuple[str, ...] = ()
    """The preflight checks that it passed."""
    inks: tuple[tuple[str, ...], ...] = ()
    """The inks on each page of a press file."""
    imposed: tuple[ImposedFile, ...] = ()
    """What is known of its imposed sheets, for a press."""
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """The files that go with it, by their names."""


def not_laid_out(report: Report) -> LaidOutPiece:
    """Say why there is no file."""
    return LaidOutPiece(b"", 0, (), report)


def endless(piece: Composed, words: str = "more time or memory than it may") -> HandoutsError:
    """Say that a piece can't be laid out within its limit."""
    return LayoutError.because(
        f"laying it out takes {words}",
        why="a picture, a rule in the styles or a very long text asks for it",
        mend="take back the last change to pictures, styles and texts",
        place=Place(piece=piece.label),
    )


def lay_out_piece(
    loaded: LoadedContent,
    moment: datetime | None,
    piece: Composed,
    draw: Callable[[Composed], LaidOut] | None = None,
) -> LaidOutPiece:
    """Lay out one piece whose every character can be drawn, finish its file and read it back.

    ``draw`` is the engine's own in this process, if None.

    Raises:
        MachineError: a library or a font is missing.

    """
    glyphs = undrawable_characters(loaded, piece)
    if glyphs.findings:
        return not_laid_out(glyphs)
    try:
        return finished(moment, piece, (draw or rendered)(piece))
    except LayoutError as error:
        return not_laid_out(error.report)


def undrawable_characters(loaded: LoadedContent, piece: Composed) -> Report:
    """Find the characters of a piece that no font has."""
    from handouts.render.glyphs import missing_glyphs  # noqa: PLC0415

    return Report(tuple(missing_glyphs(piece, loaded)))


def rendered(piece: Composed) -> LaidOut:
    """Render a piece's pages.

    Raises:
        LayoutError: a panel or sheet runs over, something could not be read, or the work
            goes past its limit.
        MachineError: a library or a font is missing.

    """
    from handouts.render.engine import render  # noqa: PLC0415 - heavy; not needed when unchanged

    return _within_limit(render, piece)


def rendered_slotted(piece: Composed) -> Slotted:
    """Render the pages of a sheet whose slots hold stand-ins; raises what ``rendered`` does."""
    from handouts.render.slotted import render_slotted  # noqa: PLC0415 - heavy

    return _within_limit(render_slotted, piece)


def _within_limit(work: Callable[[Composed], T], piece: Composed) -> T:
    try:
        with within(LIMIT):
            return work(piece)
    except OverLimitError as error:
        raise endless(piece, error.words) from error


def finished(moment: datetime | None, piece: Composed, laid_out: LaidOut) -> LaidOutPiece:
    """Finish a rendered piece's file for its profile, and read it back.

    One that was not drawn, as it takes more sides than are wanted, has its pages alone.

    Raises:
        LayoutError: the profile can't take what was laid out, or the work goes past its limit.

    """
    if not laid_out.pdf:
        pages = max(one.stop for one in laid_out.pages.values())
        return LaidOutPiece(b"", pages, laid_out.files, laid_out.report)
    try:
        with within(LIMIT):
            return _finished(moment, piece, laid_out)
    except OverLimitError as error:
        raise endless(piece, error.words) from error


def _finished(moment: datetime | None, piece: Composed, laid_out: LaidOut) -> LaidOutPiece:
    from handouts.pdf.finish.finish import finish  # noqa: PLC0415
    from handouts.pdf.look.legible import check_legible  # noqa: PLC0415
    from handouts.pdf.look.read_back import read_back  # noqa: PLC0415
    from handouts.pdf.look.resolution import check_resolution  # noqa: PLC0415
    from handouts.pipeline.outputs import output_for  # noqa: PLC0415
    from handouts.pipeline.own_look import preflight_own  # noqa: PLC0415

    file = finish(piece, laid_out, moment, output_for(piece, laid_out))
    press = piece.profile is Profile.PRESS
    report = laid_out.report + Report(
        (
            *(() if press else check_resolution(piece, laid_out)),
            *read_back(file.pdf, piece, laid_out),
            *check_legible(file.pdf, piece, laid_out),
        )
    )
    looked = preflight_own(file.pdf, piece)
    own = (piece.press_profile,) if press else ()
    return LaidOutPiece(
        file.pdf,
        file.pages,
        (*laid_out.files, *own),
        report + looked.report,
        looked.passed,
        looked.inks,
    )
