"""``handouts list``."""

from __future__ import annotations

from dataclasses import asdict
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
    from handouts.jobs.listing import list_content  # noqa: PLC0415

    names = asdict(list_content(content))
    if as_json:
        say_json(names)
        return
    width = max((len(name) for group in names.values() for name in group), default=0)
    for kind, group in names.items():
        say(kind.capitalize())
        for name, title in group.items():
            say(f"  {name:<{width}}  {title}")
