"""The words that a content stream shows: its glyphs turned back by the fonts' own tables.

Where a line keeps its words beside its glyphs, those are taken; many scripts can't be had back
from glyphs.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from codecs import utf_16_be_decode
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import combining

from pikepdf import Array, Dictionary, Name, Pdf

from handouts.basics.characters import seen_letters
from handouts.compose.laid_out import OWN_WORDS
from handouts.compose.scripts import runs_right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pikepdf import Object

    GlyphWords = Mapping[int, str]
    """What each glyph of a font stands for."""

_STEP = re.compile(
    rb"/(?P<font>\S+)\s+\S+\s+Tf\b"
    rb"|/%b\s*<(?P<own>[0-9A-Fa-f]*)>"
    rb"|/ActualText\s*<(?:feff|FEFF)(?P<actual>[0-9A-Fa-f]*)>"
    rb"|<(?P<glyphs>[0-9A-Fa-f]+)>"
    rb"|\((?P<escaped>(?:[^\\()]|\\.)*)\)"
    rb"|/(?P<form>\S+)\s+Do\b"
    rb"|\b(?P<begun>BDC|BMC)\b"
    rb"|\b(?P<ended>EMC|ET|Tm)\b" % OWN_WORDS.encode(),
    re.DOTALL,
)
_FONT = re.compile(rb"/(\S+)\s+\S+\s+Tf\b")
_SHOWN = re.compile(rb"<([0-9A-Fa-f]+)>")
_PLACED = re.compile(rb"\s1 0 0 -1 [-.\d]+ [-.\d]+ Tm\s")
_MOVED = re.compile(rb">-?[.\d]+<")
_FONT_SHOWN = re.compile(rb"/(\S+) \S+ Tf \[<([0-9a-f]+)>\]TJ ?")
_IN_FONTS = re.compile(rb"(?:/\S+ \S+ Tf \[<[0-9a-f]+>\]TJ ?)*(?:ET)?")
_KEPT = re.compile(
    rb"/Span<</ActualText<feff([0-9a-f]*)>>>BDC (?:/\S+ \S+ Tf (?:[^/]*?TJ ?)+)* EMC ?(?:ET)?"
)
_CODES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
LINES_KEPT = 2000
"""Some 300 bytes each."""
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def glyph_words(table: bytes) -> GlyphWords:
    """Read which words each glyph of a font stands for (ISO 32000-1, 9.10.3)."""
    return {
        int(glyph, 16): unhexlify(words).decode("utf-16-be", "replace")
        for part in _CHARS.findall(table)
        for glyph, words in _CODES.findall(part)
    }


def shown_words(
    content: bytes,
    fonts: Mapping[bytes, GlyphWords],
    words_of_form: Callable[[bytes], str] = lambda _: "",
) -> str:
    """Give the letters that a stream shows, in the order in which it draws them.

    ``fonts`` has the glyphs of each font, by the name that the stream gives it; so
    ``words_of_form`` gives the letters of a form.
    """
    if not (b"BDC" in content or b" Do" in content or b"(" in content):  # as nearly all of a run
        named = iter(_FONT.split(content)[1:])
        text = "".join(
            [
                _glyphs(unhexlify(b"".join(_SHOWN.findall(shown))), fonts.get(name, {}))
                for name, shown in zip(named, named, strict=True)
            ]
        )
        if text.isascii():
            return "".join(text.split())
    words: list[str] = []
    line: list[str] = []
    font: GlyphWords = {}
    for step in _unmarked(content):
        kind, data = step.lastgroup, step[step.lastindex or 0]
        if kind == "font":
            font = fonts.get(data, {})
        elif kind in {"glyphs", "escaped"}:
            codes = unhexlify(data) if kind == "glyphs" else _ESCAPED.sub(_unescaped, data)
            line.append(_glyphs(codes, font))
        elif kind == "own":
            words += _letters(line), seen_letters(unhexlify(data).decode("utf-8", "replace"))
        elif kind == "actual":
            line.append(unhexlify(data).decode("utf-16-be", "replace"))
        elif kind == "form":
            words += _letters(line), words_of_form(data)
        elif kind == "ended":
            words.append(_letters(line))
    return "".join((*words, _letters(line)))


class LineReader:
    """Gives the letters of streams that consist of placed lines, as those of a run's people.

    Many lines are the same from page to page, so what each shows is kept.
    """

    def __init__(self, fonts: Mapping[bytes, GlyphWords]) -> None:
        self._fonts = fonts
        self._known: dict[bytes, str] = {}

    def letters(self, content: bytes) -> str | None:
        """Give the letters of a stream as ``shown_words``; None where it is not of such lines."""
        lines = _PLACED.split(content)
        if lines[0] != b"BT":
            return None
        lines[0] = b""
        known = self._known
        if len(known) > LINES_KEPT:
            known.clear()
        return "".join([known.get(line) or self._read(line) for line in lines])

    def _read(self, line: bytes) -> str:
        if kept := _KEPT.fullmatch(line):
            words = in_drawn_order(unhexlify(kept[1]).decode("utf-16-be", "replace"))
        elif _IN_FONTS.fullmatch(plain := _MOVED.sub(b"", line)):
            found = _FONT_SHOWN.findall(plain)
            fonts = self._fonts
            words = in_drawn_order(
                "".join([_glyphs(unhexlify(codes), fonts.get(font, {})) for font, codes in found])
            )
        else:
            words = shown_words(line, self._fonts)
        self._known[line] = words
        return words


def _unmarked(content: bytes) -> Iterator[re.Match[bytes]]:
    """Give the steps of a stream, but not the glyphs of a mark that keeps their words."""
    marks: int | None = None
    """How many have begun since words were kept, that of the words among them."""
    for step in _STEP.finditer(content):
        kind = step.lastgroup
        if marks is None:
            marks = 0 if kind in {"own", "actual"} else None
            yield step
        elif kind == "begun":
            marks += 1
        elif kind == "ended" and step["ended"] == b"EMC":
            marks = marks - 1 or None
        elif kind in {"font", "form"}:
            yield step


def _letters(line: list[str]) -> str:
    """Give the letters of a line that ends."""
    text = "".join(line)
    line.clear()
    return in_drawn_order(text)


def _glyphs(codes: bytes, font: GlyphWords) -> str:
    """Turn the codes of glyphs, two bytes each, into their words; an unknown one stays."""
    return utf_16_be_decode(codes, "surrogatepass")[0].translate(font)


def in_drawn_order(text: str) -> str:
    """Reduce a line to its letters, so that those of the same words are the same.

    Glyphs of words that run from right to left come in no order that tells that of their
    letters, and one glyph may stand for several marks; so such a line's letters are sorted,
    without their marks.
    """
    if text.isascii():
        return "".join(text.split())
    seen = seen_letters(text)
    if not runs_right_to_left(seen):
        return seen
    return "".join(sorted(letter for letter in seen if not combining(letter)))


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign[:1].isdigit():
        return bytes([int(sign, 8) & 0xFF])
    return b"" if sign.endswith(b"\n") else _NAMED.get(sign, sign)


def words_of_pages(pdf: bytes) -> tuple[str, ...]:
    """Give the letters that each page of a file shows, those of its forms among them."""
    with Pdf.open(BytesIO(pdf)) as document:
        reader = _Reader()
        return tuple(reader.words(page.obj) for page in document.pages)


def words_of_forms(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Give the letters of each form that a page draws, as ``words_of_pages``, by its name."""
    with Pdf.open(BytesIO(pdf)) as document:
        reader = _Reader()
        for page in document.pages:
            for name, form in page.obj.Resources.get("/XObject", Dictionary()).items():
                yield name, reader.form(form)


