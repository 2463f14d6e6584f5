"""One piece laid out, finished for its profile and read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.errors import LayoutError
from handouts.findings import Report
from handouts.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from handouts.compose.compose import Composed
    from handouts.load.content import LoadedContent
    from handouts.pages import LaidOut


@dataclass(frozen=True, slots=True)
class LaidOutPiece:
    """A piece's finished file, when there is one, and what was found on the way to it."""

    pdf: bytes
    pages: int
    files: tuple[Path, ...]
    report: Report


def lay_out_piece(
    loaded: LoadedContent,
    moment: datetime | None,
    piece: Composed,
    draw: Callable[[Composed], LaidOut] | None = None,
) -> LaidOutPiece:
    """Lay out one piece, finish its file and read it back; ``draw`` is the engine's own, if None.

    Raises:
        MachineError: a library or a font is missing.

    """
    from handouts.laying_out.outputs import output_for  # noqa: PLC0415
    from handouts.press.finish import finish  # noqa: PLC0415 - heavy; not needed when unchanged
    from handouts.press.legible import check_legible  # noqa: PLC0415
    from handouts.press.read_back import read_back  # noqa: PLC0415
    from handouts.press.resolution import check_resolution  # noqa: PLC0415
    from handouts.render.engine import render  # noqa: PLC0415
    from handouts.render.glyphs import missing_glyphs  # noqa: PLC0415

    glyphs = tuple(missing_glyphs(piece, loaded))
    if glyphs:
        return LaidOutPiece(b"", 0, (), Report(glyphs))
    try:
        laid_out = (draw or render)(piece)
    except LayoutError as error:
        return LaidOutPiece(b"", 0, (), error.report)
    try:
        finished = finish(piece, laid_out, moment, output_for(piece, laid_out))
    except LayoutError as error:
        return LaidOutPiece(b"", 0, (), error.report)
    report = laid_out.report + Report(
        (
            *check_resolution(piece, laid_out),
            *read_back(finished.pdf, piece, laid_out),
            *check_legible(finished.pdf, piece, laid_out.pages),
        )
    )
    own = (piece.press_profile,) if piece.profile is Profile.PRESS else ()
    return LaidOutPiece(finished.pdf, finished.pages, (*laid_out.files, *own), report)
