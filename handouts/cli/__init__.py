"""The command line. What a command needs is imported when it runs, so that help is instant."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from handouts import __version__
from handouts.cli.console import tell
from handouts.cli.ending import told
from handouts.cli.process import hide_arguments, leave_no_core, occupy_closed_streams
from handouts.cli.signals import end_when_told, leave_the_end_to_python

_COMMANDS = {
    "approve": "Record that a patient stands for a testimonial, or a clinician for an exercise.",
    "batch": "Print everybody's sheet from a roster into one file, or all that a plan names.",
    "build": "Write the handouts as PDF files, ready for the printer.",
    "check": "Say everything that is wrong or doubtful in the content; write nothing.",
    "doctor": "Look whether this machine has all that is needed, and say how to mend what is "
    "missing.",
    "exercise": "Make an exercise of your own: begin its file, look through it, see it drawn.",
    "impose": "Place the pages of a PDF file on larger sheets, to be cut or folded.",
    "list": "Name the pieces, exercises, programmes and clinicians of the content.",
    "new": "Make a clinic's own folder, ready to build.",
    "preflight": "Look at finished PDF files as a printer would, and say what is wrong and where.",
    "preview": "Draw every page as a PNG picture, and folded pieces as they lie in the hand.",
    "roster": "Look through a list of people, or write a sample of one.",
    "schema": "Print the JSON Schema of content.yaml, or of a plan for a print run, for editors.",
    "sheet": "Make one patient's own sheet of exercises.",
}
"""Each with the first sentence of its help, so that the list of them imports none."""


class _Handouts(click.Group):
    """Imports a command when it is asked for; turns whatever ends it into a message and a code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        del ctx
        return [*_COMMANDS]  # a module of this package is called list

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; each stands in a module of its name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"handouts.cli.{cmd_name}")
        found = (item for item in vars(module).values() if isinstance(item, click.Command))
        return next(command for command in found if command.name == cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with its sentence."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([*_COMMANDS.items()])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run as a process of its own, which a shell started."""
        try:
            with told():
                end_when_told()
                hide_arguments()
                leave_no_core()
                occupy_closed_streams()
                code: Any = self.main(*args, **{**kwargs, "standalone_mode": False})
            sys.exit(code if isinstance(code, int) else 0)
        except click.exceptions.Exit as end:
            sys.exit(end.exit_code)
        except click.Abort:
            tell("Aborted!")
            sys.exit(1)
        finally:
            leave_the_end_to_python()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the command's name."""
        with told():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        from handouts.cli.paths import refuse_no_folder  # noqa: PLC0415 - help needs none of it

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
