"""From the cells that prescribe (all but a person's own) to a prescription and its sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from handouts.basics.choices import Edition, Layout, Order
from handouts.basics.errors import ContentError
from handouts.basics.papers import Paper
from handouts.intake.roster import values
from handouts.intake.roster.cells import RowLook, meant
from handouts.intake.roster.dose_cells import MENDS, reasons
from handouts.intake.roster.header_words import plain
from handouts.load.explain import did_you_mean
from handouts.load.prescription import (
    SHORT_PARTS,
    Layer,
    exercise_from_text,
    known_ids,
)
from handouts.load.shelf import how_to_take
from handouts.models.dose import DoseParts
from handouts.models.prescription import PrescribedExercise, Prescription
from handouts.prescribe.resolve import resolve
from handouts.wording.which import other_language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from handouts.basics.findings import Finding, Place
    from handouts.intake.roster.columns import Columns
    from handouts.load.content import LoadedContent
    from handouts.models.base import Path
    from handouts.models.prescription import PatientSheet

LEAST_WEEKS, MOST_WEEKS = 2, 8
DOSE_COLUMNS = tuple(part for part in DoseParts.model_fields if part != "side")

_SYNTAX = "write it like levator-scapulae-stretch:hold=20s,side=left; open-book:side=right"
_SHORT_NAMES = {long: short for short, long in SHORT_PARTS.items()}
_NOBODY = "Nobody"
"""Stands for the name while what all rows with the same cells share is worked out."""


Items: TypeAlias = list[tuple[dict[str, Any], str]]
"""The exercises of a row as keys, each with the column that put it there."""


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the parts of a row's prescription stand."""

    columns: Columns
    row: int
    exercises: tuple[str, ...] = ()
    """The column that put each exercise into the prescription."""
    given: frozenset[str] = frozenset()

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Say where the value at the path stands in the table."""
        del key
        return self.columns.place(self.row, self.column(path))

    def column(self, path: Path) -> str:
        """Name the meaning of the column in which the value at the path stands."""
        name = str(path[0]) if path else ""
        if name == "exercises" and len(path) > 1:
            part = str(path[2]) if len(path) > 2 else ""
            return part if part in self.given else self.exercises[int(path[1])]
        if name in {"exercises", "programme"} and name not in self.given:
            return "programme" if name == "exercises" else "exercises"
        if name == "patient" and name not in self.columns.at:
            return "first_name"
        return name


@dataclass(frozen=True, slots=True)
class Shared:
    """What all rows with the same prescribing cells share; places are in row 0."""

    places: RowPlaces
    findings: tuple[Finding, ...]
    prescription: Prescription | None = None
    sheet: PatientSheet | None = None
    """Nothing where there is an error."""


@dataclass(frozen=True, slots=True)
class RowDefaults:
    """What holds for rows that leave it out."""

    layers: tuple[Layer, ...] = ()
    """A later one goes before an earlier one; none names a programme."""
    programme: str | None = None
    """For rows that name neither a programme nor exercises."""


def _by_name(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give ids by their plain names; a name that two share means neither."""
    pairs = {(plain(name), key) for name, key in named}
    counts = Counter(name for name, _ in pairs)
    return {name: key for name, key in pairs if counts[name] == 1}


