"""What each profile needs to make its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.wording.language import language

if TYPE_CHECKING:
    from handouts.compose.composed import Composed
    from handouts.compose.laid_out import LaidOut
    from handouts.pdf.finish.finish import Output
    from handouts.render.slugs import Slugs


def output_for(piece: Composed, laid_out: LaidOut) -> Output:
    """Give the last step of a piece's profile.

    Raises:
        MachineError: a library or a font is missing.

    """
    if piece.profile is Profile.OFFICE:
        from handouts.pdf.finish.finish import Office  # noqa: PLC0415 - heavy; not needed when unchanged

        return Office()
    if piece.profile is Profile.SCREEN:
        from handouts.pdf.finish.screen_file import Screen  # noqa: PLC0415

        return Screen()
    from handouts.pdf.finish.inks import read_condition  # noqa: PLC0415
    from handouts.pdf.finish.press_file import Press  # noqa: PLC0415

    return Press(read_condition(piece.press_profile), slugs_of(piece, laid_out).pdf)


def slugs_of(piece: Composed, laid_out: LaidOut) -> Slugs:
    """Set the lines below the marks of a press file.

    Raises:
        LayoutError: the number of a record is too long.
        MachineError: a library or a font is missing.

    """
    from handouts.pdf.finish.trim_marks import SLUG_PT, slug_lines, slug_width_pt  # noqa: PLC0415
    from handouts.render.slugs import render_slugs  # noqa: PLC0415

    count = sum(len(pages) for pages in laid_out.pages.values())
    lines = slug_lines(piece, count)
    record = None
    if piece.record is not None:
        before, *_ = language(piece.language).parts("slug.record")
        record = f" {before}", piece.record
    return render_slugs(lines, slug_width_pt(piece), SLUG_PT, piece.dated, record)
