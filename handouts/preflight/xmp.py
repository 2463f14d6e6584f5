"""What a file's XMP metadata say, read as RDF and not by a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
PDF_X_NAMESPACES = ("{http://www.npes.org/pdfx/ns/id/}", "{http://ns.adobe.com/pdfx/1.3/}")
"""Where the name of a PDF/X standard stands since PDF/X-4, and where it stood before."""


def properties(packet: bytes) -> dict[str, str]:
    """Give the plain properties of a packet by their names with namespaces.

    An element's text, an attribute of a description and the first item of a list are alike.

    Raises:
        ValueError: it is no XML, or declares entities, which no metadata needs.

    """
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        raise ValueError("it declares entities")
    try:
        root = ET.fromstring(packet.strip(b"\0 \t\r\n"))  # noqa: S314 - entities are refused
    except ET.ParseError as error:
        raise ValueError(str(error)) from error
    return {
        name: value
        for description in root.iter(f"{RDF}Description")
        for name, value in _of(description)
    }


def _of(description: Element) -> Iterator[tuple[str, str]]:
    yield from ((name, value.strip()) for name, value in description.attrib.items())
    for part in description:
        first = part.find(f".//{RDF}li")
        yield part.tag, ((part if first is None else first).text or "").strip()


def pdf_x_of(told: dict[str, str]) -> str:
    """Give the PDF/X standard that is named; empty where none is."""
    for namespace in PDF_X_NAMESPACES:
        if found := told.get(f"{namespace}GTS_PDFXVersion"):
            return found
    return ""
