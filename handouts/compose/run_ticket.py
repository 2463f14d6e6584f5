"""The ticket of a print run: what whoever prints it has to know, without any patient's data."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from handouts.compose.own_document import Panel, own_document
from handouts.paper import SHEETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent

RUN_TICKET = "run-ticket"
_TICKET = "ticket"
MOST_NAMED = 60
"""Failed rows that are named on the page; the manifest names all."""


@dataclass(frozen=True, slots=True)
class RunFile:
    """A file that may be printed."""

    name: str
    pages: int
    sha256: str
    imposed: str = ""
    """How it is imposed, in words; empty for the run itself."""


@dataclass(frozen=True, slots=True)
class RunPart:
    """A part of the run, as the ticket counts it."""

    number: int
    kind: str
    title: str
    sheets: int
    sides: int
    papers: Mapping[str, int]
    failed_rows: tuple[int, ...] = ()
    fold_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunTicket:
    """All that the ticket tells."""

    event: str
    files: tuple[RunFile, ...]
    parts: tuple[RunPart, ...]
    sheets_a_file: int | None
    papers: Mapping[str, int]
    sides: int
    separators: int
    stacking: tuple[str, ...] = ()
    """What is done with the imposed sheets after printing, step by step."""
    condition: str = ""
    """The printing condition of a press run; empty for an office's."""
    proof: bool = False


@dataclass(frozen=True, slots=True)
class RunTicketView:
    """What the ticket's template shows."""

    language: str
    title: str
    clinic: str
    phone: str
    rows: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, ...], ...]
    finishing: tuple[tuple[str, tuple[str, ...]], ...]
    """What is done after printing: a heading and its steps."""
    failed: tuple[str, ...]
    files: tuple[tuple[str, str, str], ...]


def run_ticket_data(ticket: RunTicket) -> dict[str, Any]:
    """Give the ticket as plain data."""
    data = asdict(ticket) | {"two_sided": "long edge", "collated": True, "scale": "100 %"}
    data["papers"] = dict(ticket.papers)
    for part, own in zip(data["parts"], ticket.parts, strict=True):
        part["papers"] = dict(own.papers)
    return data


def compose_run_ticket(loaded: LoadedContent, ticket: RunTicket) -> Composed:
    """Fill the ticket's template, on the clinic's paper.

    Raises:
        ContentError: the template is broken.

    """
    clinic = loaded.content.clinic
    view = RunTicketView(
        language="en",
        title="Print run ticket",
        clinic=clinic.name,
        phone=clinic.phone,
        rows=tuple(_rows(ticket)),
        parts=tuple(
            (str(part.number), part.title, f"{part.sheets:,}", f"{part.sides:,}",
             papers_told(part.papers))
            for part in ticket.parts
        ),
        finishing=tuple(_finishing(ticket)),
        failed=tuple(
            f"Part {part.number}: {_numbers(part.failed_rows)}"
            for part in ticket.parts
            if part.failed_rows
        ),
        files=tuple(
            (file.name, f"{file.pages:,}", " ".join(re.findall(".{8}", file.sha256)))
            for file in ticket.files
        ),
    )  # fmt: skip
    panels = {_TICKET: Panel(SHEETS[clinic.paper], None)}
    return own_document(loaded, RUN_TICKET, view, view.title, panels)


def papers_told(papers: Mapping[str, int]) -> str:
    """Say how many pieces of each paper."""
    return ", ".join(f"{count:,} of {name}" for name, count in papers.items()) or "none"


def _rows(ticket: RunTicket) -> list[tuple[str, str]]:
    imposed = [file for file in ticket.files if file.imposed]
    rows = [("Event", ticket.event)] if ticket.event else []
    if ticket.proof:
        rows.append(("Proof", "to look at; each page is marked PROOF. Never print it"))
    rows += [
        ("Paper", papers_told(ticket.papers)),
        ("Sides", f"{ticket.sides:,}; blank backs are not counted"),
        ("Two-sided", _two_sided(ticket)),
        ("Scale", "100 %, Actual size; never Fit or Shrink"),
        ("Color", _colour(ticket)),
        ("Copies", "1: every copy is in the file. Collated, in the order of the file"),
    ]
    if len(ticket.files) - len(imposed) > 1:
        whole = f"{ticket.sheets_a_file:,} sheets a file" if ticket.sheets_a_file else ""
        rows.append(("Chunks", f"{whole}; print the files in their order"))
    if ticket.separators:
        rows.append(
            ("Separators", (f"{ticket.separators:,} sheets marked TAKE OUT THIS SHEET; take them "
             "out before anything is handed out"))
        )  # fmt: skip
    if imposed:
        told = "; ".join(f"{file.name}: {file.imposed}" for file in imposed)
        rows.append(("Imposed", f"{told}. Print these in place of the others"))
    return rows


def _colour(ticket: RunTicket) -> str:
    if not ticket.condition:
        return "RGB, for office printers and copy shops"
    return f"CMYK, for {ticket.condition}. Cut to the trim: bleed, marks and slug fall away"


def _two_sided(ticket: RunTicket) -> str:
    turned = ". Landscape pieces stand upright for that; leave them so"
    folded = any(part.fold_steps for part in ticket.parts)
    return "yes, flip on the long edge; each sheet begins on a new front" + turned * folded


def _finishing(ticket: RunTicket) -> list[tuple[str, tuple[str, ...]]]:
    steps = [("Cutting", ticket.stacking)] if ticket.stacking else []
    measured = (
        "Measured from the left edge of the inside. Valley: the insides of the two panels meet."
    )
    folded = {part.title: (*part.fold_steps, measured) for part in ticket.parts if part.fold_steps}
    return [*steps, *((f"Folding: {title}", fold) for title, fold in folded.items())]


def _numbers(rows: tuple[int, ...]) -> str:
    more = len(rows) - MOST_NAMED
    told = ", ".join(map(str, rows[:MOST_NAMED])) + (f" and {more} more" if more > 0 else "")
    return f"row{'' if len(rows) == 1 else 's'} {told}"
