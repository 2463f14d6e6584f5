"""Parts of a dose as options and prompts write them: each by a name, deeper ones with a dot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.models.dose_amounts import BySide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.models.dose_amounts import Amount

_TAKES_THE_PLACE_OF = {
    "by_side": {"times_of_day", "phases", "side"},
    "times_of_day": {"by_side", "phases", "times_a_day", "as_needed", "every"},
    "phases": {"by_side", "times_of_day"},
    "side": {"by_side"},
    "times_a_day": {"times_of_day"},
    "as_needed": {"times_of_day", "days_a_week", "every"},
    "every": {"times_of_day", "as_needed"},
    "days_a_week": {"as_needed"},
}
"""What can't stand beside a part, by their names."""


def laid_over(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Lay parts over parts, by names as ``written_flat`` gives them; what can't stay goes.

    What is said of the whole dose goes before what was said of a side, a time or some weeks.
    """
    gone = set().union(*(_TAKES_THE_PLACE_OF.get(_key_of(name), set()) for name in new))
    kept = {
        name: value
        for name, value in old.items()
        if _key_of(name) not in gone and name.rpartition(".")[2] not in new
    }
    return {**kept, **new}


def _key_of(name: str) -> str:
    """Give the key below which a part with a dot in its name lies."""
    head, dot, _ = name.partition(".")
    if not dot:
        return name
    if head in {"left", "right"}:
        return "by_side"
    return "phases" if head.startswith("week") else "times_of_day"


def written_flat(parts: Amount) -> Iterator[tuple[str, str]]:
    """Write each part that is given, by a name with dots where it lies deeper: left.hold."""
    for name, value in parts.given.items():
        if name in {"exercise", "note", "changes", "weeks"}:
            continue
        if isinstance(value, BySide):
            for side in ("left", "right"):
                yield from _below(side, getattr(value, side))
        elif name == "times_of_day":
            yield name, "/".join(value)
            for time, amount in value.items():
                yield from _below(str(time), amount)
        elif name == "phases":
            for phase in value:
                yield from _below(f"weeks-{phase.weeks}", phase)
        else:
            yield name, str(value)


def _below(head: str, amount: Amount) -> Iterator[tuple[str, str]]:
    for name, value in written_flat(amount):
        yield f"{head}.{name}", value
