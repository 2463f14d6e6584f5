"""The press file: PDF/X-4 in the inks of a press, with bleed, marks and a slug."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Pdf, String

from handouts.basics.papers import MARK_MARGIN
from handouts.pdf.finish.colour import convert_colours, overprint_states
from handouts.pdf.finish.dead_parts import drop_dead_parts
from handouts.pdf.finish.inks import Inks
from handouts.pdf.finish.trim_marks import (
    PROOF_INK,
    SLUG_BOTTOM_PT,
    SLUG_LEFT_PT,
    TrimFrame,
    blank_last,
    folds_pt,
    marks,
    proof_word,
)
from handouts.pdf.xmp import PDF_X4, Told, add_xmp

if TYPE_CHECKING:
    from datetime import datetime

    from pikepdf import Object, Page

    from handouts.compose.composed import Composed
    from handouts.pdf.finish.inks import Condition

_LIVE_PARTS = ("/Outlines", "/Names", "/Dests", "/PageMode", "/OpenAction", "/AcroForm", "/AA")

_SLUG_TAG = "SLUGAA"


class Press:
    """Makes the file for a print shop.

    ``slugs`` is a document with one page for each finished page: the line below its marks.
    """

    def __init__(self, condition: Condition, slugs: bytes) -> None:
        self._condition = condition
        self._slugs = slugs

    def complete(self, pdf: Pdf, composed: Composed, moment: datetime) -> None:
        """Turn colours into inks, frame each page with its marks, and name the standard.

        Raises:
            LayoutError: a colour has no known inks.

        """
        for part in _LIVE_PARTS:
            if part in pdf.Root:
                del pdf.Root[part]
        if blank_last(len(pdf.pages)):
            _, _, right, top = (float(edge) for edge in pdf.pages[-1].trimbox)
            pdf.add_blank_page(page_size=(right, top))
        with Pdf.open(BytesIO(self._slugs)) as slugs:
            drop_dead_parts(slugs)
            inks = Inks(self._condition)
            convert_colours(pdf, inks, composed.label)
            convert_colours(slugs, inks, composed.label)
            _name_subsets(slugs)
            for number, page in enumerate(pdf.pages):
                slug = pdf.copy_foreign(slugs.pages[number].as_form_xobject())
                _frame(pdf, page, composed, folds_pt(composed, number), slug)
        name_standard(pdf, self._condition, composed, moment)


def name_standard(pdf: Pdf, condition: Condition, told: Told, moment: datetime) -> None:
    """Write what a described press file says of itself beside its pages."""
    pdf.Root.OutputIntents = Array([_intent(pdf, condition)])
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"))
    pdf.docinfo["/Trapped"] = Name("/False")
    add_xmp(pdf, told, moment, PDF_X4)


def _name_subsets(slugs: Pdf) -> None:
    """Give the slug's fonts a tag of their own: each subset in a file needs another."""
    for thing in slugs.objects:
        if isinstance(thing, Dictionary):
            for key in ("/BaseFont", "/FontName"):
                if key in thing:
                    thing[key] = Name(f"/{_SLUG_TAG}+{str(thing[key]).partition('+')[2]}")


def _points(values: tuple[float, ...]) -> Array:
    return Array([Decimal(repr(float(value))).quantize(Decimal("0.0001")) for value in values])


def _frame(
    pdf: Pdf, page: Page, composed: Composed, folds: tuple[float, ...], slug: Object
) -> None:
    """Put a page whose trim begins at 0, 0 into its media, and draw what stands around it."""
    bleed = float(composed.bleed.pt) if composed.bleed else 0.0
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    margin = float(MARK_MARGIN[composed.paper].pt)
    frame = TrimFrame(margin, right - left, top - bottom, bleed)
    bleed_left, bleed_bottom, bleed_right, bleed_top = frame.bleed
    before = (
        f"q {bleed_left:.4f} {bleed_bottom:.4f} {bleed_right - bleed_left:.4f} "
        f"{bleed_top - bleed_bottom:.4f} re W n "
        f"1 0 0 1 {margin - left:.4f} {margin - bottom:.4f} cm\n"
    )
    after = (
        "\nQ",
        "q /AllPlates CS 1 SCN",
        marks(frame, folds),
        "Q",
        f"q 1 0 0 1 {SLUG_LEFT_PT:.4f} {SLUG_BOTTOM_PT:.4f} cm /Slug Do Q",
    )
    content = page.obj.Contents.read_bytes()
    streams = [before.encode() + content + "\n".join(after).encode()]
    if composed.proof:  # of its own, so that a run can draw each person's own words below it
        proof = f"q /ProofInk gs 0 0 0 {PROOF_INK} K {proof_word(frame)} Q"
        streams.append(proof.encode())
    page.obj.Contents = Array([pdf.make_stream(stream) for stream in streams])
    page.obj.Resources = _with_parts(page.obj.Resources, slug, proof=composed.proof)
    page.mediabox = _points(frame.media)
    page.obj.BleedBox = _points(frame.bleed)
    page.trimbox = _points(frame.trim)
    for name in ("/Annots", "/CropBox", "/ArtBox"):
        if name in page.obj:
            del page.obj[name]


def _with_parts(resources: Object, slug: Object, *, proof: bool) -> Dictionary:
    """Add to a page's resources what the frame draws with; other pages may share them.

    A run's own words need the states of overprint on every page.
    """
    every_plate = Array(
        [
            Name.Separation,
            Name.All,
            Name.DeviceCMYK,
            Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1),
        ]
    )
    added: dict[str, dict[str, Object]] = {
        "/ColorSpace": {"/AllPlates": every_plate},
        "/XObject": {"/Slug": slug},
        "/ExtGState": {**overprint_states()},
    }
    if proof:
        added["/ExtGState"]["/ProofInk"] = Dictionary(BM=Name.Multiply)
    whole = Dictionary(dict(resources.items()))
    for kind, things in added.items():
        whole[kind] = Dictionary(dict(resources.get(kind, Dictionary()).items()))
        for name, thing in things.items():
            whole[kind][name] = thing
    return whole


def _intent(pdf: Pdf, condition: Condition) -> Dictionary:
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.identifier),
        Info=String(condition.description),
        DestOutputProfile=pdf.make_stream(condition.profile, N=4),
    )
    if condition.registry is not None:
        intent.RegistryName = String(condition.registry)
    return intent