class Prescriber:
    """Reads the prescribing cells of one roster's rows."""

    def __init__(
        self,
        columns: Columns,
        loaded: LoadedContent,
        today: dt.date,
        keys: tuple[str, ...],
        defaults: RowDefaults,
    ) -> None:
        self.columns = columns
        self.defaults = defaults.layers
        self.programme = defaults.programme
        self.loaded = loaded
        self.today = today
        self.keys = keys
        content = loaded.content
        self.exercises = _by_name(
            (name, key) for key, one in content.exercises.items() for name in (key, one.name)
        )
        self.programmes = _by_name(
            (name, key) for key, one in content.programmes.items() for name in (key, one.name)
        )
        self.clinicians = _by_name(
            (name, key)
            for key, one in content.clinic.clinicians.items()
            for name in (key, one.name, f"{one.name}, {one.credentials}")
        )
        self.choices = {
            "order": _by_name((one, one) for one in Order),
            "layout": _by_name((one, one) for one in Layout),
            "edition": _by_name((one, one) for one in Edition),
            "paper": {**_by_name((one, one) for one in Paper), "us letter": "letter"},
        }
        self.ids = known_ids(loaded)

    def prescribe(self, cells: tuple[str, ...]) -> Shared:
        """Work out what the cells prescribe. ``cells`` are those of ``keys``."""
        look = RowLook(self.columns, 0)
        given = {
            key: text
            for key, cell in zip(self.keys, cells, strict=True)
            if (text := meant(cell)) and look.check(key, text)
        }
        if look.findings:
            return Shared(RowPlaces(self.columns, 0), tuple(look.findings))
        tree = self._simple(look, given)
        items = self._listed(look, given)
        if self.programme and not given.keys() & {"programme", "exercises"}:
            tree["programme"] = self.programme
        leave_out = self._left_out(look, given)
        side = look.read("side", given, values.side)
        if not look.failed:
            exercises = self._on_sheet(tree.get("programme"), items, leave_out)
            self._dose_columns(look, given, items, exercises)
            self._side_column(look, items, exercises, side)
        places = RowPlaces(self.columns, 0, tuple(column for _, column in items), frozenset(given))
        if not (look.failed or "programme" in tree or items):
            key = "programme" if "programme" in self.columns.at else "exercises"
            look.find(key, "no programme and no exercise is given", "write one")
        written = tuple(
            self._checked(look, item, places, index) for index, (item, _) in enumerate(items)
        )
        if look.failed:
            return Shared(places, tuple(look.findings))
        prescription = Prescription.model_validate(
            {**tree, "patient": _NOBODY, "exercises": written, "leave_out": leave_out},
            context={"ids": self.ids},
        )
        try:
            layers = [*self.defaults, Layer(prescription, places)]
            sheet, report = resolve(layers, self.loaded, self.today)
        except ContentError as error:
            return Shared(places, self.labelled(error.report.findings))
        return Shared(places, self.labelled(report.findings), prescription, sheet)

    def labelled(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Name in each finding the column in which it stands."""
        return tuple(
            replace(f, what=f"{self.columns.label(f.place.column - 1)}: {f.what}") for f in findings
        )

    def _simple(self, look: RowLook, given: Mapping[str, str]) -> dict[str, Any]:
        """Read the cells that stand for themselves."""
        tree: dict[str, Any] = {
            "programme": self._id(look, given, "programme", self.programmes),
            "clinician": self._id(look, given, "clinician", self.clinicians),
            "date": look.read("date", given, values.day),
            "log_weeks": look.read(
                "log_weeks", given, partial(values.whole, least=LEAST_WEEKS, most=MOST_WEEKS)
            ),
            "language": look.read("language", given, self._language),
            "beyond_limits": look.read("beyond_limits", given, reasons),
        }
        for key, choices in self.choices.items():
            tree[key] = look.read(key, given, partial(values.choice, choices=choices))
        known = tuple(self.loaded.content.clinic.clinicians)
        named = "clinician" in given or any(one.prescription.clinician for one in self.defaults)
        if not named and len(known) > 1:
            look.find("clinician", "the clinician is missing", f"write one of: {', '.join(known)}")
        return {key: value for key, value in tree.items() if value is not None}

    def _language(self, text: str) -> str:
        own = self.loaded.content.language
        if fault := other_language(own, text):
            raise ValueError(*fault)
        return own

    def _id(
        self, look: RowLook, given: Mapping[str, str], key: str, known: Mapping[str, str]
    ) -> str | None:
        if key not in given:
            return None
        found = known.get(plain(given[key]))
        if found is None:
            word = "-".join(plain(given[key]).split())
            what = f"there is no {key.removesuffix('s')} of this name"
            taken = how_to_take(self.loaded.folder, key, word) if key == "programme" else None
            look.find(key, what, taken or did_you_mean(word, set(known.values())))
        return found

    def _exercise(self, look: RowLook, key: str, name: str) -> str | None:
        found = self.exercises.get(plain(name))
        if found is None:
            word = "-".join(plain(name).split())
            known = set(self.exercises.values())
            mend = how_to_take(self.loaded.folder, "exercise", word) or did_you_mean(word, known)
            look.find(key, "there is no exercise of this name", mend)
        return found

    def _listed(self, look: RowLook, given: Mapping[str, str]) -> Items:
        """Take apart the cell that lists exercises: each with the column that named it."""
        items: Items = []
        for piece in _pieces(given.get("exercises", "")):
            item, troubles = exercise_from_text(piece)
            if troubles:
                look.find("exercises", "a change of a dose can't be read", _SYNTAX)
            found = self._exercise(look, "exercises", item["exercise"])
            if "side" in item:
                try:
                    item["side"] = values.side(item["side"])
                except ValueError as error:
                    look.find("exercises", *error.args)
            items.append(({**item, "exercise": found}, "exercises"))
        return items

    def _left_out(self, look: RowLook, given: Mapping[str, str]) -> tuple[str | None, ...]:
        pieces = _pieces(given.get("leave_out", ""))
        return tuple(self._exercise(look, "leave_out", piece) for piece in pieces)

    def _on_sheet(
        self, programme: str | None, items: Items, leave_out: Iterable[str | None]
    ) -> list[str]:
        """Name the exercises of the row, each once."""
        named = self.loaded.content.programmes[programme].exercises if programme else ()
        both = dict.fromkeys((*named, *(str(item["exercise"]) for item, _ in items)))
        return [name for name in both if name not in set(leave_out)]

    def _dose_columns(
        self, look: RowLook, given: Mapping[str, str], items: Items, exercises: list[str]
    ) -> None:
        """Give the dose's own columns to the only exercise: of several, none is guessed."""
        for part in (key for key in DOSE_COLUMNS if key in given):
            if len(exercises) == 1:
                _put(look, items, exercises[0], part, given[part])
            elif exercises:
                why = f"the row has {len(exercises)} exercises"
                name = _SHORT_NAMES.get(part, part)
                mend = f'write it in a column "exercises", like {exercises[0]}:{name}=…'
                look.find(part, "it is not known for which exercise this is", mend, why)

    def _side_column(
        self, look: RowLook, items: Items, exercises: list[str], side: str | None
    ) -> None:
        """Give the side to every exercise that has sides."""
        if side is None:
            return
        known = self.loaded.content.exercises
        sided = [name for name in exercises if known[name].sides is not None]
        for name in sided:
            _put(look, items, name, "side", side)
        if exercises and not sided:
            look.find("side", "no exercise of this row is done by side", "take the side out")

    def _checked(
        self, look: RowLook, item: dict[str, Any], places: RowPlaces, index: int
    ) -> PrescribedExercise | None:
        if look.failed:
            return None
        try:
            return PrescribedExercise.model_validate(item, context={"ids": self.ids})
        except ValidationError as error:
            for detail in error.errors():
                part = str(detail["loc"][0]) if detail["loc"] else ""
                column = str(places.column(("exercises", index, part)))
                if part in {"", "exercise"}:
                    context = detail.get("ctx", {})
                    why = str(context.get("why", "parts of its dose speak against one another"))
                    look.find(column, f"{item['exercise']}: {why}", "write one of them alone")
                elif part in MENDS:
                    what = f"{item['exercise']}: {part.replace('_', ' ')} can't be read"
                    look.find(column, what, MENDS[part])
                else:
                    what = f"{item['exercise']}: no dose has a part of this name"
                    mend = "write hold, reps, sets, rest, times, days or side"
                    look.find(column, what, mend)
            return None


def _pieces(text: str) -> list[str]:
    """Split a list at semicolons and line ends; at commas, too, where no dose is changed."""
    text = text.replace("\r", "\n").replace("\n", ";")
    if ":" not in text:
        text = text.replace(",", ";")
    return [piece.strip() for piece in text.split(";") if piece.strip()]


def _put(look: RowLook, items: Items, name: str, part: str, value: str) -> None:
    """Put a part into the exercise's item, or into a new one."""
    for item, _ in items:
        if item["exercise"] == name:
            if item.get(part, value) != value:
                what = f"for {name} this column and the exercises' say different things"
                look.find(part, what, "write it in one of them")
            item[part] = value
            return
    items.append(({"exercise": name, part: value}, part))
