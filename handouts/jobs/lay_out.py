"""Pieces laid out on all cores, each in a process."""

from __future__ import annotations

import gc
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from handouts.errors import LayoutError, MachineError
from handouts.laying_out.piece import (
    LaidOutPiece,
    finished,
    not_laid_out,
    rendered,
    undrawable_characters,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from handouts.compose.composed import Composed
    from handouts.laying_out.piece import LayOut
    from handouts.load.content import LoadedContent


@contextmanager
def engine_ahead() -> Iterator[LayOut]:
    """Render in a process that gets the engine ready while this one reads the content.

    Measured: the engine and the content's models take 0.4 s each to import; this process
    gets the press ready while the other one renders. Compiling the templates takes 0.05 s
    more, and looking for garbage in the two processes, which end soon, took 0.1 s.
    """
    with (
        _no_garbage_sought(),
        ProcessPoolExecutor(1, initializer=_leave_ctrl_c_to_the_parent) as executor,
    ):
        executor.submit(_get_engine_ready)

        def lay_out(
            loaded: LoadedContent, moment: datetime | None, piece: Composed
        ) -> LaidOutPiece:
            rendering = executor.submit(rendered, piece)
            glyphs = undrawable_characters(loaded, piece)
            _get_press_ready()
            try:
                laid_out = rendering.result()
                if glyphs.findings:
                    return not_laid_out(glyphs)
                return finished(moment, piece, laid_out)
            except LayoutError as error:
                return not_laid_out(error.report)

        yield lay_out


@contextmanager
def _no_garbage_sought() -> Iterator[None]:
    """Let Python keep what it could free; where processes are forked, so does the other one."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _leave_ctrl_c_to_the_parent() -> None:
    """A process that dies of Ctrl-C in the middle of its work would be waited for without end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def get_ready() -> None:
    """Let a process that will lay out and finish pieces import all that it needs."""
    _get_engine_ready()
    _get_press_ready()


def _get_engine_ready() -> None:
    from handouts.render.engine import get_ready  # noqa: PLC0415 - heavy

    with suppress(MachineError):  # it is raised again, and told, where a piece is rendered
        get_ready()


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
