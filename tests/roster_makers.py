"""How the lists of people for tests are written, and what is said of each."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import openpyxl

from handouts.intake.roster.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


PROGRAMME = "neck-and-head-start"
PLAIN = ("Ada Sample", "Ben Example", "Cy Placeholder")
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Made:
    """A list of people, and what is to come out of it."""

    name: str
    form: str
    encoding: str
    data: bytes
    people: tuple[str, ...] = ()
    """Names as they are printed, in the list's order; none where the whole file is refused."""
    told: tuple[str, ...] = ()
    """Parts of findings: each is in one of them."""
    bad: tuple[int, ...] = ()
    """Rows that are given back."""
    suffix: str = ".csv"
    reading: Reading = field(default_factory=Reading)
    default: bool = False
    """Whether a programme is given for rows that name none."""
    own: tuple[tuple[str, str], ...] = ()
    """What the first person's sheet says beside, by a prescription's keys."""


def table(rows: Iterable[Row], *, between: str = ",", ends: str = "\r\n", quote: int = 0) -> str:
    """Write rows as text."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=between, lineterminator=ends, quoting=quote).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def people(names: Sequence[str], header: Row = ("name", "programme")) -> list[Row]:
    """Make the rows of a plain list."""
    return [header, *((name, PROGRAMME) for name in names)]


def workbook(
    rows: Iterable[Row], change: Callable[[Any], None] | None = None, **parts: str
) -> bytes:
    """Make a workbook; ``parts`` are put in place of text in its worksheet's part."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in rows:
        sheet.append(cells)
    if change is not None:
        change(sheet)
    data = io.BytesIO()
    book.save(data)
    return repacked(data.getvalue(), parts) if parts else data.getvalue()


def repacked(data: bytes, texts: dict[str, str]) -> bytes:
    """Put other text in place of some in each part of a package."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(made, "w") as target:
        for part in parts.infolist():
            text = parts.read(part)
            for old, new in texts.items():
                text = text.replace(old.encode(), new.encode())
            target.writestr(part.filename, text)
    return made.getvalue()


def with_shared_texts(data: bytes) -> bytes:
    """Keep a workbook's texts in a list of their own, as Excel does."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        held = {name: parts.read(name).decode() for name in parts.namelist()}
    name, types = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
    words: list[str] = []

    def number(found: re.Match[str]) -> str:
        words.append(found[1])
        return f't="s"><v>{len(words) - 1}</v></c>'

    inline = re.compile(r't="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', re.DOTALL)
    held[name] = inline.sub(number, held[name])
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = "".join(f"<si><t>{word}</t></si>" for word in words)
    held["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{texts}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    held[types] = held[types].replace("</Types>", override)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for part, text in held.items():
            target.writestr(part, text)
    return made.getvalue()


STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def spreadsheet(rows: Iterable[str]) -> bytes:
    """Make an OpenDocument spreadsheet of rows in XML."""
    styles = (
        '<office:automatic-styles><style:style style:name="gone" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        "</office:automatic-styles>"
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {_SPACES}>{styles}<office:body>'
        f'<office:spreadsheet><table:table table:name="People">{"".join(rows)}'
        '<table:table-row table:number-rows-repeated="1048500"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", content)
    return made.getvalue()


def ods_row(*cells: str, more: str = "") -> str:
    """Write a row of an OpenDocument spreadsheet: texts, or whole cells in XML."""
    return f"<table:table-row{more}>{''.join(map(ods_cell, cells))}</table:table-row>"


def ods_cell(text: str, more: str = ' office:value-type="string"') -> str:
    if text.startswith("<"):
        return text
    return f"<table:table-cell{more}><text:p>{escape(text)}</text:p></table:table-cell>"
