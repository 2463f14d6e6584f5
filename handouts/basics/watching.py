"""A clinic's folder that is watched while somebody edits it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handouts.basics.errors import MachineError
from handouts.basics.findings import Place
from handouts.basics.settings import Setting, named

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTLED_MS = 150
"""Editors save in several steps; so long after the last of them, the file is whole."""
_LOOK_MS = 100
"""The first word comes after so long, when the folder is under watch."""


def versions(folder: Path, besides: Path) -> Iterator[None]:
    """Give word once, and again each time that something in a folder has been saved.

    What is saved while the last word is acted upon counts. It goes on until somebody stops it.
    The folder ``besides`` is not looked at, as results are written there. Editors' own copies and
    the folders of version control are not, either.

    Raises:
        MachineError: the system can't watch the folder, or results would be written into it.

    """
    from watchfiles import DefaultFilter, watch  # noqa: PLC0415 - for who watches alone

    if folder.resolve().is_relative_to(besides.resolve()):
        raise MachineError.because(
            "results are written into the folder that is watched",
            why="each of them would look like a change of yours",
            mend=f"choose another folder with {named(Setting.OUTPUT)}",
            place=Place(file=str(besides)),
        )
    results, theirs = besides.resolve(), DefaultFilter()
    begun = False
    try:
        for changed in watch(
            folder.resolve(),
            watch_filter=lambda change, path: (
                theirs(change, path) and not Path(path).is_relative_to(results)
            ),
            debounce=10 * _SETTLED_MS,
            step=_SETTLED_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            raise_interrupt=True,
        ):
            if changed or not begun:
                begun = True
                yield
    except OSError as error:
        raise MachineError.because(
            "the folder can't be watched",
            why=error.strerror or str(error),
            mend="ask for the pictures again after each change",
            place=Place(file=str(folder)),
        ) from error
