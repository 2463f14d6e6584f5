"""Words kept beside the glyphs that stand for them.

In many scripts a glyph stands for a part of a letter, or for several, and its Unicode value
in the file is a guess: "Thị" comes out as "ThL ị". So such a line carries its words, as
PDF calls for (ISO 32000-1, 14.9.4). Readers turn right-to-left words round, as though they
stood in the order of glyphs; those lines carry their words under a key of our own alone.
On a piece with such a line, each line has that key, for the press to read.

Written for WeasyPrint 70, around its ``draw_first_line``. Upstream could write ActualText for
each line that its ToUnicode table doesn't give back.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from handouts.compose.laid_out import OWN_WORDS
from handouts.compose.scripts import reads_back, runs_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def words_kept(html: str) -> Iterator[None]:
    """Let the engine keep the words of a page's lines, where its glyphs don't give them back."""
    if reads_back(html):
        yield
        return
    from weasyprint.draw import text as drawing  # noqa: PLC0415 - after the fonts are set

    plain = drawing.draw_first_line

    def with_words(stream: Any, textbox: Any, *rest: Any) -> Any:
        stream.begin_marked_content("Span", _properties(textbox.text))
        try:
            return plain(stream, textbox, *rest)
        finally:
            stream.end_marked_content()

    drawing.draw_first_line = with_words
    try:
        yield
    finally:
        drawing.draw_first_line = plain


def _properties(words: str) -> bytes:
    """Write a property list: our own key in UTF-8, PDF's ActualText in UTF-16."""
    actual = not reads_back(words) and not runs_right_to_left(words)
    spoken = f"/ActualText <feff{words.encode('utf-16-be').hex()}>" if actual else ""
    return f"<</{OWN_WORDS} <{words.encode().hex()}>{spoken}>>".encode()
