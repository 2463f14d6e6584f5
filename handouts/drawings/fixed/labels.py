"""Labels: words beside a picture, each with a leader line to its place on it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from handouts.drawings.colours import BLACK
from handouts.drawings.fixed.picture import WIDTH_UNITS
from handouts.drawings.lettering import FONT_FAMILY, width_em

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.drawings.palette import Palette

Point = tuple[float, float]

UNITS_PER_MM = 10.0
UNITS_PER_PT = 25.4 / 72 * UNITS_PER_MM
SIZE_UNITS = 9.8 * UNITS_PER_PT
SHRINK = 0.98
"""How much smaller each further try is, for words which find no room at full size."""

LEAST_UNITS = UNITS_PER_PT
"""Words for which not even 1 pt is small enough are set so, and refused where pages are read."""

MOST_LINES = 4
LEADING_EM = 1.16
ASCENT_EM = 0.75
DESCENT_EM = 0.25
MIDDLE_EM = 0.1
"""How far below the end of its leader the middle of a label lies."""

LEADER_UNITS = 0.6 * UNITS_PER_PT
LEADER_CASING_UNITS = 3.4
DOT_RADIUS_UNITS = 6.4
DOT_RING_UNITS = 2.4


@dataclass(frozen=True)
class Room:
    """A rectangle free for a label, and the leader line which meets it there.

    All measures are in viewBox units. `leader` goes on from the dot, towards the words: they
    lie as near to its end as they can.
    """

    left: float
    right: float
    top: float
    bottom: float
    leader: tuple[Point, ...]

    @property
    def on_the_left(self) -> bool:
        """Whether lines begin at its left edge; beyond the middle they end at its right one."""
        return self.left + self.right < WIDTH_UNITS

    def holds(self, lines: int) -> bool:
        """Say whether a label may have so many lines: two, where the leader ends between them."""
        x, y = self.leader[-1]
        inside = self.left < x < self.right and self.top < y < self.bottom
        return lines == 2 if inside else lines <= MOST_LINES


@dataclass(frozen=True)
class Callout:
    """The place of one label: its dot on the picture, and its rooms, best first."""

    label: str
    dot: Point
    rooms: tuple[Room, ...]


@dataclass(frozen=True)
class _Setting:
    lines: tuple[str, ...]
    size: float
    room: Room

    @property
    def first_baseline(self) -> float:
        height = _height(len(self.lines), self.size)
        top = self.room.leader[-1][1] + MIDDLE_EM * self.size - height / 2
        return min(max(top, self.room.top), self.room.bottom - height) + ASCENT_EM * self.size


def _height(lines: int, size: float) -> float:
    return ((lines - 1) * LEADING_EM + ASCENT_EM + DESCENT_EM) * size


def _wrapped(words: Sequence[str], most_em: float) -> tuple[str, ...]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width_em(longer) <= most_em:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _fits(lines: Sequence[str], size: float, room: Room) -> bool:
    return (
        room.holds(len(lines))
        and max(map(width_em, lines)) * size <= room.right - room.left
        and _height(len(lines), size) <= room.bottom - room.top
    )


def _set(words: Sequence[str], rooms: Sequence[Room]) -> _Setting:
    size = SIZE_UNITS
    while size > LEAST_UNITS:
        for room in rooms:
            lines = _wrapped(words, (room.right - room.left) / size)
            if _fits(lines, size, room):
                return _Setting(lines, size, room)
        size *= SHRINK
    return _Setting(_wrapped(words, (rooms[0].right - rooms[0].left) / size), size, rooms[0])


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00")


def _text(setting: _Setting) -> str:
    room = setting.room
    x, anchor = (room.left, "start") if room.on_the_left else (room.right, "end")
    baselines = (
        setting.first_baseline + index * LEADING_EM * setting.size
        for index in range(len(setting.lines))
    )
    spans = " ".join(
        f'<tspan x="{_number(x)}" y="{_number(y)}">{escape(line, quote=False)}</tspan>'
        for line, y in zip(setting.lines, baselines, strict=True)
    )
    return (
        f'<text font-family="{FONT_FAMILY}" font-size="{_number(setting.size)}" '
        f'fill="{BLACK}" text-anchor="{anchor}">{spans}</text>'
    )


def _line(path: str, colour: str, width: float) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{_number(width)}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def labelled(callout: Callout, words: str, palette: Palette) -> str:
    """Draw a label: its dot, its leader and its words, wrapped to at most four lines.

    Words which find no room at full size are set smaller, until they do.
    Raises ValueError if there are no words.
    """
    if not words.split():
        raise ValueError(f"The label {callout.label!r} has no words.")
    setting = _set(words.split(), callout.rooms)
    leader = "M" + "L".join(
        f"{_number(x)} {_number(y)}" for x, y in (callout.dot, *setting.room.leader)
    )
    x, y = callout.dot
    return (
        _line(leader, palette.white, LEADER_UNITS + LEADER_CASING_UNITS)
        + _line(leader, palette.line, LEADER_UNITS)
        + f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(DOT_RADIUS_UNITS)}" '
        f'fill="{palette.line}" stroke="{palette.white}" '
        f'stroke-width="{_number(DOT_RING_UNITS)}"/>' + _text(setting)
    )
