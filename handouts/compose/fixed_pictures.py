"""The cover, the nerve map and the treated places, from the clinic's files or the shipped ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.inside import LARGEST_PICTURE_BYTES
from handouts.drawings.fixed.art import draw
from handouts.drawings.fixed.picture import DrawingFault, UnfitPictureError
from handouts.load.pictures import read_svg

if TYPE_CHECKING:
    from handouts.compose.templates import Templates
    from handouts.drawings.fixed.art import Art, PictureWords
    from handouts.drawings.palette import Palette

_MOST_FAULTS = 20
"""More than anybody mends at once; a damaged file could hold thousands."""


def draw_fixed(
    templates: Templates, art: Art, palette: Palette, words: PictureWords, prefix: str
) -> str:
    """Draw a picture from its SVG file; ids begin with ``prefix``.

    Raises:
        ContentError: the file can't be read, does what no picture may, or can't be drawn.

    """
    name = f"drawings/{art}.svg"
    file = templates.find("templates", name)
    if file is None:
        raise ContentError.because(
            f'there is no drawing "{art}"',
            mend="install handouts again",
            place=Place(file=f"templates/{name}"),
        )
    data = file.data(LARGEST_PICTURE_BYTES)
    try:
        root = read_svg(data, file.name)
        return draw(root, art, palette, words, prefix=prefix)
    except UnfitPictureError as error:
        text = data.decode("utf-8", errors="replace")
        findings = [_finding(fault, text, file.name) for fault in error.faults[:_MOST_FAULTS]]
        raise ContentError(Report(tuple(findings))) from None
    except ValueError as error:
        what, _, mend = str(error).rpartition("; ")
        raise ContentError.because(what, mend=mend, place=Place(file=file.name)) from None


def _finding(fault: DrawingFault, text: str, file: str) -> Finding:
    at = text.find(fault.near)
    line = text.count("\n", 0, at) + 1 if at >= 0 else 0
    return Finding(fault.what, "", fault.mend, Place(file=file, line=line, column=1))
