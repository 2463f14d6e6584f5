"""How much a template may take: time, memory, and the size of what it makes.

A template can't run code, but it can count for ever or double a text until the memory is full.
A timer ends the first, a limit of memory the second. Neither can stop a single step inside
Python's own code, so each step is kept small: no text, list or number grows past a bound.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_SECONDS = 5
"""Of the processor, to fill one page. The shipped templates take 0.02 s, so a machine or a
template may be a hundred times slower."""
MOST_MEMORY_BYTES = 500_000_000
"""Beyond what the program holds before. The shipped templates take 2 MB."""
MOST_LETTERS = 5_000_000
"""In one text, or in all items of a list together; the longest sheet has 0.4 million."""
LARGEST_NUMBER = 10**15
_EACH_S = 1
"""Between two rings of the timer once it has rung: what is at work may have swallowed the first."""

T = TypeVar("T")


class PastLimitError(Exception):
    """A template takes more than it may: ``what`` it takes, and which limit it passes."""

    def __init__(self, what: str, limit: str) -> None:
        super().__init__(f"{what}; the limit is {limit}")


def bounded(value: T) -> T:
    """Give a value back when it is no larger than a template may make one.

    Raises:
        PastLimitError: it is.

    """
    if isinstance(value, str):
        if len(value) > MOST_LETTERS:
            raise too_large()
    elif isinstance(value, int):
        if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
            raise PastLimitError("a number is too large", f"{LARGEST_NUMBER:,}")
    elif isinstance(value, _HOLDING):
        size(value)
    return value


def size(value: object) -> int:
    """Count the letters and items of a value, and of all that it holds; a record counts as one.

    Raises:
        PastLimitError: there are more than a template may make.

    """
    count = 0
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str | range):
            count += len(one)
        elif isinstance(one, Mapping):
            waiting += one.keys()
            waiting += one.values()
        elif isinstance(one, tuple | list):
            waiting += one
        count += 1
        if count + len(waiting) > MOST_LETTERS:
            raise too_large()
    return count


def may_grow(value: object, *by: object) -> None:
    """See that a value stays in its bounds when it is repeated, or another is put in between.

    Raises:
        PastLimitError: it does not.

    """
    grown = size(value)
    for each in by:
        grown *= max(1, abs(each) if isinstance(each, int) else size(each))
    if grown > MOST_LETTERS:
        raise too_large()


_HOLDING = (tuple, list, dict, range, MappingProxyType)


def too_large() -> PastLimitError:
    """Say that a text or a list is larger than a template may make one."""
    return PastLimitError("a text or a list is too large", f"{MOST_LETTERS:,} letters or items")


@contextmanager
def limited() -> Iterator[None]:
    """Limit the time and the memory of what is done within.

    The time is the processor's: a busy machine costs a template nothing. It is limited in the
    main thread of a process, and where there are timers (not on Windows). Memory is limited
    where the system says how much of it is taken (Linux); what is made is bounded everywhere.

    Raises:
        PastLimitError: it took too long.
        MemoryError: it took too much memory.

    """
    with _limited_memory(), _limited_time():
        yield


@contextmanager
def _limited_time() -> Iterator[None]:
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    at_work = True

    def ring(_signal: int, _frame: object) -> None:
        if at_work:
            raise PastLimitError("it takes too long", f"{MOST_SECONDS} seconds")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS, _EACH_S)
    try:
        try:
            yield
        finally:
            at_work = False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        # A last ring may be on its way to another thread; by default it would end the process.
        signal.signal(signal.SIGPROF, signal.SIG_IGN if before == signal.SIG_DFL else before)


@contextmanager
def _limited_memory() -> Iterator[None]:
    try:
        import resource  # noqa: PLC0415 - not on Windows

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError, ValueError):
        yield
        return
    soft, hard = before = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + MOST_MEMORY_BYTES
    known = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (min([most, *known]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
