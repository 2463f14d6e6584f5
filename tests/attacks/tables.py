"""Hostile rosters: workbooks and separated tables."""

# ruff: noqa: E501 - each part stands on one line, to be copied

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from workbooks import (
    HEAD,
    MAIN,
    OFFICE,
    PATIENT,
    RELATIONS,
    TYPES,
    locked,
    pieces,
    relation,
    repeated,
    row,
    sheet,
    workbook,
)

from attacks.case import HARMLESS, Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from workbooks import Part


def rows(body: str, before: str = "", after: str = "") -> bytes:
    """Write a workbook with other rows."""
    return workbook({"xl/worksheets/sheet1.xml": sheet(body, before, after)})


def part(name: str, text: Part) -> bytes:
    """Write a workbook with one other part."""
    return workbook({f"xl/{name}": text})


def huge(place: str, megabytes: int) -> bytes:
    """Write a workbook with a huge part, which packs to next to nothing."""
    name, around = {
        "cell": ("worksheets/sheet1.xml", sheet(row("@", "", number=2))),
        "blanks": ("worksheets/sheet1.xml", sheet(f"{PATIENT}@")),
        "string": ("sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>@</t></si></sst>'),
        "style": ("styles.xml", f'<styleSheet xmlns="{MAIN}">@</styleSheet>'),
    }[place]
    before, _, after = b"".join(pieces(around)).partition(b"@")
    return part(name, repeated(b" ", megabytes, before, after))


def sheets(count: int) -> bytes:
    """Write a workbook whose list of worksheets names one many times."""
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, count + 1))
    return part(
        "workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
    )


def overlapping(files: int) -> bytes:
    """Write an archive whose many entries are all the same packed bytes, a bomb without nesting."""
    made = bytearray(workbook())
    entry = zlib.compress(b"<a>" + b" " * 50_000_000 + b"</a>", 9)[2:-4]
    end = made.rindex(b"PK\x05\x06")
    table_at = int.from_bytes(made[end + 16 : end + 20], "little")
    name = b"xl/x.xml"
    local = (
        struct.pack(
            "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(entry), 50_000_007, len(name), 0
        )
        + name
        + entry
    )
    start = table_at
    table = bytes(made[table_at:end])
    central = b"".join(
        struct.pack(
            "<4s6H3I5H2I",
            b"PK\x01\x02",
            20,
            20,
            0,
            8,
            0,
            0,
            0,
            len(entry),
            50_000_007,
            len(b"xl/x%05d.xml" % n),
            0,
            0,
            0,
            0,
            0,
            start,
        )
        + b"xl/x%05d.xml" % n
        for n in range(files)
    )
    body = bytes(made[:table_at]) + local
    whole = table + central
    return (
        body
        + whole
        + struct.pack(
            "<4s4H2IH",
            b"PK\x05\x06",
            0,
            0,
            min(7 + files, 65_535),
            min(7 + files, 65_535),
            len(whole),
            len(body),
            0,
        )
    )


def lying_size() -> bytes:
    """Write an archive whose table says that each part has 10 bytes."""
    made = bytearray(workbook())
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def filled(name: str, begins: str, piece: str, ends: str, megabytes: int = 9) -> bytes:
    """Write a workbook with a part of a piece over and over, just below what is refused by size."""
    each = piece.encode()
    return part(name, repeated(each, megabytes, begins.encode(), ends.encode()))


def styled(tag: str, piece: str) -> bytes:
    """Write a workbook with a list of styles over and over."""
    return filled(
        "styles.xml", f'<styleSheet xmlns="{MAIN}"><{tag}>', piece, f"</{tag}></styleSheet>"
    )


def named(tag: str, piece: str) -> bytes:
    """Write a workbook whose part of names has a list of something, too."""
    names = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S1" sheetId="1" r:id="rId1"/></sheets>'
    return filled("workbook.xml", f"{names}<{tag}>", piece, f"</{tag}></workbook>")


def around(tag: str, piece: str, *, first: bool = False) -> bytes:
    """Write a workbook with a list of something behind its rows, or before them."""
    whole = f"<worksheet xmlns='{MAIN}'>@</worksheet>"
    data = f"<sheetData>{HEAD}{PATIENT}</sheetData>"
    body = f"<{tag}>@</{tag}>{data}" if first else f"{data}<{tag}>@</{tag}>"
    before, _, after = whole.replace("@", body, 1).partition("@")
    return filled("worksheets/sheet1.xml", before, piece, after, 19)


