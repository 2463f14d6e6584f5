"""The separator sheets of a file, laid out and checked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handouts.basics.clock import source_date
from handouts.basics.errors import LayoutError
from handouts.models.run_plan import Before
from handouts.pipeline.piece import lay_out_piece
from handouts.tickets.separators import Separator, Stretch, compose_separators, part_label
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.basics.papers import Size
    from handouts.print_run.event import Event


_MANY = 99_999
"""Takes as much room as any number on a separator."""


def check_separators(event: Event) -> None:
    """Lay out the separators that an event asks for, before their numbers are known.

    Raises:
        LayoutError: a title is too long, or no font has one of its letters.

    """
    if not event.separators:
        return
    say = language(event.loaded.content.language)
    names = (one.name for one in event.loaded.content.programmes.values())
    programme = _longest(say.text("separators.programme"), max(names, key=len, default=""))
    count = len(event.parts)
    stretches = [
        (size, _longest(part_label(say, part.number, count), part.title))
        for part in event.parts
        for size in part.sizes.values()
    ]
    more = (programme,) if Before.PROGRAMME in event.separators else ()
    separators = [
        Separator(number, size, (part, *more)) for number, (size, part) in enumerate(stretches, 1)
    ]
    draw_separators(event, separators)


def _longest(label: str, title: str) -> Stretch:
    return Stretch(label, title, _MANY, _MANY, _MANY, Counter(letter=_MANY), goes_on=True)


def draw_separators(event: Event, separators: Sequence[Separator]) -> list[tuple[bytes, int]]:
    """Lay out separators; give for each a file, and its page there, from 0.

    A file has pages of one size.

    Raises:
        LayoutError: a title is too long, or no font has one of its letters.

    """
    by_size: dict[Size, list[Separator]] = {}
    for separator in separators:
        by_size.setdefault(separator.size, []).append(separator)
    pages: dict[int, tuple[bytes, int]] = {}
    for alike in by_size.values():
        count = len(separators)
        composed = compose_separators(event.loaded, event.title, alike, count, event.use)
        result = lay_out_piece(event.loaded, source_date(), composed)
        if result.report.errors:
            raise LayoutError(result.report)
        pages |= {one.number: (result.pdf, page) for page, one in enumerate(alike)}
    return [pages[one.number] for one in separators]
