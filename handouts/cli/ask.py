"""``handouts sheet --ask``: the choices of one patient's sheet, one prompt after another.

Each question can be gone back to, each answer taken back, and any of them changed at the end.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import click

from handouts.basics.errors import ContentError, HandoutsError
from handouts.cli.choose import candidates
from handouts.cli.console import answer_to, show_findings, tell, typed_by_hand
from handouts.cli.dose_questions import ask_changes, ask_what_lacks, lacks_anything
from handouts.cli.questions import (
    BackError,
    UndoError,
    ask_clinician,
    ask_day,
    ask_diary,
    ask_edition,
    ask_exercises,
    ask_paper,
    ask_programme,
    ask_text,
    ask_weeks,
    is_another_day,
    reply_to,
    tell_trouble,
)
from handouts.jobs.kept_draft import forget, keep, kept, taken_up
from handouts.jobs.meant import Offer
from handouts.jobs.summary import summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handouts.basics.findings import Finding, Report
    from handouts.jobs.choices import Choices
    from handouts.jobs.draft import Draft
    from handouts.jobs.prescribing import Prescribing
    from handouts.jobs.sheet_request import SheetRequest

_YES, _NO = frozenset({"", "y", "yes"}), frozenset({"n", "no"})
NOT_MADE = 1
"""The exit code for "no" at the last question."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One question, by the name under which it can be asked again."""

    name: str
    ask: Callable[[Draft], None]
    applies: Callable[[Draft], bool] = lambda _: True
    by_itself: bool = True
    """Whether it can be asked for by its name whenever somebody wants to."""
    then: tuple[str, ...] = ()
    """What is asked anew once it has another answer."""


def _one(key: str, label: str, *, needed: bool = False) -> Callable[[Draft], None]:
    return partial(ask_text, key=key, question=label, needed=needed)


_LACKING = "sides and limits"
_QUESTIONS = (
    _Question("name", _one("patient", "Patient's name", needed=True)),
    _Question("day", ask_day, is_another_day),
    _Question("clinician", ask_clinician, lambda draft: len(draft.clinicians) > 1),
    _Question(
        "programme", ask_programme, lambda draft: bool(draft.programmes), then=("exercises",)
    ),
    _Question("exercises", ask_exercises),
    _Question(_LACKING, ask_what_lacks, lacks_anything, by_itself=False),
    _Question("doses", ask_changes),
    _Question("goal", _one("goal", "Goal, in the patient's words")),
    _Question("notes", _one("notes", "Notes")),
    _Question("visit", _one("next_visit", "Next visit")),
    _Question("weeks", ask_weeks),
    _Question("edition", ask_edition),
    _Question("paper", ask_paper, lambda _: False),
    _Question("diary", ask_diary, lambda _: False),
)
_BY_NAME = {question.name: question for question in _QUESTIONS}
_ALWAYS = {"day", "paper", "diary"}
"""Can be asked for by name even where it is not asked by itself."""


def begun(draft: Draft, request: SheetRequest) -> Asking:
    """Begin to ask, with the draft that was left last time where somebody wants it.

    Raises:
        KeyboardInterrupt, MachineError: as ``Asking.ask``.

    """
    left = kept(request.content) if typed_by_hand() else None
    if left is None:
        return Asking(draft)
    whose = f" for {left.initials}" if left.initials else ""
    tell(f"A draft{whose} is kept from {left.left_at:%Y-%m-%d %H:%M}.")
    said = (request.values, request.exercises, request.changes, request.prescription, request.like)
    if any(said):
        tell("It would stand in place of what this command says of a sheet.")
    question = "Take it up? y or n; n deletes it"
    while (answer := answer_to(question).lower()) not in _YES | _NO or not answer:
        tell("  Write y or n.")
    if answer in _NO:
        forget(request.content)
        return Asking(draft)
    try:
        return Asking(taken_up(left, request), left.answered)
    except HandoutsError as error:
        tell("It can't be taken up any more:")
        tell_trouble(error.report)
        return Asking(draft)


@contextmanager
def kept_until_made(asked: list[Asking], content: Path) -> Iterator[None]:
    """Keep what somebody answered where no sheet comes of it, and delete it where one does.

    ``asked`` holds who asks, once questions have begun. A program that answers has its answers.
    """
    try:
        yield
    except BaseException as end:
        if asked and asked[0].answered and typed_by_hand():
            _keep(asked[0])
        elif isinstance(end, click.exceptions.Exit):
            tell("Nothing is written.")
        raise
    if asked and typed_by_hand():
        forget(content)


def _keep(asking: Asking) -> None:
    if fault := keep(asking.draft, asking.answered):
        tell(f"No sheet is made, and your answers can't be kept: {fault}.")
    else:
        tell(
            "No sheet is made. Your answers are kept for you alone to read, until it is; "
            "handouts sheet --ask offers them."
        )


