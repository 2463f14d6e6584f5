"""What is answered at the prompts so far, laid over what options and a file gave."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import ContentError
from handouts.basics.findings import Report
from handouts.cli.choose import Items, Offer
from handouts.load.prescription import prescription_from_options
from handouts.prescribe.doses import past_limits
from handouts.prescribe.resolve import drafted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.jobs.sheet import Said, SheetRequest
    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer
    from handouts.models.dose import Dose


@dataclass
class Answers:
    """The choices so far. ``request`` writes them as options would have given them."""

    given: SheetRequest
    loaded: LoadedContent
    file: Layer | None
    values: dict[str, Any]
    parts: dict[str, dict[str, str]]
    """What changes in the exercises' doses, by exercise, each part as it is written."""
    left_out: frozenset[str]
    """What the request leaves out, until the exercises are chosen."""
    chosen: tuple[str, ...] = ()
    without: set[str] = field(default_factory=set)
    """Keys of the file that an answer takes back."""
    reasons: dict[tuple[str, str], str] = field(default_factory=dict)
    """Why a dose goes past a limit, by exercise and what is past it."""

    @classmethod
    def of(cls, request: SheetRequest, said: Said) -> Answers:
        """Start from what a request says.

        Raises:
            ContentError: what no answer could mend, like a part that an exercise can't have.

        """
        drafted([layer.without({"leave_out"}) for layer in said.layers], said.loaded)
        *files, options = said.layers
        parts = {}
        for item in options.prescription.exercises:
            parts[item.exercise] = {name: str(value) for name, value in item.given.items()}
            if item.note:
                parts[item.exercise]["note"] = item.note
        return cls(
            given=request,
            loaded=said.loaded,
            file=files[0] if files else None,
            values={key: value for key, value in request.values.items() if key != "leave_out"},
            parts=parts,
            left_out=frozenset(name for x in said.layers for name in x.prescription.leave_out),
        )

    @property
    def exercises(self) -> Items:
        """All exercises, in the order that gives them the same number everywhere."""
        return [Offer(key, one.name) for key, one in self.loaded.content.exercises.items()]

    def now(self, key: str) -> Any:
        """Give what holds for a key: the answer or option, else what the file says."""
        if key in self.values or self.file is None or key in self.without:
            return self.values.get(key)
        return getattr(self.file.prescription, key)

    def put(self, key: str, value: Any) -> Report:
        """Take a value; where it can't be, give what is wrong with it and keep the old one."""
        try:
            prescription_from_options({key: value}, self.given.option_names, (), self.loaded)
        except ContentError as error:
            return error.report
        self.values[key] = value
        return Report()

    def take_back(self, key: str) -> None:
        """Let a key be as if neither an option nor the file gave it."""
        self.values.pop(key, None)
        self.without.add(key)

    def _draft(self, written: tuple[str, ...]) -> Mapping[str, Dose]:
        names = self.given.option_names
        layers = [self.file.without({*self.without, "leave_out"})] if self.file else []
        layers.append(prescription_from_options(self.values, names, written, self.loaded))
        return {item.exercise: item.dose for item in drafted(layers, self.loaded)}

    def _without_options(self) -> tuple[str, ...]:
        """Name the exercises of the programme and the file."""
        return tuple(self._draft(()))

    def preselected(self) -> tuple[Offer, ...]:
        """Give the exercises that are on the sheet as it was given."""
        named = {*self._without_options(), *self.parts} - self.left_out
        return tuple(item for item in self.exercises if item.id in named)

    def _written(self) -> tuple[str, ...]:
        """Write the chosen exercises as ``--exercise`` takes them, each only where needed."""
        there = self._without_options()
        order = [name for name in self.parts if name in self.chosen]
        order += [name for name in self.chosen if name not in self.parts]
        return tuple(
            name + ":" * bool(parts) + ",".join(f"{part}={parts[part]}" for part in parts)
            for name in order
            if (parts := self.parts.get(name, {})) or name not in there
        )

    def dose(self, name: str) -> Dose:
        """Give a chosen exercise's dose as it stands; its side may still be missing."""
        return self._draft(self._written())[name]

    def past(self, name: str) -> tuple[tuple[str, str, str], ...]:
        """Name the parts of a chosen exercise's dose that are past a limit."""
        return tuple(past_limits(self.loaded.content.exercises[name], self.dose(name)))

    def change(self, name: str, parts: Mapping[str, str]) -> Report:
        """Change parts of a dose; where they can't be, give what is wrong and keep the old."""
        kept = self.parts.get(name, {})
        self.parts[name] = {**kept, **parts}
        try:
            self._draft(self._written())
        except ContentError as error:
            self.parts[name] = kept
            return error.report
        return Report()

    def reason(self) -> str | None:
        """Join the reason that was given with those of doses that are still past a limit."""
        past = {(name, what) for name in self.chosen for _, what, _ in self.past(name)}
        answered = (why for key, why in self.reasons.items() if key in past)
        return (
            "; ".join(dict.fromkeys(filter(None, (self.now("beyond_limits"), *answered)))) or None
        )

    def request(self) -> SheetRequest:
        """Write all choices as the request that options would have made."""
        values = dict(self.values)
        if left_out := tuple(name for name in self._without_options() if name not in self.chosen):
            values["leave_out"] = left_out
        if reason := self.reason():
            values["beyond_limits"] = reason
        return replace(
            self.given,
            values=values,
            exercises=self._written(),
            without=frozenset({*self.without, "leave_out"}),
        )
