"""A PDF's objects as plain values: references followed, and what is missing is empty."""

from __future__ import annotations

from typing import Any

from playa import resolve
from playa.pdftypes import ContentStream, InlineImage, PSLiteral


def value(held: Any) -> Any:
    """Follow a reference."""
    return resolve(held)


def mapping(held: Any) -> dict[str, Any]:
    """Give a dictionary; empty where there is none. A stream is not one."""
    found = resolve(held)
    return found if isinstance(found, dict) else {}


def stream(held: Any) -> ContentStream | None:
    """Give a stream; None where there is none.

    Its very class is asked for: where playa is compiled, ``isinstance`` also takes a
    dictionary for a stream once anything has been registered as a Mapping.
    """
    found: Any = resolve(held)
    return found if type(found) in {ContentStream, InlineImage} else None


def sequence(held: Any) -> list[Any]:
    """Give an array's items, references followed; empty where there is none."""
    found = resolve(held)
    return [resolve(item) for item in found] if isinstance(found, list | tuple) else []


def numbers(held: Any) -> tuple[float, ...]:
    """Give an array of numbers."""
    return tuple(float(item) for item in sequence(held))


def name(held: Any) -> str:
    """Give a name without its slash; empty where there is none."""
    found = resolve(held)
    return str(found.name) if isinstance(found, PSLiteral) else ""
