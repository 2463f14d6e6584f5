"""What the tests of the prompt share."""

from __future__ import annotations

import os
from pathlib import Path

import yaml
from conftest import ClinicFolder, Outcome, files_below

from handouts.jobs.meant import Offer

KEPT = "No sheet is made. Your answers are kept for you alone to read, until it is"
REST = "", "", "", "", ""
"""Enter for goal, notes, next visit, weeks and edition."""
FOUR = (
    Offer("suboccipital-release", "Suboccipital release"),
    Offer("levator-scapulae-stretch", "Levator scapulae stretch"),
    Offer("upper-trapezius-stretch", "Upper trapezius stretch"),
    Offer("open-book", "Open book mobilization"),
)


def asked(clinic: ClinicFolder, *answers: str, args: tuple[str | Path, ...] = ()) -> Outcome:
    """Answer the prompts, a line each; every answer must have been asked for."""
    typed = "".join(f"{answer}\n" for answer in answers)
    return clinic.run("sheet", "--ask", *args, typed=typed)


def refused_at_the_end(
    clinic: ClinicFolder, *answers: str, args: tuple[str | Path, ...] = ()
) -> str:
    """Answer all prompts and then "n"; give the summary. Nothing may be written."""
    before = files_below(clinic.path)
    outcome = asked(clinic, *answers, "n", args=args)
    assert outcome.code == 1, outcome.err
    assert outcome.out == ""
    assert outcome.err.endswith("Make the sheet? [Y/n]: n\nNothing is written.\n"), outcome.err
    assert files_below(clinic.path) == before
    return outcome.err


def drafts() -> list[Path]:
    """Give the drafts that are kept."""
    return list((Path(os.environ["XDG_CACHE_HOME"]) / "handouts" / "drafts").glob("*"))


def printed(clinic: ClinicFolder, name: str, outcome: Outcome) -> tuple[bytes, dict[str, object]]:
    assert outcome.code == 0, outcome.err
    kept = yaml.safe_load((clinic.path / f"{name}.yaml").read_text())
    return (clinic.path / f"{name}.pdf").read_bytes(), kept


def to(name: str) -> tuple[str, ...]:
    return ("-o", f"{name}.pdf", "--save", f"{name}.yaml")
