"""Treated places: head, neck and shoulders from behind, with the places we treat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.drawings.head.labels import Align, Callout, Rest, Room
from handouts.drawings.head.palette import mix
from handouts.drawings.head.profile import EAR_UNITS, strands
from handouts.drawings.head.strokes import (
    HATCH_UNITS,
    INNER_UNITS,
    OUTLINE_UNITS,
    Frame,
    Point,
    Run,
    clipped,
    clips,
    cm,
    fill,
    hatching,
    mirrored,
    stroke,
)

if TYPE_CHECKING:
    from handouts.drawings.head.palette import Palette

SIZE_UNITS = (750.0, 680.0)
FRAME = Frame(scale=16.6, left=375.0, top=14.0)
PLACE_RIM_UNITS = INNER_UNITS * 1.4

SKULL_CM: Run = cm("0,0 2.8,0.32 5.2,1.75 6.8,4.2 7.4,7 7.25,9.8 6.75,12.6 6.2,14.8 5.85,16.6")
NECK_CM: Run = cm(
    "5.85,16.6 5.65,18.6 5.6,20.6 5.9,22.5 7,24.1 9.3,25.4 12.6,26.5 "
    "15.8,27.4 18.3,28.7 20,30.9 20.9,33.8 21.3,37"
)
FOOT_CM: Run = cm("21.3,37 12,39.2 0,39.9")
EAR_CM: Run = cm(
    "7.15,10.5 7.75,9.95 8.35,10.25 8.5,11.4 8.1,13 7.55,14.4 7,15.25 6.4,15.3 6.1,14.9"
)
EAR_FOLD_CM: Run = cm("7.55,10.9 7.85,11.3 7.75,12.3 7.25,13.7")
NAPE_CM: Run = cm("6.02,15.6 5.75,16.8 5,17.9 3.8,18.7 2.4,19.15 1.2,19.3 0,19.35")
NECK_SHADOW_CM = (
    cm("6.4,15.5 5.75,16.8 5,17.9 3.8,18.7 2.4,19.1 0,19.3"),
    cm("0,19.3 0,19.9"),
    cm("0,19.9 2.6,19.85 4.2,19.9 4.85,20.8 5.05,22.2 5.9,23.8 7.4,24.7 9.4,25.2"),
    cm("9.4,25.2 9,20 6.4,15.5"),
)
SPINE_CM = (cm("0,20.4 0,22.8 0,25"), cm("0,27.4 0,31 0,36.4"))
SHOULDER_BLADE_CM: Run = cm("15.4,31.9 12.6,32.3 9.4,33.3 7.9,34.9 7.8,37")
ARMPIT_CM: Run = cm("17.7,38.3 17.2,36.4 17.25,34.4")
STRANDS_CENTRE_CM: Point = (0.0, 12.5)

SCALP_CM: Run = (*mirrored(SKULL_CM)[:0:-1], *SKULL_CM)
"""From the left ear over the crown to the right."""

WHOLE_NAPE_CM: Run = (*NAPE_CM, *mirrored(NAPE_CM)[-2::-1])
WHOLE_FOOT_CM: Run = (*FOOT_CM, *mirrored(FOOT_CM)[-2::-1])
HAIR_CROWN_CM: Run = SCALP_CM[1:-1]


@dataclass(frozen=True)
class TreatedPlace:
    """A place we treat, in centimetres; hatching on a mirrored side is mirrored too."""

    label: str
    right: Run
    paired: bool
    hatch_degrees: float
    hatch_pitch_units: float
    fibres: tuple[Run, ...] = ()
    """Lines along the muscle on its right side, drawn where it is tinted."""

    @property
    def sides(self) -> tuple[tuple[Run, float], ...]:
        """The outline of each side, with the direction of its hatching in degrees."""
        right = (self.right, self.hatch_degrees)
        left = (mirrored(self.right), -self.hatch_degrees)
        return (right, left) if self.paired else (right,)


BASE_OF_SKULL = TreatedPlace(
    label="base-of-skull",
    right=cm(
        "0,14 2.2,13.6 4,13.6 5.3,14.2 5.55,15.3 4.7,16.4 2.6,17 0,17.15 "
        "-2.6,17 -4.7,16.4 -5.55,15.3 -5.3,14.2 -4,13.6 -2.2,13.6"
    ),
    paired=False,
    hatch_degrees=45.0,
    hatch_pitch_units=9.0,
)
NECK = TreatedPlace(
    label="neck",
    right=cm(
        "0.7,16.2 2.5,15.6 4.3,16 4.4,17.6 4,19.4 3.85,21 4.05,22.4 4.5,23.6 4.95,24.6 "
        "4.8,25.6 3.9,26.5 2.7,27.3 1.6,27.75 0.95,27.2 0.8,25.6 0.7,23 0.65,20.4"
    ),
    paired=True,
    hatch_degrees=0.0,
    hatch_pitch_units=9.0,
    fibres=(
        cm("1.5,17.9 1.45,20.4 1.5,23 1.65,25.7"),
        cm("2.4,17.8 2.25,20.2 2.4,22.8 2.85,25.3"),
        cm("3.3,17.6 3.05,19.8 3.2,22.2 4,24.6"),
    ),
)
SHOULDERS = TreatedPlace(
    label="shoulders",
    right=cm(
        "6.1,24.9 7.4,25.35 9.6,26.3 12.4,27.2 15,27.95 16.3,28.9 15.5,29.9 "
        "13.2,30 10.4,29.8 7.8,29.3 6,28.1 5.2,26.4 5.3,25.2"
    ),
    paired=True,
    hatch_degrees=-45.0,
    hatch_pitch_units=13.0,
)
PLACES = (BASE_OF_SKULL, NECK, SHOULDERS)

CALLOUTS = (
    Callout(
        label=BASE_OF_SKULL.label,
        dot=FRAME.at((-4.1, 15.85)),
        align=Align.LEFT,
        rooms=(
            Room(4.0, 150.0, 263.23, 297.81, Rest.MIDDLE, ((160.0, 277.11),), (1,)),
            Room(4.0, 176.0, 243.18, 317.86, Rest.MIDDLE, ((160.0, 277.11),), (2,)),
            Room(4.0, 216.0, 263.23, 297.81, Rest.MIDDLE, ((226.0, 277.11),), (1,)),
            Room(4.0, 216.0, 162.0, 317.86, Rest.BOTTOM, ((226.0, 277.11),), (2, 3, 4)),
        ),
    ),
    Callout(
        label=NECK.label,
        dot=FRAME.at((3.2, 21.4)),
        align=Align.RIGHT,
        rooms=(
            Room(662.0, 746.0, 314.2, 428.99, Rest.MIDDLE, ((650.0, 369.24),)),
            Room(572.0, 746.0, 314.2, 428.99, Rest.MIDDLE, ((560.0, 369.24),)),
            Room(572.0, 746.0, 282.0, 437.0, Rest.MIDDLE, ((560.0, 369.24),)),
        ),
    ),
    Callout(
        label=SHOULDERS.label,
        dot=FRAME.at((-11.4, 28.6)),
        align=Align.LEFT,
        rooms=(
            Room(4.0, 262.0, 360.06, 394.65, Rest.BOTTOM, ((185.76, 400.0),)),
            Room(4.0, 248.0, 334.0, 409.0, Rest.BOTTOM, ((185.76, 418.0),)),
        ),
    ),
)


def _place(place: TreatedPlace, palette: Palette, prefix: str) -> list[str]:
    parts: list[str] = []
    colour = palette.accent
    for side, (run, degrees) in enumerate(place.sides):
        path = FRAME.loop(run)
        if palette.hatched:
            lines = hatching([FRAME.at(point) for point in run], degrees, place.hatch_pitch_units)
            hatched = stroke(lines, colour, HATCH_UNITS)
            parts.append(fill(path, palette.white))
            parts.append(clipped(f"{prefix}-{place.label}-{side}", hatched))
        else:
            tint = mix(palette.skin_light, colour, 0.78)
            fibres = (mirrored(fibre) if side else fibre for fibre in place.fibres)
            parts.append(fill(path, tint))
            parts += [
                stroke(FRAME.line(fibre), mix(tint, palette.white, 0.3), INNER_UNITS)
                for fibre in fibres
            ]
        parts.append(stroke(path, palette.white, PLACE_RIM_UNITS))
        if palette.hatched:
            parts.append(stroke(path, colour, INNER_UNITS))
    return parts


def _ears(palette: Palette) -> list[str]:
    parts: list[str] = []
    for outline in (EAR_CM, mirrored(EAR_CM)):
        parts.append(fill(FRAME.shape(outline), palette.skin))
        parts.append(stroke(FRAME.line(outline), palette.line, EAR_UNITS))
    folds = (EAR_FOLD_CM, mirrored(EAR_FOLD_CM))
    return [*parts, *(stroke(FRAME.line(fold), palette.line, INNER_UNITS) for fold in folds)]


def _body(palette: Palette, body: str, hair: str, prefix: str) -> list[str]:
    shadows = (NECK_SHADOW_CM, tuple(mirrored(run) for run in NECK_SHADOW_CM))
    sides = (SHOULDER_BLADE_CM, ARMPIT_CM)
    lines = (WHOLE_NAPE_CM, *sides, *(mirrored(run) for run in sides), *SPINE_CM)
    return [
        fill(body, palette.skin),
        clipped(
            f"{prefix}-body",
            *(fill(FRAME.shape(*shadow), palette.skin_deep) for shadow in shadows),
            fill(hair, palette.hair),
            clipped(f"{prefix}-hair", strands(FRAME, SCALP_CM, STRANDS_CENTRE_CM, palette)),
        ),
        *(stroke(FRAME.line(run), palette.line, INNER_UNITS) for run in lines),
    ]


def treated_places(palette: Palette, prefix: str) -> list[str]:
    """Draw the treated places without their labels; ids begin with `prefix`."""
    body = FRAME.shape(SCALP_CM, NECK_CM, WHOLE_FOOT_CM, mirrored(NECK_CM)[::-1])
    hair = FRAME.shape(HAIR_CROWN_CM, (HAIR_CROWN_CM[-1], NAPE_CM[0]), WHOLE_NAPE_CM)
    paths = {"body": body, "hair": hair} | {
        f"{place.label}-{side}": FRAME.loop(run)
        for place in PLACES
        for side, (run, _) in enumerate(place.sides)
    }
    outline = (SCALP_CM, NECK_CM, mirrored(NECK_CM))
    return [
        clips(prefix, paths),
        *_ears(palette),
        *_body(palette, body, hair, prefix),
        *(part for place in reversed(PLACES) for part in _place(place, palette, prefix)),
        *(stroke(FRAME.line(run), palette.line, OUTLINE_UNITS) for run in outline),
    ]
