"""``handouts sheet --ask``: the choices of one patient's sheet, one prompt after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.basics.choices import Edition
from handouts.basics.clock import today
from handouts.basics.errors import ContentError
from handouts.cli.answers import Answers
from handouts.cli.choose import (
    Items,
    Offer,
    UnclearError,
    changes,
    pick,
    pick_each,
    select,
    side_of,
)
from handouts.cli.console import answer_to, show_findings, tell
from handouts.compose.dose_words import dose_view, hold_time, how_long_words
from handouts.jobs import sheet as job
from handouts.models.dose import Hold
from handouts.prescribe.how_long import how_long
from handouts.prescribe.resolve import DEFAULT_LOG_WEEKS
from handouts.wording.language import MESSAGES, language

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import TypeVar

    from handouts.basics.findings import Report
    from handouts.jobs.sheet import Prescribing, SheetRequest
    from handouts.models.dose import Dose

    Chosen = TypeVar("Chosen")

LONGEST_SHOWN = 40
"""Letters of a value that a prompt shows; Enter keeps all of it."""
NOT_PRINTED = 1
"""The exit code for "no" at the last question."""
FEWEST_WORDS = 2
"""A reason of one word is more often a slip of the hand, like "y"."""
LABELS = {
    "hold": "Hold",
    "repetitions": "Repetitions",
    "sets": "Sets",
    "rest": "Rest between sets",
    "times_a_day": "Times a day",
    "days_a_week": "Days a week",
    "side": "Side: l, r or e (each)",
}
"""How a prompt names the parts of a dose, in the order in which they are asked."""


def ask(request: SheetRequest) -> Prescribing:
    """Ask for each choice; what options or a prescription's file gave are the defaults.

    Raises:
        ContentError: what was given can't be used, whatever is answered.
        KeyboardInterrupt: Ctrl-C.
        MachineError: the answers ended before the questions.
        click.exceptions.Exit: "no" to printing.

    """
    said = job.read(request)
    if request.strict and said.report.warnings:
        raise ContentError(said.report)
    answers = Answers.of(request, said)
    tell("Enter keeps what stands in [brackets]. Ctrl-C ends; nothing is written.")
    _ask_text(answers, "patient", "Patient's name")
    _ask_day(answers)
    _ask_clinician(answers)
    _ask_programme(answers)
    _ask_exercises(answers)
    _ask_what_lacks(answers)
    _ask_changes(answers)
    _ask_text(answers, "goal", "Goal, in the patient's words", needed=False)
    _ask_text(answers, "notes", "Notes", needed=False)
    _ask_text(answers, "next_visit", "Next visit", needed=False)
    _ask_weeks(answers)
    _ask_edition(answers)
    prescribing = job.prescribe(answers.request())
    _show_summary(prescribing)
    _confirm()
    return prescribing


def _tell_trouble(report: Report) -> None:
    """Say what is wrong with an answer, without the option it would have stood in."""
    for finding in report.errors:
        what = finding.what if finding.what.endswith(".") else f"{finding.what}."
        tell(f"  {what} {_upper_first(finding.mend)}".rstrip())


def _shown(value: object) -> str:
    """Show a default in brackets, as one short line."""
    text = " ".join(str(value).split())
    return f"[{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + '…'}]"


def _until_clear(question: str, read: Callable[[str], Chosen]) -> Chosen:
    """Ask until the answer can be read."""
    while True:
        try:
            return read(answer_to(question))
        except UnclearError as unclear:
            tell(f"  {unclear}")


def _ask_text(answers: Answers, key: str, question: str, *, needed: bool = True) -> None:
    """Ask for a text of the patient's own; "-" takes one back that need not be."""
    present = answers.now(key)
    if present is not None:
        question += f" {_shown(present)}" + ("" if needed else " (- for none)")
    while True:
        answer = answer_to(question)
        if not answer and needed and present is None:
            tell("  A sheet needs it.")
        elif not answer:
            return
        elif answer == "-" and not needed:
            answers.take_back(key)
            return
        else:
            report = answers.put(key, answer)
            if not report.errors:
                return
            _tell_trouble(report)


def _ask_day(answers: Answers) -> None:
    """Ask for the day only where one is given that is past or to come: it may be stale."""
    given = answers.now("date")
    if given is None or str(given) == str(today()):
        return
    while True:
        answer = answer_to(f"Day it is given {_shown(given)} (t for today, {today()})")
        if not answer:
            return
        report = answers.put("date", str(today()) if answer.lower() in {"t", "today"} else answer)
        if not report.errors:
            return
        _tell_trouble(report)


