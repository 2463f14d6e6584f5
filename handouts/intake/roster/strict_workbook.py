"""Workbooks in Excel's strict form, which differ from others in what their parts are called.

ISO/IEC 29500 has two forms. Excel offers both; libraries read the one that is called transitional.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.findings import Place

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 100_000_000
"""Unpacked: it is packed again in memory, to a tenth. Some 200,000 rows."""
_WORKBOOK = "xl/workbook.xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def is_strict(path: Path) -> bool:
    """Say whether a workbook is in the strict form.

    Raises:
        KeyError: it is no workbook.

    """
    with zipfile.ZipFile(path) as parts:
        return _STRICT + _NAMES[0][0] in parts.read(_WORKBOOK)


def transitional(path: Path) -> bytes:
    """Give a strict workbook in the form that is read.

    Raises:
        ContentError: it is too large for that.

    """
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(packed, "w") as target:
        infos = parts.infolist()
        if sum(info.file_size for info in infos) > LARGEST_BYTES:
            raise ContentError.because(
                "the workbook is too large to be read in this form",
                why="it is saved as Strict Open XML",
                mend="save it as Excel Workbook (.xlsx), or the worksheet as CSV UTF-8",
                place=Place(str(path)),
            )
        for info in infos:
            data = parts.read(info)
            if info.filename.endswith((".xml", ".rels")):
                for name, known in _NAMES:
                    data = data.replace(_STRICT + name, known)
            target.writestr(info.filename, data, zipfile.ZIP_DEFLATED, compresslevel=1)
    return packed.getvalue()
