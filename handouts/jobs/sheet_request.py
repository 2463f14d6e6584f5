"""What is asked for when one patient's sheet is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Profile
from handouts.basics.findings import Finding
from handouts.basics.settings import Setting, named
from handouts.jobs.refused import idle, overwriting, refuse, secret_to_a_press

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LEAST_PASSWORD = 15
"""Letters of a password, spaces among them: NIST SP 800-63B-4 (2025), section 3.1.1.2, of one that
guards by itself. Whoever has the file can try as many as a computer can, unseen."""


def password_fault(password: str) -> str:
    """Say what is wrong with a password for a file; empty where nothing is. None is repeated."""
    if len(" ".join(password.split())) >= LEAST_PASSWORD:
        return ""
    return (
        f"A password needs {LEAST_PASSWORD} letters at least, because a computer can try all "
        "short ones on the file. Write three or four words."
    )


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """One patient's sheet, as it is asked for; what is left out may be asked for yet."""

    content: Path
    prescription: Path | bytes | None = None
    """A file, or what standard input held of one."""
    like: Path | None = None
    """An earlier sheet's file to begin from: without its day, and what held on that day alone."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What goes before the prescription's file, by the keys that stand there. In place of an id a
    part of a name will do, if it can mean one alone."""
    exercises: tuple[str, ...] = ()
    """Each an id with the parts of its dose that change: ``ID:hold=20s,side=left``."""
    changes: tuple[str, ...] = ()
    """What is changed in the exercises' own words: ``ID:step2=TEXT``, ``ID:note=TEXT``."""
    without: frozenset[str] = frozenset()
    """Keys of the prescription's file that are left aside."""
    initials: bool = False
    """Whether the initials stand for the name, on the sheet and in what is kept."""
    strict: bool = False
    profile: Profile = Profile.OFFICE
    proof: bool = False
    """Whether a press file is for looking at alone."""
    preview: bool = False
    """Whether each page is drawn as a picture beside the sheet."""
    out: Path | None = None
    """Where the sheet goes; None gives it the next name in out/ that is free."""
    save: Path | None = None
    """Where the prescription is kept, to print it again."""
    as_programme: str | None = None
    """The id of a programme that is written into the content, with the sheet's exercises."""
    record: bool = False
    """Whether what was given is said as text, for the clinic's own records."""
    record_name: bool = False
    """Whether that text names the patient."""

    @property
    def final(self) -> bool:
        """Whether prints that are paid for would be made from it."""
        return self.profile is Profile.PRESS and not self.proof

    @property
    def written(self) -> dict[Setting, Path]:
        """The files that have a name, by the setting that gave it."""
        places = {Setting.OUTPUT: self.out, Setting.SAVE: self.save}
        return {setting: path for setting, path in places.items() if path is not None}

    def refuse_unfit(self, *, encrypted: bool) -> None:
        """Refuse what could do nothing, or would write over what is read or written.

        ``encrypted`` says whether the file is to need a password.

        Raises:
            RequestError: with every finding.

        """
        refuse(
            (
                *idle(self.profile, proof=self.proof),
                *(secret_to_a_press(self.profile) if encrypted else ()),
                *(_open_pictures() if encrypted and self.preview else ()),
                *(_two_to_begin_from() if None not in (self.like, self.prescription) else ()),
                *overwriting(self.written, self.content),
            )
        )


def _two_to_begin_from() -> Iterator[Finding]:
    """Find that a sheet is to be that of a file, and only like another one's."""
    yield Finding(
        f"a prescription and {named(Setting.LIKE)} are two sheets to begin from",
        mend="name one of them",
    )


def _open_pictures() -> Iterator[Finding]:
    """Find that pictures would show what a password hides."""
    preview, encrypt = named(Setting.PREVIEW), named(Setting.ENCRYPT)
    yield Finding(
        "a picture of the sheet needs no password",
        f"so {preview} would show what {encrypt} hides",
        f"take {preview} out, or {encrypt}",
    )
