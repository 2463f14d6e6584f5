"""A run's sheets on larger ones: whether that can be, and the files of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.basics.errors import ContentError
from handouts.basics.findings import Place, Report
from handouts.basics.papers import BLEED, SHEET_SIZES, Sheet
from handouts.imposition.arrange import make_plan
from handouts.imposition.schemes import (
    UPS,
    Grid,
    ImpositionOrder,
    SchemeName,
    SourcePage,
    scheme_called,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from handouts.basics.papers import Size
    from handouts.mail_merge.words_on_paper import WordsOnPaper
    from handouts.models.run_plan import RunImposition
    from handouts.print_run.work import RunWork

_TWICE = {"letter": Sheet.TABLOID, "a4": Sheet.A3}
"""The sheet that is folded or cut once to give each paper."""
_TWICE_WITH_BLEED = {"letter": Sheet.TWELVE_BY_EIGHTEEN, "a4": Sheet.SRA3}
"""The smallest sheet that holds two of each paper with their bleed."""


@dataclass(frozen=True, slots=True)
class ImposedRun:
    """A file of imposed sheets."""

    path: Path
    sheets: int
    paper: Sheet
    flip: str


def order_for(
    asked: RunImposition | None,
    sizes: Mapping[int, Mapping[str, Size]],
    place: Place,
    profile: Profile,
) -> ImpositionOrder | None:
    """Make the order to impose a run whose parts have these papers.

    The pages of a press run have bleed, and one size.

    Raises:
        ContentError: the run has several papers, or the sheets don't fit.

    """
    papers = {name: size for part in sizes.values() for name, size in part.items()}
    if len(papers) > 1 and (asked is not None or profile is Profile.PRESS):
        told = "; ".join(
            f"{name} in part {', '.join(str(n) for n, part in sizes.items() if name in part)}"
            for name in sorted(papers)
        )
        raise ContentError.because(
            f"a run on several papers can't be {'made for a press' if asked is None else 'imposed'}"
            f": {told}",
            why="the pages of a press file have one size"
            if asked is None
            else "sheets of one size lie on a larger one",
            mend="make a run for each paper",
            place=place,
        )
    if asked is None:
        return None
    (name, size), *_ = papers.items()
    up = asked.up or UPS.get(asked.scheme) or 2
    bleeds = profile is Profile.PRESS
    twice = _TWICE_WITH_BLEED if bleeds else _TWICE
    paper = asked.paper or (twice.get(name) if up == 2 else None)
    if paper is None:
        raise ContentError.because(
            f"it is not known on which sheet {up} of {name} are to lie",
            mend="write in a plan's imposition, for example, paper: 13x19",
            place=place,
        )
    stacked = asked.scheme is SchemeName.CUT_STACK
    scheme = scheme_called(asked.scheme, up=up if stacked else None, sides=2, gutter=asked.gutter)
    order = ImpositionOrder(scheme, paper, flip=asked.flip, marks=asked.marks)
    bleed_pt = max(float(bleed.pt) for bleed in BLEED.values()) if bleeds else 0.0
    page = SourcePage(float(size.width.pt), float(size.height.pt), bleed_pt)
    try:
        make_plan([page, page], order)
    except ContentError as error:
        findings = (
            replace(found, place=place, mend=found.mend.replace("--", ""))
            for found in error.report.findings
        )
        raise ContentError(Report(tuple(findings))) from error
    return order


def impose_run(
    source: Path, target: Path, order: ImpositionOrder, work: RunWork, words: WordsOnPaper
) -> ImposedRun:
    """Impose a finished file of a run that is staged, and stage the sheets.

    Raises:
        ContentError: it takes more sheets than a file holds.
        LayoutError: a page of the run, which shows these ``words``, lacks some on its sheet.
        OSError: the disk is full.

    """
    from handouts.pdf.sheets.draw import imposed, open_source  # noqa: PLC0415 - heavy

    with open_source(work.staged(source)) as pdf:
        data, plan = imposed(pdf, order)
    words.look_on_sheets(work.staged(source), data)
    work.write(target, data)
    return ImposedRun(target, len(plan.sheets), order.sheet, str(plan.flip))


def stacking_steps(order: ImpositionOrder, imposed: Sequence[ImposedRun]) -> tuple[str, ...]:
    """Say how the imposed sheets are cut, and how the piles are laid together."""
    grid = order.scheme
    if not isinstance(grid, Grid):
        return ()
    size = SHEET_SIZES[order.sheet]
    inches = " × ".join(f"{float(side.pt) / 72:g}" for side in (size.width, size.height))
    count = sum(one.sheets for one in imposed)
    steps = [
        (
            f"Print {count:,} sheets of {order.sheet} ({inches} in) on both sides,"
            f" flip on the {imposed[0].flip} edge."
        ),
        "Keep the printed sheets in one pile, as they come, and cut it; each file for itself.",
    ]
    if grid.stacked and grid.up == 2:
        steps.append(
            "That gives 2 piles. Seen from the front, lay the left one (or the upper) on the other."
        )
    elif grid.stacked:
        steps.append(
            f"That gives {grid.up} piles. Seen from the front, from the upper left, row by row: "
            "lay the first on the second, both on the third, and so on."
        )
    else:
        steps.append("Lay together sheet after sheet, from the upper left, row by row.")
    return (*steps, "The pile is then in the order of the file.")
