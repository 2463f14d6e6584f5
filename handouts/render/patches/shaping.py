"""Words shaped for slots: the same glyphs in the same places as the layout engine draws them.

The shaping is Pango's, called as the engine calls it, but without the engine; what is written
follows its ``draw_first_line``, which the comparison of sheets with the engine's own keeps honest.
To lay out a whole sheet takes about a second, and this less than a thousandth of one.

Written for WeasyPrint 70. Upstream could have a public function from a text and a style to
glyphs, beside the one that draws them.
"""

from __future__ import annotations

from ctypes import byref
from typing import Any

from handouts.compose.scripts import (
    direction,
    han_language,
    marked_words,
    reads_back,
    runs_right_to_left,
)
from handouts.render.embedded import font_name
from handouts.render.letters import (
    EMPTY_GLYPH,
    PX_PER_UNIT,
    Glyph,
    Spelled,
    begin_kept,
    ends_told,
    letter_by_letter,
    spelled,
    tables_words,
    written,
)
from handouts.render.pango import Rectangle, TextLayout, integers, items_of, pango
from handouts.render.patches.line_breaks import broken
from handouts.render.shaped import FontUse, Shaped

_UNKNOWN = 0x10000000
_PT_TO_PX = 96 / 72
_MARKS_FAMILY = "Noto Sans"
"""As styles/tokens.css sets words with combining marks."""
_FROM_THE_LEFT = {"start", "left"}


_Letters = tuple[list[Glyph], Any, FontUse, float]
"""Glyphs of a font of Pango's, what is used of it, and its size in px."""