def _list(title: str, items: Items, marked: tuple[Offer, ...] = ()) -> None:
    tell(title, bold=True)
    for number, item in enumerate(items, 1):
        mark = "*" if item in marked else " "
        tell(f"{number:>3} {mark} {item.name}")


def _ask_clinician(answers: Answers) -> None:
    """Ask who gives it, where the clinic has more than one."""
    people = answers.loaded.content.clinic.clinicians
    if len(people) < 2:
        return
    items = [Offer(key, person.name) for key, person in people.items()]
    present = next((item for item in items if item.id == answers.now("clinician")), None)
    _list("Clinicians", items)
    question = "Which clinician?" + (f" {_shown(present.name)}" if present else "")
    item = _until_clear(
        question, lambda text: present if present and not text else pick(text, items)
    )
    answers.put("clinician", item.id)


def _ask_programme(answers: Answers) -> None:
    programmes = answers.loaded.content.programmes
    items = [Offer(key, programme.name) for key, programme in programmes.items()]
    if not items:
        return
    present = next((item for item in items if item.id == answers.now("programme")), None)
    _list("Programmes", items)
    question = f"Which programme? {_shown(present.name if present else 'none')}"
    if present:
        question += " (0 for none)"

    def read(text: str) -> Offer | None:
        if text == "0":
            return None
        return pick(text, items) if text else present

    item = _until_clear(question, read)
    if item is None:
        answers.take_back("programme")
    else:
        answers.put("programme", item.id)


def _ask_exercises(answers: Answers) -> None:
    items, present = answers.exercises, answers.preselected()
    _list("Exercises", items, present)
    question = "Which? 1 3 for these alone"
    if present:
        question += f", +4 adds, -2 takes out {_shown(_numbers(present, items))}"
    selected = _until_clear(question, lambda text: select(text, items, present))
    answers.chosen = tuple(item.id for item in selected)


def _numbers(chosen: tuple[Offer, ...], items: Items) -> str:
    return " ".join(str(number) for number, item in enumerate(items, 1) if item in chosen)


def _ask_what_lacks(answers: Answers) -> None:
    """Ask for each side that is missing, and about doses that are given past a limit."""
    for item in _on_the_sheet(answers):
        exercise = answers.loaded.content.exercises[item.id]
        while exercise.sides is not None and answers.dose(item.id).side is None:
            side = _until_clear(f"{item.name}: which side? l, r or e (each)", side_of)
            _tell_trouble(answers.change(item.id, {"side": side}))
        if answers.now("beyond_limits") is None:
            while not _settle(answers, item, ()):
                tell("  A sheet needs one or the other.")


def _on_the_sheet(answers: Answers) -> tuple[Offer, ...]:
    return tuple(item for item in answers.exercises if item.id in answers.chosen)


def _settle(answers: Answers, item: Offer, known: Collection[str], give_up: str = "") -> bool:
    """Ask until no limit is passed but with a reason; say whether that came about.

    What is ``known`` to be past a limit is not asked about. Enter alone gives up.
    """
    while True:
        past = [
            (part, what, mend)
            for part, what, mend in answers.past(item.id)
            if what not in known and (item.id, what) not in answers.reasons
        ]
        if not past:
            return True
        part, what, mend = past[0]
        tell(f"  {item.name}: {what}.")
        answer = answer_to(f"  {_upper_first(mend)}, or the reason to go past it{give_up}")
        if not answer:
            return False
        if answer[0].isdigit():
            _tell_trouble(answers.change(item.id, {part: answer}))
        elif len(answer.split()) < FEWEST_WORDS:
            tell('  A reason takes a few words, like "held it well for 60 s here".')
        else:
            answers.reasons[item.id, what] = answer


def _change(answers: Answers, item: Offer, parts: dict[str, str]) -> bool:
    """Change parts of a dose, or say what is wrong and leave it as it was."""
    kept = answers.parts.get(item.id, {})
    known = [what for _, what, _ in answers.past(item.id)]
    report = answers.change(item.id, parts)
    if report.errors:
        _tell_trouble(report)
        return False
    if _settle(answers, item, known, " [no change]"):
        return True
    answers.parts[item.id] = kept
    tell("  Not changed.")
    return False


