"""The command that prints mended rows as the run would have printed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.jobs.batch.request import USUAL_CONTENT
from handouts.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.jobs.batch.event import Event, RosterPart
    from handouts.load.prescription import Layer

OPTIONS = {
    "programme": "--programme",
    "clinician": "--clinician",
    "date": "--date",
    "edition": "--edition",
    "paper": "--paper",
    "language": "--language",
    "log_weeks": "--weeks",
}
"""Of ``handouts batch``, by a prescription's keys: what holds for rows that leave it out."""


def defaults_said(layers: Iterable[Layer]) -> dict[str, str]:
    """Give what defaults say, by a prescription's keys; a later one goes before an earlier one."""
    return {
        key: str(value)
        for layer in layers
        for key in OPTIONS
        if (value := getattr(layer.prescription, key)) is not None
    }


def command_for_mended(event: Event, part: RosterPart) -> list[str]:
    """Give the words of the command that prints the rows of a part once they are mended.

    They are printed with the defaults that hold in this run, which the rows don't name.
    """
    failed = event.files.failed(part.number)
    content = event.loaded.source.file
    options = [word for key, value in part.defaults.items() for word in (OPTIONS[key], value)]
    if content != str(USUAL_CONTENT):
        options += ["--content", content]
    if event.use.profile is not Profile.OFFICE:
        options += ["--profile", event.use.profile, *["--proof"] * event.use.proof]
    mended = failed.with_name(failed.name.replace("-failed.csv", "-mended.pdf"))
    return ["handouts", "batch", str(failed), *options, "-o", str(mended)]
