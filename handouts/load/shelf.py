"""Exercises and programmes that a clinic takes from the shelf, laid below the clinic's own words.

The shelf is ``handouts/shelf``, and the folder ``shelf`` beside content.yaml for those that a
clinic has made itself: a file an exercise, ``ID.yaml``, and ``programmes/ID.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

import handouts
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.inside import UnfitFileError, plain_file
from handouts.load.explain import did_you_mean, explain_all
from handouts.load.yaml_source import YamlSource, read_yaml
from handouts.models.shelf import ShelfExercise, ShelfProgramme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.models.base import Path as KeyPath

SHIPPED = Path(handouts.__file__).resolve().parent / "shelf"
OWN = "shelf"
"""The folder of a clinic's own exercises, beside content.yaml."""
_PROGRAMMES = "programmes"
_FROM = ("shelf", "exercises")
_TEMPLATE = SHIPPED / "template" / "exercise.yaml"
_NO_FILE = "check its name; begin one with: handouts exercise new FILE"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of the shelf, by the ids of what they hold."""

    folder: Path
    """The clinic's."""
    exercises: Mapping[str, tuple[Path, ...]]
    programmes: Mapping[str, tuple[Path, ...]]


def shelf_of(folder: Path) -> Shelf:
    """Name the files of the shelf and of a clinic's own, which may be two of one id."""
    own = folder / OWN
    return Shelf(folder, _both(SHIPPED, own), _both(SHIPPED / _PROGRAMMES, own / _PROGRAMMES))


def _both(shipped: Path, own: Path) -> dict[str, tuple[Path, ...]]:
    found: dict[str, tuple[Path, ...]] = {}
    for path in (*_files(shipped), *sorted(own.glob("*.yaml"))):
        found[path.stem] = (*found.get(path.stem, ()), path)
    return found


@cache
def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.yaml")))


def _read_in(shelf: Shelf, path: Path) -> YamlSource:
    """Read a file of the shelf; one of the clinic's own lies inside its folder.

    Raises:
        ContentError: it leads elsewhere, or is no YAML.

    """
    if path.is_relative_to(SHIPPED):
        return _shipped_file(path)
    try:
        plain_file(shelf.folder, path.relative_to(shelf.folder).as_posix())
    except UnfitFileError as error:
        place = Place(file=shown(path))
        raise ContentError.because(error.what, mend=error.mend, place=place) from error
    return _read(path)


@cache
def _shipped_file(path: Path) -> YamlSource:
    """Read a file that comes with the program, and so does not change."""
    return _read(path)


def _read(path: Path) -> YamlSource:
    return read_yaml(path, file=shown(path), missing=_NO_FILE)


def shown(path: Path) -> str:
    """Name a file of the shelf as messages do."""
    if path.is_relative_to(SHIPPED):
        return path.relative_to(SHIPPED.parent.parent).as_posix()
    return Path(*path.parts[-2:]).as_posix()


@dataclass
class _Taking:
    """Takes exercises and programmes from the shelf into a content's values."""

    source: YamlSource
    shelf: Shelf
    findings: list[Finding] = field(default_factory=list)
    exercises: dict[str, Any] = field(default_factory=dict)
    programmes: dict[str, Any] = field(default_factory=dict)
    places: dict[KeyPath, KeyPath] = field(default_factory=dict)
    """Where in the content that is written which stands for an exercise or a programme."""
    own_files: dict[KeyPath, YamlSource] = field(default_factory=dict)
    """The clinic's own files, by where in the content they are as if they were written there."""

    def take(self, taken: dict[str, Any]) -> None:
        own = _keys(self.source.value.get("exercises"))
        for name, changes in _mapping(taken.get("exercises")).items():
            at = (*_FROM, name)
            if (below := self._read(self.shelf.exercises, name, "exercise", at, own)) is not None:
                self.exercises[name] = laid_over(below, changes) if changes else below
                self.places["exercises", name] = at
        programmes = taken.get("programmes")
        own_programmes = _keys(self.source.value.get("programmes"))
        for index, name in enumerate(programmes if isinstance(programmes, tuple) else ()):
            place = ("shelf", "programmes", index)
            found = self._read(self.shelf.programmes, name, "programme", place, own_programmes)
            if found is not None:
                self.programmes[name] = found
                self.places["programmes", name] = place
                self._take_those_of(found, place, own)

    def _take_those_of(self, programme: Any, place: KeyPath, own: set[str]) -> None:
        for name in programme.get("exercises", ()):
            if name in own or name in self.exercises or name not in self.shelf.exercises:
                continue  # what nothing has is told by the programme's own check
            found = self._read(self.shelf.exercises, name, "exercise", place, own)
            if found is not None:
                self.exercises[name] = found
                self.places["exercises", name] = place

    def _read(
        self,
        files: Mapping[str, tuple[Path, ...]],
        name: object,
        kind: str,
        place: KeyPath,
        own: set[str],
    ) -> Any:
        here = self.source.place(place, key=kind == "exercise")
        name = str(name)
        if name not in files:
            mend = did_you_mean(name, files)
            self.findings.append(
                Finding(f'there is no {kind} on the shelf called "{name:.60}"', "", mend, here)
            )
            return None
        named = [shown(path) for path in files[name]]
        if name in own:
            named = [self.source.file, *named]
        if len(named) > 1:
            self.findings.append(
                Finding(
                    f'two {kind}s are called "{name}": in {" and in ".join(named)}',
                    "one of the two would never be printed",
                    "give your own another id, or don't take the shelf's",
                    here,
                )
            )
            return None
        try:
            read = _read_in(self.shelf, files[name][0])
        except ContentError as error:
            self.findings += error.report.findings
            return None
        self.findings += read.findings
        if not isinstance(read.value, dict):
            mend = "begin it anew: handouts exercise new FILE"
            self.findings.append(Finding("the file holds no keys", "", mend, read.place(())))
            return None
        if not files[name][0].is_relative_to(SHIPPED):
            self.own_files[f"{kind}s", name] = read
        return read.value


