"""The command line. Commands import what they need when they run, so that help is instant."""

from __future__ import annotations

import sys
from typing import Any

import click

from handouts import __version__
from handouts.cli.batch import batch
from handouts.cli.build import build
from handouts.cli.check import check
from handouts.cli.console import fail
from handouts.cli.doctor import doctor
from handouts.cli.impose import impose
from handouts.cli.list import list_
from handouts.cli.new import new
from handouts.cli.preflight import preflight
from handouts.cli.preview import preview
from handouts.cli.roster import roster
from handouts.cli.schema import schema
from handouts.cli.sheet import sheet
from handouts.cli.signals import ToldToEndError, end_when_told, exit_code, leave_no_core


class _Handouts(click.Group):
    """Turns the project's own errors into messages and exit codes."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run as a process of its own, which a shell started."""
        end_when_told()
        leave_no_core()
        return self.main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except ToldToEndError as error:
            sys.exit(exit_code(error))
        except Exception as error:
            from handouts.errors import HandoutsError  # noqa: PLC0415 - only when one happens

            if not isinstance(error, HandoutsError):
                raise
            fail(error)
            sys.exit(error.exit_code)


@click.group(
    cls=_Handouts,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="The first time: handouts new my-clinic",
)
@click.version_option(__version__, prog_name="handouts")
def main() -> None:
    """Print-ready brochures and take-home sheets for a dry-needling clinic."""


for command in (
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
