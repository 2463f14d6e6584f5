"""``handouts sheet --ask``: the choices of one patient's sheet, one prompt after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.basics.choices import Edition
from handouts.basics.clock import today
from handouts.cli.choose import UnclearError, changes, pick, pick_each, select, side_of
from handouts.cli.console import answer_to, show_findings, tell
from handouts.jobs.draft import Draft, Items, Offer, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import TypeVar

    from handouts.basics.findings import Report
    from handouts.jobs.prescribing import Prescribing

    Chosen = TypeVar("Chosen")

LONGEST_SHOWN = 40
"""Letters of a value that a prompt shows; Enter keeps all of it."""
NOT_PRINTED = 1
"""The exit code for "no" at the last question."""
LABELS = {
    "hold": "Hold",
    "repetitions": "Repetitions",
    "sets": "Sets",
    "rest": "Rest between sets",
    "minutes": "Minutes",
    "times_a_day": "Times a day",
    "days_a_week": "Days: a count a week, or Mon/Wed/Fri",
    "side": "Side: l, r or e (each)",
}
"""How a prompt names the parts of a dose, in the order in which they are asked."""


def ask(draft: Draft) -> Prescribing:
    """Ask for each choice; what options or a prescription's file gave are the defaults.

    Raises:
        ContentError: what was given can't be used, whatever is answered.
        KeyboardInterrupt: Ctrl-C.
        MachineError: the answers ended before the questions.
        click.exceptions.Exit: "no" to printing.

    """
    tell("Enter keeps what stands in [brackets]. Ctrl-C ends; nothing is written.")
    _ask_text(draft, "patient", "Patient's name")
    _ask_day(draft)
    _ask_clinician(draft)
    _ask_programme(draft)
    _ask_exercises(draft)
    _ask_what_lacks(draft)
    _ask_changes(draft)
    _ask_text(draft, "goal", "Goal, in the patient's words", needed=False)
    _ask_text(draft, "notes", "Notes", needed=False)
    _ask_text(draft, "next_visit", "Next visit", needed=False)
    _ask_weeks(draft)
    _ask_edition(draft)
    prescribing = draft.prescribed()
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


def _ask_text(draft: Draft, key: str, question: str, *, needed: bool = True) -> None:
    """Ask for a text of the patient's own; "-" takes one back that need not be."""
    present = draft.now(key)
    if present is not None:
        question += f" {_shown(present)}" + ("" if needed else " (- for none)")
    while True:
        answer = answer_to(question)
        if not answer and needed and present is None:
            tell("  A sheet needs it.")
        elif not answer:
            return
        elif answer == "-" and not needed:
            draft.take_back(key)
            return
        else:
            report = draft.put(key, answer)
            if not report.errors:
                return
            _tell_trouble(report)


def _ask_day(draft: Draft) -> None:
    """Ask for the day only where one is given that is past or to come: it may be stale."""
    given = draft.now("date")
    if given is None or str(given) == str(today()):
        return
    while True:
        answer = answer_to(f"Day it is given {_shown(given)} (t for today, {today()})")
        if not answer:
            return
        report = draft.put("date", str(today()) if answer.lower() in {"t", "today"} else answer)
        if not report.errors:
            return
        _tell_trouble(report)


def _list(title: str, items: Items, marked: tuple[Offer, ...] = ()) -> None:
    tell(title, bold=True)
    for number, item in enumerate(items, 1):
        mark = "*" if item in marked else " "
        tell(f"{number:>3} {mark} {item.name}")


def _ask_clinician(draft: Draft) -> None:
    """Ask who gives it, where the clinic has more than one."""
    items = draft.clinicians
    if len(items) < 2:
        return
    present = next((item for item in items if item.id == draft.now("clinician")), None)
    _list("Clinicians", items)
    question = "Which clinician?" + (f" {_shown(present.name)}" if present else "")
    item = _until_clear(
        question, lambda text: present if present and not text else pick(text, items)
    )
    draft.put("clinician", item.id)


def _ask_programme(draft: Draft) -> None:
    items = draft.programmes
    if not items:
        return
    present = next((item for item in items if item.id == draft.now("programme")), None)
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
        draft.take_back("programme")
    else:
        draft.put("programme", item.id)


def _ask_exercises(draft: Draft) -> None:
    items, present = draft.exercises, draft.preselected()
    _list("Exercises", items, present)
    question = "Which? 1 3 for these alone"
    if present:
        question += f", +4 adds, -2 takes out {_shown(_numbers(present, items))}"
    selected = _until_clear(question, lambda text: select(text, items, present))
    draft.chosen = tuple(item.id for item in selected)


def _numbers(chosen: tuple[Offer, ...], items: Items) -> str:
    return " ".join(str(number) for number, item in enumerate(items, 1) if item in chosen)


