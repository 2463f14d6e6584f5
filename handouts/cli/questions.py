"""The questions about one patient's sheet, each by itself: what is answered goes into a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Diary, Edition
from handouts.basics.clock import today
from handouts.basics.papers import Paper
from handouts.cli.choose import UnclearError, pick, pick_each, select
from handouts.cli.console import answer_to, tell
from handouts.jobs.meant import Items, Offer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    from handouts.basics.findings import Report
    from handouts.jobs.draft import Draft

    Chosen = TypeVar("Chosen")

LONGEST_SHOWN = 40
"""Letters of a value that a prompt shows; Enter keeps all of it."""
BACK = frozenset({"back", "<"})
UNDO = frozenset({"undo", "<<"})
"""Answers to any question, in small letters, as nobody's name or goal is written."""


class BackError(Exception):
    """The question before is asked for."""


class UndoError(Exception):
    """What was answered last is to be as it was before."""


def reply_to(question: str, present: str = "", offers: Items = ()) -> str:
    """Ask, as ``answer_to``.

    Raises:
        BackError, UndoError: that was the answer.
        KeyboardInterrupt, MachineError: as ``answer_to``.

    """
    answer = answer_to(question, present, [item.id for item in offers])
    if answer in BACK:
        raise BackError
    if answer in UNDO:
        raise UndoError
    return answer


def tell_trouble(report: Report) -> None:
    """Say what is wrong with an answer, without the option it would have stood in."""
    for finding in report.errors:
        what = finding.what if finding.what.endswith(".") else f"{finding.what}."
        tell(f"  {what} {upper_first(finding.mend)}".rstrip())


def in_brackets(value: object) -> str:
    """Show a default in brackets, as one short line."""
    text = " ".join(str(value).split())
    return f"[{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + '…'}]"


def upper_first(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def until_clear(
    question: str, read: Callable[[str], Chosen], present: str = "", offers: Items = ()
) -> Chosen:
    """Ask until the answer can be read."""
    while True:
        try:
            return read(reply_to(question, present, offers))
        except UnclearError as unclear:
            tell(f"  {unclear}")


def ask_text(draft: Draft, key: str, question: str, *, needed: bool = True) -> None:
    """Ask for a text of the patient's own; "-" takes one back that need not be."""
    present = draft.now(key)
    if present is not None:
        question += f" {in_brackets(present)}" + ("" if needed else " (- for none)")
    while True:
        answer = reply_to(question, str(present or ""))
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
            tell_trouble(report)


def is_another_day(draft: Draft) -> bool:
    """Say whether a day is given that is past or to come: it may be stale."""
    given = draft.now("date")
    return given is not None and str(given) != str(today())


def ask_day(draft: Draft) -> None:
    """Ask for the day on which the sheet is given."""
    given = draft.now("date") or today()
    while True:
        answer = reply_to(f"Day it is given {in_brackets(given)} (t for today, {today()})")
        if not answer:
            return
        report = draft.put("date", str(today()) if answer.lower() in {"t", "today"} else answer)
        if not report.errors:
            return
        tell_trouble(report)


def _list(title: str, items: Items, marked: tuple[Offer, ...] = ()) -> None:
    tell(title, bold=True)
    for number, item in enumerate(items, 1):
        mark = "*" if item in marked else " "
        tell(f"{number:>3} {mark} {item.name}")


def ask_clinician(draft: Draft) -> None:
    """Ask who gives it."""
    items = draft.clinicians
    present = next((item for item in items if item.id == draft.now("clinician")), None)
    _list("Clinicians", items)
    question = "Which clinician?" + (f" {in_brackets(present.name)}" if present else "")
    item = until_clear(
        question, lambda text: present if present and not text else pick(text, items), offers=items
    )
    draft.put("clinician", item.id)


def ask_programme(draft: Draft) -> None:
    """Ask for a set of exercises to begin with; what was chosen from another goes."""
    items = draft.programmes
    present = next((item for item in items if item.id == draft.now("programme")), None)
    _list("Programmes", items)
    question = f"Which programme? {in_brackets(present.name if present else 'none')}"
    if present:
        question += " (0 for none)"

    def read(text: str) -> Offer | None:
        if text == "0":
            return None
        return pick(text, items) if text else present

    item = until_clear(question, read, offers=items)
    if item == present:
        return
    if item is None:
        draft.take_back("programme")
    else:
        draft.put("programme", item.id)
    draft.chosen = ()


def ask_exercises(draft: Draft) -> None:
    """Ask which exercises are on the sheet."""
    items, present = draft.exercises, draft.on_the_sheet or draft.preselected()
    _list("Exercises", items, present)
    question = "Which? 1 3 for these alone"
    if present:
        question += f", +4 adds, -2 takes out {in_brackets(_numbers(present, items))}"
    selected = until_clear(question, lambda text: select(text, items, present), offers=items)
    draft.chosen = tuple(item.id for item in selected)


def _numbers(chosen: tuple[Offer, ...], items: Items) -> str:
    return " ".join(str(number) for number, item in enumerate(items, 1) if item in chosen)


def ask_weeks(draft: Draft) -> None:
    """Ask how long the log runs."""
    while answer := reply_to(f"Weeks of the log, 2 to 8 {in_brackets(draft.log_weeks)}"):
        report = draft.put("log_weeks", int(answer) if answer.isdecimal() else answer)
        if not report.errors:
            return
        tell("  Write a whole number from 2 to 8.")


def ask_edition(draft: Draft) -> None:
    """Ask how the sheet is set."""
    _ask_one(draft, "edition", Edition, draft.edition)


def ask_paper(draft: Draft) -> None:
    """Ask for the paper."""
    _ask_one(draft, "paper", Paper, draft.now("paper") or draft.loaded.content.clinic.paper)


def _ask_one(draft: Draft, key: str, choices: Iterable[object], present: object) -> None:
    items = [Offer(str(choice), str(choice)) for choice in choices]
    names = ", ".join(f"{number} {item.name}" for number, item in enumerate(items, 1))
    answer = until_clear(
        f"{key.capitalize()}: {names} {in_brackets(present)}",
        lambda text: pick(text, items).id if text else None,
        offers=items,
    )
    if answer is not None:
        draft.put(key, answer)


def ask_diary(draft: Draft) -> None:
    """Ask what the log asks for each day, beside the exercises."""
    items = [Offer(str(one), str(one)) for one in Diary]
    names = ", ".join(f"{number} {item.name}" for number, item in enumerate(items, 1))
    present = draft.diary
    shown = in_brackets(" ".join(map(str, present)) or "nothing")
    question = f"The log asks each day for: {names}, or - for nothing {shown}"

    def read(text: str) -> tuple[str, ...] | None:
        if not text:
            return None
        return () if text == "-" else tuple(item.id for item in pick_each(text, items))

    answer = until_clear(question, read, offers=items)
    if answer is not None:
        draft.put("log", answer)
