"""What is refused before a job begins, because it could do nothing or would lose something."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.basics.errors import RequestError
from handouts.basics.findings import Finding, Report
from handouts.basics.settings import Setting, named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def refuse_idle_proof(profile: Profile, *, proof: bool) -> None:
    """Refuse a proof of what is for no press.

    Raises:
        RequestError: a proof is asked for, and the files are for no press.

    """
    if proof and profile is not Profile.PRESS:
        marked, press = named(Setting.PROOF), named(Setting.PROFILE, "press")
        what = f"{marked} marks the files of {press}"
        raise RequestError.because(what, mend=f"add {press}, or take {marked} out")


def refuse_idle_copies(profile: Profile, copies: int | None) -> None:
    """Refuse copies of what is for no press: a desk's printer is told them when it prints.

    Raises:
        RequestError: copies are given, and the files are for no press.

    """
    if copies is not None and profile is not Profile.PRESS:
        many, press = named(Setting.COPIES), named(Setting.PROFILE, "press")
        what = f"{many} stands on the ticket of {press}"
        raise RequestError.because(what, mend=f"add {press}, or take {many} out")


def refuse_one_file_for_two(written: Mapping[Setting, Path | None], content: Path) -> None:
    """See that no file is written over another that the job writes or reads.

    Raises:
        RequestError: two of them are one file.

    """
    places = {setting: _place(path) for setting, path in written.items() if path is not None}
    findings = [
        Finding(
            f"{named(setting)} would overwrite the clinic's content",
            mend="give the file another name",
        )
        for setting, place in places.items()
        if place == _place(content)
    ]
    if len(set(places.values())) < len(places):
        names = " and ".join(map(named, places))
        findings.append(Finding(f"{names} name the same file", mend="give each its own name"))
    if findings:
        raise RequestError(Report(tuple(findings)))


def _place(path: Path) -> str:
    return os.path.realpath(path)  # which takes links that go round
