"""Rows on their way to the file: their layouts, and the parts that processes work on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from handouts.compose.compose import bound_phrases
from handouts.mail_merge.fill import (
    PartJob,
    fill_part,
    read_part,
)
from handouts.mail_merge.fill import lay_out_alone as alone_laid_out
from handouts.mail_merge.layouts import RunLayout, make_layout
from handouts.mail_merge.rows import (
    RunItem,
    RunRow,
    layout_of,
    likeness,
    lines_of,
    words_of,
)
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from handouts.basics.workers import Workers, Working
    from handouts.compose.composed import SheetUse
    from handouts.load.content import LoadedContent
    from handouts.mail_merge.forecast import Forecast
    from handouts.mail_merge.rows import Lines, Words

ROWS_A_PART = 1000


@dataclass(slots=True)
class PartAtWork:
    """A part on its way: its rows, and the work that is being done on them."""

    job: PartJob
    rows: list[RunItem]
    indexes: list[int]
    """Which rows of the run they are, counted from 0."""
    layouts: list[int | None]
    words: list[tuple[Words, ...] | None]
    """Those of each row that has a layout which they may fit."""
    filled: Working[None] | None
    alone: dict[int, Working[None]] = field(default_factory=dict)
    """By the row's place in the part."""


class PartsAtWork:
    """The layouts of a run, and the parts that its processes work on."""

    def __init__(
        self,
        loaded: LoadedContent,
        folder: Path,
        moment: datetime | None,
        use: SheetUse,
        pool: Workers,
        forecast: Forecast,
    ) -> None:
        self._loaded, self._folder, self._moment, self._use = loaded, folder, moment, use
        self._pool = pool
        self._forecast = forecast
        self._numbers: dict[tuple[RunRow, Lines], int] = {}
        self.lines: list[Lines] = []
        """How many lines the words of each layout take."""
        self.layouts: list[RunLayout] = []

    def parts(self, rows: Iterable[RunItem]) -> Iterator[PartAtWork]:
        """Read the rows part by part, and begin the work on each."""
        source, first = iter(rows), 0
        while part := list(islice(source, ROWS_A_PART)):
            indexes = list(range(first, first + len(part)))
            yield self.begin(
                f"part-{first:09}",
                indexes,
                part,
                [lines_of(item) if isinstance(item, RunRow) else None for item in part],
            )
            first += len(part)

    def begin(
        self,
        name: str,
        indexes: list[int],
        rows: list[RunItem],
        lines: list[Lines | None],
    ) -> PartAtWork:
        """Begin the work on rows, each with the lines that its words take."""
        layouts = self._numbered(rows, lines)
        say = language(self._loaded.content.language)
        entries = tuple(
            (number, words_of(row, say, self._use.profile))
            if isinstance(row, RunRow) and number is not None and self.layouts[number].pdf
            else None
            for row, number in zip(rows, layouts, strict=True)
        )
        words = json.dumps(entries).encode()
        used = sorted({entry[0] for entry in entries if entry})
        digest = hashlib.sha256(words)
        for number in used:
            digest.update(self.layouts[number].digest.encode())
        digest.update(repr(bound_phrases(self._loaded.content)).encode())
        job = PartJob(
            self._folder / name,
            digest.hexdigest(),
            words,
            {n: (self.layouts[n].pages, self.layouts[n].slots, self.lines[n]) for n in used},
            bound_phrases(self._loaded.content),
        )
        done = read_part(job.path, job.digest) is not None
        part = PartAtWork(
            job,
            rows,
            indexes,
            layouts,
            [entry and entry[1] for entry in entries],
            None if done else self._pool.submit(fill_part, job),
        )
        for place, layout in enumerate(layouts):
            if layout is None:
                self.lay_out_alone(part, place)
        return part

    def lay_out_alone(self, part: PartAtWork, place: int) -> None:
        """Begin the work on a sheet that shares no layout."""
        path = self.alone_path(part, place)
        row = part.rows[place]
        if not isinstance(row, RunRow):
            return
        part.alone[place] = self._pool.submit(
            alone_laid_out, self._loaded, row, self._moment, self._use, path
        )

    def alone_path(self, part: PartAtWork, place: int) -> Path:
        """Say where a sheet that is laid out alone is kept."""
        return self._folder / f"alone-{part.indexes[place]:09}"

    def _numbered(self, rows: list[RunItem], lines: list[Lines | None]) -> list[int | None]:
        """Give the number of each row's layout; those that are new are laid out first."""
        alike: dict[Hashable, int] = {}
        numbers: list[int | None] = []
        new: list[Working[RunLayout]] = []
        for row, counts in zip(rows, lines, strict=True):
            if counts is None or not isinstance(row, RunRow):
                numbers.append(None)
                continue
            like = likeness(row), counts
            number = alike.get(like)
            if number is None:
                layout = layout_of(row, counts, self._use.profile), counts
                alike[like] = number = self._numbers.setdefault(layout, len(self._numbers))
                if number == len(self.lines):
                    self.lines.append(counts)
                    new.append(
                        self._pool.submit(
                            make_layout, self._loaded, layout[0], self._moment, self._use
                        )
                    )
            numbers.append(number)
        with self._forecast.laying_out(len(new)) as one_done:
            for made in new:
                self.layouts.append(made.result())
                one_done()
        return numbers
