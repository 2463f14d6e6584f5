"""What the tests of runs share: a run that is printed, and sheets for it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from conftest import ROOT
from test_scripts import NAMES

from handouts.basics.choices import Edition, Layout
from handouts.basics.papers import Paper
from handouts.basics.workers import Workers, cores
from handouts.load.content import load_content
from handouts.mail_merge import merge
from handouts.mail_merge.rows import RunRow
from handouts.models.prescription import PatientSheet, Prescribed
from handouts.pipeline.on_all_cores import get_ready

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handouts.mail_merge.results import RunResult
    from handouts.mail_merge.rows import RunItem


LOADED = load_content(ROOT / "content.yaml")
EXERCISES = tuple(
    Prescribed(name, exercise.dose.model_copy(update={"side": exercise.sides and "each"}), None)
    for name, exercise in LOADED.content.exercises.items()
)
WORDS = tuple(NAMES.values())


def print_run(
    asked: Iterable[RunItem], target: Path, *, resume: bool = False, **options: Any
) -> RunResult:
    """Print a run with its work beside it, as it is kept for ``--resume``."""
    work = target.with_name(target.name + ".parts")
    if not resume:
        shutil.rmtree(work, ignore_errors=True)
    with Workers(cores(), get_ready) as pool:
        result = merge.print_run(asked, target, work, pool=pool, **options)
    shutil.rmtree(work)
    return result


def sheet(patient: str = "Ada Sample", **changes: Any) -> PatientSheet:
    plain = PatientSheet(
        patient=patient,
        given_on=date(2026, 11, 23),
        clinician="natalie",
        exercises=EXERCISES,
        goal="Sleep through the night.",
        notes="Start gently.",
        next_visit="Tuesday, December 1, 10:30 am",
        edition=Edition.STANDARD,
        paper=Paper.LETTER,
        layout=Layout.AUTO,
        log_weeks=2,
        beyond_limits=(),
    )
    return replace(plain, **changes)


KINDS: tuple[dict[str, Any], ...] = (
    {},
    {"edition": Edition.LARGE_PRINT, "exercises": EXERCISES[:1], "next_visit": None},
    {"edition": Edition.INK_SAVER, "paper": Paper.A4, "notes": None},
    {"paper": Paper.A4, "exercises": EXERCISES[:2], "log_weeks": 3},
    {"edition": Edition.LARGE_PRINT, "paper": Paper.A4, "exercises": EXERCISES[:1], "goal": None},
)


def in_every_script() -> list[RunRow]:
    """Each script as a name, as a goal and as a note, over the editions and papers.

    All exercises, of which words know nothing, are on the first sheet of a kind alone.
    """
    made = []
    for index, name in enumerate(WORDS):
        kind = KINDS[index % len(KINDS)]
        one = {} if index < len(KINDS) else {"exercises": EXERCISES[:1]}
        own = {"goal": f"{WORDS[index - 7]} 2!", "notes": WORDS[index - 13]} | kind | one
        made.append(RunRow(f"{index:04}", sheet(name, **own)))
    made.append(RunRow("", sheet("Maximiliana-Theodora von Hohenlohe-Langenburg")))
    made.append(RunRow("A-7/b", sheet("Maximilian Theodor Hohenlohe Sample")))
    return made
