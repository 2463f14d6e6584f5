"""The parts of a workbook's zip file, before any is unpacked."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.findings import Place

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_WORDS_BYTES = 100_000_000
"""A workbook keeps its texts in one list, which is held in memory: 400,000 take some 100 MB."""
LARGEST_BYTES = 4_000_000_000
"""A full sheet of a million rows unpacks to about 1 GB."""
LARGEST_OTHER_BYTES = 10_000_000
"""What is no worksheet and no list of texts, and is read whole: styles, names of worksheets."""
MOST_PARTS = 5_000
MOST_WORKSHEETS = 255
MOST_TIMES = 100
"""How much larger than packed a part may be; rows of a table are packed to a tenth."""
_READ_BY_ROWS = frozenset({"content.xml", "settings.xml", "styles.xml", "meta.xml"})
"""Of an OpenDocument: its rows, and parts that are not read."""
_SMALL_BYTES = 20_000_000
"""No part up to this size does harm, however well it is packed."""


def check_parts(path: Path) -> None:
    """Refuse a workbook that unpacks to too much.

    Raises:
        ContentError: as said.
        zipfile.BadZipFile: it is no zip file.

    """
    with zipfile.ZipFile(path) as zipped:
        parts = zipped.infolist()
    everything = sum(part.file_size for part in parts)
    if everything > LARGEST_BYTES:
        raise _larger(path, f"it holds {everything // 1_000_000:,} MB", LARGEST_BYTES)
    if len(parts) > MOST_PARTS:
        raise too_large(path, f"it has {len(parts):,} parts; the limit is {MOST_PARTS:,}")
    worksheets = sum("/worksheets/" in part.filename and _is_xml(part) for part in parts)
    if worksheets > MOST_WORKSHEETS:
        why = f"it has {worksheets:,} worksheets; the limit is {MOST_WORKSHEETS}"
        raise too_large(path, why)
    words = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
    if words > LARGEST_WORDS_BYTES:
        raise _larger(path, f"its texts have {words // 1_000_000:,} MB", LARGEST_WORDS_BYTES)
    for part in parts:
        size = f"its part {part.filename[:60]!r} has {part.file_size // 1_000_000:,} MB"
        if _read_whole(part) and part.file_size > LARGEST_OTHER_BYTES:
            raise _larger(path, size, LARGEST_OTHER_BYTES)
        if part.file_size > max(_SMALL_BYTES, MOST_TIMES * part.compress_size):
            why = f"{size}, more than {MOST_TIMES} times of what it is packed to"
            raise too_large(path, why)


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith(".xml")


def _read_whole(part: zipfile.ZipInfo) -> bool:
    """Say whether a part is read before any row, and at once."""
    folder = part.filename.rpartition("/")[0].lstrip("/")
    named = folder in {"", "xl", "xl/theme", "docProps"} and part.filename not in _READ_BY_ROWS
    named = named and "sharedStrings" not in part.filename
    return part.filename.endswith(".rels") or (named and _is_xml(part))


def _larger(path: Path, why: str, most_bytes: int) -> Exception:
    return too_large(path, f"{why}; the limit is {most_bytes // 1_000_000:,} MB")


def too_large(path: Path, why: str) -> Exception:
    """Give the error that refuses a workbook for what it unpacks to."""
    return ContentError.because(
        "the workbook is too large to unpack",
        why=why,
        mend="save the worksheet as CSV UTF-8",
        place=Place(str(path)),
    )
