"""Checks on phone numbers in texts: a patient who is told to call must reach the clinic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.basics.phone_numbers import LEAST_DIGITS, digits, phone_numbers
from handouts.load.facts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent

_EMERGENCY = re.compile(r"(?<![\d./-])(?:911|999|112|000|111|110|119|118)(?!\d|[./-]\d|%)")
_CALLED = re.compile(r"\b(?:call|dial|ring|phone|text)\s+(?:the\s+)?$", re.IGNORECASE)
_ELSEWHERE = frozenset({"testimonials", "sources", "evidence", "provenance", "claims"})
"""What is quoted, or cites."""
_AT_OTHER_HOURS = ("clinic", "when_closed")
"""Here another number than the clinic's is meant."""


def check_numbers(loaded: LoadedContent) -> Iterator[Finding]:
    """Find numbers to call that are not the clinic's own, or not the emergency number."""
    clinic = loaded.content.clinic
    own = digits(clinic.phone)
    emergency = clinic.jurisdiction.emergency
    known = re.findall(r"\d+", emergency or "")  # "112 or 999" has two
    for path, text in texts(loaded.source.value):
        if path[0] in _ELSEWHERE or path[:2] in {("clinic", "phone"), ("clinic", "clinicians")}:
            continue
        if "://" in text or "dose_sources" in path:
            continue
        for number in phone_numbers(text):
            if digits(number).endswith(own[-LEAST_DIGITS:]):
                yield Finding(
                    "the clinic's phone number is typed into a text",
                    "it stays as it is when clinic.phone changes",
                    "write {phone} in its place",
                    loaded.place(path),
                    Severity.WARNING,
                )
            elif path != _AT_OTHER_HOURS:
                yield Finding(
                    f'"{number}" looks like a phone number, and is not the clinic\'s',
                    f"that is {clinic.phone}",
                    "write {phone} for the clinic's; leave it where it is somebody else's",
                    loaded.place(path),
                    Severity.WARNING,
                )
        for found in _EMERGENCY.finditer(text):
            if found[0] not in known and _CALLED.search(text[: found.start()]):
                yield Finding(
                    f"a text says to call {found[0]}",
                    f"the emergency number of {clinic.jurisdiction.name} is {emergency}"
                    if emergency
                    else "clinic.jurisdiction has no emergency number",
                    "write {emergency} in its place, and the number in clinic.jurisdiction",
                    loaded.place(path),
                    Severity.WARNING,
                )
