"""The initials of a person's name, in the way of each word's script."""

from __future__ import annotations

import re
import unicodedata

from handouts.basics.characters import is_letter

MOST_INITIALS = 4
"""Of more, the first ones stand and the last, which is most often the surname's."""
_WORDS = re.compile(r"[\s\u30fb]+|(?<=[\u2e80-\ud7ff])\u00b7(?=[\u2e80-\ud7ff])")
"""Between words: spaces, and the dots in foreign names that are written in Chinese or Japanese."""
_BEFORE_ITS_CONSONANT = frozenset(map(chr, (*range(0x0E40, 0x0E45), *range(0x0EC0, 0x0EC5))))
"""Vowels of Thai and Lao that are written before the consonant with which the word begins."""
_THAI_OR_LAO = re.compile("[\u0e00-\u0eff]")
_DEVANAGARI = re.compile("[\u0900-\u097f]")


def initials(name: str) -> str:
    """Give the initials of a name; a word without a letter has none.

    An initial is the first grapheme cluster of a word (Unicode's UTS #35, Person Names), so a
    letter keeps its accent, and a Hindi syllable its conjunct and its vowel. Thai and Lao take the
    first consonant alone (the Royal Society of Thailand's rules for abbreviations). It ends with a
    dot, in Devanagari with that script's own sign, and with none where Chinese, Japanese and Korean
    are written, as in CLDR's names of hi, zh, ja and ko.
    """
    found = [one for one in map(_initial, _WORDS.split(name)) if one]
    if len(found) > MOST_INITIALS:
        found = [*found[: MOST_INITIALS - 1], found[-1]]
    return " ".join(found)


def _initial(word: str) -> str:
    letters = [at for at, one in enumerate(word) if is_letter(one)]
    if not letters:
        return ""
    first = next((at for at in letters if word[at] not in _BEFORE_ITS_CONSONANT), letters[0])
    if _THAI_OR_LAO.match(word[first]):
        return word[first] + "."
    cluster = _first_cluster(word[first:])
    if unicodedata.east_asian_width(cluster[0]) in "WF":
        return cluster
    return cluster.title() + ("\u0970" if _DEVANAGARI.match(cluster) else ".")


def _first_cluster(text: str) -> str:
    """Give the first grapheme cluster of a text (Unicode's UAX #29)."""
    if text.isascii():
        return text[0]
    import regex  # noqa: PLC0415 - most names need it not

    cluster: str = regex.match(r"\X", text)[0]
    return cluster
