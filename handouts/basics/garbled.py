"""Text that was read in another encoding than it was written in, and towers of marks."""

from __future__ import annotations

import re
import unicodedata

_WRONGLY_READ_AS = ("cp1252", "latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850")
"""What programs take UTF-8 for that are not told."""
_SURELY = frozenset({"cp1252", "latin-1"})
"""Where a pair of letters that UTF-8 would read as one is never written: Ã©, Åž, Ä±."""
_NEVER_FIRST = frozenset("ĂĹƒ")
"""In Windows-1250 and on old Macs, before a letter beyond ASCII."""
_HIGH = re.compile("[^\0-\x7f]+")
_LETTERS = re.compile("[A-Za-z]")
_MIXED = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_ENDING = re.compile("[ÄÅ][\u2026\u2019\u201d\u2013\u2014\xbb](?![^\\W\\d_])")
"""A capital at a word's end, before a quotation mark, a dash or dots."""
_LATIN = re.compile(
    "[\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u1e00-\u1eff\u2010-\u2044\u20ac"
    "\u2122\U0001f300-\U0001faff\ufe0f]+"
)
"""What is written among Latin letters; others, like IPA, come about by chance alone."""
_OTHERS = re.compile(
    "[\u0386-\u03ce\u0401-\u045f\u0490-\u0491\u05b0-\u05ea\u0621-\u06d2\u0901-\u0dff"
    "\u0e01-\u0e4e\u0f00-\u0fff\u1f00-\u1fff\u200b-\u200f\u3005-\u30ff\u4e00-\u9fff"
    "\uac00-\ud7a3]+"
)
"""Letters of the other scripts that are printed."""
_LEAST_AMONG_LATIN = 3
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
    read = "".join(pieces)
    others = _LATIN.sub("", letters)
    if not others:
        if len(letters) == 1 and _ENDING.search(text):
            return False
        # one letter made of two letters may be chance; of three, or with a sign, it is none
        odd = len(read) > 2 or not read.isalpha() or _MIXED.search(text)
        return encoding in _SURELY or read[0] in _NEVER_FIRST or bool(odd)
    if not _OTHERS.fullmatch(others):
        return False
    return len(others) >= _LEAST_AMONG_LATIN if _LETTERS.search(text) else len(read) > 2


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