def many_sheets(count: int, texts: int) -> bytes:
    """Write a workbook of worksheets whose headers are the last ones of a long list of texts."""
    head = f'<row r="1"><c r="A1" t="s"><v>{texts - 1}</v></c></row>'
    body = f'<worksheet xmlns="{MAIN}"><sheetData>{head}</sheetData></worksheet>'
    parts = {f"xl/worksheets/sheet{n}.xml": body for n in range(1, count + 1)}
    listed = f'<sst xmlns="{MAIN}">{"<si><t>Ada</t></si>" * texts}</sst>'
    return workbook({**parts, "xl/sharedStrings.xml": listed}, sheets=count)


def last_text(begins: str, piece: str, times: int) -> bytes:
    """Write a workbook with a cell that names the last of its texts."""
    cell = f'<row r="3"><c r="A3" t="s"><v>{times - 1}</v></c></row>'
    listed = f'<sst xmlns="{MAIN}">{begins}{piece * times}</sst>'
    return workbook(
        {"xl/sharedStrings.xml": listed, "xl/worksheets/sheet1.xml": sheet(PATIENT + cell)}
    )


def formatted(code: str) -> bytes:
    """Write a workbook with a number and its format."""
    fonts = "<fonts><font/></fonts>"
    xfs = '<cellXfs><xf/><xf numFmtId="200"/></cellXfs>'
    return workbook(
        {
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>{fonts}{xfs}</styleSheet>',
            "xl/worksheets/sheet1.xml": sheet(
                '<row r="2"><c r="A2" s="1"><v>7</v></c><c r="B2" s="1" t="inlineStr"><is><t>x</t></is></c></row>'
            ),
        }
    )


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>'
ENTITY_ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>&j;</t></is></c></row>'

WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "a row two thousand million": lambda: rows('<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'),
    "a row of 400 digits": lambda: rows(f'<row r="{"9" * 400}"/>'),
    "a row below nothing": lambda: rows('<row r="-5"><c r="A-5"><v>1</v></c></row>'),
    "a row that is a word": lambda: rows('<row r="two"><c r="here"><v>1</v></c></row>'),
    "the last cell there is": lambda: rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a cell far right of the last": lambda: rows('<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>'),
    "a cell of a column of 5,000 letters": lambda: rows(f'<row r="2"><c r="{"Z" * 5000}2"><v>1</v></c></row>'),
    "a row for each of a million": lambda: rows("".join(f'<row r="{n}"/>' for n in range(2, 1_000_000))),
    "the same row 30,000 times": lambda: rows(PATIENT * 30_000),
    "two million empty cells": lambda: rows('<row r="2">' + "<c/>" * 2_000_000 + "</row>"),
    "rows each one cell far right, 3,000": lambda: rows("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 3000))),
    "a part of 300 MB of blanks": lambda: huge("blanks", 300),
    "a cell of 700 MB": lambda: huge("cell", 700),
    "a shared string of 700 MB": lambda: huge("string", 700),
    "styles of 700 MB": lambda: huge("style", 700),
    "a million shared strings": lambda: part("sharedStrings.xml", f'<sst xmlns="{MAIN}">{"<si><t>Ada</t></si>" * 1_000_000}</sst>'),
    "1,100,000 shared strings, the last one named": lambda: last_text("", "<si><t>A</t></si>", 1_100_000),
    "texts of nothing, the last one named": lambda: last_text("", "<si/>", 3_900_000),
    "looks of runs in a shared string": lambda: last_text("<si><r>" + "<rPr><b/></rPr>" * 1_300_000 + "</r></si>", "<si/>", 2),
    "255 worksheets with headers of the last text": lambda: many_sheets(255, 900_000),
    "a shared string of a million runs": lambda: part("sharedStrings.xml", f'<sst xmlns="{MAIN}"><si>{"<r><t>a</t></r>" * 1_000_000}</si></sst>'),
    "a shared string that there is not": lambda: rows('<row r="2"><c r="A2" t="s"><v>999999999</v></c></row>'),
    "a shared string below nothing": lambda: rows('<row r="2"><c r="A2" t="s"><v>-1</v></c></row>'),
    "100,000 worksheets": lambda: sheets(100_000),
    "a million merged cells": lambda: rows(PATIENT, "", "<mergeCells>" + "<mergeCell ref='A1:B1'/>" * 1_000_000 + "</mergeCells>"),
    "everything merged": lambda: rows(PATIENT, "", "<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"),
    "a million styles": lambda: part("styles.xml", f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1_000_000}</cellXfs></styleSheet>'),
    "styles below styles": lambda: styled("cellStyleXfs", "<xf/>"),
    "styles with everything": lambda: styled("cellXfs", "<xf><alignment wrapText='1'/><protection locked='0'/></xf>"),
    "fonts": lambda: styled("fonts", "<font><b/></font>"),
    "fills": lambda: styled("fills", "<fill><patternFill/></fill>"),
    "borders": lambda: styled("borders", "<border><left/></border>"),
    "names of styles": lambda: styled("cellStyles", "<cellStyle name='a' xfId='0'/>"),
    "styles for conditions": lambda: styled("dxfs", "<dxf><font><b/></font></dxf>"),
    "colours": lambda: styled("colors", "<indexedColors><rgbColor rgb='00000000'/></indexedColors>"),
    "names of cells": lambda: named("definedNames", "<definedName name='a'>S1!$A$1</definedName>"),
    "names of printed rows": lambda: named("definedNames", "<definedName name='_xlnm.Print_Titles' localSheetId='0'>S1!$1:$2</definedName>"),
    "views of the workbook": lambda: named("bookViews", "<workbookView/>"),
    "links to other workbooks": lambda: named("externalReferences", "<externalReference r:id='rId1'/>"),
    "caches of pivots": lambda: named("pivotCaches", "<pivotCache cacheId='1' r:id='rId1'/>"),
    "relations": lambda: filled("_rels/workbook.xml.rels", RELATIONS.partition("{}")[0], relation(1, "worksheet", "worksheets/sheet1.xml"), "</Relationships>"),
    "types of parts": lambda: workbook({"[Content_Types].xml": TYPES.replace("</Types>", "<Override PartName='/x' ContentType='y'/>" * 180_000 + "</Types>")}),
    "properties of the document": lambda: workbook({"docProps/core.xml": "<a>" + "<b/>" * 2_000_000 + "</a>", "docProps/custom.xml": "<a>" + "<b/>" * 2_000_000 + "</a>"}),
    "a theme": lambda: filled("theme/theme1.xml", "<a>", "<b/>", "</a>"),
    "widths of columns": lambda: around("cols", "<col min='1' max='1' width='9'/>", first=True),
    "looks of the sheet": lambda: around("sheetViews", "<sheetView workbookViewId='0'/>", first=True),
    "marks before the rows": lambda: around("x", "<x/>", first=True),
    "marks behind the rows": lambda: around("x", "<x/>"),
    "marks in a row": lambda: rows('<row r="2">' + "<x/>" * 4_900_000 + "</row>"),
    "values in a cell": lambda: rows('<row r="2"><c r="A2">' + "<v>1</v>" * 2_400_000 + "</c></row>"),
    "links": lambda: around("hyperlinks", "<hyperlink ref='A2' location='S1!A1'/>"),
    "checks of what is typed": lambda: around("dataValidations", "<dataValidation sqref='A2'><formula1>1</formula1></dataValidation>"),
    "conditions": lambda: around("x", "<conditionalFormatting sqref='A2'><cfRule type='expression' priority='1'><formula>1</formula></cfRule></conditionalFormatting>"),
    "breaks between pages": lambda: around("rowBreaks", "<brk id='1'/>"),
    "merged cells, each another": lambda: rows(PATIENT, "", "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(3, 600_000)) + "</mergeCells>"),
    "merged cells that do not end": lambda: rows(PATIENT, "", "<mergeCell " * 1_700_000),
    "a comment without end": lambda: rows(PATIENT, "<!--" + "a" * 19_000_000 + "-->"),
    "a value of an attribute without end": lambda: rows(PATIENT, "<x y='" + "a" * 19_000_000 + "'/>"),
    "comments": lambda: rows(PATIENT, "<!---->" * 2_700_000),
    "a format of brackets": lambda: formatted("[" * 9_000_000),
    "a format of languages": lambda: formatted("[$-407]" * 1_200_000),
    "a format of quotes": lambda: formatted("&quot;a&quot;" * 700_000),
    "a format of places": lambda: formatted("0#?," * 2_000_000),
    "a style that there is not": lambda: rows('<row r="2"><c r="A2" s="999999999"><v>1</v></c></row>'),
    "a million formats of numbers": lambda: part("styles.xml", f'<styleSheet xmlns="{MAIN}"><numFmts>' + "<numFmt numFmtId='1' formatCode='0'/>" * 500_000 + "</numFmts></styleSheet>"),
    "a dimension that lies": lambda: rows(PATIENT, '<dimension ref="A1:XFD1048576"/>'),
    "a dimension of words": lambda: rows(PATIENT, '<dimension ref="here:there"/>'),
    "a day of 1e308": lambda: rows('<row r="2"><c r="A2" t="d"><v>1e308</v></c><c r="B2" t="n"><v>1e400</v></c></row>'),
    "a number of a million digits": lambda: rows(f'<row r="2"><c r="A2" t="n"><v>{"9" * 1_000_000}</v></c></row>'),
    "a formula that shells out": lambda: rows('<row r="2"><c r="A2"><f>cmd|"/C calc"!A0</f><v>=1</v></c></row>'),
    "entities in entities": lambda: part("worksheets/sheet1.xml", [LAUGHS.encode(), *sheet(ENTITY_ROW)]),
    "an entity that is a file": lambda: part("worksheets/sheet1.xml", [FILE_ENTITY.encode(), *sheet(ENTITY_ROW)]),
    "an entity in the shared strings": lambda: part("sharedStrings.xml", f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&j;</t></si></sst>'),
    "an entity in the types": lambda: workbook({"[Content_Types].xml": LAUGHS + TYPES.replace("</Types>", "&j;</Types>")}),
    "XML 200,000 deep": lambda: rows(PATIENT, "<x>" * 200_000 + "</x>" * 200_000),
    "200,000 attributes": lambda: rows('<row r="2" ' + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>"),
    "a relation to the machine": lambda: part("_rels/workbook.xml.rels", RELATIONS.format(relation(1, "worksheet", "/../../../../etc/hostname"))),
    "a relation to the web": lambda: part("_rels/workbook.xml.rels", RELATIONS.format(relation(1, "worksheet", "http://example.invalid/x.xml").replace("/>", ' TargetMode="External"/>'))),
    "a relation to itself": lambda: part("_rels/workbook.xml.rels", RELATIONS.format(relation(1, "worksheet", "workbook.xml"))),
    "external links": lambda: workbook({"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>', "xl/_rels/workbook.xml.rels": RELATIONS.format(relation(1, "worksheet", "worksheets/sheet1.xml") + relation(9, "externalLink", "externalLinks/externalLink1.xml"))}),
    "names that leave the archive": lambda: workbook(None, [("/etc/handouts-attack", b"x"), ("../../handouts-attack", b"x")]),
    "50,000 parts": lambda: workbook(None, ((f"xl/x{n}.xml", b"<a/>") for n in range(50_000))),
    "50,000 overlapping parts of 50 MB": lambda: overlapping(50_000),
    "the same part twice": lambda: workbook(None, [("xl/worksheets/sheet9.xml", b"".join(sheet()))]).replace(b"sheet9", b"sheet1"),
    "parts that are encrypted": locked,
    "sizes that lie": lying_size,
    "an old workbook": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000),
    "an archive of nothing": lambda: b"PK\x05\x06" + bytes(18),
    "half an archive": lambda: workbook()[:600],
    "no bytes": lambda: b"",
    "a name that moves the terminal": lambda: part("workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="&#155;2J&#x202e;" sheetId="1" r:id="rId1"/><sheet name="b&#155;" sheetId="2" r:id="rId1"/></sheets></workbook>'),
}  # fmt: skip
SPACES = " ".join(
    f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for n in ("office", "table", "text")
)


def document(people: str) -> bytes:
    """Write an OpenDocument spreadsheet with other rows behind its header."""
    head = "".join(
        f"<table:table-cell><text:p>{name}</text:p></table:table-cell>"
        for name in ("name", "programme")
    )
    table = f'<table:table table:name="S"><table:table-row>{head}</table:table-row>{people}</table:table>'
    content = f"<office:document-content {SPACES}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def document_row(cell: str, row_is: str = "", cell_is: str = "") -> str:
    """Write a row of one cell."""
    return f"<table:table-row {row_is}><table:table-cell {cell_is}><text:p>{cell}</text:p></table:table-cell></table:table-row>"


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "a million rows alike": lambda: document(document_row("Ada", 'table:number-rows-repeated="1000000"')),
    "two thousand million rows alike": lambda: document(document_row("Ada", 'table:number-rows-repeated="2000000000"')),
    "a million cells alike": lambda: document(document_row("Ada", "", 'table:number-columns-repeated="1000000"') * 20_000),
    "a number of times that is a word": lambda: document(document_row("Ada", 'table:number-rows-repeated="many"')),
    "rows below nothing": lambda: document(document_row("Ada", 'table:number-rows-repeated="-5"')),
    "spans 200,000 deep": lambda: document(document_row("<text:span>" * 200_000 + "</text:span>" * 200_000)),
    "entities in entities": lambda: document(document_row("&j;")).replace(b"<office:d", LAUGHS.encode() + b"<office:d", 1),
}  # fmt: skip
ROW = "Ada Sample,neck-and-head-start\n"
TEXTS: dict[str, Callable[[], bytes]] = {
    "a million columns": lambda: b"name,programme" + b",x" * 1_000_000 + b"\n",
    "a million columns of one name": lambda: b"name," * 1_000_000 + b"\n" + ROW.encode(),
    "a million cells in a row": lambda: b"name,programme\n" + b"Ada," * 1_000_000 + b"\n",
    "a cell of 60 MB": lambda: b"name,programme\n" + b"a" * 60_000_000 + b",x\n",
    "a cell of 131,073 letters": lambda: b"name,programme\n" + b"a" * 131_073 + b",neck-and-head-start\n",
    "a quote that does not end": lambda: b'name,programme\n"' + ROW.encode() * 300_000,
    "quotes alone": lambda: b"name,programme\n" + b'"' * 5_000_000,
    "NULs": lambda: b"name,programme\n" + bytes(5_000_000),
    "rows without end": lambda: b"name,programme\n" + ROW.encode() * 1_000_000,
    "rows of nothing": lambda: b"name,programme\n" + b"\n" * 20_000_000,
    "rows of commas": lambda: b"name,programme\n" + b",\n" * 5_000_000,
    "heads that move the terminal": lambda: b"name,programme,\x1b]0;owned\x07\x1b[2J\n" + ROW.encode(),
    "heads that turn round": lambda: "name,programme,a\u202eb\u2066c\n".encode() + ROW.encode(),
    "every separator": lambda: b"name;programme\tx|y,z\n" + b"a;b\tc|d,e\n" * 100_000,
    "noise": lambda: bytes(range(256)) * 20_000,
    "UTF-16 that breaks off": lambda: ("name,programme\n" + ROW).encode("utf-16")[:-1],
    "UTF-32": lambda: ("name,programme\n" + ROW).encode("utf-32"),
    "two thousand copies of a million": lambda: b"name,programme,copies\nAda Sample,neck-and-head-start,1000000000\n",
    "a copy of 5,000 digits": lambda: b"name,programme,copies\nAda,neck-and-head-start," + b"9" * 5000 + b"\n",
    "a day of 5,000 digits": lambda: b"name,programme,date\nAda,neck-and-head-start," + b"9" * 5000 + b"\n",
    "an exercise 100,000 times": lambda: b"name,exercises\nAda," + b"suboccipital-release;" * 6000 + b"\n",
    "a dose of 100,000 parts": lambda: b"name,exercises\nAda,suboccipital-release:" + b"hold=9s:" * 12_000 + b"\n",
    "a note of 100,000 letters": lambda: b"name,programme,note for the patient\nAda,neck-and-head-start," + b"w " * 50_000 + b"\n",
    "a name of marks": lambda: b"name,programme\nA" + "\u0301".encode() * 30_000 + b",neck-and-head-start\n",
}  # fmt: skip
COMMANDS = {"check": ("roster", "check", "{}", "-q"), "batch": ("batch", "{}", "-q")}
SPARSE = {"one line of 500 MB": 500_000_000, "10 GB of nothing": 10_000_000_000}
ROWS_BAD = HARMLESS | {6}


def _written(file: str, make: Callable[[], bytes]) -> Callable[[Path], None]:
    def prepare(clinic: Path) -> None:
        (clinic / file).write_bytes(make())

    return prepare


def _sparse(file: str, size: int) -> Callable[[Path], None]:
    def prepare(clinic: Path) -> None:
        with (clinic / file).open("wb") as out:
            out.truncate(size)

    return prepare


def cases() -> Iterator[Case]:
    """Give each table before ``roster check`` and ``batch``."""
    for kind, command in COMMANDS.items():
        for suffix, tables in (("xlsx", WORKBOOKS), ("ods", DOCUMENTS), ("csv", TEXTS)):
            file = f"people.{suffix}"
            words = tuple(word.format(file) for word in command)
            for name, make in tables.items():
                if (kind, name) == ("batch", "rows without end"):
                    continue  # a million right rows are a run of a million sheets: it goes on
                prepare = _written(file, make)
                # The rows that are refused are given back in a list of their own.
                may_change = "out/run-failed.csv" if kind == "batch" else ""
                yield Case(
                    f"{suffix} {kind}", name, words, prepare, file, ROWS_BAD, may_change=may_change
                )
            for name, size in SPARSE.items():
                yield Case(f"{suffix} {kind}", name, words, _sparse(file, size), file)
