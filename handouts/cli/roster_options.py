"""The options that say how a list of people is read, each stated once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.basics.choices import Edition
from handouts.basics.papers import Paper
from handouts.cli.options import OneOf

if TYPE_CHECKING:
    from collections.abc import Callable

_DEFAULTS = (
    click.option(
        "--programme", metavar="ID", help="For rows that name neither a programme nor exercises."
    ),
    click.option("--clinician", metavar="ID", help="For rows that name none; see: handouts list"),
    click.option("--date", metavar="DAY", help="For rows without a date.  [default: today]"),
    click.option(
        "--edition",
        type=OneOf(Edition),
        help="For rows that name none.  [default: standard]",
    ),
    click.option(
        "--paper",
        type=OneOf(Paper),
        help="For rows that name none.  [default: the clinic's own]",
    ),
    click.option("--language", metavar="TAG", help="For rows that name none."),
    click.option(
        "--weeks",
        "log_weeks",
        type=click.IntRange(2, 8),
        help="Weeks of the log, for rows that give none.  [default: 2]",
    ),
)
_READING = (
    click.option("--worksheet", metavar="NAME", help="The worksheet of a workbook."),
    click.option(
        "--encoding",
        metavar="NAME",
        help="How the letters of a text file are written, where that is not UTF-8.",
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="NAME=HEADER",
        help='What a column is, where its header does not say it: --column "name=Guest"; may be '
        "given again.",
    ),
)


def default_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that hold for rows which leave them out."""
    return _with(_DEFAULTS, command)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how the file is read."""
    return _with(_READING, command)


def _with(
    options: tuple[Callable[..., Any], ...], command: Callable[..., Any]
) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def defaults_given(given: dict[str, Any]) -> dict[str, Any]:
    """Take out of what was given on the command line what holds for rows that leave it out."""
    from handouts.jobs.roster import DEFAULTS  # noqa: PLC0415 - only when one runs

    return {key: value for key in DEFAULTS if (value := given.pop(key)) is not None}


def reading_given(given: dict[str, Any]) -> dict[str, Any]:
    """Take out of what was given on the command line how the file is to be read.

    Raises:
        click.UsageError: what is said of a column is not written as a name and a header.

    """
    pairs = []
    for text in given.pop("columns"):
        name, equals, header = text.partition("=")
        if not (equals and name.strip() and header.strip()):
            raise click.UsageError('--column is written NAME=HEADER, like --column "name=Guest".')
        pairs.append((name.strip(), header.strip()))
    return {
        "worksheet": given.pop("worksheet") or "",
        "encoding": given.pop("encoding") or "",
        "columns": tuple(pairs),
    }
