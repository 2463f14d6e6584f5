"""Where words break into lines: as the layout engine breaks them, with Pango alone.

It follows the engine's ``split_first_line`` for what slots can hold: words from left to right, with
collapsing spaces and without hyphens. The comparison of sheets with the engine's own keeps it
honest.

Written for WeasyPrint 70. Upstream could have a public function from a text, a style and a width to
lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.render.pango import TextLayout

_LETTERS_A_SIZE = 4
"""So many letters as wide as one is high always fill a line: the engine reads no more at a time."""


def broken(
    layout: TextLayout,
    style: Mapping[str, Any],
    text: str,
    widths_px: tuple[float, float],
    size_px: float,
) -> tuple[str, ...] | None:
    """Break words into lines; the first may have less room than the others.

    None where a word is wider than a line, or the style breaks lines in ways unknown here.
    """
    if style["white_space"] != "normal" or style["hyphens"] == "auto":
        return None
    lines: list[str] = []
    rest, width_px, begins = text, widths_px[0], widths_px[0] == widths_px[1]
    while rest:
        breaker = _Breaker(layout, style, size_px, width_px)
        line, resume, line_px = breaker.first_line(rest, begins=begins)
        if line_px > width_px:
            return None
        lines.append(line)
        rest = rest.encode()[resume:].decode() if resume else ""
        width_px, begins = widths_px[1], True
    return tuple(lines)


class _Breaker:
    """Breaks off the first line of a text. Places in texts are in bytes, as Pango counts them."""

    def __init__(
        self, layout: TextLayout, style: Mapping[str, Any], size_px: float, width_px: float
    ) -> None:
        self._layout, self._style, self._size_px, self._width_px = layout, style, size_px, width_px

    def first_line(self, text: str, *, begins: bool) -> tuple[str, int | None, float]:
        """Give the first line, where the next one begins, and how wide it is."""
        layout = self._layout
        layout.set_width(self._width_px)
        text, short, line, resume = self._draft(text)
        if layout.width_px(line) <= self._width_px:
            if resume is None:
                return self._measured(text, line, resume)
            # It fits, but may have been cut too early: the next word is tried without its space.
            first, second = _cut(text, resume)
        else:
            first, second = "", text
        at = None if first == short else layout.next_break(len(first) + 1, len(short))
        word = second[:at].rstrip(" ")
        if word and second[at or -1] == " ":
            layout.set_text(first + word)
            line, resume = layout.line()
            if resume is None and first:
                return self._measured(text, line, len((first + word).encode()) + 1)
            if resume is None:
                resume = line.contents.length + 1
                resume = None if resume >= len(text.encode()) else resume
        elif not word and first:
            return self._measured(text, line, resume)
        if layout.width_px(line) > self._width_px and self._breaks_words(begins=begins):
            layout.set_text(text)
            layout.set_width(self._width_px)
            layout.wrap_letters()
            line, index = layout.line()
            resume = index or line.contents.length
            resume = None if resume >= len(text.encode()) else resume
        return self._measured(text, line, resume)

    def _draft(self, text: str) -> tuple[str, str, Any, int | None]:
        """Break off a first line: of the text as far as it is read, and the part that was tried."""
        layout, letters = self._layout, self._width_px / self._size_px * _LETTERS_A_SIZE
        if letters < _LETTERS_A_SIZE**2:
            short = text[: text.find(" ") + 2] if " " in text else text
        else:
            short = text[: int(letters)]
        layout.set_text(short)
        line, resume = layout.line()
        if resume is None and short != text:
            layout.set_text(text)
            return text, text, *layout.line()
        first, rest = _cut(short, resume)
        if rest and layout.next_break(len(first) + 1, len(short)) is not None:
            text = short
        return text, short, line, resume

    def _breaks_words(self, *, begins: bool) -> bool:
        anywhere = self._style["overflow_wrap"] in {"anywhere", "break-word"}
        return self._style["word_break"] == "break-all" or (begins and anywhere)

    def _measured(self, text: str, line: Any, resume: int | None) -> tuple[str, int | None, float]:
        layout = self._layout
        if resume:
            length = line.contents.length
            layout.set_width(None)
            layout.set_text(_cut(text, length)[0].rstrip(" "))
            line, _ = layout.line()
        return layout.text, resume, layout.width_px(line)


def _cut(text: str, at: int | None) -> tuple[str, str]:
    utf8 = text.encode()
    return (text, "") if at is None else (utf8[:at].decode(), utf8[at:].decode())
