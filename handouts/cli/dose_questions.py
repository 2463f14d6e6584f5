"""The questions about doses: sides that are missing, limits that are passed, what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Side
from handouts.cli.choose import UnclearError, changes, pick_each, side_of
from handouts.cli.console import tell
from handouts.cli.questions import (
    UndoError,
    in_brackets,
    reply_to,
    tell_trouble,
    until_clear,
    upper_first,
)
from handouts.jobs.meant import Offer
from handouts.jobs.typed_parts import part_to_change

if TYPE_CHECKING:
    from collections.abc import Collection

    from handouts.jobs.choices import Choices
    from handouts.jobs.draft import Draft

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
_WITHOUT = {"sets": "one", "rest": "none", "days_a_week": "every day", "side": "none"}
"""What holds where a part is not given."""


SIDES = tuple(Offer(str(side), str(side)) for side in Side)


def lacks_anything(draft: Draft) -> bool:
    """Say whether a side is missing, or a reason for a value past its limit."""
    return any(draft.lacks_side(item.id) or draft.past(item.id) for item in draft.on_the_sheet)


def ask_what_lacks(draft: Draft) -> None:
    """Ask for each side that is missing, and about doses that are given past a limit."""
    for item in draft.on_the_sheet:
        while draft.lacks_side(item.id):
            side = until_clear(f"{item.name}: which side? l, r or e (each)", side_of, offers=SIDES)
            tell_trouble(draft.change(item.id, {"side": side}))
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
        answer = reply_to(f"  {upper_first(passed.mend)}, or the reason to go past it{give_up}")
        if not answer:
            return False
        if answer[0].isdigit():
            tell_trouble(draft.change(item.id, {passed.part: answer}))
        elif trouble := draft.let_pass(item.id, passed, answer):
            tell(f"  {upper_first(trouble)}")


def _change(draft: Draft, item: Offer, parts: dict[str, str]) -> bool:
    """Change parts of a dose and words, or say what is wrong and leave all as it was."""
    before = draft.choices
    known = draft.past(item.id)
    words = {part: text for part, text in parts.items() if part_to_change(part)}
    dose = {part: value for part, value in parts.items() if part not in words}
    report = draft.change(item.id, dose, words)
    if report.errors:
        tell_trouble(report)
        return False
    if _settle(draft, item, known, " [no change]"):
        return True
    draft.choose_again(before)
    tell("  Not changed.")
    return False


def ask_changes(draft: Draft) -> None:
    """Show the doses once and ask what to change, until nothing; undo takes a change back."""
    tell("Doses", bold=True)
    for item in draft.on_the_sheet:
        _tell_dose(draft, item)
    earlier: list[Choices] = []
    question = "Change which? 2, or 2 hold=20s side=left, or 2 note=… [none]"
    while True:
        before = draft.choices
        try:
            chosen, parts = until_clear(question, lambda text: _meant(draft, text))
            if not chosen:
                return
            for item in chosen:
                _change_one(draft, item, parts)
        except UndoError:
            if draft.choices == before:
                if not earlier:
                    raise
                before = earlier.pop()
            _take_back(draft, before)
            continue
        if draft.choices != before:
            earlier.append(before)
        question = "Change another? [none]"


def _change_one(draft: Draft, item: Offer, parts: dict[str, str]) -> None:
    before = _as_shown(draft, item)
    if parts:
        _change(draft, item, parts)
    else:
        _tell_words(draft, item)
        _ask_parts(draft, item)
    if _as_shown(draft, item) != before:
        _tell_dose(draft, item)


def _as_shown(draft: Draft, item: Offer) -> tuple[object, ...]:
    return draft.dose_parts(item.id), draft.own_words(item.id)


def _take_back(draft: Draft, before: Choices) -> None:
    """Let doses and words be as they were, and show those that then are others."""
    were = {item: _as_shown(draft, item) for item in draft.on_the_sheet}
    draft.choose_again(before)
    tell("  Taken back.")
    for item, shown in were.items():
        if _as_shown(draft, item) != shown:
            _tell_dose(draft, item)


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
    for line in draft.own_words(item.id):
        tell(f"      {line}")


def _tell_words(draft: Draft, item: Offer) -> None:
    """Show what can be changed in an exercise's words, by the names that an answer takes."""
    number = draft.exercises.index(item) + 1
    for own in draft.own_parts(item.id):
        tell(f"      {own.part}: {own.text}")
    tell(
        f"  For this patient alone, at the next question: {number} step1=… or {number} note=…; "
        f"{number} step1=- leaves it out."
    )


def _ask_parts(draft: Draft, item: Offer) -> None:
    """Ask for each part that the dose has or may have; below a side or a time, for its own."""
    for part, label in LABELS.items():
        _ask_part(draft, item, part, label)
    for part in draft.parts_to_ask(item.id):
        head, dot, within = part.rpartition(".")
        if dot and within in LABELS:
            _ask_part(draft, item, part, f"{upper_first(head)}: {LABELS[within].lower()}")


def _ask_part(draft: Draft, item: Offer, part: str, label: str) -> None:
    value = draft.parts_to_ask(item.id).get(part)
    if value is None:
        return
    shown = in_brackets(value or _WITHOUT[part])
    read = _side_if_any if part == "side" else str
    while answer := until_clear(f"  {label} {shown}", read, value):
        if _change(draft, item, {part: answer}):
            break


def _side_if_any(text: str) -> str:
    return side_of(text) if text else ""
