"""A sheet's file without the words in its slots."""

from __future__ import annotations

import re
from io import BytesIO

from pikepdf import Pdf

from handouts.pages import SLOT_MARK

_FILLED = re.compile(rb"/%b\s+BMC\s(.*?)\sEMC\b" % SLOT_MARK.encode(), re.DOTALL)
_SHOWN = re.compile(rb"\[[^\]]*\] ?TJ")


def empty_slots(pdf: bytes, slots: int) -> bytes:
    """Take out of a laid-out file what is drawn in its slots, and nothing else.

    What sets fonts and places stays, for the lines that follow rely on it.

    Raises:
        ValueError: not each of the ``slots`` is drawn, on a page itself.

    """
    emptied = 0

    def without_words(filled: re.Match[bytes]) -> bytes:
        nonlocal emptied
        rest, shown = _SHOWN.subn(b"", filled[1])
        emptied += shown
        return rest

    with Pdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            stream = page.obj.Contents
            stream.write(_FILLED.sub(without_words, stream.read_bytes()))
        if emptied != slots:
            raise ValueError(f"{emptied} lines are drawn in {slots} slots")
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()
