"""Printing conditions known by name: what files say of them, and how much ink they take."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_INK_PERCENT = 300
"""What coated paper takes, and a condition that is not known by name is taken to."""
SHIPPED = "fogra39"
AMERICAN = "gracol2013"
"""The default where the paper is Letter, once its profile is there."""
_DATA = Path(__file__).with_suffix(".toml")
_SIGNS = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A printing condition, as the data file beside this module describes it."""

    name: str
    identifier: str
    registry: str
    description: str
    file: str
    """What its profile is called."""
    described: tuple[str, ...]
    source: str
    """Where its profile is to be had."""
    most_ink_percent: int

    def is_described(self, description: str) -> bool:
        """Say whether a profile's description names this condition."""
        plain = _SIGNS.sub("", description.casefold())
        return any(part in plain for part in self.described)


@cache
def named_conditions() -> Mapping[str, NamedCondition]:
    """Give the conditions by their names."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            name: NamedCondition(
                name,
                one["identifier"],
                one["registry"],
                one["description"],
                one["file"],
                tuple(one["described"]),
                one["from"],
                one["most_ink_percent"],
            )
            for name, one in data.items()
        }
    )


def identified(identifier: str) -> NamedCondition | None:
    """Give the condition that an output intent names; None for one that is not known."""
    return next((one for one in named_conditions().values() if one.identifier == identifier), None)


def described(description: str) -> tuple[NamedCondition, ...]:
    """Give the conditions that a profile's description names; most profiles name one, or none."""
    return tuple(one for one in named_conditions().values() if one.is_described(description))


def in_file(name: str) -> NamedCondition | None:
    """Give the condition whose profile is called so."""
    return next((one for one in named_conditions().values() if one.file == name), None)
