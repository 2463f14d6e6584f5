"""The options that several commands share, each stated once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from handouts.basics.choices import Edition, Profile
from handouts.basics.papers import Paper
from handouts.cli.paths import PathType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    Command = TypeVar("Command", bound=Callable[..., Any])


class Numbers(click.ParamType[tuple[range, ...]]):
    """Numbers from 1 and stretches of them, like ``17,40-44``."""

    name = "numbers"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[range, ...]:
        """Give each number or stretch as a range."""
        if isinstance(value, tuple):
            return value
        stretches = []
        for part in str(value).split(","):
            found = re.fullmatch(r"\s*([1-9][0-9]{0,8})\s*(?:-\s*([1-9][0-9]{0,8})\s*)?", part)
            if found is None or int(found[2] or found[1]) < int(found[1]):
                self.fail(f"{part.strip()!r} is no number; write them like 17,40-44.", param, ctx)
            stretches.append(range(int(found[1]), int(found[2] or found[1]) + 1))
        return tuple(stretches)


class ListOf(click.ParamType[tuple[Any, ...]]):
    """Some of a short list, typed with commas between and given as its members."""

    name = "list"

    def __init__(self, members: Iterable[StrEnum]) -> None:
        self._members = {str(member): member for member in members}

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Any, ...]:
        """Give the members, each once."""
        if isinstance(value, tuple):
            return value
        words = [word.strip() for word in str(value).split(",")]
        for word in words:
            if word not in self._members:
                known = ", ".join(self._members)
                self.fail(f"{word!r} is none of {known}; write a comma between them.", param, ctx)
        return tuple(self._members[word] for word in dict.fromkeys(words))


class OneOf(click.Choice[str]):
    """One of a short list, typed as its value and given as its member."""

    def __init__(self, members: Iterable[StrEnum]) -> None:
        self._members = {str(member): member for member in members}
        super().__init__(tuple(self._members))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the member."""
        return self._members[super().convert(value, param, ctx)]


def out_option(
    metavar: str,
    told: str,
    *,
    folder: bool = False,
    default: Path | None = None,
    required: bool = False,
) -> Callable[[Command], Command]:
    """Make the option that says where a command's files go, spelled alike everywhere."""
    return click.option(
        "-o",
        "--out",
        type=PathType(dir_okay=folder),
        default=default,
        show_default=default is not None,
        required=required,
        metavar=metavar,
        help=told,
    )


content_option = click.option(
    "--content",
    type=PathType(),
    default=Path("content.yaml"),
    show_default=True,
    metavar="FILE",
    help="The clinic's content.",
)
out_folder_option = out_option("DIR", "Where the PDF files go.", folder=True, default=Path("out"))
papers_option = click.option(
    "--paper",
    "papers",
    multiple=True,
    type=OneOf(Paper),
    help="The paper; may be given twice.  [default: the clinic's own]",
)
editions_option = click.option(
    "--edition",
    "editions",
    multiple=True,
    type=OneOf(Edition),
    default=(str(Edition.STANDARD),),
    show_default=True,
    help="How it is set; may be given more than once.",
)
profile_option = click.option(
    "--profile",
    type=OneOf(Profile),
    default=str(Profile.OFFICE),
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


strict_option = click.option("--strict", is_flag=True, help="Treat every warning as an error.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Show errors only.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
