"""The check on a file's own build: whether each object is where it is said to be, and whole."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from playa.pdftypes import ContentStream
from playa.xref import XRefFallback

from handouts.preflight.result import Check, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.basics.choices import Profile
    from handouts.preflight.document import OpenFile

STARTS = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
AT_TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
OBJECT = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\b")
MEND = "save the file anew with the program that made it; readers mend it each in its own way"


def structure(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Look whether the table of objects leads to each, and whether packed streams are whole."""
    if file.encrypted:
        return  # what is read is a copy that was unlocked
    for what in (*_table(file), *_streams(file)):
        yield Check("structure", Result.FAIL, what, mend=MEND)


def _table(file: OpenFile) -> Iterator[str]:
    pdf = file.pdf
    begins = max(0, pdf.find(b"%PDF-"))
    found = STARTS.findall(pdf)
    if not found or not AT_TABLE.match(pdf, int(found[-1]) + begins):
        yield "the end of the file does not say where its table of objects is"
        return
    wrong = 0
    for table in file.structure.xrefs:
        if isinstance(table, XRefFallback):
            yield "the table of objects is damaged"
            return
        for number in table:
            try:
                entry = table[number]
            except KeyError:
                continue
            if entry.streamid is None and number:
                at = OBJECT.match(pdf, entry.pos)
                wrong += not at or int(at[1]) != number
    if wrong:
        yield f"the table of objects is wrong for {wrong} of them"


def _streams(file: OpenFile) -> Iterator[str]:
    broken = 0
    for found in file.structure.objects:
        held = found.obj
        if type(held) is ContentStream:
            filters = [str(one.name) for one in held.filters]
            if filters[:1] in (["FlateDecode"], ["Fl"]):
                broken += not _whole(bytes(held.rawdata or b""))
    if broken:
        yield f"{broken} streams are damaged or cut short"


def _whole(packed: bytes) -> bool:
    reader = zlib.decompressobj()
    try:
        while packed and not reader.eof:
            reader.decompress(packed, 1 << 20)
            packed = reader.unconsumed_tail
    except zlib.error:
        return False
    return reader.eof
