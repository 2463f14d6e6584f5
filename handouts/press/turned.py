"""Landscape pages turned upright, so that one file can hold them among portrait sheets."""

from __future__ import annotations

from io import BytesIO

from pikepdf import ObjectStreamMode, Pdf

FRONT_TURN, BACK_TURN = 90, 270


def turned_upright(pdf: bytes) -> bytes:
    """Turn landscape pages, so that a printer that flips on the long edge backs them up right.

    A landscape sheet is turned about its short edge. Lying upright, with its top to the
    right on the front and to the left on the back, it is turned about the long one.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            left, bottom, right, top = (float(edge) for edge in page.trimbox)
            if right - left > top - bottom:
                page.obj.Rotate = BACK_TURN if number % 2 else FRONT_TURN
        out = BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
        )
        return out.getvalue()
