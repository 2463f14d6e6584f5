"""``handouts approve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.basics.choices import AFTER_NEEDLING
from handouts.cli.console import say, say_document
from handouts.cli.options import content_option

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    epilog="Example: handouts approve km --reference 'binder 3, page 12' --signed-on 2026-11-20 "
    "--expires-on 2028-11-20; or handouts approve chin-tuck --by natalie --signed-on 2026-11-20"
)
@click.argument("name", metavar="ID")
@click.option("--reference", help="Of a testimonial: where the signed form is kept.")
@click.option(
    "--by",
    metavar="CLINICIAN",
    help="Of an exercise, or of danger signs: who stands for the words.",
)
@click.option("--signed-on", type=_DAY, help="The date on the form, or the day of reading.")
@click.option("--expires-on", type=_DAY, help="Of a testimonial: the day until which it holds.")
@content_option
def approve(
    name: str,
    reference: str | None,
    by: str | None,
    signed_on: datetime | None,
    expires_on: datetime | None,
    content: Path,
) -> None:
    """Record that a patient stands for a testimonial, or a clinician for an exercise.

    The words are shown first. Hold a testimonial's against the signed form, letter by letter.
    Read an exercise of the shelf as if you had written it: once it is signed, it is the
    clinic's. So are the danger signs of your content: after-needling. What you leave out is asked
    for.
    """
    from handouts.jobs.sign import is_from_shelf  # noqa: PLC0415

    danger_signs = name == AFTER_NEEDLING
    if danger_signs or is_from_shelf(content, name):
        if reference is not None or expires_on is not None:
            raise click.UsageError("--reference and --expires-on are for testimonials.")
        (_sign_danger_signs if danger_signs else _sign)(content, name, by, signed_on)
        return
    if by is not None:
        raise click.UsageError("--by is for exercises of the shelf and for danger signs.")
    _approve(content, name, reference, (signed_on, expires_on))


def _sign(content: Path, exercise: str, by: str | None, on: datetime | None) -> None:
    from handouts.jobs.sign import Signing, sign, words_to_sign  # noqa: PLC0415

    say_document(words_to_sign(content, exercise))
    say("")
    by = by or click.prompt("Who stands for these words (a clinician’s id)?")
    day = on or click.prompt("Signed on (like 2026-11-20)", type=_DAY)
    sign(Signing(content, exercise, by, day.date()))
    say(f'Recorded in {content}: {by} stands for the words of "{exercise}".')


def _sign_danger_signs(content: Path, name: str, by: str | None, on: datetime | None) -> None:
    from handouts.jobs import sign_danger_signs as job  # noqa: PLC0415

    say_document(job.words_of_danger_signs(content))
    say("")
    by = by or click.prompt("Who stands for these words (a clinician’s id)?")
    day = on or click.prompt("Signed on (like 2026-11-20)", type=_DAY)
    job.sign_danger_signs(content, by, day.date())
    say(f"Recorded in {content}: {by} stands for the words of {name}.")


def _approve(
    content: Path,
    testimonial: str,
    reference: str | None,
    days: tuple[datetime | None, datetime | None],
) -> None:
    from handouts.jobs import approve as job  # noqa: PLC0415

    say(job.words_to_approve(content, testimonial))
    say("")
    signed_on, expires_on = days
    asked = job.Approval(
        content,
        testimonial,
        reference or click.prompt("Where is the signed form kept?"),
        (signed_on or click.prompt("Signed on (like 2026-11-20)", type=_DAY)).date(),
        (expires_on or click.prompt("Holds until (like 2028-11-20)", type=_DAY)).date(),
    )
    job.approve(asked)
    say(f'Recorded in {content}: "{testimonial}" may be printed until {asked.expires_on}.')
