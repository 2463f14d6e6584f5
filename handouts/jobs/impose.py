"""A finished PDF file onto larger sheets, for printing, cutting and folding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.errors import ContentError
from handouts.findings import Place, Report
from handouts.output import write_all

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.imposition.plan import Plan
    from handouts.imposition.schemes import Order


@dataclass(frozen=True, slots=True)
class Imposed:
    """What was written."""

    path: Path
    plan: Plan


def impose(source: Path, order: Order, out: Path) -> Imposed:
    """Impose a PDF file and write the sheets as another one.

    Raises:
        ContentError: the file or the order can't be imposed; every reason, with its numbers.
            Nothing is written.
        MachineError: the sheets can't be written.

    """
    from handouts.press.impose import imposed, open_source  # noqa: PLC0415 - heavy

    if out.resolve() == source.resolve():
        raise ContentError.because(
            "the sheets would be written over the file they are made from",
            mend="give another file with -o",
            place=Place(file=str(out)),
        )
    with open_source(source) as pdf:
        try:
            data, plan = imposed(pdf, order)
        except ContentError as error:
            place = Place(file=str(source))
            raise ContentError(
                Report(tuple(replace(finding, place=place) for finding in error.report.findings))
            ) from error
    write_all(out.parent, {out.name: data})
    return Imposed(out, plan)
