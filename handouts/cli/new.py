"""``handouts new``."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from handouts.cli.console import say
from handouts.cli.paths import PathType

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Example: handouts new my-clinic && cd my-clinic && handouts build")
@click.argument("folder", type=PathType(), metavar="DIR")
def new(folder: Path) -> None:
    """Make a clinic's own folder, ready to build.

    It holds a sample content.yaml to change, its schema for editors, and places for the
    clinic's own styles and templates.
    """
    from handouts.jobs.new import new_folder  # noqa: PLC0415

    for path in new_folder(folder):
        say(str(path))
    say("")
    say(
        f"Now change {folder / 'content.yaml'}, then: "
        f"cd {shlex.quote(str(folder))} && handouts build"
    )
