"""Cover: a calm face before lines which are restless behind the base of the skull."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from handouts.drawings.head.palette import mix
from handouts.drawings.head.profile import (
    CHIN_CM,
    HAIR_AT_EAR_CM,
    HAIR_AT_NAPE_CM,
    HAIRLINE_CM,
    HEAD_ABOVE_MOUTH_CM,
    LIPS_CM,
    SCALP_CM,
    UNDER_JAW_CM,
    ear,
    face_lines,
    hair_shape,
    shut_eye,
    strands,
)
from handouts.drawings.head.strokes import (
    INNER_UNITS,
    OUTLINE_UNITS,
    Frame,
    Point,
    Run,
    clipped,
    clips,
    cm,
    curves,
    fill,
    move,
    number,
    spline,
    stroke,
    turned,
)

if TYPE_CHECKING:
    from handouts.drawings.head.palette import Palette

SIZE_UNITS = (750.0, 900.0)
PAGE = "M0 0H750V900H0Z"
NECK_PIVOT_CM: Point = (12.5, 17.5)
CHIN_RAISED_DEGREES = 9.0
BODY = Frame(scale=22.6, left=600.0, top=150.0, flip=True)
HEAD = replace(BODY, pivot=NECK_PIVOT_CM, degrees=CHIN_RAISED_DEGREES)

BACK_OF_NECK_CM: Run = cm("24.5,39 23.2,34 21.6,30.6 19.3,27.8 17.3,25.2 16.25,22.6 15.95,20.2")
FRONT_OF_NECK_CM: Run = cm("5.5,22.75 6.45,24.2 6.85,26.2 7.05,28.6 6.6,30.8 5.2,32.8 3.4,35 2,39")
NECK_LINE_CM: Run = cm("12.4,17.6 11.9,20 10.8,23.6 9.3,27.4 8,30.6")
NECK_SHADOW_CM = (
    turned(UNDER_JAW_CM, NECK_PIVOT_CM, CHIN_RAISED_DEGREES),
    cm("9.87,16.48 10.5,18.6 9.9,21.4 8.7,24 7.85,26.6 7.35,29.2 6.7,31.4 5.2,33.6"),
    cm("5.2,33.6 0,31"),
    cm("0,31 0.56,20.68"),
)
COLLAR_CM: Run = cm("19.6,28.1 17.6,29.4 14,30.9 10.4,32 7.6,32.1 5.6,31.9")
SHIRT_BEYOND_BODY_CM = (
    cm("5.6,31.9 -3,31 -3,42"),
    cm("-3,42 30,42 30,28"),
    cm("30,28 19.6,28.1"),
)
STRANDS_CENTRE_CM: Point = (10.6, 12.4)
KNOT_CM: Point = (16.6, 17.6)
"""Where the lines are most restless: at the base of the skull."""

WAVES = 29
FIRST_WAVE_UNITS = 24.0
WAVE_PITCH_UNITS = 31.0
WAVE_START_UNITS = -9.0
WAVE_STEPS = 128
WAVE_STEP_UNITS = 6.0
STEPS_PER_TONE = 8
SWING_UNITS = 15.0
SWING_LENGTH_UNITS = 8.2
SWING_SHIFT_RADIANS = 0.8
LEVEL_WITHIN_UNITS = 0.1
REACH_BEHIND_UNITS = 190.0
REACH_BEFORE_UNITS = 110.0
REACH_ALONG_NECK_UNITS = 235.0
REST_BELOW = 0.03
TONE_TURN = 0.45
"""The unrest (0 to 1) at which a line has the middle one of its three tones."""

WAVE_UNITS = INNER_UNITS * 1.1
ONE_INK_WAVE_UNITS = INNER_UNITS * 0.7


def _raised(run: Run) -> Run:
    return turned(run, NECK_PIVOT_CM, CHIN_RAISED_DEGREES)


ABOVE_MOUTH_CM: Run = (*BACK_OF_NECK_CM, *_raised(HEAD_ABOVE_MOUTH_CM))
BELOW_MOUTH_CM: Run = (*_raised(CHIN_CM), *FRONT_OF_NECK_CM)


def _unrest(x: float, y: float) -> float:
    knot_x, knot_y = BODY.at(KNOT_CM)
    reach = REACH_BEHIND_UNITS if x < knot_x else REACH_BEFORE_UNITS
    across, along = (x - knot_x) / reach, (y - knot_y) / REACH_ALONG_NECK_UNITS
    raw = math.exp(-(across * across + along * along))
    return max(0.0, raw - REST_BELOW) / (1 - REST_BELOW)


def _tone(unrest: float, palette: Palette) -> str:
    if palette.hatched:
        return palette.line
    level = mix(palette.sand, palette.primary, 0.4)
    middle = mix(palette.sand, palette.third, 0.85)
    if unrest < TONE_TURN:
        return mix(level, middle, unrest / TONE_TURN)
    return mix(middle, palette.accent, (unrest - TONE_TURN) / (1 - TONE_TURN))


def _wave_points(index: int, y: float) -> list[Point]:
    knot_x, _ = BODY.at(KNOT_CM)
    points: list[Point] = []
    for step in range(WAVE_STEPS + 1):
        x = WAVE_START_UNITS + step * WAVE_STEP_UNITS
        swing = math.sin((x - knot_x) / SWING_LENGTH_UNITS + index * SWING_SHIFT_RADIANS)
        points.append((x, y + SWING_UNITS * _unrest(x, y) ** 1.2 * swing))
    return points


def _wave(index: int, palette: Palette) -> str:
    """Draw one line across the page, in pieces of one tone each."""
    y = FIRST_WAVE_UNITS + WAVE_PITCH_UNITS * index
    points = _wave_points(index, y)
    segments = spline(points)
    pieces: list[tuple[str, Point, str]] = []
    for first in range(0, WAVE_STEPS, STEPS_PER_TONE):
        last = first + STEPS_PER_TONE
        middle_x, _ = points[first + STEPS_PER_TONE // 2]
        tone = _tone(min(1.0, 1.3 * _unrest(middle_x, y)), palette)
        level = all(abs(at - y) < LEVEL_WITHIN_UNITS for _, at in points[first : last + 1])
        path = f"H{number(points[last][0])}" if level else curves(segments[first:last])
        pieces.append((tone, points[first], path))
    width = ONE_INK_WAVE_UNITS if palette.hatched else WAVE_UNITS
    parts: list[str] = []
    for tone, group in groupby(pieces, key=itemgetter(0)):
        (_, start, path), *more = group
        parts.append(stroke(move(start) + path + "".join(p for _, _, p in more), tone, width))
    return "".join(parts)


def _person(palette: Palette, prefix: str) -> str:
    """Draw all of the person that the outline clips."""
    shirt = palette.white if palette.hatched else palette.primary
    rims = (HAIRLINE_CM, HAIR_AT_EAR_CM, HAIR_AT_NAPE_CM)
    return clipped(
        f"{prefix}-person",
        fill(HEAD.shape(*LIPS_CM), palette.lips),
        fill(BODY.shape(*NECK_SHADOW_CM), palette.skin_deep),
        fill(hair_shape(HEAD), palette.hair),
        fill(BODY.shape(COLLAR_CM, *SHIRT_BEYOND_BODY_CM), shirt),
        clipped(f"{prefix}-hair", strands(HEAD, SCALP_CM, STRANDS_CENTRE_CM, palette)),
        stroke(BODY.line(NECK_LINE_CM), palette.line, INNER_UNITS),
        *(stroke(HEAD.line(rim), palette.line, INNER_UNITS) for rim in rims),
        stroke(BODY.line(COLLAR_CM), palette.line, OUTLINE_UNITS),
    )


def cover(palette: Palette, prefix: str) -> list[str]:
    """Draw the cover picture; ids begin with `prefix`."""
    across = (BELOW_MOUTH_CM[-1], ABOVE_MOUTH_CM[0])
    person = BODY.shape(ABOVE_MOUTH_CM, BELOW_MOUTH_CM, across)
    paths = {"page": PAGE, "person": person, "hair": hair_shape(HEAD)}
    return [
        clips(prefix, paths),
        clipped(
            f"{prefix}-page",
            fill(PAGE, palette.sand),
            *(_wave(index, palette) for index in range(WAVES)),
            fill(person, palette.skin),
            _person(palette, prefix),
            *face_lines(HEAD, palette),
            *shut_eye(HEAD, palette),
            *ear(HEAD, palette),
            stroke(BODY.line(ABOVE_MOUTH_CM, BELOW_MOUTH_CM), palette.line, OUTLINE_UNITS),
        ),
    ]
