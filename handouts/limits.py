"""Limits of time and memory for work on what others made.

A picture, a PDF, a spreadsheet or a template of a few hundred bytes can ask for endless work.
Within a limit such work ends, and what it was done on can be named.
"""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MEGABYTE = 1_000_000
_AGAIN_S = 1.0
"""Work that swallowed the first alarm gets another one after that long."""
_GRACE_S = 10
"""Past its time by so much processor time, the machine itself ends the process."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long some work may take, and how much memory it may add to that of its process."""

    wall_s: float
    memory_bytes: int


class OverLimitError(Exception):
    """Work took more time or memory than its limit allows; it says which, in words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@contextmanager
def within(limit: Limit) -> Iterator[None]:
    """Do work within a limit; in the main thread of a process.

    Time is kept everywhere but on Windows, memory on Linux alone: other systems have no
    bound on a process's memory that holds.

    Raises:
        OverLimitError: the work needs more.

    """
    try:
        with _time(limit.wall_s), memory_within(limit.memory_bytes):
            yield
    except MemoryError as error:
        words = f"more than {limit.memory_bytes // MEGABYTE:,} MB of memory"
        raise OverLimitError(words) from error


@contextmanager
def _time(wall_s: float) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import resource  # noqa: PLC0415 - not on Windows

    error = OverLimitError(f"more than {round(wall_s, 1):,g} seconds")
    passed = False

    def over(_number: int, _frame: FrameType | None) -> None:
        nonlocal passed
        passed = True
        raise error

    used_s = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    last_s = int(used_s + wall_s + _GRACE_S)
    before = signal.signal(signal.SIGALRM, over)
    if hard == resource.RLIM_INFINITY or last_s < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (last_s, hard))
    signal.setitimer(signal.ITIMER_REAL, wall_s, _AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    if passed:  # libraries swallow errors, and go on with half of what there is
        raise error


@contextmanager
def memory_within(more_bytes: int) -> Iterator[None]:
    """Do work with so much memory added to what the process has now; on Linux alone.

    Raises:
        MemoryError: it needs more.

    """
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415 - not on Windows

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most_bytes = pages * resource.getpagesize() + more_bytes
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if resource.RLIM_INFINITY != soft < most_bytes:
        most_bytes = soft
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