class _Reader:
    """Reads the words of pages and forms; what many of them share is read once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], GlyphWords] = {}
        self._forms: dict[tuple[int, int], str] = {}

    def words(self, page: Object) -> str:
        contents = page.get("/Contents", Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        whole = b"\n".join(stream.read_bytes() for stream in streams)
        return self._shown(whole, page.get("/Resources", Dictionary()))

    def form(self, form: Object) -> str:
        if form.get("/Subtype") != Name.Form:
            return ""
        return self._shown(form.read_bytes(), form.get("/Resources", Dictionary()))

    def _shared_form(self, form: Object) -> str:
        if form.objgen not in self._forms:
            self._forms[form.objgen] = self.form(form)
        return self._forms[form.objgen]

    def _shown(self, content: bytes, resources: Object) -> str:
        forms = resources.get("/XObject", Dictionary())
        fonts = {
            name[1:].encode(): self._glyphs_of(font)
            for name, font in resources.get("/Font", Dictionary()).items()
        }

        def words_of_form(name: bytes) -> str:
            form = forms.get("/" + name.decode())
            return "" if form is None else self._shared_form(form)

        return shown_words(content, fonts, words_of_form)

    def _glyphs_of(self, font: Object) -> GlyphWords:
        if font.objgen not in self._fonts:
            table = font.get("/ToUnicode")
            self._fonts[font.objgen] = {} if table is None else glyph_words(table.read_bytes())
        return self._fonts[font.objgen]
