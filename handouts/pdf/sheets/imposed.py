"""An imposed document as a file: what it says of itself, and PDF/X-4 where its source is that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, PdfError, String

from handouts import __version__
from handouts.basics.choices import Flip
from handouts.imposition.arrange import make_plan
from handouts.imposition.schemes import Booklet
from handouts.imposition.sheet_words import Described
from handouts.pdf.sheets.draw import draw
from handouts.pdf.sheets.opening import IMPOSED
from handouts.pdf.sheets.press_margin import PressMargins
from handouts.pdf.sheets.source import sources_of
from handouts.pdf.xmp import PDF_X4, PDF_X_VERSION, add_xmp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handouts.imposition.plan import Plan
    from handouts.imposition.schemes import ImpositionOrder
    from handouts.imposition.sheet_words import SheetWords

WordsOf: TypeAlias = "Callable[[Described, Plan], SheetWords]"
"""Gives the words in the margins of a press file's sheets."""
Folds: TypeAlias = "Sequence[Sequence[float]]"
"""For each page its folds, in points from the trim's left; empty: none."""

_X4 = "PDF/X-4"
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'(\d\d)'?)?")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the metadata of an imposed file are made of."""

    label: str
    title: str
    author: str
    language: str
    content_hash: str
    proof: bool = False


def imposed(
    source: Pdf, order: ImpositionOrder, words: WordsOf, folds: Folds = ()
) -> tuple[bytes, Plan]:
    """Impose an open document; give the file and its plan.

    Raises:
        ContentError: the document or the order can't be imposed; the findings have no place.

    """
    plan = make_plan([page.size for page in sources_of(source, folds)], order)
    return imposed_file(source, plan, f"{_scheme(order)} on {order.sheet}", words), plan


def imposed_own(
    pdf: bytes, order: ImpositionOrder, words: WordsOf, folds: Folds = ()
) -> tuple[bytes, Plan]:
    """Impose a file that this program has just made.

    Raises:
        ContentError: as ``imposed``.

    """
    with Pdf.open(BytesIO(pdf)) as source:
        return imposed(source, order, words, folds)


def _scheme(order: ImpositionOrder) -> str:
    if isinstance(order.scheme, Booklet):
        return "booklet"
    work = f", work and {order.scheme.work}" if order.scheme.work else ""
    return f"{order.scheme.up}-up" + (", cut and stack" if order.scheme.stacked else work)


def imposed_file(source: Pdf, plan: Plan, told: str, words: WordsOf) -> bytes:
    """Make the imposed file, marked as such with ``told``; it is for printing only.

    What annotations show is drawn into the pages first; the source is changed by that. Tags
    and links are left out. Title and dates are the source's own, so that the same source
    gives the same bytes. Sheets of a PDF/X-4 file are PDF/X-4, and have a margin for the press.
    """
    if any("/Annots" in page.obj for page in source.pages):  # it gives pages copies of resources
        source.generate_appearance_streams()
        source.flatten_annotations("print")
    dated = _moment(source)
    x4 = dated is not None and "/Title" in source.docinfo and _is_x4(source)
    margins = PressMargins(words(_described(source, dated), plan), plan) if x4 and dated else None
    pdf = draw(source, plan, margins=margins)
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
        Duplex=duplex[plan.flip] if plan.flip and not plan.work else Name.Simplex,
        PickTrayByPDFSize=True,
    )
    if x4 and dated is not None:
        _name_standard(pdf, source, told, dated)
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        min_version=source.pdf_version,
        force_version=PDF_X_VERSION if x4 else "",
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def _is_x4(source: Pdf) -> bool:
    """Say whether a document names PDF/X-4 as its standard, with one intent for it."""
    if "/Metadata" not in source.Root or len(source.Root.get("/OutputIntents", ())) != 1:
        return False
    try:
        xmp = source.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        return str(xmp.get(f"{{{PDF_X4.namespace}}}GTS_PDFXVersion", "")).strip() == _X4
    except (PdfError, ValueError, SyntaxError):
        return False


def _moment(source: Pdf) -> datetime | None:
    """Give when a document was made; None where it does not say it in a form that is one."""
    found = _DATE.fullmatch(str(source.docinfo.get("/CreationDate", "")))
    if not found:
        return None
    *parts, sign, hours, minutes = found.groups()
    numbers = [int(part or least) for part, least in zip(parts, (1, 1, 1, 0, 0, 0), strict=True)]
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        moment = datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type,misc]
        return moment + away if sign == "-" else moment - away
    except (ValueError, OverflowError):
        return None


def _described(source: Pdf, dated: datetime | None) -> Described:
    title, subject = (str(source.docinfo.get(key, "")) for key in ("/Title", "/Subject"))
    day = dated.date().isoformat() if dated else ""
    return Described(title, subject, str(source.Root.get("/Lang", "")), day)


def _name_standard(pdf: Pdf, source: Pdf, told: str, dated: datetime) -> None:
    """Write what a PDF/X-4 file says of itself, in its information and as XMP alike."""
    info = pdf.docinfo
    stamp = String(f"D:{dated:%Y%m%d%H%M%S}Z")
    info["/CreationDate"] = info["/ModDate"] = stamp
    trapped = str(source.docinfo.get("/Trapped", "")) == "/True"
    info["/Trapped"] = Name("/True" if trapped else "/False")
    for key in ("/Author", "/Subject", "/Creator"):
        if key not in info:
            info[key] = String("")
    subject = str(info["/Subject"])
    about = _Told(
        told, str(info["/Title"]), str(info["/Author"]), str(pdf.Root.get("/Lang", "und")), subject
    )
    add_xmp(pdf, about, dated, PDF_X4)
