"""Metadata as XMP: what the document information says, and the standard that a file keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from pikepdf import Name

if TYPE_CHECKING:
    from datetime import datetime

    from pikepdf import Pdf

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:{prefix}="{namespace}">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Producer>{producer}</pdf:Producer>
{facts}
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>{version}</xmpMM:VersionID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


@dataclass(frozen=True, slots=True)
class Standard:
    """How a file says in XMP which standard it keeps, and ``{trapped}`` if that asks for it."""

    prefix: str
    namespace: str
    facts: str


PDF_X4 = Standard(
    "pdfxid",
    "http://www.npes.org/pdfx/ns/id/",
    "<pdf:Trapped>{trapped}</pdf:Trapped>\n"
    "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
)
PDF_X_VERSION = "1.6"
"""The version of PDF that PDF/X-4 stands on (ISO 15930-7)."""


class Told(Protocol):
    """What a file's metadata are made of; a composed piece has it."""

    @property
    def label(self) -> str:
        """Which piece it is."""

    @property
    def title(self) -> str:
        """As the reader sees it."""

    @property
    def author(self) -> str:
        """The clinic."""

    @property
    def language(self) -> str:
        """Its tag."""

    @property
    def content_hash(self) -> str:
        """Which words it has."""

    @property
    def proof(self) -> bool:
        """Whether it is for looking at alone."""


def add_xmp(pdf: Pdf, composed: Told, moment: datetime, standard: Standard) -> None:
    """Write the metadata; ids follow from the content, so that the same gives the same bytes."""
    told = {name: str(value) for name, value in pdf.docinfo.items()}
    document = uuid5(NAMESPACE_URL, f"{composed.label}\n{composed.title}\n{composed.author}")
    instance = uuid5(document, f"{composed.content_hash}\n{moment.isoformat()}\n{composed.proof}")
    facts = {
        "language": composed.language,
        "title": told["/Title"],
        "author": told["/Author"],
        "subject": told["/Subject"],
        "creator": told["/Creator"],
        "producer": told["/Producer"],
        "date": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "document": str(document),
        "instance": str(instance),
        "version": composed.content_hash,
    }
    xmp = _XMP.format(
        prefix=standard.prefix,
        namespace=standard.namespace,
        facts=standard.facts.format(trapped=told.get("/Trapped", "").removeprefix("/")),
        **{name: escape(fact) for name, fact in facts.items()},
    )
    pdf.Root.Metadata = pdf.make_stream(xmp.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
