"""A page to look at before a run is printed; nothing else is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.basics.clock import source_date
from handouts.basics.errors import ContentError, LayoutError
from handouts.basics.findings import Finding, Report
from handouts.basics.settings import Setting
from handouts.deliver.folder import write_files
from handouts.intake.roster.row_reader import RosterRow
from handouts.pipeline.piece import lay_out_piece
from handouts.print_run.event import RosterPart
from handouts.print_run.read_event import read_event
from handouts.tickets.proof_sheet import (
    NamedRow,
    NamesToLookAt,
    PartToPrint,
    compose_proof_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.print_run.event import Event
    from handouts.print_run.request import BatchRequest


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """The page that is there now, and what was found in the lists."""

    path: Path
    sheets: int
    """How many the run would print."""
    report: Report


def proof_sheet(request: BatchRequest) -> ProofSheet:
    """Write one page with the first, the longest and the oddest names, and the counts.

    A name with a letter that no font has is told as an error, as the run would tell it.

    Raises:
        ContentError: as ``print_run``, or no name can be printed.
        LayoutError: the page can't be laid out.
        MachineError: it can't be written.

    """
    event = read_event(request)
    names, programmes, papers = NamesToLookAt(), Counter[str](), Counter[str]()
    findings: list[Finding] = []
    for part in event.parts:
        if not isinstance(part, RosterPart):
            papers[part.standing.paper] += part.sheets
            continue
        for row in _printed(event, part):
            programme = row.layer.prescription.programme
            if programme:
                programmes[event.loaded.content.programmes[programme].name] += row.copies
            papers[str(row.sheet.paper)] += row.copies
            found = list(_undrawable(part, row))
            findings += found
            if not found:
                names.see(NamedRow(part.number, row.number, row.sheet.patient))
    parts = tuple(
        PartToPrint(
            part.number,
            part.title,
            part.sheets,
            len(part.bad) if isinstance(part, RosterPart) else 0,
        )
        for part in event.parts
    )
    if request.strict and findings:
        raise ContentError(Report((*event.report.findings, *findings)))
    composed = compose_proof_sheet(event.loaded, event.title, parts, papers, programmes, names)
    result = lay_out_piece(event.loaded, source_date(), composed)
    if result.report.errors:
        raise LayoutError(result.report)
    path = event.files.proof_sheet
    write_files({path: result.pdf}, {path: Setting.OUTPUT}, owner_only=True)
    report = Report((*event.report.findings, *findings, *result.report.findings))
    return ProofSheet(path, event.sheets, report)


def _printed(event: Event, part: RosterPart) -> Iterator[RosterRow]:
    wanted = None if event.again is None else event.again.rows(part.number)
    for row in part.roster:
        if isinstance(row, RosterRow) and (wanted is None or row.number in wanted):
            yield row


def _undrawable(part: RosterPart, row: RosterRow) -> Iterator[Finding]:
    from handouts.render.glyphs import no_glyph, undrawable  # noqa: PLC0415 - heavy

    place = part.roster.columns.place(row.number, "name")
    for character in undrawable(row.sheet.patient):
        yield no_glyph(character, place)
