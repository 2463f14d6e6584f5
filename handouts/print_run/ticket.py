"""The ticket of a run, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.basics.clock import source_date
from handouts.basics.errors import LayoutError
from handouts.pipeline.piece import lay_out_piece
from handouts.tickets.run_ticket import compose_run_ticket, run_ticket_data

if TYPE_CHECKING:
    from handouts.basics.findings import Report
    from handouts.basics.workers import Workers
    from handouts.load.content import LoadedContent
    from handouts.tickets.run_ticket import RunTicket


@dataclass(frozen=True, slots=True)
class LaidOutTicket:
    """A ticket for people and for programs, and what is doubtful in it."""

    pdf: bytes
    data: bytes
    report: Report


def lay_out_ticket(loaded: LoadedContent, ticket: RunTicket, pool: Workers) -> LaidOutTicket:
    """Lay out a ticket in a process that got ready while the run was printed.

    Raises:
        LayoutError: the ticket can't be laid out.

    """
    composed = compose_run_ticket(loaded, ticket)
    result = pool.submit(lay_out_piece, loaded, source_date(), composed).result()
    if result.report.errors:
        raise LayoutError(result.report)
    data = json.dumps(run_ticket_data(ticket), indent=1, ensure_ascii=False) + "\n"
    return LaidOutTicket(result.pdf, data.encode(), result.report)
