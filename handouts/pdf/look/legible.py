"""Whether each line of a finished file can be seen: large enough, and in ink on its ground.

A text can be in a file and still not be on the paper: white on white, clipped by a box of
fixed height, or covered. So the pages are drawn, and each line is looked for in the picture.
"""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from html import unescape
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from handouts.basics.findings import Finding, Place
from handouts.compose.scripts import reads_back
from handouts.pdf.look.lines import page_lines
from handouts.pdf.look.windows import panel_windows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut
    from handouts.pdf.look.lines import TextRun
    from handouts.pdf.look.windows import Window

LOOK_DPI = 100
LEAST_RANGE = 80
"""Between a line's darkest and lightest dot, of 255; the shipped pieces have 144 and more."""
FLATTEST_PT = 3.0
"""A run less high is a dash or a dot alone, which fills its own box: no ground is in it."""
SMALLEST_TEXT_PT = 9.0
ROUNDING_PT = 0.05


def check_legible(pdf: bytes, composed: Composed, laid_out: LaidOut) -> Iterator[Finding]:
    """Find lines that are in the file and can't be read on the paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        windows = panel_windows(composed, laid_out.pages, document)
        for number, page in enumerate(document):
            text = page.get_textpage()
            picture = page.render(scale=LOOK_DPI / 72, grayscale=True).to_numpy()
            hidden: dict[str, list[TextRun]] = defaultdict(list)
            lines = page_lines(page, text, kept=not reads_back(composed.html))
            for line in _unseen(lines, picture.reshape(picture.shape[:2]), page.get_height()):
                hidden[_panel_at(windows, number, *line.middle)].append(line)
            for panel, unseen in hidden.items():
                yield _hidden_finding(
                    composed.quote(" ".join(line.words for line in unseen)),
                    Place(piece=composed.label, panel=panel, page=number + 1),
                )
            place = Place(piece=composed.label, page=number + 1)
            yield from _too_small(composed, text, laid_out.files, place)
    finally:
        document.close()


def _panel_at(windows: dict[str, list[Window]], page: int, x: float, y: float) -> str:
    return next(
        (name for name, places in windows.items() if any(w.holds(page, x, y) for w in places)), ""
    )


def _hidden_finding(words: str, place: Place) -> Finding:
    return Finding(
        f"{words} can't be seen on the page",
        "it is covered, clipped, or set in a colour like its ground",
        "look in the styles for colours, boxes of fixed height and overflow: hidden",
        place,
    )


def _unseen(
    lines: list[TextRun], picture: NDArray[np.uint8], height_pt: float
) -> Iterator[TextRun]:
    """Give the lines that have no ink in the picture."""
    scale = LOOK_DPI / 72
    for line in lines:
        ground_pt = max(0.0, FLATTEST_PT - (line.top - line.bottom)) / 2
        rows = slice(
            max(0, int((height_pt - line.top - ground_pt) * scale)),
            int((height_pt - line.bottom + ground_pt) * scale) + 1,
        )
        columns = slice(max(0, int(line.left * scale)), int(line.right * scale) + 1)
        dots = picture[rows, columns]
        if line.words and dots.size and int(dots.max()) - int(dots.min()) < LEAST_RANGE:
            yield line


def _too_small(
    composed: Composed, text: pypdfium2.PdfTextPage, files: tuple[Path, ...], place: Place
) -> Iterator[Finding]:
    small: list[str] = []
    smallest_pt = SMALLEST_TEXT_PT
    matrix = raw.FS_MATRIX()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character.isspace():
            continue
        raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        size_pt = raw.FPDFText_GetFontSize(text, index) * abs(matrix.d)
        if size_pt < SMALLEST_TEXT_PT - ROUNDING_PT:
            small.append(character)
            smallest_pt = min(smallest_pt, size_pt)
    if small:
        yield Finding(
            f"{composed.quote(''.join(small))} is set in {smallest_pt:.1f} pt",
            f"text under {SMALLEST_TEXT_PT:.0f} pt is hard to read"
            + "".join(f'; it stands in the picture "{name}"' for name in _holding(small, files)),
            "give it a larger size in the styles or in its picture; shorten a label that has too "
            "little room",
            place,
        )


def _holding(characters: list[str], files: tuple[Path, ...]) -> Iterator[str]:
    """Name the drawings whose own text is among these characters, or holds them."""
    small = "".join(characters)
    for file in files:
        if file.suffix.lower() == ".svg":
            drawing = file.read_bytes().decode(errors="replace")
            words = "".join(unescape(re.sub("<[^>]*>", "", drawing)).split())
            if words and (words in small or small in words):
                yield file.name
