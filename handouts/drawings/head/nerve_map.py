"""Nerve map: the nerves of the head that matter in headache, on a head in profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.drawings.head.labels import Align, Callout, Rest, Room
from handouts.drawings.head.palette import SLATE, WHITE, darkened, luminance, mix
from handouts.drawings.head.profile import (
    BACK_OF_NECK_CM,
    CHIN_CM,
    FRONT_OF_NECK_CM,
    HAIR_AT_NAPE_CM,
    HAIRLINE_CM,
    HEAD_ABOVE_MOUTH_CM,
    LIPS_CM,
    UNDER_JAW_CM,
    ear,
    face_lines,
    hair_shape,
    open_eye,
)
from handouts.drawings.head.strokes import (
    HATCH_UNITS,
    INNER_UNITS,
    OUTLINE_UNITS,
    Frame,
    Run,
    clipped,
    clips,
    cm,
    dot,
    fill,
    hatching,
    ringed_dot,
    stroke,
)

if TYPE_CHECKING:
    from handouts.drawings.head.palette import Palette

SIZE_UNITS = (750.0, 740.0)
FRAME = Frame(scale=24.0, left=170.0, top=24.0)

TRUNK_UNITS = 6.6
TWIG_UNITS = 3.7
CASING_UNITS = 4.4
TIP_RADIUS_UNITS = 3.6
ROOT_RADIUS_UNITS = 8.0
BORDER_UNITS = 2.4
HATCHED_BORDER_UNITS = 6.0
RIM_UNITS = INNER_UNITS * 0.8
NERVE_CONTRAST = 3.0
"""The contrast with white from which a line is told apart (WCAG 1.4.11)."""

HEAD_CM: Run = (*BACK_OF_NECK_CM, *HEAD_ABOVE_MOUTH_CM)
FACE_BELOW_MOUTH_CM: Run = (*CHIN_CM, *FRONT_OF_NECK_CM)
FOOT_CM: Run = cm("7.2,28.4 11.4,29.6 16.4,29.6 21,28.3")
NECK_LINES_CM = (
    cm("12.3,16.6 11.9,19 10.9,22.4 9.6,25.6 8.5,28"),
    cm("13.9,20.4 13.5,23 12.8,25.3 12,27"),
    cm("9.2,28.2 10.4,27.85 12.2,27.95 13.8,27.5"),
)
NECK_SHADOW_CM = (
    UNDER_JAW_CM,
    cm("9.75,16.9 10.1,18.6 9.6,20.8 8.3,22.9 7.3,24.8 6.9,26.4 6.6,27.6"),
    cm("6.6,27.6 1.2,27.6"),
    cm("1.2,27.6 1.2,22.5"),
)
GANGLION_CM: Run = cm("8.9,12 8.65,12.75 8,12.85 7.75,12.3 8.1,11.7 8.65,11.6 8.9,12")

BESIDE_NOSE_CM: Run = cm("-3,15.3 -1.7,15.2 -0.75,14.5 0.1,13.4 0.75,12.3 1.5,11.6")
LID_SLIT_CM: Run = cm("1.5,11.6 2.3,11.55 3.55,11.5")
BESIDE_EYE_CM: Run = cm("3.55,11.5 4.6,10.95 5.6,9.8 6.3,8.4")
TEMPLE_CM: Run = cm("6.3,8.4 7.3,6.6 8.7,4.9 10.5,3.9")
CHEEK_CM: Run = cm("6.3,8.4 7,10.2 7.15,12.4 6.6,14.7 5.2,16.7 3.4,17.9 1.75,18.2")
MOUTH_SLIT_CM: Run = cm("1.75,18.2 1.1,18.1 0.55,18.2 -0.02,18.18 -3,18.18")


@dataclass(frozen=True)
class Nerve:
    """A nerve of one side of the head and the area of skin it serves, in centimetres."""

    label: str
    area: tuple[Run, ...]
    trunk: Run
    twigs: tuple[Run, ...]
    hatch_degrees: float
    hatch_pitch_units: float


UPPER = Nerve(
    label="upper-branch",
    area=(
        BESIDE_NOSE_CM,
        LID_SLIT_CM,
        BESIDE_EYE_CM,
        TEMPLE_CM,
        cm("10.5,3.9 10.7,1.8 10.8,-1.5"),
        cm("10.8,-1.5 -5,-1.5"),
        cm("-5,-1.5 -3,15.3"),
    ),
    trunk=cm("8.35,12.2 6.6,11.25 4.7,10.45 3.1,9.85 2.35,9 2.05,7.9"),
    twigs=(
        cm("2.05,7.9 2.1,6.8 2.75,5.2 4.2,3.6 6.4,2.2 8.6,1.4"),
        cm("2.65,9.4 1.7,8.6 1.25,7.5 1.5,6.1 2.3,4.7"),
        cm("2.1,6.8 3.2,5.5 5.2,4.3 7.2,3.5 9,3"),
        cm("4.3,10.3 3.4,10.1 2.2,10 1.2,10.5 0.95,11.4 0.35,12.7 -0.5,14"),
    ),
    hatch_degrees=45.0,
    hatch_pitch_units=15.0,
)
MIDDLE = Nerve(
    label="middle-branch",
    area=(
        BESIDE_NOSE_CM,
        LID_SLIT_CM,
        BESIDE_EYE_CM,
        CHEEK_CM,
        MOUTH_SLIT_CM,
        cm("-3,18.18 -3,15.3"),
    ),
    trunk=cm("8.35,12.2 6.9,12.65 5,12.95 3.1,13.4"),
    twigs=(
        cm("3.1,13.4 2.5,13.1 2.1,12.55"),
        cm("3.1,13.4 2.1,13.5 1.3,13.9 1,14.6"),
        cm("3.1,13.4 2.3,14.6 1.5,16 0.5,16.9"),
        cm("2.65,14.05 2.5,15.4 2.1,16.9"),
        cm("6.3,12.75 5.5,12 5.4,11 5.85,10"),
        cm("5,12.95 4.5,13.9 4.4,15.1"),
    ),
    hatch_degrees=0.0,
    hatch_pitch_units=12.0,
)
LOWER = Nerve(
    label="lower-branch",
    area=(
        CHEEK_CM,
        MOUTH_SLIT_CM,
        cm("-3,18.18 -3,24.5"),
        cm("-3,24.5 1.6,22.9"),
        cm("1.6,22.9 3.7,22.3 5.4,21.7 6.5,20.9 7.4,19.5 8.2,17.8 9,16.4 10.2,15.2"),
        cm("10.2,15.2 10.6,12.6 11.2,10.6"),
        cm("11.2,10.6 11.75,8.6 11.55,6.2 10.5,3.9"),
        TEMPLE_CM[::-1],
    ),
    trunk=cm("8.35,12.2 8.2,13.8 7.75,15.6 7.1,17.6 5.9,19.5 4.2,20.5 2.4,20.6"),
    twigs=(
        cm("2.4,20.6 1.5,20.3 0.95,19.6"),
        cm("2.4,20.6 1.6,21.1 0.9,21.5"),
        cm("7.95,14.8 6.7,16.5 5,18 3.3,18.8"),
        cm("8.28,13.1 8.75,13.75 9.25,13.2 9.2,11.6 9.1,9.6 9.4,7.4 10.2,5.4"),
        cm("9.1,9.6 8.6,8.2 8.5,6.9"),
    ),
    hatch_degrees=-45.0,
    hatch_pitch_units=15.0,
)
OCCIPITAL = Nerve(
    label="occipital",
    area=(
        cm("10.8,-1.5 10.7,1.8 10.5,3.9"),
        cm("10.5,3.9 12.3,6.2 13.6,8.8 14.4,11.6 14.6,14.4 14.3,16.8 14.8,18.3 16,19 17.5,19.2"),
        cm("17.5,19.2 23,15"),
        cm("23,15 23,-1.5"),
        cm("23,-1.5 10.8,-1.5"),
    ),
    trunk=cm("13.6,19.3 14.9,18.5 15.9,17.1 16.9,14.8 17.45,12.2"),
    twigs=(
        cm("17.45,12.2 17.5,9.4 16.7,6.4 15,3.9 12.6,2.2"),
        cm("17.4,12.5 18.2,10.6 18.4,8.4 18,6.2"),
        cm("16.6,15.6 15.9,13.2 15.7,10.6 15,8 13.4,5.6"),
    ),
    hatch_degrees=90.0,
    hatch_pitch_units=12.0,
)
NERVES = (UPPER, MIDDLE, LOWER, OCCIPITAL)

CALLOUTS = (
    Callout(
        label=UPPER.label,
        dot=FRAME.at((2.05, 7.6)),
        align=Align.LEFT,
        rooms=(
            Room(4.0, 233.0, 26.0, 100.75, Rest.BOTTOM, ((154.0, 112.0),)),
            Room(4.0, 185.0, 7.0, 162.0, Rest.BOTTOM, ((150.0, 172.0),)),
            Room(4.0, 266.0, 20.0, 55.0, Rest.BOTTOM, ((140.0, 66.0),), (1,)),
        ),
    ),
    Callout(
        label=MIDDLE.label,
        dot=FRAME.at((1.3, 16.27)),
        align=Align.LEFT,
        rooms=(
            Room(4.0, 108.0, 400.6, 435.18, Rest.MIDDLE, ((118.0, 414.48),), (1,)),
            Room(4.0, 118.2, 380.55, 455.23, Rest.MIDDLE, ((118.0, 414.48),), (2,)),
            Room(4.0, 164.0, 196.0, 316.0, Rest.BOTTOM, ((96.0, 328.0),)),
            Room(0.0, 174.0, 250.0, 296.0, Rest.BOTTOM, ((96.0, 308.0),), (1,)),
        ),
    ),
    Callout(
        label=LOWER.label,
        dot=FRAME.at((4.2, 20.5)),
        align=Align.LEFT,
        rooms=(
            Room(4.0, 108.0, 586.12, 620.7, Rest.MIDDLE, ((118.0, 600.0),), (1,)),
            Room(4.0, 118.2, 566.07, 640.75, Rest.MIDDLE, ((118.0, 600.0),), (2,)),
            Room(4.0, 246.0, 580.0, 735.0, Rest.TOP, ((100.0, 568.0),)),
            Room(4.0, 286.0, 610.0, 735.0, Rest.TOP, ((100.0, 598.0),)),
        ),
    ),
    Callout(
        label=OCCIPITAL.label,
        dot=FRAME.at((18.4, 8.4)),
        align=Align.RIGHT,
        rooms=(
            Room(574.8, 746.0, 454.07, 568.87, Rest.TOP, ((700.0, 225.6), (700.0, 438.0))),
            Room(588.0, 746.0, 428.0, 583.0, Rest.TOP, ((700.0, 225.6), (700.0, 412.0))),
            Room(496.0, 746.0, 0.0, 35.0, Rest.TOP, ((700.0, 225.6), (700.0, 44.0)), (1,)),
        ),
    ),
)


def _colour(nerve: Nerve, palette: Palette) -> str:
    colours = (palette.primary, palette.third, palette.accent, palette.fourth)
    return colours[NERVES.index(nerve)]


def _tint(nerve: Nerve, palette: Palette) -> str:
    colour = _colour(nerve, palette)
    pale_skin = mix(palette.white, palette.skin, 0.1)
    return mix(pale_skin, colour, 0.3 + 0.2 * luminance(colour))


def _hatched_areas(palette: Palette, prefix: str) -> list[str]:
    parts: list[str] = []
    for nerve in NERVES:
        around = [FRAME.at(point) for run in nerve.area for point in run]
        lines = hatching(around, nerve.hatch_degrees, nerve.hatch_pitch_units)
        hatched = stroke(lines, _colour(nerve, palette), HATCH_UNITS)
        parts.append(clipped(f"{prefix}-{nerve.label}", hatched))
    borders = [FRAME.shape(*nerve.area) for nerve in NERVES]
    parts += [stroke(border, palette.white, HATCHED_BORDER_UNITS) for border in borders]
    parts += [stroke(border, palette.line, HATCH_UNITS) for border in borders]
    return [*parts, stroke(FRAME.line(HAIR_AT_NAPE_CM), palette.line, RIM_UNITS)]


def _tinted_areas(palette: Palette, prefix: str) -> list[str]:
    parts: list[str] = []
    for nerve in NERVES:
        area, tint = FRAME.shape(*nerve.area), _tint(nerve, palette)
        under_hair = mix(tint, _colour(nerve, palette), 0.3)
        parts += [fill(area, tint), clipped(f"{prefix}-hair", fill(area, under_hair))]
    borders = (FRAME.shape(*nerve.area) for nerve in NERVES)
    parts += [stroke(border, palette.white, BORDER_UNITS) for border in borders]
    for nerve in (MIDDLE, LOWER):
        lip = mix(_tint(nerve, palette), _colour(nerve, palette), 0.17)
        parts.append(clipped(f"{prefix}-{nerve.label}", fill(FRAME.shape(*LIPS_CM), lip)))
    rims = (HAIRLINE_CM, HAIR_AT_NAPE_CM)
    return [*parts, *(stroke(FRAME.line(rim), palette.line, RIM_UNITS) for rim in rims)]


def _skin(head: str, palette: Palette, prefix: str) -> str:
    areas = _hatched_areas if palette.hatched else _tinted_areas
    hair = palette.white if palette.hatched else mix(palette.skin, SLATE, 0.16)
    return clipped(
        f"{prefix}-head",
        fill(FRAME.shape(*NECK_SHADOW_CM), palette.skin_deep),
        clipped(f"{prefix}-hair", fill(head, hair)),
        *areas(palette, prefix),
    )


def _nerve_lines(nerve: Nerve, palette: Palette) -> list[str]:
    casing = mix(palette.skin_light, WHITE, 0.5)
    colour = darkened(_colour(nerve, palette), against=WHITE, ratio=NERVE_CONTRAST)
    trunk = FRAME.line(nerve.trunk)
    twigs = [FRAME.line(twig) for twig in nerve.twigs]
    return [
        stroke(trunk, casing, TRUNK_UNITS + CASING_UNITS),
        *(stroke(twig, casing, TWIG_UNITS + CASING_UNITS) for twig in twigs),
        *(stroke(twig, colour, TWIG_UNITS) for twig in twigs),
        stroke(trunk, colour, TRUNK_UNITS),
        *(dot(FRAME.at(twig[-1]), TIP_RADIUS_UNITS, colour) for twig in nerve.twigs),
    ]


def _roots(palette: Palette) -> list[str]:
    occipital = darkened(_colour(OCCIPITAL, palette), against=WHITE, ratio=NERVE_CONTRAST)
    ganglion = FRAME.shape(GANGLION_CM)
    return [
        ringed_dot(
            FRAME.at(OCCIPITAL.trunk[0]),
            ROOT_RADIUS_UNITS,
            (occipital, palette.white),
            INNER_UNITS,
        ),
        fill(ganglion, palette.line),
        stroke(ganglion, palette.white, INNER_UNITS),
    ]


def nerve_map(palette: Palette, prefix: str) -> list[str]:
    """Draw the nerve map without its labels; ids begin with `prefix`."""
    head = FRAME.shape(HEAD_CM, FACE_BELOW_MOUTH_CM, FOOT_CM)
    paths = {"head": head, "hair": hair_shape(FRAME)}
    paths |= {nerve.label: FRAME.shape(*nerve.area) for nerve in NERVES}
    return [
        clips(prefix, paths),
        fill(head, palette.skin),
        _skin(head, palette, prefix),
        *(stroke(FRAME.line(run), palette.line, INNER_UNITS) for run in NECK_LINES_CM),
        *face_lines(FRAME, palette),
        *open_eye(FRAME, palette),
        *ear(FRAME, palette),
        *(part for nerve in reversed(NERVES) for part in _nerve_lines(nerve, palette)),
        *_roots(palette),
        stroke(FRAME.line(HEAD_CM, FACE_BELOW_MOUTH_CM), palette.line, OUTLINE_UNITS),
    ]
