"""Rosters that were made to do harm, or that no program would write; each made by a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbooks import MAIN, PATIENT, repeated, sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbooks import Part

CELL = b'<row><c t="inlineStr"><is><t>', b"</t></is></c></row>"


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
    "styles of a hundred thousand levels": lambda: workbook(
        {"xl/styles.xml": "<a>" * 100_000 + "</a>" * 100_000}
    ),
}


def overlapping() -> bytes:
    """Write a workbook in whose list each worksheet lies at the same place."""
    return (
        workbook(sheets=3)
        .replace(b"sheet2.xml", b"sheet1.xml")
        .replace(b"sheet3.xml", b"sheet1.xml")
    )
