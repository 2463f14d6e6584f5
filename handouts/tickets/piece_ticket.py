"""The ticket that goes with a press file: what the print shop has to know, on one page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from handouts.basics.choices import Edition, Profile
from handouts.basics.counting import counted
from handouts.basics.lengths import MM_PER_INCH
from handouts.basics.papers import SHEETS
from handouts.compose.composed import Composed, Leaf
from handouts.compose.page_text import page_text
from handouts.compose.templates import Templates
from handouts.tickets.fold_drawing import fold_drawing

if TYPE_CHECKING:
    from handouts.basics.folds import FoldedSheet
    from handouts.basics.lengths import Length
    from handouts.load.content import LoadedContent

TICKET = "ticket"
TO_FILL_IN = "____________"
CHECKED = "preflight-checked; this is no certificate"


@dataclass(frozen=True, slots=True)
class PressFile:
    """What is known of a press file once it is made."""

    name: str
    sha256: str
    pages: int
    inks: tuple[tuple[str, ...], ...]
    """The inks on each page."""
    condition: str
    """The printing condition of its output intent."""
    passed: tuple[str, ...]
    """The preflight checks that it passed."""
    copies: int | None
    """How many are ordered; None where that is left to write in."""


@dataclass(frozen=True, slots=True)
class TicketView:
    """What the ticket's template shows."""

    language: str
    title: str
    clinic: str
    phone: str
    proof: bool
    rows: tuple[tuple[str, str], ...]
    drawing: Markup
    """The sides with their panels and folds, as SVG; empty where nothing is folded."""
    fold_steps: tuple[str, ...]
    passed: tuple[str, ...]
    checked: str


def ticket_data(loaded: LoadedContent, piece: Composed, file: PressFile) -> dict[str, Any]:
    """Give the ticket as plain data; lengths are in millimetres."""
    folded = piece.folded
    size = folded.outside.size if folded else piece.leaves[0].size
    stock = loaded.content.handouts[piece.piece].stock_thickness
    return {
        "piece": piece.piece,
        "title": piece.title,
        "edition": str(piece.edition),
        "proof": piece.proof,
        "file": file.name,
        "sha256": file.sha256,
        "version": piece.content_hash,
        "dated": piece.dated.isoformat(),
        "copies": file.copies,
        "finished_size_mm": _pair(size.width, size.height),
        "folded_size_mm": _closed(folded) if folded else None,
        "bleed_mm": round(piece.bleed.mm, 3) if piece.bleed else 0,
        "pages": file.pages,
        "sheets": (file.pages + 1) // 2,
        "printed_sides": min(file.pages, 2),
        "flip": None if file.pages == 1 else _flip(piece),
        "colours": _colours(file.inks),
        "inks": [list(inks) for inks in file.inks],
        "output_condition": file.condition,
        "stock_thickness_mm": round(stock.mm, 3) if stock else None,
        "fold": _fold_data(folded) if folded else None,
        "preflight": {"profile": "press", "says": CHECKED, "passed": list(file.passed)},
    }


def compose_ticket(loaded: LoadedContent, piece: Composed, file: PressFile) -> Composed:
    """Fill the ticket's template, on the clinic's paper.

    Raises:
        ContentError: the template is broken.

    """
    clinic = loaded.content.clinic
    data = ticket_data(loaded, piece, file)
    view = TicketView(
        language="en",
        title=f"Print ticket: {piece.title}",
        clinic=clinic.name,
        phone=clinic.phone,
        proof=piece.proof,
        rows=tuple(_rows(data, piece)),
        drawing=Markup(fold_drawing(piece.folded)) if piece.folded else Markup(),  # noqa: S704 - made here, of numbers and names
        fold_steps=tuple(data["fold"]["steps"]) if piece.folded else (),
        passed=file.passed,
        checked=CHECKED,
    )
    size = SHEETS[clinic.paper]
    templates = Templates(loaded.folder)
    css = f"@page {{ size: {size.width.css} {size.height.css}; }}\n{templates.own_styles(TICKET)}"
    html = templates.html(TICKET, view, css)
    return replace(
        piece,
        piece=f"{piece.piece} ticket",
        paper=clinic.paper,
        edition=Edition.STANDARD,
        folded=None,
        title=view.title,
        language=view.language,
        html=html,
        leaves=(Leaf(TICKET, size, 1, TICKET, TICKET),),
        chunks=page_text(html),
        profile=Profile.OFFICE,
        bleed=None,
        proof=False,
    )


