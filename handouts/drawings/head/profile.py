"""Head: a head in profile, facing left, and the features pictures share.

Points are in centimetres of a life-size adult; the crown is at the top, y = 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.drawings.head.palette import mix
from handouts.drawings.head.strokes import (
    HATCH_UNITS,
    INNER_UNITS,
    OUTLINE_UNITS,
    Point,
    Run,
    cm,
    fill,
    shrunk,
    stroke,
)

if TYPE_CHECKING:
    from handouts.drawings.head.palette import Palette
    from handouts.drawings.head.strokes import Frame

BROW_UNITS = OUTLINE_UNITS * 1.25
EAR_UNITS = OUTLINE_UNITS * 0.8
STRANDS = 9
STRAND_STEP = 0.085
"""How much smaller each strand of hair is drawn than the one outside it."""

BACK_OF_NECK_CM: Run = cm("21,28.3 19.8,27.1 18.4,25.5 17,23.4 16.25,21.2 16,19.2")
BACK_OF_HEAD_CM: Run = cm("16.35,17.2 17.3,15 18.5,12.6 19.2,10.2 19.25,7.6")
CROWN_CM: Run = cm(
    "18.35,4.4 16.6,2.2 14,0.7 10.9,0.05 7.6,0.4 4.5,1.72 2.3,3.7 0.98,5.9 "
    "0.3,7.8 0.08,8.85 0.12,9.6 0.38,10.3 0.64,10.95"
)
FACE_CM: Run = cm(
    "0.6,11.55 0.12,12.5 -0.6,13.6 -1.3,14.5 -1.68,14.98 -1.76,15.35 "
    "-1.5,15.7 -1,15.83 -0.5,15.95 -0.2,16.25 -0.26,16.75 -0.48,17.2 "
    "-0.74,17.5 -0.78,17.8 -0.5,18.05 -0.02,18.18"
)
CHIN_CM: Run = cm(
    "-0.02,18.18 -0.36,18.33 -0.56,18.66 -0.42,19.05 -0.02,19.4 0.18,19.8 "
    "0.1,20.35 -0.02,20.95 0.1,21.55 0.5,22.1 1.2,22.5 2.3,22.78 4,23.1"
)
FRONT_OF_NECK_CM: Run = cm("5.45,23.55 6.35,24.4 6.75,25.6 7,27 7.2,28.4")

HEAD_ABOVE_MOUTH_CM: Run = (*BACK_OF_HEAD_CM, *CROWN_CM, *FACE_CM)
SCALP_CM: Run = (*BACK_OF_NECK_CM[4:], *BACK_OF_HEAD_CM, *CROWN_CM)

HAIRLINE_CM: Run = cm(
    "1.35,5.5 2.3,5.35 3.6,5.6 4.75,6.3 5.15,7.3 5.35,8.3 6.2,8.95 "
    "7.6,9.35 8.45,10.2 8.75,11.6 8.93,12.55"
)
HAIR_AT_EAR_CM: Run = cm("8.93,12.55 10,13")
HAIR_BEHIND_EAR_CM: Run = cm("10,13 11.3,11.5 12.7,13")
HAIR_AT_NAPE_CM: Run = cm("12.7,13 12.95,14.6 13.3,16.6 14.1,18 15.1,18.75 16.05,18.85")
HAIR_BEYOND_HEAD_CM: tuple[Run, ...] = (
    cm("16.05,18.85 24,16 24,-3"),
    cm("24,-3 -2,-3"),
    cm("-2,-3 1.35,5.5"),
)
LIPS_CM: tuple[Run, ...] = (
    cm("-1.6,17.2 -0.55,17.42 0.2,17.62 1,17.95 1.7,18.2"),
    cm("1.7,18.2 1,18.62 0.3,18.9 -0.35,19.02 -1.6,19.05"),
    cm("-1.6,19.05 -1.6,17.2"),
)
UNDER_JAW_CM: Run = cm(
    "1.2,22.5 3.7,22.3 5.4,21.7 7.2,20.85 8.6,19.7 9.35,18.3 9.75,16.9",
)
JAW_CM: Run = cm("9.75,16.9 9.35,18.3 8.6,19.7 7.2,20.85 5.4,21.7 3.7,22.3")
NOSE_WING_CM: Run = cm("0.32,14.2 0.66,14.65 0.66,15.3 0.3,15.7 -0.1,15.62")
NOSTRIL_CM: Run = cm("-0.95,15.7 -0.7,15.42 -0.3,15.5")
MOUTH_CM: Run = cm("-0.02,18.18 0.55,18.2 1.1,18.1 1.75,18.2")

BROW_CM: Run = cm("0.85,9.55 1.6,9.2 2.6,9.15 3.5,9.4 4.15,9.8")
UPPER_LID_CM: Run = cm("1.38,11.52 1.66,11.24 2.15,11.1 2.75,11.22 3.35,11.64")
LOWER_LID_CM: Run = cm("1.66,11.95 2.08,12.03 2.65,11.93 3.1,11.68")
CORNEA_CM: Run = cm("1.62,11.3 1.56,11.62 1.68,11.95")
IRIS_CM: Run = cm("1.82,11.14 2.04,11.32 2.08,11.62 1.9,11.95")

CALM_BROW_CM: Run = cm("0.95,9.85 1.65,9.55 2.6,9.52 3.5,9.75 4.2,10.15")
SHUT_LID_CM: Run = cm("3.55,11.42 2.95,11.9 2.35,12.12 1.82,12.07 1.48,11.84")
LID_CREASE_CM: Run = cm("1.66,10.86 2.15,10.66 2.85,10.74 3.4,11.06")

EAR_CM: Run = cm(
    "10.75,12.85 10.2,12.7 9.82,12.1 9.95,11.1 10.7,10.3 11.8,10.2 "
    "12.7,10.85 12.92,12 12.5,13.3 11.85,14.4 11.2,15.5 10.6,16.05 "
    "10.08,15.85 9.92,15.2"
)
EAR_FRONT_CM: Run = (EAR_CM[-1], EAR_CM[2])
TRAGUS_CM: Run = cm("9.9,12.95 10.22,13.2 10.38,13.65 10.2,14.1 10.3,14.45 10.65,14.5 10.95,14.2")
HELIX_CM: Run = cm(
    "10.45,12 10.6,11.3 11.3,10.9 12.05,11.2 12.25,12.1 11.95,13.1 11.5,13.9 11.2,14.5"
)
CONCHA_CM: Run = cm("11,12.1 11.5,12.25 11.6,12.9 11.3,13.6 10.95,14.2")


def hair_shape(frame: Frame) -> str:
    """Write path data around the hair; it reaches beyond the head, which clips it."""
    return frame.shape(
        HAIRLINE_CM, HAIR_AT_EAR_CM, HAIR_BEHIND_EAR_CM, HAIR_AT_NAPE_CM, *HAIR_BEYOND_HEAD_CM
    )


def strands(frame: Frame, scalp: Run, centre: Point, palette: Palette) -> str:
    """Draw strands of hair: the scalp's outline, smaller and smaller towards `centre` (cm)."""
    tone = palette.line if palette.hatched else mix(palette.hair, palette.white, 0.16)
    width = HATCH_UNITS if palette.hatched else INNER_UNITS
    scales = (1 - index * STRAND_STEP for index in range(1, STRANDS + 1))
    return "".join(
        stroke(frame.line(shrunk(scalp, centre, scale)), tone, width) for scale in scales
    )


