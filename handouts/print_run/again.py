"""The command that prints mended rows as the run would have printed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.print_run.request import OPTIONS, USUAL_CONTENT

if TYPE_CHECKING:
    from handouts.print_run.event import Event, RosterPart


def command_for_mended(event: Event, part: RosterPart) -> list[str]:
    """Give the words of the command that prints the rows of a part once they are mended.

    They are printed with the defaults that hold in this run, which the rows don't name.
    """
    failed = event.files.failed(part.number)
    content = event.loaded.source.file
    options = [word for key, value in part.defaults.items() for word in (OPTIONS[key], value)]
    options += part.roster.said.options()
    if content != str(USUAL_CONTENT):
        options += ["--content", content]
    if event.use.profile is not Profile.OFFICE:
        options += ["--profile", event.use.profile, *["--proof"] * event.use.proof]
    mended = failed.with_name(failed.name.replace("-failed.csv", "-mended.pdf"))
    return ["handouts", "batch", str(failed), *options, "-o", str(mended)]
