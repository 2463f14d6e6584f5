"""Layers of a prescription laid over one another: what is said last, and nearest, holds.

A dose comes, in this order, from the exercise, the programme, the prescription's file and
the command line; each replaces only the parts that it gives. The exercise's own side is
left aside: which side is stretched is said for this patient, or by the programme.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Edition, Layout, Order
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.settings import Setting, named
from handouts.models.exercises import Posture
from handouts.models.prescription import PatientSheet, Prescribed
from handouts.prescribe.changes import ChangesSoFar
from handouts.prescribe.days import usual_log_weeks
from handouts.prescribe.doses import SIDES, past_limits, unfit_parts, unplaced_load
from handouts.prescribe.next_visit import past_visits
from handouts.prescribe.reasons import Given
from handouts.prescribe.saved import changed_since
from handouts.prescribe.too_much import too_much
from handouts.prescribe.weeks import log_too_long, weeks_past
from handouts.wording.which import other_language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from handouts.basics.choices import Diary
    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer
    from handouts.models.beyond_limits import PastLimit
    from handouts.models.dose import Dose
    from handouts.models.exercises import Exercise, Programme
    from handouts.prescribe.doses import Passed

_POSTURES = tuple(Posture)


@dataclass
class _Chosen:
    """An exercise while the layers are read: its dose so far, and where it was asked for."""

    exercise: Exercise
    dose: Dose
    place: Place
    left_out: bool = False
    changes: ChangesSoFar = field(default_factory=ChangesSoFar)
    """Its note among them."""


@dataclass
class _Reader:
    """Reads the layers from the first to the last and keeps what is found."""

    loaded: LoadedContent
    layers: Sequence[Layer]
    chosen: dict[str, _Chosen] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def find(self, what: str, mend: str, place: Place, why: str = "") -> None:
        self.findings.append(Finding(what, why, mend, place))

    def warn(self, what: str, why: str, mend: str, place: Place) -> None:
        self.findings.append(Finding(what, why, mend, place, Severity.WARNING))

    def last(self, name: str) -> tuple[Any, Place]:
        """Give what the last layer says that says anything, and where."""
        for layer in reversed(self.layers):
            value = getattr(layer.prescription, name)
            if value is not None:
                return value, layer.place(name)
        return None, self.layers[-1].place() if self.layers else Place()

    def choose(self, name: str, place: Place) -> _Chosen:
        """Put an exercise on the sheet, with its own dose but for its side."""
        if name not in self.chosen:
            exercise = self.loaded.content.exercises[name]
            dose = exercise.dose.model_copy(update={"side": None})
            self.chosen[name] = _Chosen(exercise, dose, place)
        return self.chosen[name]

    def read_programme(self) -> None:
        name, place = self.last("programme")
        if name is None:
            return
        programme: Programme = self.loaded.content.programmes[name]
        for exercise in programme.exercises:
            chosen = self.choose(exercise, place)
            if exercise in programme.doses:
                chosen.dose = chosen.dose.changed_by(programme.doses[exercise])

    def read_exercises(self, layer: Layer) -> None:
        counts = Counter(item.exercise for item in layer.prescription.exercises)
        for index, item in enumerate(layer.prescription.exercises):
            place = layer.place("exercises", index)
            if counts[item.exercise] > 1:
                self.find(
                    f"{item.exercise} is given {counts[item.exercise]} times",
                    "give it once, with all that changes",
                    place,
                )
            if item.exercise in layer.only_changed:
                if item.exercise not in self.chosen:
                    what = f"{item.exercise} can't be changed: it is not on the sheet"
                    give = named(Setting.EXERCISES, item.exercise)
                    self.find(what, f"give {give}, too, or take the change out", place)
                    continue
            else:
                self.choose(item.exercise, place).left_out = False
                self.chosen[item.exercise].place = place
            chosen = self.chosen[item.exercise]
            for part, what, mend in unfit_parts(chosen.exercise, item):
                self.find(f"{item.exercise}: {what}", mend, layer.place("exercises", index, part))
            chosen.dose = chosen.dose.changed_by(item)
            chosen.changes.lay(layer, index, chosen.dose.side)

    def read(self) -> None:
        """Read all layers, as far as they go: a dose may still lack its side or pass a limit."""
        for layer in self.layers:
            self.findings += changed_since(layer, self.loaded)
        self.read_programme()
        for layer in self.layers:
            self.leave_out(layer)
            self.read_exercises(layer)
        self.drop_left_out()
        for name, chosen in self.chosen.items():
            self.look_at(name, chosen)
        self.check_language()

    def look_at(self, name: str, chosen: _Chosen) -> None:
        """Find what does not go together in what several layers made."""
        self.findings += chosen.changes.found(name, chosen.dose, self.loaded.content.exercises)
        for go in chosen.dose.goes():
            if go.dose.rest is not None and go.dose.sets is None:
                self.find(f"{name} has a rest but no sets", "give sets, too", chosen.place)
                break
        if why := chosen.dose.conflict():
            what, _, mend = why.partition("; ")
            self.find(f"{name}: {what}", mend, chosen.place)
        if (load := unplaced_load(chosen.exercise, chosen.dose)) and not chosen.changes:
            say_it = named(Setting.EXERCISES, f"{name}:held=in both hands")
            self.warn(
                f"{name}: nothing says where the {load} goes",
                "a patient who has to guess may load another joint, or none",
                f"say it: {say_it}, or in a note",
                chosen.place,
            )

    def ends(self) -> dict[str, int | None]:
        """Say with which week each exercise ends, where that is said."""
        return {name: chosen.dose.last_week for name, chosen in self.chosen.items()}

    def diary(self) -> tuple[Diary, ...]:
        """Say what the log asks for; the programme's own, where it is not said."""
        said, _ = self.last("log")
        name, _ = self.last("programme")
        own = self.loaded.content.programmes[name].log if name is not None else ()
        return tuple(own if said is None else said)

    def leave_out(self, layer: Layer) -> None:
        """Leave exercises out; a later layer that gives one again starts from its dose here."""
        given = {item.exercise for item in layer.prescription.exercises} - layer.only_changed
        for index, name in enumerate(layer.prescription.leave_out):
            place = layer.place("leave_out", index)
            if name in given:
                self.find(f"{name} is given and left out", "take one of the two out", place)
            elif name not in self.chosen or self.chosen[name].left_out:
                what = f"{name} can't be left out: it is not on the sheet"
                self.find(what, "take it out of the list", place)
            else:
                self.chosen[name].left_out = True

    def drop_left_out(self) -> None:
        self.chosen = {name: item for name, item in self.chosen.items() if not item.left_out}

    def check_doses(self, given_on: dt.date) -> tuple[PastLimit, ...]:
        """Look for sides that are missing and limits that are passed; give the reasons needed."""
        reasons = Given(self.layers, given_on, self.past_in_one)
        for name, chosen in self.chosen.items():
            if chosen.exercise.sides is not None and chosen.dose.side is None:
                self.find(
                    f"{name} needs the side that is stretched",
                    f"write side: {SIDES}; or {named(Setting.EXERCISES, f'{name}:side=left')}",
                    chosen.place,
                    "it is not guessed",
                )
            for passed in past_limits(chosen.exercise, chosen.dose):
                if not reasons.let(name, passed):
                    self.findings.append(reasons.asked_for(name, passed, chosen.place))
        self.findings += reasons.not_needed()
        return reasons.needed

    def past_in_one(self, layer: Layer) -> Iterator[tuple[str, Passed]]:
        """Name what is past a limit in one layer alone."""
        alone = _Reader(self.loaded, (layer,))
        alone.read()
        for name, chosen in alone.chosen.items():
            for passed in past_limits(chosen.exercise, chosen.dose):
                yield name, passed

    def in_order(self) -> Iterator[Prescribed]:
        order, _ = self.last("order")
        items = list(self.chosen.items())
        if order is not Order.AS_LISTED:
            items.sort(key=lambda item: _POSTURES.index(item[1].exercise.posture))
        for name, chosen in items:
            note = chosen.changes.note[0] if chosen.changes.note else None
            changes = chosen.changes.bound(chosen.exercise, chosen.dose.side)
            yield Prescribed(name, chosen.dose, note, changes)

    def clinician(self) -> str:
        name, place = self.last("clinician")
        known = tuple(self.loaded.content.clinic.clinicians)
        if name is None and len(known) == 1:
            return known[0]
        if name is None:
            mend = f"give {named(Setting.CLINICIAN)}: {', '.join(known)}"
            self.find("the clinician is missing", mend, place)
        return str(name)

    def needed(self, name: str, what: str, mend: str) -> Any:
        value, place = self.last(name)
        if value is None:
            self.find(what, mend, place)
        return value

    def check_language(self) -> None:
        language, place = self.last("language")
        if fault := other_language(self.loaded.content.language, language):
            self.find(*fault, place)


