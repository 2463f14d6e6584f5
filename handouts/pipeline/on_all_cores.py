"""Pieces laid out on all cores, each in a process."""

from __future__ import annotations

import gc
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from handouts.basics.errors import MachineError
from handouts.basics.workers import WorkerEndedError, Workers, cores
from handouts.pipeline.piece import LaidOutPiece, endless, not_laid_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from handouts.basics.workers import Working
    from handouts.compose.composed import Composed
    from handouts.pipeline.piece import Engine

T = TypeVar("T")


@contextmanager
def engine_ahead(*, begin: bool) -> Iterator[Engine]:
    """Render in a process that gets the engine ready while this one reads the content.

    With ``begin`` it begins at once, and else when there is something to render: a sheet whose
    layout is kept needs no engine.

    Measured: the engine and the content's models take 0.4 s each to import; this process
    gets the press ready while the other one renders. Looking for garbage in the two processes,
    which end soon, took 0.1 s.
    """
    with _no_garbage_sought(), ExitStack() as stack:

        @cache
        def workers() -> Workers:
            return stack.enter_context(Workers(1, _get_engine_ready))

        def engine(work: Callable[[Composed], T], piece: Composed) -> T:
            rendering = workers().submit(work, piece)
            _get_press_ready()
            try:
                return rendering.result()
            except WorkerEndedError as error:
                raise endless(piece) from error

        if begin:
            workers()
        yield engine


@contextmanager
def _no_garbage_sought() -> Iterator[None]:
    """Let Python keep what it could free; where processes are forked, so does the other one."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def get_ready() -> None:
    """Let a process that will lay out and finish pieces import all that it needs."""
    _get_engine_ready()
    _get_press_ready()


def _get_engine_ready() -> None:
    from handouts.render.loaded_engine import get_ready  # noqa: PLC0415 - heavy

    with suppress(MachineError):  # it is raised again, and told, where a piece is rendered
        get_ready()


def _get_press_ready() -> None:
    import numpy  # noqa: F401, ICN001, PLC0415 - the press reads its pictures with it

    from handouts.pdf.finish import finish  # noqa: F401, PLC0415
    from handouts.pdf.look import legible, read_back, resolution  # noqa: F401, PLC0415
    from handouts.preflight import look  # noqa: F401, PLC0415


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
    with Workers(min(len(pieces), cores())) as workers:
        working = [workers.submit(work, piece) for piece in pieces]
        shown = progress(pieces)
        return [_result(piece, one) for piece, one in zip(shown, working, strict=True)]


def _result(piece: Composed, working: Working[LaidOutPiece]) -> LaidOutPiece:
    try:
        return working.result()
    except WorkerEndedError:
        return not_laid_out(endless(piece).report)
