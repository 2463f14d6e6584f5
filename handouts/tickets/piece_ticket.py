"""The ticket that goes with a press file: what the print shop has to know, on one page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from handouts.basics.choices import Edition, Profile
from handouts.basics.lengths import MM_PER_INCH
from handouts.basics.papers import SHEETS
from handouts.compose.composed import Composed, Leaf
from handouts.compose.page_text import page_text
from handouts.compose.templates import Templates
from handouts.tickets.fold_drawing import fold_drawing
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.basics.choices import Flip
    from handouts.basics.folds import FoldedSheet
    from handouts.basics.lengths import Length
    from handouts.load.content import LoadedContent
    from handouts.wording.language import Language

TICKET = "ticket"
TO_FILL_IN = "____________"


@dataclass(frozen=True, slots=True)
class ImposedFile:
    """What is known of the sheets on which a press file was imposed."""

    name: str
    sha256: str
    paper: str
    sheets: int
    flip: Flip | None
    passed: tuple[str, ...]
    """The preflight checks that the sheets passed."""


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
    imposed: tuple[ImposedFile, ...] = ()


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
    say = language(loaded.content.language)
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
        "colours": _colours(say, file.inks),
        "inks": [list(inks) for inks in file.inks],
        "output_condition": file.condition,
        "stock_thickness_mm": round(stock.mm, 3) if stock else None,
        "fold": _fold_data(say, folded) if folded else None,
        "preflight": {
            "profile": "press",
            "says": say.text("ticket.preflight_checked"),
            "passed": list(file.passed),
        },
        "imposed": [
            {
                "file": one.name,
                "sha256": one.sha256,
                "paper": one.paper,
                "sheets": one.sheets,
                "flip": one.flip,
                "passed": list(one.passed),
            }
            for one in file.imposed
        ],
    }


def compose_ticket(loaded: LoadedContent, piece: Composed, file: PressFile) -> Composed:
    """Fill the ticket's template, on the clinic's paper.

    Raises:
        ContentError: the template is broken.

    """
    clinic = loaded.content.clinic
    data = ticket_data(loaded, piece, file)
    tag = loaded.content.language
    say = language(tag)
    drawing = fold_drawing(say, piece.folded) if piece.folded else ""
    view = TicketView(
        language=tag,
        title=say.text("ticket.title", piece=piece.title),
        clinic=clinic.name,
        phone=clinic.phone,
        proof=piece.proof,
        rows=tuple(_rows(say, data, piece, file)),
        drawing=Markup(drawing),  # noqa: S704 - made here, its words are escaped
        fold_steps=tuple(data["fold"]["steps"]) if piece.folded else (),
        passed=tuple(say.named("check", name) for name in file.passed),
        checked=say.text("ticket.preflight_checked"),
    )
    size = SHEETS[clinic.paper]
    templates = Templates(loaded.folder)
    css = f"@page {{ size: {size.width.css} {size.height.css}; }}\n{templates.own_styles(TICKET)}"
    html = templates.html(TICKET, view, css, tag)
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


def _rows(
    say: Language, data: dict[str, Any], piece: Composed, file: PressFile
) -> list[tuple[str, str]]:
    fold = data["fold"]
    finished = _both_units(say, data["finished_size_mm"])
    copies = say.number(data["copies"]) if data["copies"] else TO_FILL_IN
    rows = [
        ("piece", _piece(say, piece)),
        ("copies", copies),
        ("stock", _stock(say, data["stock_thickness_mm"])),
        ("finished_size", say.text("ticket.flat", size=finished) if fold else finished),
    ]
    if fold:
        rows.append(("folded_size", _both_units(say, data["folded_size_mm"])))
    inches = f"{data['bleed_mm'] / float(MM_PER_INCH):.3f}"
    mm = say.number(f"{data['bleed_mm']:g}")
    rows += [
        ("bleed", say.text("ticket.bleed_is", mm=mm, inches=say.number(inches))),
        ("sides", _sides(say, data)),
        ("colors", data["colours"]),
        ("output_condition", data["output_condition"]),
        ("version", say.text("ticket.version_is", version=data["version"], date=data["dated"])),
        ("file", data["file"]),
        ("sha256", _in_groups(data["sha256"])),
    ]
    named = [(say.text(f"ticket.{name}"), value) for name, value in rows]
    return [*named, *_imposed_rows(say, file)]


def _imposed_rows(say: Language, file: PressFile) -> Iterator[tuple[str, str]]:
    for one in file.imposed:
        sides = say.text("ticket.one_side")
        if one.flip:
            sides = say.text("ticket.both_sides", flip=say.text(f"flip.{one.flip}"))
        yield (
            say.text("ticket.imposed"),
            say.plural(
                "ticket.imposed_is",
                one.sheets,
                paper=one.paper,
                sides=sides,
                file=one.name,
            ),
        )
        yield say.text("ticket.sha256"), _in_groups(one.sha256)
        names = say.list_of(say.named("check", name) for name in one.passed)
        yield say.text("ticket.imposed_passed"), names


def _piece(say: Language, piece: Composed) -> str:
    if piece.edition is Edition.STANDARD:
        return piece.piece
    edition = say.text(f"edition.{piece.edition}")
    return say.text("ticket.with_edition", piece=piece.piece, edition=edition)


def _stock(say: Language, thickness_mm: float | None) -> str:
    stock = say.text("ticket.weight_and_name", blank=TO_FILL_IN + TO_FILL_IN)
    if not thickness_mm:
        return stock
    return say.text("ticket.thick", mm=say.number(f"{thickness_mm:g}"), stock=stock)


def _sides(say: Language, data: dict[str, Any]) -> str:
    if data["flip"]:
        sides = say.text("ticket.both_sides", flip=say.text(f"flip.{data['flip']}"))
    else:
        sides = say.text("ticket.one_side")
    pages = say.plural("ticket.pages", data["pages"])
    sheets = say.plural("ticket.sheets", data["sheets"])
    return say.text("ticket.printed", pages=pages, sheets=sheets, sides=sides)


def _in_groups(digest: str) -> str:
    return " ".join(re.findall(".{8}", digest))


def _pair(width: Length, height: Length) -> list[float]:
    return [round(width.mm, 4), round(height.mm, 4)]


def _both_units(say: Language, size_mm: list[float]) -> str:
    mm = (say.number(f"{length:.2f}") for length in size_mm)
    inches = (say.number(f"{length / float(MM_PER_INCH):.5g}") for length in size_mm)
    names = ("width", "height", "width_in", "height_in")
    return say.text("ticket.size", **dict(zip(names, (*mm, *inches), strict=True)))


def _closed(folded: FoldedSheet) -> list[float]:
    """Give the size of the folded piece: its widest panel covers the others."""
    widest = max((spot.size.width for spot in folded.inside.spots), key=lambda width: width.pt)
    return _pair(widest, folded.inside.size.height)


def _flip(piece: Composed) -> str:
    """Name the edge on which the back is turned head to head, as a book's leaf."""
    return "short" if piece.folded else "long"


