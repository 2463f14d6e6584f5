"""Draws imposed sheets: the one loop that puts pages of a document onto sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Matrix, Name, Pdf, Rectangle

from handouts.imposition.plan import MarkKind
from handouts.pdf.sheets.forms import Forms
from handouts.pdf.sheets.source import points, rectangle, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pikepdf import Object

    from handouts.imposition.plan import ImposedSide, Mark, Placement, Plan, Rotation
    from handouts.imposition.schemes import SourcePage
    from handouts.pdf.sheets.press_margin import PressMargins
    from handouts.pdf.sheets.source import FoundPage

MARK_WIDTH_PT = 0.25
FOLD_DASH_PT = 3
_TURNS: dict[Rotation, tuple[int, int, int, int]] = {
    0: (1, 0, 0, 1),
    90: (0, -1, 1, 0),
    180: (-1, 0, 0, -1),
    270: (0, 1, -1, 0),
}


def draw(
    source: Pdf, plan: Plan, *, keep_links: bool = False, margins: PressMargins | None = None
) -> Pdf:
    """Draw a plan's sides as pages of a new document.

    Each page of the source becomes a form of its own name and is kept once. Sides that look
    alike share one content stream, so that another of them costs a page object and no content.
    ``keep_links`` moves each link with its page, for pieces that are also read on screens.
    ``margins`` makes the sides press sheets: what stands around the pieces is drawn, and what is
    see-through blends in the press's inks.
    """
    pdf = Pdf.new()
    tree = pdf.Root.Pages
    sources = sources_of(source)
    forms = _FormsOf(pdf, Forms(source), sources)
    box = pdf.make_indirect(Array([0, 0, points(plan.width_pt), points(plan.height_pt)]))
    group = pdf.make_indirect(
        Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
    )
    drawn: dict[ImposedSide, tuple[Object, Object]] = {}
    pages: list[Object] = []
    shared = margins.resources(pdf) if margins else {}
    common = pdf.make_stream(margins.common.encode()) if margins and margins.common else None
    for number, side in enumerate(plan.sides):
        if side not in drawn:
            drawn[side] = _drawn(side, forms, shared)
        resources, contents = drawn[side]
        page = Dictionary(
            Type=Name.Page,
            Parent=tree,
            MediaBox=box,
            TrimBox=box,
            Resources=resources,
            Contents=contents,
        )
        if margins is not None:
            page.BleedBox, page.Group = box, group
            if common is not None:
                own = pdf.make_stream(margins.own(number, side).encode())
                page.Contents = Array([contents, common, own])
        if keep_links and (links := list(_moved_links(pdf, side, sources))):
            page.Annots = Array(links)
        pages.append(pdf.make_indirect(page))
    # Appending to pdf.pages takes longer with each page; 50,000 of them took over nine minutes.
    tree.Kids, tree.Count = Array(pages), len(pages)
    return pdf


class _FormsOf:
    """The forms of a source's pages in the imposed document, each made when first drawn."""

    def __init__(self, pdf: Pdf, forms: Forms, sources: Sequence[FoundPage]) -> None:
        self.pdf, self.sources = pdf, sources
        self._forms = forms
        self._made: dict[int, Object] = {}
        self._marks: dict[int, list[str]] = {}

    def marks(self, side: ImposedSide) -> list[str]:
        """Give the commands of a side's marks, which most sides share."""
        known = id(side.marks)
        if known not in self._marks:
            self._marks[known] = _mark_commands(side.marks)
        return self._marks[known]

    def form(self, page: int) -> Object:
        """Give a page's form; it is kept once."""
        if page not in self._made:
            form = self.sources[page].form(self._forms)
            self._made[page] = self.pdf.copy_foreign(form)
        return self._made[page]


def _drawn(
    side: ImposedSide,
    kept: _FormsOf,
    shared: dict[str, Object],
) -> tuple[Object, Object]:
    """Make a side's content stream and the resources that it names."""
    pdf, sources = kept.pdf, kept.sources
    forms = Dictionary()
    commands: list[str] = []
    for placement in side.placements:
        if placement.page is None:
            continue
        name, source = f"/Page{placement.page + 1}", sources[placement.page]
        forms[name] = kept.form(placement.page)
        box = placement.window
        window = _written(box.left_pt, box.bottom_pt, box.width_pt, box.height_pt)
        place = _written(*_matrix(placement, source.size).shorthand)
        commands.append(f"q {window} re W n {place} cm {name} Do Q")
    resources = Dictionary({"/XObject": forms, **shared})
    if side.marks:
        resources.ColorSpace = Dictionary(Marks=_every_ink())
        commands += kept.marks(side)
    return pdf.make_indirect(resources), pdf.make_stream("\n".join(commands).encode())


def _matrix(placement: Placement, size: SourcePage) -> Matrix:
    """Turn a page that lies upright at 0, 0 and move it to its place."""
    turn = Matrix(*_TURNS[placement.rotation], 0, 0)
    turned = turn.transform(Rectangle(0, 0, size.width_pt, size.height_pt))
    return turn @ Matrix(
        1, 0, 0, 1, placement.left_pt - turned.llx, placement.bottom_pt - turned.lly
    )


def _every_ink() -> Array:
    """Give the color that is printed with every ink, as marks are (ISO 32000-2, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceGray, tint])


def _mark_commands(marks: Sequence[Mark]) -> list[str]:
    commands = [f"q /Marks CS 1 SCN {MARK_WIDTH_PT} w"]
    for kind, dash in ((MarkKind.CUT, ""), (MarkKind.FOLD, FOLD_DASH_PT)):
        lines = [
            f"{_written(mark.x0_pt, mark.y0_pt)} m {_written(mark.x1_pt, mark.y1_pt)} l S"
            for mark in marks
            if mark.kind is kind
        ]
        if lines:
            commands += [f"[{dash}] 0 d", *lines]
    return [*commands, "Q"]


def _moved_links(pdf: Pdf, side: ImposedSide, sources: Sequence[FoundPage]) -> Iterator[Object]:
    for placement in side.placements:
        if placement.page is None:
            continue
        source = sources[placement.page]
        matrix = source.matrix @ _matrix(placement, source.size)
        for annotation in source.page.obj.get("/Annots", Array()):
            action = annotation.get("/A")
            if action is None or action.get("/S") != Name.URI:
                continue
            place = matrix.transform(rectangle(annotation.Rect))
            yield pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=Array(map(points, (place.llx, place.lly, place.urx, place.ury))),
                    Border=Array([0, 0, 0]),
                    A=Dictionary(S=Name.URI, URI=action.URI),
                )
            )


def _written(*values: float) -> str:
    return " ".join(f"{points(value).normalize():f}" for value in values)