class Shaper:
    """Shapes lines in the styles of slots and keeps which glyphs they use."""

    def __init__(self, styles: list[dict[str, Any]]) -> None:
        """Begin.

        Raises:
            MachineError: Pango's libraries are missing.

        """
        self._pango = pango()
        self._rectangle = Rectangle()
        self._styles = styles
        self._layouts: dict[tuple[Any, ...], TextLayout] = {}
        self._faces: dict[int, tuple[str, float]] = {}
        self._lines: dict[tuple[int, int | None, str, str], Shaped | None] = {}
        self._broken: dict[tuple[Any, ...], tuple[str, ...] | None] = {}
        self.uses: dict[str, FontUse] = {}

    def __del__(self) -> None:
        """Give the fonts back to Pango."""
        for font in getattr(self, "_faces", ()):
            self._pango.g_object_unref(font)

    def style(self, number: int) -> dict[str, Any]:
        """Give one of the styles."""
        return self._styles[number]

    def begin(self) -> None:
        """Forget the glyphs that were used."""
        self._lines.clear()
        self._broken.clear()
        self.uses = {}

    def font(self, face: str) -> int:
        """Give a face that was used, as Pango has it."""
        return next(font for font, (name, _) in self._faces.items() if name == face)

    def shape(
        self, style: int, size_pt: int | None, text: str, whole: str | None = None
    ) -> Shaped | None:
        """Shape a line of words; None where a font lacks a glyph, or a line can't hold them.

        ``whole`` is the text that the line is of, where it is only a part.
        """
        key = (style, size_pt, text, text if whole is None else whole)
        if key not in self._lines:
            self._lines[key] = self._shape(*key)
        return self._lines[key]

    def _shape(self, style: int, size_pt: int | None, text: str, whole: str) -> Shaped | None:
        properties = self._styles[style]
        if properties["word_spacing"] or properties["font_language_override"] != "normal":
            return None  # as no style of ours has them
        if text != text.strip() or len(text.splitlines()) > 1:
            return None
        way, language = _way_and_language(whole)
        pieces = [(False, text)] if text.isascii() else marked_words(text)
        right_to_left = not whole.isascii() and runs_right_to_left(whole)
        if right_to_left and len(pieces) > 1:
            return None
        width_px, parts = 0.0, []
        for marked, piece in pieces:
            shaped = self._piece((style, size_pt, way, language, marked), piece, text)
            if shaped is None:
                return None
            operators, piece_px = shaped
            if self._spoken(piece):
                operators = f"{begin_kept(piece)}{operators} EMC "
            parts.append((width_px, operators))
            width_px += piece_px
        return Shaped(width_px, tuple(parts), way == "rtl")

    def lines(
        self, style: int, size_pt: int | None, text: str, widths_px: tuple[float, float]
    ) -> tuple[str, ...] | None:
        """Break words into lines, as the layout engine does; the first may have less room.

        None where this can't be told: words that run from right to left, or with letters
        that are drawn by themselves.
        """
        key = (style, size_pt, text, widths_px)
        if key not in self._broken:
            self._broken[key] = self._break(style, size_pt, text, widths_px)
        return self._broken[key]

    def _break(
        self, style: int, size_pt: int | None, text: str, widths_px: tuple[float, float]
    ) -> tuple[str, ...] | None:
        properties = self._styles[style]
        if (
            runs_right_to_left(text)
            or len(marked_words(text)) > 1
            or properties["text_align_all"] not in _FROM_THE_LEFT
            or properties["text_indent"][0]
            or "\u00ad" in text
        ):
            return None
        key = (style, size_pt, *_way_and_language(text), False)
        layout = self._layout(key, to_break=True)
        return broken(layout, properties, text, widths_px, self._size_px(key))

    def _spoken(self, piece: str) -> bool:
        """Say whether a line carries its words as a whole, as the engine's other lines do."""
        return not (piece.isascii() or reads_back(piece) or letter_by_letter(piece))

    def _layout(
        self, key: tuple[int, int | None, str, str, bool], *, to_break: bool = False
    ) -> TextLayout:
        number, _, way, language, marked = key
        if (*key, to_break) not in self._layouts:
            style = self._styles[number] | ({"lang": language} if language else {})
            family = _MARKS_FAMILY if marked else None
            layout = TextLayout(style, way, self._size_px(key), family)
            if not to_break:
                self._pango.pango_layout_set_single_paragraph_mode(layout.pointer, 1)
            self._layouts[(*key, to_break)] = layout
        return self._layouts[(*key, to_break)]

    def _size_px(self, key: tuple[int, int | None, str, str, bool]) -> float:
        number, size_pt, *_ = key
        size_px: float = self._styles[number]["font_size"]
        return size_px if size_pt is None else size_pt * _PT_TO_PX

    def _face(self, font: int) -> tuple[str, float]:
        """Name a font; it is kept, so that its address stays its own."""
        if font not in self._faces:
            self._pango.g_object_ref(font)
            self._faces[font] = font_name(font)
        return self._faces[font]

    def _piece(
        self, key: tuple[int, int | None, str, str, bool], piece: str, text: str
    ) -> tuple[str, float] | None:
        pango = self._pango
        layout = self._layout(key)
        utf8 = piece.encode()
        pango.pango_layout_set_text(layout.pointer, utf8, len(utf8))
        line = pango.pango_layout_get_line_readonly(layout.pointer, 0)
        any_words, by_letter = self._spoken(piece), letter_by_letter(piece)
        operators: list[str] = []
        by_letters: list[tuple[_Letters, list[Spelled]]] = []
        for run in items_of(line):
            item, glyph_string = run.item.contents, run.glyphs.contents
            font = item.analysis.font
            face, size_px = self._face(font)
            use = self.uses.get(face)
            if use is None:
                use = FontUse(face, len(self.uses), (key[0], key[1], text))
                self.uses[face] = use
            if by_letter:
                glyphs, found = self._spelled_item(item, glyph_string, utf8)
                if any(one.number & _UNKNOWN for one in glyphs):
                    return None
                by_letters.append(((glyphs, font, use, size_px), found))
                continue
            shown = self._item(item, glyph_string, use, size_px, utf8)
            if shown is None:
                return None
            string, words = shown
            table = use.table(words, any_words=any_words)
            operators.append(f"/S{use.number}.{table} {_number(size_px)} Tf {string}")
        told = ends_told([found for _, found in by_letters])
        for (letters, _), found in zip(by_letters, told, strict=True):
            operators.append(self._written_letters(letters, found))
        return "".join(operators), layout.extent_px(line)

    def _item(
        self, item: Any, glyphs: Any, use: FontUse, size_px: float, utf8: bytes
    ) -> tuple[str, dict[int, bytes]] | None:
        """Write the glyphs of one font, as ``draw_first_line`` does."""
        font, count = item.analysis.font, glyphs.num_glyphs
        infos = integers(glyphs.glyphs, 5 * count)
        clusters = integers(glyphs.log_clusters, count)
        start, length = item.offset, item.length
        backwards = item.analysis.level % 2
        words: dict[int, bytes] = {}
        operators: list[str] = []
        string = "<"
        for index in range(count):
            glyph, width, x_offset, y_offset, _ = infos[index * 5 : index * 5 + 5]
            if glyph == EMPTY_GLYPH:
                string += f">{_number(-width / size_px)}<"
                continue
            if glyph & _UNKNOWN:
                return None
            if glyph not in words:
                first = clusters[index]
                if backwards:
                    last = length if index == 0 else clusters[index - 1]
                else:
                    last = length if index == count - 1 else clusters[index + 1]
                words[glyph] = utf8[start + first : start + last]
            if y_offset:
                operators.append(_shown(string))
                moved = f"{_number(-x_offset / size_px)}" if x_offset else ""
                rise = _number(-y_offset / 1000)
                operators.append(f"{rise} Ts{_shown(f'{moved}<{glyph:04x}')}0 Ts")
                string = f"<{self._kerning(font, use, size_px, glyph, width, x_offset)}"
                continue
            key = (size_px, glyph, width, x_offset)
            written = use.written.get(key)
            if written is None:
                moved = f">{_number(-x_offset / size_px)}<" if x_offset else ""
                kerning = self._kerning(font, use, *key)
                written = use.written[key] = f"{moved}{glyph:04x}{kerning}"
            string += written
        operators.append(_shown(string))
        return "".join(operators), words

    def _spelled_item(
        self, item: Any, glyph_string: Any, utf8: bytes
    ) -> tuple[list[Glyph], list[Spelled]]:
        """Give the glyphs of one font, and what letters they tell, as ``words_kept`` does."""
        count, start = glyph_string.num_glyphs, item.offset
        infos = integers(glyph_string.glyphs, 5 * count)
        glyphs = [Glyph(*infos[5 * index : 5 * index + 4]) for index in range(count)]
        clusters = integers(glyph_string.log_clusters, count)
        words = utf8[start : start + item.length]
        return glyphs, spelled(glyphs, clusters, words, backwards=bool(item.analysis.level % 2))

    def _written_letters(self, letters: _Letters, found: list[Spelled]) -> str:
        glyphs, font, use, size_px = letters

        def advance(glyph: int) -> int:
            if glyph not in use.widths:
                use.widths[glyph] = self._advance(font, glyph, size_px)
            return use.widths[glyph]

        operators: list[str] = []
        while found:
            alike = next(
                count
                for count in range(len(found), 0, -1)
                if tables_words(found[:count], glyphs) is not None
            )
            part, found = found[:alike], found[alike:]
            words = tables_words(part, glyphs) or {}
            table = use.table({n: text.encode() for n, text in words.items()}, any_words=False)
            end = min(found[0].places) if found else None
            shown = written(glyphs, part, size_px, advance, end)
            operators.append(f"/S{use.number}.{table} {_number(size_px)} Tf {shown}")
        return "".join(operators)

    def _kerning(self, font: Any, use: FontUse, *key: Any) -> str:
        """Write how far the next glyph is moved from where this one's own width ends."""
        size_px, glyph, width, x_offset = key
        advance = use.widths.get(glyph)
        if advance is None:
            advance = use.widths[glyph] = self._advance(font, glyph, size_px)
        kerning = int(advance + x_offset / size_px - width * 1000 * PX_PER_UNIT / size_px)
        return f">{kerning}<" if kerning else ""

    def _advance(self, font: Any, glyph: int, size_px: float) -> int:
        self._pango.pango_font_get_glyph_extents(font, glyph, None, byref(self._rectangle))
        width: int = self._rectangle.width
        return round(width * 1000 * PX_PER_UNIT / size_px)


def _way_and_language(text: str) -> tuple[str, str]:
    return ("ltr", "") if text.isascii() else (direction(text), han_language(text))


def _shown(string: str) -> str:
    """Close a string of glyphs and show it; nothing, where there are none."""
    string = f"{string}>".replace("<>", " ").strip()
    return f"[{string}]TJ " if string else ""


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
