"""What a check says: one type for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Result(StrEnum):
    """How a check came out."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, and what came of it.

    ``place_mm`` is the left and top of what was found, measured right and down from the
    trim's top left corner; ``number`` and ``limit`` are in ``unit``. ``times`` counts how
    often the same was found on the page; the place is the first one's.
    """

    name: str
    result: Result
    what: str = ""
    page: int = 0
    place_mm: tuple[float, float] | None = None
    number: float | None = None
    limit: float | None = None
    unit: str = ""
    mend: str = ""
    times: int = 1

    @property
    def measured(self) -> str:
        """The number and its limit in words; empty when nothing was measured."""
        if self.number is None:
            return ""
        limit = "" if self.limit is None else f", limit {self.limit:g}"
        return f"{self.number:g} {self.unit}{limit}".strip()

    @property
    def where(self) -> str:
        """The page and the place in words; empty when it is the whole file."""
        if not self.page:
            return ""
        if self.place_mm is None:
            return f"page {self.page}"
        left, top = self.place_mm
        return f"page {self.page} at {left:.1f}, {top:.1f} mm"

    def as_json(self) -> dict[str, Any]:
        """Give the check as plain data, for programs."""
        left, top = self.place_mm or (None, None)
        return {
            "check": self.name,
            "result": str(self.result),
            "what": self.what,
            "page": self.page or None,
            "left_mm": left,
            "top_mm": top,
            "number": self.number,
            "limit": self.limit,
            "unit": self.unit,
            "times": self.times,
            "mend": self.mend,
        }


def merged(checks: Iterable[Check]) -> Iterator[Check]:
    """Say what was found many times on a page once, with how often."""
    kept: dict[tuple[str, Result, str, int], Check] = {}
    for check in checks:
        key = (check.name, check.result, check.what, check.page)
        first = kept.get(key)
        kept[key] = check if first is None else replace(first, times=first.times + 1)
    yield from kept.values()
