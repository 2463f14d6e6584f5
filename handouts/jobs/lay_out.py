"""Laying out pieces on all cores: each is rendered, finished and read back in a process."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from handouts.errors import LayoutError
from handouts.findings import Report
from handouts.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent
    from handouts.pages import LaidOut


LayOut: TypeAlias = "Callable[[LoadedContent, datetime | None, Composed], LaidOutPiece]"
"""Lays out a piece: the content, SOURCE_DATE_EPOCH where it is set, and the piece."""


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
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """The files that go with it, by their names."""


def lay_out_piece(loaded: LoadedContent, moment: datetime | None, piece: Composed) -> LaidOutPiece:
    """Lay out one piece whose every character can be drawn, finish its file and read it back.

    Raises:
        MachineError: a library or a font is missing.

    """
    glyphs = _missing_glyphs(loaded, piece)
    if glyphs.findings:
        return LaidOutPiece(b"", 0, (), glyphs)
    try:
        return _finished(moment, piece, _rendered(piece))
    except LayoutError as error:
        return LaidOutPiece(b"", 0, (), error.report)


def _missing_glyphs(loaded: LoadedContent, piece: Composed) -> Report:
    from handouts.render.glyphs import missing_glyphs  # noqa: PLC0415

    return Report(tuple(missing_glyphs(piece, loaded)))


def _rendered(piece: Composed) -> LaidOut:
    from handouts.render.engine import render  # noqa: PLC0415 - heavy; not needed when unchanged

    return render(piece)


def _finished(moment: datetime | None, piece: Composed, laid_out: LaidOut) -> LaidOutPiece:
    from handouts.jobs.outputs import output_for  # noqa: PLC0415
    from handouts.jobs.preflight import preflight_own  # noqa: PLC0415
    from handouts.press.finish import finish  # noqa: PLC0415
    from handouts.press.legible import check_legible  # noqa: PLC0415
    from handouts.press.read_back import read_back  # noqa: PLC0415
    from handouts.press.resolution import check_resolution  # noqa: PLC0415

    finished = finish(piece, laid_out, moment, output_for(piece, laid_out))
    report = laid_out.report + Report(
        (
            *check_resolution(piece, laid_out),
            *read_back(finished.pdf, piece, laid_out),
            *check_legible(finished.pdf, piece, laid_out.pages),
        )
    )
    own_look = preflight_own(finished.pdf, piece)
    report += own_look.report
    own = (piece.press_profile,) if piece.profile is Profile.PRESS else ()
    return LaidOutPiece(
        finished.pdf,
        finished.pages,
        (*laid_out.files, *own),
        report,
        own_look.passed,
        own_look.inks,
    )


@contextmanager
def engine_ahead() -> Iterator[LayOut]:
    """Render in a process that gets the engine ready while this one reads the content.

    Measured: the engine and the content's models take 0.4 s each to import; this process
    gets the press ready while the other one renders.
    """
    with ProcessPoolExecutor(1) as executor:
        executor.submit(_get_engine_ready)

        def lay_out(
            loaded: LoadedContent, moment: datetime | None, piece: Composed
        ) -> LaidOutPiece:
            rendering = executor.submit(_rendered, piece)
            glyphs = _missing_glyphs(loaded, piece)
            _get_press_ready()
            try:
                laid_out = rendering.result()
                if glyphs.findings:
                    return LaidOutPiece(b"", 0, (), glyphs)
                return _finished(moment, piece, laid_out)
            except LayoutError as error:
                return LaidOutPiece(b"", 0, (), error.report)

        yield lay_out


def _get_engine_ready() -> None:
    from handouts.errors import MachineError  # noqa: PLC0415
    from handouts.render.engine import weasyprint  # noqa: PLC0415

    with suppress(MachineError):  # it is raised again, and told, where a piece is rendered
        weasyprint()


def _get_press_ready() -> None:
    import numpy  # noqa: F401, ICN001, PLC0415 - the press reads its pictures with it

    from handouts.jobs import preflight  # noqa: F401, PLC0415
    from handouts.press import finish, legible, read_back, resolution  # noqa: F401, PLC0415


def lay_out_all(
    pieces: list[Composed],
    work: Callable[[Composed], LaidOutPiece],
    progress: Callable[[list[Composed]], Iterable[Composed]],
) -> list[LaidOutPiece]:
    """Lay out pieces by ``work``, several at a time; the results stand in the pieces' order.

    The layout engine can't be used from several threads, so each core gets a process.

    Raises:
        MachineError: a library or a font is missing.

    """
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
