"""What is refused before a job begins, because it could do nothing or would lose something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.basics.errors import RequestError
from handouts.basics.findings import Finding, Report
from handouts.basics.plain_files import place_of
from handouts.basics.settings import Setting, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


def refuse(findings: Iterable[Finding]) -> None:
    """Refuse a request in which anything was found.

    Raises:
        RequestError: with every finding.

    """
    if found := tuple(findings):
        raise RequestError(Report(found))


def idle(profile: Profile, *, proof: bool, copies: int | None = None) -> Iterator[Finding]:
    """Find what is asked of files for a press, where the files are for none."""
    if profile is Profile.PRESS:
        return
    press = named(Setting.PROFILE, "press")
    if proof:
        marked = named(Setting.PROOF)
        mend = f"add {press}, or take {marked} out"
        yield Finding(f"{marked} marks the files of {press}", mend=mend)
    if copies is not None:
        many = named(Setting.COPIES)
        mend = f"add {press}, or take {many} out"
        yield Finding(f"{many} stands on the ticket of {press}", mend=mend)


def secret_to_a_press(profile: Profile) -> Iterator[Finding]:
    """Find that a file which needs a password is for a press."""
    if profile is Profile.PRESS:
        mend = f"take {named(Setting.ENCRYPT)} out"
        yield Finding("a press can't open an encrypted file", mend=mend)


def overwriting(written: Mapping[Setting, Path], content: Path) -> Iterator[Finding]:
    """Find files that would be written over one another, or over the content."""
    places = {setting: place_of(path) for setting, path in written.items()}
    for setting, place in places.items():
        if place == place_of(content):
            what = f"{named(setting)} would overwrite the clinic's content"
            yield Finding(what, mend="give the file another name")
    if len(set(places.values())) < len(places):
        names = " and ".join(map(named, places))
        yield Finding(f"{names} name the same file", mend="give each its own name")
