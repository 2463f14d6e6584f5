"""Telephone numbers in texts, as people write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PHONE = re.compile(r"(?<![\w./-])\+?\(?\d[\d ()./\u00a0–-]{5,20}\d(?![\w/])")
LEAST_DIGITS, _MOST_DIGITS = 7, 15
"""The shortest local numbers; ITU-T E.164 allows 15."""
_NO_PHONE = re.compile(
    r"\d{4}-\d\d-\d\d|(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d|\d{1,3}(?:[ \u00a0]\d{3})+"
)
"""Dates, spans of years, and thousands."""


def phone_numbers(text: str) -> Iterator[str]:
    """Give what looks like telephone numbers, each as it is written."""
    for found in _PHONE.findall(text):
        if LEAST_DIGITS <= len(digits(found)) <= _MOST_DIGITS and not _NO_PHONE.fullmatch(found):
            yield found.strip()


def digits(text: str) -> str:
    """Give the digits of a number alone."""
    return re.sub(r"\D", "", text)