class Asking:
    """A draft that is being asked for: what has an answer, and the way back."""

    def __init__(self, draft: Draft, answered: tuple[str, ...] = ()) -> None:
        """Begin; what was ``answered`` when the draft was left is not asked again."""
        self.draft = draft
        self._answered = dict.fromkeys(answered)
        self._way: list[tuple[_Question, Choices]] = []
        """The questions that were asked, each with what was chosen before."""
        self._told: set[Finding] = set()

    @property
    def answered(self) -> tuple[str, ...]:
        """The questions that have an answer."""
        return tuple(self._answered)

    def ask(self) -> Prescribing:
        """Ask for each choice; what options or a prescription's file gave are the defaults.

        Raises:
            KeyboardInterrupt: Ctrl-C.
            MachineError: the answers ended before the questions.
            click.exceptions.Exit: "no" to the sheet.

        """
        tell(
            "Enter keeps what stands in [brackets]. back: the question before. undo: takes the "
            "last answer back. Ctrl-C ends; no sheet is made."
        )
        for words in self.draft.told:
            tell(words)
        self._go_through([one for one in _QUESTIONS if one.name not in self._answered])
        while True:
            prescribing = self._looked_over()
            try:
                again = _confirmed(self.draft, ready=prescribing is not None)
            except BackError:
                self._go_through([self._way.pop()[0]] if self._way else [_QUESTIONS[-1]])
                continue
            except UndoError:
                self._go_through(self._undone())
                continue
            if again is None and prescribing is not None:
                return prescribing
            if again is not None:
                then = (_BY_NAME[name] for name in again.then)
                self._go_through([again, *then, _BY_NAME[_LACKING]], forced=again)

    def _go_through(self, questions: list[_Question], forced: _Question | None = None) -> None:
        """Ask questions in their order, and those gone back to.

        One that is ``forced`` is asked in any case, and there is nothing to go back to before it.
        """
        left = list(questions)
        while left:
            question = left[0]
            if question is not forced and not question.applies(self.draft):
                del left[0]
                continue
            if question is not forced and question.name == "doses" and lacks_anything(self.draft):
                left.insert(0, _BY_NAME[_LACKING])  # it is lacking since somebody went back
                question = left[0]
            before = self.draft.choices
            try:
                question.ask(self.draft)
            except BackError:
                if question is forced:
                    return
                if self._way:
                    left.insert(0, self._way.pop()[0])
                else:
                    tell("  This is the first question.")
            except UndoError:
                left = self._undone() + left
            else:
                del left[0]
                self._way.append((question, before))
                self._answered[question.name] = None
                for name in question.then:
                    self._answered.pop(name, None)

    def _undone(self) -> list[_Question]:
        """Take the last answer back; give its question, to be asked again."""
        if not self._way:
            tell("  There is nothing to undo.")
            return []
        question, before = self._way.pop()
        self.draft.choose_again(before)
        tell(f"  Taken back: {question.name}.")
        return [question]

    def _looked_over(self) -> Prescribing | None:
        """Show the whole sheet in words, or what keeps it from being made."""
        try:
            prescribing = self.draft.prescribed()
        except ContentError as error:
            tell("")
            tell("This can't be printed:", bold=True)
            tell_trouble(error.report)
            self._warn(error.report)
            return None
        _show_summary(prescribing)
        for item in self.draft.set_aside():
            tell(f"{item.name} is not on the sheet; its changes are left aside.")
        self._warn(prescribing.report)
        return prescribing

    def _warn(self, report: Report) -> None:
        """Show each warning once."""
        show_findings(finding for finding in report.warnings if finding not in self._told)
        self._told.update(report.warnings)


def _confirmed(draft: Draft, *, ready: bool) -> _Question | None:
    """Ask whether to make the sheet; None is yes, a question is one to answer again.

    Raises:
        click.exceptions.Exit: it is "no".
        BackError, UndoError: that was the answer.

    """
    offers = [
        Offer(one.name, one.name)
        for one in _QUESTIONS
        if one.by_itself and (one.name in _ALWAYS or one.applies(draft))
    ]
    names = ", ".join(offer.name for offer in offers)
    tell(f"To change an answer, write what it is: {names}.")
    while True:
        answer = reply_to("Make the sheet? [Y/n]" if ready else "Change which? n ends it").lower()
        if answer in _NO:
            raise click.exceptions.Exit(NOT_MADE)
        if ready and answer in _YES:
            return None
        found = () if answer.isdecimal() else candidates(answer, offers)
        if len(found) == 1:
            return _BY_NAME[found[0].id]
        tell(f"  Write {'y or n, or ' * ready}one of: {names}.")


def _show_summary(prescribing: Prescribing) -> None:
    sheet = summary(prescribing)
    tell("")
    tell(sheet.patient, bold=True)
    tell(f"{sheet.day}, {sheet.clinician}")
    for one in sheet.exercises:
        tell(f"  {one.name}", bold=True)
        tell(f"    {one.dose}")
        for line in one.changes:
            tell(f"    {line}")
        if one.note:
            tell(f"    {one.note}")
    tell(sheet.how_long)
    own = {"Goal": sheet.goal, "Notes": sheet.notes, "Next visit": sheet.next_visit}
    for label, text in own.items():
        if text:
            tell(f"{label}: {text}")
    for reason in sheet.beyond_limits:
        tell(f"Past a limit: {reason}")
    tell(f"Log: {sheet.log}. Edition: {sheet.edition}. Paper: {sheet.paper}.")