@dataclass(frozen=True, slots=True)
class _Merged(YamlSource):
    """A content with what it takes: of the clinic's own files it knows the lines, too."""

    own_files: Mapping[KeyPath, YamlSource] = field(default_factory=dict)

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """Say where the value (or the key) at the path stands: in the content, or in a file."""
        file = self.own_files.get(path[:2])
        inside = path[2:]
        if file is not None and inside and path not in self.values and path not in self.keys:
            return file.place(inside, key=key)
        return YamlSource.place(self, path, key=key)


def with_shelf(source: YamlSource, shelf: Shelf) -> tuple[YamlSource, tuple[Finding, ...]]:
    """Give the content as if all that it takes from the shelf were written in it.

    What stands nowhere in the content has the place of the line that takes it.
    """
    taken = source.value.get("shelf")
    if not isinstance(taken, dict):
        return source, ()
    taking = _Taking(source, shelf)
    taking.take(taken)
    value = {**source.value}
    if isinstance(taken.get("exercises"), dict):
        value["shelf"] = {**taken, "exercises": dict.fromkeys(taken["exercises"])}
    for kind, found in (("exercises", taking.exercises), ("programmes", taking.programmes)):
        if found and isinstance(source.value.get(kind, {}), dict | None):
            value[kind] = {**_mapping(source.value.get(kind)), **found}
    values, keys = dict(source.values), dict(source.keys)
    for marks, new in ((source.values, values), (source.keys, keys)):
        new.update({path[1:]: mark for path, mark in marks.items() if path[:2] == _FROM})
    for path, at in taking.places.items():
        keys.setdefault(path, source.values[at])
        values.setdefault(path, source.values[at])
    merged = _Merged(
        source.file, value, values, keys, source.findings, source.slips, taking.own_files
    )
    return merged, tuple(taking.findings)


def laid_over(under: Any, over: Any) -> Any:
    """Lay one tree over another: keys join, a key without a value is taken out, lists replace."""
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    joined = {key: laid_over(under.get(key), value) for key, value in over.items()}
    return {key: value for key, value in {**under, **joined}.items() if value is not None}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _keys(value: Any) -> set[str]:
    return set(_mapping(value))


def written_on(folder: Path, name: str) -> dict[str, Any]:
    """Give what the shelf says of an exercise, in its own words; nothing where it has none.

    Raises:
        ContentError: its file is no YAML.

    """
    shelf = shelf_of(folder)
    paths = shelf.exercises.get(name, ())
    return _mapping(_read_in(shelf, paths[0]).value) if paths else {}


def how_to_take(folder: Path, kind: str, name: str) -> str | None:
    """Say how an exercise or a programme is taken that is on the shelf alone; else None."""
    shelf = shelf_of(folder)
    if name not in (shelf.programmes if kind == "programme" else shelf.exercises):
        return None
    lines = (
        f'"programmes: [{name}]"'
        if kind == "programme"
        else f'"exercises:", and below it "{name}:"'
    )
    return f'it is on the shelf: take it with a line "shelf:" in content.yaml, and below it {lines}'


def exercise_on(folder: Path, name: str) -> ShelfExercise:
    """Give an exercise of the shelf, which must have it, as nobody has changed it.

    Raises:
        ContentError: as ``read_exercise``.

    """
    shelf = shelf_of(folder)
    return _valid(ShelfExercise, _read_in(shelf, shelf.exercises[name][0]))


def read_exercise(path: Path) -> tuple[ShelfExercise, YamlSource]:
    """Read an exercise's own file.

    Raises:
        ContentError: it can't be read, or is no exercise; with every finding.

    """
    source = _shipped_file(path) if path.is_relative_to(SHIPPED) else _read(path)
    return _valid(ShelfExercise, source), source


def programme_on(folder: Path, name: str) -> ShelfProgramme:
    """Give a programme of the shelf, which must have it.

    Raises:
        ContentError: it can't be read, or is no programme; with every finding.

    """
    shelf = shelf_of(folder)
    return _valid(ShelfProgramme, _read_in(shelf, shelf.programmes[name][0]))


_Read = TypeVar("_Read", ShelfExercise, ShelfProgramme)


def _valid(model: type[_Read], source: YamlSource) -> _Read:
    if source.findings:
        raise ContentError(Report(source.findings))
    try:
        return model.model_validate(source.value)
    except ValidationError as error:
        findings = explain_all(error.errors(), source, model)
        raise ContentError(Report(findings).ordered()) from error


def template() -> bytes:
    """Give the file from which an exercise is begun."""
    return _TEMPLATE.read_bytes()
