"""Rosters that were made to do harm, or that no program would write; each made by a function."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>patient</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>programme</t></is></c></row>'
)
ROW = (
    '<row><c t="inlineStr"><is><t>Ada Sample</t></is></c>'
    '<c t="inlineStr"><is><t>desk-shoulder</t></is></c></row>'
)
Part = "str | bytes | Iterable[bytes]"


def workbook(rows: object = ROW, extra: dict[str, object] | None = None, sheets: int = 1) -> bytes:
    """Write a workbook of a header and these rows, with parts of its own."""
    out = BytesIO()
    names = range(1, sheets + 1)
    parts: dict[str, object] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in names)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in names
        )
        + "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
        **{f"xl/worksheets/sheet{n}.xml": sheet(ROW) for n in names},
        "xl/worksheets/sheet1.xml": sheet(rows),
        **(extra or {}),
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for name, held in parts.items():
            with zipped.open(name, "w", force_zip64=True) as part:
                for piece in _pieces(held):
                    part.write(piece)
    return out.getvalue()


def _pieces(held: object) -> Iterable[bytes]:
    if isinstance(held, str):
        return [held.encode()]
    return [held] if isinstance(held, bytes) else held  # type: ignore[return-value]


def sheet(rows: object) -> Iterable[bytes]:
    """Write a worksheet's part around rows."""
    yield f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER}'.encode()
    yield from _pieces(rows)
    yield b"</sheetData></worksheet>"


def _times(
    piece: bytes, megabytes: int, before: bytes = b"", after: bytes = b""
) -> Callable[[], object]:
    many = piece * (1_000_000 // len(piece))

    def pieces() -> Iterable[bytes]:
        yield before
        for _ in range(megabytes):
            yield many
        yield after

    return pieces


_CELL = b'<row><c t="inlineStr"><is><t>', b"</t></is></c></row>"

HARMFUL_WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "a row of 2,000,000,000": lambda: workbook(ROW + '<row r="2000000000"><c/></row>'),
    "a column ZZZ in each of 20,000 rows": lambda: workbook(
        ROW + '<row><c r="ZZZ1"><v>1</v></c></row>' * 20_000
    ),
    "rows of XFD": lambda: workbook(ROW + '<row><c r="XFD1"><v>1</v></c></row>' * 20_000),
    "styles of 300 MB": lambda: workbook(
        ROW, {"xl/styles.xml": _times(b"<a/>", 300, b"<s>", b"</s>")()}
    ),
    "styles of 19 MB": lambda: workbook(
        ROW,
        {
            "xl/styles.xml": _times(
                b"<xf/>",
                19,
                f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode(),
                b"</cellXfs></styleSheet>",
            )()
        },
    ),
    "a cell of 700 MB": lambda: workbook(_times(b"a", 700, *_CELL)()),
    "a cell of 700 MB in runs": lambda: workbook(
        _times(
            b"<r><t>Ada Sample and more</t></r>",
            700,
            b'<row><c t="inlineStr"><is>',
            b"</is></c></row>",
        )()
    ),
    "a row of empty cells": lambda: workbook(_times(b"<c/>", 200, b"<row>", b"</row>")()),
    "texts of 99 MB": lambda: workbook(
        ROW,
        {
            "xl/sharedStrings.xml": _times(
                b"<si><t>a</t></si>", 99, f'<sst xmlns="{MAIN}">'.encode(), b"</sst>"
            )()
        },
    ),
    "texts of 200 MB": lambda: workbook(
        ROW,
        {
            "xl/sharedStrings.xml": _times(
                b"<si><t>a</t></si>", 200, f'<sst xmlns="{MAIN}">'.encode(), b"</sst>"
            )()
        },
    ),
    "a thousand worksheets": lambda: workbook(sheets=1_000),
    "a part with a name from the root": lambda: workbook(
        ROW, {"/xl/styles.xml": _times(b"<a/>", 300, b"<s>", b"</s>")()}
    ),
    "styles of a hundred thousand levels": lambda: workbook(
        ROW, {"xl/styles.xml": "<a>" * 100_000 + "</a>" * 100_000}
    ),
}


def locked() -> bytes:
    """Write a workbook whose parts say that they are locked with a password."""
    data = bytearray(workbook())
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def odd_packing() -> bytes:
    """Write a workbook whose parts say that they are packed in a way that there is not."""
    data = bytearray(workbook())
    for mark, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] = 77
            at = data.find(mark, at + 4)
    return bytes(data)


def overlapping() -> bytes:
    """Write a workbook in whose list each worksheet lies at the same place."""
    return (
        workbook(sheets=3)
        .replace(b"sheet2.xml", b"sheet1.xml")
        .replace(b"sheet3.xml", b"sheet1.xml")
    )
