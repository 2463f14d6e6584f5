"""Laying out pieces on all cores: each is rendered, finished and read back in a process."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from handouts.errors import LayoutError
from handouts.findings import Report
from handouts.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from handouts.compose.compose import Composed
    from handouts.load.content import LoadedContent


@dataclass(frozen=True, slots=True)
class LaidOutPiece:
    """A piece's finished file, when there is one, and what was found on the way to it."""

    pdf: bytes
    pages: int
    files: tuple[Path, ...]
    report: Report


def lay_out_piece(loaded: LoadedContent, moment: datetime | None, piece: Composed) -> LaidOutPiece:
    """Lay out one piece, finish its file and read it back.

    Raises:
        MachineError: a library or a font is missing.

    """
    from handouts.jobs.outputs import output_for  # noqa: PLC0415
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
        laid_out = render(piece)
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


def lay_out_all(
    pieces: list[Composed],
    loaded: LoadedContent,
    moment: datetime | None,
    progress: Callable[[list[Composed]], Iterable[Composed]],
) -> list[LaidOutPiece]:
    """Lay out pieces, several at a time; the results stand in the pieces' order.

    The layout engine can't be used from several threads, so each core gets a process.

    Raises:
        MachineError: a library or a font is missing.

    """
    work = partial(lay_out_piece, loaded, moment)
    with _mapper(min(len(pieces), os.cpu_count() or 1)) as mapper:
        results = mapper(work, pieces)
        return [result for _, result in zip(progress(pieces), results, strict=True)]


@contextmanager
def _mapper(
    processes: int,
) -> Iterator[
    Callable[[Callable[[Composed], LaidOutPiece], list[Composed]], Iterable[LaidOutPiece]]
]:
    if processes < 2:
        yield map
        return
    with ProcessPoolExecutor(processes) as executor:
        yield executor.map
