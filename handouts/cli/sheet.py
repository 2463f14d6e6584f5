"""``handouts sheet``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.basics.counting import counted
from handouts.cli.console import say, secret_answer_to, show_warnings
from handouts.cli.options import (
    content_option,
    profile_option,
    proof_option,
    quiet_option,
    refuse_idle_proof,
    strict_option,
)
from handouts.cli.paths import PathType
from handouts.cli.standard_input import STANDARD_INPUT, first_line, whole_text

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.jobs.sheet import Prescribing, SheetRequest

FIELDS = {
    "patient": "--for",
    "date": "--date",
    "clinician": "--clinician",
    "programme": "--programme",
    "leave_out": "--leave-out",
    "order": "--order",
    "goal": "--goal",
    "notes": "--notes",
    "next_visit": "--next-visit",
    "edition": "--edition",
    "paper": "--paper",
    "layout": "--layout",
    "log_weeks": "--weeks",
    "beyond_limits": "--beyond-limits",
}
"""The options that say what a prescription says, by its keys."""


@click.command(
    epilog="Example: handouts sheet --for 'Ada Sample' --programme neck-and-head-start "
    "--exercise levator-scapulae-stretch:hold=20s,side=left"
)
@click.argument("prescription", required=False, type=PathType(), metavar="[PRESCRIPTION]")
@content_option
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
    help="An exercise, with what changes in its dose: hold, reps, sets, rest, times (a day), "
    "days (a week), side. May be given more than once.",
)
@click.option("--leave-out", multiple=True, metavar="ID", help="An exercise of the programme.")
@click.option("--clinician", metavar="ID", help="Who gives it; see: handouts list")
@click.option("--date", metavar="DAY", help="The day it is given.  [default: today]")
@click.option("--goal", metavar="TEXT", help="The goal, in the patient's own words.")
@click.option("--notes", metavar="TEXT", help="A note for the patient.")
@click.option("--next-visit", metavar="TEXT", help="When to come again.")
@click.option("--weeks", "log_weeks", type=int, help="Weeks of the log, 2 to 8.  [default: 2]")
@click.option(
    "--order",
    type=click.Choice(["posture", "as-listed"]),
    help="The order of the exercises.  [default: posture]",
)
@click.option(
    "--layout",
    type=click.Choice(["auto", "1", "2", "4"]),
    help="Exercises a page.  [default: auto, the largest that fits on two sides]",
)
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="[default: the clinic's own]")
@click.option(
    "--edition",
    type=click.Choice(["standard", "large-print", "ink-saver"]),
    help="How it is set.  [default: standard]",
)
@profile_option
@proof_option
@click.option(
    "--beyond-limits",
    metavar="REASON",
    help="Let a dose go past its limit; the reason is kept in the saved prescription only.",
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
    "-o",
    "--output",
    type=PathType(dir_okay=False),
    metavar="FILE.pdf",
    help="Where the sheet goes.  [default: the next free out/sheet-N.pdf]",
)
@strict_option
@quiet_option
def sheet(
    prescription: Path | None, content: Path, exercises: tuple[str, ...], **given: Any
) -> None:
    """Make one patient's own sheet of exercises.

    What is said here goes before the PRESCRIPTION file, which goes before the programme,
    which goes before the exercise's own dose. A PRESCRIPTION of - is read from standard input.
    """
    refuse_idle_proof(given["profile"], proof=given["proof"])
    if given["encrypt"] and given["profile"] == "press":
        raise click.UsageError("a press can't open an encrypted file; take --encrypt out")

    _refuse_one_file_for_two(given["output"], given["save"], content)
    _refuse_one_input_for_two(prescription, given["patient"], ask=given["ask"])
    if given["patient"] == STANDARD_INPUT:
        given["patient"] = first_line("Patient's name")
    source = whole_text() if str(prescription) == STANDARD_INPUT else prescription
    password = secret_answer_to("Password for the file") if given["encrypt"] else None

    from handouts.deliver.folder import claimed  # noqa: PLC0415
    from handouts.pipeline.on_all_cores import engine_ahead  # noqa: PLC0415

    written = [path for path in (given["output"], given["save"]) if path is not None]
    with claimed(*written), engine_ahead() as lay_out:
        from handouts.basics.choices import Profile  # noqa: PLC0415
        from handouts.basics.findings import Report  # noqa: PLC0415 - while the engine gets ready
        from handouts.jobs import sheet as job  # noqa: PLC0415

        request = job.SheetRequest(
            content=content,
            prescription=source,
            values={key: given[key] for key in FIELDS if given[key] not in {None, ()}},
            option_names=FIELDS,
            exercises=exercises,
            initials=given["initials"],
            strict=given["strict"],
            profile=Profile(given["profile"]),
            proof=given["proof"],
        )
        prescribing = _asked(request) if given["ask"] else job.prescribe(request)
        printed = job.print_sheet(prescribing, password, lay_out)
        saved = job.saved_prescription(prescribing) if given["save"] else b""
        target = job.write_sheet(printed, given["output"], given["save"], saved)
        seen = prescribing.report.findings if given["ask"] else ()
        new = tuple(finding for finding in printed.report.findings if finding not in seen)
        show_warnings(Report(new), quiet=given["quiet"])
        if not given["quiet"]:
            sides = counted(printed.pages, "side")
            say(f"{target}  {sides}, {prescribing.sheet.paper}")
            if given["save"]:
                say(str(given["save"]))


def _refuse_one_file_for_two(output: Path | None, save: Path | None, content: Path) -> None:
    """See that no file is written over another that this command writes or reads."""
    for option, path in (("--output", output), ("--save", save)):
        if path is not None and path.absolute() == content.absolute():
            raise click.UsageError(f"{option} would overwrite the clinic's content.")
    if output is not None and save is not None and output.absolute() == save.absolute():
        raise click.UsageError("--output and --save name the same file.")


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


def _asked(request: SheetRequest) -> Prescribing:
    from handouts.cli.ask import ask  # noqa: PLC0415

    return ask(request)
