"""Faults that stop a press, each planted into the one right file of ``preflight_pdfs``."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from conftest import ROOT
from pikepdf import Array, Dictionary, Name, String
from preflight_pdfs import AREA, Recipe, drawn, form, image, with_resource

if TYPE_CHECKING:
    import pikepdf

PROFILE = ROOT / "styles" / "FOGRA39L_coated.icc"
XMP_WITH = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta
 xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
AS_ATTRIBUTES = XMP_WITH.format(
    '<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Trapped="False"'
    ' xmlns:x4="http://www.npes.org/pdfx/ns/id/" x4:GTS_PDFXVersion="PDF/X-4"/>'
)
TRAPPED_TRUE = AS_ATTRIBUTES.replace('"False"', '"True"')


def described(text: str) -> bytes:
    """Give the shipped profile with another description, behind all else, where its tag points."""
    data = bytearray(PROFILE.read_bytes())
    data += bytes(-len(data) % 4)
    count = struct.unpack(">I", data[128:132])[0]
    letters = text.encode() + b"\0"
    tag = b"desc\0\0\0\0" + struct.pack(">I", len(letters)) + letters + bytes(78)
    for entry in range(132, 132 + 12 * count, 12):
        if data[entry : entry + 4] == b"desc":
            data[entry + 4 : entry + 12] = struct.pack(">II", len(data), len(tag))
    data += tag + bytes(-len(tag) % 4)
    data[:4] = struct.pack(">I", len(data))
    return bytes(data)


def state(drawing: str, **entries: object) -> Recipe:
    """Draw in a graphics state."""
    return with_resource(
        "ExtGState", "State", lambda _pdf: Dictionary(**entries), f"/State gs {drawing}"
    )


def changed(edit: object) -> Recipe:
    return Recipe(edit=edit)  # type: ignore[arg-type]


def _layer(pdf: pikepdf.Pdf, **default: object) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Varnish")))
    given = {key: Array([layer]) if kept is None else kept for key, kept in default.items()}
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(**given))


def _script(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _attach(pdf: pikepdf.Pdf) -> None:
    kept = pdf.make_stream(b"a,b", Type=Name.EmbeddedFile)
    spec = pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F=String("a.csv"), EF=Dictionary(F=kept))
    )
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a.csv"), spec])))


def _reprofile(name: str, told: str) -> object:
    def edit(pdf: pikepdf.Pdf) -> None:
        intent = pdf.Root.OutputIntents[0]
        intent.OutputConditionIdentifier = String(name)
        intent.DestOutputProfile.write(described(told))

    return edit


def _rgb_group(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    made = form(pdf, "0 0 0 0.5 k 40 60 10 10 re f")
    made.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    return made


def _with(key: str, kept: object) -> object:
    def made(pdf: pikepdf.Pdf) -> pikepdf.Stream:
        part = form(pdf, "0 0 0 0.5 k 40 60 10 10 re f")
        part[key] = kept
        return part

    return made


def _picture(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    part = image(pdf, bytes(100 * 100), Name.DeviceGray)
    part.Alternates = Array([Dictionary(Image=part, DefaultForPrinting=True)])
    return part


def _put(key: str, make: object) -> object:
    return lambda pdf: pdf.Root.__setitem__(f"/{key}", make(pdf))  # type: ignore[operator]


def _page_action(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.AA = Dictionary(O=_script(pdf))


def _link_to_program(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AA = Dictionary(WP=Dictionary(S=Name.Launch, F=String("format.exe")))


def _chain(pdf: pikepdf.Pdf) -> None:
    go = Dictionary(S=Name.URI, URI=String("https://example.org"), Next=_script(pdf))
    pdf.Root.OpenAction = go


FORM_TEXT = "BT 0 0 0 1 k /F1 4 Tf 40 66 Td (Below) Tj ET"
STOPS: dict[str, tuple[str, Recipe]] = {
    "white overprint, area": ("overprint", state(f"0 0 0 0 k {AREA}", OP=True, op=True, OPM=1)),
    "white overprint, gray": ("overprint", state(f"1 g {AREA}", op=True, OPM=0)),
    "white overprint, text": (
        "overprint", state("0 0 0 0 k BT /F1 4 Tf 40 66 Td (Hi) Tj ET", op=True),
    ),
    "white overprint, line": ("overprint", state("0 0 0 0 K 1 w 40 60 m 50 70 l S", OP=True)),
    "white overprint in a form": (
        "overprint",
        with_resource(
            "XObject", "Inner",
            lambda pdf: form(
                pdf, "/Over gs 0 0 0 0 k 40 60 10 10 re f",
                ExtGState=Dictionary(Over=Dictionary(op=True)),
            ),
            "/Inner Do",
        ),
    ),
    "a layer off": ("layers", changed(lambda pdf: _layer(pdf, OFF=None))),
    "all layers off": ("layers", changed(lambda pdf: _layer(pdf, BaseState=Name.OFF))),
    "a script on opening": ("actions", changed(_put("OpenAction", _script))),
    "a script by name": (
        "actions",
        changed(
            lambda pdf: pdf.Root.__setitem__(
                "/Names",
                Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _script(pdf)]))),
            )
        ),
    ),
    "a script of a page": ("actions", changed(_page_action)),
    "a program to start": ("actions", changed(_link_to_program)),
    "a script after a link": ("actions", changed(_chain)),
    "an attachment": ("actions", changed(_attach)),
    "another condition than its profile": (
        "output-intent", changed(_reprofile("FOGRA51", "PSO Uncoated v3 (FOGRA52)")),
    ),
    "an American name on a European profile": (
        "output-intent", changed(_reprofile("CGATS21-2-CRPC6", "FOGRA39L Coated")),
    ),
    "type of 3 pt": ("text", drawn("BT 0 0 0 1 k /F1 1 Tf 40 66 Td (Tiny) Tj ET")),
    "text below a white area": ("text", drawn(f"{FORM_TEXT} 0 0 0 0 k 39 64 40 8 re f")),
    "text below a picture": (
        "text",
        drawn("BT 0 0 0 1 k /F1 2 Tf 41 62 Td (Hi) Tj ET q 8 0 0 8 40 60 cm /Picture Do Q"),
    ),
    "small type in three inks": (
        "register", drawn("BT 0.6 0.5 0.4 0 k /F1 2.5 Tf 40 66 Td (Brown) Tj ET"),
    ),
    "a thin line in four inks": ("register", drawn("0.5 0.4 0.4 0.3 K 0.1 w 40 70 m 60 60 l S")),
    "a transfer function": (
        "device-parts",
        state(
            AREA,
            TR=Dictionary(FunctionType=2, Domain=Array([0, 1]), N=2, C0=Array([0]), C1=Array([1])),
        ),
    ),
    "a transfer function of the new kind": (
        "device-parts",
        state(
            AREA,
            TR2=Dictionary(FunctionType=2, Domain=Array([0, 1]), N=2, C0=Array([0]), C1=Array([1])),
        ),
    ),
    "a halftone": (
        "device-parts",
        state(
            AREA,
            HT=Dictionary(HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round),
        ),
    ),
    "a form of PostScript": (
        "device-parts", with_resource("XObject", "Old", _with("/Subtype2", Name.PS), "/Old Do"),
    ),
    "a picture that stands for another": (
        "device-parts",
        with_resource("XObject", "Old", _with("/OPI", Dictionary(Version=2)), "/Old Do"),
    ),
    "a picture with others in its place": (
        "device-parts",
        with_resource("XObject", "Other", _picture, "q 8 0 0 8 40 60 cm /Other Do Q"),
    ),
    "a form that blends in RGB": (
        "blend-group", with_resource("XObject", "Light", _rgb_group, "/Light Do"),
    ),
    "Trapped unlike in both": (
        "metadata", changed(lambda pdf: pdf.Root.Metadata.write(TRAPPED_TRUE.encode())),
    ),
    "no XML in the metadata": (
        "metadata",
        changed(
            lambda pdf: pdf.Root.Metadata.write(
                b"<x>GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
            )
        ),
    ),
    "the standard in a comment": (
        "metadata",
        changed(
            lambda pdf: pdf.Root.Metadata.write(
                XMP_WITH.format(
                    "<!-- <p:GTS_PDFXVersion>PDF/X-4</p:GTS_PDFXVersion> -->"
                    '<rdf:Description rdf:about=""/>'
                ).encode()
            )
        ),
    ),
    "entities in the metadata": (
        "metadata",
        changed(
            lambda pdf: pdf.Root.Metadata.write(b'<!DOCTYPE x [<!ENTITY a "PDF/X-4">]><x>&a;</x>')
        ),
    ),
}  # fmt: skip

SOUND: dict[str, Recipe] = {
    "black that overprints": state(f"0 0 0 1 k {AREA}", op=True, OPM=1),
    "white that knocks out": state(f"0 0 0 0 k {AREA}", op=False),
    "overprint left behind by Q": state(f"q Q 0 0 0 0 k {AREA}", op=False),
    "a layer on": changed(lambda pdf: _layer(pdf, ON=None)),
    "layers, none off": changed(_layer),
    "an intent and its own profile": changed(_reprofile("FOGRA51", "PSO Coated v3")),
    "an intent of a shop's own": changed(_reprofile("Custom", "Press 3, matt")),
    "a headline in rich black": drawn("BT 0.6 0.4 0.4 1 k /F1 8 Tf 40 66 Td (Big) Tj ET"),
    "a white hairline": drawn("0 0 0 0 K 0.02 w 40 70 m 60 60 l S"),
    "text before an area beside it": drawn(f"{FORM_TEXT} 0 0 0 0.2 k 60 64 20 8 re f"),
    "text below a see-through area": with_resource(
        "ExtGState", "Half", lambda _pdf: Dictionary(ca=1, BM=Name.Multiply),
        f"{FORM_TEXT} /Half gs 0 0 0 0.2 k 39 64 40 8 re f",
    ),
    "metadata as attributes": changed(lambda pdf: pdf.Root.Metadata.write(AS_ATTRIBUTES.encode())),
    "a font that is set and never shown": with_resource(
        "Font", "F9",
        lambda _pdf: Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica),
        "BT /F9 4 Tf 40 66 Td ET",
    ),
    "a date with an apostrophe": changed(
        lambda pdf: pdf.docinfo.__setitem__("/CreationDate", String("D:20261130120000Z'"))
    ),
    "plain transfer": state(AREA, TR=Name.Identity, TR2=Name.Default),
}  # fmt: skip
