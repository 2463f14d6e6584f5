"""The ticket of a run, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import file_digest
from typing import TYPE_CHECKING

from handouts.compose.run_ticket import compose_run_ticket, run_ticket_data
from handouts.errors import LayoutError
from handouts.jobs.build import source_date
from handouts.laying_out.piece import lay_out_piece

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.compose.run_ticket import RunTicket
    from handouts.findings import Report
    from handouts.load.content import LoadedContent
    from handouts.workers import Workers


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


def checksum(path: Path) -> str:
    """Give a file's SHA-256."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
