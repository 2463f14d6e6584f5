"""Checks on what a file says of itself and lets others do: metadata, locks, notes and links."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from playa.utils import decode_text

from handouts.basics.choices import Profile
from handouts.preflight.boxes import PageBox
from handouts.preflight.objects import mapping, name, numbers, sequence, stream, value
from handouts.preflight.result import Check, Result
from handouts.preflight.xmp import PDF, pdf_x_of, properties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.preflight.document import OpenFile

DATE = re.compile(
    r"D:(?P<moment>\d{4}(?:\d{2}){0,5})(?:Z(?:00)?(?:'(?:00'?)?)?|[+-](?P<hours>\d\d)'(?P<minutes>\d\d)'?)?"
)
SAID = {"True", "False"}
X4 = "PDF/X-4"
MARKS = {"PrinterMark", "TrapNet"}
"""Annotations that are made for a press (ISO 32000-1, 14.11.3 and 14.11.6)."""


def metadata(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look for title, dates and language; a press file also names its standard and trapping."""
    info = mapping(file.structure.trailer.get("Info"))
    # A desk printer asks for none of it, and most programs leave something out.
    lacking = Result.WARN if profile is Profile.OFFICE else Result.FAIL
    if not _text(info.get("Title")).strip():
        yield _undescribed("the file has no title", lacking)
    for key, title in (("CreationDate", "creation"), ("ModDate", "modification")):
        date = _text(info.get(key))
        if not _is_date(date):
            what = f'is "{date[:30]}", which is no date' if date else "is missing"
            yield _undescribed(f"the {title} date {what}", Result.FAIL if date else lacking)
    if not _text(file.catalog.get("Lang")).strip():
        yield _undescribed("the file does not say its language", lacking)
    if profile is Profile.PRESS and not file.encrypted:  # PDFium unlocks all but this stream
        yield from _press_metadata(file, info)


def _press_metadata(file: OpenFile, info: dict[str, Any]) -> Iterator[Check]:
    packet = stream(file.catalog.get("Metadata"))
    try:
        told = properties(packet.buffer) if packet else {}
    except ValueError as error:
        yield _undescribed(f"the XMP metadata can't be read: {error}")
        return
    standard = pdf_x_of(told)
    if standard != X4:
        seen = f"names {standard}" if standard else "names no PDF/X standard"
        yield _undescribed(f"the file {seen}, not {X4}")
    trapped, in_xmp = name(info.get("Trapped")), told.get(f"{PDF}Trapped", "")
    if not {trapped, in_xmp} & SAID:
        yield _undescribed("the file does not say whether it is trapped")
    elif {trapped, in_xmp} >= SAID:
        yield _undescribed(f"Trapped is {trapped} in the information and {in_xmp} in the XMP")


def _undescribed(what: str, result: Result = Result.FAIL) -> Check:
    return Check("metadata", result, what, mend="write it into the file's metadata")


def _text(held: Any) -> str:
    found = value(held)
    return decode_text(found) if isinstance(found, bytes) else ""


def _is_date(text: str) -> bool:
    """Say whether a date is written as PDF asks, with an offset that exists."""
    found = DATE.fullmatch(text)
    if not found or int(found["hours"] or 0) > 23 or int(found["minutes"] or 0) > 59:
        return False
    moment = found["moment"]
    filled = moment + "00000101000000"[len(moment) :]
    try:
        datetime.strptime(filled, "%Y%m%d%H%M%S")  # noqa: DTZ007 - only whether it exists
    except ValueError:
        return False
    return True


def encryption(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Look whether the file is locked, even with no password to open it."""
    if file.encrypted:
        yield Check(
            "encryption",
            Result.FAIL,
            "the file is encrypted",
            mend="save it without a password and without restrictions",
        )


def notes_and_links(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look for notes, fields and links: none for a press, only links elsewhere."""
    for sheet in file.sheets:
        for annotation in map(mapping, sequence(file.page(sheet).attrs.get("Annots"))):
            kind = name(annotation.get("Subtype")) or "Annotation"
            press = profile is Profile.PRESS
            if kind in MARKS or (kind == "Link" and not press):
                continue
            x0, y0, x1, y1 = numbers(annotation.get("Rect"))
            yield Check(
                "annotations",
                Result.FAIL if press else Result.WARN,
                f"there is a {kind.lower()} on the page",
                sheet.number,
                sheet.place_of(PageBox(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))),
                mend="take it out" if press else "take it out: each reader shows it its own way",
            )
