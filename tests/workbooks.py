"""Writes workbooks part by part, also such as no program would write."""

# ruff: noqa: E501 - each part stands on one line, to be copied

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from itertools import repeat
from typing import TypeAlias

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    "</Types>"
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
Part: TypeAlias = str | bytes | Iterable[bytes]
"""A part of a workbook, whole or piece by piece."""


_PARTS = (
    ("sharedStrings", "sharedStrings.xml"),
    ("styles", "styles.xml"),
)


def row(*texts: str, number: int) -> str:
    """Give a row of texts."""
    cells = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("ABCDEFGH", texts, strict=False)
    )
    return f'<row r="{number}">{cells}</row>'


HEAD = row("name", "programme", number=1)
PATIENT = row("Ada Sample", "neck-and-head-start", number=2)


def pieces(part: Part) -> Iterable[bytes]:
    """Give a part piece by piece."""
    if isinstance(part, str):
        return [part.encode()]
    return [part] if isinstance(part, bytes) else part


def repeated(piece: bytes, megabytes: int, before: bytes = b"", after: bytes = b"") -> Part:
    """Give a piece so often that it is so large, with something before and after it."""
    yield before
    yield from repeat(piece * (1_000_000 // len(piece)), megabytes)
    yield after


def sheet(rows: Part = PATIENT, before: str = "", after: str = "") -> Part:
    """Give a worksheet."""
    yield f'<worksheet xmlns="{MAIN}">{before}<sheetData>{HEAD}'.encode()
    yield from pieces(rows)
    yield f"</sheetData>{after}</worksheet>".encode()


def relation(number: int, kind: str, target: str) -> str:
    """Give a relation to another part."""
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def workbook(
    parts: Mapping[str, Part] | None = None,
    more: Iterable[tuple[str, bytes]] = (),
    sheets: int = 1,
) -> bytes:
    """Write a workbook of one patient with some parts changed or added."""
    numbers = range(1, sheets + 1)
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    related = [relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    related += [relation(n, *each) for n, each in enumerate(_PARTS, sheets + 1)]
    every: dict[str, Part] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONS.format("".join(related)),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>',
        **{f"xl/worksheets/sheet{n}.xml": sheet() for n in numbers},
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in every.items():
            with archive.open(name, "w", force_zip64=True) as file:
                for piece in pieces(part):
                    file.write(piece)
        for name, data in more:
            archive.writestr(name, data)
    return out.getvalue()


def marked(sign: bytes, place: int, change: Callable[[int], int], data: bytes) -> bytes:
    """Change a byte behind each of a zip archive's signs."""
    made = bytearray(data)
    at = made.find(sign)
    while at >= 0:
        made[at + place] = change(made[at + place])
        at = made.find(sign, at + 4)
    return bytes(made)


def locked() -> bytes:
    """Write a workbook whose parts say that they are locked with a password."""
    made = marked(b"PK\3\4", 6, lambda flags: flags | 1, workbook())
    return marked(b"PK\1\2", 8, lambda flags: flags | 1, made)


def odd_packing() -> bytes:
    """Write a workbook whose parts say that they are packed in a way that there is not."""
    made = marked(b"PK\3\4", 8, lambda _: 77, workbook())
    return marked(b"PK\1\2", 10, lambda _: 77, made)
