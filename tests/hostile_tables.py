"""Rosters that were made to do harm, or that no program would write; each made by a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbooks import MAIN, OFFICE, PATIENT, repeated, sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbooks import Part

CELL = b'<row><c t="inlineStr"><is><t>', b"</t></is></c></row>"


def styles(cell_styles: str) -> str:
    """Write a part of styles."""
    return f'<styleSheet xmlns="{MAIN}"><cellXfs>{cell_styles}</cellXfs></styleSheet>'


def texts(count: int) -> str:
    """Write a list of texts."""
    return f'<sst xmlns="{MAIN}">{"<si><t>Ada</t></si>" * count}</sst>'


def rows(body: Part) -> bytes:
    """Write a workbook with other rows."""
    return workbook({"xl/worksheets/sheet1.xml": sheet(body)})


HARMFUL_WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "a row of 2,000,000,000": lambda: rows(PATIENT + '<row r="2000000000"><c/></row>'),
    "a column ZZZ in each of 20,000 rows": lambda: rows(
        PATIENT + '<row><c r="ZZZ1"><v>1</v></c></row>' * 20_000
    ),
    "rows of XFD": lambda: rows(PATIENT + '<row><c r="XFD1"><v>1</v></c></row>' * 20_000),
    "styles of 300 MB": lambda: workbook(
        {"xl/styles.xml": repeated(b"<a/>", 300, b"<s>", b"</s>")}
    ),
    "styles of 19 MB": lambda: workbook(
        {
            "xl/styles.xml": repeated(
                b"<xf/>",
                19,
                f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode(),
                b"</cellXfs></styleSheet>",
            )
        },
    ),
    "a cell of 700 MB": lambda: rows(repeated(b"a", 700, *CELL)),
    "a cell of 700 MB in runs": lambda: rows(
        repeated(
            b"<r><t>Ada Sample and more</t></r>",
            700,
            b'<row><c t="inlineStr"><is>',
            b"</is></c></row>",
        )
    ),
    "a row of empty cells": lambda: rows(repeated(b"<c/>", 200, b"<row>", b"</row>")),
    "texts of 99 MB": lambda: workbook(
        {
            "xl/sharedStrings.xml": repeated(
                b"<si><t>a</t></si>", 99, f'<sst xmlns="{MAIN}">'.encode(), b"</sst>"
            )
        },
    ),
    "texts of 200 MB": lambda: workbook(
        {
            "xl/sharedStrings.xml": repeated(
                b"<si><t>a</t></si>", 200, f'<sst xmlns="{MAIN}">'.encode(), b"</sst>"
            )
        },
    ),
    "a thousand worksheets": lambda: workbook(sheets=1_000),
    "a part with a name from the root": lambda: workbook(
        {"/xl/styles.xml": repeated(b"<a/>", 300, b"<s>", b"</s>")}
    ),
}
HARMLESS_WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "styles of a hundred thousand levels": lambda: workbook(
        {"xl/styles.xml": "<a>" * 100_000 + "</a>" * 100_000}
    ),
    "200,000 styles": lambda: workbook({"xl/styles.xml": styles("<xf/>" * 200_000)}),
    "200,000 texts that no cell names": lambda: workbook({"xl/sharedStrings.xml": texts(200_000)}),
    "100,000 names of cells": lambda: workbook(
        {
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S1" sheetId="1"'
                f' r:id="rId1"/></sheets><definedNames>'
                + "<definedName name='n'>S1!$A$1</definedName>" * 100_000
                + "</definedNames></workbook>"
            )
        }
    ),
    "100,000 conditions": lambda: workbook(
        {"xl/worksheets/sheet1.xml": sheet(before="<conditionalFormatting sqref='A1'/>" * 100_000)}
    ),
}
"""Of much that is not looked at, or is looked at in no time: they are read as if it were not."""


def overlapping() -> bytes:
    """Write a workbook in whose list each worksheet lies at the same place."""
    return (
        workbook(sheets=3)
        .replace(b"sheet2.xml", b"sheet1.xml")
        .replace(b"sheet3.xml", b"sheet1.xml")
    )