def _ask_what_lacks(draft: Draft) -> None:
    """Ask for each side that is missing, and about doses that are given past a limit."""
    for item in draft.on_the_sheet:
        while draft.lacks_side(item.id):
            side = _until_clear(f"{item.name}: which side? l, r or e (each)", side_of)
            _tell_trouble(draft.change(item.id, {"side": side}))
        while not _settle(draft, item, ()):
            tell("  A sheet needs one or the other.")


def _settle(draft: Draft, item: Offer, known: Collection[object], give_up: str = "") -> bool:
    """Ask until no limit is passed but with a reason; say whether that came about.

    What is ``known`` to be past a limit is not asked about. Enter alone gives up.
    """
    while True:
        past = [passed for passed in draft.past(item.id) if passed not in known]
        if not past:
            return True
        passed = past[0]
        tell(f"  {item.name}: {passed.what}.")
        answer = answer_to(f"  {_upper_first(passed.mend)}, or the reason to go past it{give_up}")
        if not answer:
            return False
        if answer[0].isdigit():
            _tell_trouble(draft.change(item.id, {passed.part: answer}))
        elif trouble := draft.let_pass(item.id, passed, answer):
            tell(f"  {_upper_first(trouble)}")


def _change(draft: Draft, item: Offer, parts: dict[str, str]) -> bool:
    """Change parts of a dose, or say what is wrong and leave it as it was."""
    kept = draft.parts.get(item.id, {})
    known = draft.past(item.id)
    report = draft.change(item.id, parts)
    if report.errors:
        _tell_trouble(report)
        return False
    if _settle(draft, item, known, " [no change]"):
        return True
    draft.parts[item.id] = kept
    tell("  Not changed.")
    return False


def _ask_changes(draft: Draft) -> None:
    """Show the doses once and ask which to change, until none."""
    tell("Doses", bold=True)
    for item in draft.on_the_sheet:
        _tell_dose(draft, item)

    question = "Change which? 2, or 2 hold=20s side=left [none]"
    while True:
        chosen, parts = _until_clear(question, lambda text: _meant(draft, text))
        if not chosen:
            return
        for item in chosen:
            before = draft.dose_parts(item.id)
            if parts:
                _change(draft, item, parts)
            else:
                _ask_parts(draft, item)
            if draft.dose_parts(item.id) != before:
                _tell_dose(draft, item)
        question = "Change another? [none]"


def _meant(draft: Draft, text: str) -> tuple[tuple[Offer, ...], dict[str, str]]:
    """Read which exercises change, and the parts of their doses where the answer has them."""
    meant, parts = changes(text)
    if not meant and not parts:
        return (), {}
    chosen = pick_each(meant, draft.exercises)
    for item in chosen:
        if item.id not in draft.chosen:
            raise UnclearError(f"{item.name} is not on the sheet.")
    return chosen, parts


def _tell_dose(draft: Draft, item: Offer) -> None:
    tell(f"{draft.exercises.index(item) + 1:>3}   {item.name}")
    tell(f"      {draft.dose_words(item.id)}")


def _ask_parts(draft: Draft, item: Offer) -> None:
    """Ask for each part that the dose has."""
    for part, label in LABELS.items():
        value = draft.dose_parts(item.id).get(part)
        if value is None:
            continue
        shown = _shown(value)
        read = _side_if_any if part == "side" else str
        while answer := _until_clear(f"  {label} {shown}", read):
            if _change(draft, item, {part: answer}):
                break


def _side_if_any(text: str) -> str:
    return side_of(text) if text else ""


def _ask_weeks(draft: Draft) -> None:
    while answer := answer_to(f"Weeks of the log, 2 to 8 {_shown(draft.log_weeks)}"):
        report = draft.put("log_weeks", int(answer) if answer.isdecimal() else answer)
        if not report.errors:
            return
        tell("  Write a whole number from 2 to 8.")


def _ask_edition(draft: Draft) -> None:
    items = [Offer(str(edition), str(edition)) for edition in Edition]
    names = ", ".join(f"{number} {item.name}" for number, item in enumerate(items, 1))
    answer = _until_clear(
        f"Edition: {names} {_shown(draft.edition)}",
        lambda text: pick(text, items).id if text else None,
    )
    if answer is not None:
        draft.put("edition", answer)


def _show_summary(prescribing: Prescribing) -> None:
    sheet = summary(prescribing)
    tell("")
    tell(sheet.patient, bold=True)
    tell(f"{sheet.day}, {sheet.clinician}")
    for name, dose, note in sheet.exercises:
        tell(f"  {name}", bold=True)
        tell(f"    {dose}")
        if note:
            tell(f"    {note}")
    tell(sheet.how_long)
    own = {"Goal": sheet.goal, "Notes": sheet.notes, "Next visit": sheet.next_visit}
    for label, text in own.items():
        if text:
            tell(f"{label}: {text}")
    for reason in sheet.beyond_limits:
        tell(f"Past a limit: {reason}")
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
