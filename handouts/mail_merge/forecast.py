"""How long a run still goes on, told by what its layouts and its sheets took so far.

A layout takes about a second, and to fill it a thousandth of one. So each is counted by itself;
a rate of both would promise hours for a run whose layouts are all made.
"""

from __future__ import annotations

from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from handouts.mail_merge.rows import likeness, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from handouts.mail_merge.rows import RunRow


_EXERCISES_KEPT = 256


class LayoutCount:
    """Counts the layouts that rows will need, before any is made."""

    def __init__(self) -> None:
        self._shared: set[int] = set()
        self._alone = 0
        self._exercises: dict[int, tuple[Hashable, int]] = {}
        """Those met last, by their address, with their hash, which takes long to work out."""

    def add(self, row: RunRow, copies: int) -> None:
        """Count a row."""
        lines = lines_of(row)
        if lines is None:
            self._alone += copies
            return
        _, *others = likeness(row)
        self._shared.add(hash((self._hash(row.sheet.exercises), *others, lines)))

    def _hash(self, exercises: Hashable) -> int:
        if id(exercises) not in self._exercises:
            if len(self._exercises) >= _EXERCISES_KEPT:
                self._exercises.clear()
            self._exercises[id(exercises)] = exercises, hash(exercises)
        return self._exercises[id(exercises)][1]

    def __len__(self) -> int:
        """Give how many layouts there will be; those for long words come up later."""
        return len(self._shared) + self._alone


class Forecast:
    """What is done of a run, and how long the rest will take."""

    def __init__(self, layouts: int, sheets: int, clock: Callable[[], float] = monotonic) -> None:
        self.layouts, self.sheets = layouts, sheets
        self.layouts_done = self.sheets_done = 0
        self._clock = clock
        self._began_s = clock()
        self._laying_out_s = 0.0
        self.told: Callable[[], None] = lambda: None
        """Is called when something more is done."""

    @contextmanager
    def laying_out(self, count: int) -> Iterator[Callable[[], None]]:
        """Take the time in which so many layouts are made; what it gives is called for each."""
        self.layouts = max(self.layouts, self.layouts_done + count)
        before_s = self._laying_out_s
        began_s = self._clock()

        def one_done() -> None:
            self.layouts_done += 1
            self._laying_out_s = before_s + self._clock() - began_s
            self.told()

        yield one_done
        self._laying_out_s = before_s + self._clock() - began_s

    def sheet_done(self) -> None:
        """Take in that a sheet is done."""
        self.sheets_done += 1
        self.told()

    @property
    def layouts_left(self) -> int:
        """How many layouts are still to be made; none when all sheets are filled."""
        return self.layouts - self.layouts_done if self.sheets_done < self.sheets else 0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take; None as long as nothing tells it."""
        sheets_left = self.sheets - self.sheets_done
        if sheets_left and not self.sheets_done:
            return None
        filling_s = self._clock() - self._began_s - self._laying_out_s
        left_s = filling_s * sheets_left / self.sheets_done if sheets_left else 0.0
        if self.layouts_left and self.layouts_done:
            left_s += self._laying_out_s * self.layouts_left / self.layouts_done
        return left_s
