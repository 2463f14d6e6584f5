"""``handouts approve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.cli.console import say
from handouts.cli.options import content_option

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    epilog="Example: handouts approve km --reference 'binder 3, page 12' --signed-on 2026-11-20 "
    "--expires-on 2028-11-20"
)
@click.argument("testimonial", metavar="ID")
@click.option("--reference", help="Where the signed form is kept.")
@click.option("--signed-on", type=_DAY, help="The date on the form.")
@click.option("--expires-on", type=_DAY, help="The day until which it holds.")
@content_option
def approve(
    testimonial: str,
    reference: str | None,
    signed_on: datetime | None,
    expires_on: datetime | None,
    content: Path,
) -> None:
    """Record that a patient has signed for the words of a testimonial.

    Do this with the signed form in your hand. The words are shown first: hold them against
    the form, letter by letter. What you leave out is asked for.
    """
    from handouts.jobs import approve as job  # noqa: PLC0415

    say(job.words_to_approve(content, testimonial))
    say("")
    asked = job.Approval(
        content,
        testimonial,
        reference or click.prompt("Where is the signed form kept?"),
        (signed_on or click.prompt("Signed on (like 2026-11-20)", type=_DAY)).date(),
        (expires_on or click.prompt("Holds until (like 2028-11-20)", type=_DAY)).date(),
    )
    job.approve(asked)
    say(f'Recorded in {content}: "{testimonial}" may be printed until {asked.expires_on}.')
