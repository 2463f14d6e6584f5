"""``handouts schema``."""

from __future__ import annotations

import click

from handouts.cli.console import say


@click.command(epilog="Example: handouts schema > content.schema.json")
def schema() -> None:
    """Print the JSON Schema of content.yaml, for editors."""
    from handouts.load.schema import schema_text  # noqa: PLC0415

    say(schema_text().rstrip("\n"))
