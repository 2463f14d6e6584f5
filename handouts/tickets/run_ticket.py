"""The ticket of a print run: what whoever prints it has to know, without any patient's data."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from handouts.basics.papers import SHEETS
from handouts.tickets.own_document import Panel, own_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    stapled: int = 0
    """Sheets that take more than one piece of paper."""
    first_page: int = 0
    """In the first file that holds any of it, from 1; 0 where none is printed."""
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
        parts=tuple(_part_rows(ticket)),
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
    return ", ".join(f"{name}: {count:,}" for name, count in papers.items()) or "none"


def _sides(ticket: RunTicket) -> str:
    pages = sum(file.pages for file in ticket.files if not file.imposed)
    blank = f", {pages - ticket.sides:,} of them blank backs" if pages > ticket.sides else ""
    return f"{ticket.sides:,} printed; {pages:,} pages in the file{blank}"


def _staple(ticket: RunTicket) -> str:
    told = ", ".join(
        f"{part.stapled:,} of part {part.number}" for part in ticket.parts if part.stapled
    )
    if not told:
        return "none"
    return (
        f"sheets of more than one piece of paper: {told}. Each begins on a new front and says "
        '"Page 1 of" at its foot. Staple at the upper left'
    )


def _part_rows(ticket: RunTicket) -> Iterator[tuple[str, ...]]:
    for part in ticket.parts:
        begins = f"page {part.first_page:,}" if part.first_page else ""
        counted = f"{part.sheets:,}", f"{part.sides:,}", papers_told(part.papers)
        yield str(part.number), part.title, *counted, begins
    if ticket.separators:
        yield ("", "Dividers", *[f"{ticket.separators:,}"] * 3, "")
    yield "", "In all", "", f"{ticket.sides:,}", papers_told(ticket.papers), ""


def _rows(ticket: RunTicket) -> list[tuple[str, str]]:
    imposed = [file for file in ticket.files if file.imposed]
    rows = [("Event", ticket.event)] if ticket.event else []
    if ticket.proof:
        rows.append(("Proof", "to look at; each page is marked PROOF. Never print it"))
    rows += [
        ("Paper", papers_told(ticket.papers)),
        ("Sides", _sides(ticket)),
        ("Two-sided", _two_sided(ticket)),
        ("Scale", "100 %, Actual size; never Fit or Shrink"),
        ("Color", _colour(ticket)),
        ("Print it", "once: every copy is in the file. Keep its order"),
        ("Staple", _staple(ticket)),
    ]
    if any(part.kind == "roster" for part in ticket.parts):
        rows.append(
            ("Private", "the file holds patients' names: show it to nobody, delete it when done")
        )
    if len(ticket.files) - len(imposed) > 1:
        whole = f"{ticket.sheets_a_file:,} sheets a file" if ticket.sheets_a_file else ""
        rows.append(("Chunks", f"{whole}; print the files in their order"))
    if ticket.separators:
        rows.append(
            ("Dividers", (f"{ticket.separators:,} sheets marked DIVIDER. Leave them in the pile; "
             "the clinic takes them out"))
        )  # fmt: skip
    if imposed:
        told = "; ".join(f"{file.name}: {file.imposed}" for file in imposed)
        rows.append(("Imposed", f"{told}. Print these in place of the others"))
    return rows


def _colour(ticket: RunTicket) -> str:
    if not ticket.condition:
        return "print in color; the file is RGB"
    return f"CMYK, for {ticket.condition}. Cut to the trim: bleed, marks and slug fall away"


def _two_sided(ticket: RunTicket) -> str:
    turned = ". Landscape pages are turned upright already: switch auto-rotate off"
    folded = any(part.fold_steps for part in ticket.parts)
    return "yes, flip on the long edge; each sheet begins on a new front" + turned * folded


def _finishing(ticket: RunTicket) -> list[tuple[str, tuple[str, ...]]]:
    steps = [("Cutting", ticket.stacking)] if ticket.stacking else []
    measured = (
        "Measured from the left edge of the inside. Valley: the insides of the two panels meet."
    )
    folded = {part.title: (*part.fold_steps, measured) for part in ticket.parts if part.fold_steps}
    return [*steps, *((f"If you fold: {title}", fold) for title, fold in folded.items())]


def _numbers(rows: tuple[int, ...]) -> str:
    more = len(rows) - MOST_NAMED
    told = ", ".join(map(str, rows[:MOST_NAMED])) + (f" and {more} more" if more > 0 else "")
    return f"row{'' if len(rows) == 1 else 's'} {told}"