def drafted(layers: Sequence[Layer], loaded: LoadedContent) -> tuple[Prescribed, ...]:
    """Give the exercises of layers to which more will be said, in their order.

    A dose may lack its side or go past a limit, and there may be no exercise yet.

    Raises:
        ContentError: with every finding that nothing said later could mend.

    """
    reader = _Reader(loaded, layers)
    reader.read()
    report = Report(tuple(reader.findings))
    if report.errors:
        raise ContentError(report)
    return tuple(reader.in_order())


def needing_reasons(
    layers: Sequence[Layer], loaded: LoadedContent, today: dt.date
) -> tuple[tuple[str, Passed], ...]:
    """Name the exercises and values that are past a limit, and that no reason is given for.

    Raises:
        ContentError: with every finding that nothing said later could mend.

    """
    reader = _Reader(loaded, layers)
    reader.read()
    report = Report(tuple(reader.findings))
    if report.errors:
        raise ContentError(report)
    reasons = Given(layers, reader.last("date")[0] or today, reader.past_in_one)
    return tuple(
        (name, passed)
        for name, chosen in reader.chosen.items()
        for passed in past_limits(chosen.exercise, chosen.dose)
        if not reasons.let(name, passed)
    )


def resolve(
    layers: Sequence[Layer], loaded: LoadedContent, today: dt.date
) -> tuple[PatientSheet, Report]:
    """Lay the layers over one another; later ones win. ``today`` is the default date.

    Raises:
        ContentError: with every finding: no patient, no exercise, a side that is missing,
            a dose past its limit without a reason. None names the patient.

    """
    reader = _Reader(loaded, layers)
    reader.read()
    given_on = reader.last("date")[0] or today
    needed = reader.check_doses(given_on)
    reader.findings += past_visits(layers, given_on, today, loaded.content.language)
    reader.findings += too_much(
        *reader.last("notes"), len(reader.chosen), layers[-1].place("exercises")
    )
    log_weeks, at = reader.last("log_weeks")
    reader.findings += log_too_long(log_weeks, reader.ends().values(), at)
    for layer in layers:
        reader.findings += weeks_past(layer, given_on, today)
    if not reader.chosen:
        reader.find(
            "the sheet has no exercise",
            f"give {named(Setting.PROGRAMME)} or {named(Setting.EXERCISES)}; see: handouts list",
            layers[-1].place() if layers else Place(),
        )
    sheet = PatientSheet(
        patient=str(
            reader.needed(
                "patient", "the patient is missing", f"give {named(Setting.PATIENT, 'NAME')}"
            )
        ),
        given_on=given_on,
        clinician=reader.clinician(),
        exercises=tuple(reader.in_order()),
        goal=reader.last("goal")[0],
        notes=reader.last("notes")[0],
        next_visit=reader.last("next_visit")[0],
        edition=reader.last("edition")[0] or Edition.STANDARD,
        paper=reader.last("paper")[0] or loaded.content.clinic.paper,
        layout=reader.last("layout")[0] or Layout.AUTO,
        log_weeks=log_weeks or usual_log_weeks(reader.ends().values()),
        beyond_limits=needed,
        log=reader.diary(),
        order=reader.last("order")[0],
        log_weeks_said=log_weeks is not None,
    )
    report = Report(tuple(reader.findings))
    if report.errors:
        raise ContentError(report)
    return sheet, report
