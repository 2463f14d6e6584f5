"""``handouts schema``."""

from __future__ import annotations

import click

from handouts.cli.console import say_document


@click.command(epilog="Example: handouts schema > content.schema.json")
@click.argument("what", type=click.Choice(["content", "plan"]), default="content")
def schema(what: str) -> None:
    """Print the JSON Schema of content.yaml, or of a plan for a print run, for editors."""
    from handouts.jobs.schema import SchemaOf  # noqa: PLC0415
    from handouts.jobs.schema import schema as run  # noqa: PLC0415

    say_document(run(SchemaOf(what)))
