"""A run's sheets on larger ones: whether that can be, and the files of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from handouts.basics.choices import Profile, SchemeName
from handouts.basics.errors import ContentError, LayoutError
from handouts.basics.findings import Place, Report
from handouts.basics.papers import BLEED, SHEET_SIZES, Sheet
from handouts.basics.settings import as_keys
from handouts.imposition.arrange import make_plan
from handouts.imposition.schemes import UPS, Grid, ImpositionOrder, SourcePage, scheme_called
from handouts.pipeline.own_look import preflight_sheets
from handouts.pipeline.sheet_words import sheet_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from handouts.basics.papers import Size
    from handouts.mail_merge.words_on_paper import WordsOnPaper
    from handouts.models.run_plan import RunImposition
    from handouts.print_run.event import Event
    from handouts.print_run.work import RunWork
    from handouts.wording.language import Language

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
    passed: tuple[str, ...]
    """The preflight checks that a press run's sheets passed."""


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
            replace(found, place=place, mend=as_keys(found.mend)) for found in error.report.findings
        )
        raise ContentError(Report(tuple(findings))) from error
    return order


def impose_run(
    source: Path,
    target: Path,
    event: Event,
    order: ImpositionOrder,
    work: RunWork,
    words: WordsOnPaper,
) -> ImposedRun:
    """Impose a finished file of a run that is staged, and stage the sheets.

    Raises:
        ContentError: it takes more sheets than a file holds.
        LayoutError: a page of the run, which shows these ``words``, lacks some on its sheet; or
            sheets for a press are not fit for it.
        OSError: the disk is full.

    """
    from handouts.pdf.sheets.imposed import imposed  # noqa: PLC0415 - heavy
    from handouts.pdf.sheets.opening import open_source  # noqa: PLC0415

    with open_source(work.staged(source)) as pdf:
        data, plan = imposed(pdf, order, partial(sheet_words, records=words.records()))
    words.look_on_sheets(work.staged(source), data)
    passed: tuple[str, ...] = ()
    if event.use.profile is Profile.PRESS:
        passed, report = preflight_sheets(data)
        if report.errors:
            raise LayoutError(report)
    work.write(target, data)
    return ImposedRun(target, len(plan.sheets), order.sheet, str(plan.flip), passed)


def stacking_steps(
    say: Language, order: ImpositionOrder, imposed: Sequence[ImposedRun]
) -> tuple[str, ...]:
    """Say how the imposed sheets are cut, and how the piles are laid together."""
    grid = order.scheme
    if not isinstance(grid, Grid):
        return ()
    size = SHEET_SIZES[order.sheet]
    width, height = (say.number(f"{float(side.pt) / 72:g}") for side in (size.width, size.height))
    printing = say.plural(
        "run_ticket.print_sheets",
        sum(one.sheets for one in imposed),
        paper=str(order.sheet),
        size=say.text("run_ticket.inches", width=width, height=height),
        flip=say.text(f"flip.{imposed[0].flip}"),
    )
    if grid.stacked and grid.up == 2:
        piles = say.text("run_ticket.two_piles")
    elif grid.stacked:
        piles = say.plural("run_ticket.many_piles", grid.up)
    else:
        piles = say.text("run_ticket.sheet_after_sheet")
    return printing, say.text("run_ticket.one_pile"), piles, say.text("run_ticket.in_order")
