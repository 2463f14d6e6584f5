"""What a part of a name means: of exercises, programmes and people of the content."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.settings import Setting, named

if TYPE_CHECKING:
    from handouts.jobs.sheet_request import SheetRequest
    from handouts.models.content import Content


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose: its id and the name that people know it by."""

    id: str
    name: str


Items = Sequence[Offer]


def exercises_of(content: Content) -> Items:
    """Give all exercises, in the order that gives them the same number everywhere."""
    return [Offer(key, one.name) for key, one in content.exercises.items()]


def programmes_of(content: Content) -> Items:
    """Give all sets of exercises."""
    return [Offer(key, one.name) for key, one in content.programmes.items()]


def clinicians_of(content: Content) -> Items:
    """Give everybody who may give a sheet."""
    return [Offer(key, person.name) for key, person in content.clinic.clinicians.items()]


def _plain(text: str) -> str:
    """Leave aside case, accents, hyphens and spare spaces."""
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join("".join(letters).casefold().replace("-", " ").split())


def called(text: str, items: Items) -> tuple[Offer, ...]:
    """Find the items that a text may name.

    It is looked for as a whole name or id, then as a part of one, then word by word; the first
    way that finds any holds.
    """
    wanted = _plain(text)
    if not wanted:
        return ()
    names = [(_plain(item.id), _plain(item.name)) for item in items]
    ways = (
        lambda name: wanted == name,
        lambda name: wanted in name,
        lambda name: all(word in name for word in wanted.split()),
    )
    found = ([any(map(way, both)) for both in names] for way in ways)
    hits = next((hits for hits in found if any(hits)), [])
    return tuple(item for item, hit in zip(items, hits, strict=False) if hit)


class _Names:
    """Puts whole ids in the place of parts of names, and keeps what is to be told of it."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.findings: list[Finding] = []

    def whole(self, text: str, items: Items, setting: Setting, *, own_words: bool = False) -> str:
        """Give the id that is meant; what names nothing, or several, stays as it is.

        Where it may be ``own_words`` of a patient's, none of it is repeated.
        """
        if any(item.id == text for item in items):
            return text
        found = called(text, items)
        if len(found) > 1:
            ids = " or ".join(item.id for item in found)
            mend = "write more of it"
            place = Place(file=named(setting))
            what = "a part of a name" if own_words else f'"{text}"'
            self.findings.append(Finding(f"{what} could be {ids}", "", mend, place))
        if len(found) != 1:
            return text
        if own_words:
            self.told.append(f"{named(setting)} is for {found[0].name}.")
        else:
            self.told.append(f"{named(setting, text)} is {found[0].name}.")
        return found[0].id


def in_full(request: SheetRequest, content: Content) -> tuple[SheetRequest, tuple[str, ...]]:
    """Give a request with whole ids, and say what each part of a name was taken for.

    Raises:
        ContentError: a part of a name could be several.

    """
    names = _Names()
    exercises, values = exercises_of(content), dict(request.values)
    for key, items, setting in (
        ("programme", programmes_of(content), Setting.PROGRAMME),
        ("clinician", clinicians_of(content), Setting.CLINICIAN),
    ):
        if isinstance(said := values.get(key), str):
            values[key] = names.whole(said, items, setting)
    for key, setting in (
        ("leave_out", Setting.LEAVE_OUT),
        ("beyond_limits", Setting.BEYOND_LIMITS),
    ):
        if said := values.get(key):
            values[key] = tuple(_headed(one, names, exercises, setting) for one in said)
    written = tuple(
        _headed(text, names, exercises, Setting.EXERCISES) for text in request.exercises
    )
    changes = tuple(_changed(text, names, exercises) for text in request.changes)
    if names.findings:
        raise ContentError(Report(tuple(names.findings)))
    told = tuple(dict.fromkeys(names.told))
    return replace(request, values=values, exercises=written, changes=changes), told


def _changed(text: str, names: _Names, items: Items) -> str:
    """Put a whole id before the part of a change; what is no change stays as it is."""
    head, colon, rest = text.partition(":")
    if not colon or "=" in head:
        return text
    return names.whole(head.strip(), items, Setting.CHANGES, own_words=True) + colon + rest


def _headed(text: Any, names: _Names, items: Items, setting: Setting) -> Any:
    """Put a whole id before the colon of a text, if it has one."""
    if not isinstance(text, str):
        return text
    head, colon, rest = text.partition(":")
    return names.whole(head.strip(), items, setting) + colon + rest