def _ask_changes(answers: Answers) -> None:
    """Show the doses once and ask which to change, until none."""
    tell("Doses", bold=True)
    for item in _on_the_sheet(answers):
        _tell_dose(answers, item)

    question = "Change which? 2, or 2 hold=20s side=left [none]"
    while True:
        chosen, parts = _until_clear(question, lambda text: _meant(answers, text))
        if not chosen:
            return
        for item in chosen:
            before = answers.dose(item.id)
            if parts:
                _change(answers, item, parts)
            else:
                _ask_parts(answers, item)
            if answers.dose(item.id) != before:
                _tell_dose(answers, item)
        question = "Change another? [none]"


def _meant(answers: Answers, text: str) -> tuple[tuple[Offer, ...], dict[str, str]]:
    """Read which exercises change, and the parts of their doses where the answer has them."""
    meant, parts = changes(text)
    if not meant and not parts:
        return (), {}
    chosen = pick_each(meant, answers.exercises)
    for item in chosen:
        if item.id not in answers.chosen:
            raise UnclearError(f"{item.name} is not on the sheet.")
    return chosen, parts


def _tell_dose(answers: Answers, item: Offer) -> None:
    tell(f"{answers.exercises.index(item) + 1:>3}   {item.name}")
    tell(f"      {_dose_words(answers.dose(item.id))}")


def _dose_words(dose: Dose) -> str:
    return ". ".join(dose_view(language(MESSAGES), dose).words) + "."


def _hold_words(hold: Hold) -> str:
    return hold_time(language(MESSAGES), hold)


def _ask_parts(answers: Answers, item: Offer) -> None:
    """Ask for each part that the dose has."""
    for part, label in LABELS.items():
        value = answers.dose(item.id).given.get(part)
        if value is None:
            continue
        shown = _shown(_hold_words(value) if isinstance(value, Hold) else value)
        read = _side_if_any if part == "side" else str
        while answer := _until_clear(f"  {label} {shown}", read):
            if _change(answers, item, {part: answer}):
                break


def _side_if_any(text: str) -> str:
    return side_of(text) if text else ""


def _ask_weeks(answers: Answers) -> None:
    present = answers.now("log_weeks") or DEFAULT_LOG_WEEKS
    while answer := answer_to(f"Weeks of the log, 2 to 8 {_shown(present)}"):
        report = answers.put("log_weeks", int(answer) if answer.isdecimal() else answer)
        if not report.errors:
            return
        tell("  Write a whole number from 2 to 8.")


def _ask_edition(answers: Answers) -> None:
    items = [Offer(str(edition), str(edition)) for edition in Edition]
    present = str(answers.now("edition") or Edition.STANDARD)
    names = ", ".join(f"{number} {item.name}" for number, item in enumerate(items, 1))
    answer = _until_clear(
        f"Edition: {names} {_shown(present)}",
        lambda text: pick(text, items).id if text else None,
    )
    if answer is not None:
        answers.put("edition", answer)


def _show_summary(prescribing: Prescribing) -> None:
    sheet, content = prescribing.sheet, prescribing.loaded.content
    tell("")
    tell(sheet.patient, bold=True)
    say = language(MESSAGES)
    tell(f"{say.day(sheet.given_on)}, {content.clinic.clinicians[sheet.clinician].name}")
    for item in sheet.exercises:
        tell(f"  {content.exercises[item.exercise].name}", bold=True)
        tell(f"    {_dose_words(item.dose)}")
        if item.note:
            tell(f"    {item.note}")
    tell(how_long_words(say, how_long(sheet.exercises, content.exercises)))
    own = {"Goal": sheet.goal, "Notes": sheet.notes, "Next visit": sheet.next_visit}
    own["Past a limit because"] = sheet.beyond_limits
    for label, text in own.items():
        if text:
            tell(f"{label}: {text}")
    tell(f"Log: {sheet.log_weeks} weeks. Edition: {sheet.edition}. Paper: {sheet.paper}.")
    show_findings(prescribing.report.warnings)


def _confirm() -> None:
    while answer := answer_to("Print it? [Y/n]").lower():
        if answer in {"n", "no"}:
            tell("Nothing is written.")
            raise click.exceptions.Exit(NOT_PRINTED)
        if answer in {"y", "yes"}:
            return
        tell("  Write y or n.")


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
