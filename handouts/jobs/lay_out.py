"""Pieces laid out on all cores, each in a process."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from handouts.laying_out.piece import LaidOutPiece, lay_out_piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from handouts.compose.compose import Composed
    from handouts.load.content import LoadedContent


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
