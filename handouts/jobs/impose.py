"""A finished PDF file onto larger sheets, for printing, cutting and folding."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.findings import Place, Report
from handouts.basics.foreign_pdfs import check_size, gave_up, reading_limit, working_limit
from handouts.basics.limits import OverLimitError, within
from handouts.basics.workers import apart
from handouts.deliver.folder import write_all

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.imposition.plan import Plan
    from handouts.imposition.schemes import ImpositionOrder


@dataclass(frozen=True, slots=True)
class Imposed:
    """What was written."""

    path: Path
    plan: Plan


def impose(source: Path, order: ImpositionOrder, out: Path) -> Imposed:
    """Impose a PDF file and write the sheets as another one.

    Raises:
        ContentError: the file or the order can't be imposed; every reason, with its numbers.
            Nothing is written.
        MachineError: the sheets can't be written.

    """
    if os.path.realpath(out) == os.path.realpath(source):  # which takes links that go round
        raise ContentError.because(
            "the sheets would be written over the file they are made from",
            mend="give another file with -o",
            place=Place(file=str(out)),
        )
    place = Place(file=str(source))
    try:
        data, plan = apart(_imposed, source, order)
    except ContentError as error:
        raise ContentError(
            Report(tuple(replace(finding, place=place) for finding in error.report.findings))
        ) from error
    except OverLimitError as error:
        raise ContentError(Report((gave_up(place, error),))) from error
    write_all(out.parent, {out.name: data})
    return Imposed(out, plan)


def _imposed(path: Path, order: ImpositionOrder) -> tuple[bytes, Plan]:
    """Impose a file; in a process of its own, as anybody may have made it."""
    from handouts.pdf.sheets.draw import imposed, open_source  # noqa: PLC0415 - heavy
    from handouts.pdf.sheets.source import check_source  # noqa: PLC0415

    try:
        size_bytes = path.stat().st_size
    except OSError:
        size_bytes = 0  # which opening it tells in words
    check_size(size_bytes)
    with ExitStack() as opened:
        with within(reading_limit(size_bytes)):
            pdf = opened.enter_context(open_source(path))
            check_source(pdf)
        with within(working_limit(size_bytes, len(pdf.pages))):
            return imposed(pdf, order)