def face_lines(frame: Frame, palette: Palette) -> list[str]:
    """Draw the nose, the mouth and the jaw."""
    runs = (NOSE_WING_CM, NOSTRIL_CM, MOUTH_CM, JAW_CM)
    return [stroke(frame.line(run), palette.line, INNER_UNITS) for run in runs]


def open_eye(frame: Frame, palette: Palette) -> list[str]:
    """Draw an open eye below its brow."""
    corner = (UPPER_LID_CM[-1], LOWER_LID_CM[-1])
    white = frame.shape(UPPER_LID_CM, corner, LOWER_LID_CM[::-1], CORNEA_CM[::-1])
    iris = frame.shape(CORNEA_CM, (CORNEA_CM[-1], IRIS_CM[-1]), IRIS_CM[::-1])
    return [
        stroke(frame.line(BROW_CM), palette.line, BROW_UNITS),
        fill(white, palette.white),
        fill(iris, palette.line),
        stroke(frame.line(CORNEA_CM), palette.line, INNER_UNITS),
        stroke(frame.line(LOWER_LID_CM), palette.line, INNER_UNITS),
        stroke(frame.line(UPPER_LID_CM), palette.line, OUTLINE_UNITS),
    ]


def shut_eye(frame: Frame, palette: Palette) -> list[str]:
    """Draw an eye shut at ease, below its brow."""
    return [
        stroke(frame.line(LID_CREASE_CM), palette.line, INNER_UNITS),
        stroke(frame.line(CALM_BROW_CM), palette.line, BROW_UNITS),
        stroke(frame.line(SHUT_LID_CM), palette.line, OUTLINE_UNITS),
    ]


def ear(frame: Frame, palette: Palette) -> list[str]:
    """Draw the ear."""
    inner = (HELIX_CM, CONCHA_CM, TRAGUS_CM)
    return [
        fill(frame.shape(EAR_CM, EAR_FRONT_CM), palette.skin),
        *(stroke(frame.line(run), palette.line, INNER_UNITS) for run in inner),
        stroke(frame.line(EAR_CM), palette.line, EAR_UNITS),
    ]
