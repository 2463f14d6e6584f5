"""Checks on phone numbers in texts: a patient who is told to call must reach the clinic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.load.facts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent

_PHONE = re.compile(r"(?<![\w./-])\+?\(?\d[\d ()./\u00a0–-]{5,20}\d(?![\w/])")
_LEAST_DIGITS, _MOST_DIGITS = 7, 15
"""The shortest local numbers; ITU-T E.164 allows 15."""
_NO_PHONE = re.compile(
    r"\d{4}-\d\d-\d\d|(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d|\d{1,3}(?:[ \u00a0]\d{3})+"
)
"""Dates, spans of years, and thousands."""
_EMERGENCY = re.compile(r"(?<![\d./-])(?:911|999|112|000|111|110|119|118)(?!\d|[./-]\d|%)")
_CALLED = re.compile(r"\b(?:call|dial|ring|phone|text)\s+(?:the\s+)?$", re.IGNORECASE)
_ELSEWHERE = frozenset({"testimonials", "sources", "evidence", "provenance", "claims"})
"""What is quoted, or cites."""
_AT_OTHER_HOURS = ("clinic", "when_closed")
"""Here another number than the clinic's is meant."""


def check_numbers(loaded: LoadedContent) -> Iterator[Finding]:
    """Find numbers to call that are not the clinic's own, or not the emergency number."""
    clinic = loaded.content.clinic
    own = _digits(clinic.phone)
    emergency = clinic.jurisdiction.emergency
    known = re.findall(r"\d+", emergency or "")  # "112 or 999" has two
    for path, text in texts(loaded.source.value):
        if path[0] in _ELSEWHERE or path[:2] in {("clinic", "phone"), ("clinic", "clinicians")}:
            continue
        if "://" in text or "dose_sources" in path:
            continue
        for found in _PHONE.finditer(text):
            digits = _digits(found[0])
            if not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS or _NO_PHONE.fullmatch(found[0]):
                continue
            if digits.endswith(own[-_LEAST_DIGITS:]):
                yield Finding(
                    "the clinic's phone number is typed into a text",
                    "it stays as it is when clinic.phone changes",
                    "write {phone} in its place",
                    loaded.place(path),
                    Severity.WARNING,
                )
            elif path != _AT_OTHER_HOURS:
                yield Finding(
                    f'"{found[0].strip()}" looks like a phone number, and is not the clinic\'s',
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


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
