"""A view as plain frozen data: all that a template sees.

What comes out is made of text, numbers, yes and no, nothing, tuples, mappings and records.
None of them has a method of a library, whatever the view was made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pydantic import BaseModel

from handouts.compose.views import PictureView, PieceView
from handouts.models.exercises import DrawnPose
from handouts.models.imposing import Imposition

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGE = "handouts."
_FIELDS_OF: dict[type, tuple[str, ...]] = {
    DrawnPose: ("title", "description"),
    Imposition: (),
    PictureView: ("svg", "file", "caption", "alt"),
}
"""Classes of which a template sees less: how a body is drawn and how sheets are cut is not text."""


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Fields with names, and nothing else."""

    fields: Mapping[str, Any]

    def __str__(self) -> str:
        """Refuse to be printed: a record is no text.

        Raises:
            TypeError: always; it names the fields that can be printed.

        """
        raise TypeError("it has several fields; print one of them: " + ", ".join(self.fields))


class NoPanelError(LookupError):
    """A template asks for a panel that the piece does not have."""


@dataclass(frozen=True, slots=True, eq=False)
class Panels:
    """Gives a panel by its name: ``view.panel("cover")``."""

    by_name: Mapping[str, Record]

    def __call__(self, name: str) -> Record:
        """Give the panel of that name.

        Raises:
            NoPanelError: the view has no such panel.

        """
        if name not in self.by_name:
            raise NoPanelError(f'there is no panel "{name}"; there are: {", ".join(self.by_name)}')
        return self.by_name[name]


def plain(value: object) -> Any:
    """Turn a view, or a part of one, into plain frozen data.

    Of our own classes the public fields and properties are taken, no methods. An enum becomes
    its text, a day its ISO form. What is none of all these is left out: a name that is not
    there stops the template that asks for it.
    """
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple | list):
        return tuple(map(plain, value))
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): plain(item) for key, item in value.items()})
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return _record(value)


_AS_THEY_ARE = (str, int, float, bool, type(None), Markup)


def _record(value: Any) -> Record:
    made = _fields(value, _names(value.__class__))
    if isinstance(value, PieceView):
        made["panel"] = Panels(
            MappingProxyType({each.fields["name"]: each for each in made["panels"]})
        )
    return Record(MappingProxyType(made))


def _fields(value: object, names: Iterable[str]) -> dict[str, Any]:
    found = ((name, getattr(value, name)) for name in names)
    return {name: plain(item) for name, item in found if _is_ours(item)}


def _is_ours(item: object) -> bool:
    """Say whether a value is plain, or of a class that is written here."""
    return isinstance(item, (*_AS_THEY_ARE, tuple, list, Mapping, date)) or type(
        item
    ).__module__.startswith(_PACKAGE)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Name what a template sees of a class."""
    if kind in _FIELDS_OF:
        return _FIELDS_OF[kind]
    names: dict[str, None] = {}
    if is_dataclass(kind):
        names.update(dict.fromkeys(field.name for field in fields(kind)))
    elif issubclass(kind, BaseModel):
        names.update(dict.fromkeys(kind.model_fields))
    for each in kind.__mro__:
        if each.__module__.startswith(_PACKAGE):
            names.update(
                (name, None) for name, part in vars(each).items() if isinstance(part, property)
            )
    return tuple(name for name in names if not name.startswith("_"))
