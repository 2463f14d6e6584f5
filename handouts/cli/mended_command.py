"""The command that prints mended rows as the run would have printed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.basics.settings import Setting
from handouts.cli.setting_names import option

if TYPE_CHECKING:
    from handouts.jobs.print_run import RowsToMend


def command_for_mended(mend: RowsToMend) -> list[str]:
    """Give the words of the command that prints rows once they are mended.

    They are printed with the defaults that hold in this run, which the rows don't name.
    """
    given = [(Setting(key), value) for key, value in mend.defaults.items()]
    given += [(Setting.COLUMN, f"{name}={header}") for name, header in mend.columns]
    if mend.content is not None:
        given.append((Setting.CONTENT, mend.content))
    if mend.profile is not Profile.OFFICE:
        given.append((Setting.PROFILE, mend.profile))
    if mend.each is not None:
        given.append((Setting.EACH, str(mend.each)))
    options = [word for setting, value in given for word in (option(setting), value)]
    if mend.proof:
        options.append(option(Setting.PROOF))
    mended = mend.roster.with_name(mend.roster.name.replace("-failed.csv", "-mended.pdf"))
    return ["handouts", "batch", str(mend.roster), *options, "-o", str(mended)]
