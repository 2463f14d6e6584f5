"""Which reasons to go past a limit hold: each for its own value, and until its own day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.basics.settings import Setting, named
from handouts.models.beyond_limits import PastLimit, reason_fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from handouts.basics.findings import Place
    from handouts.load.prescription import Layer
    from handouts.prescribe.doses import Passed


class Given:
    """The reasons of all layers, and which of them the doses need.

    A reason that stands in a file holds until the file's own day: past it, it is asked again.
    One text for all, as files once had it, is a reason for what is past a limit in that
    very file, until its own day.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        given_on: dt.date,
        past_in: Callable[[Layer], Iterable[tuple[str, Passed]]],
    ) -> None:
        """Read the reasons. ``past_in`` names what is past a limit in one layer alone."""
        self._holding: list[tuple[PastLimit, Place]] = []
        self._why_not: list[str] = []
        self._needed: dict[PastLimit, PastLimit] = {}
        self._one_for_all: list[Place] = []
        for layer in layers:
            self._read(layer, given_on, past_in)

    def _read(
        self,
        layer: Layer,
        given_on: dt.date,
        past_in: Callable[[Layer], Iterable[tuple[str, Passed]]],
    ) -> None:
        reasons, day = layer.prescription.beyond_limits, layer.prescription.date
        if not reasons:
            return
        if layer.kept and day is None:
            self._why_not.append("a reason in a file holds until the file's date, and it has none")
        elif layer.kept and day is not None and given_on > day:
            self._why_not.append("the reason that was saved held until the date of its own file")
        elif not isinstance(reasons, str):
            self._holding += [
                (one, layer.place("beyond_limits", index)) for index, one in enumerate(reasons)
            ]
        elif reason_fault(reasons):
            self._why_not.append("what the file gives is no reason")
        else:
            place = layer.place("beyond_limits")
            self._why_not.append(
                "one reason for all counts only for what is past a limit in its own file"
            )
            self._one_for_all.append(place)
            self._holding += [
                (
                    PastLimit(exercise=name, part=past.part, value=past.value, reason=reasons),
                    place,
                )
                for name, past in past_in(layer)
            ]

    @property
    def needed(self) -> tuple[PastLimit, ...]:
        """The reasons without which a dose would be refused."""
        return tuple(self._needed.values())

    def let(self, exercise: str, passed: Passed) -> bool:
        """Say whether a value that is past its limit has its reason; the last one given holds."""
        for reason, _ in reversed(self._holding):
            if reason.exercise == exercise and passed.is_meant(reason):
                self._needed[reason] = reason.model_copy(update={"value": passed.value})
                return True
        return False

    def asked_for(self, exercise: str, passed: Passed, place: Place) -> Finding:
        """Say that a value needs a reason, and how to write it."""
        how = named(Setting.BEYOND_LIMITS, f'"{passed.reason(exercise, "why")}"')
        why = "; ".join(dict.fromkeys(self._why_not))
        return Finding(f"{exercise}: {passed.what}", why, f"{passed.mend}, or give {how}", place)

    def not_needed(self) -> Iterator[Finding]:
        """Tell of reasons for what is not past a limit: a slip, or left over."""
        unneeded = [
            (f"{one.exercise}: no {one.part.replace('_', ' ')} of that value is past its limit", at)
            for one, at in self._holding
            if one not in self._needed and at not in self._one_for_all
        ]
        if not self._needed and not unneeded:
            unneeded = [("no dose is past its limit", place) for place in self._one_for_all]
        for what, place in unneeded:
            yield Finding(what, "the reason is not kept", "", place, Severity.WARNING)
