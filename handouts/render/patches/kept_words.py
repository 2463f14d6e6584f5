"""Words kept beside the glyphs that stand for them.

In many scripts a glyph stands for a part of a letter, or for several, and its Unicode value
in the file is a guess: "Thị" comes out as "ThL ị". So such a line carries its words, as
PDF calls for (ISO 32000-1, 14.9.4). Lines that run from right to left, and those with letters
that not every reader takes from there, tell them glyph by glyph (``letters``). Those from right to
left stand in a form each, which keeps their order from that of the line around them.
On a piece with such a line, each line has its words under a key of our own, for the press to read.

Written for WeasyPrint 70, around its ``draw_first_line``. Upstream could write ActualText for
each line that its ToUnicode table doesn't give back.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handouts.compose.laid_out import OWN_WORDS
from handouts.compose.scripts import reads_back, runs_right_to_left
from handouts.render.letters import (
    Glyph,
    Spelled,
    ends_told,
    letter_by_letter,
    spelled,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Run = tuple[Any, float, Any, list[Glyph], list[Spelled]]
    """A font of the engine's, its size in px, the same of Pango's, glyphs and their letters."""

APART, APART_SIZE = 100_000, 22
"""How far off, which is more than any page is high, and the size of letters, in a form's units.

A bold full stop is 4.3 units high there, and a beh without its dot more than 5.
"""


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
        words = textbox.text
        whole = (overflow, ellipsis) == ("clip", "none")
        runs = _spelled_runs(stream, textbox) if whole and letter_by_letter(words) else None
        if runs is None:
            with _marked(stream, words):
                return plain(stream, textbox, overflow, ellipsis, matrix)  # type: ignore[no-any-return]
        if runs_right_to_left(words):
            _draw_apart(stream, textbox, runs, matrix)
        else:
            _draw(stream, words, runs, matrix)
        return []

    drawing.draw_first_line = with_words
    try:
        yield
    finally:
        drawing.draw_first_line = plain


@contextmanager
def _marked(stream: Any, words: str) -> Iterator[None]:
    """Keep a line's words: our own key in UTF-8, PDF's ActualText in UTF-16."""
    actual = not reads_back(words) and not letter_by_letter(words)
    spoken = f"/ActualText <feff{words.encode('utf-16-be').hex()}>" if actual else ""
    properties = f"<</{OWN_WORDS} <{words.encode().hex()}>{spoken}>>"
    stream.begin_marked_content("Span", properties.encode())
    try:
        yield
    finally:
        stream.end_marked_content()


def _spelled_runs(stream: Any, textbox: Any) -> list[_Run] | None:
    """Give a line's glyphs, font by font, with the letters that each tells.

    None where a font has no glyph or draws pictures.
    """
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415 - after the fonts are set

    layout = textbox.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # noqa: FBT003
    line, _ = layout.get_first_line()
    utf8 = layout.text.encode()
    runs: list[_Run] = []
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
            return None
        if any(one.number & pango.PANGO_GLYPH_UNKNOWN_FLAG for one in glyphs):
            return None
        found = spelled(
            glyphs,
            ffi.unpack(item.glyphs.log_clusters, count),
            utf8[start : start + item.item.length],
            backwards=bool(item.item.analysis.level % 2),
        )
        found = [_told(one, glyphs, font) for one in found]
        runs.append((font, size_px, item.item.analysis.font, glyphs, found))
    return runs


def _draw(stream: Any, words: str, runs: list[_Run], matrix: Any) -> None:
    """Draw a line as the engine does, but so that each glyph tells its letters."""
    from weasyprint.text.ffi import pango  # noqa: PLC0415 - after the fonts are set

    with _marked(stream, words):
        stream.set_text_matrix(*matrix.values)
        for font, size_px, pango_font, glyphs, found in runs:

            def advance(
                glyph: int, font: Any = font, of: Any = pango_font, px: float = size_px
            ) -> int:
                if glyph not in font.widths:
                    pango.pango_font_get_glyph_extents(
                        of, glyph, stream.ink_rect, stream.logical_rect
                    )
                    font.widths[glyph] = round(stream.logical_rect.width * 1000 / 1024 / px)
                width: int = font.widths[glyph]
                return width

            stream.set_font_size(font.hash, size_px)
            stream.stream.append(written(glyphs, found, size_px, advance).encode())


def _draw_apart(stream: Any, textbox: Any, runs: list[_Run], matrix: Any) -> None:
    """Draw a line in a form of its own, which is far off in its own coordinates.

    PDFium orders all words of a line by the way that most of them run, and so turns either a name
    or the words around it. It takes a form with other coordinates for a line of its own, if what
    stands at its ends is higher than 4.5 units there, and what lies higher or lower within it is
    not. So all letters are of one size there, and signs at the ends are told with a letter.
    """
    scale = APART_SIZE / textbox.style["font_size"]
    left, baseline = (edge * scale for edge in matrix.values[4:])
    baseline -= APART
    form = stream.add_group(
        left - 2 * APART_SIZE,
        baseline - 4 * APART_SIZE,
        textbox.width * scale + 4 * APART_SIZE,
        8 * APART_SIZE,
    )
    del form.extra["Group"]
    form.begin_text()
    told = ends_told([found for *_, found in runs])
    runs = [(*others, found) for (*others, _), found in zip(runs, told, strict=True)]
    _draw(form, textbox.text, runs, type(matrix)(scale, 0, 0, -scale, left, baseline))
    form.end_text()
    stream.end_text()
    with stream.stacked():
        stream.transform(a=1 / scale, d=1 / scale, f=APART / scale)
        stream.draw_x_object(form.id)
    stream.begin_text()


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