def _colours(say: Language, inks: tuple[tuple[str, ...], ...]) -> str:
    """Write what each side takes as printers do: 4/1 is four inks in front, one on the back."""
    sides = [
        tuple(dict.fromkeys(ink for page in inks[start::2] for ink in page)) for start in (0, 1)
    ]
    names = [
        " + ".join(say.named("ink", ink) for ink in side) or say.text("ticket.blank")
        for side in sides[: min(len(inks), 2)]
    ]
    if len(set(names)) == 1:
        told = names[0]
    else:
        told = say.text("ticket.front_and_back", front=names[0], back=names[1])
    counts = "/".join(say.number(len(side)) for side in sides)
    return say.text("ticket.inks", counts=counts, names=told)


def _fold_data(say: Language, folded: FoldedSheet) -> dict[str, Any]:
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
        "steps": fold_steps(say, folded),
    }


def fold_steps(say: Language, folded: FoldedSheet) -> list[str]:
    """Say where each fold lies and which way it goes, in their order."""
    creases = list(zip(folded.inside.folds, folded.fold.creases, strict=True))
    steps = []
    for number in sorted({crease.step for _, crease in creases}):
        *before, places = (
            say.text(
                "fold.place",
                mm=say.number(f"{at.mm:.2f}"),
                inches=say.number(f"{at.mm / float(MM_PER_INCH):.5g}"),
                direction=say.text(f"crease.{crease.direction}"),
            )
            for at, crease in creases
            if crease.step == number
        )
        for place in reversed(before):
            places = say.text("fold.and_at", first=place, others=places)
        steps.append(say.text("fold.step", n=say.number(number), places=places))
    return steps


def ticket_sources(loaded: LoadedContent) -> tuple[str, str]:
    """Give the template and the styles that a ticket is made with."""
    templates = Templates(loaded.folder)
    return templates.source(TICKET), templates.own_styles(TICKET)
