"""``handouts exercise``: an exercise's own file, from its first line to its drawing."""

from __future__ import annotations

from pathlib import Path

import click

from handouts.basics.picture_dots import PREVIEW_DPI
from handouts.cli.console import fail, findings_as_data, say, say_json, show_findings, tell
from handouts.cli.options import json_option, out_option
from handouts.cli.paths import PathType

_FILE = click.argument("file", type=PathType(), metavar="FILE")


@click.group(epilog="Example: handouts exercise new shelf/seated-turn.yaml")
def exercise() -> None:
    """Make an exercise of your own: begin its file, look through it, see it drawn."""


@exercise.command(epilog="Example: handouts exercise new shelf/seated-turn.yaml")
@_FILE
def new(file: Path) -> None:
    """Begin an exercise's file, with comments that say what each part is.

    The file's name is the id. In the folder shelf/ beside content.yaml it is taken as those are
    that come with handouts: write its id below shelf: exercises:.
    """
    from handouts.jobs.exercise_file import new_exercise  # noqa: PLC0415

    new_exercise(file)
    say(f"{file} is begun: write over its words. Then: handouts exercise preview {file} --watch")


@exercise.command(epilog="Example: handouts exercise check shelf/seated-turn.yaml")
@_FILE
@json_option
def check(file: Path, *, as_json: bool) -> None:
    """Say what is wrong or doubtful in an exercise's file, and what of it can't be drawn."""
    from handouts.basics.errors import HandoutsError  # noqa: PLC0415
    from handouts.jobs.exercise_file import check_exercise  # noqa: PLC0415

    try:
        report = check_exercise(file)
    except HandoutsError as error:
        if as_json:
            say_json({"findings": findings_as_data(error.report.findings)})
        raise
    if as_json:
        say_json({"findings": findings_as_data(report.findings)})
        return
    show_findings(report.findings)
    say(f"{file}: no errors")


@exercise.command(epilog="Example: handouts exercise preview shelf/seated-turn.yaml --watch")
@_FILE
@click.option(
    "--content",
    type=PathType(),
    metavar="FILE",
    help="The clinic whose colors and paper it takes.  [default: content.yaml, where there is one]",
)
@out_option("DIR", "Where the pictures go.", folder=True, default=Path("out/preview"))
@click.option(
    "--dpi",
    type=click.IntRange(36, 600),
    default=PREVIEW_DPI,
    show_default=True,
    help="Dots per inch of the pictures.",
)
@click.option("--watch", is_flag=True, help="Draw it again each time that its file is saved.")
def preview(file: Path, content: Path | None, out: Path, dpi: int, *, watch: bool) -> None:
    """Draw an exercise as a patient's sheet will have it, as PNG pictures."""
    from handouts.basics.errors import HandoutsError  # noqa: PLC0415
    from handouts.basics.watching import versions  # noqa: PLC0415
    from handouts.jobs.exercise_file import preview_exercise  # noqa: PLC0415

    if content is None and Path("content.yaml").is_file():
        content = Path("content.yaml")

    def draw() -> None:
        drawn = preview_exercise(file, content, out, dpi)
        show_findings(drawn.report.findings)
        for picture in drawn.pictures:
            say(str(picture))

    if not watch:
        draw()
        return
    for _ in versions(file.parent, out):
        try:
            draw()
        except HandoutsError as error:
            fail(error)
        tell(
            f"Watching {file.parent.resolve()}: save {file.name}, and it is drawn. Ctrl-C ends it."
        )
