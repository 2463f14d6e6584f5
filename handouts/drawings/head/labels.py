"""Labels: words beside a picture, each with a leader line to its place on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from handouts.drawings.head.palette import BLACK
from handouts.drawings.head.strokes import (
    INNER_UNITS,
    UNITS_PER_PT,
    Point,
    number,
    polyline,
    ringed_dot,
    stroke,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handouts.drawings.head.palette import Palette

FONT_FAMILY = "Atkinson Hyperlegible"
SIZE_UNITS = 9.8 * UNITS_PER_PT
SHRINK = 0.98
"""How much smaller each further try is, for words which find no room at full size."""

LINE_COUNTS = (1, 2, 3, 4)
LEADING_EM = 1.16
ASCENT_EM = 0.75
DESCENT_EM = 0.25
WIDTHS_EM: Mapping[float, str] = MappingProxyType(
    {
        0.16: "'",
        0.22: ".,:;",
        0.24: "l’",
        0.26: "j",
        0.28: "i",
        0.3: " !()",
        0.32: "f",
        0.34: "rt",
        0.38: "-/",
        0.42: "I1",
        0.44: "y",
        0.46: "vz",
        0.48: "sx–",
        0.5: "ck",
        0.52: "J7?",
        0.54: "aeuL",
        0.56: "hnoFT2ø",
        0.58: "bdgpqE3",
        0.6: "SVY569ß",
        0.62: "BPRZ48",
        0.64: "AKX",
        0.66: "wC0",
        0.68: "D",
        0.7: "HNU",
        0.72: "G&",
        0.74: "OØ",
        0.76: "Q",
        0.82: "M",
        0.84: "W",
        0.86: "m",
        0.88: "æ",
        0.94: "œ",
        1: "Æ",
        1.06: "Œ",
    }
)
"""How wide the letters of Atkinson Hyperlegible are: its own advances, rounded up."""
WIDEST_EM = 1.06
"""For a letter that is in no list."""
_LETTER_EM = {letter: em for em, letters in WIDTHS_EM.items() for letter in letters}

LEADER_CASING_UNITS = 3.4
DOT_RADIUS_UNITS = 6.4
DOT_RING_UNITS = 2.4


class Rest(Enum):
    """Where in its room a label rests when it leaves some of it empty."""

    TOP = auto()
    MIDDLE = auto()
    BOTTOM = auto()


class Align(Enum):
    """The side of its room at which a label's lines begin or end."""

    LEFT = "start"
    RIGHT = "end"


@dataclass(frozen=True)
class Room:
    """A rectangle free for a label, and the leader line which meets it there.

    All measures are in viewBox units. `leader` goes on from the dot, towards the words.
    """

    left: float
    right: float
    top: float
    bottom: float
    rest: Rest
    leader: tuple[Point, ...]
    line_counts: tuple[int, ...] = LINE_COUNTS
    """How many lines a label may have here: two, where the leader ends between them."""


@dataclass(frozen=True)
class Callout:
    """The place of one label: its dot on the picture, and its rooms, best first."""

    label: str
    dot: Point
    align: Align
    rooms: tuple[Room, ...]


@dataclass(frozen=True)
class _Setting:
    lines: tuple[str, ...]
    size: float
    room: Room

    @property
    def first_baseline(self) -> float:
        drop = ASCENT_EM * self.size
        spare = self.room.bottom - self.room.top - _height(len(self.lines), self.size)
        match self.room.rest:
            case Rest.TOP:
                return self.room.top + drop
            case Rest.MIDDLE:
                return self.room.top + spare / 2 + drop
            case Rest.BOTTOM:
                return self.room.top + spare + drop


def _height(lines: int, size: float) -> float:
    return ((lines - 1) * LEADING_EM + ASCENT_EM + DESCENT_EM) * size


def _width_em(text: str) -> float:
    bare = (letter for letter in normalize("NFD", text) if not combining(letter))
    return sum(_LETTER_EM.get(letter, WIDEST_EM) for letter in bare)


def _wrapped(words: Sequence[str], width_em: float) -> tuple[str, ...]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if _width_em(longer) <= width_em:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _fits(lines: Sequence[str], size: float, room: Room) -> bool:
    return (
        len(lines) in room.line_counts
        and max(map(_width_em, lines)) * size <= room.right - room.left
        and _height(len(lines), size) <= room.bottom - room.top
    )


def _set(words: Sequence[str], rooms: Sequence[Room]) -> _Setting:
    size = SIZE_UNITS
    while True:
        for room in rooms:
            lines = _wrapped(words, (room.right - room.left) / size)
            if _fits(lines, size, room):
                return _Setting(lines, size, room)
        size *= SHRINK


def _text(setting: _Setting, align: Align, colour: str) -> str:
    x = setting.room.left if align is Align.LEFT else setting.room.right
    baselines = (
        setting.first_baseline + index * LEADING_EM * setting.size
        for index in range(len(setting.lines))
    )
    spans = " ".join(
        f'<tspan x="{number(x)}" y="{number(y)}">{escape(line, quote=False)}</tspan>'
        for line, y in zip(setting.lines, baselines, strict=True)
    )
    return (
        f'<text font-family="{FONT_FAMILY}" font-size="{number(setting.size)}" '
        f'fill="{colour}" text-anchor="{align.value}">{spans}</text>'
    )


def labelled(callout: Callout, words: str, palette: Palette) -> str:
    """Draw a label: its dot, its leader and its words, wrapped to at most four lines.

    Words which find no room at full size are set smaller, until they do.
    Raises ValueError if there are no words.
    """
    if not words.split():
        raise ValueError(f"The label {callout.label!r} has no words.")
    setting = _set(words.split(), callout.rooms)
    leader = polyline([callout.dot, *setting.room.leader])
    colours = (palette.line, palette.white)
    return (
        stroke(leader, palette.white, INNER_UNITS + LEADER_CASING_UNITS)
        + stroke(leader, palette.line, INNER_UNITS)
        + ringed_dot(callout.dot, DOT_RADIUS_UNITS, colours, DOT_RING_UNITS)
        + _text(setting, callout.align, BLACK)
    )
