"""The options that several commands share, each stated once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.paths import PathType

if TYPE_CHECKING:
    from handouts.jobs.build import BuildRequest

content_option = click.option(
    "--content",
    type=PathType(),
    default=Path("content.yaml"),
    show_default=True,
    metavar="FILE",
    help="The clinic's content.",
)
out_option = click.option(
    "--out",
    type=PathType(),
    default=Path("out"),
    show_default=True,
    metavar="DIR",
    help="Where the PDF files go.",
)
papers_option = click.option(
    "--paper",
    "papers",
    multiple=True,
    type=click.Choice(["letter", "a4"]),
    help="The paper; may be given twice.  [default: the clinic's own]",
)
editions_option = click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(["standard", "large-print", "ink-saver"]),
    default=("standard",),
    show_default=True,
    help="How it is set; may be given more than once.",
)
profile_option = click.option(
    "--profile",
    type=click.Choice(["office", "press", "screen"]),
    default="office",
    show_default=True,
    help="The front desk's printer, a print shop, or a screen.",
)
proof_option = click.option(
    "--proof", is_flag=True, help="With --profile press: to look at, marked PROOF on each page."
)


copies_option = click.option(
    "--copies",
    type=click.IntRange(min=1),
    metavar="N",
    help="With --profile press: how many to print, for the ticket.  [default: to write in]",
)


def refuse_idle_copies(profile: str, copies: int | None) -> None:
    """Refuse --copies where it would do nothing.

    Raises:
        click.UsageError: the files are for no press.

    """
    if copies is not None and profile != "press":
        raise click.UsageError(
            "--copies stands on the ticket of --profile press; add it, or take --copies out"
        )


def refuse_idle_proof(profile: str, *, proof: bool) -> None:
    """Refuse --proof where it would do nothing.

    Raises:
        click.UsageError: the files are for no press.

    """
    if proof and profile != "press":
        raise click.UsageError(
            "--proof marks the files of --profile press; add it, or take --proof out"
        )


def build_request(  # noqa: PLR0913 - one for each option
    *,
    content: Path,
    out: Path,
    names: tuple[str, ...],
    papers: tuple[str, ...],
    editions: tuple[str, ...],
    strict: bool = False,
    profile: str = "office",
    proof: bool = False,
    copies: int | None = None,
) -> BuildRequest:
    """Turn the options that name pieces into one frozen request."""
    from handouts.basics.choices import Edition, Profile  # noqa: PLC0415
    from handouts.basics.papers import Paper  # noqa: PLC0415
    from handouts.jobs.build import BuildRequest  # noqa: PLC0415

    return BuildRequest(
        content=content,
        out=out,
        names=names,
        papers=tuple(Paper(paper) for paper in papers),
        editions=tuple(Edition(edition) for edition in editions),
        strict=strict,
        profile=Profile(profile),
        proof=proof,
        copies=copies,
    )


strict_option = click.option("--strict", is_flag=True, help="Treat every warning as an error.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Show errors only.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
