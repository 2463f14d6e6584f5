"""Contents that layouts are kept of: whether the engine will be needed, before anything is read.

It is a guess: a sheet of another layout needs the engine although its content is known. It then
gets ready a moment later, and nothing else changes.
"""

from __future__ import annotations

from contextlib import suppress
from time import time
from typing import TYPE_CHECKING

from handouts.basics.kept import Cache
from handouts.basics.made_with import made_with

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 10_000
"""Some 150 contents of 65 bytes."""


def _known() -> Cache:
    return Cache("contents", _MOST_BYTES)


def note_content(path: Path) -> None:
    """Note that a layout of this content is kept."""
    known = _known()
    with suppress(OSError):
        key = made_with(path.read_bytes())
        if known.read(key) is None:
            known.keep(key, b"")
            known.drop_old(time())


def content_is_known(path: Path) -> bool:
    """Say whether a layout of this content, as it is now, has been kept."""
    try:
        return _known().read(made_with(path.read_bytes())) is not None
    except OSError:
        return False
