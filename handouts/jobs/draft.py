"""A patient's sheet that is being put together, one choice after another.

A draft begins with what a request and a prescription's file say. A front shows what can be chosen
and what holds so far, takes choices, and is told at once what is wrong with one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Edition
from handouts.basics.clock import today
from handouts.basics.errors import ContentError
from handouts.basics.findings import Report
from handouts.compose.dose_words import hold_time
from handouts.jobs.choices import Choices
from handouts.jobs.meant import Items, Offer, clinicians_of, exercises_of, programmes_of
from handouts.jobs.own_exercise import (
    OwnWords,
    differences_in_words,
    may_choose_side,
    parts_to_change,
)
from handouts.jobs.prescribing import Prescribing, prescribe, read
from handouts.jobs.summary import dose_sentences
from handouts.jobs.typed_parts import may_be_asked
from handouts.load.prescription import prescription_from_choices
from handouts.models.beyond_limits import reason_fault
from handouts.models.dose_values import Hold
from handouts.models.dose_written import laid_over, written_flat
from handouts.prescribe.days import usual_log_weeks
from handouts.prescribe.resolve import drafted, needing_reasons
from handouts.wording.language import MESSAGES, language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.jobs.own_exercise import OwnPart
    from handouts.jobs.sheet_request import SheetRequest
    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer
    from handouts.models.dose import Dose
    from handouts.models.prescription import Prescribed
    from handouts.prescribe.doses import Passed


@dataclass
class Draft:
    """The choices so far, laid over what the request and a file gave."""

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
    """Keys of the file that a choice takes back."""
    reasons: dict[tuple[str, Passed], str] = field(default_factory=dict)
    """Why a dose goes past a limit, by exercise and the value that does."""
    own: dict[str, OwnWords] = field(default_factory=dict)
    """What changes in the exercises' own words, their notes among them, by exercise."""
    told: tuple[str, ...] = ()
    """What was taken for what, and what of an earlier sheet was not taken."""

    @classmethod
    def of(cls, request: SheetRequest) -> Draft:
        """Start from what a request says.

        Raises:
            ContentError: what no choice could mend, like a part that an exercise can't have.

        """
        said = read(request, asking=True)
        request = said.request
        if request.strict and said.report.warnings:
            raise ContentError(said.report)
        *files, options = said.layers
        as_chosen = replace(options, only_changed=frozenset())
        drafted([layer.without({"leave_out"}) for layer in (*files, as_chosen)], said.loaded)
        parts = {}
        for item in options.prescription.exercises:
            if item.exercise not in options.only_changed:
                parts[item.exercise] = dict(written_flat(item))
        return cls(
            given=request,
            loaded=said.loaded,
            file=files[0] if files else None,
            values={key: value for key, value in request.values.items() if key != "leave_out"},
            parts=parts,
            left_out=frozenset(name for x in said.layers for name in x.prescription.leave_out),
            own=OwnWords.of(request.changes),
            told=said.told,
        )

    @property
    def choices(self) -> Choices:
        """All that is chosen so far."""
        return Choices(
            dict(self.values),
            {name: dict(parts) for name, parts in self.parts.items()},
            self.chosen,
            frozenset(self.without),
            dict(self.reasons),
            dict(self.own),
        )

    def choose_again(self, choices: Choices) -> None:
        """Let what was chosen at another moment hold, and nothing else.

        Raises:
            ContentError: it can't hold any more, for the content has changed; nothing does.

        """
        now = self.choices
        self._take(choices)
        try:
            prescription_from_choices(self.values, self._written(), self.loaded, self._changes())
            self._draft()
        except ContentError:
            self._take(now)
            raise

    def _take(self, choices: Choices) -> None:
        self.values, self.chosen = dict(choices.values), choices.chosen
        self.parts = {name: dict(parts) for name, parts in choices.parts.items()}
        self.without, self.reasons = set(choices.without), dict(choices.reasons)
        self.own = dict(choices.own)

    @property
    def exercises(self) -> Items:
        """All exercises, in the order that gives them the same number everywhere."""
        return exercises_of(self.loaded.content)

    @property
    def programmes(self) -> Items:
        """All sets of exercises."""
        return programmes_of(self.loaded.content)

    @property
    def clinicians(self) -> Items:
        """Everybody who may give a sheet."""
        return clinicians_of(self.loaded.content)

    @property
    def on_the_sheet(self) -> tuple[Offer, ...]:
        """The exercises that are chosen."""
        return tuple(item for item in self.exercises if item.id in self.chosen)

    @property
    def log_weeks(self) -> int:
        """Weeks of the log, as they stand."""
        if said := self.now("log_weeks"):
            return int(said)
        doses = self._draft()
        return usual_log_weeks(doses[name].dose.last_week for name in self.chosen if name in doses)

    @property
    def edition(self) -> str:
        """The edition, as it stands."""
        return str(self.now("edition") or Edition.STANDARD)

    @property
    def diary(self) -> tuple[str, ...]:
        """What the log asks for each day, as it stands."""
        said, programme = self.now("log"), self.now("programme")
        own = self.loaded.content.programmes[programme].log if programme is not None else ()
        return tuple(own if said is None else said)

    def now(self, key: str) -> Any:
        """Give what holds for a key: the choice that was made, else what the file says."""
        if key in self.values or self.file is None or key in self.without:
            return self.values.get(key)
        return getattr(self.file.prescription, key)

    def put(self, key: str, value: Any) -> Report:
        """Take a value; where it can't be, give what is wrong with it and keep the old one."""
        try:
            prescription_from_choices({key: value}, (), self.loaded)
        except ContentError as error:
            return error.report
        self.values[key] = value
        return Report()

    def take_back(self, key: str) -> None:
        """Let a key be as if neither the request nor the file gave it."""
        self.values.pop(key, None)
        self.without.add(key)

    def _layers(self, written: tuple[str, ...], changes: tuple[str, ...]) -> list[Layer]:
        layers = [self.file.without({*self.without, "leave_out"})] if self.file else []
        return [*layers, prescription_from_choices(self.values, written, self.loaded, changes)]

    def _layers_now(self) -> list[Layer]:
        return self._layers(self._written(), self._changes())

    def _draft(self) -> Mapping[str, Prescribed]:
        return {one.exercise: one for one in drafted(self._layers_now(), self.loaded)}

    def _without_choices(self) -> tuple[str, ...]:
        """Name the exercises of the programme and the file."""
        return tuple(one.exercise for one in drafted(self._layers((), ()), self.loaded))

    def preselected(self) -> tuple[Offer, ...]:
        """Give the exercises that are on the sheet as it was given."""
        named = {*self._without_choices(), *self.parts} - self.left_out
        return tuple(item for item in self.exercises if item.id in named)

    def _written(self) -> tuple[str, ...]:
        """Write the chosen exercises as a request holds them, each only where needed."""
        there = self._without_choices()
        order = [name for name in self.parts if name in self.chosen]
        order += [name for name in self.chosen if name not in self.parts]
        return tuple(
            name + ":" * bool(parts) + ",".join(f"{part}={parts[part]}" for part in parts)
            for name in order
            if (parts := self.parts.get(name, {})) or name not in there
        )

    def _changes(self) -> tuple[str, ...]:
        """Write what changes in the words of the chosen exercises, as a request holds it."""
        return tuple(
            f"{name}:{written}"
            for name, own in self.own.items()
            if name in self.chosen
            for written in own.written
        )

    def set_aside(self) -> tuple[Offer, ...]:
        """Give the exercises whose words are changed, and that are not chosen."""
        return tuple(x for x in self.exercises if x.id in self.own and x.id not in self.chosen)

    def own_parts(self, name: str) -> tuple[OwnPart, ...]:
        """Give the words of a chosen exercise that can be changed, as the content says them."""
        return parts_to_change(self.loaded, name, self._dose(name).side)

    def own_words(self, name: str) -> tuple[str, ...]:
        """Say what differs in a chosen exercise for this patient, its note last."""
        prescribed = self._draft()[name]
        note = (f"Note: {prescribed.note}",) if prescribed.note else ()
        return (*differences_in_words(self.loaded, prescribed), *note)

    def _dose(self, name: str) -> Dose:
        """Give a chosen exercise's dose as it stands; its side may still be missing."""
        return self._draft()[name].dose

    def dose_words(self, name: str) -> str:
        """Give a chosen exercise's dose as the sheet says it."""
        return dose_sentences(self._dose(name))

    def dose_parts(self, name: str) -> dict[str, str]:
        """Give the parts that a chosen exercise's dose has, each as it stands."""
        dose = self._dose(name)
        written = dict(written_flat(dose))
        for part in ("hold", "rest"):
            if isinstance(value := getattr(dose, part), Hold):
                written[part] = hold_time(language(MESSAGES), value)
        return written

    def parts_to_ask(self, name: str) -> Mapping[str, str]:
        """Give the parts of a chosen exercise's dose that can be asked for one by one."""
        return may_be_asked(self.dose_parts(name), side=may_choose_side(self.loaded, name))

    def lacks_side(self, name: str) -> bool:
        """Say whether a chosen exercise is done on sides, and none is said."""
        exercise = self.loaded.content.exercises[name]
        return exercise.sides is not None and self._dose(name).side is None

    def past(self, name: str) -> tuple[Passed, ...]:
        """Name the values of a chosen exercise's dose that are past a limit without a reason."""
        needing = needing_reasons(self._layers_now(), self.loaded, today())
        return tuple(
            passed
            for exercise, passed in needing
            if exercise == name and (name, passed) not in self.reasons
        )

    def let_pass(self, name: str, passed: Passed, reason: str) -> str:
        """Take the reason for a value past its limit; give what is wrong where it is none."""
        if fault := reason_fault(reason):
            return f"{fault.what}; {fault.mend}."
        self.reasons[name, passed] = reason
        return ""

    def change(
        self, name: str, parts: Mapping[str, str], words: Mapping[str, str] | None = None
    ) -> Report:
        """Change parts of a dose, and words; where they can't be, give what is wrong and keep all.

        Words that were changed are changed anew; one more stop sign, or thing that is used, stands
        beside those before it, until "+" takes all back.
        """
        kept, own, side = self.parts.get(name, {}), dict(self.own), self._dose(name).side
        self.parts[name] = laid_over(kept, parts)
        if words:
            self.own[name] = self.own.get(name, OwnWords()).with_more(words)
        report = Report()
        try:
            if side not in {self._dose(name).side, None} and name in own:
                report = own[name].on_another_side(said_anew=words or ())
        except ContentError as error:
            report = error.report
        if report.errors:
            self.parts[name], self.own = kept, own
        return report

    def _reasons(self) -> tuple[str, ...]:
        """Write the reasons that were given, and those answered for what is still past a limit."""
        past = needing_reasons(self._layers_now(), self.loaded, today())
        answered = (
            passed.reason(name, self.reasons[name, passed])
            for name, passed in past
            if (name, passed) in self.reasons
        )
        return (*self.values.get("beyond_limits", ()), *answered)

    def prescribed(self) -> Prescribing:
        """Give what all choices prescribe, as a request that holds them would have done.

        Raises:
            ContentError: with every finding; none repeats what is the patient's own.

        """
        values = dict(self.values)
        if left_out := tuple(name for name in self._without_choices() if name not in self.chosen):
            values["leave_out"] = left_out
        if reasons := self._reasons():
            values["beyond_limits"] = reasons
        return prescribe(
            replace(
                self.given,
                values=values,
                exercises=self._written(),
                changes=self._changes(),
                without=frozenset({*self.without, "leave_out"}),
            ),
            asking=True,
        )
