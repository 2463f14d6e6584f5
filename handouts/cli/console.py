"""The only place that writes to the terminal, and how errors end a command."""

from __future__ import annotations

import json
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handouts.errors import HandoutsError
    from handouts.findings import Finding, Report

_NO_LETTERS = {"Cc", "Cs"}
"""Unicode's categories of what arrow keys send, and of bytes that are no text."""


def say(text: str) -> None:
    """Write a line of the result to standard output."""
    click.echo(text)


def say_json(data: Any) -> None:
    """Write the result as JSON to standard output."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def tell(text: str, *, bold: bool = False) -> None:
    """Write a line to whoever answers prompts: to standard error, beside the prompts."""
    click.secho(text, err=True, bold=bold)


def answer_to(question: str) -> str:
    """Ask on standard error; give the answer without its outer spaces, empty for Enter alone.

    Raises:
        click.Abort: Ctrl-C, or nothing more to read.

    """
    while True:
        answer: str = click.prompt(question, default="", show_default=False, err=True).strip()
        if not _NO_LETTERS.intersection(map(unicodedata.category, answer)):
            return answer
        tell("  A key that writes no letter got in. Please type it again.")


def say_rows(rows: Sequence[Sequence[str]], colors: Sequence[str | None]) -> None:
    """Write a table to standard output: columns as wide as they need, each row in its colour."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row, color in zip(rows, colors, strict=True):
        line = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        click.secho(line.rstrip(), fg=color)


def show_findings(findings: Iterable[Finding]) -> None:
    """Write findings to standard error, one a line."""
    for finding in findings:
        color = "red" if finding.severity == "error" else "yellow"
        click.secho(str(finding), err=True, fg=color)


def show_warnings(report: Report, *, quiet: bool) -> None:
    """Write the warnings of a report, unless asked to be quiet."""
    if not quiet:
        show_findings(report.warnings)


def fail(error: HandoutsError) -> None:
    """Show an error's findings and how many there are; the caller exits."""
    show_findings(error.report.findings)
    errors, warnings = len(error.report.errors), len(error.report.warnings)
    counts = [f"{errors} error{'s' if errors != 1 else ''}"]
    if warnings:
        counts.append(f"{warnings} warning{'s' if warnings != 1 else ''}")
    strict = "" if errors else ", which --strict takes for errors"
    click.secho(f"{' and '.join(counts)}{strict}.", err=True, bold=True)


def on_terminal() -> bool:
    """Say whether somebody is watching standard error."""
    return sys.stderr.isatty()
