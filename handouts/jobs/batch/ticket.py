"""The ticket of a run: laid out in a process that got ready while the run was printed."""

from __future__ import annotations

import json
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from hashlib import file_digest
from multiprocessing import get_context
from typing import TYPE_CHECKING

from handouts.compose.run_ticket import compose_run_ticket, run_ticket_data
from handouts.errors import LayoutError
from handouts.jobs.build import source_date
from handouts.jobs.lay_out import get_ready
from handouts.laying_out.piece import lay_out_piece
from handouts.output import write_all
from handouts.run.run import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handouts.compose.run_ticket import RunTicket
    from handouts.findings import Report
    from handouts.jobs.batch.request import RunFiles
    from handouts.load.content import LoadedContent


@contextmanager
def ticket_ahead(loaded: LoadedContent, files: RunFiles) -> Iterator[Callable[[RunTicket], Report]]:
    """Get ready to write a ticket; give what writes it and says what is doubtful in it.

    Raises:
        LayoutError: the ticket can't be laid out.
        MachineError: it can't be written.

    """
    # Not forked: the run forks its own processes while this one has a thread already.
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_get_ready) as executor:
        with _no_interrupt():
            executor.submit(bool)  # so that the process starts now

        def write(ticket: RunTicket) -> Report:
            composed = compose_run_ticket(loaded, ticket)
            result = executor.submit(lay_out_piece, loaded, source_date(), composed).result()
            if result.report.errors:
                raise LayoutError(result.report)
            data = json.dumps(run_ticket_data(ticket), indent=1, ensure_ascii=False) + "\n"
            written = {files.ticket.name: result.pdf, files.ticket_json.name: data.encode()}
            write_all(files.ticket.parent, written, owner_only=True)
            return result.report

        yield write


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let a process that is begun here leave Ctrl-C to this one from its first moment."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _get_ready() -> None:
    end_with_parent()
    get_ready()


def checksum(path: Path) -> str:
    """Give a file's SHA-256."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
