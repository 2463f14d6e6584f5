"""Draws the margin of a press sheet: registration marks, a bar of the inks, and words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, String

from handouts.imposition.margins import REGISTRATION_PT, TEXT_PT, number_line
from handouts.pdf.circle import circle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object, Pdf

    from handouts.imposition.plan import ImposedSide, Plan, TextLine
    from handouts.imposition.sheet_words import Alphabet, SheetWords

PATCH_PT = 4 * 72 / 25.4
"""A patch of the colour bar is 4 mm square, more than the 3 mm that a densitometer's eye needs."""
_CROSS = 1.4
"""How far a registration mark's cross reaches, in its circle's radius."""
_MOST_SQUEEZED = 0.5
"""How narrow letters may get in a slug."""
_CUT_OFF = "..."
PATCHES = (
    "1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1", "0.5 0 0 0", "0 0.5 0 0", "0 0 0.5 0", "0 0 0 0.5",
    "0.5 0.4 0.4 0",
)  # fmt: skip
"""Full inks, half of each, and the grey of three inks that shows how they are balanced."""


class PressMargins:
    """Draws the margins of a plan's sides; those without room for marks have none."""

    def __init__(self, words: SheetWords, plan: Plan) -> None:
        self._words, self._margin = words, plan.margin

    def resources(self, pdf: Pdf) -> dict[str, Object]:
        """Give the resources that margins are drawn with, by their kind."""
        if self._margin is None:
            return {}
        return {"/Font": Dictionary(Slug=_font(pdf, self._words.alphabet))}

    @cached_property
    def common(self) -> str:
        """What all sides share: in every ink, the colour space Marks, and the bar."""
        return "\n".join(self._common())

    def _common(self) -> Iterator[str]:
        if self._margin is None:
            return
        yield "q /Marks CS 1 SCN 0.25 w"
        for x, y in self._margin.registration:
            out = REGISTRATION_PT * _CROSS
            yield f"{x - out:.4f} {y:.4f} m {x + out:.4f} {y:.4f} l S"
            yield f"{x:.4f} {y - out:.4f} m {x:.4f} {y + out:.4f} l S"
            yield circle(x, y, REGISTRATION_PT)
        yield "Q q"
        left, bottom, room = self._margin.bar
        for number, inks in enumerate(PATCHES[: int(room // PATCH_PT)]):
            at = left + number * PATCH_PT
            yield f"{inks} k {at:.4f} {bottom:.4f} {PATCH_PT:.4f} {PATCH_PT:.4f} re f"
        yield "Q"

    def own(self, number: int, side: ImposedSide) -> str:
        """Draw the words of a side, the ``number``-th of the plan from 0."""
        if self._margin is None:
            return ""
        parts = ["q 0 0 0 1 k BT"]
        upper, lower = self._margin.slug
        parts += [
            self._line(upper, self._words.first),
            self._line(lower, self._words.lines[number]),
        ]
        for placed in side.placements:
            words = "" if placed.page is None else self._words.records.get(placed.page, "")
            if words:
                parts.append(self._line(number_line(self._margin, placed.window), words))
        return "\n".join((*parts, "ET Q"))

    def _line(self, at: TextLine, text: str) -> str:
        """Set a line, squeezed into its room, or where that is too little cut with dots."""
        letters = self._words.alphabet
        text, share = fitted(letters, text, at.width_pt)
        glyphs = "".join(f"{letters.glyphs[letter][0]:04X}" for letter in text)
        turn = "0 1 -1 0" if at.upright else "1 0 0 1"
        size = f"/Slug {TEXT_PT:g} Tf {100 * share:.4g} Tz"
        return f"{size} {turn} {at.x_pt:.4f} {at.y_pt:.4f} Tm <{glyphs}> Tj"


def fitted(letters: Alphabet, text: str, room_pt: float) -> tuple[str, float]:
    """Give what of a text goes into a room, and the share of its width that letters have."""

    def share(text: str) -> float:
        return room_pt / (letters.width(text) * TEXT_PT / 1000) if text else 1.0

    while text and share(text) < _MOST_SQUEEZED:
        text = text.removesuffix(_CUT_OFF)[:-1] + _CUT_OFF if text != _CUT_OFF else ""
    return text, min(1.0, share(text))


def _font(pdf: Pdf, letters: Alphabet) -> Object:
    """Put a font into a document whose codes are the numbers of its glyphs."""
    name = Name(f"/{letters.name}")
    program = pdf.make_stream(letters.font, Length1=len(letters.font))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=list(letters.box),
        ItalicAngle=0,
        Ascent=letters.ascent,
        Descent=letters.descent,
        CapHeight=letters.ascent,
        StemV=80,
        FontFile2=program,
    )
    pairs = sorted(letters.glyphs.values())
    widths = Array([part for glyph, width in pairs for part in (glyph, Array([width]))])
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDToGIDMap=Name.Identity,
        W=widths,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)],
            ToUnicode=pdf.make_stream(_to_unicode(letters)),
        )
    )


def _to_unicode(letters: Alphabet) -> bytes:
    pairs = sorted((glyph, letter) for letter, (glyph, _) in letters.glyphs.items())
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):  # as many as a block may hold (ISO 32000-2, 9.10.3)
        part = pairs[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{glyph:04X}> <{letter.encode('utf-16-be').hex()}>" for glyph, letter in part]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()
