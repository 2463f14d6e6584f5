"""``handouts list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.cli.console import say, say_json
from handouts.cli.options import content_option, json_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command("list", epilog="Example: handouts list")
@content_option
@json_option
def list_(content: Path, *, as_json: bool) -> None:
    """Name the pieces, exercises, programmes and clinicians of the content."""
    from handouts.load.content import load_content  # noqa: PLC0415

    found = load_content(content).content
    names = {
        "pieces": {name: piece.title for name, piece in found.handouts.items()},
        "exercises": {name: item.name for name, item in found.exercises.items()},
        "programmes": {name: item.name for name, item in found.programmes.items()},
        "clinicians": {name: item.name for name, item in found.clinic.clinicians.items()},
    }
    if as_json:
        say_json(names)
        return
    width = max((len(name) for group in names.values() for name in group), default=0)
    for kind, group in names.items():
        say(kind.capitalize())
        for name, title in group.items():
            say(f"  {name:<{width}}  {title}")
