"""Small PDFs for the tests of preflight: one right for each profile, to be spoiled in one thing.

Pages are drawn in millimetres, right and up from the trim's lower left corner. The trim does
not begin at 0, so that a place measured from anywhere else comes out wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

import pikepdf
from conftest import ROOT
from pikepdf import Array, Dictionary, Name, String

from handouts.render.fonts import font_folder

MM = 72 / 25.4
WIDTH_MM, HEIGHT_MM = 148, 210
"""The trim, A5."""
BLEED_MM = 3
SLUG_MM = 12
"""From the trim to the MediaBox's edge."""
OFFSET_MM = 5
"""Where the MediaBox's lower left corner lies."""
PRESS_GROUND = "0.1 0 0 0 k -3 -3 154 216 re f"
PRESS_TEXT = "BT 0 0 0 1 k /F1 4 Tf 20 180 Td (Read me) Tj ET"
PRESS_LINE = "0 0 0 1 K 0.2 w 20 170 m 100 170 l S"
PICTURE = "q 8 0 0 8 20 150 cm /Picture Do Q"
AREA = "40 60 10 10 re f"
PRESS_PAGE = (PRESS_GROUND, PRESS_TEXT, PRESS_LINE, PICTURE, "/Form Do")
OFFICE_PAGE = (
    "BT 0 0 0 rg /F1 4 Tf 20 180 Td (Read me) Tj ET",
    "BT 0.1 0.3 0.4 rg /F1 8 Tf 20 190 Td (In the clinic's blue) Tj ET",
    "0.1 0.3 0.4 RG 0.2 w 20 170 m 100 170 l S",
    PICTURE,
    "/Form Do",
)
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"><pdfxid:GTS_PDFXVersion>{}</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>"""

Edit = Callable[[pikepdf.Pdf], object]


@dataclass(frozen=True)
class Recipe:
    """A file to make: what each page draws, and an edit of the finished objects."""

    press: bool = True
    pages: tuple[tuple[str, ...], ...] = ()
    edit: Edit = field(default=lambda _pdf: None)
    encryption: pikepdf.Encryption | bool = False

    def make(self) -> bytes:
        pdf = pikepdf.new()
        for drawing in self.pages or ((PRESS_PAGE if self.press else OFFICE_PAGE,) * 2):
            _add_page(pdf, drawing, press=self.press)
        pdf.trailer.Info = pdf.make_indirect(
            Dictionary(
                Title=String("A small file"),
                CreationDate=String("D:20261101120000+05'30'"),
                ModDate=String("D:20261101120000Z"),
            )
        )
        pdf.Root.Lang = String("en-US")
        if self.press:
            pdf.trailer.Info.Trapped = Name("/False")
            pdf.Root.Metadata = pdf.make_stream(XMP.format("PDF/X-4").encode())
            profile = pdf.make_stream((ROOT / "styles" / "FOGRA39L_coated.icc").read_bytes(), N=4)
            pdf.Root.OutputIntents = Array(
                [
                    Dictionary(
                        S=Name.GTS_PDFX,
                        OutputConditionIdentifier=String("FOGRA39"),
                        DestOutputProfile=profile,
                    )
                ]
            )
        self.edit(pdf)
        out = BytesIO()
        pdf.save(out, deterministic_id=not self.encryption, encryption=self.encryption)
        return out.getvalue()


def good(*, press: bool) -> bytes:
    """Make the file that is right."""
    return Recipe(press).make()


def drawn(*drawing: str, press: bool = True, first: tuple[str, ...] | None = None) -> Recipe:
    """Make a right file whose second page also draws something."""
    page = PRESS_PAGE if press else OFFICE_PAGE
    return Recipe(press, (first or page, (*page, *drawing)))


def with_resource(kind: str, name: str, make: Callable[[pikepdf.Pdf], object], draw: str) -> Recipe:
    """Make a right press file whose second page draws with one more resource."""

    def edit(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[1].obj.Resources
        if f"/{kind}" not in resources:
            resources[f"/{kind}"] = Dictionary()
        resources[f"/{kind}"][f"/{name}"] = make(pdf)

    return Recipe(pages=(PRESS_PAGE, (*PRESS_PAGE, draw)), edit=edit)


def box(margin_mm: float) -> Array:
    """Give a box that lies so far outside the trim on all sides."""
    corner = OFFSET_MM + SLUG_MM - margin_mm
    far = (corner + WIDTH_MM + 2 * margin_mm, corner + HEIGHT_MM + 2 * margin_mm)
    return Array([round(edge * MM, 4) for edge in (corner, corner, *far)])


def image(pdf: pikepdf.Pdf, dots: bytes, space: object, *, across: int = 100) -> pikepdf.Stream:
    """Make a square picture."""
    return pdf.make_stream(
        dots,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=across,
        Height=across,
        BitsPerComponent=8,
        ColorSpace=space,
    )


def helvetica() -> Dictionary:
    """Make a font that is not in the file."""
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def form(pdf: pikepdf.Pdf, drawing: str, **resources: object) -> pikepdf.Stream:
    """Make a form."""
    return pdf.make_stream(
        drawing.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([-20, -20, 200, 300]),
        Resources=Dictionary(**resources),
    )


@cache
def _font_bytes() -> bytes:
    return (font_folder("Atkinson Hyperlegible") / "AtkinsonHyperlegible-Regular.ttf").read_bytes()


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/Atkinson"),
            Encoding=Name.WinAnsiEncoding,
            FirstChar=32,
            LastChar=126,
            Widths=Array([600] * 95),
            FontDescriptor=Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/Atkinson"),
                Flags=32,
                FontBBox=Array([0, -250, 1000, 950]),
                ItalicAngle=0,
                Ascent=950,
                Descent=-250,
                CapHeight=700,
                StemV=80,
                FontFile2=pdf.make_stream(_font_bytes()),
            ),
        )
    )


def _add_page(pdf: pikepdf.Pdf, drawing: tuple[str, ...], *, press: bool) -> None:
    pdf.add_blank_page()
    page = pdf.pages[-1].obj
    page.MediaBox = box(SLUG_MM if press else 0)
    page.TrimBox = box(0)
    if press:
        page.BleedBox = box(BLEED_MM)
    font = _font(pdf)
    space = Name.DeviceCMYK if press else Name.DeviceRGB
    black = "0 0 0 1 k" if press else "0 g"
    text = f"BT {black} /F1 4 Tf 20 140 Td (In a form) Tj ET"
    page.Resources = Dictionary(
        Font=Dictionary(F1=font),
        XObject=Dictionary(
            Picture=image(pdf, b"\x40" * 100 * 100 * (4 if press else 3), space),
            Form=form(pdf, text, Font=Dictionary(F1=font)),
        ),
    )
    corner = (OFFSET_MM + SLUG_MM) * MM
    matrix = f"{MM:.6f} 0 0 {MM:.6f} {corner:.4f} {corner:.4f} cm"
    page.Contents = pdf.make_stream("\n".join(["q", matrix, *drawing, "Q"]).encode())
