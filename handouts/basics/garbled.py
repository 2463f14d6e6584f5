"""Text that was read in another encoding than it was written in, and towers of marks."""

from __future__ import annotations

import re
import unicodedata

_WRONGLY_READ_AS = ("cp1252", "latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850")
"""What programs take UTF-8 for that are not told."""
_SURELY = frozenset({"cp1252", "latin-1"})
"""Where a pair of letters that UTF-8 would read as one is never written: Ã©, Åž, Ä±."""
_HIGH = re.compile("[^\0-\x7f]+")
_MIXED = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_MOST_ALIKE = 3
"""Vietnamese and old Greek write two marks above a letter, never four on one side of it."""
_MARKS = frozenset({"Mn", "Me"})
_LEAST_MARKS = 2
"""No letter is written with more than two in one, so two more are needed to be too many."""
_MOST_MARKS = 8
"""Tibetan piles up six signs, pointed Hebrew five."""


def _pairs() -> re.Pattern[str]:
    """Find two letters that, in one of the encodings, are the first two bytes of one in UTF-8."""
    choices = []
    for encoding in _WRONGLY_READ_AS:
        first = bytes(range(0xC2, 0xF5)).decode(encoding, "ignore")
        later = bytes(range(0x80, 0xC0)).decode(encoding, "ignore")
        choices.append(f"[{re.escape(first)}][{re.escape(later)}]")
    return re.compile("|".join(choices))


_PAIRS = _pairs()


def is_garbled(text: str) -> bool:
    """Say whether text is UTF-8 that was once read as something else: Ã¼ for ü."""
    if text.isascii() or not _PAIRS.search(text):
        return False
    return any(_once_utf8(text, encoding) for encoding in _WRONGLY_READ_AS)


def _once_utf8(text: str, encoding: str) -> bool:
    """Say whether all letters beyond ASCII, as bytes of an encoding, are letters in UTF-8."""
    pieces = _HIGH.findall(text)
    try:
        letters = b"".join([piece.encode(encoding) for piece in pieces]).decode()
    except UnicodeError:
        return False
    if any(unicodedata.category(one) in {"Cc", "Cn", "Co", "Cs"} for one in letters):
        return False
    # one letter made of two letters may be chance; of three, or with a sign, it is none
    read = "".join(pieces)
    return (
        encoding in _SURELY
        or len(read) > 2
        or not read.isalpha()
        or _MIXED.search(text) is not None
    )


def is_tower(text: str) -> bool:
    """Say whether so many marks stand on one letter that they run over the lines beside it."""
    beyond = "".join(_HIGH.findall(text))
    if not beyond or beyond.isalpha():
        return False
    if sum(unicodedata.category(letter) in _MARKS for letter in beyond) < _LEAST_MARKS:
        return False
    alike, marks, last = 0, 0, 0
    for letter in unicodedata.normalize("NFD", text):
        if unicodedata.category(letter) not in _MARKS:
            alike = marks = last = 0
            continue
        side = unicodedata.combining(letter)
        alike = alike + 1 if side and side == last else 1
        marks, last = marks + 1, side
        if alike > _MOST_ALIKE or marks > _MOST_MARKS:
            return True
    return False
