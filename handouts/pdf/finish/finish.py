"""The last step before the file: sheets, metadata, and what the profile asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from handouts import __version__
from handouts.basics.choices import Profile
from handouts.imposition.arrange import folded_sheet
from handouts.pdf.finish.dead_parts import drop_dead_parts
from handouts.pdf.sheets.draw import draw
from handouts.pdf.xmp import PDF_X_VERSION

if TYPE_CHECKING:
    from datetime import date

    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished file."""

    pdf: bytes
    pages: int


class Output(Protocol):
    """What sets one profile's files apart from another's."""

    def complete(self, pdf: Pdf, composed: Composed, moment: datetime) -> None:
        """Make a document of described pages what its reader needs."""


def finish(
    composed: Composed, laid_out: LaidOut, moment: datetime | None, output: Output
) -> Finished:
    """Make the file that is printed: sheets from panels, metadata, and the profile's own part.

    ``moment`` is SOURCE_DATE_EPOCH where it is set; else the content's own date is
    written, so that the same content gives the same bytes on any day.

    Raises:
        LayoutError: the profile can't take what was laid out.

    """
    dated = moment or _midnight(composed.dated)
    bleed_pt = float(composed.bleed.pt) if composed.bleed else 0.0
    with Pdf.open(BytesIO(laid_out.pdf)) as single:
        pdf = (
            draw(
                single,
                folded_sheet(composed.folded, laid_out.pages, bleed_pt),
                keep_links=True,
            )
            if composed.folded
            else single
        )
        drop_dead_parts(pdf)
        _describe(pdf, composed, dated)
        _label(pdf, composed, laid_out)
        output.complete(pdf, composed, dated)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            force_version=PDF_X_VERSION if composed.profile is Profile.PRESS else "",
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
        )
        return Finished(out.getvalue(), len(pdf.pages))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _describe(pdf: Pdf, composed: Composed, moment: datetime) -> None:
    stamp = f"D:{moment:%Y%m%d%H%M%S}Z"
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(composed.title),
            Author=String(composed.author),
            Subject=String(f"Version {composed.content_hash}"),
            Creator=String(f"handouts {__version__}"),
            Producer=String("WeasyPrint, pikepdf"),
            CreationDate=String(stamp),
            ModDate=String(stamp),
        )
    )
    pdf.Root.Lang = String(composed.language)


def _label(pdf: Pdf, composed: Composed, laid_out: LaidOut) -> None:
    """Name the pages of a fold: its sides, or where each panel is a page, its panels."""
    if composed.folded is not None:
        starts = {number: side.name for number, side in enumerate(composed.folded.sides)}
    elif composed.profile is Profile.SCREEN and len(laid_out.pages) > 1:
        starts = {pages.start: panel for panel, pages in laid_out.pages.items()}
    else:
        return
    labels = [part for at, name in starts.items() for part in (at, Dictionary(P=String(name)))]
    pdf.Root.PageLabels = Dictionary(Nums=Array(labels))


class Office:
    """Makes the file for the front desk's printer."""

    def complete(self, pdf: Pdf, composed: Composed, moment: datetime) -> None:  # noqa: ARG002
        """Set the trim, and the hints for a printer."""
        for page in pdf.pages:
            page.trimbox = page.mediabox
        pdf.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True,
            PrintScaling=Name("/None"),
            Duplex=Name.DuplexFlipShortEdge if composed.folded else Name.DuplexFlipLongEdge,
            PickTrayByPDFSize=True,
        )
