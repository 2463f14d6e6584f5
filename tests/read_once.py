"""What is read of a file is kept for the tests that stand beside one another, and then let go of.

Each process that a test starts is a copy of the tests' own, which is as large as what it keeps.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = TypeVar("Reader", bound=Callable[..., Any])

_READERS: list[Any] = []


def read_once(reader: Reader) -> Reader:
    """Keep what a reader gives until the tests of another file begin."""
    kept: Any = cache(reader)
    _READERS.append(kept)
    return kept


def forget() -> None:
    """Let go of all that was read."""
    for kept in _READERS:
        kept.cache_clear()
