"""Plural categories of whole numbers, by the rules of Unicode's CLDR.

A rule is written as Babel writes it: ``i mod 10 in 1 and i mod 100 not in 11 or n in 1``
(UTS #35, part 3, 5.1). A whole number has no digits behind its point, so that of a rule's
operands n and i are the number, and v, w, f, t, c and e are 0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER = "other"
"""The category of every number that no rule takes."""

_RELATION = re.compile(r"(?P<operand>[nivwftce])(?: mod (?P<mod>\d+))? (?P<no>not )?in (?P<of>\S+)")


def category(rules: Mapping[str, str], number: int) -> str:
    """Give the plural category of a whole number that is not below 0."""
    return next((name for name, rule in rules.items() if _takes(rule, number)), OTHER)


def _takes(rule: str, number: int) -> bool:
    return any(
        all(_holds(relation, number) for relation in either.split(" and "))
        for either in rule.split(" or ")
    )


def _holds(written: str, number: int) -> bool:
    relation = _RELATION.fullmatch(written)
    if relation is None:
        raise ValueError(f'"{written}" is no relation of a plural rule')
    value = number if relation["operand"] in "ni" else 0
    if relation["mod"]:
        value %= int(relation["mod"])
    within = any(_within(value, part) for part in relation["of"].split(","))
    return within is not bool(relation["no"])


def _within(value: int, part: str) -> bool:
    least, _, most = part.partition("..")
    return int(least) <= value <= int(most or least)
