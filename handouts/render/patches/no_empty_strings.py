"""Lines without empty strings among their glyphs.

Where a glyph does not stand where the one before it ends, as a dot below its letter, the engine
writes an empty string between two moves: ``[<004c>0<>-175<0a88>175]TJ``. PDFium, which draws for
Chrome and Edge and judges here, then leaves out the last move of the array. All that follows in
the line stood up to 0.6 mm too far right, and past its column.

Written for WeasyPrint 70, around its ``Stream.show_text``. Upstream could close a string only
where it holds a glyph.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_empty_strings() -> Iterator[None]:
    """Let the engine show glyphs without empty strings; a space keeps two moves apart."""
    from weasyprint.pdf.stream import Stream  # noqa: PLC0415 - after the fonts are set

    plain = Stream.show_text

    def shown(stream: Any, text: str) -> None:
        if text := text.replace("<>", " ").strip():
            plain(stream, text)

    Stream.show_text = shown
    try:
        yield
    finally:
        del Stream.show_text
