"""Draws imposed sheets: the one loop that puts pages of a document onto sheets."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import (
    Array,
    Dictionary,
    Matrix,
    Name,
    ObjectStreamMode,
    PasswordError,
    Pdf,
    Rectangle,
    String,
)

from handouts import __version__
from handouts.basics.choices import Flip
from handouts.basics.errors import ContentError, HandoutsError
from handouts.basics.findings import Place
from handouts.basics.limits import OverLimitError
from handouts.basics.plain_files import plain_file
from handouts.imposition.arrange import make_plan
from handouts.imposition.plan import MarkKind
from handouts.imposition.schemes import Booklet
from handouts.pdf.sheets.forms import Forms
from handouts.pdf.sheets.source import points, rectangle, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pikepdf import Object

    from handouts.imposition.plan import ImposedSide, Mark, Placement, Plan, Rotation
    from handouts.imposition.schemes import ImpositionOrder, SourcePage
    from handouts.pdf.sheets.source import FoundPage

IMPOSED = "/Imposition"
"""The key in the document information that says that a file is imposed."""
MARK_WIDTH_PT = 0.25
FOLD_DASH_PT = 3
_TURNS: dict[Rotation, tuple[int, int, int, int]] = {
    0: (1, 0, 0, 1),
    90: (0, -1, 1, 0),
    180: (-1, 0, 0, -1),
    270: (0, 1, -1, 0),
}


@contextmanager
def open_source(path: Path) -> Iterator[Pdf]:
    """Open a PDF file that is to be imposed.

    Raises:
        ContentError: there is none, it is damaged or encrypted, or it is imposed already. What
            its parts raise when they are used is told as damage, too; but not what limits raise.

    """
    place = Place(file=str(path))
    try:
        with plain_file(path):
            pass
        with Pdf.open(path, attempt_recovery=False) as pdf:
            _check_usable(pdf, place)
            yield pdf
            _check_whole(pdf, place)
    except (HandoutsError, OverLimitError, MemoryError):
        raise
    except PasswordError as error:
        raise _encrypted(place) from error
    except OSError as error:
        raise ContentError.because(
            "this file can't be read",
            why=error.strerror or str(error),
            mend="check the name, or make the file with: handouts build",
            place=place,
        ) from error
    except Exception as error:  # what a file holds can be wrong anywhere, and of any kind
        raise _damaged(str(error) or type(error).__name__, place) from error


def _check_usable(pdf: Pdf, place: Place) -> None:
    if pdf.is_encrypted:
        raise _encrypted(place)
    if IMPOSED in pdf.docinfo:
        raise ContentError.because(
            f"this file is imposed already ({pdf.docinfo[IMPOSED]})",
            why="its pages are whole sheets, and would be cut apart in the wrong places",
            mend="impose the file it was made from",
            place=place,
        )
    len(pdf.pages)  # finds what is wrong with the tree of pages
    _check_whole(pdf, place)


def _check_whole(pdf: Pdf, place: Place) -> None:
    """Refuse a file that something was wrong with when its parts were used."""
    if warnings := pdf.get_warnings():
        raise _damaged(str(warnings[0]), place)


def _encrypted(place: Place) -> Exception:
    return ContentError.because(
        "this file is encrypted",
        why="pages can't be taken out of it",
        mend="save a copy without a password or restrictions",
        place=place,
    )


def _damaged(why: str, place: Place) -> Exception:
    return ContentError.because(
        "this is not a PDF file, or it is damaged",
        why=" ".join(why.removeprefix(f"{place.file}: ").split())[:200],
        mend="make the file again, for example with: handouts build",
        place=place,
    )


def imposed(source: Pdf, order: ImpositionOrder) -> tuple[bytes, Plan]:
    """Impose an open document; give the file and its plan.

    Raises:
        ContentError: the document or the order can't be imposed; the findings have no place.

    """
    plan = make_plan([page.size for page in sources_of(source)], order)
    return imposed_file(source, plan, f"{_scheme(order)} on {order.sheet}"), plan


def imposed_own(pdf: bytes, order: ImpositionOrder) -> bytes:
    """Impose a file that this program has just made.

    Raises:
        ContentError: as ``imposed``.

    """
    with Pdf.open(BytesIO(pdf)) as source:
        return imposed(source, order)[0]


def _scheme(order: ImpositionOrder) -> str:
    if isinstance(order.scheme, Booklet):
        return "booklet"
    return f"{order.scheme.up}-up" + (", cut and stack" if order.scheme.stacked else "")


def imposed_file(source: Pdf, plan: Plan, told: str) -> bytes:
    """Make the imposed file, marked as such with ``told``; it is for printing only.

    What annotations show is drawn into the pages first; the source is changed by that. Tags
    and links are left out. Title and dates are the source's own, so that the same source
    gives the same bytes.
    """
    if any("/Annots" in page.obj for page in source.pages):  # it gives pages copies of resources
        source.generate_appearance_streams()
        source.flatten_annotations("print")
    pdf = draw(source, plan)
    for key in ("/OutputIntents", "/OCProperties"):
        if key in source.Root:
            pdf.Root[key] = pdf.copy_foreign(source.make_indirect(source.Root[key]))
    if "/Lang" in source.Root:
        pdf.Root.Lang = String(str(source.Root.Lang))
    kept = ("/Title", "/Author", "/Subject", "/Creator", "/CreationDate", "/ModDate")
    info = Dictionary()
    for key in kept:
        if key in source.docinfo:
            info[key] = String(str(source.docinfo[key]))
    info.Producer = String(f"handouts {__version__}, pikepdf")
    info[IMPOSED] = String(told)
    pdf.trailer.Info = pdf.make_indirect(info)
    duplex = {Flip.LONG: Name.DuplexFlipLongEdge, Flip.SHORT: Name.DuplexFlipShortEdge}
    pdf.Root.ViewerPreferences = Dictionary(
        PrintScaling=Name("/None"),
        Duplex=duplex[plan.flip] if plan.flip else Name.Simplex,
        PickTrayByPDFSize=True,
    )
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        min_version=source.pdf_version,
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def draw(source: Pdf, plan: Plan, *, keep_links: bool = False) -> Pdf:
    """Draw a plan's sides as pages of a new document.

    Each page of the source becomes a form of its own name and is kept once. Sides that look
    alike share one content stream, so that another of them costs a page object and no content.
    ``keep_links`` moves each link with its page, for pieces that are also read on screens.
    """
    pdf = Pdf.new()
    tree = pdf.Root.Pages
    sources = sources_of(source)
    forms = _FormsOf(pdf, Forms(source), sources)
    box = pdf.make_indirect(Array([0, 0, points(plan.width_pt), points(plan.height_pt)]))
    drawn: dict[ImposedSide, tuple[Object, Object]] = {}
    pages: list[Object] = []
    for side in plan.sides:
        if side not in drawn:
            drawn[side] = _drawn(side, forms)
        resources, contents = drawn[side]
        page = Dictionary(
            Type=Name.Page,
            Parent=tree,
            MediaBox=box,
            TrimBox=box,
            Resources=resources,
            Contents=contents,
        )
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

    def form(self, page: int) -> Object:
        """Give a page's form; it is kept once."""
        if page not in self._made:
            form = self.sources[page].form(self._forms)
            self._made[page] = self.pdf.copy_foreign(form)
        return self._made[page]


def _drawn(side: ImposedSide, kept: _FormsOf) -> tuple[Object, Object]:
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
    resources = Dictionary(XObject=forms)
    if side.marks:
        resources.ColorSpace = Dictionary(Marks=_every_ink())
        commands += _mark_commands(side.marks)
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
