"""``handouts schema``."""

from __future__ import annotations

import click

from handouts.cli.console import say_document


@click.command(epilog="Example: handouts schema > content.schema.json")
@click.argument("what", type=click.Choice(["content", "plan"]), default="content")
def schema(what: str) -> None:
    """Print the JSON Schema of content.yaml, or of a plan for a print run, for editors."""
    from handouts.load.schema import schema_text  # noqa: PLC0415
    from handouts.models.content import Content  # noqa: PLC0415
    from handouts.models.run_plan import RunPlan  # noqa: PLC0415

    say_document(schema_text(RunPlan if what == "plan" else Content))
