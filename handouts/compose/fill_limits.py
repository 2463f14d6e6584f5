"""How much a template may take: time, memory, and the size of what it makes.

A template can't run code, but it can count for ever or double a text until the memory is full.
A timer ends the first, a limit of memory the second. Neither can stop a single step inside
Python's own code, so each step is kept small: no text, list or number grows past a bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from handouts.basics.limits import MEGABYTE, Limit

FILLING = Limit(5, 500 * MEGABYTE)
"""To fill one page. The shipped templates take 0.02 s and 2 MB, so a machine or a template may be
a hundred times slower."""
MOST_LETTERS = 5_000_000
"""In one text, or in all items of a list together; the longest sheet has 0.4 million."""
LARGEST_NUMBER = 10**15

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
