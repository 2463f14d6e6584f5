"""The names that a template may ask of a thing: ``view.title``, ``loop.index``, ``text.split``.

For each kind of thing there is a rule that knows its names. What no rule knows is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from jinja2.environment import TemplateModule
from jinja2.filters import _GroupTuple
from jinja2.runtime import BlockReference, LoopContext, TemplateReference
from jinja2.utils import Namespace
from markupsafe import Markup

from handouts.compose.fill_limits import may_grow
from handouts.compose.plain_view import Record
from handouts.load.explain import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TEXT_METHODS = (
    "capitalize", "endswith", "lower", "lstrip", "removeprefix", "removesuffix", "replace",
    "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper",
)  # fmt: skip
MAPPING_METHODS = ("get", "items", "keys", "values")
LOOP_NAMES = (
    "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem",
    "revindex", "revindex0",
)  # fmt: skip
LOOP_METHODS = ("changed", "cycle")


def may_replace(text: str, old: str, new: str, *_: Any) -> None:
    """See that a text stays in its bounds when others are put into it.

    Raises:
        PastLimitError: it does not.

    """
    may_grow(new, str(text).count(str(old)))


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A method that a template may call."""

    of: Any
    name: str

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it; what a mapping gives comes as a list."""
        if self.name == "replace":
            may_replace(self.of, *args)
        found = getattr(self.of, self.name)(*args, **kwargs)
        return tuple(found) if isinstance(self.of, Mapping) and self.name != "get" else found


NOTHING = object()
"""What a rule gives for a name that is not there; None may well be there."""


def _field(obj: Record, name: str) -> Any:
    return obj.fields.get(name, NOTHING)


def _method_of(*names: str) -> Callable[[Any, str], Any]:
    return lambda obj, name: Method(obj, name) if name in names else NOTHING


_text = _method_of(*TEXT_METHODS)


def _mapping(obj: Mapping[str, Any], name: str) -> Any:
    return Method(obj, name) if name in MAPPING_METHODS else obj.get(name, NOTHING)


def _loop(obj: LoopContext, name: str) -> Any:
    return Method(obj, name) if name in LOOP_METHODS else _only(LOOP_NAMES)(obj, name)


def _only(names: tuple[str, ...]) -> Callable[[Any, str], Any]:
    return lambda obj, name: getattr(obj, name) if name in names else NOTHING


def _exported(obj: TemplateModule, name: str) -> Any:
    return NOTHING if name.startswith("_") else vars(obj).get(name, NOTHING)


def _set_before(obj: Namespace, name: str) -> Any:
    return NOTHING if name.startswith("_") else getattr(obj, name, NOTHING)


def _block(obj: TemplateReference, name: str) -> Any:
    try:
        return obj[name]
    except LookupError:
        return NOTHING


def _no_names(_obj: Any, _name: str) -> Any:
    return NOTHING


_RULES: dict[type, Callable[[Any, str], Any]] = {
    Record: _field,
    str: _text,
    Markup: _text,
    dict: _mapping,
    MappingProxyType: _mapping,
    LoopContext: _loop,
    TemplateModule: _exported,
    TemplateReference: _block,
    BlockReference: _only(("super",)),
    Namespace: _set_before,
    _GroupTuple: _only(("grouper", "list")),
}
"""By the kind of a thing, what gives the names that a template may ask of it."""


def attribute_of(obj: Any, name: str) -> Any:
    """Give what a template may ask of a thing by a name, or NOTHING."""
    return _RULES.get(type(obj), _no_names)(obj, name)


def not_there(obj: Any, name: str) -> str:
    """Say that a thing has no such name, and which it has."""
    known: Iterable[str] = obj.fields if isinstance(obj, Record) else ()
    if isinstance(obj, str):
        known = TEXT_METHODS
    there = f'there is no "{name[:40]}" here'
    return f"{there}; {did_you_mean(name[:40], known)}" if known else there
