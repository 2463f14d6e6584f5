"""Opens a roster's file by what it holds, whatever its name ends in."""

from __future__ import annotations

import re
import zipfile
from os import SEEK_END
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from handouts.basics.errors import ContentError
from handouts.basics.findings import Place
from handouts.basics.plain_files import plain_file
from handouts.basics.settings import Setting, named
from handouts.intake.roster.reading import AS_FOUND, Reading
from handouts.intake.roster.text import open_text

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.intake.roster.opendocument import DocumentTable
    from handouts.intake.roster.text import TextTable
    from handouts.intake.roster.workbook import WorkbookTable

Table: TypeAlias = "TextTable | WorkbookTable | DocumentTable"
"""A table in any of the forms that are read."""
LARGEST_BYTES = 500_000_000
"""A million rows as text have some 200 MB; a workbook of as many has less."""
_START_BYTES = 512
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|table|meta|\?xml|!--)", re.IGNORECASE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_SAVE_XLSX = "open it in Excel and save it as .xlsx (Excel Workbook), or as CSV UTF-8"


def open_table(path: Path, reading: Reading = AS_FOUND) -> Table:
    """Open a table in text (CSV, TSV) or in a workbook (XLSX, ODS).

    Raises:
        ContentError: there is no file, it is empty, or it is something else.

    """
    try:
        with plain_file(path) as file:
            start = file.read(_START_BYTES)
            size_bytes = file.seek(0, SEEK_END)
    except OSError as error:
        why = error.strerror or str(error)
        _refuse(path, "the roster can't be read", why, "name a CSV, TSV, XLSX or ODS file")
    if size_bytes > LARGEST_BYTES:
        what = f"the file has {size_bytes // 1_000_000:,} MB"
        why = f"the limit is {LARGEST_BYTES // 1_000_000:,} MB"
        _refuse(path, what, why, "check that this is the right file, or split it")
    if not start:
        _refuse(path, "the file is empty", "", "see a sample: handouts roster template")
    if start.startswith(b"PK"):
        return _zipped(path, reading)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        why = "it is protected with a password, or in Excel's format of before 2007 (.xls)"
        _refuse(path, "the workbook can't be read", why, f"{_SAVE_XLSX}, without a password")
    if start.startswith((*_PICTURES, b"%PDF")):
        kind = "PDF" if start.startswith(b"%PDF") else "picture"
        _refuse(
            path, f"the file is a {kind}", "it holds no table", "name a CSV, TSV, XLSX or ODS file"
        )
    if _MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        why = "programs save such files with a name that ends in .xls"
        _refuse(path, "the file is a web page or XML, and no workbook", why, _SAVE_XLSX)
    if reading.worksheet:
        what = f"{named(Setting.WORKSHEET)} is for workbooks"
        _refuse(path, what, "this is a text file", "leave it out")
    return open_text(path, reading)


def _zipped(path: Path, reading: Reading) -> Table:
    try:
        with zipfile.ZipFile(path) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, OSError):
        _refuse(path, "the workbook is damaged", "it can't be unpacked", "save it again")
    if reading.encoding:
        what = f"{named(Setting.ENCODING)} is for text files"
        _refuse(path, what, "this is a workbook", "leave it out")
    if "content.xml" in names:
        from handouts.intake.roster.opendocument import open_document  # noqa: PLC0415 - seldom needed

        return open_document(path, reading)
    if "xl/workbook.xml" not in names:
        what = "the file is no Excel workbook"
        _refuse(path, what, ".xlsb and Numbers are not read", _SAVE_XLSX)
    from handouts.intake.roster.workbook import open_workbook  # noqa: PLC0415 - slow, and seldom needed

    return open_workbook(path, reading)


def _refuse(path: Path, what: str, why: str, mend: str) -> NoReturn:
    raise ContentError.because(what, why=why, mend=mend, place=Place(str(path)))
