"""``handouts doctor``."""

from __future__ import annotations

import click

from handouts.cli.console import say


@click.command(epilog="Example: handouts doctor")
@click.pass_context
def doctor(context: click.Context) -> None:
    """Look whether this machine has all that is needed, and say how to mend what is missing."""
    from handouts.basics.errors import MachineError  # noqa: PLC0415
    from handouts.jobs.doctor import examine  # noqa: PLC0415

    healthy = True
    for look in examine():
        mark = "✓" if look.well else ("!" if look.optional else "✗")
        say(f"{mark} {look.name}: {look.seen}")
        if not look.well:
            say(f"    to mend: {look.mend}")
            healthy = healthy and look.optional
    if not healthy:
        context.exit(MachineError.exit_code)
