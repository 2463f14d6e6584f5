"""Words kept beside the glyphs that stand for them.

In many scripts a glyph stands for a part of a letter, or for several, and its Unicode value
in the file is a guess: "Thị" comes out as "ThL ị". So such a line carries its words, as
PDF calls for (ISO 32000-1, 14.9.4). Lines that run from right to left, and those with letters
that not every reader takes from there, tell them glyph by glyph (``letters``).
On a piece with such a line, each line has its words under a key of our own, for the press to read.

Written for WeasyPrint 70, around its ``draw_first_line``. Upstream could write ActualText for
each line that its ToUnicode table doesn't give back.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handouts.compose.laid_out import OWN_WORDS
from handouts.compose.scripts import reads_back
from handouts.render.letters import (
    Glyph,
    Spelled,
    letter_by_letter,
    spelled,
    written,
)

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

    def with_words(
        stream: Any, textbox: Any, overflow: str, ellipsis: Any, matrix: Any
    ) -> list[Any]:
        stream.begin_marked_content("Span", _properties(textbox.text))
        try:
            whole = (overflow, ellipsis) == ("clip", "none")
            if whole and letter_by_letter(textbox.text) and _draw_spelled(stream, textbox, matrix):
                return []
            return plain(stream, textbox, overflow, ellipsis, matrix)  # type: ignore[no-any-return]
        finally:
            stream.end_marked_content()

    drawing.draw_first_line = with_words
    try:
        yield
    finally:
        drawing.draw_first_line = plain


def _properties(words: str) -> bytes:
    """Write a property list: our own key in UTF-8, PDF's ActualText in UTF-16."""
    actual = not reads_back(words) and not letter_by_letter(words)
    spoken = f"/ActualText <feff{words.encode('utf-16-be').hex()}>" if actual else ""
    return f"<</{OWN_WORDS} <{words.encode().hex()}>{spoken}>>".encode()


def _draw_spelled(stream: Any, textbox: Any, matrix: Any) -> bool:
    """Draw a line as the engine does, but so that each glyph tells its letters.

    False, and nothing is drawn, where a font has no glyph or draws pictures.
    """
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415 - after the fonts are set

    layout = textbox.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # noqa: FBT003
    line, _ = layout.get_first_line()
    utf8 = layout.text.encode()
    runs: list[tuple[Any, float, Any, list[Glyph], list[Spelled]]] = []
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size_px = stream.add_font(item.item.analysis.font)
        count, start = item.glyphs.num_glyphs, item.item.offset
        glyphs = [
            Glyph(one.glyph, one.geometry.width, one.geometry.x_offset, one.geometry.y_offset)
            for one in item.glyphs.glyphs[0:count]
        ]
        if font.bitmap or font.svg or font.png or font.colr:
            return False
        if any(one.number & pango.PANGO_GLYPH_UNKNOWN_FLAG for one in glyphs):
            return False
        found = spelled(
            glyphs,
            ffi.unpack(item.glyphs.log_clusters, count),
            utf8[start : start + item.item.length],
            backwards=bool(item.item.analysis.level % 2),
        )
        found = [_told(one, glyphs, font) for one in found]
        runs.append((font, size_px, item.item.analysis.font, glyphs, found))
    stream.set_text_matrix(*matrix.values)
    for font, size_px, pango_font, glyphs, found in runs:

        def advance(glyph: int, font: Any = font, of: Any = pango_font, px: float = size_px) -> int:
            if glyph not in font.widths:
                pango.pango_font_get_glyph_extents(of, glyph, stream.ink_rect, stream.logical_rect)
                font.widths[glyph] = round(stream.logical_rect.width * 1000 / 1024 / px)
            width: int = font.widths[glyph]
            return width

        stream.set_font_size(font.hash, size_px)
        stream.stream.append(written(glyphs, found, size_px, advance).encode())
    return True


def _told(one: Spelled, glyphs: list[Glyph], font: Any) -> Spelled:
    """Note in a font's table what its glyphs stand for.

    A font has one table here, so letters are kept beside a glyph that stands for others elsewhere.
    """
    first, *others = (glyphs[place].number for place in one.places)
    for glyph in others:
        font.to_unicode.setdefault(glyph, "")
    if font.to_unicode.setdefault(first, one.words) == one.words or one.kept:
        return one
    return replace(one, kept=one.words)
