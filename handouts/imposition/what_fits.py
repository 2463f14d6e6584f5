"""What can't be imposed, with the numbers that say why."""

from __future__ import annotations

from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding
from handouts.basics.lengths import Length, mm, size, written
from handouts.basics.settings import Setting, named
from handouts.imposition.layout import SAME_SIZE_PT
from handouts.imposition.loads import printed_sides, sheets_needed
from handouts.imposition.schemes import Booklet, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.imposition.schemes import ImpositionOrder, SourcePage

MOST_COPIES = 100_000
MOST_SHEETS = 100_000
"""200 reams. A plan is kept in memory: 97,500 sheets of 1,000 pages took 0.4 GB and 9 s."""
MOST_BOOKLET_PAGES = 92
"""More than staples hold well (printerupdate.net; other shops stop between 64 and 92)."""
MOST_CREEP = mm(5)
"""The safe margin beside the spine: what is moved farther would run into the fold."""
MOST_TOLD = 5
"""Pages of another size that are named."""


def number_findings(pages: int, order: ImpositionOrder) -> Iterator[Finding]:
    """Find numbers of pages, copies and sheets that a scheme can't take."""
    if not pages:
        yield Finding("the file has no pages", mend="give a PDF with at least one page")
        return
    if not 1 <= order.copies <= MOST_COPIES:
        yield Finding(
            f"{order.copies:,} copies can't be made",
            f"a file holds 1 to {MOST_COPIES:,}",
            "ask for fewer, or let the printer repeat the file",
        )
    elif (sheets := sheets_needed(order.scheme, pages, order.copies)) > MOST_SHEETS:
        yield Finding(
            f"this would take {sheets:,} sheets",
            f"a file holds at most {MOST_SHEETS:,}",
            "ask for fewer copies, or let the printer repeat the file",
        )
    if isinstance(order.scheme, Grid) and order.scheme.work is not None:
        yield from _form_findings(pages, order, order.scheme)
    one_sided = isinstance(order.scheme, Grid) and printed_sides(order.scheme, pages) == 1
    if order.flip and one_sided:
        yield Finding(
            "one side is printed, so there is nothing to flip",
            mend=f"leave out {named(Setting.FLIP)}, or write {named(Setting.SIDES, '2')}",
        )
    if isinstance(order.scheme, Booklet):
        yield from _booklet_findings(pages, order.scheme.thickness)


def _form_findings(pages: int, order: ImpositionOrder, grid: Grid) -> Iterator[Finding]:
    """Find why both sides can't be printed from one form."""
    work = named(Setting.WORK, str(grid.work))
    if printed_sides(grid, pages) == 1:
        yield Finding(
            f"one side is printed, so {work} has no back to print",
            mend=f"leave out {named(Setting.WORK)}",
        )
    if grid.up % 2:
        yield Finding(
            f"{grid.up} on a sheet can't be parted into fronts and backs",
            f"with {work} one half of a form holds fronts, the other their backs",
            "take 2, 4 or 8 on a sheet",
        )
    if order.flip:
        yield Finding(
            f"{work} says itself about which edge the sheet is turned",
            mend=f"leave out {named(Setting.FLIP)}",
        )


def _booklet_findings(pages: int, thickness: Length) -> Iterator[Finding]:
    if pages > MOST_BOOKLET_PAGES:
        yield Finding(
            f"a booklet can't have {pages:,} pages",
            f"staples hold 1 to {MOST_BOOKLET_PAGES} pages; they are filled up to a multiple of 4",
            "make several booklets of it",
        )
        return
    deepest = ceil(pages / 4) - 1
    creep = Length(thickness.pt * deepest)
    if creep > MOST_CREEP:
        yield Finding(
            f"the innermost of {deepest + 1} sheets of {written(thickness.mm)} mm would creep by "
            f"{written(creep.mm)} mm",
            f"more than {written(MOST_CREEP.mm)} mm moves words into the fold",
            "take thinner paper, or make several booklets of it",
        )


def size_findings(pages: Sequence[SourcePage]) -> Iterator[Finding]:
    """Find a page without a size, or those that have not the size of the first."""
    if not pages:
        return
    for number, page in enumerate(pages, start=1):
        if min(page.width_pt, page.height_pt) <= 0:
            yield Finding(
                f"page {number} has no size",
                "its trim box is empty or lies off the page",
                "make the file again",
            )
            return
    first = pages[0]
    unlike = (
        (number, page)
        for number, page in enumerate(pages, start=1)
        if abs(page.width_pt - first.width_pt) > SAME_SIZE_PT
        or abs(page.height_pt - first.height_pt) > SAME_SIZE_PT
    )
    told = [
        f"page {number} is {size(page.width_pt, page.height_pt)}"
        for number, page in islice(unlike, MOST_TOLD)
    ]
    more = sum(1 for _ in unlike)
    if told:
        yield Finding(
            f"the pages have not one size: page 1 is {size(first.width_pt, first.height_pt)}, "
            + ", ".join(told)
            + (f", and so on for {more} more" if more else ""),
            "pieces of one size lie on a sheet",
            "impose each size from a file of its own",
        )
