"""The next visit, in a patient's words or a desk's: a day, a time or a place, and no yes or no."""

from __future__ import annotations

import re
from functools import lru_cache

from handouts.intake.roster.header_words import plain
from handouts.models.no_names import says_nothing

_NO_VISIT = frozenset(
    plain(word)
    for word in (
        "yes", "no", "y", "n", "true", "false", "x", "ok", "okay", "done", "needed", "required",
        "requested", "maybe", "pending", "tbd", "tba", "tbc", "n/a", "na", "none", "null", "nan",
        "unknown", "scheduled", "booked", "confirmed", "not scheduled", "not needed", "not yet",
        "to be scheduled", "to be determined", "needs scheduling", "declined", "cancelled",
        "canceled", "prn", "if needed", "left message", "lm", "will call", "see notes",
        "sí", "si", "oui", "non", "ja", "nein", "nee", "sim", "não", "nao", "tak", "nie", "да",
        "нет", "是", "否", "有", "无", "はい", "いいえ", "예", "네", "아니요",
        "có", "không", "نعم", "لا",
        "offen", "ausstehend", "pendiente", "en attente",
    )
)  # fmt: skip
_NUMBER = re.compile(r"[-+]?\d{1,4}(?:[.,]\d+)?%?")
_TIME_WORD = re.compile(
    r"\d|\b(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day)?s?\b|\btues|\bthurs|\bweds?\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b"
    r"|\b(?:today|tomorrow|tonight|noon|weekly|monthly|daily)\b|\b(?:day|week|month|year)s?\b",
    re.IGNORECASE,
)
_KEPT = 4096
"""Many people of a day come again on the same one."""
DOUBTED = frozenset({"follow up", "followup"})
"""Headers below which desks write yes and no: only what holds a day or a time is taken."""


@lru_cache(_KEPT)
def visit(text: str, header: str) -> str:
    """Read a next visit as it is printed; ``header`` is what its column is called.

    Raises:
        ValueError: it is none; of its two arguments the second says how to mend it.

    """
    word = plain(text)
    bare = (
        word in _NO_VISIT
        or says_nothing(text)
        or _NUMBER.fullmatch(text.strip())
        or not any(map(str.isalnum, text))
    )
    if bare:
        what = "this is no day, time or place, and would be printed as the next visit"
        raise ValueError(what, "write the day, or empty the cell")
    if plain(header) in DOUBTED and not _TIME_WORD.search(text):
        what = "there is no day or time in this, and it would be printed as the next visit"
        raise ValueError(what, 'write the day; or, if it is meant so, name the column "next visit"')
    return text
