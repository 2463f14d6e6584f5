"""``handouts preview``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.basics.picture_dots import PREVIEW_DPI
from handouts.cli.console import fail, say, show_warnings, tell
from handouts.cli.options import (
    content_option,
    copies_option,
    editions_option,
    out_folder_option,
    papers_option,
    profile_option,
    proof_option,
    quiet_option,
    strict_option,
)

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.choices import Edition, Profile
    from handouts.basics.papers import Paper
    from handouts.jobs.preview import PreviewRequest


@click.command(epilog="Example: handouts preview brochure")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@content_option
@papers_option
@editions_option
@profile_option
@proof_option
@copies_option
@out_folder_option
@click.option(
    "--dpi",
    type=click.IntRange(36, 600),
    default=PREVIEW_DPI,
    show_default=True,
    help="Dots per inch of the pictures.",
)
@click.option(
    "--watch", is_flag=True, help="Draw them again each time that a file beside CONTENT is saved."
)
@strict_option
@quiet_option
def preview(  # noqa: PLR0913, PLR0917 - one for each option
    names: tuple[str, ...],
    content: Path,
    papers: tuple[Paper, ...],
    editions: tuple[Edition, ...],
    profile: Profile,
    out: Path,
    copies: int | None,
    **settings: int,
) -> None:
    """Draw every page as a PNG picture, and folded pieces as they lie in the hand.

    The pictures go into the folder preview below --out, with an overview of all pages.
    """
    from handouts.jobs.build import BuildRequest  # noqa: PLC0415
    from handouts.jobs.preview import PreviewRequest  # noqa: PLC0415

    pieces = BuildRequest(
        content,
        out,
        names,
        papers,
        editions,
        strict=bool(settings["strict"]),
        profile=profile,
        proof=bool(settings["proof"]),
        copies=copies,
    )
    request, quiet = PreviewRequest(pieces, settings["dpi"]), bool(settings["quiet"])
    if settings["watch"]:
        _follow(request, quiet=quiet)
    else:
        _draw(request, quiet=quiet)


def _draw(request: PreviewRequest, *, quiet: bool) -> None:
    from handouts.jobs.preview import preview as run  # noqa: PLC0415

    drawn = run(request)
    show_warnings(drawn.report, quiet=quiet)
    if not quiet:
        for picture in drawn.pictures:
            say(str(picture))


def _follow(request: PreviewRequest, *, quiet: bool) -> None:
    """Draw whatever is saved, good or bad, until somebody ends it."""
    from handouts.basics.errors import HandoutsError  # noqa: PLC0415
    from handouts.basics.watching import versions  # noqa: PLC0415

    folder = request.pieces.content.parent
    for _ in versions(folder, request.pieces.out):
        try:
            _draw(request, quiet=quiet)
        except HandoutsError as error:
            fail(error)
        if not quiet:
            tell(
                f"Watching {folder.resolve()}: save a file there, and it is drawn. Ctrl-C ends it."
            )
