"""``handouts sheet``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from handouts.basics.choices import Diary, Edition, Layout, Order
from handouts.basics.findings import Report
from handouts.basics.papers import Paper
from handouts.cli.console import say, secret_answer_to, show_warnings, tell
from handouts.cli.options import (
    ListOf,
    OneOf,
    content_option,
    out_option,
    profile_option,
    proof_option,
    quiet_option,
    strict_option,
)
from handouts.cli.paths import PathType
from handouts.cli.standard_input import STANDARD_INPUT, first_line, whole_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handouts.basics.findings import Finding
    from handouts.jobs.draft import Draft
    from handouts.jobs.prescribing import Prescribing
    from handouts.jobs.sheet import MadeSheet, SheetRequest

KEYS = (
    "patient",
    "date",
    "clinician",
    "programme",
    "leave_out",
    "order",
    "goal",
    "notes",
    "next_visit",
    "edition",
    "paper",
    "layout",
    "log_weeks",
    "log",
    "beyond_limits",
)
"""Of a prescription: what an option can say as well."""
PARTS = (
    "changes",
    "like",
    "initials",
    "strict",
    "profile",
    "proof",
    "preview",
    "out",
    "save",
    "as_programme",
    "record",
    "record_name",
)
"""Of the request, by the same name."""


@click.command(
    epilog="Example: handouts sheet --for 'Ada Sample' --programme neck-and-head-start "
    "--exercise levator-scapulae-stretch:hold=20s,side=left"
)
@click.argument("prescription", required=False, type=PathType(), metavar="[PRESCRIPTION]")
@content_option
@click.option(
    "--like",
    type=PathType(),
    metavar="LAST.yaml",
    help="Begin from an earlier sheet: without its date, its past visit and its reasons.",
)
@click.option(
    "--for",
    "patient",
    metavar="NAME",
    help="The patient's name; - asks for it, or reads it from standard input.",
)
@click.option("--programme", metavar="ID", help="A set of exercises; see: handouts list")
@click.option(
    "--exercise",
    "exercises",
    multiple=True,
    metavar="ID[:PART=VALUE,…]",
    help="An exercise, with what changes in its dose: hold, reps, sets, rest, minutes, times (a "
    "day), days, side, at (times of day), every (hour), when (it is needed), load, held, effort, "
    "pain, stop; and left.hold, morning.reps, weeks1-2.hold. May be given more than once.",
)
@click.option(
    "--change",
    "changes",
    multiple=True,
    metavar="ID:PART=TEXT",
    help="This patient's own words: step2=…, mistake1=…, equipment=…, stop-if=… (one more sign), "
    "note=…; - leaves out, + takes the content's own again. May be given more than once.",
)
@click.option("--leave-out", multiple=True, metavar="ID", help="An exercise of the programme.")
@click.option("--clinician", metavar="ID", help="Who gives it; see: handouts list")
@click.option("--date", metavar="DAY", help="The day it is given.  [default: today]")
@click.option("--goal", metavar="TEXT", help="The goal, in the patient's own words.")
@click.option("--notes", metavar="TEXT", help="A note for the patient.")
@click.option("--next-visit", metavar="TEXT", help="When to come again.")
@click.option("--weeks", "log_weeks", type=int, help="Weeks of the log, 2 to 8.  [default: 2]")
@click.option(
    "--log",
    type=ListOf(Diary),
    metavar="pain,headache",
    help="What the log asks for each day, beside the exercises: pain of 10, headache, or both.",
)
@click.option(
    "--order",
    type=OneOf(Order),
    help="The order of the exercises.  [default: posture]",
)
@click.option(
    "--layout",
    type=OneOf(Layout),
    help="Exercises a page.  [default: auto, the largest that fits on two sides]",
)
@click.option("--paper", type=OneOf(Paper), help="[default: the clinic's own]")
@click.option(
    "--edition",
    type=OneOf(Edition),
    help="How it is set.  [default: standard]",
)
@profile_option
@proof_option
@click.option(
    "--beyond-limits",
    multiple=True,
    metavar="ID:PART=VALUE: WHY",
    help="Let one value of a dose go past its limit; why is kept in the saved prescription only. "
    "May be given more than once.",
)
@click.option("--initials", is_flag=True, help="Print and keep the patient's initials only.")
@click.option("--encrypt", is_flag=True, help="Ask for a password that opens the file.")
@click.option("--ask", is_flag=True, help="Ask for each part, with defaults.")
@click.option(
    "--save",
    type=PathType(dir_okay=False),
    metavar="FILE.yaml",
    help="Keep the prescription, to print it again.",
)
@click.option(
    "--as-programme",
    metavar="ID",
    help="Write these exercises and doses into the content, as a programme for other patients.",
)
@click.option(
    "--record",
    is_flag=True,
    help="Write what was given as text to standard output, for your records; without the name.",
)
@click.option("--record-name", is_flag=True, help="The same, with the patient's name.")
@click.option(
    "--preview",
    is_flag=True,
    help="Draw each page as a PNG picture beside the sheet; you alone can read it.",
)
@out_option("FILE.pdf", "Where the sheet goes.  [default: the next free out/sheet-N.pdf]")
@strict_option
@quiet_option
def sheet(
    prescription: Path | None, content: Path, exercises: tuple[str, ...], **given: Any
) -> None:
    """Make one patient's own sheet of exercises.

    What is said here goes before the PRESCRIPTION file, which goes before the programme,
    which goes before the exercise's own dose. A PRESCRIPTION of - is read from standard input.
    For an ID a part of a name will do, if it can mean one alone.
    """
    _refuse_one_input_for_two(prescription, given["patient"], ask=given["ask"])
    if given["patient"] == STANDARD_INPUT:
        given["patient"] = first_line("Patient's name")

    from handouts.jobs.sheet import (  # noqa: PLC0415 - help must be instant
        SheetRequest,
        make_sheet,
        password_fault,
    )

    request = SheetRequest(
        content=content,
        prescription=whole_text() if str(prescription) == STANDARD_INPUT else prescription,
        values={key: given[key] for key in KEYS if given[key] not in {None, ()}},
        exercises=exercises,
        **{key: given[key] for key in PARTS},
    )
    secret = partial(secret_answer_to, "Password for the file", password_fault)
    shown: list[Finding] = []
    make = partial(make_sheet, request, secret=secret if given["encrypt"] else None)
    made = _made_by_asking(request, make, shown) if given["ask"] else make()
    fresh = tuple(finding for finding in made.report.findings if finding not in shown)
    show_warnings(Report(fresh), quiet=given["quiet"])
    if not given["quiet"]:
        _tell_what_is_there(made, content, asked=given["ask"])
    for line in made.record.splitlines():
        say(line)


def _made_by_asking(
    request: SheetRequest, make: Callable[..., MadeSheet], shown: list[Finding]
) -> MadeSheet:
    """Make a sheet of answers; ``shown`` gets what was found and told on the way."""
    from handouts.cli.ask import Asking, begun, kept_until_made  # noqa: PLC0415 - seldom

    asked: list[Asking] = []

    def choose(draft: Draft) -> Prescribing:
        asked.append(begun(draft, request))
        prescribing = asked[0].ask()
        shown.extend(prescribing.report.findings)
        return prescribing

    with kept_until_made(asked, request.content):
        return make(choose=choose)


def _tell_what_is_there(made: MadeSheet, content: Path, *, asked: bool) -> None:
    """Name the files; standard output is for the record alone where there is one."""
    write = tell if made.record else say
    if not asked:
        for words in made.told:
            tell(words)
    sides = "1 side" if made.pages == 1 else f"{made.pages} sides"
    write(f"{made.path}  {sides}, {made.paper}")
    for number, picture in enumerate(made.pictures, start=1):
        write(f"{picture}  page {number}, which you alone can read")
    if made.saved is not None:
        write(str(made.saved))
    if made.programme is not None:
        write(f"{content}  programme {made.programme}")


def _refuse_one_input_for_two(prescription: Path | None, patient: str | None, *, ask: bool) -> None:
    """See that standard input is read for one thing alone."""
    from_input = str(prescription) == STANDARD_INPUT
    if from_input and patient == STANDARD_INPUT:
        raise click.UsageError(
            "standard input can hold the name or the prescription, not both: write the name "
            "into the prescription (patient: …), and take --for - out"
        )
    if from_input and ask:
        raise click.UsageError(
            "the answers to --ask come from standard input; name the prescription's file"
        )
    if patient == STANDARD_INPUT and ask:
        raise click.UsageError("--ask asks for the name; take --for - out")