def _rows(data: dict[str, Any], piece: Composed) -> list[tuple[str, str]]:
    fold = data["fold"]
    both = f"both sides, flip on the {data['flip']} edge"
    thickness = data["stock_thickness_mm"]
    stock = f"weight and name: {TO_FILL_IN}{TO_FILL_IN}"
    edition = "" if piece.edition is Edition.STANDARD else f", {piece.edition}"
    rows = [
        ("Piece", f"{data['piece']}{edition}"),
        ("Copies", f"{data['copies']:,}" if data["copies"] else TO_FILL_IN),
        ("Stock", f"{thickness:g} mm thick; {stock}" if thickness else stock),
        ("Finished size", _both_units(data["finished_size_mm"]) + (", flat" if fold else "")),
    ]
    if fold:
        rows.append(("Folded size", _both_units(data["folded_size_mm"])))
    rows += [
        ("Bleed", f"{data['bleed_mm']:g} mm ({data['bleed_mm'] / float(MM_PER_INCH):.3f} in)"),
        (
            "Sides",
            f"{counted(data['pages'], 'page')} on {counted(data['sheets'], 'sheet')} a copy, "
            + (both if data["flip"] else "one side"),
        ),
        ("Colors", data["colours"]),
        ("Output condition", data["output_condition"]),
        ("Version", f"{data['version']}, {data['dated']}"),
        ("File", data["file"]),
        ("SHA-256", _in_groups(data["sha256"])),
    ]
    return rows


def _in_groups(digest: str) -> str:
    return " ".join(re.findall(".{8}", digest))


def _pair(width: Length, height: Length) -> list[float]:
    return [round(width.mm, 4), round(height.mm, 4)]


def _both_units(size_mm: list[float]) -> str:
    width, height = size_mm
    inch = float(MM_PER_INCH)
    return f"{width:.2f} × {height:.2f} mm ({width / inch:.5g} × {height / inch:.5g} in)"


def _closed(folded: FoldedSheet) -> list[float]:
    """Give the size of the folded piece: its widest panel covers the others."""
    widest = max((spot.size.width for spot in folded.inside.spots), key=lambda width: width.pt)
    return _pair(widest, folded.inside.size.height)


def _flip(piece: Composed) -> str:
    """Name the edge on which the back is turned head to head, as a book's leaf."""
    return "short" if piece.folded else "long"


def _colours(inks: tuple[tuple[str, ...], ...]) -> str:
    """Write what each side takes as printers do: 4/1 is four inks in front, one on the back."""
    fronts, backs = (
        tuple(dict.fromkeys(ink for page in inks[start::2] for ink in page)) for start in (0, 1)
    )
    names = [" + ".join(side) or "blank" for side in (fronts, backs)[: min(len(inks), 2)]]
    told = names[0] if len(set(names)) == 1 else f"front {names[0]}; back {names[1]}"
    return f"{len(fronts)}/{len(backs)}, {told}"


def _fold_data(folded: FoldedSheet) -> dict[str, Any]:
    fold = folded.fold
    creases = [
        {
            "from_left_of_inside_mm": round(at.mm, 2),
            "direction": str(crease.direction),
            "order": crease.step,
        }
        for at, crease in zip(folded.inside.folds, fold.creases, strict=True)
    ]
    return {
        "kind": str(fold.kind),
        **{
            side.name: [
                {"panel": spot.panel, "width_mm": round(spot.size.width.mm, 2)}
                for spot in side.spots
            ]
            for side in folded.sides
        },
        "creases": creases,
        "steps": fold_steps(folded),
    }


def fold_steps(folded: FoldedSheet) -> list[str]:
    """Say where each fold lies and which way it goes, in their order."""
    creases = list(zip(folded.inside.folds, folded.fold.creases, strict=True))
    steps = []
    for number in sorted({crease.step for _, crease in creases}):
        places = [
            f"{at.mm:.2f} mm ({at.mm / float(MM_PER_INCH):.5g} in), {crease.direction}"
            for at, crease in creases
            if crease.step == number
        ]
        steps.append(f"Fold {number}: at " + "; and at ".join(places))
    return steps


def ticket_sources(loaded: LoadedContent) -> tuple[str, str]:
    """Give the template and the styles that a ticket is made with."""
    templates = Templates(loaded.folder)
    return templates.source(TICKET), templates.own_styles(TICKET)
