"""One person's sheet as a run of one: a layout that is kept, and the words into its slots.

A sheet whose words decide the layout themselves is laid out with them, and not kept: long notes,
those of one exercise, an exercise that was changed for its patient, lines whose breaks can't be
told beforehand, and in a tagged file words of another language or script.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.basics.errors import LayoutError
from handouts.basics.findings import Place, Report
from handouts.compose.compose import bound_phrases
from handouts.compose.composed import OWN_SHEET
from handouts.compose.scripts import han_language, reads_back, runs_right_to_left
from handouts.mail_merge.font_objects import font_entries, slot_face, to_unicode
from handouts.mail_merge.layouts import make_layout
from handouts.mail_merge.rows import layout_of, lines_of, words_of
from handouts.mail_merge.slot_words import (
    line_counts,
    painted,
    painted_in_place,
    places_of,
    set_words,
    styles_of,
)
from handouts.pipeline.piece import here, lay_out_piece, rendered
from handouts.pipeline.sheet import lay_out_sheet
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from handouts.basics.choices import Layout
    from handouts.compose.composed import Composed, SheetUse
    from handouts.compose.laid_out import LaidOut
    from handouts.load.content import LoadedContent
    from handouts.mail_merge.layouts import RunLayout
    from handouts.mail_merge.rows import Lines, RunRow, Words
    from handouts.mail_merge.slot_words import SetLine
    from handouts.pdf.pages.slots import SlotFont
    from handouts.pipeline.piece import Engine
    from handouts.render.patches.shaping import Shaper


@dataclass(frozen=True, slots=True)
class OneSheet:
    """A finished file; none where its report has errors."""

    pdf: bytes
    pages: int
    a_page: Layout
    """How many exercises stand on a page."""
    version: str
    """What its foot says of its words: eight letters and digits."""
    report: Report


def one_sheet(
    loaded: LoadedContent,
    row: RunRow,
    moment: datetime | None,
    use: SheetUse = OWN_SHEET,
    engine: Engine = here,
) -> OneSheet:
    """Make a person's sheet: finished, and its words looked for in the file.

    ``moment`` is SOURCE_DATE_EPOCH where it is set; ``engine`` says where is laid out what is not
    kept.

    Raises:
        ContentError: the template is broken, or an exercise can't be drawn.
        LayoutError: the template left out a text that the sheet must show.
        MachineError: a library or a font is missing.

    """
    lines = lines_of(row)
    if lines is not None:
        made = _in_slots(loaded, row, lines, moment, use, engine)
        if made is not None:
            return made
    use = replace(use, record=row.record)

    def draw(piece: Composed) -> LaidOut:
        return engine(rendered, piece)

    sheet = lay_out_sheet(loaded, row.sheet, moment, use, partial(lay_out_piece, draw=draw))
    return OneSheet(
        sheet.piece.pdf,
        sheet.piece.pages,
        sheet.arrangement.layout,
        sheet.version,
        sheet.piece.report + sheet.composing,
    )


def _in_slots(
    loaded: LoadedContent,
    row: RunRow,
    lines: Lines,
    moment: datetime | None,
    use: SheetUse,
    engine: Engine,
) -> OneSheet | None:
    """Fill a layout; None where the words don't fit into one, or none can be made."""
    words = words_of(row, language(loaded.content.language), use.profile)
    if use.profile is Profile.SCREEN and _need_tags(words):
        return None
    layout = make_layout(loaded, layout_of(row, lines, use.profile), moment, use, engine)
    if not layout.pdf:
        return None
    from handouts.render.patches.shaping import Shaper  # noqa: PLC0415 - opens libraries

    styles = styles_of([layout.slots])
    shaper = Shaper([json.loads(style) for style in styles])
    places = places_of(layout.pages, layout.slots, lines, styles)
    pages = set_words(shaper, places, words)
    if pages is None:
        taken = line_counts(shaper, places, words, bound_phrases(loaded.content), lines)
        if taken in (None, lines):
            return None
        return _in_slots(loaded, row, taken, moment, use, engine)
    return OneSheet(
        _filled(loaded, layout, pages, words, shaper, tagged=use.profile is Profile.SCREEN),
        layout.pages,
        layout.a_page,
        layout.version,
        layout.report,
    )


def _need_tags(words: Iterable[Words]) -> bool:
    """Say whether tags tell of words what their letters don't: a language, or how they are read."""
    texts = [text for paragraphs, _ in words for text in paragraphs]
    return not all(map(reads_back, texts)) or any(map(han_language, texts))


def _filled(
    loaded: LoadedContent,
    layout: RunLayout,
    pages: list[list[SetLine]],
    words: Sequence[Words],
    shaper: Shaper,
    *,
    tagged: bool,
) -> bytes:
    from handouts.pdf.pages.slots import fill_slots  # noqa: PLC0415 - heavy

    # Readers order a line by the way that most of it runs, and would turn a name or what is around
    # it, unless it is drawn after all else; a tagged file says in which order it is read.
    apart = [[not tagged and _runs_left(line, words) for line in page] for page in pages]
    drawn = [
        {
            number: painted_in_place(line).encode("ascii")
            for number, line in enumerate(page)
            if not after[number]
        }
        for page, after in zip(pages, apart, strict=True)
    ]
    last = [
        painted(compress(page, after)).encode("ascii") if any(after) else b""
        for page, after in zip(pages, apart, strict=True)
    ]
    pdf = fill_slots(layout.pdf, drawn, last, list(_fonts(loaded, shaper)))
    _look_for(pdf, layout.pdf, pages, words)
    return pdf


def _runs_left(line: SetLine, words: Sequence[Words]) -> bool:
    """Say whether a line is more than one word that runs from right to left."""
    text = words[line.place.word][0][line.place.paragraph]
    return sum(map(runs_right_to_left, text.split())) > 1


def _fonts(loaded: LoadedContent, shaper: Shaper) -> Iterator[SlotFont]:
    from handouts.pdf.pages.slots import SlotFont  # noqa: PLC0415
    from handouts.render.slot_fonts import Sample, WantedFace, embed_face  # noqa: PLC0415

    for use in shaper.uses.values():
        style, size_pt, sample = use.sample
        wanted = WantedFace(
            use.face, frozenset(use.widths), Sample(shaper.style(style), size_pt, sample)
        )
        face = slot_face(use.face, embed_face(wanted, loaded.content.provenance.dated), use.widths)
        for number, table in enumerate(use.tables):
            told = sorted((glyph, text.decode()) for glyph, text in table.items())
            yield SlotFont(
                f"S{use.number}.{number}", font_entries(use.face), face, to_unicode(told)
            )


def _look_for(pdf: bytes, empty: bytes, pages: list[list[SetLine]], words: Sequence[Words]) -> None:
    """Look for the words in the file, on their pages, among those of its layout.

    Raises:
        LayoutError: a page lacks some, or shows others.

    """
    from handouts.pdf.look.shown_words import in_drawn_order, words_of_pages  # noqa: PLC0415

    for page, lines, shown, before in zip(
        range(len(pages)), pages, words_of_pages(pdf), words_of_pages(empty), strict=True
    ):
        own = [
            in_drawn_order(words[line.place.word][0][line.place.paragraph]).replace(" ", "")
            for line in lines
            if line.place.line == 0
        ]
        letters = sum(map(len, own)) + len(before)
        if len(shown) != letters or not all(text in shown for text in own):
            raise LayoutError.because(
                "the sheet does not show the words that were given",
                why="each word is looked for in the finished file, as it will be printed",
                mend="give the command again; nothing was written",
                place=Place(page=page + 1),
            )
