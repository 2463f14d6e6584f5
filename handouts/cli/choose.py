"""What a short answer at a prompt means: items picked by number or by a part of their name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.basics.choices import Side
from handouts.jobs.meant import Items, Offer, called
from handouts.jobs.typed_parts import part_called, part_to_change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIGNED = re.compile(r",|\s+(?=[+-])")
_FROM_TO = re.compile(r"\d+\s*[-–—]\s*\d+")
_PART = re.compile(
    r"(?<![^\s,:])(?:((?:step|mistake)s?[ -]?\d+(?:\s*\+\s*drawings)?"
    r"|[A-Za-z][A-Za-z0-9_.+-]*)\s*=\s*|(note)(?=[\s:])[\s:]*)",
    re.IGNORECASE,
)
"""A part and its sign; a note needs none."""
_FREE_WORDS = {"as_needed", "held"}
"""Parts of a dose that hold words."""
_NO_PART = (
    "A dose has hold, reps, sets, rest, times, days and side, and more that docs/clinician.md "
    "names. Words have step and its number, mistake and its number, equipment, stop-if and note."
)


class UnclearError(ValueError):
    """An answer that can't be taken; its text says what would be right."""


def candidates(text: str, items: Items) -> tuple[Offer, ...]:
    """Find the items that a text may mean.

    Digits are a number in the list, from 1. Else the text is a name, or a part of one.
    """
    if text.isdecimal():
        return tuple(item for number, item in enumerate(items, 1) if text == str(number))
    return called(text, items)


def pick(text: str, items: Items) -> Offer:
    """Pick one item.

    Raises:
        UnclearError: none or several may be meant. What fits nothing is not repeated: it
            may be a patient's name in the wrong place.

    """
    found = candidates(text.strip(), items)
    if len(found) == 1:
        return found[0]
    if not found:
        numbers = "1" if len(items) == 1 else f"1 to {len(items)}"
        raise UnclearError(
            f"That is not in the list. Write a number, {numbers}, or part of a name."
        )
    named = " or ".join(f"{items.index(item) + 1} {item.name}" for item in found)
    raise UnclearError(f'"{text.strip()}" could be {named}. Write more of it, or the number.')


def pick_each(text: str, items: Items) -> tuple[Offer, ...]:
    """Pick one item or more: as one name, or else word by word.

    Raises:
        UnclearError: as ``pick``, for any of the words.

    """
    text = text.strip()
    if _FROM_TO.fullmatch(text):
        raise UnclearError("Write each number, with spaces: 1 2 3")
    if len(candidates(text, items)) == 1 or len(text.split()) < 2:
        return (pick(text, items),)
    return tuple(dict.fromkeys(pick(word, items) for word in text.split()))


def _pick_signed(text: str, items: Items) -> tuple[Offer, ...]:
    if len(text.split()) > 1 and not candidates(text, items):
        raise UnclearError("Give each its own sign: +4 -2.")
    return (pick(text, items),)


def select(text: str, items: Items, present: Sequence[Offer]) -> tuple[Offer, ...]:
    """Change a selection: "1 3" is these alone, "+4" adds, "-2" takes out; empty keeps it.

    The answer is in the order of the items.

    Raises:
        UnclearError: something is not in the list, signs stand beside plain numbers, the same
            item is both added and taken out, or nothing would be left.

    """
    pieces = [piece.strip() for piece in _SIGNED.split(text) if piece.strip()]
    signed = [piece for piece in pieces if piece[0] in "+-"]
    if signed and len(signed) < len(pieces):
        raise UnclearError("Write numbers alone (1 3), or each with its sign (+4 -2).")
    added: set[Offer] = set()
    taken: set[Offer] = set()
    for piece in pieces:
        group = taken if piece[0] == "-" else added
        group.update(_pick_signed(piece[1:].strip(), items) if signed else pick_each(piece, items))
    if both := added & taken:
        name = next(item.name for item in items if item in both)
        raise UnclearError(f"{name} is both added and taken out.")
    start = set(present) if signed or not pieces else set()
    chosen = (start | added) - taken
    if not chosen:
        raise UnclearError("A sheet needs an exercise. Write its number or part of its name.")
    return tuple(item for item in items if item in chosen)


def changes(text: str) -> tuple[str, dict[str, str]]:
    """Take apart "2 reps=3 step4=-": what is meant, and the parts, by their whole names.

    A patient's own words go on to the next part that there is, whatever else stands in them.

    Raises:
        UnclearError: a part is none of a dose or of words, stands twice or has no value; a side
            is none. No words are repeated.

    """
    found = list(_parts(text))
    starts = [match.start() for _, match in found] + [len(text)]
    parts: dict[str, str] = {}
    for (part, match), end in zip(found, starts[1:], strict=True):
        value = text[match.end() : end].strip(" ,")
        if not value or part in parts:
            raise UnclearError(
                f"{part.rpartition('.')[2]} needs one value. Write it like 2 hold=20s side=left"
            )
        parts[part] = side_of(value) if part == "side" else value
    return text[: starts[0]].strip(" :,"), parts


def _parts(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Find where parts begin, with their whole names."""
    in_words = False
    for match in _PART.finditer(text):
        word = match[1] or match[2]
        part = part_to_change(word) or part_called(word)
        if in_words and (part is None or match[2]):
            continue
        if part is None:
            raise UnclearError(_NO_PART)
        in_words = part_to_change(part) is not None or part in _FREE_WORDS
        yield part, match


def side_of(text: str) -> str:
    """Read a side: "l" or "left", "r" or "right", "e" or "each".

    Raises:
        UnclearError: it is none of these.

    """
    short = text.strip().lower()
    for side in Side:
        if short and side.startswith(short):
            return str(side)
    raise UnclearError("A side is l, r or e: left, right or each.")
