"""``handouts preview``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.cli.console import say, show_warnings
from handouts.cli.options import (
    build_request,
    content_option,
    editions_option,
    out_option,
    papers_option,
    quiet_option,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Example: handouts preview brochure")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@content_option
@papers_option
@editions_option
@out_option
@click.option(
    "--dpi",
    type=click.IntRange(36, 600),
    default=110,
    show_default=True,
    help="Dots per inch of the pictures.",
)
@quiet_option
def preview(
    names: tuple[str, ...],
    content: Path,
    papers: tuple[str, ...],
    editions: tuple[str, ...],
    out: Path,
    **settings: int,
) -> None:
    """Draw every page as a PNG picture, and folded pieces as they lie in the hand.

    The pictures go into the folder preview below --out, with an overview of all pages.
    """
    from handouts.jobs.preview import preview as run  # noqa: PLC0415

    request = build_request(content=content, out=out, names=names, papers=papers, editions=editions)
    pictures, report = run(request, out / "preview", settings["dpi"])
    show_warnings(report, quiet=bool(settings["quiet"]))
    if not settings["quiet"]:
        for picture in pictures:
            say(str(picture))
