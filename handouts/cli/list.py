"""``handouts list``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.console import say, say_json, tell
from handouts.cli.options import content_option, json_option

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@click.group("list", invoke_without_command=True, epilog="Example: handouts list")
@content_option
@json_option
@click.pass_context
def list_(context: click.Context, content: Path, *, as_json: bool) -> None:
    """Name the pieces, exercises, programmes and clinicians of the content."""
    if context.invoked_subcommand is not None:
        context.obj = content, as_json
        return
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


class _Words(click.ParamType[str]):
    """One of the words that a search knows; they are looked up when it is asked for."""

    name = "word"

    def __init__(self, of: str) -> None:
        self._of = of

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the word.

        Raises:
            click.BadParameter: the search does not know it.

        """
        from handouts.jobs import exercises  # noqa: PLC0415

        known = [str(one) for one in getattr(exercises, self._of)]
        if value not in known:
            self.fail(f"{value!r} is none of {', '.join(known)}.", param, ctx)
        return str(value)


@list_.command(
    epilog="Example: handouts list exercises --for headache --posture sitting --equipment none"
)
@click.option(
    "--for",
    "complaints",
    multiple=True,
    type=_Words("COMPLAINTS"),
    metavar="COMPLAINT",
    help="What it is given for: headache, neck-pain, migraine …; may be given more than once.",
)
@click.option(
    "--posture",
    "postures",
    multiple=True,
    type=_Words("POSTURES"),
    metavar="POSTURE",
    help="How it is begun: sitting, supine …; may be given more than once.",
)
@click.option(
    "--equipment",
    multiple=True,
    type=_Words("EQUIPMENT"),
    metavar="THING",
    help="What is at hand beside a floor, a wall, a chair and a mat: none, band, towel …; may be "
    "given more than once.",
)
@content_option
@json_option
@click.pass_context
def exercises(
    context: click.Context,
    complaints: tuple[str, ...],
    postures: tuple[str, ...],
    equipment: tuple[str, ...],
    content: Path,
    *,
    as_json: bool,
) -> None:
    """Find exercises in the content, and on the shelf that comes with handouts.

    How an exercise is taken from the shelf: docs/clinician.md.
    """
    from handouts.jobs.exercises import Search, find_exercises  # noqa: PLC0415

    content, as_json = _as_given(context, content, as_json=as_json)
    found = find_exercises(Search(content, complaints, postures, equipment))
    if as_json:
        say_json(asdict(found))
        return
    rows = [
        (one.id, _name(one.name, one.anatomical_name), one.posture, ", ".join(one.gear) or "-",
         ", ".join(one.complaints))
        for one in found.exercises
    ]  # fmt: skip
    _say_by_place([one.where for one in found.exercises], rows)
    if found.untagged:
        tell("Of these your content does not say what they are for: " + ", ".join(found.untagged))


@list_.command(epilog="Example: handouts list programmes")
@content_option
@json_option
@click.pass_context
def programmes(context: click.Context, content: Path, *, as_json: bool) -> None:
    """Name the programmes of the content and of the shelf: why, for whom, how long they take."""
    from handouts.jobs.exercises import find_programmes  # noqa: PLC0415

    content, as_json = _as_given(context, content, as_json=as_json)
    found = find_programmes(content)
    if as_json:
        say_json([asdict(one) for one in found])
        return
    for one in found:
        say(f"{one.id}  {one.name} ({one.where})")
        lines = (one.why, one.for_whom, *one.minutes, ", ".join(one.exercises))
        for line in filter(None, lines):
            say(f"  {line}")


def _as_given(context: click.Context, content: Path, *, as_json: bool) -> tuple[Path, bool]:
    """Let an option stand before or behind the word: list --json exercises."""
    above: tuple[Path, bool] = context.obj
    said = context.get_parameter_source("content")
    here = said is not click.core.ParameterSource.DEFAULT
    return (content if here else above[0]), as_json or above[1]


def _name(name: str, anatomical: str | None) -> str:
    return f"{name} ({anatomical})" if anatomical else name


def _say_by_place(places: list[str], rows: Iterable[tuple[str, ...]]) -> None:
    """Say rows in columns, below the place in which they are."""
    lines = list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)] if lines else []
    told = ""
    for place, line in zip(places, lines, strict=True):
        if place != told:
            told = place
            say(f"{place[0].upper()}{place[1:]}")
        cells = (f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
        say(("  " + "  ".join(cells)).rstrip())
