"""How many syllables an English word has.

The rules and exceptions are those of readability 0.3.2, which ships them with faults and as source
alone; syllables.LICENSE.txt says whose they are and what was changed.
"""

from __future__ import annotations

import re
from functools import cache

_VOWELS = frozenset("aoeuiäàâáåãëéèêóòöôõðùúüìíïîy")

_EXCEPTIONS = {
    word: count
    for count, words in {
        1: "brutes chummed flapped foamed gaped h'm lb mimes ms peeped sheered st",
        2: "60 bepatched capered caressed clattered deafened dr effaced effaces fringed gravesend "
        "greyish jr mangroves messieurs motioned moustaches mr mrs pencilled poleman quivered "
        "reclined shivered sidespring slandered sr stammered suavely tottered trespassed "
        "unstained",
        3: "discoloured disinterred hemispheres manoeuvred shamefully unexpressed veriest",
        4: "etc sailmaker satiated sententiously",
        5: "particularized unostentatious",
        6: "propitiatory",
    }.items()
    for word in words.split()
}

_ONE_LESS = tuple(
    map(re.compile, ("cial", "tia", "cius", "cious", "gui", "ion", "iou", "sia$", ".ely$"))
)
_ONE_MORE = tuple(
    map(
        re.compile,
        (
            "ia", "riet", "dien", "iu", "io", "ii", "[aeiouy]bl$", "mbl$", "[aeiou]{3}", "^mc",
            "ism$", r"(.)(?!\1)([aeiouy])\2l$", "[^l]llien", "^coad.", "^coag.", "^coal.",
            "^coax.", r"(.)(?!\1)[gq]ua(.)(?!\2)[aeiou]", "dnt$",
        ),
    )
)  # fmt: skip


@cache
def count_syllables(word: str) -> int:
    """Count a word's syllables, one at least: groups of vowels, set right by rules."""
    stem = word.lower().removesuffix("e")
    if stem in _EXCEPTIONS:
        return _EXCEPTIONS[stem]
    groups = sum(
        letter in _VOWELS and (place == 0 or stem[place - 1] not in _VOWELS)
        for place, letter in enumerate(stem)
    )
    more = sum(bool(rule.search(stem)) for rule in _ONE_MORE)
    less = sum(bool(rule.search(stem)) for rule in _ONE_LESS)
    return max(1, groups + more - less)
