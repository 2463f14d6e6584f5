"""A sheet that begins from an earlier one: what of it still holds on another day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Report
from handouts.basics.settings import Setting, named
from handouts.prescribe.next_visit import visit_day
from handouts.wording.language import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer

_OF_WEEKS = ("phases", "stop_after_weeks")


def begun_like(
    layer: Layer,
    loaded: LoadedContent,
    given_on: dt.date,
    *,
    said_anew: Collection[str],
    asking: bool,
) -> tuple[Layer, tuple[str, ...]]:
    """Give what an earlier sheet says for one that is given on another day, and what it doesn't.

    Its date goes, and on a later day its next visit, if that is past, and its reasons. Weeks that
    were counted from its day are not counted anew by themselves: an exercise with such weeks is
    what is ``said_anew`` of it, or is ``asking`` for it.

    Raises:
        ContentError: an exercise has weeks, and nothing is said anew of it.

    """
    said, day = layer.prescription, layer.prescription.date
    changed: dict[str, Any] = {"date": given_on}
    told = [] if day is None else [f"its date, {day}"]
    if day is not None and given_on <= day:
        return replace(layer, prescription=said.model_copy(update=changed)), tuple(told)
    if said.next_visit is not None:
        visit = visit_day(str(said.next_visit), language(loaded.content.language), day or given_on)
        if visit is not None and visit < given_on:
            changed["next_visit"] = None
            told.append("its next visit, which is past")
    if said.beyond_limits:
        changed["beyond_limits"] = None
        told.append("its reasons to go past a limit, which were for its own day")
    kept, findings = [], []
    for index, item in enumerate(said.exercises):
        if item.last_week is None or item.exercise in said.leave_out:
            kept.append(item)
            continue
        name = loaded.content.exercises[item.exercise].name
        told.append(f"the weeks of {name}, which began then: look at its dose")
        if asking:
            kept.append(item.model_copy(update=dict.fromkeys(_OF_WEEKS)))
        elif item.exercise not in said_anew:
            findings.append(
                Finding(
                    f"{item.exercise}: its weeks were counted from {day or 'another day'}",
                    f"on {given_on} they would begin anew",
                    f"say its dose from now on with {named(Setting.EXERCISES)}",
                    layer.place("exercises", index),
                )
            )
    if findings:
        raise ContentError(Report(tuple(findings)))
    changed["exercises"] = tuple(kept)
    return replace(layer, prescription=said.model_copy(update=changed)), tuple(told)
