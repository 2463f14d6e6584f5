"""Lists of people as workbooks and spreadsheets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from openpyxl.styles import Font
from roster_makers import (
    PLAIN,
    PROGRAMME,
    STRICT,
    Made,
    ods_cell,
    ods_row,
    people,
    repacked,
    spreadsheet,
    with_shared_texts,
    workbook,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _hide(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def _strike(sheet: Any) -> None:
    sheet.cell(3, 1).font = Font(strike=True)


def _footnote(sheet: Any) -> None:
    sheet.append(["All sheets to be returned"])
    sheet.merge_cells("A5:B5")


def _formats(number: float, code: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet.cell(2, 3).value = number
        sheet.cell(2, 3).number_format = code

    return change


def of_workbooks() -> Iterator[Made]:
    plain = people(PLAIN)
    yield Made("a workbook", "a workbook", "xlsx", workbook(plain), PLAIN, suffix=".xlsx")
    yield Made(
        "shared texts",
        "shared texts",
        "xlsx",
        with_shared_texts(workbook(plain)),
        PLAIN,
        suffix=".xlsx",
    )
    yield Made("a workbook called .csv", "a wrong name", "xlsx", workbook(plain), PLAIN)
    yield Made(
        "strict",
        "Strict Open XML",
        "xlsx",
        repacked(workbook(plain), STRICT),
        PLAIN,
        suffix=".xlsx",
    )
    yield Made(
        "hidden",
        "hidden rows",
        "xlsx",
        workbook(plain, _hide),
        PLAIN,
        ("1 row is hidden or filtered out and read all the same: 3",),
        suffix=".xlsx",
    )
    yield Made(
        "struck",
        "struck-through rows",
        "xlsx",
        workbook(plain, _strike),
        PLAIN,
        ("1 row is struck through",),
        suffix=".xlsx",
    )
    yield Made(
        "a footnote",
        "a merged footnote",
        "xlsx",
        workbook(plain, _footnote),
        PLAIN,
        ("A5:B5 are merged",),
        (5,),
        suffix=".xlsx",
        default=True,
    )
    note = ("name", "programme", "note for the patient")
    for code, number, text in (
        ("0%", 0.8, "80%"),
        ('"$"#,##0.00', 25, "$25.00"),
        ("General", 0.1 + 0.2, "0.3"),
        ("h:mm AM/PM", dt.time(10, 30), "10:30 AM"),
        ("m/d/yyyy", dt.date(2026, 12, 24), "12/24/2026"),
        ("[h]:mm", dt.timedelta(hours=26), "26:00"),
        ("000-0000", 5550142, "555-0142"),
        ("dddd", dt.date(2026, 12, 24), "Thursday"),
    ):
        data = workbook([note, ("Ada Sample", PROGRAMME, None)], _formats(number, code))
        yield Made(
            f"shown: {code}",
            "number formats",
            "xlsx",
            data,
            PLAIN[:1],
            suffix=".xlsx",
            own=(("notes", text),),
        )
    for code, number in (
        ("# ?/?", 0.5),
        ("0.00E+00", 12.5),
        ("[$-40C]d mmmm", dt.date(2026, 12, 24)),
        ("General", 1e20),
    ):
        data = workbook([note, ("Ada Sample", PROGRAMME, None)], _formats(number, code))
        yield Made(
            f"not known: {code}",
            "number formats",
            "xlsx",
            data,
            PLAIN[:1],
            (":2:3", "may show this cell in another way"),
            suffix=".xlsx",
        )
    escaped = [
        note,
        ("Bo_x000D_ Example", PROGRAMME, ""),
        ("Ada Sample", PROGRAMME, "Pain_x0020_0"),
        ("Ben Example", PROGRAMME, "_x005F_x000D_"),
    ]
    for label, change in {"inline": bytes, "shared": with_shared_texts}.items():
        yield Made(
            f"escapes, {label}",
            "Office's escapes",
            "xlsx",
            change(workbook(escaped)),
            PLAIN[:2],
            (":2:1", "more than one line"),
            (2,),
            suffix=".xlsx",
            own=(("notes", "Pain 0"),),
        )
    head = workbook([("na_x006D_e", "programme"), ("Ada Sample", PROGRAMME)])
    yield Made("an escaped header", "Office's escapes", "xlsx", head, PLAIN[:1], suffix=".xlsx")
    days = [("name", "programme", "date"), ("Ada Sample", PROGRAMME, 44892)]
    yield Made(
        "days from 1904",
        "days from 1904",
        "xlsx",
        workbook(
            days,
            None,
            **{
                "<workbookPr />": '<workbookPr date1904="1"/>',
                "<workbookPr/>": '<workbookPr date1904="1"/>',
            },
        ),
        PLAIN[:1],
        suffix=".xlsx",
        own=(("given_on", "2026-11-28"),),
    )
    formula = [("Full name", "programme"), ("=A9", PROGRAMME), ("Ada Sample", PROGRAMME)]
    yield Made(
        "a formula",
        "formulas",
        "xlsx",
        workbook(formula),
        PLAIN[:1],
        (":2:1", "a formula stands"),
        (2,),
        suffix=".xlsx",
    )
    zero = workbook(formula, None, **{"<v></v>": "<v>0</v>", "<v />": "<v>0</v>"})
    yield Made(
        "a formula's zero",
        "formulas",
        "xlsx",
        zero,
        PLAIN[:1],
        (":2:1", "no letter"),
        (2,),
        suffix=".xlsx",
    )
    page = "<html><table><tr><td>name</td></tr><tr><td>Ada Sample</td></tr></table></html>"
    yield Made(
        "a web page",
        "HTML as .xls",
        "utf-8",
        page.encode(),
        told=("web page", "save it as"),
        suffix=".xls",
    )
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield Made("before 2007", "an old workbook", "xls", old, told=("before 2007",), suffix=".xls")


def of_spreadsheets() -> Iterator[Made]:
    head = ods_row("name", "programme", "next visit", "note for the patient")
    day = (
        '<table:table-cell office:value-type="date" office:date-value="2026-12-01T10:30:00">'
        "<text:p>12/01/26 10:30 AM</text:p></table:table-cell>"
    )
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.8"><text:p>80 %'
        "</text:p></table:table-cell>"
    )
    rows = [head, ods_row("Zoë Sample", PROGRAMME, day, share)]
    rows += [ods_row(name, PROGRAMME) for name in PLAIN]
    yield Made(
        "ods",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        ("Zoë Sample", *PLAIN),
        suffix=".ods",
        own=(("next_visit", "Tuesday, December 1, 2026, 10:30 am"), ("notes", "80 %")),
    )
    struck = ods_cell("Ben Example", ' table:style-name="gone" office:value-type="string"')
    rows = [
        head,
        ods_row("Ada Sample", PROGRAMME, more=' table:visibility="filter"'),
        ods_row(struck, PROGRAMME),
    ]
    yield Made(
        "ods, hidden",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        PLAIN[:2],
        ("hidden or filtered out", "struck through"),
        suffix=".ods",
    )
    spaced = (
        '<table:table-cell office:value-type="string"><text:p>Ada<text:s/>Sample</text:p>'
        "<office:annotation xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>"
        "<text:p>rude on phone</text:p></office:annotation></table:table-cell>"
    )
    rows = [head, ods_row(spaced, PROGRAMME)]
    yield Made("ods, a comment", "OpenDocument", "ods", spreadsheet(rows), PLAIN[:1], suffix=".ods")
    formula = '<table:table-cell table:formula="of:=[.B2]"/>'
    rows = [head, ods_row(formula, PROGRAMME), ods_row("Ada Sample", PROGRAMME)]
    yield Made(
        "ods, a formula",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        PLAIN[:1],
        (":2:1", "a formula stands"),
        (2,),
        suffix=".ods",
    )
    merged = ods_cell("Bring them back", ' table:number-columns-spanned="4"')
    rows = [head, ods_row("Ada Sample", PROGRAMME), ods_row(merged)]
    yield Made(
        "ods, a footnote",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        PLAIN[:1],
        ("A3:D3 are merged",),
        (3,),
        suffix=".ods",
        default=True,
    )
    inner = '<table:table-cell><table:table table:name="x"></table:table></table:table-cell>'
    rows = [head, ods_row("Ada Sample", PROGRAMME), ods_row(inner), ods_row("Ben", PROGRAMME)]
    yield Made(
        "ods, a table in a table",
        "OpenDocument",
        "ods",
        spreadsheet(rows),
        told=(":3:1", "can't be read"),
        suffix=".ods",
    )
    group = ods_row("Ben Example", PROGRAMME)
    rows = [
        f"<table:table-header-rows>{head}</table:table-header-rows>",
        ods_row("Ada Sample", PROGRAMME),
        f"<table:table-row-group>{group}</table:table-row-group>",
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>',
        ods_row("Cy Placeholder", PROGRAMME),
    ]
    yield Made("ods, groups", "OpenDocument", "ods", spreadsheet(rows), PLAIN, suffix=".ods")
