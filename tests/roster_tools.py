"""What the tests of rosters share: lists written, read, and what is said of them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from handouts.basics.errors import ContentError
from handouts.intake.roster.read import BadRow, RosterRow, read_roster

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder, Outcome

    from handouts.load.content import LoadedContent


TODAY = dt.date(2026, 12, 1)
HEAD = "name,programme\n"
GOOD = "Ada Sample,neck-and-head-start\n"
LEVATOR, OPEN_BOOK, RELEASE = "levator-scapulae-stretch", "open-book", "suboccipital-release"


def rows_of(path: Path, loaded: LoadedContent) -> list[RosterRow | BadRow]:
    return list(read_roster(path, loaded, TODAY))


def written(tmp_path: Path, text: str | bytes, name: str = "roster.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def good(path: Path, loaded: LoadedContent) -> list[RosterRow]:
    rows = rows_of(path, loaded)
    found = [row for row in rows if isinstance(row, RosterRow)]
    assert found == rows, [str(f) for row in rows for f in row.findings]
    return found


def the_bad(path: Path, loaded: LoadedContent) -> str:
    """Give the only finding of the only bad row."""
    bad = [row for row in rows_of(path, loaded) if isinstance(row, BadRow)]
    assert len(bad) == 1
    assert len(bad[0].findings) == 1, [str(f) for f in bad[0].findings]
    return str(bad[0].findings[0])


def refused(path: Path, loaded: LoadedContent) -> str:
    """Give what is said of a file that can't be read."""
    with pytest.raises(ContentError) as caught:
        rows_of(path, loaded)
    return "\n".join(map(str, caught.value.report.errors))


def check(clinic: ClinicFolder, text: str | bytes, *args: str, name: str = "roster.csv") -> Outcome:
    written(clinic.path, text, name)
    return clinic.run("roster", "check", name, *args)
