"""The command line. Commands import what they need when they run, so that help is instant."""

from __future__ import annotations

import sys
from typing import Any

import click

from handouts import __version__
from handouts.cli.approve import approve
from handouts.cli.batch import batch
from handouts.cli.build import build
from handouts.cli.check import check
from handouts.cli.doctor import doctor
from handouts.cli.ending import told
from handouts.cli.impose import impose
from handouts.cli.list import list_
from handouts.cli.new import new
from handouts.cli.paths import refuse_no_folder
from handouts.cli.preflight import preflight
from handouts.cli.preview import preview
from handouts.cli.process import hide_arguments, leave_no_core, occupy_closed_streams
from handouts.cli.roster import roster
from handouts.cli.schema import schema
from handouts.cli.sheet import sheet
from handouts.cli.signals import end_when_told, leave_the_end_to_python


class _Handouts(click.Group):
    """Turns whatever ends a command into a message and an exit code."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run as a process of its own, which a shell started."""
        try:
            with told():
                end_when_told()
                hide_arguments()
                leave_no_core()
                occupy_closed_streams()
            return self.main(*args, **kwargs)
        except click.exceptions.Exit as end:
            sys.exit(end.exit_code)
        finally:
            leave_the_end_to_python()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the command's name."""
        with told():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with told():
            refuse_no_folder()
            return super().invoke(ctx)


@click.group(
    cls=_Handouts,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="The first time: handouts new my-clinic",
)
@click.version_option(__version__, prog_name="handouts")
def main() -> None:
    """Print-ready brochures and take-home sheets for a dry-needling clinic."""


for command in (
    approve,
    batch,
    build,
    check,
    doctor,
    impose,
    list_,
    new,
    preflight,
    preview,
    roster,
    schema,
    sheet,
):
    main.add_command(command)
