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
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MEGABYTE = 1_000_000
_AGAIN_S = 1.0
"""Work that swallowed the first alarm gets another one after that long."""
_GRACE_S = 5
"""Past its time by so much, the system ends the process: a library may hear no alarm."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long some work may compute, and how much memory it may add to that of its process.

    Time is a processor's: endless work uses it, and a busy machine is not a fault of the work.
    """

    cpu_s: float
    memory_bytes: int


class OverLimitError(Exception):
    """Work took more time or memory than its limit allows; it says which, in words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@contextmanager
def within(limit: Limit) -> Iterator[None]:
    """Do work within a limit.

    Time is kept in the main thread of a process, everywhere but on Windows; memory on Linux
    alone: other systems have no bound on a process's memory that holds.

    Raises:
        OverLimitError: the work needs more.

    """
    try:
        with _time(limit.cpu_s), memory_within(limit.memory_bytes):
            yield
    except MemoryError as error:
        words = f"more than {limit.memory_bytes // MEGABYTE:,} MB of memory"
        raise OverLimitError(words) from error


@contextmanager
def _time(cpu_s: float) -> Iterator[None]:
    if sys.platform == "win32" or current_thread() is not main_thread():
        yield
        return
    import resource  # noqa: PLC0415 - not on Windows

    error = OverLimitError(f"more than {round(cpu_s, 1):,g} seconds")
    at_work = True
    passed = False

    def over(_number: int, _frame: FrameType | None) -> None:
        nonlocal passed
        if at_work:
            passed = True
            raise error

    used_s = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    last_s = int(used_s + cpu_s + _GRACE_S)
    before = signal.signal(signal.SIGPROF, over)
    if hard == resource.RLIM_INFINITY or last_s < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (last_s, hard))
    outer = signal.setitimer(signal.ITIMER_PROF, cpu_s, _AGAIN_S)
    try:
        try:
            yield
        finally:
            at_work = False
    finally:
        signal.setitimer(signal.ITIMER_PROF, *outer)
        # A last alarm may be on its way to another thread; by default it would end the process.
        signal.signal(signal.SIGPROF, signal.SIG_IGN if before == signal.SIG_DFL else before)
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
