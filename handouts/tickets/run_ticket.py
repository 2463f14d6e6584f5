"""The ticket of a print run: what whoever prints it has to know, without any patient's data."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from handouts.basics.papers import SHEETS
from handouts.tickets.own_document import Panel, own_document
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent
    from handouts.wording.language import Language

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
    passed: tuple[str, ...] = ()
    """The preflight checks that imposed sheets for a press passed."""


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
    say = language(loaded.content.language)
    view = RunTicketView(
        language=loaded.content.language,
        title=say.text("run_ticket.title"),
        clinic=clinic.name,
        phone=clinic.phone,
        rows=tuple((say.text(f"run_ticket.{name}"), told) for name, told in _rows(say, ticket)),
        parts=tuple(_part_rows(say, ticket)),
        finishing=tuple(_finishing(say, ticket)),
        failed=tuple(
            say.text(
                "run_ticket.part_rows",
                part=str(part.number),
                rows=_numbers(say, part.failed_rows),
            )
            for part in ticket.parts
            if part.failed_rows
        ),
        files=tuple(
            (file.name, say.number(file.pages), " ".join(re.findall(".{8}", file.sha256)))
            for file in ticket.files
        ),
    )  # fmt: skip
    panels = {_TICKET: Panel(SHEETS[clinic.paper], None)}
    return own_document(loaded, RUN_TICKET, view, view.title, panels)


def _papers(say: Language, papers: Mapping[str, int]) -> str:
    """Say how many pieces of each paper."""
    if not papers:
        return say.text("run_ticket.none")
    return say.list_of(
        say.text("run_ticket.papers", paper=name, count=say.number(count))
        for name, count in papers.items()
    )


def _sides(say: Language, ticket: RunTicket) -> str:
    pages = sum(file.pages for file in ticket.files if not file.imposed)
    sides = say.number(ticket.sides)
    told = say.text("run_ticket.sides_and_pages", sides=sides, pages=say.number(pages))
    if pages > ticket.sides:
        return say.plural("run_ticket.blank_backs", pages - ticket.sides, what=told)
    return told


def _staple(say: Language, ticket: RunTicket) -> str:
    stapled = [part for part in ticket.parts if part.stapled]
    if not stapled:
        return say.text("run_ticket.none")
    parts = say.list_of(
        say.text("run_ticket.stapled_of", n=say.number(part.stapled), part=str(part.number))
        for part in stapled
    )
    return say.text("run_ticket.stapled", parts=parts, page_1=say.text("run_ticket.page_1"))


def _part_rows(say: Language, ticket: RunTicket) -> Iterator[tuple[str, ...]]:
    for part in ticket.parts:
        page = say.number(part.first_page)
        begins = say.text("run_ticket.page", page=page) if part.first_page else ""
        counted = say.number(part.sheets), say.number(part.sides), _papers(say, part.papers)
        yield str(part.number), part.title, *counted, begins
    if ticket.separators:
        yield ("", say.text("run_ticket.dividers"), *[say.number(ticket.separators)] * 3, "")
    in_all = say.text("run_ticket.in_all")
    yield "", in_all, "", say.number(ticket.sides), _papers(say, ticket.papers), ""


def _rows(say: Language, ticket: RunTicket) -> Iterator[tuple[str, str]]:
    """Give what holds for the whole run: the message that names it, and what is told."""
    if ticket.event:
        yield "event", ticket.event
    if ticket.proof:
        yield "proof", say.text("run_ticket.look_only")
    yield "paper", _papers(say, ticket.papers)
    yield "sides", _sides(say, ticket)
    yield "two_sided", _two_sided(say, ticket)
    yield "scale", say.text("run_ticket.actual_size")
    yield "color", _colour(say, ticket)
    yield "print_it", say.text("run_ticket.once")
    yield "staple", _staple(say, ticket)
    if any(part.kind == "roster" for part in ticket.parts):
        yield "private", say.text("run_ticket.names")
    imposed = [file for file in ticket.files if file.imposed]
    if ticket.sheets_a_file and len(ticket.files) - len(imposed) > 1:
        sheets = say.plural("run_ticket.sheets_a_file", ticket.sheets_a_file)
        yield "chunks", say.text("run_ticket.chunk", sheets=sheets)
    if ticket.separators:
        yield "dividers", say.plural("run_ticket.dividers_told", ticket.separators)
    if imposed:
        *before, files = (
            say.text("run_ticket.imposed_file", file=file.name, how=file.imposed)
            for file in imposed
        )
        for file in reversed(before):
            files = say.text("run_ticket.and_imposed", first=file, others=files)
        yield "imposed", say.text("run_ticket.in_place", files=files)
    for passed in dict.fromkeys(file.passed for file in imposed if file.passed):
        yield "sheets_passed", say.list_of(say.named("check", name) for name in passed)


def _colour(say: Language, ticket: RunTicket) -> str:
    if not ticket.condition:
        return say.text("run_ticket.in_color")
    return say.text("run_ticket.cmyk", condition=ticket.condition)


def _two_sided(say: Language, ticket: RunTicket) -> str:
    told = say.text("run_ticket.long_edge")
    if any(part.fold_steps for part in ticket.parts):
        return say.text("run_ticket.turned", what=told)
    return told


def _finishing(say: Language, ticket: RunTicket) -> Iterator[tuple[str, tuple[str, ...]]]:
    if ticket.stacking:
        yield say.text("run_ticket.cutting"), ticket.stacking
    measured = say.text("fold.measured")
    folded = {part.title: (*part.fold_steps, measured) for part in ticket.parts if part.fold_steps}
    for title, steps in folded.items():
        yield say.text("run_ticket.if_you_fold", title=title), steps


def _numbers(say: Language, rows: tuple[int, ...]) -> str:
    more = len(rows) - MOST_NAMED
    told = say.list_of(map(str, rows[:MOST_NAMED]))
    if more > 0:
        told = say.plural("run_ticket.and_more", more, rows=told)
    return say.plural_of("run_ticket.rows", len(rows), rows=told)
